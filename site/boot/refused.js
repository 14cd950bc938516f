/*
 * Where a host refuses its own files, the frame goes by itself to the page in one file.
 *
 * A sandboxed frame counts as another site than the host that it comes from. Unless that host
 * sends `Access-Control-Allow-Origin`, no module and no data can be had there, and no answer can
 * be looked into, so not even what is missing can be told. `whole.html` may hold a frame: it tries
 * `playground.html`, and comes back with `?whole=missing` if that is not there either.
 */
(() => {
  "use strict";
  const REFUSALS = ["script", "offline"]; // what a refused file looks like from here
  const boot = globalThis.nncoreBoot;
  const { policy, code } = document.currentScript.dataset;
  const asked = new URLSearchParams(location.search);
  const opaque = self.origin === "null" && location.protocol.startsWith("http");

  /** Open another page of this folder in place of this one, with the same link. */
  function go(page, without) {
    boot.leaving = true;
    const address = new URL(page, location.href);
    if (without) asked.delete(without);
    address.search = asked.toString();
    address.hash = location.hash;
    location.replace(address);
  }

  /** Whether a failure is answered by going elsewhere: then nothing is to be shown here. */
  boot.leave = (cause) => {
    if (!(policy && opaque && REFUSALS.includes(cause)) || boot.answered) return false;
    boot.whenParsed(async () => {
      await boot.whenWanted();
      go("whole.html", "start"); // the press, if one was waited for, has been
    });
    return true;
  };

  if (asked.has("probe")) parent.postMessage({ nncore: 1, event: "here" }, "*");
  else if (opaque && code) go("embed.html"); // this edition's policy knows its own origin only
  else if (opaque && asked.has("whole")) boot.fail(new Error(location.href), "refused");
})();
