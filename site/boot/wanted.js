/*
 * When to start: at once in a tab of its own, in a course page only when the reader gets here.
 *
 * A page inside another one fetches nothing large until it is scrolled into view or pressed, and
 * shows its first picture until then. With `?start=press` in its address it waits for the press
 * even when it can be seen. It stands inside the page, behind the safety net, because the way to
 * the page in one file has to wait as well where no other file can be had.
 */
(() => {
  "use strict";
  const FIRST_TOUCH = ["pointerdown", "keydown"];
  const boot = globalThis.nncoreBoot;

  /** Settled by the first press or key in this page. */
  const pressed = () =>
    new Promise((resolve) => {
      const options = { once: true, capture: true };
      for (const kind of FIRST_TOUCH) addEventListener(kind, () => resolve(), options);
    });

  /** Settled when a part of this page is on the screen, through all frames around it. */
  const seen = () =>
    new Promise((resolve) => {
      const observer = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body);
    });

  /** A promise that is settled as soon as Python is wanted. */
  boot.whenWanted = async () => {
    if (!boot.framed) return;
    boot.hold();
    const onlyPressed = new URLSearchParams(location.search).get("start") === "press";
    if (onlyPressed) boot.setStage("wait");
    await Promise.race(onlyPressed ? [pressed()] : [pressed(), seen()]);
    boot.setStage("fetch");
  };
})();
