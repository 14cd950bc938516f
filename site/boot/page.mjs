/**
 * Run the page's Python through PyScript.
 *
 * The page holds one `<script type="py">`. It is told which interpreter to use and that none of
 * PyScript's plugins are wanted (for MicroPython too, which PyScript prepares although no script
 * asks for it); then PyScript's own code is imported, which finds the script and runs it. An
 * exception there is a failed start, with Python's traceback as the details.
 */
import { load } from "./bytes.mjs";
import { manifest } from "./source.mjs";
import { standInForStorage } from "./storage.mjs";

const PLUGINS = [
  "codemirror",
  "deprecations-manager",
  "donkey",
  "error",
  "py-editor",
  "py-game",
  "py-terminal",
];

/** Import PyScript and let it run the page's script once Python is there. */
export async function runPage() {
  const { setStage, fail } = globalThis.nncoreBoot;
  const plugins = PLUGINS.map((name) => `!${name}`);
  const interpreter = new URL(manifest.interpreter, document.baseURI).href;
  const script = document.querySelector('script[type="py"]');
  script.setAttribute("config", JSON.stringify({ interpreter, plugins }));
  const forMicroPython = document.createElement("mpy-config");
  forMicroPython.textContent = JSON.stringify({ plugins });
  document.head.append(forMicroPython);
  script.removeAttribute("src"); // its text is at hand: PyScript need not fetch it
  script.textContent = new TextDecoder().decode(await load("main.py"));
  const giveStorageBack = standInForStorage();
  const { hooks } = await import(new URL(manifest.pyscript, document.baseURI));
  forMicroPython.remove();
  hooks.worker.onBeforeRunAsync.clear(); // the only thing that would need `unsafe-eval`
  hooks.main.onReady.add(({ io }) => {
    giveStorageBack();
    setStage("draw");
    const { stderr } = io;
    io.stderr = (...what) => {
      if (what[0] instanceof Error) fail(what[0]);
      stderr(...what);
    };
  });
}
