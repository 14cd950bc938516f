"""What the browser tests say and ask: published state, waiting, pixels, screenshots, axe.

The page publishes its state in `data-*` attributes of <html>. All waiting here is waiting for a
change of those attributes inside the page, so no test sleeps and none polls on a timer. Scripts
are handed to the page through `evaluate`, which works under a content security policy without
`unsafe-eval`; Playwright's `wait_for_function` does not.
"""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
ARTIFACTS = ROOT / "artifacts"
TIMEOUT_MS = 30_000
BOOT_TIMEOUT_MS = 60_000  # until Python is there: it is silent for seconds
IN_QUIET_MOMENTS = ("later", "snapshot", "parts")  # what has come, whenever that was
START = "#seed=0.3"  # the default experiment, from a seed of its own
WCAG_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

_NEXT_STATE = """([seen, timeout]) => new Promise((resolve, reject) => {
  const root = document.documentElement;
  const changed = () => Object.entries(root.dataset).some(([k, v]) => seen[k] !== v);
  if (changed()) return resolve({...root.dataset});
  const observer = new MutationObserver(() => { if (changed()) finish(resolve); });
  const timer = setTimeout(() => finish(() => resolve(null)), timeout);
  const finish = (how) => { observer.disconnect(); clearTimeout(timer); how({...root.dataset}); };
  observer.observe(root, {attributes: true});
})"""

_RECORD = """() => {
  const root = document.documentElement;
  window.recordedStates = [{...root.dataset}];
  const note = () => window.recordedStates.push({...root.dataset});
  new MutationObserver(note).observe(root, {attributes: true});
}"""

_PAUSE = """() => {
  if (document.documentElement.dataset.playing === 'true') document.querySelector('#run').click();
}"""

WHOLE_PICTURE = """() => new Promise((resolve, reject) => {
  let frames = 0;
  const look = () => {
    const working = document.documentElement.dataset.working === 'true';
    if (++frames > 2 && !working) resolve();
    else if (frames > 600) reject(new Error('the picture is not whole after 600 frames'));
    else requestAnimationFrame(look);
  };
  look();
})"""

# Adds a neuron to a layer; resolves when the element of this kind has been made anew.
MADE_ANEW = """([kind, layer]) => new Promise((resolve) => {
  const held = document.querySelector(kind);
  const look = () => held.isConnected ? requestAnimationFrame(look) : resolve();
  document.querySelector(`[data-action="add-neuron"][data-value="${layer}"]`).click();
  look();
})"""

_PIXELS = """(canvas) => {
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext('2d', {willReadFrequently: true});
  context.drawImage(canvas, 0, 0);
  const bytes = context.getImageData(0, 0, copy.width, copy.height).data;
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192)
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return [copy.width, copy.height, btoa(text)];
}"""

_AXE = """async (tags) => {
  const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']};
  const report = await axe.run(document, options);
  return report.violations.map(({id, impact, help, nodes}) => ({
    id, impact, help,
    nodes: nodes.map(({target, failureSummary}) => `${target.join(' ')}: ${failureSummary}`),
  }));
}"""


def state(page: Page) -> dict[str, Any]:
    """The published state: `data-loss-train` is `loss_train`, numbers and booleans parsed,
    an empty value None."""
    return _parsed(_attributes(page))


def wait_state(page: Page, timeout: float = TIMEOUT_MS, **expected: object) -> dict[str, Any]:
    """Wait until attributes have these values, all at once, in a picture that is whole:
    `wait_state(page, playing=False, epoch=20)`. Name `working` to see one that is not."""

    expected = {name: _value(v) if isinstance(v, str) else v for name, v in expected.items()}

    def as_expected(now: dict[str, Any]) -> bool:
        if "working" not in expected and now.get("working") is True:
            return False
        return all(now.get(name) == value for name, value in expected.items())

    return wait_until(page, as_expected, timeout)


def wait_until(
    page: Page, predicate: Callable[[dict[str, Any]], bool], timeout: float = TIMEOUT_MS
) -> dict[str, Any]:
    """Wait until the predicate holds for the published state; return that state.

    It sees the state after each change that the page makes, or the latest of several that happen
    within one round trip. `timeout` is the longest pause between two changes, in milliseconds.

    Raises:
        AssertionError: If nothing changes for that long, or the page has failed.
    """
    raw = _attributes(page)
    while not predicate(now := _parsed(raw)):
        assert now.get("state") != "failed", f"the page failed: {failure_text(page)}"
        following = page.evaluate(_NEXT_STATE, [raw, timeout])
        assert following is not None, f"nothing changed for {timeout} ms; the state is {now}"
        raw = following
    return now


def wait_ready(page: Page) -> dict[str, Any]:
    """Wait until Python has drawn its first picture."""
    return wait_until(page, lambda now: now.get("state") == "ready", BOOT_TIMEOUT_MS)


def wait_later(page: Page, *came: str) -> None:
    """Wait until what no start needs has come, in quiet moments after it: "later", "snapshot"."""
    wait_until(page, lambda now: all(now.get(name) for name in came or ("later",)), BOOT_TIMEOUT_MS)


def experiment_of(now: dict[str, Any]) -> dict[str, Any]:
    """The state without what comes by itself in quiet moments: for comparing two moments."""
    return {name: value for name, value in now.items() if name not in IN_QUIET_MOMENTS}


def wait_epoch(page: Page, epoch: int, timeout: float = TIMEOUT_MS) -> dict[str, Any]:
    """Wait until at least this epoch is shown."""
    return wait_until(page, lambda now: (now.get("epoch") or 0) >= epoch, timeout)


def run_until(
    page: Page, predicate: Callable[[dict[str, Any]], bool], timeout: float = TIMEOUT_MS
) -> dict[str, Any]:
    """Press Run, wait until the predicate holds, and `pause`.

    Returns the state for which the predicate held first; training may have gone on a little.
    """
    page.get_by_role("button", name="Run", exact=True).click()
    found = wait_until(page, predicate, timeout)
    pause(page)
    return found


def pause(page: Page) -> dict[str, Any]:
    """Press Pause if training runs, and wait for the picture that stays; return its state.

    The page itself looks and presses: between a look of the test's and its press, a run may end.
    """
    page.evaluate(_PAUSE)
    return wait_state(page, playing=False)


def record_states(page: Page) -> None:
    """From now on keep every published state, for `recorded_states`."""
    page.evaluate(_RECORD)


def recorded_states(page: Page) -> list[dict[str, Any]]:
    """Every state since `record_states`, that of the beginning included, in order."""
    return [_parsed(raw) for raw in page.evaluate("() => window.recordedStates")]


def failure_text(page: Page) -> str:
    """What the page's failure view says, empty while there is none."""
    view = page.locator("#boot-failure")
    return view.inner_text() if view.count() and view.is_visible() else ""


def canvas_pixels(page: Page, selector: str) -> np.ndarray:
    """The RGBA values of a canvas at its own resolution: uint8, shape (height, width, 4)."""
    width, height, text = page.locator(selector).evaluate(_PIXELS)
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(height, width, 4)


def screenshot(page: Page, name: str, *, full_page: bool = False) -> Path:
    """Save a picture as artifacts/NAME.png (a folder that git ignores), to be looked at."""
    path = ARTIFACTS / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path, animations="disabled", caret="hide", full_page=full_page)
    return path


def axe_violations(page: Page, axe_script: str) -> list[dict[str, Any]]:
    """What axe-core finds against WCAG 2.2 A and AA in the page as it is now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"{axe_script}; null")
    return page.evaluate(_AXE, WCAG_TAGS)


def _attributes(page: Page) -> dict[str, str]:
    """The root's `data-*`. A page whose address is there, but not yet its text, has no root."""
    return page.locator("html").evaluate("root => ({...root.dataset})", timeout=TIMEOUT_MS)


def _parsed(raw: dict[str, str]) -> dict[str, Any]:
    return {_snake(name): _value(text) for name, text in raw.items()}


def _snake(camel: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in camel)


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text or None


def show(page: Page, link: str) -> dict[str, Any]:
    """Open a link in a page that is already there, from epoch 0, and wait until it is drawn;
    returns the state."""
    page.evaluate(
        """link => {
          history.pushState(null, '', link);
          dispatchEvent(new PopStateEvent('popstate'));
        }""",
        link,
    )
    page.get_by_role("button", name="Reset", exact=True).click()
    wait_state(page, epoch=0, playing=False)
    return next_picture(page)


def press(page: Page, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, name: str, value: str) -> None:
    """Choose a value in the menu of this name."""
    page.get_by_role("combobox", name=name, exact=True).select_option(value)


def next_picture(page: Page) -> dict[str, Any]:
    """Wait until the page has drawn twice more, and until the picture of what was done to it is
    whole; returns the state. On a slow machine that takes some frames."""
    page.evaluate(WHOLE_PICTURE)
    return state(page)
