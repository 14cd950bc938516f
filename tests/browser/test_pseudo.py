"""The layout with longer texts: the page in a language that nobody speaks, whose texts are 40 %
longer, on a wide screen, a tablet and a phone."""

from pathlib import Path

import pytest
from harness import next_picture, screenshot, show, wait_state
from harness_pages import with_fonts
from playwright.sync_api import expect

from nncore import load_wine

LANGUAGE = (Path(__file__).resolve().parent.parent / "pseudo.py").read_text(encoding="utf-8")
SPEAK = f"""{LANGUAGE}
def turn():
    from explorer.app.speaking import speak
    speak(app, pseudo, "zxx")  # of no language
app.parts.wanted("language", turn)
"""
# What tables call their columns and classes, and what an activation is called everywhere.
NAMES = {"tanh", *load_wine().feature_names, *load_wine().class_names}
RUN_PYTHON = "async (code) => { (await nncoreBoot.python).runPython(code) }"
# Words outside of brackets, of what can be seen: texts that stayed in English.
ENGLISH = """() => {
  const skip = 'script, style, svg, template, code, pre, math, textarea, [translate="no"], .brand';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const {data, parentElement: parent} = walker.currentNode;
    if (parent.closest(skip) || !parent.checkVisibility()) continue;
    if (/[A-Za-z]{3}/.test(data.replace(/⟦[^⟧]*⟧/g, '')) && !data.includes('⟦'))
      found.push(data.trim());
  }
  return found;
}"""
# What is cut off, lies outside of the window, or on top of something else that can be pressed.
FAULTS = """() => {
  const faults = [], name = (node) => `${node.tagName.toLowerCase()}#${node.id}.${node.className} `
    + node.textContent.trim().slice(0, 40);
  const seen = (node) => node.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && node.getClientRects().length && !node.closest('.unseen, svg, [aria-hidden=true] canvas');
  const scrolls = (node) => {
    for (let at = node; at; at = at.parentElement)
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    return false;
  };
  const width = document.documentElement.clientWidth;
  const wide = document.scrollingElement.scrollWidth - width;
  if (wide > 0) faults.push(`the page is ${wide} pixels wider than the window`);
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !seen(node) || node.closest('option, script, style, template, .skip')) continue;
    const box = node.getBoundingClientRect();
    const outside = box.right > width + 1 || box.left < -1;
    if (outside && !scrolls(node)) faults.push(`outside: ${name(node)}`);
    const style = getComputedStyle(node);
    const cuts = style.overflowX !== 'visible' && box.width > 1 && !scrolls(node);
    if (cuts && node.scrollWidth > node.clientWidth + 1) faults.push(`cut: ${name(node)}`);
  }
  const visible = (node) => {  // the part of its box that no ancestor cuts off
    let {left, top, right, bottom} = node.getBoundingClientRect();
    for (let at = node.parentElement; at; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible') continue;
      const box = at.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return {left, top, right, bottom};
  };
  const kinds = 'button, select, input:not([type=range]), summary, a';
  const pressed = [...document.querySelectorAll(kinds)].filter(seen)
    .filter((node) => !node.closest('#network, .unseen, .skip') && !node.matches('.skip'));
  for (const [place, one] of pressed.entries())
    for (const other of pressed.slice(place + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const a = visible(one), b = visible(other);
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 2) faults.push(`on each other: ${name(one)} | ${name(other)}`);
    }
  return faults;
}"""


LINKS = ("#seed=0.3", "#view=wine")
OPEN = """link => {
  history.pushState(null, '', link);
  dispatchEvent(new PopStateEvent('popstate'));
}"""


@pytest.mark.parametrize("sizes", [[(1440, 900)], [(820, 1180), (390, 844)]], ids=["wide", "touch"])
def test_longer_texts_have_their_room(open_page, sizes):
    touch = {"has_touch": True} if len(sizes) > 1 else {}  # with none, a returning reader's page
    page = with_fonts(lambda: open_page(LINKS[0], viewport=sizes[0], **touch))
    seen = [(link, {"width": size[0], "height": size[1]}) for link in LINKS for size in sizes]
    before = []
    for link, size in seen:
        page.set_viewport_size(size)
        show(page, link)
        before += page.evaluate(FAULTS)
    page.evaluate(RUN_PYTHON, SPEAK)
    expect(page.locator("html")).to_have_attribute("lang", "zxx")
    found = []
    for link, size in seen:
        page.set_viewport_size(size)
        page.evaluate(OPEN, link + "&networkShape=5,3")
        next_picture(page)
        wait_state(page, playing=False, view="wine" if "wine" in link else "playground")
        assert set(page.evaluate(ENGLISH)) <= NAMES
        screenshot(page, f"pseudo-{link[1:5]}-{size['width']}", full_page=True)
        found += [fault for fault in page.evaluate(FAULTS) if fault not in before]
    assert found == []
    assert before == []
