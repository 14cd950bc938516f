"""The notebook's Python as the page sees it: started when something is to run, stopped, ended.

It hears messages from the worker, each a JSON text. These are a stranger's, since a cell can send
some as well: what does not fit is left out.
"""

import json
from collections import deque

from explorer.text.notebook import NOTEBOOK

OFF, STARTING, READY, RUNNING, FAILED = "off", "starting", "ready", "running", "failed"
MB = 1e6


class Python:
    """Runs one cell after the other.

    Args:
        start: Makes a kernel, given what hears from it.
        show: Takes a sentence on the state, the share of what is done or None, and whether
            something can be stopped.
        hear: Takes (number, message) for the cell that runs.
        files: {name: bytes} that every new Python is handed.
        take_model: Takes (name, text) of a network that was asked for.
    """

    def __init__(self, start, show, hear, files, take_model):
        self.take_model = take_model
        self.start_kernel, self.show, self.hear, self.files = start, show, hear, files
        self.kernel = None
        self.state = OFF
        self.queue = deque()  # (number, source) that wait
        self.running = None  # the number that runs
        self.stopping = False
        self.wanted = ""  # the network that was asked for
        self.questions, self.asked = {}, 0
        self.show(NOTEBOOK["state_off"], None, False)

    def run(self, number, source):
        """Run a cell when those before it are done."""
        self.queue.append((number, source))
        if self.state in (OFF, FAILED):
            self.begin()
        self.go_on()

    def begin(self):
        """Start a Python."""
        self.end()
        self.state = STARTING
        self.show(NOTEBOOK["state_starting"], None, True)
        kernel = None

        def told(text):
            if kernel is None or self.kernel is kernel:
                self.told(text)

        kernel = self.kernel = self.start_kernel(told)

    def end(self):
        """End Python, with all that it knows."""
        if self.kernel is not None:
            self.kernel.end()
        self.kernel = self.running = None
        self.stopping = False
        self.state = OFF
        for answer in self.questions.values():
            answer("null")
        self.questions = {}

    def restart(self):
        self.queue.clear()
        self.begin()

    def go_on(self):
        """Run the next cell, if Python is free."""
        if self.state == READY and self.queue:
            self.running, source = self.queue.popleft()
            self.state = RUNNING
            self.show(NOTEBOOK["state_running"], None, True)
            self.kernel.run(self.running, source)

    def stop(self):
        """Have the running cell stop, and none of those that wait run."""
        self.queue.clear()
        if self.state == RUNNING and not self.stopping:
            self.stopping = True
            self.show(NOTEBOOK["state_stopping"], None, False)
            self.kernel.interrupt(self.lost)
        elif self.state == STARTING:
            self.end()
            self.show(NOTEBOOK["state_off"], None, False)

    def lost(self):
        """The cell did not stop: its Python is ended, and a fresh one started."""
        if self.state == RUNNING:
            self.broken(NOTEBOOK["ended"])

    def broken(self, sentence):
        """Python is gone, or as good as gone."""
        number = self.running
        self.queue.clear()
        if number is not None:
            self.hear(number, {"kind": "note", "text": sentence})
            self.hear(number, {"kind": "ended", "good": False, "seconds": 0, "files": None})
        self.begin()

    def ask(self, kind, text, place, answer):
        """Ask for completions or a hint; answer(JSON) is called in any case."""
        if self.state != READY:
            answer("null")
            return
        self.asked += 1
        self.questions[self.asked] = answer
        question = {"text": str(text), "place": int(place), "question": self.asked}
        self.kernel.ask(kind, json.dumps(question))

    def ask_model(self, name):
        """Ask for a network that a cell has made."""
        if self.state == READY:
            self.wanted = name
            self.kernel.ask("model", name)

    def put(self, name, content):
        """Put a file beside the notebook, now and after each start."""
        self.files[name] = content
        if self.kernel is not None and self.state in (READY, RUNNING):
            self.kernel.ask("put", name, content)

    def take(self, name):
        """Take a file away."""
        self.files.pop(name, None)
        if self.kernel is not None and self.state in (READY, RUNNING):
            self.kernel.ask("remove", name)

    # What is told -----------------------------------------------------------------------------

    def told(self, text):
        """A message of the worker."""
        try:
            message = json.loads(text)
            kind = message["kind"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return
        act = getattr(self, f"told_{kind}", None) if isinstance(kind, str) else None
        if act is not None:
            act(message)
        elif self.running is not None and message.get("number") == self.running:
            self.hear(self.running, message)

    def told_ready(self, _message):
        if self.state == STARTING:
            self.state = READY
            for name, content in self.files.items():
                self.kernel.ask("put", name, content)
            self.show(NOTEBOOK["state_ready"], None, False)
            self.go_on()

    def told_bytes(self, message):
        if self.state == STARTING:
            self.progress("state_bytes", message, {})

    def told_package(self, message):
        if self.state == RUNNING:
            names = ", ".join(map(str, message.get("names", ())))
            self.progress("state_packages", message, {"names": names[:200]})

    def progress(self, key, message, words):
        done, total = message.get("done"), message.get("total")
        if isinstance(done, int | float) and isinstance(total, int | float) and total > 0:
            words |= {"done": f"{done / MB:.1f}", "total": f"{total / MB:.1f}"}
            text = NOTEBOOK["state_running"] if done >= total else NOTEBOOK[key].format(**words)
            if done >= total and self.state == STARTING:
                text = NOTEBOOK["state_starting"]
            self.show(text, min(done / total, 1.0) if done < total else None, True)

    def told_ended(self, message):
        if self.state != RUNNING or message.get("number") != self.running:
            return
        number, self.running = self.running, None
        self.kernel.ended()
        self.stopping = False
        self.state = READY
        if not message.get("good"):
            self.queue.clear()
        self.show(NOTEBOOK["state_ready"], None, False)
        self.hear(number, message)
        self.go_on()

    def told_answer(self, message):
        answer = self.questions.pop(message.get("question"), None)
        if answer is not None:
            answer(json.dumps(message.get("found")))

    def told_model(self, message):
        name, text = message.get("name"), message.get("text")
        if self.wanted and name == self.wanted and isinstance(text, str):
            self.wanted = ""
            self.take_model(name, text)

    def told_died(self, _message):
        if self.state in (READY, RUNNING):
            self.broken(NOTEBOOK["died"])

    def told_failed(self, message):
        if self.state == RUNNING:
            self.broken(NOTEBOOK["died"])
            return
        self.queue.clear()
        self.end()
        self.state = FAILED
        reason = str(message.get("text", ""))[:300]
        self.show(NOTEBOOK["failed"].format(reason=reason), None, False)
        self.hear(None, {"kind": "off"})
