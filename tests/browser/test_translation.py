"""A browser translates the page: it goes on, its numbers and code stay, its texts stay translated.

Chromium's translation is an online service. What it does to a page is known, and done here: every
text that is not marked `translate="no"` is put into two <font> elements with other words, and so
is every text that changes later, as soon as the page is idle.
"""

from collections.abc import Callable

import pytest
from harness import next_picture, press, run_until, show, state
from playwright.sync_api import Page, expect

Open = Callable[..., Page]

# Other words: in capitals, behind a mark.
TRANSLATE = """() => {
  const skip = 'script,style,template,textarea,svg,[translate="no"],.notranslate';
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    for (const text of found) {
      const parent = text.parentElement;
      if (!text.data.trim() || !parent || parent.closest(skip) || parent.closest('font')) continue;
      window.translated = [...(window.translated ?? []), text.data];
      if (parent.closest('option')) { text.data = '§' + text.data.toUpperCase(); continue; }
      const outer = document.createElement('font'), inner = document.createElement('font');
      outer.style.verticalAlign = inner.style.verticalAlign = 'inherit';
      inner.textContent = '§' + text.data.toUpperCase();
      outer.append(inner);
      text.replaceWith(outer);
    }
  };
  translate(document.body);
  const observer = new MutationObserver((changes) => {
    observer.disconnect();
    for (const { target } of changes) if (target.isConnected) translate(target);
    watch();
  });
  const watch = () => observer.observe(document.body, {childList: true, subtree: true});
  watch();
}"""

# Texts without a word, such as numbers and signs, and what is code, that would be translated.
UNMARKED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || parent.closest('script,style,template,svg,[translate="no"]')) continue;
    const code = parent.closest('pre:not(#boot-failure-details),code,math');
    if (code || (/\\d/.test(text) && !/\\p{L}{2}/u.test(text)))
      found.push(`${parent.tagName} ${parent.id} ${parent.className}: ${text}`);
  }
  return found;
}"""

VIEWS = {
    "playground": "#dataset=spiral3&networkShape=3,2&seed=0.3",
    "lab": "#view=wine&seed=7",
}


@pytest.mark.parametrize("name", list(VIEWS))
def test_numbers_and_code_are_marked(visit: Open, name: str) -> None:
    page = visit(VIEWS[name])
    run_until(page, lambda now: now["epoch"] >= 3)
    next_picture(page)
    page.locator('[data-action="neuron"]').first.click()
    expect(page.locator("#weight-card")).to_be_visible()
    assert page.evaluate(UNMARKED) == []
    if name == "lab":
        for step in "12356":
            page.locator(f'[data-step="{step}"]').click()
            next_picture(page)
            assert page.evaluate(UNMARKED) == []
    page.locator("#open-code").click()
    expect(page.locator("#program")).to_contain_text("import")
    assert page.evaluate(UNMARKED) == []


def test_a_translated_page_goes_on(open_page: Open) -> None:
    page = open_page(VIEWS["playground"])
    plain = page.locator("#program").inner_text()
    page.evaluate(TRANSLATE)
    expect(page.locator("#open-share")).to_contain_text("§SHARE")
    next_picture(page)
    page.evaluate("window.translated = []")
    run_until(page, lambda now: now["epoch"] >= 60)
    # The page does not write its own words over the translation with every picture.
    texts = page.evaluate("window.translated")
    texts = [text for text in texts if not text.endswith("epochs/s")]  # told once a second
    assert len(texts) < 30, texts  # Run became Pause
    now = next_picture(page)
    assert int(page.locator("#epoch").inner_text().replace(",", "")) == now["epoch"]
    assert page.locator("#loss-train").inner_text() == f"{now['loss_train']:.3f}"
    assert page.locator("#output-title").inner_text().startswith("§")
    assert page.locator("#look-for").inner_text().startswith("§")  # a live text
    press(page, "Add hidden layer")
    assert page.locator("#layer-count").inner_text() == "3"
    page.get_by_role("radio", name="Circle", exact=True).check()
    next_picture(page)
    expect(page.locator("#look-for")).to_contain_text("§")
    assert page.locator("#program").inner_text() == plain

    show(page, VIEWS["lab"])
    assert state(page)["epoch"] == 0
    run_until(page, lambda now: now["epoch"] >= 5)
    now = next_picture(page)
    assert int(page.locator("#standing-epoch").inner_text().replace(",", "")) == now["epoch"]
    expect(page.locator(".steps strong").first).to_contain_text("§")
    for step in "126":
        page.locator(f'[data-step="{step}"]').click()
        next_picture(page)
        expect(page.locator("#step-note")).to_contain_text("§")
        mark = page.locator(f'.steps [data-step="{step}"] .mark b')
        assert mark.text_content() == step
    assert "§" not in page.locator("#program").inner_text()
    show(page, VIEWS["lab"])
    assert state(page)["epoch"] == 0
