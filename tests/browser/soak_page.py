"""The soak test's hands in the page: soak.js, and a few lines of Python beside the page's own.

The Python looks at the application as it is, and in a replay takes the training steps that were
taken before; it changes nothing else.
"""

import json
from pathlib import Path
from typing import Any

from harness import state
from playwright.sync_api import Page

TEXTS = {
    "seed": ["0.5", "0.12345", "7", "a word"],
    "batch_size": ["1", "8", "16", "30", "200"],
    "epochs-field": ["5", "20", "50", "∞"],
    "schedule_epochs": ["10", "100"],
    "stop_epoch": ["0", "0", "30", "200"],
    "stop_loss": ["0", "0", "0.1"],
    "unit_x": ["1", "2", "3"],
    "unit_y": ["1", "2", "3"],
    "formula": ["", "x1 * x2", "sin(3 * x1)", "x1 +"],
    "own-text": ["a,b,kind\n" + "".join(f"{k % 7},{k * k % 11},k{k % 2}\n" for k in range(30))],
}
# WebAssembly's memory grows by a fifth at a time and never shrinks; when its peak comes is chance
# (how much undo holds while the widest network is open). So room for that is taken beforehand.
RESERVE = 160 * 2**20
PYTHON = '''
def soak_functions(js):
    import functools, gc, hashlib, json
    from collections import Counter
    from explorer.settings import link
    from pyodide.ffi import create_proxy

    def digest(*values):
        """A short hash of arrays and of what prints."""
        whole = hashlib.sha256()
        for value in values:
            whole.update(value.tobytes() if hasattr(value, "tobytes") else repr(value).encode())
        return whole.hexdigest()[:16]

    def stream(rng):
        return digest(rng.bit_generator.state if hasattr(rng, "bit_generator") else vars(rng))

    def place(e):
        return {
            "epoch": e.epoch, "batch": e.batch, "measuring": e.measuring is not None,
            "diverged": e.diverged_at,
            "losses": [repr(e.shown.loss_train), repr(e.shown.loss_test)],
            "params": digest(e.params), "stream": stream(e.rng),
        }

    def runs():
        found = app.stage.lab.runs
        return 0 if found is None else len(found.runs)

    def mark():
        """Where the page stands, as JSON."""
        undo = app.session.undo
        return json.dumps({
            **place(app.experiment), "link": str(js.location.hash), "view": app.session.view,
            "undo": [len(undo.past), len(undo.future)], "rows": sorted(app.stage.lab.look.selected),
            "playing": app.player.playing or app.loop.ends, "runs": runs(),
        })

    def advance(text):
        """Takes the training steps that were taken before this mark; gives how many."""
        e, target = app.experiment, json.loads(text)
        wanted = {name: target[name] for name in place(e)}
        steps = tried = 0
        while e.epoch < wanted["epoch"] or e.batch < wanted["batch"] or place(e) != wanted:
            if e.epoch < wanted["epoch"]:
                e.step()
            elif e.epoch == wanted["epoch"] and e.batch < wanted["batch"]:
                e.work(1)
            elif e.measuring is not None and not wanted["measuring"]:
                e.finish_measuring()
            elif wanted["diverged"] is None or tried == 5:
                break  # the caller will see what differs
            else:  # training was tried again, and blew up again
                tried += 1
                again = e.step if wanted["diverged"] > wanted["epoch"] else lambda: e.work(1)
                e.diverged_at = None
                while e.diverged_at is None and e.epoch <= wanted["diverged"]:
                    again()
            steps += 1
        app.stale |= steps > 0
        return steps

    def hold(playing):
        """Makes the player one that runs, or one that does not, without having it train."""
        app.player.frame = lambda *_: 0
        app.player.play() if playing else app.player.pause()

    def release():
        """Has the player train again."""
        vars(app.player).pop("frame", None)

    def whole():
        """All that a replay must arrive at."""
        found = json.loads(mark())
        del found["runs"]
        for view, e in app.session.experiments.items():
            records = e.history.records
            found[view] = {
                **place(e), "settings": link.encode(e.settings), "frozen": digest(e.frozen),
                "history": digest(*((r.epoch, r.loss_train, r.loss_test) for r in records)),
                "records": len(records), "marks": e.history.marks,
            }
        return json.dumps(found)

    def objects():
        """How many objects of our own types are alive, and what Python holds of JavaScript."""
        gc.collect()
        counts = Counter(
            type(each).__name__ for each in gc.get_objects()
            if str(type(each).__module__).split(".")[0] in ("explorer", "nncore")
        )
        return json.dumps(counts)

    def empty():
        """Empties the caches that have a bound: how full they are is chance."""
        for each in gc.get_objects():
            if isinstance(each, functools._lru_cache_wrapper) and each.cache_info().maxsize:
                each.cache_clear()
        app.session.engine._modules.clear()

    def reserve(size):
        """Takes so many bytes and gives them back."""
        bytearray(size)

    for function in (reserve, empty, mark, advance, hold, release, runs, whole, objects):
        setattr(js, "soak" + function.__name__.capitalize(), create_proxy(function))
import js
soak_functions(js)
del soak_functions, js
'''


def install(page: Page) -> None:
    """Make a page that is ready able to soak."""
    page.evaluate(Path(__file__).with_name("soak.js").read_text(encoding="utf-8"))
    page.evaluate("texts => { soak.texts = texts }", TEXTS)
    page.evaluate("async code => { (await nncoreBoot.python).runPython(code) }", PYTHON)
    page.evaluate("size => soakReserve(size)", RESERVE)


def live(page: Page, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Do these actions; the steps that were done."""
    return page.evaluate("actions => soak.live(actions)", actions)


def replay(page: Page, steps: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Do these steps again; None, or the first one that began from another state."""
    return page.evaluate("steps => soak.replay(steps)", steps)


def whole_state(page: Page) -> dict[str, Any]:
    """What a replay has to arrive at: settings, losses, parameters, histories."""
    published = {k: v for k, v in state(page).items() if k.startswith(("loss", "accuracy"))}
    return {**json.loads(page.evaluate("() => soakWhole()")), "published": published}
