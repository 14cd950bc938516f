/**
 * Start the page's Python: from a snapshot, if there is one to be had soon, or else in the ordinary
 * way.
 */
import { begin, MODULES, SOON, stayOnOneStack, WASM } from "./begin.mjs";
import { loadCode, loadModule } from "./bytes.mjs";
import { readSnapshot } from "./restore.mjs";
import { findSnapshot, forgetIfItFails, rejectSnapshot } from "./stored.mjs";

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
  const read = await findSnapshot();
  if (read) {
    forgetIfItFails();
    const bytes = read();
    try {
      const snapshot = bytes.then(readSnapshot);
      snapshot.catch(() => {}); // told where it is awaited; it may fail long before that
      return await started("snapshot", begin(code, modules, snapshot, soon));
    } catch (error) {
      console.info("nncore: the snapshot did not do, so Python starts in the ordinary way:", error);
      await bytes.then((found) => rejectSnapshot(found, error)).catch(() => {});
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
