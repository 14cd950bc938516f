"""A small document of Python objects, with the part of the DOM that the page uses.

Elements know their attributes, children, text and form values; selectors may use tags, ids,
classes, attributes, descent and commas. What the page does not need is left out, so that a test
fails with an AttributeError where the page begins to use more.
"""

import functools
from types import SimpleNamespace

from fake_selectors import matches
from fake_text import Text

REFLECTED = {
    "id": "id", "name": "name", "className": "class", "title": "title", "min": "min", "max": "max",
}  # fmt: skip
SWITCHES = {"disabled", "hidden", "open", "checked", "readonly"}


class Element:
    """One element. Attributes hold texts; properties such as `checked` live beside them."""

    # What most elements are and have: few set it themselves, and a page has thousands of them.
    disabled = hidden = open = checked = readonly = selected = False
    scrollLeft = scrollTop = scrollWidth = scrollHeight = clientWidth = clientHeight = 0
    is_in_tree = False  # of its document
    nodeType = 1
    box = parent = None

    def __init__(self, document, tag, attributes=()):
        self.document, self.tag = document, tag
        self.attributes = {k: "" if v is None else v for k, v in attributes}
        self.nodes = []  # elements and texts
        for name in self.attributes:
            if name in SWITCHES:
                setattr(self, name, True)
        self.tabIndex = int(self.attributes.get("tabindex", 0))
        if tag == "canvas":
            self.width, self.height = 300, 150

    @functools.cached_property
    def style(self):
        return SimpleNamespace()

    def __repr__(self):
        return f"<{self.tag} {self.attributes}>"

    # Attributes -----------------------------------------------------------------------------

    @property
    def tagName(self):
        return self.tag.upper()

    @property
    def type(self):
        usual = {"select": "select-one", "input": "text", "textarea": "textarea"}
        return self.attributes.get("type", usual.get(self.tag, ""))

    def getAttribute(self, name):
        return self.attributes.get(name)

    def setAttribute(self, name, value):
        self.removeAttribute(name)
        self.attributes[name] = str(value)
        if self.is_in_tree:
            self.document.enter(self, keys_of(name, str(value)))

    def hasAttribute(self, name):
        return name in self.attributes

    def removeAttribute(self, name):
        old = self.attributes.pop(name, None)
        if self.is_in_tree and old is not None:
            self.document.leave(self, keys_of(name, old))

    def toggleAttribute(self, name, force=None):
        on = name not in self.attributes if force is None else force
        if on:
            self.setAttribute(name, "")
        else:
            self.removeAttribute(name)
        return on

    # Form values ----------------------------------------------------------------------------

    @property
    def value(self):
        if self.tag != "select":
            return self.attributes.get("value", "")
        options = self.querySelectorAll("option")
        chosen = [o for o in options if "selected" in o.attributes] or options[:1]
        return chosen[-1].attributes.get("value", "") if chosen else ""

    @value.setter
    def value(self, text):
        assert isinstance(text, str), "form elements hold texts"
        if self.tag != "select":
            self.setAttribute("value", text)
            return
        for option in self.querySelectorAll("option"):
            option.toggleAttribute("selected", option.attributes.get("value") == text)

    # The tree -------------------------------------------------------------------------------

    @property
    def childNodes(self):
        return [Text(self, k) if isinstance(n, str) else n for k, n in enumerate(self.nodes)]

    @property
    def children(self):
        """The child nodes that are elements."""
        return Collection(node for node in self.nodes if isinstance(node, Element))

    def put(self, is_in_tree):
        """This element and all below it have come into the document's tree, or have left it."""
        note = self.document.enter if is_in_tree else self.document.leave
        for node in (self, *self.walk()):
            node.is_in_tree = is_in_tree
            keys = [("tag", node.tag), ("tag", "*")]
            for name, value in node.attributes.items():
                keys += keys_of(name, value)
            note(node, keys)

    def walk(self):
        """Every element below this one, in the order of the document."""
        waiting = [node for node in reversed(self.nodes) if isinstance(node, Element)]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.nodes) if isinstance(child, Element)]

    @property
    def textContent(self):
        return "".join(node if isinstance(node, str) else node.textContent for node in self.nodes)

    @textContent.setter
    def textContent(self, text):
        assert isinstance(text, str)
        self.replaceChildren(text)

    @property
    def parentNode(self):
        return self.parent

    @property
    def firstElementChild(self):
        return next(iter(self.children), None)

    @property
    def nextElementSibling(self):
        siblings = self.parent.children
        place = siblings.index(self) + 1
        return siblings[place] if place < len(siblings) else None

    def appendChild(self, child):
        if isinstance(child, Element):
            child.remove()
            child.parent = self
            if self.is_in_tree:
                child.put(True)
        self.nodes.append(child)
        return child

    def append(self, *children):
        for child in children:
            self.appendChild(child)

    def insertBefore(self, child, other):
        """Put `child` before `other`, or last where that is None."""
        self.appendChild(child)
        if other is not None:
            self.nodes.insert(self.nodes.index(other), self.nodes.pop())
        return child

    def prepend(self, child):
        self.insertBefore(child, next(iter(self.nodes), None))

    def remove(self):
        if self.parent is not None:
            if self.is_in_tree:
                self.put(False)
            self.parent.nodes.remove(self)
            self.parent = None

    def replaceChildren(self, *children):
        for child in self.children:
            if self.is_in_tree:
                child.put(False)
            child.parent = None
        self.nodes = []
        for child in children:
            self.appendChild(child)

    def cloneNode(self, deep=False):
        return self.copied(self.document, deep)

    def copied(self, document, deep=True):
        """A copy of this element for a document, without a parent."""
        twin = Element(document, self.tag, self.attributes.items())
        for node in self.nodes if deep else ():
            if not isinstance(node, str):
                node = node.copied(document)
                node.parent = twin
            twin.nodes.append(node)
        return twin

    def isSameNode(self, other):
        return self is other

    @property
    def isConnected(self):
        return self.is_in_tree

    def contains(self, other):
        return other is self or any(node is other for node in self.walk())

    # Finding --------------------------------------------------------------------------------

    def matches(self, selector):
        return matches(self, selector)

    def closest(self, selector):
        node = self
        while node is not None and not node.matches(selector):
            node = node.parent
        return node

    def querySelectorAll(self, selector):
        return [node for node in self.walk() if node.matches(selector)]

    def querySelector(self, selector):
        return next((node for node in self.walk() if node.matches(selector)), None)

    # Focus, places, popovers ----------------------------------------------------------------

    def focus(self, _options=None):
        self.document.activeElement = self

    def select(self):
        self.selected = True

    def getBoundingClientRect(self):
        left, top, width, height = self.box or self.document.boxes.get(self.id, (0, 0, 40, 40))
        return SimpleNamespace(
            left=left, top=top, width=width, height=height, right=left + width, bottom=top + height
        )

    def togglePopover(self):
        self.open = not self.open

    def hidePopover(self):
        self.open = False

    def showPopover(self):
        self.open = True

    def scrollIntoView(self, options=None):
        """Nothing is out of view here."""


def keys_of(name, value):
    """What an element is looked up by that has an attribute of this name and value."""
    keys = [("name", name), (f"={name}", value)]
    if name == "id":
        keys.append(("id", value))
    if name == "class":
        keys += [("class", each) for each in value.split()]
    return keys


class Collection(list):
    """The children of an element, as an HTMLCollection."""

    def item(self, place):
        return self[place] if 0 <= place < len(self) else None


def reflected(attribute):
    """A property that is the same thing as an attribute."""
    return property(
        lambda self: self.attributes.get(attribute, ""),
        lambda self, value: self.setAttribute(attribute, value),
    )


for _name, _attribute in REFLECTED.items():
    setattr(Element, _name, reflected(_attribute))
