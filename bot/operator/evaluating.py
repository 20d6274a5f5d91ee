"""``soundingboard evaluate``: how well a district's reader reads labelled messages, and what plain
methods make of the same ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from bot.demo.examples import example_district
from bot.files.district import LoadedDistrict, load_district
from governance.reading.evaluation import Evaluation, Measured, Method, Recognition
from governance.reading.labelled import Part, load_labelled, parts_of
from governance.reading.measuring import measure, steps
from governance.reading.scores import Pairs, wilson

NOT_LABELLED = "not labelled"

COLUMNS: Mapping[Method, str] = {
    Method.READER: "Sounding Board",
    Method.NAIVE_BAYES: "TextBlob naive Bayes",
    Method.WORDS: "TF-IDF and logistic",
    Method.POLARITY: "TextBlob polarity",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure by each method that has it. ``interval``: ours, 95% by Wilson. ``n``: what it is
    over.
    ``labelled``: whether the files say what is true of it."""

    key: str
    what: str
    n: int = 0
    values: Mapping[Method, float]
    interval: tuple[float, float] | None = None
    labelled: bool = True


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was measured. ``how`` says who learned from what."""

    messages: int
    how: str
    rows: tuple[Row, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON: shares 0..1; a figure is null where the files do not label it."""
        return {
            "messages": self.messages,
            "how": self.how,
            "figures": {row.key: _plain(row) for row in self.rows},
        }


@dataclass(frozen=True, kw_only=True)
class Task:
    """Files that were read and can be measured. ``steps``: how often ``run`` says what it does."""

    loaded: LoadedDistrict
    parts: tuple[Part, ...]
    pooled: bool

    @property
    def steps(self) -> int:
        return steps(self.parts, beside=True)

    def run(self, doing: Callable[[str], None]) -> Told:
        """Learn and measure; it takes about half a minute a part."""
        people = self.loaded.roster.people if self.loaded.roster else ()
        names = frozenset(f"{p.given_name} {p.family_name}" for p in people)
        committees = self.loaded.district.committees
        found = measure(committees, self.parts, names, pooled=self.pooled, doing=doing)
        if self.pooled:
            how = f"{len(self.parts)} folds: each message read after learning from the other folds"
        else:
            how = "each file read after learning from the others; the mean of the files"
        total = sum(len(part.messages) for part in self.parts)
        return Told(messages=total, how=how, rows=tuple(rows_of(found)))


def prepare(files: Sequence[Path], district: Path | None) -> Task:
    """Read the files. ``ValueError`` names the file, the line and what to fix; ``OSError`` where
    there is no such file."""
    loaded = load_district(district or example_district())
    if isinstance(loaded, list):
        raise ValueError("\n".join(str(problem) for problem in loaded))
    if len(set(files)) < len(files):
        raise ValueError(
            "The same file is given twice: what is tested on must not be learned from."
        )
    keys = [committee.key for committee in loaded.district.committees]
    labelled = {str(path): load_labelled(path, keys) for path in files}
    return Task(loaded=loaded, parts=parts_of(labelled), pooled=len(files) == 1)


# -- the rows -----------------------------------------------------------------------------------


def rows_of(found: Evaluation) -> list[Row]:
    """Everything there is to tell, in order."""
    return [
        *_routes(found),
        *_decisions(found),
        *_urgency(found),
        *_personal(found.personal),
        _tone(found),
        _duplicates(found),
    ]


_ROUTES = (
    ("hit_rate", "first choice right", "hit"),
    ("in_scope", "  … of what is for a committee", "in_scope"),
    ("top3", "right one among three", "top3"),
    ("coverage", "can be sent at 90% right", "covered"),
    ("out_of_scope_recall", "out of scope seen", "out_of_scope"),
    ("calibration_error", "calibration error (10 bins)", "calibration"),
    ("calibration_by_chance", "  … of a perfect one, by chance", "by_chance"),
)

_TOGETHER = (
    ("calibration_error_together", "  … of all messages together", "calibration"),
    ("calibration_by_chance_together", "  … of a perfect one, together", "by_chance"),
)

_DECISIONS = (
    ("routed", "sent to a committee", "routed"),
    ("routed_right", "  … rightly", "routed_right"),
    ("filed", "filed as out of scope", "filed"),
    ("filed_right", "  … rightly", "filed_right"),
    ("filed_of_out_of_scope", "out of scope filed", "filed_of_out"),
)


_INSIDE = frozenset({"in_scope", "top3", "covered"})
_OUTSIDE = frozenset({"out_of_scope", "filed_of_out"})


def _over(found: Evaluation, name: str) -> int:
    """How many messages a figure is over."""
    inside = sum(one.inside for one in found.reader.routing)
    messages = sum(one.messages for one in found.reader.routing)
    return inside if name in _INSIDE else messages - inside if name in _OUTSIDE else messages


def _routes(found: Evaluation) -> list[Row]:
    rows = [
        Row(
            key=key,
            what=what,
            n=_over(found, name),
            values={
                method: fmean([float(getattr(one, name)) for one in measured.routing])
                for method, measured in found.methods.items()
                if measured.routing
            },
        )
        for key, what, name in _ROUTES
    ]
    return [*rows, *_together(found)]


def _together(found: Evaluation) -> list[Row]:
    """Calibration over the messages of all files: few messages have an error by chance alone, and
    the mean of small files' errors has that of small files."""
    known = {m: one.together for m, one in found.methods.items() if one.together is not None}
    n = _over(found, "calibration")
    return [
        Row(
            key=key,
            what=what,
            n=n,
            values={method: float(getattr(one, name)) for method, one in known.items()},
        )
        for key, what, name in _TOGETHER
    ]


def _decisions(found: Evaluation) -> list[Row]:
    return [
        Row(
            key=key,
            what=what,
            n=_sent(found, name) or _over(found, name),
            values={Method.READER: fmean([float(getattr(d, name)) for d in found.decisions])},
        )
        for key, what, name in _DECISIONS
    ]


def _sent(found: Evaluation, name: str) -> int:
    """How many messages went there of which a figure says how many rightly; 0 for others."""
    if not name.endswith("_right"):
        return 0
    where = name.removesuffix("_right")
    return sum(
        round(float(getattr(decided, where)) * one.messages)
        for decided, one in zip(found.decisions, found.reader.routing, strict=True)
    )


def _urgency(found: Evaluation) -> list[Row]:
    counted: Mapping[str, tuple[str, Callable[[Measured], tuple[int, int]]]] = {
        "urgent_recall": ("urgent found", _found),
        "urgent_kind_right": ("  … and in which way", _kind),
        "urgent_precision": ("alarms that are right", _right),
        "urgent_false_alarms": ("false alarms on others", _false),
    }
    return [_counted(key, what, found, count) for key, (what, count) in counted.items()]


def _found(one: Measured) -> tuple[int, int]:
    return (one.alarms.found, one.alarms.there) if one.alarms else (0, 0)


def _kind(one: Measured) -> tuple[int, int]:
    return (one.alarms.kind_right, one.alarms.there) if one.alarms else (0, 0)


def _right(one: Measured) -> tuple[int, int]:
    return (one.alarms.found, one.alarms.found + one.alarms.false) if one.alarms else (0, 0)


def _false(one: Measured) -> tuple[int, int]:
    return (one.alarms.false, one.alarms.others) if one.alarms else (0, 0)


def _counted(
    key: str, what: str, found: Evaluation, count: Callable[[Measured], tuple[int, int]]
) -> Row:
    """A share with its interval. A plain method knows no kinds of urgency."""
    values = {
        method: part / whole
        for method, measured in found.methods.items()
        if measured.alarms and (method is Method.READER or count is not _kind)
        for part, whole in [count(measured)]
        if whole
    }
    ours = count(found.reader)
    return Row(
        key=key,
        what=what,
        n=ours[1],
        values=values,
        interval=wilson(*ours),
        labelled=found.reader.alarms is not None,
    )


def _personal(found: Recognition) -> list[Row]:
    if not found.messages:
        return [Row(key="personal_recall", what="personal data found", values={}, labelled=False)]
    rows = [
        _share(f"personal_{kind.lower()}", f"personal data found: {_kind_words(kind)}", *counts)
        for kind, counts in sorted(found.found.items())
    ]
    hits = [sum(counts) for counts in zip(*found.found.values(), strict=True)] or [0, 0]
    return [
        _share("personal_recall", "personal data found", hits[0], hits[1]),
        *rows,
        _share("personal_needless", "messages touched needlessly", found.touched, found.messages),
    ]


def _kind_words(kind: str) -> str:
    return {"DOB": "birth dates", "SSN": "social security", "PERSON": "names"}.get(
        kind, kind.replace("_", " ").lower()
    )


def _share(key: str, what: str, part: int, whole: int) -> Row:
    values = {Method.READER: part / whole} if whole else {}
    return Row(key=key, what=what, n=whole, values=values, interval=wilson(part, whole))


def _tone(found: Evaluation) -> Row:
    return Row(
        key="tone_macro_f1",
        what="tone, macro-F1",
        n=sum(one.messages for one in found.reader.routing),
        values={method: fmean(one.tone) for method, one in found.methods.items() if one.tone},
        labelled=bool(found.reader.tone),
    )


def _duplicates(found: Evaluation) -> Row:
    ours: Sequence[Pairs] = found.reader.duplicates or ()
    return Row(
        key="duplicates_f1",
        what="duplicates, F1 of pairs",
        n=sum(one.true for one in ours),
        values={
            method: fmean([one.f1 for one in measured.duplicates])
            for method, measured in found.methods.items()
            if measured.duplicates
        },
        labelled=bool(ours),
    )


def _plain(row: Row) -> dict[str, Any] | None:
    if not row.labelled:
        return None
    found: dict[str, Any] = {method.value: round(v, 4) for method, v in row.values.items()}
    if row.interval is not None:
        found["interval"] = [round(end, 4) for end in row.interval]
    return {**found, "n": row.n}
