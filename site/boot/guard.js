/*
 * The safety net of the start: it shows the stages, and it shows the failure when there is one.
 *
 * Only this, `wanted.js`, `refused.js` and `first.js` stand inside the page itself, so no lost file
 * can take them away.
 * All other boot files report to it through `globalThis.nncoreBoot`. A watchdog counts the
 * seconds without progress; it counts its own ticks, so that a sleeping computer or a busy
 * processor is not mistaken for a lost connection. It also remembers an early press of Run.
 */
(() => {
  "use strict";
  const PATIENCE_SECONDS = 40;
  const SOON_MS = 4000;
  const KEPT = ["damaged", "script"]; // causes that a copy in the browser's cache may have
  const WASM = "application/wasm";
  const LOST_MODULE = /dynamically imported module|importing a module script failed/i;
  const root = document.documentElement;
  const here = new URL(".", location.href).href.replace(/[;,]/g, encodeURIComponent);
  const abort = new AbortController();
  const framed = parent !== window;
  let stage = "fetch";
  let quietTicks = 0;
  let allFetched = false;
  let over = false;
  let held = false;
  let dead = false;

  const element = (id) => document.getElementById(id);
  const asked = Number(new URLSearchParams(location.search).get("boot-patience"));
  const patience = asked >= 1 && asked <= 600 ? asked : PATIENCE_SECONDS;

  /** Put the policy in force that names this page's own folder (see `for_frame` in the build). */
  function narrowPolicy(text) {
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = text.replaceAll("{here}", here);
    document.head.append(meta);
  }

  /**
   * Open Python's WebAssembly unpacked, as the server's own answer: the browser keeps the machine
   * code that it makes only for such an answer, and starts a returning visitor without compiling.
   * Only a server that packs it for the way is asked for it, and that sends the right type; where
   * that cannot be known (another origin), nothing lies there, or no answer comes soon, it is null.
   */
  async function openPlain(path) {
    const { signal } = abort;
    try {
      const soon = AbortSignal.any([signal, AbortSignal.timeout(SOON_MS)]);
      const head = await fetch(path, { method: "HEAD", signal: soon });
      await head.arrayBuffer(); // empty; an answer that nobody reads counts as broken off
      const packed = head.ok && head.headers.get("Content-Encoding");
      const suits = packed && head.headers.get("Content-Type") === WASM;
      return suits ? await fetch(path, { signal }) : null;
    } catch {
      return null;
    }
  }

  /**
   * Fetch early what Python's start needs; but a start from a snapshot, which an earlier visit may
   * have kept (see stored.mjs), needs nothing of it.
   */
  async function preload(paths, snapshot) {
    const place = new URL(snapshot, location.href);
    const kept = await globalThis.caches?.match(place).catch(() => null);
    for (const href of kept ? [] : paths) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href });
      document.head.append(link);
    }
  }

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
    stage = name;
    held = name === "wait";
    quietTicks = 0;
    performance.mark(`boot:${name}`);
    whenParsed(() => {
      element("boot-stage").textContent = text(`stage-${stage}`); // by then it may be a later one
      element("boot").dataset.stage = stage;
    });
  }

  /** Show how many of the bytes to be fetched have arrived. */
  function setBytes(done, total) {
    quietTicks = 0;
    allFetched = done >= total;
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    element("boot-progress").value = total ? done / total : 0;
    element("boot-bytes").textContent = text("bytes", {
      done: megabytes(done),
      total: megabytes(total),
    });
  }

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
    if (over || globalThis.nncoreBoot.leaving) return; // what is left has no more to say
    end();
    abort.abort();
    if (globalThis.nncoreBoot.leave(cause)) return;
    show(error, fromDisk ? "disk" : cause, "failure-title", "retry");
  }

  /** Python itself has ended while the page was in use: offer a new start with the same link. */
  function died(error) {
    if (!over) return fail(error);
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
    whenParsed(() => {
      const file = error?.bootFile ?? /[\w-]+\.js/.exec(error?.message)?.[0] ?? "";
      const sentence = text(`failure-${cause}`, { file });
      if (framed) parent.postMessage({ nncore: 1, event: "failed", cause, text: sentence }, "*");
      element("boot").hidden = true;
      element("boot-failure-title").textContent = text(title);
      element("boot-failure-text").textContent = sentence;
      const trace = isPythonError(error) ? error.message : error?.stack;
      element("boot-failure-details").textContent = String(trace ?? error);
      element("boot-retry").textContent = text(remedy);
      const summary = element("boot-failure-summary");
      if (summary) summary.textContent = text("details");
      element("boot-retry").onclick = () => retry(KEPT.includes(cause) ? file : "");
      element("boot-failure").hidden = false;
    });
  }

  /** Start again; a file at fault first replaces the copy that the browser may have kept. */
  async function retry(fault) {
    element("boot-retry").disabled = true;
    const entry = JSON.parse(element("boot-files").textContent).files[fault];
    const path = entry?.path ?? entry?.module;
    if (path) {
      const signal = AbortSignal.timeout(1000 * patience); // a silent server must not hold the retry
      const fresh = await fetch(path, { cache: "reload", signal }).catch(() => null);
      await fresh?.blob().catch(() => null);
    }
    const address = new URL(location);
    address.searchParams.delete("start"); // this press was the one that it waits for
    address.searchParams.delete("whole"); // what was missing may be there by now
    if (address.search === location.search) return location.reload();
    location.replace(address);
  }

  function end() {
    over = true;
    clearInterval(watchdog);
    removeEventListener("error", onError, true);
    removeEventListener("click", onPress, true);
  }

  /** Some systems name a language (such as "c") with which the chart library cannot start. */
  function ensureLanguage() {
    try {
      new Intl.NumberFormat(navigator.language);
    } catch {
      Object.defineProperty(navigator, "language", { value: "en" });
    }
  }

  function onError(event) {
    const target = event.target;
    if (target instanceof HTMLScriptElement || target?.rel === "stylesheet") {
      const file = target.src || target.href;
      fail(Object.assign(new Error(file), { bootFile: file.split("/").pop() }), "script");
    } else if (event.error) {
      fail(event.error);
    }
  }

  function onRejection(event) {
    event.preventDefault(); // after a failure its consequences are not worth reporting
    fail(event.reason);
  }

  function onTick() {
    if (held) return;
    quietTicks += 1;
    if (quietTicks < patience) return;
    const cause = allFetched ? "stuck" : "stalled";
    fail(new Error(`no progress for ${patience} s in the stage "${stage}"`), cause);
  }

  function onState() {
    if (root.dataset.state !== "ready") return;
    end();
    performance.mark("boot:ready");
    observer.disconnect();
    removeEventListener("unhandledrejection", onRejection);
    element("boot").hidden = true;
    element("boot-failure").hidden = true; // Python was only slower than the watchdog's patience
  }

  /** Remember that Run was pressed before Python is there; Python asks for it when it starts. */
  function onPress(event) {
    if (!event.target.closest?.("#run")) return;
    const early = root.dataset.early !== "run";
    root.dataset.early = early ? "run" : "";
    root.dataset.playing = String(early);
  }

  const { policy, code, early, snapshot } = document.currentScript.dataset;
  const fromDisk = Boolean(policy || code) && location.protocol === "file:"; // but not in one file
  if (policy) narrowPolicy(policy);
  const plainCode = code && !framed ? openPlain(code) : null; // the largest file, so first of all
  if (early) preload(early.split(" "), snapshot);
  ensureLanguage();
  const watchdog = setInterval(onTick, 1000);
  const observer = new MutationObserver(onState);
  observer.observe(root, { attributeFilter: ["data-state"] });
  addEventListener("error", onError, true);
  addEventListener("unhandledrejection", onRejection);
  addEventListener("click", onPress, true);
  const hold = () => (held = true); // until the next stage: waiting for the reader is no failure
  const { signal } = abort;
  globalThis.nncoreBoot = {
    setStage, setBytes, hold, fail, died, framed, patience, signal, plainCode, whenParsed,
  };
  setStage("fetch");
})();
