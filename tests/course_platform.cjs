/**
 * A course platform for a package's script: messages come from its frame, and what the platform
 * knows after each is printed. Arguments: the script, and the runtime of scorm-again.
 */
"use strict";
const fs = require("fs"), vm = require("vm");
const [script, runtime] = process.argv.slice(2);
vm.runInThisContext(fs.readFileSync(runtime, "utf8"));
const real = new globalThis.Scorm12API({ autocommit: false, logLevel: 5 });
const checked = (name) => (...args) => {
  const answer = real[name](...args);
  if (Number(real.LMSGetLastError()) !== 0) throw new Error(`${name}(${args}): ${real.LMSGetLastError()}`);
  return answer;
};
const NAMES = ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish"];
const api = Object.fromEntries(NAMES.map((name) => [name, checked(name)]));
let handed; // takes the next text that the frame is handed
const frame = { postMessage: (message) => handed(message.progress) };
const unfinished = [];
class Awaited extends Response {
  arrayBuffer() {
    const bytes = super.arrayBuffer();
    unfinished.push(bytes);
    return bytes;
  }
}
const code = fs.readFileSync(script, "utf8");
const told = {};
const context = {
  window: { parent: { API: api }, opener: null }, console, Blob, Response: Awaited, CompressionStream, DecompressionStream,
  btoa, atob, Uint8Array, ArrayBuffer, addEventListener: (name, act) => { told[name] = act; },
  document: { getElementById: () => ({ contentWindow: frame, src: "https://example.org/embed.html#lesson=wine" }) },
};
const state = () => [api.LMSGetValue("cmi.core.lesson_status"), api.LMSGetValue("cmi.core.score.raw")];
const steps = [];
const say = (source, more) => {
  told.message({ source, data: { nncore: 1, event: "lesson", lesson: "wine", ...more } });
  steps.push(state());
};
/** What is kept, and what is handed to a frame that is ready, once all packing has ended. */
const later = async () => {
  await Promise.all(unfinished);
  await new Promise(setImmediate);
  const text = new Promise((done) => { handed = done; });
  told.message({ source: frame, data: { nncore: 1, event: "ready" } });
  return [api.LMSGetValue("cmi.suspend_data").length, await text];
};
(async () => {
  vm.runInNewContext(code, context);
  steps.push(state());
  const kept = [await later()];
  const long = Array.from({ length: 9000 }, (_, n) => (n * 7919 % 10007).toString(36)).join("");
  say(frame, { passed: 2, total: 5, completed: false, progress: "first" });
  say({}, { passed: 5, total: 5, completed: true, progress: "of another window" });
  say(frame, { passed: 1, total: 5, completed: false, progress: '{"answers": "½"} '.repeat(500) });
  kept.push(await later());
  say(frame, { passed: "5", total: 5, completed: true });
  say(frame, { lesson: "one-neuron", passed: 5, total: 5, completed: true, progress: "of another lesson" });
  say(frame, { passed: 5, total: 5, completed: true, progress: long });
  kept.push(await later());
  api.LMSSetValue("cmi.suspend_data", "no base64!");
  kept.push(await later());
  told.pagehide();
  console.log(JSON.stringify({ steps, kept }));
})();
