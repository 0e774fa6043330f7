"""Arithmetic only: NumPy and the standard library, no clock, no dice without a seed, light to import."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1]
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)
CLOCKS = {"time", "datetime", "random", "secrets", "os"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Names of the modules a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_numpy_and_nothing_else(path: Path) -> None:
    for name in imported(ast.parse(path.read_text())):
        root = name.split(".")[0]
        own = name == "setia.insight" or name.startswith("setia.insight.")
        assert own or root == "numpy" or (root in sys.stdlib_module_names and root not in CLOCKS), name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_dice_have_a_seed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr == "random":
            assert isinstance(node.value, ast.Name) and node.value.id == "np"
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("np.random."):
            assert ast.unparse(node.func) == "np.random.default_rng" and node.args, ast.unparse(node)


def test_the_package_itself_loads_nothing() -> None:
    code = "import sys, setia.insight; print(sorted(sys.modules))"
    modules = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parents[1], capture_output=True, text=True, check=True
    )
    assert "numpy" not in modules.stdout and "django" not in modules.stdout
