/**
 * A course platform for a package's script: messages come from its frame, and what the platform
 * knows after each is printed. Arguments: the script, and scorm-again's scorm12.js, which else is
 * stood in for by the smallest interface that keeps values.
 */
"use strict";
const fs = require("fs"), vm = require("vm");
const [script, runtime] = process.argv.slice(2);
const values = {};
let api = {
  LMSInitialize: () => "true",
  LMSGetValue: (name) => values[name] ?? "",
  LMSSetValue: (name, value) => { values[name] = value; return "true"; },
  LMSCommit: () => "true", LMSFinish: () => "true",
};
if (runtime) {
  vm.runInThisContext(fs.readFileSync(runtime, "utf8"));
  const real = new globalThis.Scorm12API({ autocommit: false, logLevel: 5 });
  const checked = (name) => (...args) => {
    const answer = real[name](...args);
    if (Number(real.LMSGetLastError()) !== 0) throw new Error(`${name}(${args}): ${real.LMSGetLastError()}`);
    return answer;
  };
  api = Object.fromEntries(Object.keys(api).map((name) => [name, checked(name)]));
}
const told = {}, frame = {};
const window = { parent: { API: api }, opener: null };
const context = { window, console, document: { getElementById: () => ({ contentWindow: frame }) },
  addEventListener: (name, act) => { told[name] = act; } };
vm.runInNewContext(fs.readFileSync(script, "utf8"), context);
const state = () => [api.LMSGetValue("cmi.core.lesson_status"), api.LMSGetValue("cmi.core.score.raw")];
const steps = [state()];
const say = (source, more) => { told.message({ source, data: { nncore: 1, event: "lesson", ...more } }); steps.push(state()); };
say(frame, { passed: 2, total: 5, completed: false });
say({}, { passed: 5, total: 5, completed: true });
say(frame, { passed: 1, total: 5, completed: false });
say(frame, { passed: "5", total: 5, completed: true });
say(frame, { passed: 5, total: 5, completed: true });
told.pagehide();
console.log(JSON.stringify(steps));
