"""Is the house still the house? Rules of `docs/house.md` that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "courtepointe"
RAISES = {"CourtepointeError", "BadInput", "NoAnswer", "NotFound", "Refused", "NotAllowed"}
ATTICS = {"utils", "helpers", "common", "base", "manager", "managers", "misc", "tools"}
MODEL_READERS = {"queries", "actions", "access", "forms", "admin", "models", "migrations", "apps"}


@cache
def python_files() -> list[Path]:
    return sorted(file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts)


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


@cache
def nodes_of(file: Path) -> list[ast.AST]:
    """List all nodes of a file: every rule reads the whole source, which is walked once."""
    return list(ast.walk(tree_of(file)))


@pytest.fixture(scope="module", autouse=True)
def _source_is_forgotten() -> Iterator[None]:
    yield
    for kept in (python_files, tree_of, nodes_of, texts):
        kept.cache_clear()


def tracked_files() -> list[Path]:
    told = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in told.stdout.splitlines() if (ROOT / line).is_file()]


def raised_codes() -> Iterator[tuple[str, str]]:
    for file in python_files():
        for node in nodes_of(file):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in RAISES and node.args:
                first = node.args[0]
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, where


def worded() -> dict[str, dict[str, object]]:
    words: dict[str, dict[str, object]] = {}
    for file in sorted((SOURCE / "doors" / "words_data").glob("*.toml")):
        for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            assert code not in words, f"{code} is worded twice, again in {file.name}"
            words[code] = entry
    return words


def test_every_error_raised_is_worded_and_every_worded_error_is_raised() -> None:
    raised = dict(raised_codes())
    words = worded()
    unworded = {code: where for code, where in raised.items() if code not in words}
    # A code may be handed on as a value; then its literal still stands somewhere in the code.
    literals = {
        node.value
        for file in python_files()
        for node in nodes_of(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unraised = set(words) - literals
    assert not unworded
    assert not unraised


def test_every_error_is_worded_in_both_languages_with_the_same_slots() -> None:
    slot = re.compile(r"{(\w+)")
    for code, entry in worded().items():
        assert str(entry["fr"]).strip() and str(entry["en"]).strip(), code
        assert set(slot.findall(str(entry["fr"]))) == set(slot.findall(str(entry["en"]))), code


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{file.relative_to(ROOT)}:{inner.lineno}"
        for file in python_files()
        for node in nodes_of(file)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


GATHERED = re.compile(r"_|n?p?gettext(_lazy|_noop)?")


def test_no_word_to_translate_stands_in_a_formatted_string() -> None:
    """The gatherer of words does not see it there: the page would speak English to everybody."""
    unseen = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in python_files()
        for text in nodes_of(file)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and GATHERED.fullmatch(ast.unparse(call.func))
    ]
    assert unseen == []


def test_every_way_to_mark_words_is_gathered() -> None:
    """`scripts/translations.py` knows each function by which the code marks words: what it does not know is never translated."""
    script = (ROOT / "scripts" / "translations.py").read_text(encoding="utf-8")
    used = {
        name.name
        for file in python_files()
        for node in nodes_of(file)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if GATHERED.fullmatch(name.name)
    }
    assert {name for name in used if f'"{name}"' not in script} == set()


def test_no_attic() -> None:
    attics = [
        str(file.relative_to(ROOT))
        for file in python_files()
        if file.stem in ATTICS or ATTICS & set(file.relative_to(SOURCE).parts)
    ]
    assert attics == []


def test_models_are_read_only_by_those_who_may() -> None:
    strangers = []
    for file in python_files():
        allowed = MODEL_READERS & {file.stem, *file.relative_to(SOURCE).parts}
        for node in nodes_of(file):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            if module and module.startswith("courtepointe") and ".models" in module and not allowed:
                strangers.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert strangers == []


def test_files_and_functions_stay_small() -> None:
    lengths = [len(file.read_text(encoding="utf-8").splitlines()) for file in python_files()]
    functions = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for file in python_files()
        for node in nodes_of(file)
        if isinstance(node, ast.FunctionDef)
    )
    assert functions[int(len(functions) * 0.9)] < 25
    assert sorted(lengths)[int(len(lengths) * 0.9)] < 300
    assert max(lengths) <= 400


def test_public_functions_of_the_library_are_documented() -> None:
    silent = []
    for room in ("core", "formats", "atlas", "press"):
        for file in sorted((SOURCE / room).rglob("*.py")):
            for node in tree_of(file).body:
                public = isinstance(node, ast.FunctionDef | ast.ClassDef)
                if public and not node.name.startswith("_") and not ast.get_docstring(node):
                    silent.append(f"{file.relative_to(ROOT)}:{node.name}")
    assert silent == []


def test_no_signals() -> None:
    assert not [f for f in python_files() if "django.db.models.signals" in f.read_text("utf-8")]


def test_locks_name_no_host_and_cover_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.split(r"[<>=\[ ;]", told)[0].lower() for told in project["project"]["dependencies"]}
    wanted = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
    assert names == {re.split(r"[<>=\[ ;]", line)[0].lower() for line in wanted if line.strip()}
    for lock in ("run", "dev"):
        text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
        assert "http" not in text.replace("httpx", "").replace("httpcore", "")
        assert names <= {line.split("==")[0] for line in text.splitlines() if "==" in line}
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_each_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [") + 1
    block = lines[start : lines.index("]", start)]
    silent = [line for line in block if line.strip().startswith('"') and "#" not in line]
    assert silent == []


@cache
def texts() -> dict[Path, str]:
    """Read every file that is kept and is no picture."""
    read = [f for f in tracked_files() if f.suffix not in {".png", ".parquet", ".woff2"}]
    return {file: file.read_text(encoding="utf-8", errors="ignore") for file in read}


@pytest.mark.parametrize("word", ["/work/", "/home/", "/root/", "TODO", "FIXME"])
def test_no_committed_file_holds(word: str) -> None:
    guilty = [
        str(file.relative_to(ROOT))
        for file, text in texts().items()
        if file != Path(__file__) and word in text
    ]
    assert guilty == []


def test_the_library_opens_without_django() -> None:
    code = (
        "import sys, courtepointe.atlas.figures, courtepointe.core.errors, courtepointe.atlas.query.values\n"
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
