"""A thousand changes of settings leave the page's memory where it was."""

import pytest
from harness import next_picture, state
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


@pytest.mark.timeout(600)
def test_a_thousand_changes_leave_nothing_behind(open_page):
    page = open_page("#seed=0.3")
    page.evaluate(CHANGES, 240)  # fills the undo list and the caches
    next_picture(page)
    before = memory(page)
    page.evaluate(CHANGES, 1000)
    next_picture(page)
    after = memory(page)
    assert state(page)["state"] == "ready"
    assert grown(before, after) == {}
