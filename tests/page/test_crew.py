"""The life of the workers that train beside the page: crew.mjs, run by Node, with fake workers."""

import json

from node_hands import module, run

PROGRAM = """
const made = [], timers = new Map(), said = [];
globalThis.Worker = class {
  constructor() { made.push(this); this.sent = []; this.isOver = false; }
  postMessage(message) { this.sent.push(message); }
  terminate() { this.isOver = true; }
};
Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency: 3 } });
globalThis.setTimeout = (action, ms) => { timers.set(ms, action); return ms; };
globalThis.clearTimeout = (ms) => timers.delete(ms);
const memory = new Uint8Array(new ArrayBuffer(65536)).map((_, at) => at);
globalThis.nncoreBoot = { memory };
const { Crew } = await import(%r);
const crew = new Crew((...answer) => said.push(answer), (text) => said.push(text));
const says = (worker, data) => made[worker].onmessage({ data });
const reads = [8, 98, 2], writes = [16, 66, 2, 32, 82, 1];
const send = (number) => crew.send(number, 0, new Uint8Array(1), [7], reads, writes);
const found = [];
%s
console.log(JSON.stringify(found));
"""


def found(steps: str) -> list:
    """What the steps have found, with two workers."""
    return json.loads(run(PROGRAM % (module("crew"), steps)))


def test_an_errand_takes_what_it_reads_along_and_puts_back_what_it_has_written() -> None:
    sent, memory, said, full = found("""
        says(0, { ready: true }); says(1, { ready: true });
        send(1);
        const [sent] = made[0].sent;
        found.push([sent.reads.map(([at, part]) => [at, [...part]]), sent.writes, sent.pages]);
        says(0, { number: 1, done: 5, parts: [Uint8Array.of(91, 92), Uint8Array.of(93)] });
        found.push([...memory.slice(65, 69), memory[82], memory[16]], said);
        const rooms = [];
        for (let number = 2; number < 14; number += 1) { rooms.push(crew.hasRoom); send(number); }
        found.push([rooms, crew.hasRoom, made.map((worker) => worker.sent.length)]);
    """)
    assert sent == [[[8, [98, 99]]], [[16, 2], [32, 1]], 1]
    assert memory == [65, 91, 92, 68, 93, 16]
    assert said == [[1, 5]]
    assert full == [[True] * 12, False, [7, 6]], "shared out evenly"


def test_all_workers_must_start_or_nobody_waits_for_any() -> None:
    assert found("""
        says(0, { ready: true });
        timers.get(10000)();
        found.push(said, made.map((worker) => worker.isOver));
    """) == [["a worker has not started"], [True, True]]
    assert found("""
        says(0, { ready: true }); says(1, { ready: true });
        found.push(timers.has(10000));
    """) == [False]


def test_one_that_fails_ends_all_and_is_told_once() -> None:
    assert found("""
        const event = { message: "out of memory", preventDefault: () => found.push("prevented") };
        made[1].onerror(event); made[0].onerror(event);
        found.push(said, made.map((worker) => worker.isOver), timers.has(10000));
    """) == ["prevented", "prevented", ["out of memory"], [True, True], False]


def test_what_comes_after_the_end_is_left_alone() -> None:
    assert found("""
        send(1);
        crew.end();
        says(0, { number: 1, done: 5, parts: [Uint8Array.of(91, 92), Uint8Array.of(93)] });
        found.push(said, memory[66], made.map((worker) => worker.isOver));
    """) == [[], 66, [True, True]]
