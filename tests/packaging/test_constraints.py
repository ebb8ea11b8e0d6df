"""The pins: one for whatever can be installed, inside the ranges, and nothing else in the file."""

import re
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from launcher import environment, installer
from tests.packaging.doubles import ROOT

CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
PINS = installer.environment_pins(ROOT)
EXTRAS = ("dev", "peers", "fast-cpu")
SYSTEMS = ("linux", "win32", "darwin")


def direct() -> list[Requirement]:
    """What pyproject.toml asks for, with every extra."""
    return [Requirement(line) for line in environment.requirements(ROOT, EXTRAS)]


@pytest.mark.parametrize("requirement", direct(), ids=lambda r: r.name)
def test_every_direct_dependency_is_pinned_in_its_range(requirement: Requirement) -> None:
    """The tested version is one that the ranges allow."""
    pin = PINS[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(pin), f"{pin} is outside {requirement.specifier}"
    assert environment.in_ranges(pin, str(requirement.specifier))


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_transitive_dependency_is_pinned(system: str) -> None:
    """Nothing comes in at an untested version, on any system."""
    waiting = direct()
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        # A CUDA build of torch pins its own parts; no other build has them.
        if name in seen or re.match("nvidia|cuda|triton", name):
            continue
        seen.add(name)
        assert name in PINS, f"{name} has no pin"
        waiting += _dependencies(name, requirement.extras, system)


def _dependencies(name: str, extras: set[str], system: str) -> list[Requirement]:
    """What an installed package asks for on a system; nothing if it is not installed here."""
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return []
    platforms = {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}
    found = []
    for line in lines:
        requirement = Requirement(line)
        for extra in ("", *extras):
            where = {"sys_platform": system, "platform_system": platforms[system], "extra": extra}
            where["os_name"] = "nt" if system == "win32" else "posix"
            if requirement.marker is None or requirement.marker.evaluate(where):
                found.append(requirement)
                break
    return found


def test_the_file_holds_exact_versions_and_nothing_else() -> None:
    """No extras, hosts, paths or options: pip takes it on every system."""
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    for line in filter(None, lines):
        assert line.startswith("#") or re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line), line


def test_no_version_is_that_of_a_special_build() -> None:
    """``torch==2.13.0`` is met by CPU and CUDA builds alike."""
    assert not [pin for pin in PINS.values() if "+" in pin]


def test_the_two_qt_packages_go_together() -> None:
    assert PINS["pyside6-essentials"] == PINS["shiboken6"]
