"""The confusion matrix with the accuracy of every class, and a sentence when a class is lost."""

import numpy as np

from explorer.drawing.scales import decimals, whole_percent
from explorer.text.wine import WINE


def counts_of(labels, answers, n_classes):
    """(n_classes, n_classes) counts: row = true class, column = what the network says."""
    pairs = labels.astype(int) * n_classes + answers
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)


def lost_classes(counts):
    """The classes of which the network gets no row right, although there are some."""
    return np.flatnonzero((counts.sum(axis=1) > 0) & (np.diag(counts) == 0)).tolist()


class ConfusionPanel:
    """Writes the matrix of the training rows or of the rows held back."""

    def __init__(self, browser):
        self.browser = browser
        self.table = browser.element("wine-confusion")
        self.sentence = browser.element("class-lost")
        self.share = browser.element("confusion-share")
        self.made_for = None

    def draw(self, snapshot, nouns):
        problem = snapshot.problem
        names = problem.class_names
        self.share.parentNode.hidden = not (names and len(problem.test.inputs))
        self.table.hidden = not names
        if not names:
            self.browser.write(self.sentence, self.r2_sentence(snapshot.last))
            self.sentence.toggleAttribute("data-lost", False)
            return
        test = self.share.value == "test" and len(problem.test.inputs) > 0
        counts = self.counts(snapshot, test)
        self.write(counts, names)
        lost = lost_classes(counts) if snapshot.epoch else []
        said = WINE["class_lost"].format(
            names=WINE["and"].join(names[c] for c in lost), nouns=nouns[1]
        )
        self.browser.write(self.sentence, said if lost else "")
        self.sentence.toggleAttribute("data-lost", bool(lost))

    @staticmethod
    def counts(snapshot, test):
        """Of all rows: as they were measured, where pictures show only some of them."""
        problem, rows = snapshot.problem, snapshot.problem.train
        if test:
            rows = problem.test
            outputs = snapshot.model.predict(snapshot.params, rows.inputs)
        elif snapshot.pictured is problem or snapshot.last.confusion is None:
            rows, outputs = snapshot.pictured.train, snapshot.responses[-1]
        else:
            return snapshot.last.confusion
        return counts_of(rows.labels, outputs.argmax(axis=1), len(problem.class_names))

    def r2_sentence(self, last):
        return WINE["r2_line"].format(train=decimals(last.score_train))

    def write(self, counts, names):
        if self.made_for != names:
            self.made_for = names
            self.make(names)
        for c, row in enumerate(counts.tolist()):
            for cell, count in zip(self.cells[c], row, strict=True):
                self.browser.write(cell, str(count) if count else "·")
                cell.toggleAttribute("data-some", count > 0)
            total = sum(row)
            text = f"{row[c]}/{total} · {whole_percent(row[c] / total)}" if total else "–"
            self.browser.write(self.rights[c], text)

    def make(self, names):
        self.table.replaceChildren()
        create, table = self.browser.create, self.table
        create("caption", table, WINE["confusion_caption"], class_="unseen")
        head = create("tr", create("thead", table))
        create("th", head, WINE["confusion_corner"], scope="col")
        for number, name in enumerate(names, 1):
            self.mark(create("th", head, scope="col"), number, name, hidden=True)
        create("th", head, WINE["confusion_right"], scope="col", class_="right-head")
        body = create("tbody", table)
        self.cells, self.rights = [], []
        for number, name in enumerate(names, 1):
            row = create("tr", body)
            self.mark(create("th", row, scope="row"), number, name)
            self.cells.append(
                [create("td", row, class_="right" if c == number - 1 else "wrong", translate="no")
                 for c in range(len(names))]
            )  # fmt: skip
            self.rights.append(create("td", row, class_="share number", translate="no"))

    def mark(self, node, number, name, hidden=False):
        node.appendChild(self.browser.copy_of(f"#class-marks [data-class='{number}']"))
        kind = "unseen" if hidden else "name"
        self.browser.create("span", node, name, class_=kind, title=name)
