"""A cell's outputs on the page: text, tables, pictures, tracebacks.

Text is only ever a text node; HTML and Markdown go through the tools that clean them, and an SVG is
shown as a picture, in which nothing runs.
"""

from urllib.parse import quote

from explorer.notebook import terminal
from explorer.notebook.tex import with_formulas
from explorer.text.notebook import NOTEBOOK

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
ORDER = ("text/html", "image/svg+xml", *PICTURES, "text/markdown", "text/latex", "text/plain")
MOST_TEXT = 400_000  # characters of one output
BOXES = "│"  # between columns
NEEDS_STYLES = "sk-top-container"  # scikit-learn's estimators, which are nothing without theirs


class OutputView:
    """Draws the outputs of a cell into `node`."""

    def __init__(self, browser, tools, node):
        self.browser, self.tools, self.node = browser, tools, node
        self.drawn = []  # (output, what of it is drawn, its element)

    def draw(self, outputs):
        """Bring the page up to date; what has not changed stays as it is."""
        for place, output in enumerate(outputs):
            state = self.state_of(output)
            if place < len(self.drawn):
                was, before, node = self.drawn[place]
                if was is output and before == state:
                    continue
                if was is output and output["output_type"] == "stream":
                    self.stream(node, output)
                    self.drawn[place] = output, state, node
                    continue
                self.cut(place)
            self.drawn.append((output, state, self.drawing(output)))
        self.cut(len(outputs))

    def cut(self, count):
        """Take away all drawings from number `count` on."""
        for _, _, node in self.drawn[count:]:
            node.remove()
        del self.drawn[count:]

    @staticmethod
    def state_of(output):
        return len(output["text"]) if output["output_type"] == "stream" else 0

    def drawing(self, output):
        """A new element that shows an output."""
        kind, create = output["output_type"], self.browser.create
        if kind == "stream":
            node = create("pre", self.node, class_=f"nb-stream {output['name']}", tabindex="0")
            self.stream(node, output)
            return node
        if kind == "error":
            return self.error(output)
        node = create("div", self.node, class_="nb-value", tabindex="0")
        self.value(node, output["data"], output.get("metadata") or {})
        return node

    def stream(self, node, output):
        """Printed text. A table in boxes, such as a summary, keeps its lines whole."""
        text = terminal.shown(output["text"])[-MOST_TEXT:]
        node.toggleAttribute("data-boxes", BOXES in text)
        self.browser.write(node, text)

    def value(self, node, data, metadata):
        """The richest form that can be shown."""
        create = self.browser.create
        form = next((each for each in ORDER if data.get(each)), None)
        if form == "text/html" and NEEDS_STYLES in data[form] and data.get("text/plain"):
            form = "text/plain"
        if form is None:
            names = ", ".join(data) or "?"
            create("p", node, NOTEBOOK["form_unknown"].format(kind=names), class_="nb-note")
        elif form in PICTURES or form == "image/svg+xml":
            content = data[form]
            about = data.get("text/plain") or NOTEBOOK["picture"]
            image = create("img", node, alt=about[:200])
            if form == "image/svg+xml":
                image.setAttribute("src", f"data:{form},{quote(content)}")
                node.setAttribute("class", "nb-value drawing")
            else:
                image.setAttribute("src", f"data:{form};base64,{''.join(content.split())}")
            size = metadata.get(form)
            if isinstance(size, dict) and isinstance(size.get("width"), int):
                image.setAttribute("width", str(size["width"]))
        elif form == "text/html":
            node.setAttribute("class", "nb-value rich")
            self.tools.show_html(node, data[form])
            if not node.textContent.strip() and not node.querySelector("img, svg, canvas"):
                text = data.get("text/plain") or NOTEBOOK["only_text"]
                create("pre", node, text[:MOST_TEXT])
        elif form == "text/markdown":
            node.setAttribute("class", "nb-value prose")
            self.tools.show_markdown(node, with_formulas(data[form]))
        elif form == "text/latex" and "<math" in (found := with_formulas(data[form])):
            node.setAttribute("class", "nb-value prose")
            self.tools.show_markdown(node, found)
        else:
            create("pre", node, terminal.shown(data[form])[:MOST_TEXT])

    def error(self, output):
        """An exception: its name and message, the reader's line as a button, its traceback."""
        create = self.browser.create
        node = create("div", self.node, class_="nb-error", role="alert")
        head = create("p", node)
        if place := output.get("place"):
            self.line_button(head, *place)
        create("strong", head, output["ename"])
        if output["evalue"]:
            create("span", head, f": {output['evalue'].splitlines()[0][:500]}")
        if output["traceback"]:
            text = terminal.shown("\n".join(output["traceback"]))
            create("pre", node, text[-MOST_TEXT:], tabindex="0")
        return node

    def line_button(self, parent, number, line):
        text = NOTEBOOK["line"].format(line=line)
        name = NOTEBOOK["go_to_line"].format(line=line)
        self.browser.create(
            "button", parent, text, class_="quiet", aria_label=name,
            data_action="nb-line", data_value=f"{number}.{line}",
        )  # fmt: skip
