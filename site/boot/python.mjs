/**
 * Start the page's Python: from a snapshot, if an earlier visit has kept one, or else in the
 * ordinary way.
 */
import { begin, MISSING, MODULES, SOON, stayOnOneStack, WASM } from "./begin.mjs";
import { loadCode, loadModule } from "./bytes.mjs";
import { readSnapshot } from "./restore.mjs";
import { forgetIfItFails, forgetSnapshot, storedSnapshot } from "./stored.mjs";

export { MISSING };

/**
 * Start Python.
 * @returns {Promise<object>} Pyodide's interface, with NumPy installed and our packages in reach
 */
export async function startPython() {
  stayOnOneStack();
  const code = loadCode(WASM);
  const modules = Promise.all(MODULES.map(loadModule));
  for (const each of [code, modules]) each.catch(() => {}); // told where they are awaited
  globalThis.nncoreBoot.code = code; // a second Python need not compile it again
  const soon = document.documentElement.dataset.view === "wine" ? [SOON] : [];
  const stored = await storedSnapshot();
  if (stored) {
    forgetIfItFails();
    try {
      return await started("snapshot", begin(code, modules, readSnapshot(stored), soon));
    } catch (error) {
      console.info("nncore: the snapshot did not do, so Python starts in the ordinary way:", error);
      await forgetSnapshot();
    }
  }
  return started("modules", begin(code, modules, null, soon));
}

/** What comes of a start, when the page says of which kind it was. */
async function started(kind, python) {
  const there = await python;
  document.documentElement.dataset.start = kind;
  return there;
}
