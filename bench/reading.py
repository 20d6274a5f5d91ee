"""Reading messages: how many a second on one core, how much memory that holds, how soon it can
begin; and what plain methods need to tell a committee alone from the same messages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import psutil

from bot.demo.examples import example_district
from bot.files.district import LoadedDistrict, load_district
from governance.reading.examples import Example, load_examples
from governance.reading.plain import NaiveBayes, Plain, WordRegression
from governance.reading.worker import ReadingRoom

from .measured import Figure, Progress, Scale, Section, milliseconds, quantile, times

_MESSAGES = 600
_AT_ONCE = 0.02
"""Seconds that a message may take, where they come one by one ..."""
_A_SECOND = 200
"""... or so many a second."""
_RESIDENT = 400
_NAMES: Mapping[str, Callable[[Sequence[str], Sequence[str]], Plain]] = {
    "TextBlob's naive Bayes": NaiveBayes,
    "TF-IDF and logistic regression": WordRegression,
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """Of the reading room. Seconds: until the first message was read, and of each one read alone
    (wall clock, and of processor); messages a second in batches, likewise; MiB resident after
    the first message, and after all."""

    first: float
    alone: Sequence[float]
    alone_cpu: float
    batched: float
    batched_cpu: float
    resident: float
    afterwards: float


def measure(scale: Scale, progress: Progress) -> Section:
    """The section of ``make bench``."""
    progress.begin(2 + len(_NAMES))
    loaded = load_district(example_district())
    if isinstance(loaded, list):
        raise RuntimeError(f"the example district cannot be loaded: {loaded[0]}")
    examples = [one for path in loaded.examples for one in load_examples(path)]
    messages = examples[: scale.of(_MESSAGES, 10)]
    progress("the reading room")
    read = asyncio.run(_room(loaded, examples, messages))
    beside = {}
    for name, learn in _NAMES.items():
        progress(name)
        beside[name] = _plain(learn, examples, messages)
    return Section(key="reading", title="Reading", figures=[*_figures(read, beside, len(messages))])


async def _room(
    loaded: LoadedDistrict, examples: Sequence[Example], messages: Sequence[Example]
) -> Read:
    """As the service reads: in a child process, which learns what it needs before the first."""
    people = loaded.roster.people if loaded.roster else ()
    names = frozenset(f"{p.given_name} {p.family_name}" for p in people)
    before = {child.pid for child in psutil.Process().children()}
    room = ReadingRoom(loaded.district.committees, examples, names)
    try:
        begun = time.perf_counter()
        await room.read(messages[0].text, messages[0].role, messages[0].level)
        first = time.perf_counter() - begun
        child = _child(before)
        resident = _resident(child)
        spent, alone = _cpu(child), []
        for one in messages:
            begun = time.perf_counter()
            await room.read(one.text, one.role, one.level)
            alone.append(time.perf_counter() - begun)
        alone_cpu = (_cpu(child) - spent) / len(messages)
        spent, begun = _cpu(child), time.perf_counter()
        await room.read_many([(one.text, one.role, one.level) for one in messages])
        batched = len(messages) / (time.perf_counter() - begun)
        return Read(
            first=first,
            alone=alone,
            alone_cpu=alone_cpu,
            batched=batched,
            batched_cpu=len(messages) / max(1e-9, _cpu(child) - spent),
            resident=resident,
            afterwards=_resident(child),
        )
    finally:
        await room.close()


def _child(before: set[int]) -> psutil.Process:
    """The one that came, and not what Python starts beside it to watch over shared memory."""
    new = [one for one in psutil.Process().children() if one.pid not in before]
    return max(new, key=_resident)


def _cpu(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)


def _resident(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _plain(
    learn: Callable[[Sequence[str], Sequence[str]], Plain],
    examples: Sequence[Example],
    messages: Sequence[Example],
) -> float:
    """Seconds of processor a message, to tell the committee alone."""
    texts = [one.text for one in examples]
    model = learn(texts, [one.committees[0] if one.committees else "none" for one in examples])
    begun = time.process_time()
    for one in messages:
        model.shares([one.text])
    return (time.process_time() - begun) / len(messages)


# -- in words ---------------------------------------------------------------------------------


def _figures(read: Read, beside: Mapping[str, float], n: int) -> Iterator[Figure]:
    for name, seconds in beside.items():
        yield Figure(
            what=f"processor for a message, {n} read one by one: everything; beside it the "
            f"committee alone by {name}",
            demand=f"≤ {milliseconds(_AT_ONCE)}",
            measured=milliseconds(read.alone_cpu),
            baseline=milliseconds(seconds),
            ratio=times(read.alone_cpu / max(seconds, 1e-9)),
            reached=read.alone_cpu <= _AT_ONCE,
        )
    yield Figure(
        what="from asking to the answer, one by one: half of them within (95 of 100 within "
        f"{milliseconds(quantile(read.alone, 0.95))})",
        measured=milliseconds(quantile(read.alone, 0.5)),
    )
    yield Figure(
        what=f"messages a second of one core, in batches ({read.batched:,.0f} by the clock)",
        demand=f"≥ {_A_SECOND}, or the time above",
        measured=f"{read.batched_cpu:,.0f}/s",
        reached=read.batched_cpu >= _A_SECOND or read.alone_cpu <= _AT_ONCE,
    )
    yield Figure(
        what=f"memory of the language process with everything loaded ({read.resident:.0f} MB "
        "after the first message)",
        demand=f"≤ {_RESIDENT} MB",
        measured=f"{read.afterwards:.0f} MB",
        reached=max(read.resident, read.afterwards) <= _RESIDENT,
    )
    yield Figure(
        what="from the first message to its answer: the process starts, learns and reads",
        measured=f"{read.first:.1f} s",
    )
