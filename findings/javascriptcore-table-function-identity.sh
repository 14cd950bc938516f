#!/bin/sh
# WebAssembly in JavaScriptCore (Bun 1.3.5, from npm; the same in WebKitGTK 2.50).
#
# A module exports a function and a table that holds this function. By the WebAssembly JavaScript
# interface both ways give one and the same function object, as they do in V8 and SpiderMonkey. In
# JavaScriptCore the one from the table is another object than the export. Whoever looks a function up
# by its identity, as Emscripten's dynamic linking does to find out where in the table it stands, does
# not find it and gives it a second place; so all later functions stand elsewhere than in other engines.
# Where we met it: Python, restored from a snapshot of its memory, called other functions than those
# whose places it had kept (docs/start.md).
#
# Seen (2026-11-28):
#   Node: table.get(0) === export: true, table.get(0) === table.get(0): true
#   Bun: table.get(0) === export: false, table.get(0) === table.get(0): true
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit bun@1.3.5 >/dev/null 2>&1

# (module (func (export "f")) (table (export "t") 1 funcref) (elem (i32.const 0) 0))
cat >identity.mjs <<'SCRIPT'
const code = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 4, 1, 0x60, 0, 0, // type
  3, 2, 1, 0, // function
  4, 4, 1, 0x70, 0, 1, // table
  7, 9, 2, 1, 0x66, 0, 0, 1, 0x74, 1, 0, // exports
  9, 7, 1, 0, 0x41, 0, 0x0b, 1, 0, // element
  10, 4, 1, 2, 0, 0x0b, // code
]);
const { f, t } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
const same = `${t.get(0) === f}, table.get(0) === table.get(0): ${t.get(0) === t.get(0)}`;
console.log(`table.get(0) === export: ${same}`);
SCRIPT

node=$(node identity.mjs)
bun=$(./node_modules/.bin/bun identity.mjs)
printf 'Node: %s\nBun: %s\n' "$node" "$bun"
[ "$node" = "table.get(0) === export: true, table.get(0) === table.get(0): true" ]
[ "$bun" = "table.get(0) === export: false, table.get(0) === table.get(0): true" ]
