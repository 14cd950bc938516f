"""Keys in the Wine lab: walking through a table's rows, the plane's points and the strips."""

from explorer.app.shortcuts import ARROWS


class LabKeys:
    """Acts for the lab's events: rows are selected and kept by them."""

    def __init__(self, events):
        self.events, self.browser = events, events.browser
        self.lab, self.look = events.lab, events.look

    def pressed(self, event):
        """Take a key in a table, on the plane or on a strip; return whether it was used."""
        if event.key == "Escape" and (self.look.selected or self.look.kept is not None):
            self.events.let_go()
            return True
        if event.altKey:
            return False
        line = self.browser.closest(event.target, "[data-row]")
        if line is not None:
            return self.in_table(event, line)
        if event.target.id == "plane":
            return self.on_plane(event)
        strip = self.browser.closest(event.target, ".strip button")
        if strip is not None and ARROWS.get(event.key, (0, 0))[0]:
            panel = self.lab.film if self.look.band == "film" else self.lab.seeds
            panel.strip.move(strip, ARROWS[event.key][0])
            return True
        return False

    def in_table(self, event, line):
        table, row = self.events.table_of(line), int(line.getAttribute("data-row"))
        if event.key in (" ", "Enter"):
            self.events.toggle(row)
            return True
        if event.key.lower() == "a" and (event.ctrlKey or event.metaKey):
            self.look.selected |= set(table.order)
            return True
        across = ARROWS.get(event.key, (0, 0))[0]
        if across:
            self.browser.closest(table.node, ".table-scroll").scrollLeft += 80 * across
            return True
        reached = None if event.ctrlKey or event.metaKey else table.move(event.key)
        if reached is not None and event.shiftKey:
            self.look.selected |= set(table.between(row, reached))
        return reached is not None

    def on_plane(self, event):
        """Left and right go from row to row, up and down from class to class."""
        plane, kept = self.lab.plane, self.look.kept
        order = sorted(plane.numbers.tolist())
        if event.key in (" ", "Enter") and kept is not None:
            self.events.toggle(kept)
            return True
        place = order.index(kept) if kept in order else None
        across, down = ARROWS.get(event.key, (0, 0))
        if event.key == "Home" or (place is None and (across > 0 or down)):
            target = 0
        elif event.key == "End" or (place is None and across < 0):
            target = len(order) - 1
        elif across:
            target = min(max(place + across, 0), len(order) - 1)
        elif down:
            target = self.next_class(order, place, down)
        else:
            return False
        self.look.source = "plane"
        self.events.keep(order[target])
        self.events.reveal(order[target])
        return True

    def next_class(self, order, place, down):
        """The place of the first row of the next or the previous class."""
        y = self.events.app.experiment.problem.table.y
        if not self.events.app.experiment.problem.class_names:
            return min(max(place + 10 * down, 0), len(order) - 1)
        firsts = [k for k in range(len(order)) if k == 0 or y[order[k]] != y[order[k - 1]]]
        now = max(k for k, first in enumerate(firsts) if first <= place)
        return firsts[min(max(now + down, 0), len(firsts) - 1)]
