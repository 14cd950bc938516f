"""A soak: random actions at speed, twice over; then the same steps again in a fresh page.

Between the two halves and after the second the page is brought into one and the same state and
measured: by then, whatever the second half has left behind shows. What was done is kept as steps,
each with where training stood before it; a replay trains exactly that far, step by step, and must
find every state and the end as they were.
"""

import itertools
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import soak_page
from harness import ARTIFACTS, START, next_picture, press, show, wait_later, wait_state
from harness_memory import grown, memory, own_objects
from playwright.sync_api import Page
from soak_actions import actions

AT_ONCE, ROUNDS = 25, 4  # actions per call, and calls of a half in an ordinary run
CHANGES = 62  # after so many, undo's list holds nothing older
SIZE = (1440, 900)
# Without a locator: for its `evaluate`, Playwright would put 400 kB of its own into the page.
CLEAR = """() => {
  for (const open of document.querySelectorAll(':popover-open')) open.hidePopover();
  for (const button of [...document.querySelectorAll('#notices [data-action=close]')])
    button.click();
  document.querySelector('#lesson:not([hidden]) [data-action=lesson-close]')?.click();
  for (const room of ['vary', 'train-map'])
    if (!document.getElementById(room).hidden)
      document.querySelector(`[data-action=${room}]`).click();
  if (document.documentElement.dataset.theme === 'dark')
    document.querySelector('[data-action=theme]').click();
  document.activeElement.blur();
  document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));
  soak.seedDraws(0);
}"""
TOUR = (  # what is made when it is first shown; and runs of other seeds are let go
    "#dataset=blobs", "#networkShape=8,8,8,8,8,8,8,8&seed=0.3", "#view=wine&dataset=iris",
    "#view=wine&percTrainData=70", "#view=wine",
)  # fmt: skip
WALK = """async () => {
  const buttons = ['#open-code', '[data-action=language][data-value=nncore]',
    '[data-action=band][data-value=seeds]', '[data-action=band][data-value=film]',
    '[data-action=open-step][data-value="1"]', '#wines [data-row]', '#print',
    ...[2, 3, 5, 6, 4].map(step => `[data-action=open-step][data-value="${step}"]`)];
  for (const button of buttons) {
    document.querySelector(button).click();
    do await soak.frames(2); while (document.documentElement.dataset.working === 'true');
  }
}"""
# Lessons and their list, a map of what trains, the inside of a step, many runs, two at a time, a
# table of one's own in the lab and on the plane, and a drawing.
ROOMS = """async text => {
  const press = async (css) => {
    let node;
    while (!(node = document.querySelector(css))) await soak.frames(1); // its part is fetched
    node.click();
    do await soak.frames(2); while (document.documentElement.dataset.working === 'true');
  };
  for (const action of ['lessons', 'lesson-all', 'lesson-open', 'lesson-all', 'lesson-close',
    'train-map', 'map-start', 'map-stop', 'train-map', 'vary', 'vary', 'pair', 'pair', 'inside'])
    await press(`[data-action=${action}]`);
  for (const value of ['landscape', 'walk'])
    await press(`[data-action=inside-tab][data-value=${value}]`);
  await press('[data-action=inside]');
  const open = async () => {
    await press('[data-action=own-data]');
    while (!document.querySelector('#own-body button')) await soak.frames(1);
    document.querySelector('[data-action=own-other]')?.click();
  };
  for (const use of ['own-use', 'own-plane']) {
    await open();
    document.querySelector('#own-text').value = text;
    await press('[data-action=own-paste]');
    await press(`[data-action=${use}]`);
  }
  await open();
  await press('[data-action=own-draw]');
  await press('[data-action=draw-done]');
}"""
FLUSH = """count => {
  for (let k = 0; k < count; k += 1) document.querySelector('input[name=discretize]').click();
}"""
ARRIVE = """async end => {
  if (soakAdvance(JSON.stringify(end))) await soak.frames(2); // the last step may have trained
  soakRelease();
}"""
LEFT = """() => {
  const shown = [...document.querySelectorAll('#notices pre')].map(node => node.textContent);
  return {failed: document.documentElement.dataset.state !== 'ready', tracebacks: shown};
}"""


@dataclass
class Half:
    """One half of a soak: what was done, where it ended, what the page held afterwards."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    end: dict[str, Any] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    objects: dict[str, int] = field(default_factory=dict)


def rounds(seconds: float | None) -> Iterator[int]:
    """As many as there is time for; without, a number that is the same on every machine."""
    until = time.monotonic() + (seconds or 0.0)
    for done in itertools.count():
        if done >= ROUNDS if seconds is None else time.monotonic() >= until:
            return
        yield done


def soak(page: Page, seed: int, seconds: float | None) -> list[Half]:
    """Both halves, each of half the seconds, or of a number of actions."""
    wait_later(page, "later", "snapshot")  # they are no leftovers
    soak_page.install(page)
    stream = actions(random.Random(seed))
    halves = []
    settle(page)
    for _ in range(2):
        halves.append(half := Half())
        for _ in rounds(seconds and seconds / 2):
            half.steps += act(page, list(itertools.islice(stream, AT_ONCE)))
        half.steps += stop(page)
        half.end = soak_page.whole_state(page)
        settle(page)
        half.memory, half.objects = memory(page), own_objects(page)
    return halves


def act(page: Page, acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Do these actions; the steps that were done. Sizes of the window are not the page's to set."""
    steps = []
    for resizes, group in itertools.groupby(acts, lambda act: act["kind"] == "size"):
        if not resizes:
            steps += soak_page.live(page, list(group))
            continue
        for each in group:
            resize(page, each["what"])
            steps.append({"do": "size", "size": each["what"]})
    assert (left := page.evaluate(LEFT)) == {"failed": False, "tracebacks": []}, (steps[-9:], left)
    return steps


def stop(page: Page) -> list[dict[str, Any]]:
    """Pause if training runs."""
    running = json.loads(page.evaluate("() => soakMark()"))["playing"]
    press = {"number": 0, "kind": "run", "what": None, "draws": [], "rest": 1}
    return soak_page.live(page, [press]) if running else []


def settle(page: Page) -> None:
    """Bring the page into one state: nothing open, all rooms seen, both views from the start,
    caches empty, undo's list full of the same changes, and the same picture."""
    resize(page, SIZE)
    page.evaluate(CLEAR)
    for link in TOUR:
        show(page, link)
        page.evaluate("document.querySelector('[data-unit]').click()")
        next_picture(page)
    page.evaluate(CLEAR)
    press(page, "Step")
    wait_state(page, epoch=1)  # a run whose features can be looked at
    page.evaluate(WALK)
    page.evaluate(ROOMS, soak_page.TEXTS["own-text"][0])
    show(page, START)
    page.evaluate(FLUSH, CHANGES)
    page.evaluate(CLEAR)
    next_picture(page)
    page.evaluate("() => soakEmpty()")


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    next_picture(page)


def replay(page: Page, halves: list[Half]) -> None:
    """Do the same again; fails at the first step that finds another state."""
    soak_page.install(page)
    settle(page)
    for half in halves:
        for resizes, group in itertools.groupby(half.steps, lambda step: step["do"] == "size"):
            if resizes:
                for step in group:
                    resize(page, step["size"])
            else:
                differs = soak_page.replay(page, list(group))
                assert differs is None, f"the replay differs: {json.dumps(differs, indent=1)}"
        page.evaluate(ARRIVE, half.end)
        found = soak_page.whole_state(page)
        differs = {name: (half.end[name], found[name]) for name in found
                   if found[name] != half.end[name]}  # fmt: skip
        assert differs == {}, f"the replay ends elsewhere: {differs}"
        settle(page)
    wait_state(page, playing=False)


def leftovers(halves: list[Half]) -> dict[str, tuple[int, int]]:
    """What the second half has left behind, beyond the tolerance."""
    first, second = halves
    return grown(first.memory, second.memory) | grown(first.objects, second.objects)


def report(seed: int, halves: list[Half], said: Callable[[str], None]) -> None:
    """Say what was done and measured; keep the steps in artifacts/ for whoever looks into it."""
    counts = ", ".join(str(len(half.steps)) for half in halves)
    said(f"soak: seed {seed}, steps {counts}")
    for name, before in halves[0].memory.items():
        after = halves[1].memory[name]
        said(f"soak: {name}: {before} then {after} ({after / before - 1:+.2%})")
    said(f"soak: objects of our own: {halves[1].objects}")
    ARTIFACTS.mkdir(exist_ok=True)
    text = json.dumps([half.steps for half in halves], indent=1)
    (ARTIFACTS / f"soak-{seed}.json").write_text(text, encoding="utf-8")
