"""Whatever happens to a file, its reader answers with problems and never falls over."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.files.district import LoadedDistrict, load_district
from bot.files.problems import MOST
from tests.bot.files import small

SCRAPS = [
    b"", b"\n", b"  ", b"\t", b":", b"- ", b"[", b"{", b"}", b'"', b"'", b"|", b">", b"&a ", b"*a",
    b"!!set ", b"!x ", b"? ", b"---\n", b"...\n", b"%YAML 9.9\n", b"\x00", b"\xff", b"\xc3",
    b"~", b"null", b"{}", b"[]", b"<<: ", b"\xef\xbb\xbf", b"\xff\xfe", b",", b"\r", b"1e999",
    "\u2028".encode(), "\ud800".encode("utf-8", "surrogatepass"), b"=", b"0x1F", b"key: x\n",
]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(
    name=st.sampled_from(sorted(small.FILES)),
    at=st.floats(0, 1),
    cut=st.integers(0, 12),
    scraps=st.lists(st.sampled_from(SCRAPS), max_size=3),
)
def test_a_damaged_file_is_read_or_its_problems_are_named(
    tmp_path_factory: pytest.TempPathFactory, name: str, at: float, cut: int, scraps: list[bytes]
) -> None:
    content = small.FILES[name].encode()
    place = int(at * len(content))
    damaged = content[:place] + b"".join(scraps) + content[place + cut :]
    folder = tmp_path_factory.getbasetemp() / "damaged"
    read = load_district(small.write(Path(folder), {name: damaged}))
    if isinstance(read, LoadedDistrict):
        return
    assert read
    lines = damaged.count(b"\n") + damaged.count(b"\r") + 2
    for problem in read:
        assert problem.message
        assert problem.fix
        assert problem.line >= 1
        if problem.file == name:
            assert problem.line <= lines


def test_a_line_end_that_only_yaml_knows_is_named_where_an_editor_shows_it(
    tmp_path: Path,
) -> None:
    name = "announcements/move.yaml"
    content = small.FILES[name].encode()
    first, rest = content.split(b"\n", 1)
    damaged = first + "\u2028\u2028".encode() + b"\n" + rest
    read = load_district(small.write(tmp_path, {name: damaged}))
    assert not isinstance(read, LoadedDistrict)
    assert (read[0].file, read[0].line) == (name, 1)
    assert "invisible" in read[0].message


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("plan.yaml", "".join(f"componentz{n}: 1\n" for n in range(30_000))),
        (
            "announcements/move.yaml",
            small.FILES["announcements/move.yaml"].replace(
                "[oak-high]", f"[{', '.join(f'oak-high{n}' for n in range(20_000))}]"
            ),
        ),
    ],
)
def test_a_file_that_is_wrong_throughout_is_given_up_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, more: str
) -> None:
    """What was meant is looked for so often as it is told, and not for each of its lines."""
    looked, close = [], difflib.get_close_matches

    def counted(word: str, *rest: Any, **more: Any) -> list[str]:
        looked.append(word)
        return close(word, *rest, **more)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    read = load_district(small.write(tmp_path, {name: more.encode()}))
    assert not isinstance(read, LoadedDistrict)
    assert read
    assert 0 < len(looked) <= MOST
