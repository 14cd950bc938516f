"""The playground in other people's pages: sandboxed, from another site, two at once, attacked.

The course page lies on `localhost` and the playground on `127.0.0.1`, which browsers take for
two sites. Nothing of the frame's large files may be fetched before the reader gets to it.
"""

import re
from collections.abc import Callable
from pathlib import Path

from harness_course import COURSE, LISTEN, NEIGHBOUR, NO_STORAGE, ready, seen, wait_event
from harness_log import PageLog
from harness_server import PREFIX, SiteServer
from playwright.sync_api import Frame, Page, expect
from test_start import SHIFTS

Open = Callable[..., tuple[Page, SiteServer]]


def test_two_elements_on_a_page_of_another_site(
    open_course: Open, axe: Callable[[Frame], list]
) -> None:
    page, server = open_course(
        f"""<script src="HEREembed.js"></script>
        <nn-playground id="one" height="640" title="First try" hide="seed, noise"></nn-playground>
        <p style="height: 6000px"></p>
        <nn-playground id="two" link="HERE#dataset=xor&networkShape=3&seed=0.5"></nn-playground>
        {LISTEN}"""
    )
    one, two = (page.frame_locator(f"#{name} iframe") for name in ("one", "two"))
    frame = page.locator("#one iframe")
    assert frame.get_attribute("sandbox") == "allow-scripts allow-downloads"
    assert frame.get_attribute("title") == "First try"
    assert frame.bounding_box()["height"] == 640
    ready(one)
    assert page.frames[1].evaluate(SHIFTS) == []
    assert axe(page.frames[1]) == []
    expect(one.locator('[data-hides="noise"]').first).to_be_hidden()
    expect(one.locator("#run")).to_be_visible()
    assert server.count("embed.html") == 1, "the second frame is far away"

    page.evaluate("two.set({noise: 999, learningRate: 'quick'}); two.step();")
    page.evaluate("two.scrollIntoView()")
    ready(two)
    wait_event(page, "e.kind === 'epoch' && e.id === 'two' && e.epoch === 1")
    [changed] = seen(page, "changed", "two")
    assert "noise=50&" in changed["link"]
    assert "dataset=xor&" in changed["link"]
    assert changed["refused"] == ["learningRate must be a number; got 'quick'"]
    [first_ready] = seen(page, "ready", "one")
    assert "noise=0&" in first_ready["link"]

    page.evaluate("one.scrollIntoView(); one.play()")
    wait_event(page, "e.kind === 'epoch' && e.id === 'one' && e.epoch > 3 && e.playing")
    page.evaluate("one.pause()")
    wait_event(page, "e.kind === 'epoch' && e.id === 'one' && !e.playing")
    assert seen(page, "epoch", "one")[-1]["lossTrain"] < 0.5
    assert [e["epoch"] for e in seen(page, "epoch", "two")][-1] == 1
    assert seen(page, "failed") == []
    assert server.count("playground.html") == 0, "the host lets other sites read its files"


def test_a_plain_frame_loads_nothing_large_until_it_is_reached(open_course: Open) -> None:
    page, server = open_course(
        """<p style="height: 5000px"></p>
        <iframe sandbox="allow-scripts allow-downloads" width="1000" height="800"
         src="HEREembed.html"></iframe>"""
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator("html[data-stage], html")).to_have_attribute("data-state", "booting")
    expect(frame.locator("#network .first").first).to_be_attached()
    page.frames[1].wait_for_load_state("load")
    assert server.count("*.bin") == server.count("pyodide*") == 0
    page.locator("iframe").scroll_into_view_if_needed()
    ready(frame)
    asked = [path for path in list(server.requests) if path.endswith(".bin")]
    assert len([path for path in asked if "_later.zip" not in path]) == 5
    assert server.count("playground.html") == 0


def test_on_a_fast_line_a_frame_starts_from_the_snapshot(open_course: Open) -> None:
    """It cannot keep it, and so does not fetch it again either."""
    page, server = open_course(
        """<iframe sandbox="allow-scripts allow-downloads" width="1000" height="800"
         src="HEREembed.html?snapshot=now"></iframe>"""
    )
    frame = page.frame_locator("iframe")
    ready(frame)
    expect(frame.locator("html")).to_have_attribute("data-start", "snapshot")
    kept = frame.locator("html[data-snapshot]")
    expect(kept).to_have_attribute("data-snapshot", "missing", timeout=60_000)
    assert server.count("python.snapshot*") == 1


def test_a_frame_can_speak_to_its_own_folder_only(open_course: Open, page_log: PageLog) -> None:
    page_log.allow("Content Security Policy|^request failed|^foreign request|status 404")
    page, server = open_course(
        """<iframe sandbox="allow-scripts" width="1000" height="800"
         src="HEREembed.html?start=press"></iframe>"""
    )
    page.frame_locator("iframe").locator("#boot-stage").wait_for()
    blocked = page.frames[1].evaluate(
        """async (addresses) => {
          const blocked = [];
          addEventListener("securitypolicyviolation", (e) => blocked.push(e.blockedURI));
          for (const address of addresses) await fetch(address).catch(() => {});
          await new Promise((resolve) => setTimeout(resolve));
          return [...new Set(blocked)];
        }""",
        [f"{server.origin}/elsewhere", page.url, f"{server.url}SHA256SUMS"],
    )
    assert blocked == [f"{server.origin}/elsewhere", page.url]


def test_a_frame_that_waits_to_be_pressed(open_course: Open) -> None:
    page, server = open_course(
        """<iframe sandbox="allow-scripts" width="1100" height="850"
         src="HEREembed.html?start=press"></iframe>"""
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator("#boot-stage")).to_have_text("Press anywhere to start Python")
    expect(frame.locator("#output .first").first).to_be_visible()
    assert server.count("*.bin") == 0
    frame.locator("#run").click()
    expect(frame.locator("html")).to_have_attribute("data-playing", "true")
    ready(frame)
    expect(frame.locator("#epoch")).not_to_have_text("000,000")


def test_frames_show_the_first_picture_of_their_preset(open_course: Open) -> None:
    page, server = open_course(
        """<nn-playground start="press" hide="seed" link="HERE#dataset=spiral"></nn-playground>
        <script src="HEREembed.js"></script><iframe width="1180" height="850"
         src="HEREembed.html?start=press#dataset=spiral&seed_hide=true"></iframe>"""
    )
    for place in ("nn-playground iframe", "body > iframe"):
        frame = page.frame_locator(place)
        expect(frame.get_by_role("radio", name="Spiral", exact=True)).to_be_checked()
        expect(frame.locator("#first-points use").first).to_be_visible()
        expect(frame.locator('[data-hides="seed"]').first).to_be_hidden()
        expect(frame.locator("#loss-train")).not_to_have_text("0.502")  # that is the default's
    assert server.count("*.bin") == 0
    before = frame.locator("#loss-train").inner_text()
    frame.locator("h1").click()
    ready(frame)
    expect(frame.locator("#loss-train")).to_have_text(before)


def test_without_storage(open_course: Open, axe: Callable[[Frame], list]) -> None:
    """A frame that is not sandboxed, in a browser that keeps nothing for other people's sites."""
    page, _ = open_course(
        '<iframe width="1100" height="850" src="HEREembed.html#view=wine"></iframe>',
        script=NO_STORAGE,
    )
    frame = page.frame_locator("iframe")
    ready(frame)
    assert axe(page.frames[1]) == []
    frame.get_by_role("button", name="Run", exact=True).click()
    expect(frame.locator("html")).to_have_attribute("data-accuracy-train", "1.0", timeout=30_000)


HOSTILE = """async () => {
  const frame = document.querySelector("#target").contentWindow;
  const cyclic = {nncore: 1, command: "play"};
  cyclic.self = cyclic;
  const inherited = Object.create({nncore: 1, command: "play"});
  const messages = [
    null, undefined, 0, NaN, "", "play", [], cyclic, inherited, new Map([["nncore", 1]]),
    {nncore: 1n, command: "play"}, {nncore: 1, command: "toString"}, new ArrayBuffer(1 << 20),
    {nncore: 1, command: "set", settings: {seed: "x".repeat(1e6)}},
    {nncore: 1, command: "set", settings: {seed: "<img src=x onerror=alert(1)>"}},
    {nncore: 1, command: "set", settings: {networkShape: "9".repeat(5000)}},
    {nncore: 1, command: "set", settings: {noise: {valueOf: 1}, batchSize: [1], x: null}},
    JSON.parse('{"nncore": 1, "command": "set", "settings": {"__proto__": {"noise": 50}}}'),
    {nncore: 1, command: "eval", settings: "import js; js.alert(1)"},
  ];
  let state = 42;
  const random = (most) => (state = (state * 1103515245 + 12345) % 2147483648) % most;
  const keys = ["nncore", "command", "settings", "view", "noise", "networkShape", "__class__"];
  const values = [() => 1, () => random(1e9), () => -random(1e9) / 7, () => "wine", () => "set",
    () => null, () => String.fromCharCode(random(65536)).repeat(random(20)), () => [1, {}],
    () => ({[keys[random(7)]]: keys[random(7)]}), () => Infinity, () => true];
  for (let i = 0; i < 300; i++) {
    const fuzz = {nncore: 1, command: ["set", "set", "pause", "sett"][random(4)]};
    for (let k = random(4); k >= 0; k--) fuzz[keys[random(7)]] = values[random(11)]();
    fuzz.settings = {};
    for (let k = random(5); k >= 0; k--) fuzz.settings[keys[random(7)]] = values[random(11)]();
    messages.push(fuzz);
  }
  for (const message of messages) frame.postMessage(message, "*");
}"""


def test_a_hostile_page_around_it(open_course: Open, dist: Path) -> None:
    """Nonsense from the page around is survived; sense from any other window is ignored."""
    page, server = open_course(
        f"""<iframe id="target" sandbox="allow-scripts" width="1100" height="700"
         src="HEREembed.html"></iframe>
        <iframe id="neighbour" src="{NEIGHBOUR}"></iframe>{LISTEN}"""
    )
    server.files[f"{NEIGHBOUR}"] = b"<!doctype html><link rel=icon href='data:,'>"
    frame = page.frame_locator("#target")
    ready(frame)
    wait_event(page, "e.event === 'ready'")
    assert page.evaluate("events.find((e) => e.event === 'ready').origin") == "null"

    page.frames[2].evaluate("parent.frames[0].postMessage({nncore: 1, command: 'step'}, '*')")
    page.evaluate("target.contentWindow.postMessage({nncore: 1, command: 'set',"
                  "settings: {noise: 35}}, '*')")  # fmt: skip
    wait_event(page, "e.event === 'changed' && /noise=35&/.test(e.link)")
    expect(frame.locator("html")).to_have_attribute("data-epoch", "0")

    page.evaluate(HOSTILE)
    page.evaluate("for (const command of ['reset', 'step']) "
                  "target.contentWindow.postMessage({nncore: 1, command}, '*')")  # fmt: skip
    wait_event(page, "e.event === 'epoch' && e.epoch === 1")
    expect(frame.locator("html")).to_have_attribute("data-state", "ready")
    assert frame.locator("img[src=x]").count() == 0
    told = page.evaluate("JSON.stringify(events)")
    assert re.search(r'"refused":\["', told)
    assert all(path.startswith((PREFIX, COURSE, NEIGHBOUR)) for path in server.requests)


def test_the_printed_examples_work(open_course: Open, root: Path) -> None:
    """The element with its button, and the plain frame with its messages, as the guide has them."""
    guide = (root / "docs" / "embedding.md").read_text("utf-8").replace("HOST/", "HERE")
    examples = re.findall(r"^```(?:html|js)\n(.*?)^```", guide, flags=re.M | re.S)
    [element] = [each for each in examples if 'id="net"' in each]
    [frame] = [each for each in examples if each.startswith("<iframe")]
    [script] = [each for each in examples if "contentWindow" in each]
    page, _ = open_course(
        f'<script src="HEREembed.js" defer></script>{frame}<script>{script}</script>{element}'
    )
    plain = page.frame_locator("body > iframe")
    ready(plain)
    expect(plain.locator("html")).to_have_attribute("data-epoch", "20", timeout=30_000)
    page.locator("#noisy").scroll_into_view_if_needed()
    net = page.frame_locator("#net iframe")
    ready(net)
    page.locator("#noisy").click()
    expect(net.locator("#noise-shown")).to_have_text("40")
    net.get_by_role("button", name="Step", exact=True).click()
    expect(page.locator("#loss")).to_have_text(re.compile(r"^0\.\d{3}$"))
