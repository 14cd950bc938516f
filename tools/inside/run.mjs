/**
 * Run one Python file inside Pyodide under Node.
 *
 * usage: node run.mjs RUNTIME SCRIPT [--packages NAME,NAME] [--mount NAME=FOLDER ...]
 *        [--path FOLDER ...] [--wait]
 *
 * RUNTIME is a folder with Pyodide's files and its packages; SCRIPT is run as `__main__`. Each
 * FOLDER of the machine is seen by it as /NAME, and modules are found in each --path. What it
 * prints goes to stdout; an exception ends the process with status 1 and its traceback on stderr.
 * With --wait it gets ready, and then waits for a line on stdin: a JSON list of more to --mount.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    packages: { type: "string", default: "" },
    path: { type: "string", multiple: true, default: [] },
    wait: { type: "boolean", default: false },
    mount: { type: "string", multiple: true, default: [] },
  },
});
const [runtime, script] = positionals.map((each) => path.resolve(each));
const folder = runtime + path.sep;

const { loadPyodide } = await import(pathToFileURL(folder + "pyodide.mjs").href);
const python = await loadPyodide({
  indexURL: folder,
  packageBaseUrl: folder,
  lockFileContents: await readFile(folder + "pyodide-lock.json", "utf8"),
  packages: values.packages.split(",").filter(Boolean),
  env: {
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONHASHSEED: "0",
    PYTHONNODEBUGRANGES: "1", // bytecode without columns: a quarter smaller; tracebacks keep lines
    PYTHONPATH: values.path.join(":"),
  },
});
if (values.wait) {
  const input = createInterface({ input: process.stdin });
  const [line] = await once(input, "line");
  input.close();
  values.mount.push(...JSON.parse(line));
}
for (const mount of values.mount) {
  const [name, ...host] = mount.split("=");
  python.FS.mkdirTree(`/${name}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: path.resolve(host.join("=")) }, `/${name}`);
}
python.pyimport("importlib").invalidate_caches(); // the folders were not there before
try {
  const globals = python.toPy({ __name__: "__main__" });
  python.runPython(await readFile(script, "utf8"), { globals, filename: script });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
