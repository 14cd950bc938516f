"""Time travel: the slider under the chart, and the line that marks the epoch shown."""

MARGIN_LEFT, MARGIN_RIGHT = 52, 20  # the chart's plot area within its panel, in pixels


class TravelPanel:
    """A slider from the first recorded epoch to the last."""

    def __init__(self, browser):
        self.browser = browser
        self.slider = browser.element("travel")
        self.head = browser.element("playhead")

    def draw(self, experiment, first=0, last=0):
        """Place slider and line at the epoch that is shown.

        Args:
            first: The chart's first epoch.
            last: Its last one.
        """
        last = max(experiment.history.records[-1].epoch, last, 1)
        slider, epoch = self.slider, experiment.shown.epoch
        if slider.min != str(first) or slider.max != str(last):
            slider.min, slider.max = str(first), str(last)
        if slider.value != str(epoch):
            slider.value = str(epoch)
        part = (epoch - first) / max(last - first, 1)
        self.head.hidden = not 0 <= part <= 1
        self.head.style.transform = f"translateX({100 * part:.3f}%)"
