/*
 * What must hold before anything else happens: the page's policy, and a language that works.
 */
(() => {
  "use strict";
  const { policy } = document.currentScript.dataset;
  const here = new URL(".", location.href).href.replace(/[;,]/g, encodeURIComponent);

  /** Put the policy in force that names this page's own folder (see `for_frame` in the build). */
  function narrowPolicy(text) {
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = text.replaceAll("{here}", here);
    document.head.append(meta);
  }

  /** Some systems name a language (such as "c") with which the chart library cannot start. */
  function ensureLanguage() {
    try {
      new Intl.NumberFormat(navigator.language);
    } catch {
      Object.defineProperty(navigator, "language", { value: "en" });
    }
  }

  if (policy) narrowPolicy(policy);
  ensureLanguage();
})();
