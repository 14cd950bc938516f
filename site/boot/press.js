/*
 * An early press of Run is remembered: Python, which is not there yet, asks for it when it starts.
 */
(() => {
  "use strict";
  const root = document.documentElement;

  function onPress(event) {
    if (!event.target.closest?.("#run")) return;
    const early = root.dataset.early !== "run";
    root.dataset.early = early ? "run" : "";
    root.dataset.playing = String(early);
  }

  addEventListener("click", onPress, { capture: true, signal: globalThis.nncoreBoot.ending });
})();
