"""What the tests of the layout ask of a page: is everything there, whole, and large enough?"""

# The window sizes of small laptops: the screen less the browser's own bars.
LAPTOPS = [(1280, 620), (1366, 650), (1536, 730), (1440, 900)]

PLAYGROUND = [
    *(".appbar", ".controlbar", "#run", "#step", "#network .tile", "#network .layer-head"),
    *("#output", "#loss-train", "#loss-test", "#score-train", "#score-test", "#history canvas"),
    *("#travel", "#look-for", ".data", "[data-action=regenerate]", ".controlbar select"),
]
LAB = [
    *(".appbar", ".controlbar", "#run", "#step", "#network .tile", "#network .layer-head"),
    *("#network .tile-sign", "#network .tile-label", "#plane", "#standing-score"),
    *("#wine-confusion", "#film li", "#wine-travel", ".steps button", ".answers button"),
    ".controlbar select",
]

# (window, selectors) => faults: what is missing, lies outside of the window, is cut by a box around
# it, is scrolled although all could be seen, or is too small to be read or pressed.
FAULTS = """(view, names) => {
  const {document, innerWidth, innerHeight} = view, faults = [];
  const say = (what, node, ...more) => faults.push([what, node.id || node.className || node.tagName, ...more].join(' '));
  const seen = (node) => node.checkVisibility({visibilityProperty: true});
  for (const name of names) {
    const nodes = [...document.querySelectorAll(name)].filter(seen);
    if (!nodes.length) faults.push('missing ' + name);
    for (const node of nodes) {
      const {left, top, right, bottom} = node.getBoundingClientRect();
      if (left < -.5 || top < -.5 || right > innerWidth + .5 || bottom > innerHeight + .5)
        say('outside', node, left, top, right, bottom);
      for (let around = node.parentElement; around; around = around.parentElement) {
        const cuts = !/visible/.test(view.getComputedStyle(around).overflow), box = around.getBoundingClientRect();
        if (around === document.body || around === document.documentElement || !cuts) continue;
        if (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1)
          say('cut', node, 'by', around.id || around.className);
      }
    }
  }
  const tool = document.querySelectorAll('.appbar, .controlbar, .stage, .timeline');
  const parts = [...tool].filter(seen).flatMap((band) => [band, ...band.querySelectorAll('*')]).filter(seen);
  for (const node of parts) {
    const style = view.getComputedStyle(node);
    const overflows = node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
    if (/auto|scroll/.test(style.overflow) && overflows)
      say('scrolled', node, node.scrollWidth, node.scrollHeight, 'in', node.clientWidth, node.clientHeight);
    const writes = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (writes && !node.closest('.unseen') && parseFloat(style.fontSize) < 12) say('small type', node, style.fontSize);
    if (node.matches('button:not(.bias, .tile), select, input[type=text]')) {
      const {width, height} = node.getBoundingClientRect();
      if (width < 23.5 || height < 23.5) say('small target', node, node.getAttribute('aria-label'), width, height);
    }
  }
  const {scrollWidth} = document.scrollingElement;
  if (scrollWidth > innerWidth) faults.push('the page is scrolled sideways: ' + scrollWidth);
  return faults;
}"""  # noqa: E501
