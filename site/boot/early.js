/*
 * What is asked for before any other script runs: Python's code, the largest file that its start needs.
 */
(() => {
  "use strict";
  const SOON_MS = 4000;
  const WASM = "application/wasm";
  const boot = globalThis.nncoreBoot;
  const { code } = document.currentScript.dataset;

  /**
   * Open Python's WebAssembly as the server's own answer: only for such an answer does the browser
   * keep the machine code that it makes, and start a returning visitor without compiling. It is
   * served uncompressed, so only a server that applies gzip in transit is asked for it, and only one
   * that sends the right type. Where that cannot be known (another origin), nothing lies there, or
   * no answer comes soon, it is null.
   */
  async function openPlain(path) {
    const { signal } = boot;
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
   * Compile WebAssembly, for modules of the page. Firefox (153) names compiled functions after the
   * script that asked for them. In the page in one file a module's name is its whole text, and
   * Pyodide (314.0.3) reads these names at each exception from JavaScript, for seconds.
   */
  boot.compile = (bytes) => WebAssembly.compile(bytes);

  boot.plainCode = code && !boot.framed ? openPlain(code) : null; // the largest file, so first of all
})();
