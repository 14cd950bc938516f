"""How fast the line is, as a first visit finds it out: line.mjs, run by Node."""

import json

import pytest
from node_hands import module, run

PROGRAM = """
const [effectiveType, pieces] = JSON.parse(process.argv[1]);
let now = 5;
globalThis.performance = { now: () => now };
const connection = effectiveType && { effectiveType };
Object.defineProperty(globalThis, "navigator", { value: { connection } });
globalThis.setTimeout = (action, ms) => { globalThis.late = [action, ms]; };
const { heard, lineIsFast } = await import(%r);
let found = "unknown";
lineIsFast.then((fast) => { found = fast; });
for (const [time, bytes] of pieces) {
  now = 5 + time;
  if (bytes) heard(bytes, 4e6); else late[0]();
  await null;
}
await null;
console.log(found, globalThis.late?.[1]);
"""
# Python's code is not on the server: no byte of it is ever heard of.
MISSING = """
Object.defineProperty(globalThis, "navigator", { value: {} });
globalThis.fetch = async () => new Response("", { status: 404 });
const files = { code: { path: "code.bin", bytes: 4e6, size: 9e6, type: "application/wasm" } };
const manifest = { files, later: {}, parts: {} };
globalThis.nncoreBoot = { base: "http://localhost/", manifest };
const { lineIsFast } = await import(%r);
const { loadCode } = await import(%r);
const cause = await loadCode("code").catch((error) => error.bootCause);
console.log(cause, await Promise.race([lineIsFast, "unknown"]));
"""


@pytest.mark.parametrize(
    ("believed", "pieces", "found"),
    [
        ("4g", [[0, 500_000], [100, 500_000]], "true 1000"),
        (None, [[0, 500_000], [100, 500_000]], "true 1000"),
        ("4g", [[0, 500_000], [400, 500_000]], "false 1000"),  # 20 Mbit/s
        ("4g", [[0, 500_000], [100, 400_000]], "unknown 1000"),
        ("4g", [[0, 1000], [1000, 0], [1001, 5_000_000]], "false 1000"),  # too late
        ("3g", [[0, 5_000_000]], "false 1000"),
    ],
    ids=["fast", "fast, nothing believed", "slow", "too little yet", "too late", "believed slow"],
)
def test_a_line_shows_what_it_can_do(believed, pieces, found):
    said = run(PROGRAM % module("line"), json.dumps([believed, pieces]))
    assert said == found


def test_nobody_waits_for_a_line_over_which_nothing_comes():
    assert run(MISSING % (module("line"), module("bytes"))) == "missing false"
