/*
 * What is shown where the start has failed, or Python has ended: the cause, the remedy, a retry.
 */
(() => {
  "use strict";
  const KEPT = ["damaged", "script"]; // causes that a copy in the browser's cache may have
  const LOST_MODULE = /dynamically imported module|importing a module script failed/i;
  const boot = globalThis.nncoreBoot;
  const root = document.documentElement;
  const { policy, code } = document.currentScript.dataset;
  const fromDisk = Boolean(policy || code) && location.protocol === "file:"; // but not in one file
  const abort = new AbortController();
  let dead = false;

  const element = (id) => document.getElementById(id);

  const isPythonError = (error) =>
    error?.name === "PythonError" || error?.constructor?.name === "PythonError";

  /** Which of the known causes an error is; boot errors say it themselves. */
  function causeOf(error) {
    if (error?.bootCause) return error.bootCause;
    if (LOST_MODULE.test(error?.message)) return "script";
    if (isPythonError(error)) {
      return /MemoryError/.test(error.message) ? "memory" : "python";
    }
    if (error?.name === "CompileError") return "blocked";
    if (/memory|allocation/i.test(String(error?.message))) return "memory";
    return "unknown";
  }

  /** End the start with a failure: one sentence on the cause, one on the remedy, and a retry. */
  function fail(error, cause = causeOf(error)) {
    if (boot.over || boot.leaving) return; // what is left has no more to say
    boot.end();
    abort.abort();
    if (boot.leave(cause)) return;
    show(error, fromDisk ? "disk" : cause, "failure-title", "retry");
  }

  /** Python itself has ended while the page was in use: offer a new start with the same link. */
  function died(error) {
    if (!boot.over) return fail(error);
    if (dead) return;
    dead = true;
    show(error, "died", "died-title", "restart");
  }

  /** Show the failure in place of the page, and tell the page around this one. */
  function show(error, cause, title, remedy) {
    console.error("boot:", cause, error);
    root.dataset.state = "failed";
    root.dataset.playing = "false";
    root.dataset.bootCause = cause;
    boot.whenParsed(() => {
      const file = error?.bootFile ?? /[\w-]+\.js/.exec(error?.message)?.[0] ?? "";
      const sentence = boot.text(`failure-${cause}`, { file });
      if (boot.framed) parent.postMessage({ nncore: 1, event: "failed", cause, text: sentence }, "*");
      element("boot").hidden = true;
      element("boot-failure-title").textContent = boot.text(title);
      element("boot-failure-text").textContent = sentence;
      element("boot-failure-details").textContent = traceOf(error);
      element("boot-retry").textContent = boot.text(remedy);
      const summary = element("boot-failure-summary");
      if (summary) summary.textContent = boot.text("details");
      element("boot-retry").onclick = () => retry(KEPT.includes(cause) ? file : "");
      element("boot-failure").hidden = false;
    });
  }

  /** What a report needs: what was said, and where. Firefox and WebKit keep the two apart. */
  function traceOf(error) {
    const [said, { stack = "" }] = [String(error), Object(error)];
    return isPythonError(error) ? error.message : stack.includes(said) ? stack : `${said}\n${stack}`;
  }

  /** Start again; a file at fault first replaces the copy that the browser may have kept. */
  async function retry(fault) {
    element("boot-retry").disabled = true;
    const entry = JSON.parse(element("boot-files").textContent).files[fault];
    const path = entry?.path ?? entry?.module;
    if (path) {
      const signal = AbortSignal.timeout(1000 * boot.patience); // a silent server must not hold the retry
      const fresh = await fetch(path, { cache: "reload", signal }).catch(() => null);
      await fresh?.blob().catch(() => null);
    }
    const address = new URL(location);
    address.searchParams.delete("start"); // this press was the one that it waits for
    address.searchParams.delete("whole"); // what was missing may be there by now
    if (address.search === location.search) return location.reload();
    location.replace(address);
  }

  Object.assign(boot, { fail, died, signal: abort.signal });
})();
