"""How the run stands: epoch, accuracy and loss, of the training rows and of those held back."""

from explorer.drawing.scales import decimals, percent
from explorer.text.notices import TEXT
from explorer.text.wine import WINE


class ReadoutsPanel:
    """Writes the Wine lab's numbers into the control bar."""

    def __init__(self, browser):
        self.browser = browser
        names = (
            "epoch",
            "limit",
            "batch",
            "score",
            "score-name",
            "held-score",
            "loss",
            "held-loss",
        )
        self.nodes = {name: browser.element(f"standing-{name}") for name in names}

    def draw(self, snapshot):
        last, settings = snapshot.last, snapshot.settings
        regression, held = snapshot.problem.task == "regression", last.loss_test is not None
        score = decimals if regression else percent
        limit = str(settings.stop_epoch) if settings.stop_epoch else "∞"
        batch = TEXT["batch_shown"].format(batch=snapshot.batch) if snapshot.batch else ""
        texts = {
            "epoch": str(snapshot.epoch), "limit": f"/ {limit}", "batch": batch,
            "score": score(last.score_train), "loss": decimals(last.loss_train, 4),
            "score-name": TEXT["r2_train" if regression else "accuracy_train"],
            "held-score": WINE["held"].format(number=score(last.score_test)) if held else "",
            "held-loss": WINE["held"].format(number=decimals(last.loss_test, 4)) if held else "",
        }  # fmt: skip
        for name, text in texts.items():
            self.browser.write(self.nodes[name], text)
        perfect = not regression and last.score_train == 1
        self.nodes["score"].toggleAttribute("data-perfect", perfect)
