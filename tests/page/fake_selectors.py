"""CSS selectors for the fake document: tags, ids, classes, attributes, descent and commas."""

import functools
import re

PART = re.compile(
    r"""(?P<tag>^[a-z][a-z0-9-]*|^\*)
    |\#(?P<id>[\w-]+)
    |\.(?P<class>[\w-]+)
    |\[(?P<name>[\w-]+)(?:=(?P<quote>["']?)(?P<value>[^"'\]]*)(?P=quote))?\]
    |:(?P<pseudo>[a-z-]+)""",
    re.VERBOSE,
)


# What elements are looked up by, the rarest first, and the group of PART that holds it.
KEYS = {"id": "id", "=": "value", "class": "class", "name": "name", "tag": "tag"}


@functools.lru_cache(maxsize=2000)
def read(selector):
    """[[compound, ...], ...]: per comma the compounds from the outside in; each is its parts."""
    return [[compound(text) for text in split(chain)] for chain in selector.split(",")]


@functools.lru_cache(maxsize=2000)
def parsed(selector):
    """The same as `read`, with functions of an element that say whether it passes."""
    return [[[passing(part) for part in parts] for parts in chain] for chain in read(selector)]


def split(chain):
    """The compounds of a chain; a space within quotes does not separate."""
    return re.findall(r"""(?:\[[^\]]*\]|[^\s\[])+""", chain.strip())


def compound(text):
    tests, place = [], 0
    while place < len(text):
        found = PART.match(text, place) if place else PART.match(text)
        if found is None or found.end() == place:
            raise ValueError(f"the fake document does not know the selector {text!r}")
        tests.append(found)
        place = found.end()
    return tests


@functools.lru_cache(maxsize=2000)
def key_of(selector):
    """(kind, name) by which the elements that a chain may fit can be looked up."""
    [chain] = read(selector)
    keys = [
        (f"={test['name']}" if kind == "=" else kind, test[group])
        for kind, group in KEYS.items()
        for test in chain[-1]
        if test[group]
    ]
    return keys[0] if keys else ("tag", "*")


@functools.lru_cache(maxsize=2000)
def around(selector):
    """The id of an element that all that a chain fits is in, or None."""
    [chain] = read(selector)
    return next((test["id"] for outer in chain[:-1] for test in outer if test["id"]), None)


def passing(test):
    """A function of an element: whether it passes one test of a compound."""
    if (tag := test["tag"]) is not None:
        return lambda node: tag in ("*", node.tag)
    if (identity := test["id"]) is not None:
        return lambda node: node.attributes.get("id") == identity
    if (each := test["class"]) is not None:
        return lambda node: each in node.attributes.get("class", "").split()
    if (name := test["name"]) is not None:
        if (value := test["value"]) is None:
            return lambda node: name in node.attributes
        return lambda node: node.attributes.get(name) == value
    if test["pseudo"] in ("focus", "focus-visible"):
        return lambda node: node.document.activeElement is node
    if test["pseudo"] == "popover-open":
        return lambda node: node.open and "popover" in node.attributes
    raise ValueError(f"the fake document does not know :{test['pseudo']}")


def fits(node, chain):
    """Whether `node` is the innermost of a chain of compounds."""
    for passes in chain[-1]:
        if not passes(node):
            return False
    if len(chain) == 1:
        return True
    outer, above = chain[:-1], node.parent
    while above is not None:
        if fits(above, outer):
            return True
        above = above.parent
    return False


def matches(node, selector):
    """Whether an element fits any of the selector's chains."""
    return any(fits(node, chain) for chain in parsed(selector))
