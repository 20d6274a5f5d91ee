"""Makes what comes ready with the reader: ``python -m governance.reading.shipping FILE...``

The written messages without the personal data in them, and vectors: of the written messages, and
of the messages of labelled files (the example district's). To be run when messages were added or
personal data is recognised otherwise; a text without a shipped vector gets one at every start,
5 ms each, and written messages that are others than those looked through are looked through
again, all of them (3 s).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from governance.reading.embedding import SIZE, embed
from governance.reading.examples import load_examples
from governance.reading.exemplars import exemplars, pieces
from governance.reading.fixing import examples as to_be_fixed
from governance.reading.personal_data import find, redact
from governance.reading.written import (
    FINEST,
    REDACTED,
    VECTORS,
    digest_of,
    key_of,
    texts_on_and_off,
    written,
)


def ship(texts: Iterable[str], to: Path = VECTORS) -> int:
    """Write the vectors of texts; gives how many."""
    unique = sorted(set(texts))
    rows = embed(unique)
    scaled = rows / np.abs(rows).max(axis=1, keepdims=True) * FINEST
    keys = np.frombuffer(b"".join(map(key_of, unique)), np.uint8).reshape(len(unique), -1)
    np.savez(to, keys=keys, rows=scaled.round().astype(np.int8).reshape(-1, SIZE))
    return len(unique)


def ship_redacted(to: Path = REDACTED) -> int:
    """Write what became of the written messages in which there is personal data; gives how
    many."""
    texts = texts_on_and_off()
    found = {text: redact(text, find(text)) for text in texts}
    changed = {key_of(text).hex(): left for text, left in found.items() if left != text}
    told = {"of": digest_of(texts), "changed": changed}
    to.write_text(json.dumps(told, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(changed)


def main(files: Iterable[str]) -> None:
    sys.stdout.write(f"{ship_redacted()} messages with personal data\n")
    written.cache_clear()
    labelled = [e.text for file in files for e in load_examples(Path(file))]
    texts = [e.text for e in written()] + [redact(text, find(text)) for text in labelled]
    texts += [
        e.text for e in (*exemplars(), *pieces())
    ] + labelled  # what reads the original learns from it
    texts += [text for text, _ in to_be_fixed()]
    sys.stdout.write(f"{ship(texts)} vectors\n")


if __name__ == "__main__":
    main(sys.argv[1:])
