/**
 * Parts of the page's own Python that are fetched when they are first wanted.
 *
 * Each is an archive like the one of the start. Python leaves it packed, and finds its modules (see
 * `install` in lazy_imports.py). In the edition in one file the parts stand inside the page.
 */
import { loadLater } from "./bytes.mjs";
import { give, isTaken } from "./later.mjs";

const asked = new Map(); // part -> the promise that it is there

/**
 * Have a part in reach of `import`; only the first call fetches it, unless that failed.
 * @param {string} part
 * @param {(arrived: number, total: number) => void} [progress] is told how many bytes have come
 * @returns {Promise<void>} rejected with an Error that says what went wrong
 */
export function loadPart(part, progress = () => {}) {
  if (!asked.has(part)) {
    const loading = fetchPart(`part-${part}.zip`, progress);
    asked.set(part, loading);
    loading.catch(() => asked.delete(part));
  }
  return asked.get(part);
}

async function fetchPart(name, progress) {
  const python = await globalThis.nncoreBoot.python;
  if (isTaken(name)) return; // by an import
  const bytes = await loadLater(name, progress);
  if (!isTaken(name)) give(name, bytes, python);
}
