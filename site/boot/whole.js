/*
 * The way to the page in one file, for frames whose host refuses all other files.
 *
 * Whether `playground.html` is there can be asked in one way only: open it in a frame and wait for
 * its first script to say so. Then this page becomes that one; otherwise it goes back to
 * `embed.html`, which names the cause and the remedy. See `refused.js`.
 */
(() => {
  "use strict";
  const PATIENCE_MS = 40_000;

  function go(page, fault) {
    const address = new URL(place(page));
    address.search = location.search;
    if (fault) address.searchParams.set("whole", fault);
    address.hash = location.hash;
    location.replace(address);
  }

  const place = (page) => new URL(page, location.href).href.split(/[?#]/)[0];
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = `frame-src ${place("playground.html").replace(/[;,]/g, encodeURIComponent)}`;
  document.head.append(policy);

  const frame = document.createElement("iframe");
  const missing = () => go("embed.html", "missing");
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow || data?.nncore !== 1 || data.event !== "here") return;
    frame.remove(); // the little that has come of it is let go
    go("playground.html");
  });
  frame.hidden = true;
  frame.src = `${place("playground.html")}?probe=1`;
  frame.onload = missing; // all of it has come, and nothing in it has spoken
  setTimeout(missing, PATIENCE_MS);
  document.body.append(frame);
})();
