"""What a page offers, read as a browser without scripts reads it: links, and forms as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Input:
    """Something to fill in. ``kind`` is an input's type, ``textarea`` or ``select``. ``values`` can
    be chosen (of radios, boxes and selects), ``most`` and ``least`` are the input's limits."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    least: str = ""
    most: str = ""


@dataclass
class Form:
    """``fields`` are what is sent where nobody touched it; ``buttons`` are (name, value, address),
    one of which is pressed. An input that has to be written into is in ``blank``; ``inputs`` are
    all that show."""

    action: str
    method: str
    encoding: str = ""
    inputs: dict[str, Input] = field(default_factory=dict)
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)

    @property
    def data(self) -> dict[str, str | list[str]]:
        """The fields as httpx takes them."""
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        return {name: all_[0] if len(all_) == 1 else all_ for name, all_ in found.items()}


@dataclass
class Offered:
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def form(self, action: str) -> Form:
        """The first form that posts to an address."""
        return next(one for one in self.forms if one.action == action)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Offered()
        self._form: Form | None = None
        self._area: list[str] | None = None
        self._area_name = ""
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._fieldsets: list[bool] = []
        """Those that are open, and whether nothing can be done in them."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "a" and "href" in given:
            self.found.links.append(given["href"])
        elif tag == "fieldset":
            self._fieldsets.append("disabled" in given)
        elif any(self._fieldsets):
            return
        elif tag == "form":
            method = given.get("method", "get").lower()
            encoding = given.get("enctype", "")
            self._form = Form(action=given.get("action", ""), method=method, encoding=encoding)
            self.found.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "input":
            kind = given.get("type", "text")
            self._shows(kind, name, value, given.get("min", ""), given.get("max", ""))
            self._input(kind, name, value, checked="checked" in given)
        elif tag == "button":
            self._form.buttons.append((name, value, given.get("formaction", self._form.action)))
        elif tag == "textarea":
            self._area, self._area_name = [], name
            self._shows("textarea", name)
        elif tag == "select":
            self._select = name, []
            self._shows("select", name)
        elif tag == "option" and self._select is not None:
            self._form.inputs[self._select[0]].values.append(value)
            self._select[1].append((value, "selected" in given))

    def _shows(
        self, kind: str, name: str, value: str = "", least: str = "", most: str = ""
    ) -> None:
        assert self._form is not None
        if not name or kind == "hidden":
            return
        shown = Input(name=name, kind=kind, least=least, most=most)
        shown = self._form.inputs.setdefault(name, shown)
        if kind in ("checkbox", "radio"):
            shown.values.append(value)

    def _input(self, kind: str, name: str, value: str, *, checked: bool) -> None:
        assert self._form is not None
        if kind in ("checkbox", "radio") and not checked:
            return
        if kind == "file" or not name:
            return
        self._form.fields.append((name, value))
        if not value and kind != "hidden":
            self._form.blank.append(name)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset":
            self._fieldsets.pop()
        elif tag == "form":
            self._form = None
        elif tag == "textarea" and self._area is not None and self._form is not None:
            said = "".join(self._area).removeprefix("\n").replace("\n", "\r\n")
            self._form.fields.append((self._area_name, said))
            if not said:
                self._form.blank.append(self._area_name)
            self._area = None
        elif tag == "select" and self._select is not None and self._form is not None:
            name, options = self._select
            chosen = [value for value, is_chosen in options if is_chosen]
            self._form.fields += [(name, value) for value in chosen or [options[0][0]]]
            self._select = None


def offered(page: str) -> Offered:
    """The links and forms of a page of HTML."""
    reader = _Reader()
    reader.feed(page)
    return reader.found
