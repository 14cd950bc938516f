"""How fast the line is, as a first visit finds it out: line.mjs, run by Node."""

import json
import subprocess

import pytest

from tools.cache import default_cache_folder
from tools.node import find_node
from tools.paths import ROOT
from tools.report import Report

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
    node = find_node(default_cache_folder(), Report())
    module = (ROOT / "site" / "boot" / "line.mjs").as_uri()
    command = [str(node), "--input-type=module", "-e", PROGRAM % module]
    done = subprocess.run(
        [*command, json.dumps([believed, pieces])], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == found
