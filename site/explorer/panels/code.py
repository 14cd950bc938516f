"""The panel that shows the experiment as a program, to be read, copied and saved.

Words are coloured by kind with Python's own tokenizer; every piece is a text node of its own.
"""

import io
import keyword
import tokenize

from explorer.text.code import CODE

KINDS = {
    tokenize.STRING: "string",
    tokenize.COMMENT: "comment",
    tokenize.NUMBER: "number",
    **{
        getattr(tokenize, name): "string"
        for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
        if hasattr(tokenize, name)
    },
}


class CodePanel:
    """Shows a program and says what was done with it."""

    def __init__(self, browser):
        self.browser = browser
        self.panel = browser.element("code")
        self.block = browser.element("program")
        self.note = browser.element("code-note")
        self.status = browser.element("code-status")
        self.languages = browser.elements('[data-action="language"]')
        self.choice = browser.element("exact-choice")
        self.exact = browser.element("exact-program")
        self.text = None

    @property
    def is_open(self):
        return self.panel.matches(":popover-open")

    def show(self, text, language, exact):
        """Show `text`, a program in `language`.

        Args:
            exact: Whether it starts from the page's weights, which the Keras program need not do
                and the other programs always do.
        """
        if text == self.text:
            return
        self.text = text
        self.block.replaceChildren()
        for piece, kind in pieces(text):
            if kind is None:
                self.block.append(piece)
            else:
                self.browser.create("span", self.block, piece, class_=kind)
        for node in self.languages:
            chosen = node.getAttribute("data-value") == language
            node.setAttribute("aria-pressed", "true" if chosen else "false")
        self.choice.hidden = language != "keras"
        self.exact.setAttribute("aria-pressed", "true" if exact else "false")
        note = f"note_{language}_exact" if exact else f"note_{language}"
        self.browser.write(self.note, CODE[note])
        self.say("")

    def say(self, text):
        """A word on what was just done, for all to see and hear."""
        self.browser.write(self.status, text)

    def copy(self):
        """Copy the program, or select it where the browser does not allow copying."""
        self.browser.window.getSelection().selectAllChildren(self.block)
        self.browser.copy_text(self.text, lambda ok: self.say(CODE["copied" if ok else "select"]))


def pieces(text):
    """(piece, kind) of a program, in order; kind is None for what has no colour."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found, place = [], 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = KINDS.get(token.type)
        if token.type == tokenize.NAME and keyword.iskeyword(token.string):
            kind = "keyword"
        if kind is not None:
            start = starts[token.start[0] - 1] + token.start[1]
            stop = starts[token.end[0] - 1] + token.end[1]
            found += [(text[place:start], None), (text[start:stop], kind)]
            place = stop
    found.append((text[place:], None))
    return [(piece, kind) for piece, kind in found if piece]
