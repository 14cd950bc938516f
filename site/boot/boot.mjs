/**
 * The start of the page, in the order in which it happens.
 *
 * Look whether this browser can do it, wait until it is wanted, begin to fetch and start Python,
 * and have PyScript run the page's script with it. Python sets `data-state="ready"` on <html> when
 * it has drawn its first frame; whatever goes wrong before that ends in `fail`, which tells the
 * reader.
 */
import { MISSING } from "./begin.mjs";
import { checkBrowser } from "./checks.mjs";
import { extraBytes, installExtras } from "./extras.mjs";
import { fetchWhenIdle } from "./later.mjs";
import { runPage } from "./page.mjs";
import { loadPart } from "./parts.mjs";
import { startPython } from "./python.mjs";
import { manifest } from "./source.mjs";
import { keepSnapshot } from "./stored.mjs";

const boot = globalThis.nncoreBoot;
try {
  checkBrowser();
  await boot.whenWanted();
  boot.python = startPython();
  boot.loadPart = loadPart;
  boot.notebook = () => import("./notebook.mjs");
  boot.crew = () => import("./crew.mjs");
  boot.extras = { bytes: extraBytes, install: installExtras };
  await Promise.all([boot.python, runPage()]);
  const restored = document.documentElement.dataset.start === "snapshot";
  await fetchWhenIdle(restored ? MISSING : []);
  await keepSnapshot();
} catch (error) {
  boot.fail(error);
}
