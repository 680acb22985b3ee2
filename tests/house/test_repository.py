"""Nothing of one machine or one registry stands in the repository, and the locks agree."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "package-lock.json")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)(?: ; (.+?))?(?: \\)?$", re.MULTILINE)
# Written in two halves so that this file does not find itself.
REGISTRIES = tuple(
    "".join(parts)
    for parts in (
        ("pypi", ".org"),
        ("files.python", "hosted"),
        ("registry.npm", "js"),
        ("npm", "js.com"),
        ("deb.", "debian.org"),
    )
)
MACHINE = re.compile(r"(?<![\w.:/])/(?:home|root|Users|work)/[\w.-]+")
TEXTS = {".py", ".toml", ".md", ".yml", ".json", ".lock", ".cfg", ".html", ".css", ".csv", ".txt", "", ".po"}


def wrong_in(text: str) -> list[str]:
    """Return the machine paths and registry hosts in a text."""
    return MACHINE.findall(text) + [host for host in REGISTRIES if host in text]


def test_no_machine_path_or_registry_in_tracked_files(tracked: tuple[Path, ...]) -> None:
    found = {
        path.relative_to(ROOT).as_posix(): wrong
        for path in tracked
        if path.suffix in TEXTS and (wrong := wrong_in(path.read_text(encoding="utf-8")))
    }
    assert not found


@pytest.mark.parametrize("text", ["see /" + "home/someone/x", "https://" + "pypi" + ".org/simple"])
def test_the_search_finds_a_recorded_wrong_text(text: str) -> None:
    assert wrong_in(text)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        packages = json.loads(text)["packages"]
        assert len(packages) > 1
        assert not [path for path, package in packages.items() if "resolved" in package]
        assert all("integrity" in package for path, package in packages.items() if path)
    else:
        assert "://" not in text
        assert not re.search(r"^--(extra-)?(index|find)", text, re.MULTILINE)


def pins(name: str) -> dict[tuple[str, str], str]:
    """Return the version pinned per package and platform."""
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {(package, marker): version for package, version, marker in found}


def test_every_pin_has_a_hash() -> None:
    for name in LOCKS[:2]:
        entries = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[
            1:
        ]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)


def test_both_locks_pin_the_same_versions() -> None:
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    by_name = {package: version for (package, _), version in dev.items()}
    assert runtime
    assert not {
        key: version for key, version in runtime.items() if dev.get(key, by_name.get(key[0])) != version
    }


def test_locks_hold_every_dependency_and_decisions_name_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"]
    dev = project["dependency-groups"]["dev"]
    record = (ROOT / "docs" / "decisions" / "0007-dependencies.md").read_text(encoding="utf-8")
    for requirements, lock in ((asked, "requirements.lock"), (dev, "requirements-dev.lock")):
        pinned = {package for package, _ in pins(lock)}
        for requirement in requirements:
            name = re.split(r"[\[<>=~! ]", requirement)[0]
            assert name in pinned, f"{name} is not in {lock}: run make lock"
            assert re.search(rf"\b{re.escape(name)}\b", record), f"{name} has no line in the decision record"


def test_the_version_is_said_once_the_same() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"] == version
    assert f"softwareVersion: {version}\n" in (ROOT / "publiccode.yml").read_text(encoding="utf-8")


def test_publiccode_has_what_its_standard_asks() -> None:
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    asked = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert asked <= set(code)
    assert set(code["description"]) == {"en", "nl"}
    for text in code["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
    assert code["legal"]["license"] == "EUPL-1.2"
    assert set(code["localisation"]["availableLanguages"]) == {"nl", "en"}
