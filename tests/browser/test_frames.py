"""A page that never stutters: long epochs go on over many frames, with pictures between them.

Nothing here is timed. What the tests wait for is published, or written where a reader sees it.
"""

from harness import next_picture, press, record_states, recorded_states, state, wait_state

WIDE = "networkShape=16,16,16,16,16,16,16,16"
# 50,000 batches an epoch: some seconds of work
LONG = "#points=100000&batchSize=1&networkShape=32,32,32,32,32,32,32,32"

# Presses Run; resolves when the number of the batch has changed that often, with all that was
# published then; presses Pause at once, since an epoch may be over before a test can do it.
BATCHES = """(wanted) => new Promise((resolve) => {
  const batch = document.getElementById('batch'), root = document.documentElement, seen = [];
  new MutationObserver((_, observer) => {
    seen.push({batch: batch.textContent, epoch: root.dataset.epoch, loss: root.dataset.lossTrain});
    if (seen.length < wanted) return;
    observer.disconnect();
    document.getElementById('run').click();
    resolve(seen);
  }).observe(batch, {childList: true, characterData: true, subtree: true});
  document.getElementById('run').click();
})"""

# Presses Run, and Pause as soon as a picture shows a number of batches.
PAUSE_WITHIN = """() => new Promise((resolve) => {
  const run = document.getElementById('run');
  new MutationObserver((_, observer) => {
    observer.disconnect();
    run.click();
    resolve(document.documentElement.dataset.epoch);
  }).observe(document.getElementById('batch'), {childList: true});
  run.click();
})"""

# Resolves with what the page says and shows as soon as its maps are coarser than usual.
COARSE = """() => new Promise((resolve) => {
  const root = document.documentElement, element = (id) => document.getElementById(id);
  const look = (observer) => {
    if (root.dataset.cells === '100') return;
    observer.disconnect();
    resolve({cells: root.dataset.cells, width: String(element('output-map').width),
      remark: element('output-remark').textContent,
      panel: JSON.stringify(document.querySelector('.output').getBoundingClientRect())});
  };
  new MutationObserver((_, observer) => look(observer)).observe(root, {attributes: true});
})"""
PANEL = "() => JSON.stringify(document.querySelector('.output').getBoundingClientRect())"

# Asks for other points; resolves with what every frame then shows, until the work is done.
MORE_NOISE = """() => new Promise((resolve) => {
  const field = document.querySelector('[name=noise]'), root = document.documentElement;
  const seen = [];
  const look = () => {
    seen.push([root.dataset.working, root.dataset.lossTrain]);
    if (root.dataset.working === 'true') requestAnimationFrame(look); else resolve(seen);
  };
  field.value = 20;
  field.dispatchEvent(new Event('change', {bubbles: true}));
  look();
})"""

# The page as it is in a background tab: no frames, and the timer for a second is kept for the test.
BACKGROUND = """() => {
  const frame = window.requestAnimationFrame.bind(window), timer = window.setTimeout.bind(window);
  const waiting = [];
  let hidden = false, second = null;
  Object.defineProperty(document, 'hidden', {get: () => hidden});
  window.requestAnimationFrame = (call) =>
    frame((now) => (hidden ? waiting.push(call) : call(now))); // nor does one on its way come
  window.setTimeout = (call, delay, ...rest) => {
    if (hidden && delay === 1000) { second = call; return 0; }
    return timer(call, delay, ...rest);
  };
  window.turn = (away) => {
    hidden = away;
    document.dispatchEvent(new Event('visibilitychange'));
    if (!hidden) waiting.splice(0).forEach((call) => frame(call));
  };
  window.aSecond = () => { const call = second; second = null; call(); };
}"""


def test_100_000_points_train_with_pictures_and_the_page_answers(visit):
    page = visit(LONG)
    before = wait_state(page, working=False)
    assert before["loss_train"] > 0
    assert page.locator("#output-count").inner_text() == "2,000 of 50,000 points drawn"
    seen = page.evaluate(BATCHES, 8)
    assert {each["epoch"] for each in seen} == {"0"}, "pictures came within the epoch"
    assert {float(each["loss"]) for each in seen} == {before["loss_train"]}
    numbers = [int(each["batch"].removeprefix("Batch ").replace(",", "")) for each in seen]
    assert numbers == sorted(set(numbers))
    paused = wait_state(page, playing=False)
    assert paused["epoch"] == 0, "Pause did not wait for the end of the epoch"
    press(page, "Reset")
    again = wait_state(page, working=False, playing=False)
    assert again["loss_train"] == before["loss_train"]
    assert page.locator("#batch").inner_text() == ""


def test_100_000_points_are_drawn_over_several_frames(visit):
    page = visit("#points=100000")
    before = repr(wait_state(page, working=False)["loss_train"])
    *waiting, last = page.evaluate(MORE_NOISE)
    assert [each for each in waiting if each == ["true", before]][2:], "points, order, problem"
    assert last[1] != before
    press(page, "Undo")
    wait_state(page, working=False, loss_train=before)


def test_a_long_epoch_has_the_same_losses_however_it_is_cut(visit):
    """Step by step, and with Run, Pause and Step within the epoch."""
    page = visit("#points=100000&batchSize=1&networkShape=8,8,8,8,8,8")
    wait_state(page, working=False)
    press(page, "Step")
    straight = wait_state(page, working=False, epoch=1)
    press(page, "Reset")
    wait_state(page, working=False, epoch=0)
    assert page.evaluate(PAUSE_WITHIN) == "0"
    assert wait_state(page, playing=False)["epoch"] == 0
    assert page.locator("#batch").inner_text().startswith("Batch ")
    press(page, "Step")
    cut = wait_state(page, working=False, epoch=1)
    for name in ("loss_train", "loss_test", "accuracy_train", "accuracy_test"):
        assert cut[name] == straight[name]


def test_maps_get_coarser_before_frames_are_dropped_and_the_page_says_so(visit):
    page = visit(f"#{WIDE}")
    assert wait_state(page, working=False)["cells"] == 100
    remark, picture = page.locator("#output-remark"), page.locator("#output-map")
    panel = page.evaluate(PANEL)
    assert remark.inner_text() == ""
    page.evaluate(f"() => {{ window.coarse = ({COARSE})(); }}")
    press(page, "Run")
    found = page.evaluate("() => window.coarse")
    assert found["remark"] == "Drawn coarser while training, to keep up"
    assert found["width"] == found["cells"] in ("50", "25")
    assert found["panel"] == panel, "nothing moved"
    press(page, "Pause")
    wait_state(page, playing=False, working=False, cells=100)
    assert remark.inner_text() == ""
    assert picture.get_attribute("width") == "100"


def test_in_the_background_it_goes_on_without_pictures(open_page):
    page = open_page()
    page.evaluate(BACKGROUND)
    press(page, "Run")
    wait_state(page, playing=True)
    page.evaluate("() => turn(true)")
    before = state(page)["epoch"]
    page.evaluate("() => { for (let i = 0; i < 6; i += 1) aSecond(); }")
    assert state(page)["epoch"] == before, "nothing was drawn"
    record_states(page)
    page.evaluate("() => turn(false)")
    next_picture(page)
    epochs = [s["epoch"] for s in recorded_states(page)]
    after = next(epoch for epoch in epochs if epoch != before)
    assert after >= before + 2, "one is the frame's own; a busy machine cuts a second's epoch short"


def test_it_waits_in_the_background_if_the_reader_wants_that(open_page):
    page = open_page()
    press(page, "More")
    page.get_by_label("In a background tab").select_option("pause")
    page.reload()
    wait_state(page, timeout=60_000, state="ready")
    assert page.locator("#background").input_value() == "pause"
    page.evaluate(BACKGROUND)
    press(page, "Run")
    wait_state(page, playing=True)
    page.evaluate("() => turn(true)")
    before = state(page)["epoch"]
    record_states(page)
    page.evaluate("() => { aSecond(); turn(false); }")
    next_picture(page)
    epochs = [s["epoch"] for s in recorded_states(page)]
    assert next(epoch for epoch in epochs if epoch != before) == before + 1
