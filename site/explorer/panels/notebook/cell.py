"""One cell on the page: its button, its editor or its text, and its outputs."""

from explorer.notebook.document import CODE, TEXT
from explorer.notebook.tex import with_formulas
from explorer.panels.notebook.outputs import OutputView
from explorer.text.notebook import NOTEBOOK

ICONS = {
    "run": "#run .when-paused svg",
    "delete": "#icon-x svg",
    "down": "#open-presets svg",
}


class CellView:
    """Shows a cell.

    Args:
        told: `told(cell, event, value)` hears what its editor reports.
    """

    def __init__(self, browser, tools, cell, place, told, complete):
        self.browser, self.tools, self.cell = browser, tools, cell
        self.kind = cell.kind
        self.told, self.complete = told, complete
        create = browser.create
        self.node = create(
            "article", class_="nb-cell", role="group", data_cell=cell.identity, data_kind=cell.kind
        )
        self.number(place)
        side = create("div", self.node, class_="nb-side")
        if cell.kind == CODE:
            self.run_button(side)
        self.count = create("span", side, class_="nb-count number")
        self.middle = create("div", self.node, class_="nb-middle")
        self.tools_of_cell()
        self.editor = self.prose = None
        self.place = create("div", self.middle, class_="nb-source")
        self.outputs_node = create("div", self.middle, class_="nb-outputs")
        self.outputs = OutputView(browser, tools, self.outputs_node)
        if cell.kind == TEXT:
            self.show_prose()
        else:
            self.edit()
        self.draw()

    def number(self, place):
        """It is the cell of this number, from 1, whatever was moved."""
        self.node.setAttribute("aria-label", NOTEBOOK["cell"].format(place=place))

    def run_button(self, side):
        button = self.browser.create(
            "button", side, class_="nb-run", data_action="nb-run", data_value=self.cell.identity,
            aria_label=NOTEBOOK["run_cell"], title=NOTEBOOK["run_cell_help"],
        )  # fmt: skip
        button.appendChild(self.browser.copy_of(ICONS["run"]))

    def tools_of_cell(self):
        row = self.browser.create("div", self.middle, class_="nb-cell-tools")
        if self.cell.kind == TEXT:
            self.tool(row, "nb-edit", "edit", NOTEBOOK["edit"])
        kind = "to_text" if self.cell.kind == CODE else "to_code"
        self.tool(row, "nb-turn", kind, NOTEBOOK[kind])
        self.tool(row, "nb-up", "up", icon="down")
        self.tool(row, "nb-down", "down", icon="down")
        self.tool(row, "nb-delete", "delete", icon="delete")

    def tool(self, row, action, name, text=None, icon=None):
        button = self.browser.create(
            "button", row, text, class_="mini" if icon else "quiet", data_action=action,
            data_value=self.cell.identity, aria_label=NOTEBOOK[name], title=NOTEBOOK[name],
        )  # fmt: skip
        if icon:
            button.appendChild(self.browser.copy_of(ICONS[icon]))
        return button

    def edit(self):
        """The cell's text in an editor."""
        if self.editor is not None:
            return
        self.place.replaceChildren()
        self.prose = None
        self.node.toggleAttribute("data-editing", True)
        names = {CODE: "code_cell", TEXT: "text_cell"}
        label = NOTEBOOK[names.get(self.cell.kind, "raw_cell")]
        options = {
            "text": self.cell.source, "code": self.cell.kind == CODE, "label": label,
            "away": NOTEBOOK["leave"],
        }  # fmt: skip
        self.editor = self.tools.editor(
            self.place, options, lambda event, value: self.told(self.cell, event, value),
            self.complete,
        )  # fmt: skip

    def show_prose(self):
        """A text cell as it reads."""
        if self.editor is not None:
            self.editor.destroy()
            self.editor = None
        self.place.replaceChildren()
        self.node.toggleAttribute("data-editing", False)
        self.prose = self.browser.create(
            "div", self.place, class_="prose", tabindex="0", title=NOTEBOOK["edit_help"]
        )
        if self.cell.source.strip():
            text = self.cell.with_pictures(with_formulas(self.cell.source))
            self.tools.show_markdown(self.prose, text)
        else:
            self.browser.create("p", self.prose, NOTEBOOK["empty_text"], class_="nb-note")

    def draw(self, running=False, waiting=False):
        """Number, state and outputs as they are now."""
        cell = self.cell
        text = "" if cell.kind != CODE else "•" if waiting else str(cell.count or "")
        self.browser.write(self.count, "" if running else text)
        state = "running" if running else "waiting" if waiting else "still"
        self.node.setAttribute("data-run", state)
        self.outputs.draw(cell.outputs)
        self.outputs_node.hidden = not cell.outputs

    def focus(self):
        if self.editor is not None:
            self.editor.focus()
        elif self.prose is not None:
            self.prose.focus()

    def remove(self):
        if self.editor is not None:
            self.editor.destroy()
            self.editor = None
        self.node.remove()
