"""The tables of the first pictures: two kinds of confusion matrix, and the chart's legend."""

from html import escape

from explorer.drawing.scales import whole_percent
from explorer.panels.lab.confusion import counts_of
from explorer.text.notices import TEXT
from explorer.text.wine import WINE


def counts(snapshot):
    """How often each class was said of the training rows of each class."""
    answers = snapshot.responses[-1].argmax(axis=1)
    names = snapshot.problem.class_names
    return counts_of(snapshot.problem.train.labels, answers, len(names)).tolist()


def wide(snapshot):
    """The lab's: with the names of the classes and the accuracy of each."""
    names = snapshot.problem.class_names
    heads = "".join(
        f'<th scope="col">{mark(c)}<span class="unseen">{escape(name)}</span></th>'
        for c, name in enumerate(names, 1)
    )
    rows = "".join(
        f'<tr><th scope="row">{mark(c)}<span class="name">{escape(name)}</span></th>'
        f"{cells(row, c - 1)}"
        f'<td class="share number">{row[c - 1]}/{sum(row)} · '
        f"{whole_percent(row[c - 1] / sum(row))}</td></tr>"
        for c, (name, row) in enumerate(zip(names, counts(snapshot), strict=True), 1)
    )
    return (
        f'<caption class="unseen">{escape(WINE["confusion_caption"])}</caption><thead><tr>'
        f'<th scope="col">{escape(WINE["confusion_corner"])}</th>{heads}'
        f'<th scope="col" class="right-head">{escape(WINE["confusion_right"])}</th></tr></thead>'
        f"<tbody>{rows}</tbody>"
    )


def cells(row, right):
    return "".join(
        f'<td class="{"right" if c == right else "wrong"}"{" data-some" if count else ""}>'
        f"{count or '·'}</td>"
        for c, count in enumerate(row)
    )


def small(snapshot):
    """The playground's: marks and counts only."""
    table = counts(snapshot)
    heads = "".join(f'<th scope="col">{named(c)}</th>' for c in range(1, len(table) + 1))
    rows = "".join(
        f'<tr><th scope="row">{named(c)}</th>'
        + "".join(
            f'<td class="{"right" if said == c else ""}">{count}</td>'
            for said, count in enumerate(row, 1)
        )
        + "</tr>"
        for c, row in enumerate(table, 1)
    )
    return f"<tr><th>{escape(TEXT['truth_and_answer'])}</th>{heads}</tr>{rows}"


def named(number):
    name = TEXT["class_name"].format(number=number)
    return f'{mark(number)}<span class="unseen">{escape(name)}</span>'


def mark(number):
    """A class's mark, as `class-marks` shows it in the page."""
    return f'<svg viewBox="-4.8 -4.8 9.6 9.6" aria-hidden="true"><use href="#mark-{number}"/></svg>'


def legend(values):
    """The legend of the losses, as the chart library lays it out.

    Args:
        values: {name in the texts: what stands beside it}.
    """
    colours = {"loss_train": "accent", "loss_test": "second"}
    return "".join(
        f'<tr class="u-series"><th><div class="u-marker" '
        f'style="border:2px solid var(--{colours.get(name, "panel")})"></div>'
        f'<div class="u-label">{escape(TEXT[name])}</div></th>'
        f'<td class="u-value" id="first-{name}">{escape(value)}</td></tr>'
        for name, value in values.items()
    )
