/**
 * The element <nn-playground>: the playground inside a course page.
 *
 *   <script src="https://example.org/play/embed.js" defer></script>
 *   <nn-playground link="#dataset=xor&networkShape=3" hide="seed, speed" height="900"></nn-playground>
 *
 * It only wraps a sandboxed frame and speaks with it by messages. Attributes: `link` (a link or
 * the part of it behind the #), `view` (playground or wine), `lesson` (its name, or where it lies
 * beside the page), `hide` (keys of controls), `height` in pixels, `title`, `start="press"` to load
 * nothing before a press, `src` for another copy of the page. Methods: play, pause, step, reset,
 * set. Events: ready, epoch, changed, lesson, failed, with what they tell in `event.detail`.
 * What a student has done in a lesson is kept in this page's storage, which the frame has not.
 */
(() => {
  "use strict";
  const VERSION = 1;
  const EVENTS = ["ready", "epoch", "changed", "lesson", "failed"];
  const HEIGHT = 900;
  const KEPT = "nncore-lesson-"; // and the lesson's name: its key in the storage
  const PAGE = new URL("embed.html", document.currentScript.src);

  /** What this page has kept of a lesson; null where it may not keep anything. */
  function kept(lesson) {
    try {
      return localStorage.getItem(KEPT + lesson) ?? "";
    } catch {
      return null;
    }
  }

  function keep(lesson, progress) {
    try {
      localStorage.setItem(KEPT + lesson, progress);
    } catch {
      // no room, or not allowed
    }
  }

  class Playground extends HTMLElement {
    static observedAttributes = ["link", "view", "lesson", "hide", "height", "title", "start", "src"];
    #frame = null;
    #ready = false;
    #waiting = [];
    #listener = (event) => this.#received(event);

    connectedCallback() {
      if (!this.style.display) this.style.display = "block";
      this.#frame = document.createElement("iframe");
      this.#frame.setAttribute("sandbox", "allow-scripts allow-downloads");
      this.#frame.setAttribute("allow", "clipboard-write; fullscreen");
      this.#frame.loading = "lazy";
      this.#frame.style.cssText = "display:block;width:100%;border:0";
      this.#show();
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.replaceChildren(this.#frame);
      addEventListener("message", this.#listener);
    }

    disconnectedCallback() {
      removeEventListener("message", this.#listener);
      this.#frame = null;
      this.#ready = false;
    }

    attributeChangedCallback() {
      if (this.#frame) this.#show();
    }

    play() {
      this.#send({ command: "play" });
    }

    pause() {
      this.#send({ command: "pause" });
    }

    step() {
      this.#send({ command: "step" });
    }

    reset() {
      this.#send({ command: "reset" });
    }

    /** Change settings: an object of link keys and values, such as {noise: 20, dataset: "xor"}. */
    set(settings) {
      this.#send({ command: "set", settings });
    }

    /** The frame's address, as the attributes ask for it. */
    #address() {
      const address = new URL(this.getAttribute("src") ?? PAGE, document.baseURI);
      if (this.getAttribute("start") === "press") address.searchParams.set("start", "press");
      const link = this.getAttribute("link") ?? "";
      const parts = [link.slice(link.indexOf("#") + 1)];
      if (this.hasAttribute("view")) parts.unshift(`view=${encodeURIComponent(this.getAttribute("view"))}`);
      if (this.hasAttribute("lesson")) parts.unshift(`lesson=${this.getAttribute("lesson")}`);
      const hidden = (this.getAttribute("hide") ?? "").split(/[\s,]+/);
      parts.push(...hidden.map((key) => key && `${encodeURIComponent(key)}_hide=true`));
      address.hash = parts.filter(Boolean).join("&");
      return address.href;
    }

    #show() {
      const height = Number(this.getAttribute("height"));
      this.#frame.style.height = `${height > 0 ? height : HEIGHT}px`;
      this.#frame.title = this.getAttribute("title") || "Neural network playground";
      const address = this.#address();
      if (this.#frame.src === address) return;
      const page = (text) => text.split("#")[0];
      if (page(this.#frame.src) !== page(address)) this.#ready = false; // it starts anew
      this.#frame.src = address;
    }

    #send(message) {
      if (!this.#ready) this.#waiting.push(message);
      else this.#frame.contentWindow.postMessage({ nncore: VERSION, ...message }, "*");
    }

    /** Hand the frame what was kept of its lesson. */
    #handBack() {
      const lesson = /[#&]lesson=([^&]*)/.exec(this.#address())?.[1];
      const progress = lesson ? kept(lesson) : null;
      if (progress !== null) this.#send({ command: "lesson", lesson, progress });
    }

    #received({ source, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow) return;
      if (data?.nncore !== VERSION || !EVENTS.includes(data.event)) return;
      const { nncore, event, ...detail } = data;
      if (event === "ready") {
        this.#ready = true;
        this.#handBack();
        for (const message of this.#waiting.splice(0)) this.#send(message);
      }
      if (event === "lesson") keep(detail.lesson, detail.progress);
      if (event === "failed") this.#ready = false;
      this.dispatchEvent(new CustomEvent(event, { detail }));
    }
  }

  if (!customElements.get("nn-playground")) customElements.define("nn-playground", Playground);
})();
