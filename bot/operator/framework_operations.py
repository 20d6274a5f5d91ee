"""What an operator does with frameworks: check a file, import one, list them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from bot.app.core import Core
from bot.files.framework_yaml import FOLDER, Wording, included, load_framework, worded
from bot.files.problems import one_of
from bot.operator.telling import Arguments, Told, problems_told
from governance.controls.model import Assessment, Framework
from storage.transaction import Transaction


def checked(path: Path) -> Told:
    """What is wrong in a file, or what is in it. It uses no database, so texts are only compared
    with a framework that comes with the product."""
    found = load_framework(path)
    if isinstance(found, Wording):
        base = _included(found.key, found.version)
        if base is None:
            said = (
                f"Texts for {len(found.entries)} numbers of {found.key} {found.version}, which "
                "does not come with the product. The import checks whether it has these numbers."
            )
            return Told(lines=(said,))
        found = worded(base, found)
    if isinstance(found, list):
        return Told(lines=tuple(map(str, found)), ok=False)
    return Told(lines=(_summary(found), "Nothing to fix."))


async def framework_import(core: Core, given: Arguments) -> Told:
    """``path``: a file; or ``included``: the name of one that comes with the product."""
    if name := given.get("included"):
        ours = await asyncio.to_thread(included)
        if name not in ours:
            why = f'There is no file "{name}", and no such framework comes with the product.'
            return Told(lines=(f"{why} {one_of(name, ours)}",), ok=False)
        return await core.store.write(lambda tx: _put(core, tx, ours[name]))
    district = await core.store.read(lambda tx: tx.district())
    found = await asyncio.to_thread(load_framework, Path(given["path"]), locale=district.locale)
    if isinstance(found, list):
        return problems_told(found)
    return await core.store.write(lambda tx: _take(core, tx, found))


def _take(core: Core, tx: Transaction, found: Framework | Wording) -> Told:
    if isinstance(found, Framework):
        return _put(core, tx, found)
    base = tx.framework(found.key, found.version) or _included(found.key, found.version)
    if base is None:
        said = f"These texts are for {found.key} {found.version}, which is not imported."
        return Told(lines=(said, "Import it first. See: soundingboard framework list"), ok=False)
    new = worded(base, found)
    return _put(core, tx, new) if isinstance(new, Framework) else problems_told(new)


def _put(core: Core, tx: Transaction, new: Framework) -> Told:
    called = f"{new.key} {new.version}"
    known = tx.framework(new.key, new.version)
    if known == new:
        return Told(lines=(f"{called}: unchanged.",))
    if known and _but_texts(known) != _but_texts(new) and (used := _uses(known, tx.assessments())):
        said = (
            f"{called}: used by {_assessments(used)}, so only its names and texts can change, not "
            "its order, groups, functions, steps or old numbers. Give the file another version. "
            "Nothing was changed."
        )
        return Told(lines=(said,), ok=False)
    became = "replaced" if known else "a new version" if tx.framework(new.key) else "new"
    tx.put_framework(new, None, core.now())
    tx.audit(None, f"framework imported: {called}", None, core.now())
    return Told(lines=(f"{called}: {became}.", _summary(new)))


async def framework_list(core: Core, _: Arguments) -> Told:
    """Imported frameworks, with the number of assessments of each; then those of the product."""

    def read(tx: Transaction) -> list[str]:
        assessments = tx.assessments()
        return [
            f"{one.key} {one.version}: {one.name.default}; {_counts(one)}; "
            f"{_assessments(_uses(one, assessments))}"
            for one in tx.frameworks()
        ]

    imported = await core.store.read(read)
    ours = await asyncio.to_thread(included)
    return Told(
        lines=(
            *(imported or ["No framework is imported yet."]),
            "",
            "These come with the product. Import one by its name, or copy its file and change it:",
            *(f"{name}: {one.name.default}; {_counts(one)}" for name, one in ours.items()),
            f"Their files are in {FOLDER}",
        )
    )


def _included(key: str, version: str) -> Framework | None:
    found = (one for one in included().values() if (one.key, one.version) == (key, version))
    return next(found, None)


def _uses(framework: Framework, assessments: Iterable[Assessment]) -> int:
    own = (framework.key, framework.version)
    return sum((one.framework, one.version) == own for one in assessments)


def _assessments(n: int) -> str:
    return "1 assessment" if n == 1 else f"{n} assessments"


def _but_texts(framework: Framework) -> object:
    """What cannot change while an assessment uses it: everything but names and texts. Answers were
    given by what the steps mean, so those cannot change either."""
    return (
        [one.key for one in framework.groups],
        [one.key for one in framework.functions],
        [
            (control.number, [(one.number, one.group, one.function) for one in control.safeguards])
            for control in framework.controls
        ],
        framework.steps,
        framework.renumbered,
    )


def _summary(framework: Framework) -> str:
    named = f"{framework.name.default} ({framework.key} {framework.version})"
    return f"{named}: {_counts(framework)}."


def _counts(framework: Framework) -> str:
    """ "18 controls, 153 safeguards (IG1 56, IG2 130, IG3 153)"."""
    groups = ", ".join(
        f"{one.name.default} {len(framework.in_group(one.key))}" for one in framework.groups
    )
    many = f"{len(framework.controls)} controls, {len(framework.safeguards)} safeguards"
    return f"{many} ({groups})"
