/*
 * The safety net of the start: whatever goes wrong before Python is there ends in a failure.
 *
 * The scripts named in `INSIDE` (tools/bundle.py) stand inside the page itself, so no lost file can
 * take them away. A watchdog counts the seconds without progress; it counts its own ticks, so that
 * a sleeping computer or a busy processor is not mistaken for a lost connection.
 */
(() => {
  "use strict";
  const PATIENCE_SECONDS = 40;
  const boot = globalThis.nncoreBoot;
  const root = document.documentElement;
  const ending = new AbortController(); // takes away what listens to the start only
  const asked = Number(new URLSearchParams(location.search).get("boot-patience"));
  const patience = asked >= 1 && asked <= 600 ? asked : PATIENCE_SECONDS;

  /** The start is over: Python is there, or it has failed. */
  function end() {
    boot.over = true;
    clearInterval(watchdog);
    ending.abort();
  }

  function onError(event) {
    const target = event.target;
    if (target instanceof HTMLScriptElement || target?.rel === "stylesheet") {
      const file = target.src || target.href;
      boot.fail(Object.assign(new Error(file), { bootFile: file.split("/").pop() }), "script");
    } else if (event.error) {
      boot.fail(event.error);
    }
  }

  function onRejection(event) {
    event.preventDefault(); // after a failure its consequences are not worth reporting
    boot.fail(event.reason);
  }

  function onTick() {
    if (boot.course.held) return;
    boot.course.quietTicks += 1;
    if (boot.course.quietTicks < patience) return;
    const cause = boot.course.allFetched ? "stuck" : "stalled";
    boot.fail(new Error(`no progress for ${patience} s in the stage "${boot.course.stage}"`), cause);
  }

  function onState() {
    if (root.dataset.state !== "ready") return;
    end();
    performance.mark("boot:ready");
    observer.disconnect();
    removeEventListener("unhandledrejection", onRejection);
    document.getElementById("boot").hidden = true;
    const failure = document.getElementById("boot-failure");
    failure.hidden = true; // Python was only slower than the watchdog's patience
  }

  const watchdog = setInterval(onTick, 1000);
  const observer = new MutationObserver(onState);
  observer.observe(root, { attributeFilter: ["data-state"] });
  addEventListener("error", onError, { capture: true, signal: ending.signal });
  addEventListener("unhandledrejection", onRejection);
  Object.assign(boot, { end, patience, over: false, ending: ending.signal });
})();
