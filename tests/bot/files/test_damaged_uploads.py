"""Uploads that are damaged, or made to break what reads them: each is refused in plain words."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from bot.files.csv_source import MOST_COLUMNS, Table
from bot.files.district import load_district
from bot.files.unpacking import UnpackError, unpack


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        for name, body in files.items():
            file.writestr(name, body)
    return out.getvalue()


def damaged(how: int) -> bytes:
    body = bytearray(packed({"users.csv": os.urandom(3000) + b"abc" * 2000}, how))
    start = body.find(b"users.csv") + len("users.csv") + 9
    body[start : start + 50] = b"\xfe" * 50
    return bytes(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(damaged(zipfile.ZIP_DEFLATED), id="deflate"),
        pytest.param(damaged(zipfile.ZIP_LZMA), id="lzma"),
        pytest.param(damaged(zipfile.ZIP_BZIP2), id="bzip2"),
        pytest.param(packed({"a" * 300 + ".csv": b"x"}), id="a long name"),
        pytest.param(packed({"d/" * 1900 + "f": b"x"}), id="a deep name"),
        pytest.param(packed({"a": b"x", "a/b": b"y"}), id="a file, then a folder"),
        pytest.param(packed({"a/b": b"x", "a": b"y"}), id="a folder, then a file"),
    ],
)
def test_a_damaged_zip_file_is_refused(body: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnpackError, match="ZIP file"):
        unpack(body, tmp_path)


@pytest.mark.parametrize("name", ["privacy.fr.md", "feedback/a.jsonl", "surveys/a.yaml"])
def test_a_folder_called_as_a_file_is_a_problem(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir(parents=True)
    problems = load_district(tmp_path)
    assert isinstance(problems, list)
    assert (name, "This is a folder, and not a file.") in {(p.file, p.message) for p in problems}


def test_a_file_of_very_many_columns_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(",".join(f"c{n}" for n in range(100_000)) + "\n", encoding="utf-8")
    table = Table(path=path, file="people.csv", needs=["email", "role", "building"], problems=[])
    began = time.monotonic()
    assert list(table.rows()) == []
    assert [problem.message for problem in table.problems] == ["The file has 100,000 columns."]
    assert str(MOST_COLUMNS) in table.problems[0].fix
    assert time.monotonic() - began < 1
