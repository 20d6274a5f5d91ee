"""The model that was put together anew says what the shipped one says, on every processor."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from governance.reading import embedding, graph
from governance.reading.embedding import MOST_PIECES, Vectors, embed
from governance.reading.graph import multiplies_signed, rebuilt
from governance.reading.wordpiece import token_ids
from governance.reading.written import _shipped, key_of, written

TEXTS = sorted({one.text for one in written()})[::40]


class _Shipped:
    """The shipped graph, which wants to be told that there is one text and not two."""

    def __init__(self, model: str) -> None:
        self._session = _session_of(model)

    def run(self, names: None, fed: dict[str, Any]) -> list[Any]:
        kinds = np.zeros_like(fed["input_ids"])
        found: list[Any] = self._session.run(names, {**fed, "token_type_ids": kinds})
        return found


def _session_of(model: str | bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _vectors(session: Any) -> Vectors:
    ids = [token_ids(text, most=MOST_PIECES) for text in TEXTS]
    return np.concatenate([embedding._of_batch(session, [one]) for one in ids])


@pytest.fixture(scope="module")
def path() -> Path:
    found = embedding._known_file()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def shipped(path: Path) -> Vectors:
    return _vectors(_Shipped(str(path)))


def test_it_says_what_the_shipped_model_says(shipped: Vectors) -> None:
    alike = (_vectors(embedding._session()) * shipped).sum(axis=1)
    assert len(TEXTS) > 50
    assert alike.mean() > 0.9996
    assert alike.min() > 0.999


def test_without_the_loud_columns_it_would_not(
    path: Path, shipped: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "LOUD", [0])
    model = rebuilt(path, longest=MOST_PIECES, signed=multiplies_signed())
    alike = (_vectors(_session_of(model)) * shipped).sum(axis=1)
    assert alike.mean() < 0.9990


def test_this_processor_reads_as_the_one_that_made_the_shipped_vectors() -> None:
    """That one multiplies bytes (it has VNNI). In which order the few sums are taken that are not
    whole numbers (attention, norms) is the runtime's own on each: where one lies between two bytes
    a vector may differ a little, and by less than these bytes differ from what they stand for."""
    made = _shipped()
    kept = np.stack([made.row(key_of(text)) for text in TEXTS])
    alike = (_vectors(embedding._session()) * kept).sum(axis=1)
    assert alike.mean() > 0.9999
    assert alike.min() > 0.9997


def test_an_older_processor_has_weights_without_a_sign_because_it_cuts_others_off(
    path: Path,
) -> None:
    """Where none are cut off both graphs say the same; where some are, they do not: then what this
    processor has is the other one, which the test before this looks at."""
    graphs = [rebuilt(path, longest=MOST_PIECES, signed=one) for one in (False, True)]
    without, signed = (_vectors(_session_of(one)) for one in graphs)
    apart = np.abs(without - signed).max()
    assert apart < 1e-5 if multiplies_signed() else apart > 1e-3
    assert np.abs(_vectors(embedding._session()) - without).max() < 1e-5


def test_what_comes_with_a_text_does_not_change_it() -> None:
    few = [text for text in TEXTS if len(text) < 200][:9]
    assert np.abs(embed(few) - np.concatenate([embed([text]) for text in few])).max() < 1e-5


@pytest.mark.parametrize(
    ("machine", "flags", "whole"),
    [
        ("x86_64", "fpu sse2 avx2 avx512f avx512_vnni", True),
        ("x86_64", "fpu sse2 avx2 avx_vnni", True),
        ("x86_64", "fpu sse2 avx2 avx512f avx512bw", False),
        ("aarch64", "asimd", True),  # its instructions cut nothing off
    ],
)
def test_an_old_processor_is_known(
    machine: str, flags: str, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpu = tmp_path / "cpuinfo"
    cpu.write_text(f"processor\t: 0\nflags\t\t: {flags}\n", encoding="utf-8")
    monkeypatch.setattr("platform.machine", lambda: machine)
    assert multiplies_signed(cpu) is whole
    assert multiplies_signed(tmp_path / "none") is (machine == "aarch64")
