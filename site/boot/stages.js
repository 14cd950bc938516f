/*
 * How far the start has come, as a reader sees it: its stage, and the bytes that have arrived.
 *
 * It makes `globalThis.nncoreBoot`, to which all other boot files report. `course` is what the
 * watchdog in `guard.js` looks at.
 */
(() => {
  "use strict";
  const course = { stage: "fetch", quietTicks: 0, allFetched: false, held: false };
  const element = (id) => document.getElementById(id);

  /** Run `action` once the page's own elements are there; one that is left half-way gets none. */
  function whenParsed(action) {
    const act = () => globalThis.nncoreBoot.leaving || action();
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", act, { once: true });
    } else {
      act();
    }
  }

  /** The sentence called `key`, with its {names} filled in. */
  function text(key, values = {}) {
    const strings = JSON.parse(element("boot-strings").textContent);
    return (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** Name the stage that has begun: fetch, start, numpy or draw. */
  function setStage(name) {
    Object.assign(course, { stage: name, held: name === "wait", quietTicks: 0 });
    performance.mark(`boot:${name}`);
    whenParsed(() => {
      element("boot-stage").textContent = text(`stage-${course.stage}`); // perhaps a later one by now
      element("boot").dataset.stage = course.stage;
    });
  }

  /** Show how many of the bytes to be fetched have arrived. */
  function setBytes(done, total) {
    Object.assign(course, { quietTicks: 0, allFetched: done >= total });
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    element("boot-progress").value = total ? done / total : 0;
    element("boot-bytes").textContent = text("bytes", {
      done: megabytes(done),
      total: megabytes(total),
    });
  }

  /** Until the next stage: waiting for the reader is no failure. */
  function hold() {
    course.held = true;
  }

  const framed = parent !== window;
  globalThis.nncoreBoot = { course, framed, whenParsed, text, setStage, setBytes, hold };
  setStage("fetch");
})();
