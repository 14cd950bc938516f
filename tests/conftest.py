"""What all tests share: paths, the built page, the order of the tests, and hypothesis."""

from pathlib import Path

import hypothesis
import pytest

from tools.testing_dist import ensure_dist

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run, and no deadline: other programs share this machine's cores.
hypothesis.settings.register_profile("nncore", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("nncore")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `python3 build.py test` takes beside pytest's own options."""
    group = parser.getgroup("soak", "endurance (tests/browser/test_soak.py)")
    group.addoption("--soak", type=float, default=2, metavar="MINUTES", help="how long (2)")
    group.addoption("--soak-seed", type=int, metavar="N", help="which random actions")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def dist(root: Path, request: pytest.FixtureRequest) -> Path:
    """The built page; built now if its sources have changed, with the build's own progress."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        return ensure_dist(root)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: the quick tests speak first, and Playwright's event loop,
    once started, stays for the rest of the session."""
    browser = ROOT / "tests" / "browser"
    items.sort(key=lambda item: item.path.is_relative_to(browser))
