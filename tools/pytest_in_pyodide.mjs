/**
 * Run pytest inside Pyodide under Node, on NumPy as the page has it.
 *
 *   node pytest_in_pyodide.mjs PYODIDE_FOLDER ARCHIVE.zip [pytest arguments]
 *
 * The folder holds Pyodide's core files and the NumPy wheel, the archive everything that is to be
 * imported or tested. The exit status is pytest's own.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const HOME = "/home/tests";
const [folder, archive, ...pytestArguments] = process.argv.slice(2);

/** @returns {Promise<number>} pytest's exit status */
async function run() {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const env = { HOME, PYTHONPATH: HOME };
  const pyodide = await loadPyodide({ indexURL: folder, env, packages: ["numpy"] });
  pyodide.FS.mkdirTree(HOME);
  pyodide.FS.chdir(HOME);
  const bytes = new Uint8Array(readFileSync(archive));
  pyodide.unpackArchive(bytes, "zip", { extractDir: HOME });
  return Number(pyodide.pyimport("pytest").main(pyodide.toPy(pytestArguments)));
}

try {
  process.exitCode = await run();
} catch (error) {
  // Only the message: Node would print the line of code as well, all of Pyodide being one line.
  console.error(error.message);
  process.exitCode = 70;
}
