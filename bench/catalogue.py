"""The benchmarks by name. Each is imported when it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .measured import Benchmark


def _delivery() -> Benchmark:
    from .delivery import measure

    return measure


def _claiming() -> Benchmark:
    from .claiming import measure

    return measure


def _ingest() -> Benchmark:
    from .ingest import measure

    return measure


def _results() -> Benchmark:
    from .results import measure

    return measure


def _export() -> Benchmark:
    from .exporting import measure

    return measure


def _start() -> Benchmark:
    from .start import measure

    return measure


def _reading() -> Benchmark:
    from .reading import measure

    return measure


def _growth() -> Benchmark:
    from .growth import measure

    return measure


BENCHMARKS: Mapping[str, Callable[[], Benchmark]] = {
    "delivery": _delivery,
    "ingest": _ingest,
    "claiming": _claiming,
    "results": _results,
    "export": _export,
    "start": _start,
    "reading": _reading,
    "growth": _growth,
}
