"""What running cells give, on its way into the notebook: outputs, numbers, states.

Messages can come faster than a page is drawn; cells are drawn a little later, and once for all that
has come meanwhile.
"""

from explorer.notebook.document import add_output
from explorer.text.notebook import NOTEBOOK

MOST_OUTPUTS = 500
STREAMS = ("stdout", "stderr")


class Results:
    """Puts what is told into cells.

    Args:
        timer: Makes a Timer as the browser does.
        changed: Is told of a cell to be drawn.
        ended: Is told of the files beside the notebook, or None, whether all went well, and the
            names of networks.
    """

    def __init__(self, timer, changed, ended, delay):
        self.changed, self.when_ended, self.delay = changed, ended, delay
        self.cells = {}  # number of a run -> its cell
        self.states = {}  # cell -> "waiting" or "running"
        self.clearing = set()  # numbers whose outputs go when the next one comes
        self.undrawn = []
        self.timer = timer(self.draw)

    def expect(self, number, cell):
        """Cell `cell` will run as number `number`."""
        self.cells[number] = cell
        self.states[cell] = "waiting"

    def state_of(self, cell):
        return self.states.get(cell, "")

    def cell_of(self, number):
        return self.cells.get(number)

    def forget_waiting(self):
        """No cell waits any more."""
        for cell in [cell for cell, state in self.states.items() if state == "waiting"]:
            del self.states[cell]
            self.changed(cell)

    def forget_all(self):
        """No cell waits or runs."""
        cells = list(self.states)
        self.states = {}
        for cell in cells:
            self.changed(cell)

    def draw(self):
        cells, self.undrawn = self.undrawn, []
        for cell in cells:
            self.changed(cell)

    def later(self, cell):
        """Have a cell drawn soon."""
        if not self.undrawn:
            self.timer.start(self.delay)
        if cell not in self.undrawn:
            self.undrawn.append(cell)

    def hear(self, number, message):
        """Take a message on the run `number`; None: no Python is there any more."""
        if number is None:
            self.forget_all()
            return
        cell = self.cells.get(number)
        take = getattr(self, f"hear_{message['kind']}", None)
        if cell is not None and take is not None:
            take(number, cell, message)

    def hear_begun(self, number, cell, _message):
        cell.outputs, cell.count = [], number
        self.states[cell] = "running"
        self.changed(cell)

    def hear_stream(self, number, cell, message):
        name, text = message.get("name"), message.get("text")
        if name in STREAMS and isinstance(text, str):
            self.put(number, cell, {"output_type": "stream", "name": name, "text": text})

    def hear_display(self, number, cell, message, kind="display_data"):
        data, metadata = message.get("data"), message.get("metadata")
        if isinstance(data, dict) and all(isinstance(form, str) for form in data.values()):
            output = {"output_type": kind, "data": data}
            output["metadata"] = metadata if isinstance(metadata, dict) else {}
            if kind == "execute_result":
                output["execution_count"] = number
            self.put(number, cell, output)

    def hear_result(self, number, cell, message):
        self.hear_display(number, cell, message, "execute_result")

    def hear_error(self, number, cell, message):
        lines, name = message.get("lines"), str(message.get("name", ""))
        if name == "KeyboardInterrupt":
            self.hear_note(number, cell, {"text": NOTEBOOK["stopped"]})
            return
        place = message.get("cell"), message.get("line")
        output = {
            "output_type": "error",
            "ename": name[:200],
            "evalue": str(message.get("value", "")),
            "traceback": list(map(str, lines)) if isinstance(lines, list) else [],
        }
        if all(isinstance(part, int) for part in place):
            output["place"] = place
        self.put(number, cell, output)

    def hear_note(self, number, cell, message):
        """A sentence of ours below the outputs."""
        text = str(message["text"])
        self.put(number, cell, {"output_type": "stream", "name": "stderr", "text": f"{text}\n"})

    def hear_dropped(self, number, cell, message):
        count = message.get("count")
        if isinstance(count, int):
            text = NOTEBOOK["dropped"].format(count=count)
            self.hear_note(number, cell, {"text": text})

    def hear_clear(self, number, cell, message):
        if message.get("wait"):
            self.clearing.add(number)
        else:
            cell.outputs = []
            self.later(cell)

    def put(self, number, cell, output):
        """Put an output behind the others of its cell."""
        if number in self.clearing:
            self.clearing.discard(number)
            cell.outputs = []
        if len(cell.outputs) < MOST_OUTPUTS:
            add_output(cell.outputs, output)
        self.later(cell)

    def hear_ended(self, _number, cell, message):
        self.states.pop(cell, None)
        self.changed(cell)
        files = message.get("files")
        good = bool(message.get("good"))
        fits = isinstance(files, list) and all(map(is_file, files))
        names = message.get("models")
        known = [name for name in names if is_name(name)] if isinstance(names, list) else []
        self.when_ended(files if fits else None, good, known)


def is_file(entry):
    """Whether an entry of a list of files is one: [name, bytes]."""
    return isinstance(entry, list) and [type(part) for part in entry] == [str, int]


def is_name(name):
    return isinstance(name, str) and name.isidentifier() and len(name) <= 80
