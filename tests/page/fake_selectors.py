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


@functools.lru_cache(maxsize=500)
def parsed(selector):
    """[[compound, ...], ...]: per comma the compounds from the outside in; each is its tests."""
    return [[compound(text) for text in split(chain)] for chain in selector.split(",")]


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


@functools.lru_cache(maxsize=500)
def key_of(selector):
    """(kind, name) by which the elements that a chain may fit can be looked up."""
    [chain] = parsed(selector)
    keys = [
        (f"={test['name']}" if kind == "=" else kind, test[group])
        for kind, group in KEYS.items()
        for test in chain[-1]
        if test[group]
    ]
    return keys[0] if keys else ("tag", "*")


def holds(node, test):
    """Whether an element passes one test of a compound."""
    if test["tag"]:
        return test["tag"] in ("*", node.tag)
    if test["id"]:
        return node.id == test["id"]
    if test["class"]:
        return test["class"] in node.className.split()
    if test["name"]:
        value = node.attributes.get(test["name"])
        return value is not None and test["value"] in (None, value)
    if test["pseudo"] in ("focus", "focus-visible"):
        return node.document.activeElement is node
    if test["pseudo"] == "popover-open":
        return node.open
    raise ValueError(f"the fake document does not know :{test['pseudo']}")


def fits(node, chain):
    """Whether `node` is the innermost of a chain of compounds."""
    *outer, inner = chain
    if not all(holds(node, test) for test in inner):
        return False
    if not outer:
        return True
    above = node.parent
    while above is not None:
        if fits(above, outer):
            return True
        above = above.parent
    return False


def matches(node, selector):
    """Whether an element fits any of the selector's chains."""
    return any(fits(node, chain) for chain in parsed(selector))
