"""The network beside scikit-learn's models: scores in a table, and two planes side by side."""

from explorer.drawing.palette import point_colours
from explorer.drawing.scales import Linear, decimals, percent
from explorer.drawing.views import scatter
from explorer.text.code import CODE

PICTURES = ("components", "learned")  # in the order in which they come
RADIUS, RIM = 3.0, 0.7


class ComparePanel:
    """Says what a comparison takes, how far it is, and what has come of it."""

    def __init__(self, browser):
        self.browser = browser
        names = ("line", "start", "progress", "status", "results", "rows", "of")
        self.nodes = {name: browser.element(f"compare-{name}") for name in names}
        self.waiting = []

    def write(self, name, text):
        self.browser.write(self.nodes[name], text)

    def offer(self, size, installed):
        """Offer to load scikit-learn, or to compare at once.

        Args:
            size: The bytes that have to be loaded; 0 where the page comes without them.
        """
        key = "compare_no_site" if not size else "compare_ready" if installed else "compare_line"
        self.write("line", CODE[key].format(size=megabytes(size)))
        self.nodes["start"].hidden = not size

    def loading(self, done, size):
        progress = self.nodes["progress"]
        progress.hidden = False
        progress.setAttribute("value", f"{done / size:.4f}")
        self.nodes["start"].disabled = True
        text = CODE["compare_loading"].format(done=megabytes(done), size=megabytes(size))
        self.write("status", text if done < size else CODE["compare_installing"])

    def failed(self, reason):
        self.nodes["start"].disabled, self.nodes["progress"].hidden = False, True
        self.write("status", CODE["compare_failed"].format(reason=reason))

    def begin(self, experiment):
        """A new comparison: the results of the last one go."""
        self.nodes["start"].disabled, self.nodes["progress"].hidden = True, True
        self.nodes["rows"].replaceChildren()
        self.nodes["results"].hidden = True
        self.waiting = list(PICTURES)
        self.write("status", CODE["compare_installing"])
        words = {"epoch": experiment.epoch, "seed": experiment.settings.seed}
        self.write("of", CODE[f"compare_of_{kind_of(experiment)}"].format(**words))
        for name in PICTURES:
            self.browser.element(f"compare-{name}-figure").hidden = True

    def training(self, model, experiment):
        name = name_of(model, experiment)
        self.write("status", CODE["compare_training"].format(name=name))

    def add(self, score, experiment):
        """A line of the table."""
        row = self.browser.create("tr", self.nodes["rows"])
        head = self.browser.create("th", row, name_of(score.model, experiment), scope="row")
        if score.epochs:
            text = CODE["compare_epochs"].format(epochs=score.epochs)
            self.browser.create("small", head, text)
        form = percent if experiment.problem.task != "regression" else decimals
        for value in (score.train, score.test):
            self.browser.create("td", row, "–" if value is None else form(value), translate="no")
        self.nodes["results"].hidden = False

    def draw(self, picture, problem, look):
        """Draw the next of the two planes.

        Args:
            look: Holds theme and shades.
        """
        name = self.waiting.pop(0)
        self.browser.element(f"compare-{name}-figure").hidden = False
        ctx, width, height = self.browser.fit(self.browser.element(f"compare-{name}"))
        reach, labels = picture.reach, problem.train.labels
        xs = Linear(-reach, reach, 0, width)(picture.points[:, 0])
        ys = Linear(-reach, reach, height, 0)(picture.points[:, 1])
        places = scatter.spread(xs, ys, most=width / 12)
        xs, ys = xs + places[:, 0], ys + places[:, 1]
        if problem.task == "regression":
            groups = scatter.value_groups(xs, ys, labels / 2, look.shades, RADIUS)
        else:
            classes = (labels if problem.task == "multiclass" else labels < 0).astype(int)
            colours = point_colours(look.theme, problem.task)
            groups = scatter.class_groups(xs, ys, classes, colours, RADIUS)
        scatter.draw(ctx, self.browser.path, groups, look.theme.rim, RIM)

    def done(self):
        self.nodes["start"].disabled = False
        self.write("status", "")
        self.write("line", CODE["compare_ready"])


def name_of(model, experiment):
    """What a model is called in the table."""
    shape = ", ".join(map(str, experiment.settings.network_shape))
    return CODE[f"compare_{model}_{kind_of(experiment)}"].format(shape=shape)


def kind_of(experiment):
    """Whether a class or a value is predicted."""
    return "value" if experiment.problem.task == "regression" else "class"


def megabytes(count):
    return decimals(count / 1e6, 1)
