"""``soundingboard evaluate`` on a district's own labelled messages: figures beside plain methods,
in words and as JSON, and what is missing is said."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.demo.examples import example_district
from bot.operator import evaluating, routing
from bot.operator.evaluating import COLUMNS
from governance.reading import embedding
from governance.reading.evaluation import (
    Alarms,
    Decisions,
    Evaluation,
    Measured,
    Method,
    Recognition,
    Routing,
)
from tests.governance.reading.few_lessons import learn_from_few

DISTRICT = example_district()
OWN = DISTRICT / "feedback" / "dev_a.jsonl"
_LINE: dict[str, object] = {
    "text": "The wifi in the gym drops", "role": "teacher", "level": "high", "committees": [],
}  # fmt: skip


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """A district whose committees take no themes: it learns from its own few messages only."""
    shutil.copytree(DISTRICT, tmp_path / "little")
    listed = tmp_path / "little" / "committees.yaml"
    listed.write_text(re.sub(r"\n +themes: *(\[[^\]]*\]|(\n +- .*)+)", "", listed.read_text()))
    assert "themes" not in listed.read_text()
    return tmp_path / "little"


def _file(path: Path, messages: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in messages), "utf-8")
    return path


def _run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.timeout(300)
def test_own_messages_are_measured_and_what_nobody_labelled_is_said(
    tmp_path: Path, little: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn_from_few(monkeypatch)
    lines = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()[:60]]
    for line in lines:
        del line["sentiment"], line["dup"]
    files = [_file(tmp_path / f"{at}.jsonl", lines[at::2]) for at in (0, 1)]
    code, out, _ = _run(*files, "--district", little, "--json")
    assert code == 0
    told = json.loads(out)
    assert told["messages"] == 60
    figures = told["figures"]
    assert set(figures["hit_rate"]) == {
        "reader", "textblob_naive_bayes", "tfidf_logistic_regression", "n",
    }  # fmt: skip
    assert figures["tone_macro_f1"] is None
    assert figures["duplicates_f1"] is None
    assert figures["urgent_false_alarms"]["n"] + figures["urgent_recall"]["n"] == 60
    assert figures["personal_needless"]["n"] == 60
    measured = [value for row in figures.values() if row for value in (row["reader"],)]
    assert all(0 <= value <= 1 for value in measured)


@pytest.mark.parametrize("command", ["route", "evaluate"])
def test_without_the_embedding_model_that_is_said_apart_from_the_answer(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedding._session.cache_clear()
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    monkeypatch.setattr(embedding, "SHA256", "of another file")
    monkeypatch.setattr(routing, "train", lambda loaded: None)
    monkeypatch.setattr(evaluating, "measure", lambda *_, **__: _evaluation())
    files = [
        _file(tmp_path / f"{at}.jsonl", [_LINE] if command == "evaluate" else []) for at in "ab"
    ]
    asked = files if command == "evaluate" else files[:1]
    result = CliRunner().invoke(app, [command, *map(str, asked)])
    embedding._session.cache_clear()
    assert result.exit_code == 0, result.output
    assert "falls back to wording alone: the package onnxruntime is not installed" in result.stderr
    assert "wording" not in result.stdout


def _figures(hit: float) -> Routing:
    return Routing(
        messages=10, inside=8, hit=hit, in_scope=hit, top3=0.95, covered=0.5,
        out_of_scope=0.9, calibration=0.04,
    )  # fmt: skip


def _evaluation() -> Evaluation:
    decided = Decisions(
        routed=0.6, routed_right=0.9, filed=0.1, filed_right=0.8, filed_of_out=0.7, restricted=0,
        lost=0,
    )  # fmt: skip
    return Evaluation(
        sets=("a", "b"),
        methods={
            Method.READER: Measured(
                routing=(_figures(0.7), _figures(0.9)),
                alarms=Alarms(there=24, found=24, kind_right=23, others=576, false=13),
            ),
            Method.WORDS: Measured(routing=(_figures(0.4), _figures(0.6))),
        },
        decisions=(decided, decided),
        personal=Recognition(found={"DOB": (4, 4)}, needless=2, touched=1, messages=20),
    )


def test_the_table_says_each_figure_by_each_method_with_its_interval(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluating, "measure", lambda *_, **__: _evaluation())
    lines = OWN.read_text("utf-8").splitlines()[:20]
    files = [_file(tmp_path / f"{at}.jsonl", [json.loads(lines[at])]) for at in (0, 1)]
    code, out, _ = _run(*files)
    assert code == 0
    rows = {re.sub(r"[│┃]", "", line).strip(): line for line in out.splitlines()}

    def row(begins: str) -> str:
        return next(line for name, line in rows.items() if name.startswith(begins))

    assert all(heading in out for heading in COLUMNS.values())
    assert re.findall(r"0\.\d{3}", row("first choice right")) == ["0.800", "0.500"]
    assert "0.862–1.000" in row("urgent found")
    assert "0.649" in row("alarms that are right"), "24 of 37"
    assert "birth dates" in row("personal data found: birth dates")
    assert "not labelled" in row("tone, macro-F1")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([{"text": "Wifi"}], 'own.jsonl, line 1: "role" is missing'),
        (
            [{"text": "Wifi", "role": "teacher", "level": "high"}],
            'own.jsonl, line 1: "committees" must be a list of keys ([] is out of scope)',
        ),
        ([], "Label more, or give a second file"),
    ],
)
def test_a_file_that_cannot_be_measured_ends_in_words_before_anything_is_learned(
    tmp_path: Path, lines: list[dict[str, object]], said: str
) -> None:
    code, out, err = _run(_file(tmp_path / "own.jsonl", lines))
    assert (code, out) == (1, "")
    assert said in err


def test_what_is_tested_on_is_not_learned_from(tmp_path: Path) -> None:
    code, _, err = _run(OWN, OWN)
    assert code == 1
    assert "given twice" in err
    code, _, err = _run(tmp_path / "nowhere.jsonl")
    assert code == 1
    assert "nowhere.jsonl" in err
