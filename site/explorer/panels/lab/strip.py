"""A strip of small pictures that can be pressed: the film of the epochs, and the twenty seeds."""

from explorer.drawing.scales import Linear
from explorer.drawing.views import scatter

SIDE = 62  # CSS pixels of a picture's side, at most
MANY = 1000
MOST_CALLS = 60  # that draw the marks of a picture


class Strip:
    """A list of pictures. Each belongs to a key, and is drawn anew only if its subject changes."""

    def __init__(self, browser, identity, action):
        self.browser = browser
        self.node = browser.element(identity)
        self.action = action
        self.items = {}  # key -> (subject, list element, button)
        self.pointed = None

    def clear(self):
        self.node.replaceChildren()
        self.items = {}
        self.pointed = None

    def show(self, subjects, draw, caption, most=MANY, deadline=None):
        """Show pictures in a row; return whether all are there.

        Args:
            subjects: (key, subject) in order.
            draw: `draw(canvas, subject)` makes a picture.
            caption: `caption(subject)` gives (what stands below it, what it is called).
            most: How many new ones are drawn at once, at most.
            deadline: After which no further one is, or None.
        """
        drawn, complete = 0, True
        wanted = [key for key, _ in subjects]
        for key in [key for key in self.items if key not in wanted]:
            self.items.pop(key)[1].remove()
        for place, (key, subject) in enumerate(subjects):
            if key in self.items and self.items[key][0] is subject:
                continue
            if drawn == most or (drawn and deadline is not None and not deadline.left()):
                complete = False
                break
            drawn += 1
            if key in self.items:
                item, button = self.items[key][1:]
                button.replaceChildren()
            else:
                item = self.browser.create("li")
                button = self.browser.create(
                    "button", item, data_action=self.action, data_value=key, tabindex="-1"
                )
                self.node.insertBefore(item, self.node.children.item(place))
            below, name = caption(subject)
            canvas = self.browser.create("canvas", button, aria_hidden="true")
            self.browser.create("span", button, below, translate="no")
            button.setAttribute("aria-label", name)
            draw(canvas, subject)
            self.items[key] = subject, item, button
        if self.items and not any(b.tabIndex == 0 for _, _, b in self.items.values()):
            self.stop_at(next(iter(self.items)))
        return complete

    def point_out(self, key):
        """Mark the picture that is shown large, or none."""
        if key == self.pointed:
            return
        if self.pointed in self.items:
            self.items[self.pointed][1].removeAttribute("aria-current")
        self.pointed = key if key in self.items else None
        if self.pointed is not None:
            self.items[key][1].setAttribute("aria-current", "true")
            self.stop_at(key)

    def stop_at(self, key):
        """Make a picture the strip's stop of the Tab key."""
        for other, (_, _, button) in self.items.items():
            button.tabIndex = 0 if other == key else -1

    def move(self, button, across):
        """Move the focus to the neighbour of a picture."""
        buttons = list(self.node.querySelectorAll("button"))
        place = next(i for i, other in enumerate(buttons) if other.isSameNode(button))
        target = buttons[min(max(place + across, 0), len(buttons) - 1)]
        for other in buttons:
            other.tabIndex = 0 if other.isSameNode(target) else -1
        target.focus()


def small_scatter(browser, canvas, plane, problem, theme, shades):
    """Draw a plane's training rows small; piles are taken apart a little."""
    ctx, width, height = browser.fit(canvas, SIDE, SIDE)
    reach = plane.reach * 1.1
    across = Linear(-reach, reach, 0, width)(plane.train[:, 0])
    up = Linear(-reach, reach, height, 0)(plane.train[:, 1])
    offsets = scatter.spread(across, up, cell=2.0, most=4.5)
    across, up = across + offsets[:, 0], up + offsets[:, 1]
    labels = problem.train.labels
    if problem.task == "regression":
        groups = scatter.value_groups(across, up, labels / 2, shades, 1.6)
    else:
        together = max(scatter.TOGETHER, len(labels) // MOST_CALLS)
        groups = scatter.class_groups(across, up, labels.astype(int), theme.classes, 1.5, together)
    scatter.draw(ctx, browser.path, groups, "transparent", 0.3)
