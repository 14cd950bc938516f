"""The twenty seeds: a strip of small scatters, how many reached 100 %, progress and stop."""

from functools import partial

from explorer.drawing.identity import Identity
from explorer.drawing.scales import decimals, short_score
from explorer.panels.lab.strip import Strip, small_scatter
from explorer.text.wine import WINE


class SeedsPanel:
    """Shows runs as they are finished. Pressing one opens it."""

    def __init__(self, browser):
        self.browser = browser
        self.strip = Strip(browser, "seeds", "open-seed")
        self.line = browser.element("seeds-line")
        self.start = browser.element("seeds-start")
        self.stop = browser.element("seeds-stop")
        self.progress = browser.element("seeds-progress")
        self.empty = browser.element("seeds-empty")
        self.look = None

    def draw(self, runs, settings, plane_of_run, look, theme, shades):
        """Show the planes of many seeds, and their sum in a line.

        Args:
            runs: A SeedRuns or None.
            plane_of_run: `plane_of_run(run)` gives (the plane at the end of a run, its Problem).
        """
        if (look, Identity(runs)) != self.look:
            self.look = look, Identity(runs)
            self.strip.clear()
        working = runs is not None and runs.is_running
        self.start.hidden, self.stop.hidden, self.progress.hidden = (
            working,
            not working,
            not working,
        )
        self.empty.hidden = runs is not None
        self.browser.write(self.line, "" if runs is None else sentence(runs))
        if runs is None:
            return
        self.progress.setAttribute("max", str(runs.count))
        self.progress.setAttribute("value", str(len(runs.runs)))
        self.strip.show(
            [(run.seed, run) for run in runs.runs],
            lambda canvas, run: (
                run.diverged
                or small_scatter(self.browser, canvas, *plane_of_run(run), theme, shades)
            ),
            partial(caption, runs.predicts_values),
        )
        for run in runs.runs:
            solved = run.score == 1 and not run.diverged
            self.strip.items[run.seed][1].toggleAttribute("data-solved", solved)
        self.strip.point_out(settings.seed)


def sentence(runs):
    """How many of the runs reached 100 %, at the end and on the way."""
    key = "seeds_working" if runs.is_running else "seeds_stopped" if runs.stopped else "seeds_done"
    words = {"done": len(runs.runs), "count": runs.count}
    if runs.runs and runs.predicts_values:
        scores = [run.score for run in runs.runs]
        least, most = decimals(min(scores), 2), decimals(max(scores), 2)
        return WINE["seeds_values"].format(**words, least=least, most=most)
    return WINE[key].format(**words, solved=runs.solved, touched=runs.touched)


def caption(values, run):
    """Return what stands below a run's picture, and what it is called.

    Args:
        values: Whether the table's answers are values.
    """
    if run.diverged:
        words = {"seed": run.seed, "epoch": run.epoch, "accuracy": WINE["seed_blown_up"]}
        return WINE["seed_caption"].format(**words), WINE["seed_label_blown_up"].format(**words)
    words = {"seed": run.seed, "accuracy": short_score(run.score, values)}
    label = "seed_label_value" if values else "seed_label"
    return WINE["seed_caption"].format(**words), WINE[label].format(**words)
