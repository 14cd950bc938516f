/**
 * What the soak test does inside the page: find something to do, do it, remember what was done.
 *
 * An action comes from Python as a kind and some draws from [0, 1). It is worked out here, where
 * one can see which controls there are, into steps that name their element, so that a replay does
 * the very same. `soakMark()` (Python, see soak_page.py) says before each step where training is.
 */
(() => {
  const TRIED = "button, select, input, [role=tab]";
  // With the notebook open, the picture that a step waits for does not come. A lesson's check goes
  // on beside the page for as long as it takes. Another choice of what a column is makes another
  // table, and the page keeps each that is used.
  const NEVER = "#explain, #shortcuts, #compare-start, #run, [readonly], [data-action=copy-details], "
    + "#tab-notebook, [data-action^=nb-], [data-action=lesson-notebook], [data-action=lesson-check], [data-own], "
    + "[data-action=own-stop]";
  // What takes keys; not the views' tabs, whose arrows lead to the notebook, too.
  const KEYED = "body, .tile, [role=tab][aria-selected=true]:not([data-action=view]), #plane, #output, "
    + "#map-picture";
  const PATIENCE = 600; // frames that a step's picture, or an element of a replay, may take
  const root = document.documentElement;
  const all = (css, where = document) => [...where.querySelectorAll(css)];
  const visible = (node) =>
    !node.disabled && node.checkVisibility({ visibilityProperty: true }) && !node.matches(NEVER);
  const pick = (list, draw) => list[Math.floor(draw * list.length)];
  const one = (css, draw, where) => pick(all(css, where).filter(visible), draw);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const frames = async (count) => {
    for (let k = 0; k < count; k += 1) await frame();
  };

  /** Seeds that the page draws depend on the action alone (mulberry32). */
  function seedDraws(number) {
    let state = number * 0x9e3779b9;
    Math.random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  // Elements by name ------------------------------------------------------------------------

  const NAMING = ["id", "name", "href", "popovertarget", "data-action", "data-value", "data-param",
    "data-unit", "data-bias", "data-input", "data-row", "data-layer", "data-hide", "data-step"];

  function nameOf(node) {
    const attributes = node.type === "radio" ? [...NAMING, "value"] : NAMING;
    const css = attributes
      .filter((name) => node.hasAttribute(name))
      .reduce((text, name) => `${text}[${name}=${JSON.stringify(node.getAttribute(name))}]`,
        node.tagName.toLowerCase());
    return [css, all(css).indexOf(node)];
  }

  function find([css, place]) {
    const node = all(css)[place];
    if (!node) throw new Error(`there is no element ${place} of ${css}`);
    return node;
  }

  // Kinds of action: each gives steps, worked out one after the other ---------------------------

  const click = (node, keys = {}) => node && { do: "click", on: nameOf(node), ...keys };
  const between = (low, high, draw) => low + Math.floor(draw * (high - low + 1));

  /** What a reader may do with this control, whatever it is. */
  function use(node, a, b) {
    if (!node) return null;
    if (node.tagName === "SELECT") {
      const options = [...node.options].filter((option) => !option.hidden && !option.disabled);
      return options.length ? { do: "put", on: nameOf(node), values: [pick(options, a).value] } : null;
    }
    if (node.type === "range") {
      const steps = Math.round((node.max - node.min) / (node.step || 1));
      const at = (draw) => String(+node.min + between(0, steps, draw) * (node.step || 1));
      return { do: "put", on: nameOf(node), values: [at(b), at((a + b) / 2), at(a)] };
    }
    if (node.type === "number") {
      return { do: "put", on: nameOf(node), values: [(4 * a - 2).toFixed(2)] };
    }
    if (node.type === "text" || node.type === "textarea") {
      const texts = soak.texts[node.name || node.id];
      return texts ? { do: "put", on: nameOf(node), values: [pick(texts, a)] } : null;
    }
    return click(node);
  }

  const KINDS = {
    *press(css, a) {
      yield click(one(css, a));
    },
    *run() {
      yield { do: "click", on: nameOf(document.querySelector("#run")) };
    },
    *change(css, a, b, c) {
      yield use(one(css, a), b, c);
    },
    *panel(identity, a, b, c) {
      const panel = document.getElementById(identity);
      if (!panel.matches(":popover-open")) yield click(one(`[popovertarget=${identity}]`, a));
      if (!panel.matches(":popover-open")) return;
      for (const details of all("details:not([open])", panel)) details.open = true;
      yield use(one(`${TRIED}, #presets a`, b, panel), c, a);
    },
    *own(_, a, b, c) {
      const dialog = document.getElementById("own-data");
      if (!dialog.matches(":popover-open")) yield click(one("[data-action=own-data]", a));
      const text = one("#own-text", b);
      if (text) yield use(text, c, a);
      if (text) yield click(one("[data-action=own-paste]", b));
      yield use(one("#own-body button", c), a, b);
    },
    *weight(_, a, b, c) {
      yield click(one("[data-unit], .bias", a));
      yield use(one("#weight-card input, #weight-card button", b), c, a);
    },
    *point(css, a, b, c, d) {
      const node = one(css, a);
      if (node) yield { do: "point", on: nameOf(node), at: [b, c], press: d < 0.3, ctrl: d < 0.1 };
    },
    *row(_, a, b) {
      yield click(one("tr[data-row]", a), { shift: b < 0.3, ctrl: b > 0.8 });
    },
    *key(text, a) {
      const keys = text.split("+");
      const node = one(KEYED, a);
      yield { do: "key", on: nameOf(node), key: keys.at(-1), ctrl: keys.includes("Control"),
        shift: keys.includes("Shift") };
    },
    *link(text) {
      yield { do: "link", text };
    },
  };

  // Steps -----------------------------------------------------------------------------------------

  function pointer(type, node, at, more) {
    const box = node.getBoundingClientRect();
    const place = { clientX: box.x + at[0] * box.width, clientY: box.y + at[1] * box.height };
    node.dispatchEvent(new PointerEvent(type,
      { bubbles: true, cancelable: true, pointerType: "mouse", detail: 1, ...place, ...more }));
  }

  const STEPS = {
    click(step) {
      const node = find(step.on);
      const keys = { shiftKey: !!step.shift, ctrlKey: !!step.ctrl };
      node.focus({ preventScroll: true });
      pointer("pointerover", node, [0.5, 0.5], keys);
      pointer("click", node, [0.5, 0.5], keys);
    },
    put(step) {
      const node = find(step.on);
      node.focus({ preventScroll: true });
      for (const value of step.values) {
        node.value = value;
        node.dispatchEvent(new Event("input", { bubbles: true }));
      }
      node.dispatchEvent(new Event("change", { bubbles: true }));
    },
    key(step) {
      const node = find(step.on);
      node.focus({ preventScroll: true });
      node.dispatchEvent(new KeyboardEvent("keydown",
        { bubbles: true, cancelable: true, key: step.key, ctrlKey: step.ctrl, shiftKey: step.shift }));
    },
    point(step) {
      const node = find(step.on);
      pointer("pointerover", node, step.at);
      pointer("pointermove", node, step.at);
      if (step.press) pointer("click", node, step.at, { ctrlKey: step.ctrl });
    },
    link(step) {
      history.pushState(null, "", step.text);
      dispatchEvent(new PopStateEvent("popstate"));
    },
  };

  const perform = (step) => {
    seedDraws(step.number);
    STEPS[step.do](step);
  };

  /** Wait until the picture of the last step is there, but not for ever. */
  async function drawn() {
    await frames(2);
    for (let k = 0; k < PATIENCE && root.dataset.working === "true"; k += 1) await frame();
  }

  /** Do these actions at speed; the steps that were done. */
  async function live(actions) {
    const log = [];
    for (const { number, kind, what, draws, rest } of actions) {
      for (const step of KINDS[kind](what, ...draws)) {
        if (!step) break;
        const entry = { number, ...step, before: JSON.parse(soakMark()) };
        log.push(entry);
        perform(entry);
        await drawn();
      }
      await frames(rest);
      if (root.dataset.state !== "ready") break;
    }
    return log;
  }

  /** Do these steps again, each from where it was done; null, or what came out differently. */
  async function replay(log) {
    soakHold(false);
    for (const step of log) {
      while (soakRuns() < step.before.runs) await frame(); // other seeds, trained frame by frame
      if (soakAdvance(JSON.stringify(step.before))) await drawn(); // a slider has to know its end
      for (let k = 0; k < PATIENCE && step.on && !all(step.on[0])[step.on[1]]; k += 1) {
        await frame(); // tiles are made over several frames
      }
      const found = JSON.parse(soakMark());
      const same = Object.keys(found).every((name) => ["playing", "runs"].includes(name)
        || JSON.stringify(found[name]) === JSON.stringify(step.before[name]));
      if (!same) return { step, found };
      soakHold(step.before.playing);
      perform(step);
      soakHold(false);
      await drawn();
    }
    return null;
  }

  // A press by a program may not open the system's chooser of files: browsers complain of it.
  const press = HTMLElement.prototype.click;
  HTMLInputElement.prototype.click = function () {
    if (this.type !== "file") press.call(this);
  };

  globalThis.soak = { live, replay, frames, seedDraws, texts: {} };
})();
