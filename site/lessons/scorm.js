/**
 * Reports a lesson to a course platform, by SCORM 1.2.
 *
 * The lesson runs in the frame and tells what happens by messages (docs/embedding.md). The platform
 * has an object `API` in a window around this page, or in the one that opened it. A score that was
 * reached stays: who opens the lesson again can only do better.
 */
(() => {
  "use strict";
  const MOST_WINDOWS = 20;

  /** The platform's interface, looked for from a window outwards. */
  function find(from) {
    let around = from;
    try {
      for (let count = 0; around && count < MOST_WINDOWS; count++) {
        if (around.API) return around.API;
        if (around.parent === around) break;
        around = around.parent;
      }
    } catch {
      // a window of another site: there is nothing to be found further out
    }
    return null;
  }

  const api = find(window) ?? find(window.opener);
  if (!api) return; // opened without a platform: the lesson works, and reports to nobody
  api.LMSInitialize("");
  const set = (name, value) => api.LMSSetValue(`cmi.core.${name}`, String(value));
  const get = (name) => api.LMSGetValue(`cmi.core.${name}`);
  let best = Number(get("score.raw")) || 0;
  let completed = ["completed", "passed"].includes(get("lesson_status"));
  if (!completed) set("lesson_status", "incomplete");
  api.LMSCommit("");

  addEventListener("message", ({ source, data }) => {
    if (source !== document.getElementById("lesson").contentWindow) return;
    if (data?.nncore !== 1 || data.event !== "lesson") return;
    const { passed, total } = data;
    if (!(Number.isInteger(passed) && Number.isInteger(total) && 0 <= passed && passed <= total)) return;
    best = Math.max(best, total ? Math.round((100 * passed) / total) : 0);
    completed ||= data.completed === true;
    set("score.min", 0);
    set("score.max", 100);
    set("score.raw", best);
    set("lesson_status", completed ? "completed" : "incomplete");
    api.LMSCommit("");
  });

  let ended = false;
  addEventListener("pagehide", () => {
    if (!ended) api.LMSFinish("");
    ended = true;
  });
})();
