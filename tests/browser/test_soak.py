"""Endurance: random actions at speed leave no fault and nothing behind, and can be done again.

Two hundred of them; half an hour by `python3 build.py test tests/browser/test_soak.py --soak 30`.
"""

import pytest
from harness import START, press, show, wait_state
from harness_memory import COUNT_PROXIES, memory, own_objects
from soak import AT_ONCE, ROUNDS, Half, act, leftovers, replay, report, soak
from soak_page import install
from soak_page import replay as replay_steps

SHARE = 0.3  # of the time is for the actions; the rest for measuring and for doing them again
CLIPBOARD = ["clipboard-read", "clipboard-write"]
BREAK = """async code => { (await nncoreBoot.python).runPython(code) }"""
# Code that is fetched once stays: it is no leftover of the half in which it is first wanted.
WHOLE = """
import gc
import unittest
import numpy.polynomial
import numpy.random
from explorer.app.app import App
[app] = [each for each in gc.get_objects() if type(each) is App]
for part in %r:
    app.parts.wanted(part, lambda: None)
"""
PARTS_SEEN = ("code", "inside", "runs")
LEAK = """
from explorer.browser import browser as b
from explorer.app.app import App
kept, whole = [], App.step
def leaking(app):
    whole(app)
    kept.extend(b.create("p") for _ in range(50))
    kept.append([b.callback(print), app.experiment.snapshot()])
App.step = leaking
"""
FAULT = """
def faulty(app):
    raise RuntimeError("no luck")
App.step = faulty
"""


def test_random_actions_leave_nothing_behind_and_can_be_done_again(
    open_page, page_log, soak_length, capsys
):
    seed, minutes = soak_length

    def said(text):
        with capsys.disabled():
            print(text, flush=True)

    length = f"{minutes:g} minutes" if minutes else f"{2 * ROUNDS * AT_ONCE} actions"
    said(f"\nsoak: {length}, --soak-seed {seed}")
    page = open_page(START, script=COUNT_PROXIES, permissions=CLIPBOARD)
    page.evaluate(BREAK, WHOLE % (PARTS_SEEN,))
    for part in PARTS_SEEN:
        page.locator(f'html[data-parts~="{part}"]').wait_for(state="attached")
    halves = soak(page, seed, minutes and SHARE * 60 * minutes)
    report(seed, halves, said)
    assert page_log.faults() == []
    assert leftovers(halves) == {}
    page.close()
    replay(open_page(START, permissions=CLIPBOARD), halves)


# The soak finds faults


def steps(count):
    """Actions that press Step."""
    act = {"kind": "press", "what": "#step", "draws": [0.0] * 4, "rest": 0}
    return [{"number": number, **act} for number in range(count)]


def test_a_leak_a_fault_and_another_course_are_found(open_page, page_log):
    page = open_page(START, script=COUNT_PROXIES)
    install(page)

    done = act(page, steps(4))
    press(page, "Reset")
    assert replay_steps(page, done) is None
    press(page, "Reset")
    done[2]["before"]["losses"][0] += "1"
    assert replay_steps(page, done)["step"] == done[2]
    page.evaluate("() => soakRelease()")  # or every step waits for a training that is held

    show(page, START)
    before = Half(memory=memory(page), objects=own_objects(page))
    page.evaluate(BREAK, LEAK)
    act(page, steps(20))
    press(page, "Reset")
    wait_state(page, epoch=0)
    after = Half(memory=memory(page), objects=own_objects(page))
    found = leftovers([before, after])
    assert {"nodes", "proxies", "kept callbacks", "held by Python", "Snapshot"} <= set(found)

    page_log.allow("no luck")
    page.evaluate(BREAK, FAULT)
    with pytest.raises(AssertionError, match="no luck"):
        act(page, steps(1))
