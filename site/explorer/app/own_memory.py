"""Where a table of the reader's own comes from again: the link, if it is small, or this browser.

Settings name such a table. When a link is opened that names one which is not known, it is looked
for in the link and in the browser's storage; what reads it is fetched then.
"""

import json
import re
from urllib.parse import unquote

from explorer.settings import own, short
from explorer.settings.link import LONGEST

KEY = "own-tables"  # in the browser's storage: names and texts, the newest last
MOST, LONGEST_ALL = 3, 3_000_000  # tables, and characters of them together
NAME = re.compile(r"(?:^|&)dataset=(own-[0-9a-f]{8})(?:&|$)")
DATA = re.compile(r"(?:^|&)data=([a-z2-7]+)(?:&|$)")


def restore(browser, text):
    """Make the table known that a link text names, if it can be had."""
    text = unquote(text[: 2 * LONGEST])
    if short.is_short(text):
        try:
            _, text = short.lengthen(text)
        except ValueError:
            return
    match = NAME.search(text)
    if match is None or own.is_own(match[1]):
        return
    in_link = DATA.search(text)
    kept = in_link[1] if in_link else stored(browser).get(match[1])
    if kept:
        take(browser, match[1], kept)


def take(browser, name, text):
    """Make the table of a text known, if it is the one of this name."""
    try:
        from explorer.learning.own_keep import know, unpacked

        table = unpacked(text)
    except (ImportError, ValueError) as fault:
        browser.log_error(f"{name}: {fault}")
        return
    if table.name == name:
        know(table)


def keeping(browser, table):
    """Keep a table in this browser, step by step, in the place of older ones."""
    from explorer.learning.own_keep import packing

    text = yield from packing(table)
    if text is None:
        return
    kept = stored(browser)
    kept.pop(table.name, None)
    kept[table.name] = text
    while len(kept) > MOST or sum(map(len, kept.values())) > LONGEST_ALL:
        kept.pop(next(iter(kept)))
    browser.store(KEY, json.dumps(kept))


def stored(browser):
    """{name: text} of the tables that this browser keeps."""
    try:
        kept = json.loads(browser.stored(KEY) or "{}")
    except (ValueError, RecursionError):
        return {}
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {k: v for k, v in pairs if isinstance(v, str) and isinstance(k, str)}
