"""A course page around the playground: where it lies, and what its frames tell it."""

from playwright.sync_api import FrameLocator, Page

READY_MS = 60_000
SHARED = {"Access-Control-Allow-Origin": "*"}  # as public hosts send it
COURSE = "/lesson.html"
NEIGHBOUR = "/neighbour.html"
NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage", "indexedDB"])
  Object.defineProperty(window, name, {get() { throw new DOMException("no", "SecurityError"); }});
"""
# A platform that keeps what it is told, and says so: `Begin` opens the unit.
PLATFORM = """<script src="/scorm12.js"></script><button>Begin</button><output></output><script>
const kept = localStorage.getItem("cmi");
window.API = new Scorm12API({autocommit: false, logLevel: 5});
if (kept) API.loadFromJSON(JSON.parse(kept), "cmi");
for (const moment of ["LMSCommit", "LMSFinish"]) API.on(moment, () => {
  localStorage.setItem("cmi", JSON.stringify(API.cmi));
  const {lesson_status, score} = API.cmi.core;
  document.querySelector("output").textContent =
    `${lesson_status}, ${score.raw}; ${API.cmi.suspend_data ? "kept" : "nothing kept"}`;
});
document.querySelector("button").onclick = () => document.body.insertAdjacentHTML("beforeend",
  '<iframe title="Unit" src="/unit/index.html" width="1180" height="820"></iframe>');
</script>"""
LISTEN = """<script>window.events = [];
for (const node of document.querySelectorAll("nn-playground"))
  for (const kind of ["ready", "epoch", "changed", "failed"])
    node.addEventListener(kind, ({detail}) => events.push({id: node.id, kind, ...detail}));
addEventListener("message", ({data, origin}) => window.events.push({origin, ...data}));
</script>"""


def ready(frame: FrameLocator) -> None:
    frame.locator('html[data-state="ready"]').wait_for(timeout=READY_MS, state="attached")


def seen(page: Page, kind: str, identity: str | None = None) -> list[dict]:
    """The events of this kind so far."""
    events = page.evaluate("window.events")
    return [e for e in events if e.get("kind") == kind and identity in (None, e["id"])]


def wait_event(page: Page, condition: str) -> None:
    """Wait until an event fits: a JavaScript condition on `e`."""
    page.evaluate(
        f"""() => new Promise((resolve) => {{
          const found = () => (window.events ?? []).some((e) => {condition});
          const look = () => found() ? resolve() : setTimeout(look, 20);
          look();
        }})"""
    )
