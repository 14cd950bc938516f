"""One activation menu per hidden layer, made to fit the number of layers."""

from dataclasses import replace

from explorer.settings.settings import HIDDEN_ACTIVATIONS
from explorer.text.labels import CHOICES
from explorer.text.notices import TEXT


class LayerMenus:
    """The menus among the further settings that give a layer its own activation."""

    def __init__(self, browser, change):
        """Make the menus.

        Args:
            change: Takes new settings, and whether the choice is settled.
        """
        self.browser, self.change = browser, change
        self.fields = {"[data-layer]": self.chosen}
        self.parent = browser.element("layer-activations")
        self.menus = []

    def show(self, settings):
        """Make as many menus as there are hidden layers, and show their choices."""
        self.settings, count = settings, len(settings.network_shape)
        if len(self.menus) != count:
            self.parent.replaceChildren()
            self.menus = [self.make(layer) for layer in range(count)]
        for layer, menu in enumerate(self.menus):
            own = settings.layer_activations
            menu.value = own[layer] if layer < len(own) else ""

    def chosen(self, node, settled):
        """A layer gets another activation."""
        own = with_layer_activation(self.settings, int(node.getAttribute("data-layer")), node.value)
        self.change(replace(self.settings, layer_activations=own), settled)

    def make(self, layer):
        label = TEXT["layer_activation"].format(layer=layer + 1)
        field = self.browser.create("label", self.parent, class_="field")
        self.browser.create("span", field, label)
        menu = self.browser.create(
            "select", field, data_layer=layer, data_help="layer_activations",
            aria_describedby="help-layer_activations",
        )  # fmt: skip
        self.browser.create("option", menu, TEXT["as_network"], value="")
        for name in HIDDEN_ACTIVATIONS:
            self.browser.create("option", menu, CHOICES["activation"][name], value=name)
        return menu


def with_layer_activation(settings, layer, name):
    """The value of `layer_activations` after layer `layer` (from 0) was given `name`."""
    own = [*settings.layer_activations, *[""] * len(settings.network_shape)]
    own = own[: len(settings.network_shape)]
    own[layer] = name
    return tuple(own) if any(own) else ()
