"""What all tests share: paths, the built page, the order of the tests, and hypothesis."""

import gc
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

from tools.testing_dist import ensure_dist

ROOT = Path(__file__).resolve().parent.parent

# Files that take long; they begin early.
LONGEST = {name: place for place, name in enumerate(("core_in_pyodide", "soak", "boot", "leaks"))}

# The same examples in every run, and no deadline: other programs share this machine's cores.
# Others, and many more of them: --hypothesis-profile=many.
hypothesis.settings.register_profile(
    "nncore", deadline=None, derandomize=True, database=None, max_examples=50
)
hypothesis.settings.register_profile("many", deadline=None, database=None, max_examples=1000)
hypothesis.settings.load_profile("nncore")

# A test of the page makes thousands of objects: looking through all of them again and again for
# circles would take a quarter of the time.
gc.set_threshold(50_000, 20, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `python3 build.py test` takes beside pytest's own options."""
    group = parser.getgroup("soak", "endurance (tests/browser/test_soak.py)")
    group.addoption("--soak", type=float, metavar="MINUTES", help="how long (else 200 actions)")
    group.addoption("--soak-seed", type=int, metavar="N", help="which random actions")
    group = parser.getgroup("kernel", "the compiled kernel against NumPy")
    group.addoption("--kernel-seeds", type=int, default=600, metavar="N", help="N random networks")
    group = parser.getgroup("starts", "how Python comes up (tests/browser)")
    group.addoption("--starts", type=int, default=0, metavar="N", help="N starts in a row")
    group.addoption(
        "--no-snapshot",
        action="store_true",
        help="start pages without it, but where it is tested",
    )
    group = parser.getgroup("oracle", "comparison with other libraries (tests/oracle)")
    group.addoption("--oracle", metavar="PYTHON", help="an interpreter that has the real Keras")
    group.addoption("--oracle-write", action="store_true", help="put the fixtures anew")
    group.addoption("--oracle-pandas", metavar="PYTHON", help="an interpreter that has pandas")
    group.addoption("--oracle-tables", type=int, default=100, metavar="N", help="compare N tables")
    group = parser.getgroup("notebooks", "notebooks as courses write them (tests/notebooks)")
    group.addoption("--all-notebooks", action="store_true", help="run all of them in the page")
    group = parser.getgroup("lessons", "the checks of our lessons")
    group.addoption("--lesson-seeds", type=int, default=2, metavar="N", help="measure by N seeds")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def dist(root: Path, request: pytest.FixtureRequest) -> Path:
    """The built page; built now if its sources have changed, with the build's own progress.

    Of the processes that run tests side by side one builds, and the others wait.
    """
    capture = request.config.pluginmanager.getplugin("capturemanager")
    (root / ".cache").mkdir(exist_ok=True)
    with capture.global_and_fixture_disabled(), FileLock(root / ".cache" / "tested-dist.lock"):
        return ensure_dist(root)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: the quick tests speak first, and Playwright's event loop,
    once started, stays for the rest of the session. Of them the longest files come first, so that
    two processes have done with all at about the same time."""
    browser, first = ROOT / "tests" / "browser", len(LONGEST)

    def place(item: pytest.Item) -> tuple[bool, int]:
        name = item.path.stem.removeprefix("test_")
        return item.path.is_relative_to(browser), LONGEST.get(name, first)

    items.sort(key=place)
    # Chromium's renderer itself dies now and then: only then a test is run again, and -ra says so.
    # (No rule for all tests: beside another process, each would wait 40 ms for the plugin.)
    again = pytest.mark.flaky(reruns=2, only_rerun="crashed")
    for item in items:
        if item.path.is_relative_to(browser):
            item.add_marker(again)
