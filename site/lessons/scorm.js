/**
 * Reports a lesson to a course platform, by SCORM 1.2.
 *
 * The lesson runs in the frame and tells what happens by messages (docs/embedding.md). The platform
 * has an object `API` in a window around this page, or in the one that opened it. A score that was
 * reached stays: who opens the lesson again can only do better. What was done is kept as
 * `cmi.suspend_data`, packed, for the standard allows few characters, and handed back next time.
 */
(() => {
  "use strict";
  const MOST_WINDOWS = 20;
  const MOST_KEPT = 4096; // characters of cmi.suspend_data

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

  const through = (bytes, stream) => new Response(new Blob([bytes]).stream().pipeThrough(stream));

  /** A text in few characters; "" if they are still too many to keep. */
  async function packed(text) {
    const bytes = await through(text, new CompressionStream("deflate-raw")).arrayBuffer();
    if (4 * Math.ceil(bytes.byteLength / 3) > MOST_KEPT) return "";
    return btoa(String.fromCharCode(...new Uint8Array(bytes)));
  }

  async function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return through(bytes, new DecompressionStream("deflate-raw")).text();
  }

  const api = find(window) ?? find(window.opener);
  if (!api) return; // opened without a platform: the lesson works, and reports to nobody
  api.LMSInitialize("");
  const set = (name, value) => api.LMSSetValue(`cmi.core.${name}`, String(value));
  const get = (name) => api.LMSGetValue(`cmi.core.${name}`);
  const frame = document.getElementById("lesson");
  const lesson = /[#&]lesson=([^&]*)/.exec(frame.src)?.[1];
  let best = Number(get("score.raw")) || 0;
  let completed = ["completed", "passed"].includes(get("lesson_status"));
  let latest = 0, ended = false;
  if (!completed) set("lesson_status", "incomplete");
  set("exit", "suspend"); // else some platforms forget what was kept
  api.LMSCommit("");

  /** Keep a text for the next time, unless a later one has come meanwhile. */
  async function keep(text) {
    const number = ++latest;
    const short = await packed(text);
    if (!short || number !== latest || ended) return;
    api.LMSSetValue("cmi.suspend_data", short);
    api.LMSCommit("");
  }

  /** Hand the frame what was kept; "" says that it is kept from now on. */
  async function handBack() {
    const before = api.LMSGetValue("cmi.suspend_data");
    const progress = before ? await unpacked(before).catch(() => "") : "";
    frame.contentWindow.postMessage({ nncore: 1, command: "lesson", lesson, progress }, "*");
  }

  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow || data?.nncore !== 1) return;
    if (data.event === "ready") handBack();
    if (data.event !== "lesson" || data.lesson !== lesson) return; // another lesson has no score here
    const { passed, total } = data;
    if (!(Number.isInteger(passed) && Number.isInteger(total) && 0 <= passed && passed <= total)) return;
    best = Math.max(best, total ? Math.round((100 * passed) / total) : 0);
    completed ||= data.completed === true;
    set("score.min", 0);
    set("score.max", 100);
    set("score.raw", best);
    set("lesson_status", completed ? "completed" : "incomplete");
    api.LMSCommit("");
    if (typeof data.progress === "string") keep(data.progress).catch(() => {});
  });

  addEventListener("pagehide", () => {
    if (!ended) api.LMSFinish("");
    ended = true;
  });
})();
