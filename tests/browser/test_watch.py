"""An open page under `build.py serve --watch` loads anew after a build, within its policy."""

import threading
from pathlib import Path

from harness import BOOT_TIMEOUT_MS
from harness_log import PageLog
from playwright.sync_api import Browser

from tools import watch
from tools.serve import make_server


def test_the_open_page_loads_anew_after_a_build(dist: Path, beginner: Browser) -> None:
    builds = watch.Builds()
    with make_server(dist, 0, watch.watched(builds)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        origin, log = f"http://127.0.0.1:{server.server_port}", PageLog()
        log.allow(f"{watch.CHANGES}.*ERR_ABORTED")  # the page that listened is gone
        context = beginner.new_context()
        log.watch(context, [origin])
        page = context.new_page()
        page.goto(f"{origin}/", wait_until="commit")
        ready = page.locator('html[data-state="ready"]')
        ready.wait_for(state="attached", timeout=BOOT_TIMEOUT_MS)
        page.evaluate("document.documentElement.dataset.mark = 'before the build'")
        builds.next()
        page.locator("html:not([data-mark])").wait_for(state="attached")
        ready.wait_for(state="attached", timeout=BOOT_TIMEOUT_MS)
        faults = log.faults()
        context.close()
        server.shutdown()
    assert faults == []
