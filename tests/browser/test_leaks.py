"""Four hundred changes of settings, and walks through a step, leave the page's memory where it
was."""

import pytest
from harness import next_picture, press, state, wait_later, wait_state
from harness_memory import grown, memory

CHANGES = """async (count) => {
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const choose = (field, values, round) => {
    const menu = document.querySelector(`select[name=${field}]`);
    menu.value = values[round % values.length];
    menu.dispatchEvent(new Event('change', {bubbles: true}));
  };
  const press = (selector) => document.querySelector(selector).click();
  for (let i = 0; i < count; i += 1) {
    const round = Math.floor(i / 8);
    if (i % 8 === 0) choose('activation', ['relu', 'tanh', 'sigmoid'], round);
    if (i % 8 === 1) press('[data-action=add-layer]');
    if (i % 8 === 2) press('[data-action=add-neuron]');
    if (i % 8 === 3) choose('learning_rate', ['0.01', '0.03', '0.1'], round);
    if (i % 8 === 4) press('[data-action=remove-neuron]');
    if (i % 8 === 5) press('[data-action=remove-layer]');
    if (i % 8 === 6) press(`input[value=${['xor', 'circle', 'gauss'][round % 3]}]`);
    if (i % 8 === 7) press('#step');
    await frame();
  }
}"""

# Into a step, on through its phases, a weight's paths, the landscape, and out again.
WALKS = """async (count) => {
  const root = document.documentElement;
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const press = async (selector) => { document.querySelector(selector).click(); await frame(); };
  const action = (name, value) =>
    press(`[data-action=${name}]` + (value ? `[data-value=${value}]` : ''));
  for (let i = 0; i < count; i += 1) {
    await action('inside');
    for (let k = 0; k < 3; k += 1) await press('#step');
    await action('inside-scope', i % 2 ? 'batch' : 'sample');
    await action('inside-phase', 'gradient');
    await action('inside-nudge');
    await action('inside-paths');
    await action('inside-tab', 'landscape');
    await frame();
    await action('inside');
    if (root.dataset.inside) throw new Error('a step is still open');
  }
}"""


@pytest.mark.timeout(600)
def test_four_hundred_changes_leave_nothing_behind(open_page):
    page = open_page("#seed=0.3")
    wait_later(page, "later", "snapshot")  # they are no leftovers
    page.evaluate(CHANGES, 240)  # fills the undo list and the caches
    next_picture(page)
    before = memory(page)
    page.evaluate(CHANGES, 400)
    next_picture(page)
    after = memory(page)
    assert state(page)["state"] == "ready"
    assert grown(before, after) == {}


def test_walks_through_a_step_leave_nothing_behind(open_page):
    page = open_page("#seed=0.3")
    press(page, "Inside")  # fetches its part
    wait_state(page, inside="input")
    press(page, "Leave inside")
    wait_state(page, inside=None)
    wait_later(page, "later", "snapshot")  # they are no leftovers
    page.evaluate(WALKS, 12)
    next_picture(page)
    before = memory(page)
    page.evaluate(WALKS, 25)
    next_picture(page)
    after = memory(page)
    assert grown(before, after) == {}
