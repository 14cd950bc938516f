#!/bin/sh
# Pyodide 314.0.3 (from npm, in Node): Python awaits a JavaScript promise that is rejected with
# something that is no Error. JavaScript allows any value there, and code of the web uses it:
# Promise.reject() has the reason undefined, others reject with a text or a number.
#
# An Error arrives in Python as JsException, as documented. With another reason Pyodide's own helper
# sets the value itself as a future's exception; that raises "TypeError: invalid exception object",
# which is told to the process and not to the coroutine: its `except` is not reached. `then` with two
# functions of Python is not affected; the promise that a call from Python gives back is awaited so.
#
# Seen (2026-11-28):
#   an Error: JsException
#   a text: nothing; the process is told TypeError: invalid exception object
#   no reason: nothing; the process is told TypeError: invalid exception object
# Where we met it: a lesson whose file could not be had said nothing; we reject with an Error now.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit pyodide@314.0.3 >/dev/null 2>&1

cat >awaited.mjs <<'SCRIPT'
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
let told = "";
process.on("unhandledRejection", (error) => {
  const line = String(error).trim().split("\n").at(-1);
  if (line.startsWith("TypeError")) told = `; the process is told ${line}`;
});
const wait = python.runPython(`
async def wait(promise, said):
    try:
        await promise
    except BaseException as error:
        said(type(error).__name__)
wait
`);
const reasons = { "an Error": [new Error("lost")], "a text": ["lost"], "no reason": [] };
for (const [name, reason] of Object.entries(reasons)) {
  let answer = "nothing";
  told = "";
  wait(Promise.reject(...reason), (kind) => (answer = kind)).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 100));
  console.log(`${name}: ${answer}${told}`);
}
SCRIPT

node --no-warnings awaited.mjs | tee found.txt
cat >expected.txt <<'EXPECTED'
an Error: JsException
a text: nothing; the process is told TypeError: invalid exception object
no reason: nothing; the process is told TypeError: invalid exception object
EXPECTED
cmp found.txt expected.txt
