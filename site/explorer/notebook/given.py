"""The notebooks that the page comes with."""

from explorer.notebook.document import CODE, Cell, Notebook
from explorer.text import wine_notebook


def lesson(name: str) -> Notebook:
    """One of the notebooks that the page comes with."""
    makers = {
        "lesson_new": (wine_notebook.WORDS["name"], wine_notebook.today),
        "lesson_old": (wine_notebook.WORDS["old_name"], wine_notebook.of_2018),
        "empty": ("notebook", lambda: [(CODE, "")]),
    }
    title, make = makers[name]
    cells = [Cell(f"cell-{place}", *each) for place, each in enumerate(make(), 1)]  # type: ignore[no-untyped-call]
    return Notebook(title, cells)
