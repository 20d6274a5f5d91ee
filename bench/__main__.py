"""``make bench``: every figure beside its demand, on this machine, in one run."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.catalogue import BENCHMARKS
from bench.databases import postgres_version
from bench.machine import Machine, in_words, this_machine
from bench.measured import Scale, Section
from bench.writing import write_documentation


class _Bar:
    """A benchmark's progress as a bar."""

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._name = name
        self._task = progress.add_task(name, total=None)

    def begin(self, steps: int) -> None:
        self._progress.update(self._task, total=steps)

    def __call__(self, doing: str) -> None:
        task = self._progress.tasks[self._task]
        begun = task.description != self._name
        self._progress.update(
            self._task, description=f"{self._name}: {doing}", advance=1 if begun else 0
        )

    def end(self, seconds: float) -> None:
        done = self._progress.tasks[self._task].total or 1
        self._progress.update(
            self._task,
            total=done,
            completed=done,
            description=f"{self._name}: done in {seconds:.0f} s",
        )


def main(arguments: Sequence[str] | None = None) -> int:
    given = _given(arguments)
    console = Console(width=None if sys.stdout.isatty() else 150)
    machine = this_machine(postgres_version())
    console.print(f"On {in_words(machine)}.\n", highlight=False)
    names, begun = given.only or list(BENCHMARKS), time.perf_counter()
    sections = _run(names, given.share, console)
    took = time.perf_counter() - begun
    _tell(sections, took, console)
    if given.json:
        _keep(given.json, machine, took, sections)
    if given.write:
        everything = set(names) == set(BENCHMARKS) and given.share == 1
        write_documentation(sections, machine, took if everything else None)
    return 0


def _keep(path: Path, machine: Machine, took: float, sections: Sequence[Section]) -> None:
    run = {
        "machine": asdict(machine),
        "seconds": round(took),
        "sections": [_plain(one) for one in sections],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(run, indent=2, ensure_ascii=False), encoding="utf-8")


def _tell(sections: Sequence[Section], took: float, console: Console) -> None:
    for section in sections:
        console.print(_table(section))
    missed = [figure.what for one in sections for figure in one.figures if figure.reached is False]
    for what in missed:
        console.print(f"Not reached: {what}", highlight=False)
    console.print(f"Together: {took / 60:.1f} minutes.", highlight=False)


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="one of them")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md, too")
    parser.add_argument("--json", type=Path, help="write the run to this file")
    parser.add_argument("--share", type=float, default=1.0, help="of the full sizes")
    return parser.parse_args(arguments)


def _run(names: Sequence[str], share: float, console: Console) -> list[Section]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    found = []
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(*columns, console=console))
        for name in names:
            bar, begun = _Bar(progress, name), time.perf_counter()
            with tempfile.TemporaryDirectory(prefix=f"sounding-board-bench-{name}-") as folder:
                scale = Scale(folder=Path(folder), share=share)
                found.append(BENCHMARKS[name]()(scale, bar))
            bar.end(time.perf_counter() - begun)
    return found


def _table(section: Section) -> Table:
    table = Table(title=section.title, title_justify="left", title_style="bold")
    for heading in ("", "demand", "measured", "beside it", "ratio", "reached"):
        table.add_column(heading, justify="left" if not heading else "right")
    for one in section.figures:
        verdict = {True: "yes", False: "NO", None: ""}[one.reached]
        table.add_row(one.what, one.demand, one.measured, one.baseline, one.ratio, verdict)
    return table


def _plain(section: Section) -> dict[str, object]:
    return {
        "key": section.key,
        "title": section.title,
        "figures": [asdict(figure) for figure in section.figures],
    }


if __name__ == "__main__":
    sys.exit(main())
