"""What we depend on: each with a reason, from public registries, under licences we can ship."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTRIES = ("https://pypi.org/simple", "https://files.pythonhosted.org/")
LICENCES_READ_BY_HAND = {
    "sqlcipher3": "zlib (its sources), BSD-3-Clause (SQLCipher), Apache-2.0 (OpenSSL)",
}
"""Distributions whose metadata name no licence."""


def test_every_dependency_says_what_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[build-system]")[0]
    asked = re.findall(r'^    "[^"]+",.*$', lines, re.MULTILINE)
    assert asked
    tools = {'    "mypy",', '    "pre-commit",', '    "pytest",', '    "ruff",'}
    assert [line for line in asked if "#" not in line and line not in tools] == []


def test_lock_names_only_public_registries() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    sources = [source for package in lock["package"] for source in package["source"].items()]
    assert {value for kind, value in sources if kind == "registry"} == {REGISTRIES[0]}
    assert [value for kind, value in sources if kind != "registry"] == ["."]
    files = [f for p in lock["package"] for f in [*p.get("wheels", []), p.get("sdist")] if f]
    assert [f["url"] for f in files if not f["url"].startswith(REGISTRIES)] == []


def _choices(told: metadata.PackageMetadata) -> list[str]:
    """The licences one may choose from, as the metadata words them; empty if they name none."""
    classifiers = [c for c in told.get_all("Classifier") or [] if c.startswith("License ::")]
    if "License-Expression" not in told and classifiers:
        return [classifier.split(" :: ")[-1] for classifier in classifiers]
    worded = told.get_all("License-Expression") or told.get_all("License") or []
    return [choice for words in worded for choice in re.split(r"\s+OR\s+", words)]


def _may_be_shipped(choice: str) -> bool:
    """Anything but GPL and AGPL; LGPL is fine, for its libraries stay separate files."""
    without_lesser = re.sub(r"LGPL|Lesser General Public", "", choice)
    return not re.search(r"GPL|General Public License", without_lesser)


@pytest.mark.parametrize(
    ("choice", "fine"),
    [("MIT", True), ("LGPL-3.0-only", True), ("GPL-3.0-only", False), ("AGPL-3.0", False),
     ("GNU General Public License v3 (GPLv3)", False), ("MIT AND GPL-2.0-only", False),
     ("GNU Library or Lesser General Public License (LGPL)", True)],
)  # fmt: skip
def test_licences_are_told_apart(choice: str, fine: bool) -> None:
    assert _may_be_shipped(choice) is fine


def test_no_dependency_is_gpl_only() -> None:
    choices = {d.name: _choices(d.metadata) for d in metadata.distributions()}
    assert [n for n, c in choices.items() if not c and n not in LICENCES_READ_BY_HAND] == []
    assert [n for n, c in choices.items() if c and not any(map(_may_be_shipped, c))] == []
