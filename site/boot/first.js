/*
 * What the page shows before Python: the first picture of the experiment that the link asks for, if
 * the build has made one, in the chosen theme.
 *
 * It stands inside the page, behind the safety net and in one script with it.
 */
(() => {
  "use strict";
  const root = document.documentElement;
  const element = (id) => document.getElementById(id);

  /** What this browser keeps under `key`, if it keeps anything. */
  function stored(key) {
    try {
      return localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  }

  /**
   * Show the first picture that the build has made for this link, and hide what it hides.
   *
   * The link is only looked up, as it stands, in the build's table. Where it is not found, because
   * it asks for anything else or says a thing twice, the page shows where its parts will be.
   */
  function showFirst(link) {
    const table = JSON.parse(element("first-pictures").textContent);
    const { usual, hideable, experiments } = table;
    if (root.dataset.view === "wine") Object.assign(root.dataset, table.lab);
    const pairs = link.split("&").filter((pair) => pair.includes("="));
    const away = pairs.filter((pair) => hideable.includes(pair));
    for (const tab of document.querySelectorAll('[role="tab"]')) {
      tab.setAttribute("aria-selected", String(tab.dataset.value === root.dataset.view));
    }
    const told = pairs.filter((pair) => !away.includes(pair));
    const once = new Set(told.map((pair) => pair.split("=")[0])).size === told.length;
    const says = told.some((pair) => pair.startsWith("view="))
      ? told
      : told.filter((pair) => !usual.includes(pair));
    const key = says.sort().join("&");
    if (once && Object.hasOwn(experiments, key)) {
      fill(experiments[key]);
      delete root.dataset.first;
    }
    for (const node of document.querySelectorAll("[data-hides]")) {
      node.hidden ||= away.includes(`${node.dataset.hides}_hide=true`);
    }
  }

  /** Put an experiment of the build's table into the page, where it differs from the default. */
  function fill({ fields = {}, texts = {}, parts = {}, hidden = {}, width }) {
    for (const node of document.querySelectorAll("[name]")) {
      const value = Object.hasOwn(fields, node.name) ? fields[node.name] : null;
      if (value === null) continue;
      if (node.type === "radio") node.checked = node.value === value;
      else if (node.type === "checkbox") node.checked = value === "true";
      else node.value = value;
    }
    for (const [id, words] of Object.entries(texts)) element(id).textContent = words;
    for (const [id, template] of Object.entries(parts)) {
      element(`first-${id}`).replaceChildren(element(template).content);
    }
    for (const [id, away] of Object.entries(hidden)) element(id).hidden = away;
    if (width) element("network").style.minWidth = width;
  }

  const link = location.hash.slice(1);
  if (link) root.dataset.first = "no"; // perhaps another experiment than the one in the page
  if (/^w1[a-z2-7]{4}|(^|&)view=wine(&|$)/i.test(link)) root.dataset.view = "wine"; // its frame is there at once
  const theme = stored("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (nncoreBoot.framed) root.dataset.framed = ""; // it scrolls in a box of its own
  root.dataset.parsed = "no"; // small screens show their parts in another order than the text has
  const parsed = () => {
    try {
      // A page that is left or stopped half-way has not got its table.
      if (link && element("first-pictures")) showFirst(link);
    } finally {
      delete root.dataset.parsed;
    }
  };
  document.addEventListener("readystatechange", parsed, { once: true });
})();
