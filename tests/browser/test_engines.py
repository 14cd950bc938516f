"""The same link shows the same experiment in all three editions, in Firefox and in WebKit too.

What is expected is computed here by the page's own Python, under CPython. Chromium is tested by
all other files. Where an engine is missing on this machine, its tests are skipped and say so.
What needs no start of its own goes on in the page that is there.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from harness import MADE_ANEW, WHOLE_PICTURE
from harness_server import SiteServer
from test_links import DROP, SETTINGS

from explorer.export import saved_network
from explorer.learning.experiment import Experiment
from explorer.session.session import Session
from explorer.settings import link
from tools.drivers import Engine, Firefox, WebKit

LINK = "dataset=xor&networkShape=3,2&seed=0.5&learningRate=0.1&noise=10"
EPOCHS = 3
ROOT = "document.documentElement.dataset"
FAILED = "document.getElementById('boot-failure-details').textContent"
STATE = f"arguments[arguments.length - 1]({{...{ROOT}}})"
LESSON = "/lesson.html"
COURSE = Path(__file__).parents[1] / "notebooks" / "functional.ipynb"
CELLS = 8  # of the Wine lesson in the page in one file, with code
LEFT = {Firefox: 4, WebKit: 1}  # starts that are left
SHOW = f"""
const [text, done] = arguments;
history.replaceState(null, "", "#another");
addEventListener("hashchange", () => {{
  document.getElementById("reset").click();
  ({WHOLE_PICTURE})().then(done);
}}, {{once: true}});
location.hash = text;"""


@pytest.fixture(scope="module")
def server(dist: Path) -> Iterator[SiteServer]:
    with SiteServer(dist, headers={"Access-Control-Allow-Origin": "*"}) as server:
        yield server


@pytest.fixture(scope="module")
def losses() -> list[float]:
    """The losses of training and test rows after some epochs."""
    experiment = Experiment(link.decode(LINK)[0])
    for _ in range(EPOCHS):
        experiment.step()
    return losses_of(experiment)


def opened(engine: Engine, address: str) -> None:
    engine.open("about:blank")  # a link that differs behind the # only would load nothing
    engine.open(address)
    assert engine.wait(f"{ROOT}.state !== 'booting' && {ROOT}.state") == "ready", engine.run(
        f"arguments[0]({FAILED})"
    )


def show(engine: Engine, server: SiteServer, text: str) -> None:
    """Open a link in the page that is there, from epoch 0; only where none is, open that."""
    place, state = engine.run(f"arguments[0]([location.href.split(/[?#]/)[0], {ROOT}.state])")
    if (place, state) == (server.url, "ready"):
        engine.run(SHOW, text)
    else:
        opened(engine, f"{server.url}#{text}")


def seen(engine: Engine) -> list[float]:
    state = engine.run(STATE)
    return [float(state["lossTrain"]), float(state["lossTest"])]


def stepped(engine: Engine) -> list[float]:
    for epoch in range(1, EPOCHS + 1):
        engine.run("document.getElementById('step').click(); arguments[0]()")
        engine.wait(f"{ROOT}.epoch === '{epoch}'")
    return seen(engine)


def by_hand() -> Session:
    """A network with two weights set by hand, one of them held fixed."""
    session = Session(lambda: "0.5")
    session.open(link.encode(SETTINGS))
    session.set_param(2, 1.5, settled=True)
    session.set_param(9, -0.75, settled=True)
    session.freeze(2, held=True)
    return session


def trained(session: Session, epochs: int = EPOCHS) -> Experiment:
    for _ in range(epochs):
        session.experiment.step()
    return session.experiment


def losses_of(experiment: Experiment) -> list[float]:
    return [experiment.shown.loss_train, experiment.shown.loss_test]


def test_the_site(engine: Engine, server: SiteServer, losses: list[float]) -> None:
    opened(engine, f"{server.url}?snapshot=now#{LINK}")
    assert engine.run(STATE)["start"] == "snapshot"
    np.testing.assert_allclose(stepped(engine), losses, rtol=1e-9)
    engine.run("location.hash = '#view=wine&speed=fast'; arguments[0]()")
    # Firefox runs a driver's script even while Python, which fetches a module, keeps all waiting.
    engine.wait(f"{ROOT}.view === 'wine' && {ROOT}.working === 'false'")
    engine.run("document.getElementById('run').click(); arguments[0]()")
    engine.wait(f"{ROOT}.epoch === '20' && {ROOT}.playing === 'false'")
    assert engine.run(STATE)["accuracyTrain"] == "1.0"


def test_a_press_counts_whose_element_is_made_anew_meanwhile(
    engine: Engine, server: SiteServer
) -> None:
    show(engine, server, LINK)
    kind = '[data-action="remove-neuron"][data-value="1"]'
    remove = f"document.querySelector('{kind}')"
    make_anew = f"({MADE_ANEW})(['{kind}', 2]).then(arguments[0])"
    box = engine.run(f"arguments[0]({remove}.getBoundingClientRect().toJSON())")
    x, y = (int(box[side] + box[size] / 2) for side, size in (("x", "width"), ("y", "height")))
    engine.act("pointer", {"type": "pointerMove", "x": x, "y": y})
    engine.act("pointer", {"type": "pointerDown", "button": 0})
    engine.run(make_anew)
    engine.act("pointer", {"type": "pointerUp", "button": 0})
    engine.wait("location.hash.includes('networkShape=2,3&')")

    engine.run(f"{remove}.focus(); arguments[0]()")
    engine.act("key", {"type": "keyDown", "value": " "})
    engine.run(make_anew)
    engine.act("key", {"type": "keyUp", "value": " "})
    engine.wait("location.hash.includes('networkShape=1,4&')")


def test_weights_in_a_link(engine: Engine, server: SiteServer) -> None:
    for encode in (link.encode_short, link.encode):
        session = by_hand()
        show(engine, server, encode(session.current))
        np.testing.assert_allclose(seen(engine), losses_of(session.experiment), rtol=1e-12)
        np.testing.assert_allclose(stepped(engine), losses_of(trained(session)), rtol=1e-9)


@pytest.mark.parametrize("kind", ["npz", "json"])
def test_a_dropped_network(engine: Engine, server: SiteServer, kind: str) -> None:
    there = trained(by_hand(), 5)
    content = (
        saved_network.as_npz(there) if kind == "npz" else saved_network.as_json(there).encode()
    )
    show(engine, server, "")
    engine.run(DROP, base64.b64encode(content).decode(), f"net.{kind}")
    engine.wait(f"{ROOT}.epoch === '5' && {ROOT}.working === 'false'")
    np.testing.assert_allclose(seen(engine), losses_of(there), rtol=1e-12)
    told = engine.run("arguments[0](location.hash)")
    assert link.decode(told) == (there.settings, [])


def test_harmed_links(engine: Engine, server: SiteServer) -> None:
    """Each engine writes `®`, spaces, brackets and quotation marks into a hash in its own way."""
    text = link.encode(SETTINGS)
    for harmed in (text.replace("&reg", "®"), text[:60] + "\n> " + text[60:] + "”).", f"{text}>"):
        show(engine, server, "")
        show(engine, server, harmed)
        np.testing.assert_allclose(seen(engine), losses_of(Experiment(SETTINGS)), rtol=1e-12)
        told = engine.run("arguments[0](location.hash)")
        assert link.decode(told) == (SETTINGS, [])


def run_notebook(engine: Engine, cells: int) -> list[str]:
    """Open the notebook and run all of it; return what its cells show when so many have run."""
    engine.run("document.getElementById('tab-notebook').click(); arguments[0]()")
    engine.wait(f"{ROOT}.notebook === 'idle'")
    engine.run("document.querySelector('[data-action=nb-run-all]').click(); arguments[0]()")
    engine.wait(f"{ROOT}.cellsRun === '{cells}'")
    assert engine.run(STATE)["cellsFailed"] == "0"
    shown = "[...document.querySelectorAll('.nb-outputs')].map((node) => node.textContent)"
    return engine.run(f"arguments[0]({shown})")


def test_the_notebook(engine: Engine, server: SiteServer) -> None:
    """A notebook as courses write it, and then a cell that does not end."""
    course = json.loads(COURSE.read_text("utf-8"))["cells"]
    cells = [*course, {"cell_type": "code", "source": "while True: pass"}]
    kept = {"notebooks": '["own"]', "notebook:own": json.dumps({"nbformat": 4, "cells": cells})}
    show(engine, server, "")
    engine.run(f"Object.assign(localStorage, {json.dumps(kept)}); arguments[0]()")
    shown = run_notebook(engine, sum(cell["cell_type"] == "code" for cell in course))
    for cell, text in zip(course, shown, strict=False):
        for wanted in cell["metadata"].get("tests", {}).get("shows", ()):
            assert wanted in text
    engine.wait(f"document.querySelectorAll('.nb-cell')[{len(course)}].dataset.run === 'running'")
    engine.run("document.querySelector('[data-action=nb-stop]').click(); arguments[0]()")
    last = f"document.querySelectorAll('.nb-outputs')[{len(course)}].textContent"
    engine.wait(f"{last}.includes('Stopped.')")
    engine.run("localStorage.clear(); arguments[0]()")


def test_a_tab_that_comes_back_goes_on(
    engine: Engine, server: SiteServer, losses: list[float]
) -> None:
    """As "back" brings it, from the browser's memory where it keeps pages, or anew."""
    harmed = LINK.replace("&seed", "&amp;seed") + ">"
    opened(engine, f"{server.url}#{harmed}")
    server.files["/elsewhere.html"] = b"<!doctype html><title>elsewhere</title>"
    engine.open(f"{server.origin}/elsewhere.html")
    engine.run("history.back(); arguments[arguments.length - 1]()")
    engine.wait(f"document.title !== 'elsewhere' && {ROOT}.state === 'ready'")
    np.testing.assert_allclose(stepped(engine), losses, rtol=1e-9)


def test_a_start_that_was_left_does_not_hold_up_the_next(
    engine: Engine, server: SiteServer
) -> None:
    """Firefox 153 may never finish to compile a stream that the page itself unpacks, where the
    page before was left while it did so: a third of such starts waited for ever."""
    for _ in range(LEFT[type(engine)]):
        engine.open(server.url)
        opened(engine, server.url)


TRACE_OF_PYTHON = """nncoreBoot.python.then((python) => arguments[0](python.runPython(`
from js import JSON
from pyodide.ffi import JsException
try:
    JSON.parse("{")
except JsException as error:
    trace = error.stack
trace`)))"""
TRACE_OF_MODULE = """import("https://playground.invalid/boot/bytes.mjs")
  .then((bytes) => bytes.load("nothing")).catch((error) => arguments[0](error.stack))"""


def test_the_one_file(engine: Engine, dist: Path, losses: list[float]) -> None:
    opened(engine, f"{(dist / 'playground.html').as_uri()}#{LINK}")
    np.testing.assert_allclose(stepped(engine), losses, rtol=1e-9)
    # Pyodide reads every line; one that holds a module's whole text takes it seconds in Firefox.
    for trace in (engine.run(TRACE_OF_PYTHON), engine.run(TRACE_OF_MODULE)):
        assert max(map(len, trace.splitlines())) < 1000, trace  # WebKit cuts addresses
    shown = run_notebook(engine, CELLS)
    assert any("Epoch 20/20" in text for text in shown)
    assert "(178, 2)" in shown


def test_a_course_page_of_another_site(
    engine: Engine, server: SiteServer, losses: list[float]
) -> None:
    server.files[LESSON] = f"""<!doctype html><script src="{server.url}embed.js"></script>
      <nn-playground id="net" link="{LINK}" height="700"></nn-playground><script>
      window.events = [];
      for (const kind of ["ready", "epoch", "failed"])
        net.addEventListener(kind, ({{detail}}) => events.push({{kind, ...detail}}));
      </script>""".encode()
    engine.open("about:blank")
    engine.open(server.origin.replace("127.0.0.1", "localhost") + LESSON)
    engine.wait("events.some((e) => e.kind === 'ready')")
    for epoch in range(1, EPOCHS + 1):
        engine.run("net.step(); arguments[0]()")
        engine.wait(f"events.some((e) => e.epoch === {epoch})")
    last = engine.run("arguments[0](events.at(-1))")
    np.testing.assert_allclose([last["lossTrain"], last["lossTest"]], losses, rtol=1e-9)
