/*
 * An early press of Run or Lessons is remembered: Python, which is not there yet, asks for it when it
 * starts. A second press takes it back.
 */
(() => {
  "use strict";
  const root = document.documentElement;

  function onPress(event) {
    const button = event.target.closest?.('#run, [data-action="lessons"]');
    if (!button) return;
    const { action } = button.dataset;
    const pressed = new Set(root.dataset.early?.split(" ").filter(Boolean));
    if (!pressed.delete(action)) pressed.add(action);
    root.dataset.early = [...pressed].join(" ");
    if (action === "run") root.dataset.playing = String(pressed.has(action));
    else button.setAttribute("aria-expanded", String(pressed.has(action)));
  }

  addEventListener("click", onPress, { capture: true, signal: globalThis.nncoreBoot.ending });
})();
