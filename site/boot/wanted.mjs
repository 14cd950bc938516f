/**
 * When to start: at once in a tab of its own, in a course page only when the reader gets here.
 *
 * A page inside another one fetches nothing large until it is scrolled into view or pressed, and
 * shows its first picture until then. With `?start=press` in its address it waits for the press
 * even when it can be seen.
 */

const FIRST_TOUCH = ["pointerdown", "keydown"];

/** @returns {Promise<void>} settled as soon as Python is wanted */
export async function whenWanted() {
  const boot = globalThis.nncoreBoot;
  if (!boot.framed) return;
  boot.hold();
  const onlyPressed = new URLSearchParams(location.search).get("start") === "press";
  if (onlyPressed) boot.setStage("wait");
  await Promise.race(onlyPressed ? [pressed()] : [pressed(), seen()]);
  boot.setStage("fetch");
}

/** Settled by the first press or key in this page. */
function pressed() {
  return new Promise((resolve) => {
    const options = { once: true, capture: true };
    for (const kind of FIRST_TOUCH) addEventListener(kind, () => resolve(), options);
  });
}

/** Settled when a part of this page is on the screen, through all frames around it. */
function seen() {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body);
  });
}
