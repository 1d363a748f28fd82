"""What lies where: the top level is fixed, and names say what a module is about."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {"pyproject.toml", "app", "ui", "resources", "db", "tests", "packaging"}
TOP_LEVEL |= {"README.md", "uv.lock", "LICENSE"}
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "manager", "managers"}
NAMES_THAT_SAY_NOTHING |= {"common", "misc", "handler", "handlers", "stuff", "tools"}


def _tracked() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return listing.stdout.splitlines()


def test_top_level_holds_nothing_else() -> None:
    found = {path.split("/")[0] for path in _tracked()}
    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL


def test_packaging_is_no_package() -> None:
    # A distribution of that name exists; ours would hide it from every tool that needs it.
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_module_names_say_something() -> None:
    modules = [Path(path) for path in _tracked() if path.endswith(".py")]
    words = {path: {*path.stem.split("_"), *path.parent.parts} for path in modules}
    assert [path for path, said in words.items() if said & NAMES_THAT_SAY_NOTHING] == []


def test_test_modules_have_names_of_their_own() -> None:
    # Test folders are no packages, so pytest knows a module by its bare name only.
    names = [Path(path).name for path in _tracked() if Path(path).name.startswith("test_")]
    assert sorted(names) == sorted(set(names))


def test_no_large_file_slips_in() -> None:
    large = {p for p in _tracked() if (ROOT / p).is_file() and (ROOT / p).stat().st_size > 2**20}
    fonts = {path for path in large if path.startswith("resources/fonts/")}
    assert large - fonts == set()
