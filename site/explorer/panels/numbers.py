"""The numbers beside the pictures: epoch, losses, accuracy or R squared, confusion matrix."""

from explorer.drawing.scales import decimals, grouped, percent
from explorer.text.notices import TEXT


class NumbersPanel:
    """Writes the numbers of a snapshot into both views' places."""

    def __init__(self, browser):
        self.browser = browser
        names = (
            "epoch", "batch", "loss-train", "loss-test", "score-train", "score-test", "confusion",
            "score-train-name", "score-test-name", "legend",
        )  # fmt: skip
        self.nodes = {name: browser.element(name) for name in names}
        self.cells = []

    def write(self, name, text):
        self.browser.write(self.nodes[name], text)

    def draw(self, snapshot):
        last, regression = snapshot.last, snapshot.problem.task == "regression"
        self.write("epoch", grouped(snapshot.epoch))
        self.write(
            "batch", TEXT["batch_shown"].format(batch=snapshot.batch) if snapshot.batch else ""
        )
        self.write("loss-train", decimals(last.loss_train))
        self.write("loss-test", decimals(last.loss_test))
        for share in ("train", "test"):
            score = getattr(last, f"score_{share}")
            self.write(f"score-{share}", decimals(score) if regression else percent(score))
            self.write(f"score-{share}-name", TEXT["r2" if regression else "accuracy"])
        self.draw_confusion(snapshot)

    def draw_confusion(self, snapshot):
        """The confusion matrix on the training data, for three classes and more."""
        table, problem = self.nodes["confusion"], snapshot.problem
        shown = problem.task == "multiclass" and problem.on_plane
        table.hidden = not shown
        self.nodes["legend"].hidden = problem.task == "multiclass"
        if not shown:
            return
        k = len(problem.class_names)
        if len(self.cells) != k * k:
            self.make_table(table, k)
        confusion = snapshot.last.confusion
        counts = [""] * k * k if confusion is None else confusion.ravel().tolist()
        for cell, count in zip(self.cells, counts, strict=True):
            self.browser.write(cell, str(count))

    def make_table(self, table, k):
        table.replaceChildren()
        self.cells = []
        head = self.browser.create("tr", table)
        self.browser.create("th", head, TEXT["truth_and_answer"])
        for number in range(1, k + 1):
            self.mark(self.browser.create("th", head, scope="col"), number)
        for true in range(1, k + 1):
            row = self.browser.create("tr", table)
            self.mark(self.browser.create("th", row, scope="row"), true)
            for said in range(1, k + 1):
                cell = self.browser.create("td", row, translate="no")
                cell.className = "right" if said == true else ""
                self.cells.append(cell)

    def mark(self, node, number):
        node.appendChild(self.browser.copy_of(f"#class-marks [data-class='{number}']"))
        label = TEXT["class_name"].format(number=number)
        self.browser.create("span", node, label, class_="unseen")
