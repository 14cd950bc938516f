/**
 * What the notebook uses of CodeMirror, DOMPurify and marked.
 *
 * An editor is a cell's text; its keys report by name what the reader wants of the notebook. HTML,
 * whoever wrote it, is shown only through `showHtml`, which leaves no script and no address in it
 * that would fetch anything.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, acceptCompletion, startCompletion, completionStatus } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, hoverTooltip, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import DOMPurify from "dompurify";
import { marked } from "marked";

const ADDRESS = /^(?:https?:|mailto:|#|data:image\/(?:png|jpeg|gif|webp);)/i;
const FETCHING = ["src", "srcset", "poster", "background", "data", "xlink:href"];
const LATER = 10_000; // ms after which nobody waits for completions any more

DOMPurify.addHook("afterSanitizeAttributes", (node) => {
  for (const name of FETCHING) {
    if (node.hasAttribute(name) && !node.getAttribute(name).startsWith("data:image/")) {
      node.removeAttribute(name);
    }
  }
  if (node.nodeName === "A" && node.hasAttribute("href")) {
    if (!ADDRESS.test(node.getAttribute("href"))) node.removeAttribute("href");
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
  }
});

const RULES = {
  ALLOWED_URI_REGEXP: ADDRESS,
  FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "iframe", "use"],
  FORBID_ATTR: ["style", "id", "name", "action", "popovertarget", "data-action"],
  ALLOW_DATA_ATTR: false,
};

/** Show somebody's HTML in an element, cleaned; with `pictures`, SVG may keep its own styles. */
export function showHtml(node, html) {
  node.replaceChildren(DOMPurify.sanitize(html, { ...RULES, RETURN_DOM_FRAGMENT: true }));
}

/** Show Markdown in an element. */
export function showMarkdown(node, text) {
  showHtml(node, marked.parse(text, { async: false, gfm: true }));
}

/**
 * Make an editor.
 * @param {HTMLElement} parent
 * @param {{text: string, code: boolean, label: string, away: string}} options away: what is told
 *   to assistive technology about leaving the editor
 * @param {(event: string, value: string) => void} told of "change", "run", "run-stay", ...
 * @param {(kind: string, text: string, place: number, answer: (json: string) => void) => void}
 *   complete calls `answer` in any case
 */
export function makeEditor(parent, { text, code, label, away }, told, complete) {
  const ask = (kind, text, place) => new Promise((resolve) => complete(kind, text, place, resolve));
  let leaving = false; // Esc was pressed: Tab goes on to what comes next
  const act = (name) => () => (told(name, ""), true);
  const tab = (indent) => (view) => {
    if (leaving) return false;
    if (!indent) return indentLess(view);
    if (acceptCompletion(view)) return true;
    const { from, empty } = view.state.selection.main;
    const before = view.state.doc.lineAt(from).text.slice(0, from - view.state.doc.lineAt(from).from);
    if (code && empty && /[\w.]$/.test(before)) return startCompletion(view);
    return indentMore(view);
  };
  const keys = [
    { key: "Shift-Enter", run: act("run") },
    { key: "Mod-Enter", run: act("run-stay") },
    { key: "Alt-Enter", run: act("run-insert") },
    { key: "Escape", run: (view) => !completionStatus(view.state) && ((leaving = true), told("escape", ""), true) },
    { key: "Tab", run: tab(true), shift: tab(false) },
    { key: "Alt-ArrowUp", run: act("up") },
    { key: "Alt-ArrowDown", run: act("down") },
  ];
  const watch = EditorView.updateListener.of((update) => {
    if (update.docChanged) {
      leaving = false;
      told("change", update.state.doc.toString());
    }
    if (update.focusChanged) {
      leaving = false;
      told(update.view.hasFocus ? "focus" : "blur", "");
    }
  });
  const source = async (context) => {
    const word = context.matchBefore(/\w*/);
    const after = context.state.sliceDoc(word.from - 1, word.from) === ".";
    if (!context.explicit && !after) return null;
    const found = await soon(ask("complete", context.state.doc.toString(), context.pos));
    if (!found?.options?.length) return null;
    return { from: word.from, options: found.options, validFor: /^\w*$/ };
  };
  const hover = hoverTooltip(async (view, place) => {
    const found = await soon(ask("hint", view.state.doc.toString(), place));
    if (!found?.text) return null;
    const create = () => {
      const dom = document.createElement("pre");
      dom.className = "nb-hint";
      dom.textContent = found.text;
      return { dom };
    };
    return { pos: place, create };
  });
  const forCode = [
    python(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [source], icons: false }),
    hover,
    keymap.of([...closeBracketsKeymap, ...completionKeymap]),
  ];
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of(keys)),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        syntaxHighlighting(classHighlighter),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, "aria-description": away }),
        watch,
        ...(code ? forCode : []),
        keymap.of([...defaultKeymap, ...historyKeymap]),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    setText: (changed) => {
      if (changed === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: changed } });
    },
    mark: (line) => {
      if (line < 1 || line > view.state.doc.lines) return;
      const { from } = view.state.doc.line(line);
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

/** What a question gives as JSON, or null if no answer comes. */
async function soon(question) {
  const late = new Promise((resolve) => setTimeout(() => resolve("null"), LATER));
  return JSON.parse(await Promise.race([question, late]));
}
