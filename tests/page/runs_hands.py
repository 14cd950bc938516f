"""What the tests of many runs, kept or varied or on a map, do again and again on the page."""

import csv
import io

from hands import press


def section(open_page, link, name, prefix):
    """(browser, app, fill) with a section open; fill(**fields) types into its form."""
    browser, app = open_page(link)
    press(browser, name, ticks=2)

    def fill(**fields):
        for field, text in fields.items():
            browser.element(f"{prefix}-{field}").value = text

    return browser, app, fill


def taken(browser, part, action):
    """(file name, media type, rows) of the table that a part of the section gives away."""
    saved = []
    part.files.save = lambda *file: saved.append(file)
    press(browser, action, "csv")
    [(name, content, kind)] = saved
    return name, kind, list(csv.DictReader(io.StringIO(content)))
