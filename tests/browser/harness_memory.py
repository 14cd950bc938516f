"""What a page holds: its heap, nodes, listeners, proxies, WebAssembly, and objects of our own."""

import json

from playwright.sync_api import CDPSession, Page

KEPT = """async () => {
  const python = await nncoreBoot.python;
  const kept = python.runPython(
    'import gc, explorer.browser.browser as b; gc.collect(); len(b._keep)');
  const {_malloc, _mallinfo, _free, _hiwire_num_refs} = python._module;
  const place = _malloc(64);  // struct mallinfo: ten numbers, the eighth is what is in use
  _mallinfo(place);
  const used = python._module.HEAPU32[place / 4 + 7];
  _free(place);
  return {'kept callbacks': kept, 'held by Python': _hiwire_num_refs(),
    'wasm in use': used, 'wasm': nncoreBoot.memory.buffer.byteLength};
}"""
# Pyodide has every proxy of a Python object watched by a FinalizationRegistry until it is gone.
COUNT_PROXIES = """(() => {
  globalThis.liveProxies = 0;
  globalThis.FinalizationRegistry = class extends FinalizationRegistry {
    constructor(cleanup) {
      super((held) => { liveProxies -= 1; cleanup(held); });
    }
    register(...watched) {
      liveProxies += 1;
      super.register(...watched);
    }
    unregister(token) {
      const found = super.unregister(token);
      if (found) liveProxies -= 1;
      return found;
    }
  };
})()"""
TOLERANCE = 1.02
# What does not count: the listeners of the last charts that were destroyed, which V8 itself may
# keep (by the hidden class of an object with a getter); the elements of a card or a table that is
# made when it is first shown, and then kept. What is lost at every action is soon more than that.
SPARE, SPARE_ELEMENTS = 16, 64


def memory(page: Page) -> dict[str, int]:
    """What the page holds after all garbage is collected, by kind.

    Proxies are counted where the page was opened with the script COUNT_PROXIES.
    """
    tools = page.context.new_cdp_session(page)
    for _ in range(3):  # what one collects lets the other's go
        kept = page.evaluate(KEPT)
        tools.send("HeapProfiler.collectGarbage")
    counters = tools.send("Memory.getDOMCounters")
    found = {
        "heap": heap_size(tools),
        "nodes": counters["nodes"],
        "listeners": counters["jsEventListeners"],
        "proxies": page.evaluate("() => globalThis.liveProxies ?? 0"),
        **kept,
    }
    tools.detach()
    return found


def heap_size(tools: CDPSession) -> int:
    """Bytes of JavaScript's objects, without the machine code that V8 makes of what runs often,
    nor what the browser itself keeps (such as its record of slow frames)."""
    chunks = []
    tools.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    tools.send("HeapProfiler.takeHeapSnapshot")
    heap = json.loads("".join(chunks))
    meta, nodes = heap["snapshot"]["meta"], heap["nodes"]
    width, names = len(meta["node_fields"]), meta["node_types"][0]
    left_out = {names.index(name) for name in ("code", "native", "synthetic")}
    sizes = nodes[meta["node_fields"].index("self_size") :: width]
    kinds = nodes[meta["node_fields"].index("type") :: width]
    return sum(size for kind, size in zip(kinds, sizes, strict=True) if kind not in left_out)


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int]]:
    """What there is more of than the tolerance allows: (before, after) by kind."""
    found = {}
    for name, number in after.items():
        was = before.get(name, 0)
        spare = SPARE_ELEMENTS if name == "held by Python" else SPARE
        if number > max(TOLERANCE * was, was + spare):
            found[name] = was, number
    return found


def own_objects(page: Page) -> dict[str, int]:
    """How many objects of the page's own Python types are alive, by type."""
    return json.loads(page.evaluate("() => soakObjects()"))
