"""What the reader does, as actions of the application.

There is one listener per kind of event, on the document. An element says by `data-action` what
pressing it does, by `name` which setting it shows, by `data-param` which weight it holds, by
`data-unit` and `data-input` what the large picture shows while it is pointed at.
"""

from dataclasses import replace

from explorer.app import shortcuts
from explorer.app.lab.events import LabEvents
from explorer.forms import bind
from explorer.panels.helper import Helper
from explorer.panels.weights import MOST, row_of_curve, rows_of_unit
from explorer.settings.fields import BadValue
from explorer.text.errors import ERRORS
from explorer.text.labels import LABELS
from explorer.text.notices import TEXT


class Events:
    """Listens for the application."""

    def __init__(self, app):
        self.app = app
        self.browser = app.browser
        self.helper = Helper(app.browser)
        self.by_keyboard = False  # whether the last press was one of the keyboard
        self.lab, self.shortcuts = LabEvents(app), shortcuts.Shortcuts(app.browser)
        own = {
            "run": lambda _: app.loop.ends or app.toggle(),
            "step": lambda _: app.step(),
            "reset": lambda _: app.reset(),
            "regenerate": lambda _: app.regenerate(),
            "new-seed": lambda _: app.change(replace(app.current, seed=app.session.new_seed())),
            "view": app.notebook.show_view,
            "theme": lambda _: app.switch_theme(),
            "add-layer": lambda _: app.resize((*app.current.network_shape, 2)),
            "remove-layer": lambda _: app.resize(app.current.network_shape[:-1]),
            "add-neuron": lambda layer: self.resize_layer(int(layer), +1),
            "remove-neuron": lambda layer: self.resize_layer(int(layer), -1),
            "neuron": self.open_unit,
            "close-card": lambda _: app.stage.card.close(),
            "freeze": self.freeze,
            "undo": lambda _: app.undo(),
            "redo": lambda _: app.undo(again=True),
            "start-over-with": app.start_over_with,
            "go-on-with": app.go_on_with,
            "help": lambda _: self.browser.element("help").togglePopover(),
        }
        # What a press on `data-action` does, and who takes the value of a form element.
        self.actions, self.fields = own, {"[data-param]": self.weight_typed}
        for part in (app, app.parts, app.notebook, app.notices, app.share, app.layer_menus,
                     app.background, self.shortcuts, self.lab, app.lessons):  # fmt: skip
            self.actions = self.actions | getattr(part, "actions", {})
            self.fields = self.fields | getattr(part, "fields", {})

    def listen(self):
        listen, document = self.browser.listen, self.browser.document
        listen(document, "click", self.clicked, capture=True)
        listen(document, "input", self.form_changed)
        listen(document, "change", self.form_changed)
        listen(document, "keydown", self.key_pressed)
        listen(document, "pointerover", self.pointed)
        listen(document, "focusin", self.pointed)
        listen(document, "focusout", self.focus_left)
        listen(document, "pointermove", self.pointer_moved)
        listen(document, "pointerdown", self.pointer_moved)
        listen(self.browser.window, "popstate", lambda _: self.app.notebook.open_link())
        listen(self.browser.window, "hashchange", lambda _: self.app.notebook.open_link())
        listen(self.browser.window, "resize", lambda _: self.redraw())
        self.browser.on_media("(prefers-color-scheme: dark)", self.app.follow_theme)
        self.browser.on_media(self.browser.NARROW, self.app.fold)
        early = (self.browser.root.getAttribute("data-early") or "").split()
        if "run" in early:  # it was pressed before Python was there
            self.app.toggle()
        if "lessons" in early and not self.app.lessons.name:
            self.actions["lessons"](None)

    def redraw(self):
        self.app.stale = True

    # Pressing -------------------------------------------------------------------------------------

    def clicked(self, event):
        if self.helper.pressed(event):
            return
        self.by_keyboard = event.detail == 0
        node = self.browser.closest(event.target, "[data-action]")
        preset = self.browser.closest(event.target, "#presets a")
        if preset is not None:
            event.preventDefault()
            self.browser.element("presets").hidePopover()
            self.app.open_preset(preset.getAttribute("href"))
        elif node is not None:
            action = self.actions.get(node.getAttribute("data-action"))
            if action is not None and not node.disabled:
                action(node.getAttribute("data-value"))
        elif self.lab.clicked(event):
            pass
        elif self.browser.closest(event.target, "#network") is not None:
            self.open_link_at(event, opened=True)
        elif self.browser.closest(event.target, "#weight-card") is None:
            self.app.stage.card.close()
        self.redraw()

    def resize_layer(self, layer, change):
        """Add or remove a neuron of hidden layer `layer` (1 is the first)."""
        shape = list(self.app.current.network_shape)
        if layer <= len(shape):
            shape[layer - 1] += change
            self.app.resize(shape)

    def has_unit(self, layer, unit):
        """Whether the network has this unit; tiles of the one before stay until others are made."""
        layers = self.app.experiment.model.layers
        return layer < len(layers) and unit < layers[layer].units

    def open_unit(self, value):
        """Open the card of a neuron; `value` is "layer.unit", both from 1."""
        layer, unit = (int(part) - 1 for part in value.split("."))
        if not self.has_unit(layer, unit):
            return
        experiment = self.app.experiment
        title, rows = rows_of_unit(experiment.model, experiment.problem, layer, unit)
        node = self.browser.elements(f'[data-unit="{value}"], [data-bias="{value}"]')[0]
        box = node.getBoundingClientRect()
        card = self.app.stage.card
        card.close()
        card.show(title, rows, (box.right, box.top), opened=True)
        card.draw(experiment.params, experiment.frozen)
        if self.by_keyboard:
            card.take_focus(node)

    def open_link_at(self, event, opened):
        """Show the weight whose line is under the pointer; return whether there is one."""
        network, experiment = self.app.stage.network, self.app.experiment
        number = network.link_at(event.clientX, event.clientY)
        card = self.app.stage.card
        if number is None or number >= experiment.model.is_weight.sum():
            if opened or not card.opened:
                card.close()
            return
        if opened or not card.opened:
            title, rows = row_of_curve(experiment.model, experiment.problem, number)
            card.show(title, rows, (event.clientX, event.clientY), opened)
            card.draw(experiment.params, experiment.frozen)
            self.redraw()

    def freeze(self, index):
        experiment = self.app.experiment
        self.app.session.freeze(int(index), not experiment.frozen[int(index)])
        self.app.settings_shown()

    # Changing -------------------------------------------------------------------------------------

    def form_changed(self, event):
        """A form element has another value: who has registered for it takes it, else it is a
        setting."""
        node, settled = event.target, event.type == "change"
        take = next((self.fields[each] for each in self.fields if node.matches(each)), None)
        if take is not None:
            take(node, settled)
        elif node.type != "text" or settled:
            self.setting_changed(node, settled)
        self.redraw()

    def setting_changed(self, node, settled):
        app = self.app
        try:
            settings = bind.changed(app.current, node)
        except BadValue as error:
            self.refuse(LABELS[node.name], error)
            bind.show(self.browser, app.current)
            return
        if settings is not None:
            app.notices.close("value")
            app.change(settings, settled)

    def weight_typed(self, node, settled):
        try:
            value = float(node.value)
        except ValueError:
            return  # half-typed
        if abs(value) <= MOST:
            self.app.notices.close("value")
            index = int(node.getAttribute("data-param"))
            self.app.session.set_param(index, value, settled)
            if settled:
                self.app.settings_shown()
        elif settled:
            fault = ERRORS["number"].format(low=-MOST, high=MOST, text=node.value)
            self.refuse(node.getAttribute("aria-label"), fault)

    def refuse(self, name, fault):
        said = ERRORS["sentence"].format(name=name, fault=fault)
        self.app.notices.show("value", TEXT["bad_value_title"], said)

    # Keys -----------------------------------------------------------------------------------------

    def key_pressed(self, event):
        if self.app.notebook.is_open and event.key not in shortcuts.ARROWS:
            return  # no key is for what is not seen
        if event.key not in ("Tab", "Shift"):
            self.helper.hide()
        if self.app.own.key_pressed(event) or self.lab.keys.pressed(event):
            event.preventDefault()
            self.redraw()
        elif event.key == "Escape":
            self.escaped()
        elif event.key in shortcuts.ARROWS and self.moved_focus(event):
            event.preventDefault()
        elif action := shortcuts.action_of(event, self.shortcuts.enabled):
            event.preventDefault()
            self.actions[action](None)
            self.redraw()

    def escaped(self):
        """Escape closes what lies on top: a panel, which the browser does, a weight's card, or else
        the inside of a step."""
        card = self.app.stage.card
        if card.is_shown:
            card.close()
            card.give_back_focus()
        elif not self.browser.elements(":popover-open"):
            self.app.inside.escape()

    def moved_focus(self, event):
        """Arrow keys within a group: from tab to tab, from neuron to neuron."""
        tab = self.browser.closest(event.target, '[role="tab"]')
        across, down = shortcuts.ARROWS[event.key]
        if tab is not None and across:
            tabs = self.browser.elements('[role="tab"]')
            place = next(i for i, node in enumerate(tabs) if node.isSameNode(tab))
            target = tabs[(place + across) % len(tabs)]
            self.app.notebook.show_view(target.getAttribute("data-value"))
            target.focus()
            return True
        if event.target.id == "output":
            self.app.stage.output.nudge(across, down)
            self.redraw()
            return True
        tile = self.browser.closest(event.target, "[data-unit], [data-input]")
        return tile is not None and self.app.stage.network.move_focus(tile, across, down)

    # Pointing -------------------------------------------------------------------------------------

    def pointed(self, event):
        """Hover and focus: help, and what the large picture shows."""
        self.helper.entered(event)
        if event.type == "focusin" and self.lab.focused(event):
            self.redraw()
        unit = self.browser.closest(event.target, "[data-unit]")
        box = self.browser.closest(event.target, "[data-input]")
        focus = None
        if unit is not None:
            layer, number = unit.getAttribute("data-unit").split(".")
            focus = "unit", int(layer) - 1, int(number) - 1
        elif box is not None:
            focus = "input", box.getAttribute("data-input")
        bias = self.browser.closest(event.target, "[data-bias]")
        if bias is not None and event.type == "pointerover":
            self.show_bias(bias)
        if focus != self.app.stage.focus:
            self.app.stage.focus = focus
            self.redraw()

    def show_bias(self, node):
        """A bias is pointed at: its value."""
        layer, unit = (int(part) - 1 for part in node.getAttribute("data-bias").split("."))
        experiment, card = self.app.experiment, self.app.stage.card
        if not card.opened and self.has_unit(layer, unit):
            title, rows = rows_of_unit(experiment.model, experiment.problem, layer, unit)
            box = node.getBoundingClientRect()
            card.show(title, rows[-1:], (box.right, box.top), opened=False)
            card.draw(experiment.params, experiment.frozen)
            self.redraw()

    def focus_left(self, _event):
        if self.lab.focus_left() or self.app.stage.focus is not None:
            self.app.stage.focus = None
            self.redraw()

    def pointer_moved(self, event):
        """Over the output: its value at the pointer. Over the network: the weight there."""
        output = self.app.stage.output
        inside = self.browser.closest(event.target, "#output") is not None
        if inside or output.place is not None:
            output.pointed(event if inside else None)
            self.redraw()
        if self.lab.pointer_moved(event):
            self.redraw()
        if event.pointerType == "mouse":
            if self.browser.closest(event.target, "[data-bias]") is not None:
                return
            tile = self.browser.closest(event.target, ".tile")  # small ones are near to many links
            if tile is None and self.browser.closest(event.target, "#network") is not None:
                self.open_link_at(event, opened=False)
            elif not self.app.stage.card.opened:
                self.app.stage.card.close()
