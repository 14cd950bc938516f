"""What the reader has open: the settings and the experiment of each view, and how they change.

All changes of settings and weights go through here, so that every one of them can be undone.
The session knows nothing of the page: it can be driven by a test or a script as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from explorer.forms import bind
from explorer.learning import by_hand
from explorer.learning.experiment import Experiment
from explorer.learning.problem import Problem, preparing, takes_long
from explorer.learning.trained import take_up
from explorer.learning.training_state import TrainingState
from explorer.session.own_weights import with_own_weights
from explorer.session.pending_change import Change, PendingChange
from explorer.session.undo import Undo
from explorer.settings import link
from explorer.settings.settings import DATA, DEFAULTS, KNOBS, NOTHING, Settings, invalidated
from nncore.arrays import FloatArray
from nncore.kernel.engine import Engine

# Changes of these, made while training, are marked on the chart.
MARKED = (
    "learning_rate", "regularization", "regularization_rate", "batch_size", "optimizer",
    "momentum", "schedule", "shuffle",
)  # fmt: skip
State: TypeAlias = "tuple[str, Settings, TrainingState | None]"  # see `Session.state`
WIDE = 32  # units of a network that takes long to make


class Session:
    """Settings and experiments by view.

    Args:
        random_seed: Gives a new seed as a text like 0.48213.
        engine: What runs compiled networks.
    """

    def __init__(self, random_seed: Callable[[], str], engine: Engine | None = None) -> None:
        self.random_seed, self.engine = random_seed, engine
        self.settings = dict(DEFAULTS)
        self.experiments: dict[str, Experiment] = {}
        self.view = "playground"
        self.undo = Undo(self.restore, lambda state: state[2].sizes if state[2] else {})
        self.watch: Callable[[Experiment, Settings, bool], None] = lambda *_: None  # see `apply`
        self.before: State | None = None  # before a change that still goes on (a slider dragged)
        self.pending: PendingChange | None = None  # a change whose data are still being made

    @property
    def current(self) -> Settings:
        """The settings of the view that is shown."""
        return self.settings[self.view]

    @property
    def experiment(self) -> Experiment:
        """The experiment of the view that is shown, by the settings of now."""
        self.complete()
        return self.experiments[self.view]

    def show(self, view: str) -> None:
        """Turn to a view; its experiment is made when it is first shown."""
        self.complete()
        self.view, settings = view, self.settings[view]

        def make(problem: Problem | None) -> None:
            self.experiments[view] = Experiment(settings, self.engine, problem)

        if view not in self.experiments:
            self.schedule(settings, DATA, make, settled=False)

    def open(self, text: str) -> list[str]:
        """Open a link text; return a sentence for each value that could not be used."""
        self.complete()
        settings, problems = link.decode(text)
        settings, more = with_own_weights(settings)
        if settings.view in self.experiments:
            self.show(settings.view)
            self.apply(settings)
        else:
            self.settings[settings.view] = settings
            self.show(settings.view)
        return problems + more

    def new_seed(self) -> str:
        seed = self.random_seed()
        return seed if self.view == "playground" else str(int(seed[2:]))

    # Changes --------------------------------------------------------------------------------

    def apply(self, settings: Settings, settled: bool = False) -> str:
        """Make `settings` the ones of this view; return what that undoes.

        Args:
            settled: Whether this makes the change under way a step of undo.
        """
        old, experiment = self.current, self.experiments.get(self.view) or self.experiment
        self.settings[self.view] = settings
        undone = invalidated(experiment.settings, settings)

        def change(problem: Problem | None) -> None:
            experiment.change(settings, problem)
            if undone == NOTHING and experiment.epoch:
                self.mark(old, settings)

        self.schedule(settings, undone, change, settled)
        self.watch(experiment, settings, undone != NOTHING)
        return undone

    def schedule(self, settings: Settings, undone: str, change: Change, settled: bool) -> None:
        """Apply a change: large data take several frames first, a wide network the next one."""
        long = undone == DATA and takes_long(settings)
        parts: Iterator[None] = preparing(settings, self.engine) if long else iter(())
        self.pending = PendingChange(parts, change, settled)
        wide = undone != NOTHING and sum(settings.network_shape) > WIDE
        if not (long or wide):
            self.complete()

    def work(self) -> bool:
        """Do the next part of the pending change; return whether there is more of it."""
        pending = self.pending
        if pending is not None and pending.prepare():
            self.pending = None
            pending.change(pending.problem)
            if pending.settled and self.before is not None:
                self.push_undo(self.is_live())
        return self.pending is not None

    def complete(self) -> None:
        """Do all that is left of the pending change."""
        while self.work():
            pass

    def is_live(self) -> bool:
        """Whether the change under way has undone nothing of the training."""
        experiment, before = self.experiment, self.before[2] if self.before else None
        same = before is not None and experiment.model is before.model
        return before is not None and same and experiment.problem is before.problem

    def mark(self, old: Settings, new: Settings) -> None:
        """Mark on the chart what was changed while training."""
        for name in MARKED:
            if getattr(old, name) != getattr(new, name):
                self.experiment.history.mark(self.experiment.epoch, name, new.text(name))

    def change(self, settings: Settings, settled: bool = True, exactly: bool = False) -> str:
        """Make a change by the reader, which can be undone; return what it undid of the training.

        Args:
            settled: Whether the change is complete; a slider that is dragged is not yet.
            exactly: Whether the seed of `settings` is kept, where new data would bring a new one.
        """
        if settings == self.current:
            if settled:
                self.settle()
            return NOTHING
        self.begin()
        if not exactly and bind.draws_anew(self.current, settings):
            settings = replace(settings, seed=self.new_seed())
        return self.apply(self.drawn_anew(settings), settled)

    def drawn_anew(self, settings: Settings) -> Settings:
        """The settings without weights set by hand for a network that they no longer ask for."""
        kept = by_hand.choice(settings) == by_hand.choice(self.current)
        undone = invalidated(self.current, settings) != NOTHING
        return replace(settings, **by_hand.NOTHING) if kept and undone else settings

    def settle(self) -> None:
        """The change under way is complete."""
        if self.pending is not None:
            self.pending.settled = True
        elif self.before is not None:
            self.push_undo(self.is_live())

    def open_anew(self, settings: Settings) -> None:
        """Show settings from epoch 0, such as those of one of many runs: a step of undo."""
        self.show(settings.view)
        if invalidated(self.current, settings) == NOTHING:
            self.begin()
            self.apply(settings)
            self.experiment.reset()
            self.push_undo(live=False)
        else:
            self.change(settings, exactly=True)

    def set_param(self, index: int | list[int], value: float | list[float], settled: bool) -> None:
        """Set a weight or a bias by hand, or some of them."""
        self.begin()
        self.experiment.set_param(index, value)
        if settled:
            self.note_by_hand()

    def freeze(self, index: int, held: bool) -> None:
        """Hold a weight or a bias fixed in training, or let it go."""
        self.begin()
        self.experiment.freeze(index, held)
        self.note_by_hand()

    def note_by_hand(self) -> None:
        """Weights were set or held fixed: the settings say so from now on."""
        by_hand.note(self.experiment)
        self.settings[self.view] = self.experiment.settings
        self.push_undo(live=False)

    def draw_weights(self) -> str:
        """The weights as the seed draws them, in place of what was done by hand."""
        return self.change(replace(self.current, **by_hand.NOTHING))

    @property
    def too_many(self) -> bool:
        """Whether weights were set by hand that are more than a link can carry."""
        return self.view in self.experiments and self.experiments[self.view].too_many

    def reset(self) -> bool:
        """Go back to epoch 0; return whether what was done by hand later left the settings."""
        self.experiment.reset()
        before, self.settings[self.view] = self.current, self.experiment.settings
        return self.current != before

    def open_trained(self, settings: Settings, params: FloatArray, epoch: int, *more: Any) -> None:
        """Show a network that was trained before, in its own settings; see `trained.take_up`."""
        self.show(settings.view)
        self.begin()
        if self.apply(settings) == NOTHING:
            self.experiment.reset()
        take_up(self.experiment, params, epoch, *more)
        self.settings[self.view] = self.experiment.settings
        self.push_undo(live=False)

    def regenerate(self) -> None:
        """New points from a new seed; the network keeps its weights."""
        self.renew(replace(self.current, seed=self.new_seed()))

    def renew(self, settings: Settings) -> None:
        """Other points for the same inputs and outputs; the network keeps its weights."""
        self.begin()
        experiment, self.settings[self.view] = self.experiment, settings

        def change(problem: Problem | None) -> None:
            experiment.renew(settings, problem)
            self.settings[self.view] = experiment.settings

        self.schedule(settings, DATA, change, True)

    def resize(self, shape: Sequence[int]) -> str:
        """Take other numbers of units per hidden layer, within the limits."""
        kind = KNOBS["network_shape"].metadata["kind"]
        if len(shape) <= kind.most_layers and all(1 <= u <= kind.most_units for u in shape):
            return self.change(replace(self.current, network_shape=tuple(shape)))
        return NOTHING

    # Undo -------------------------------------------------------------------------------------

    def state(self) -> State:
        """(view, settings, training): all that undo puts back."""
        return self.view, self.current, self.experiment.save()

    def begin(self) -> None:
        """Remember the state before a change, unless one is under way."""
        if self.pending is not None and self.pending.settled:
            self.complete()
        if self.before is None:
            self.before = self.state()

    def push_undo(self, live: bool) -> None:
        """Make the way from the remembered state to now an undo step, `live` if training stayed."""
        before, after, self.before = self.before, self.state(), None
        assert before is not None, "`begin` comes before"
        if live:
            before, after = (*before[:2], None), (*after[:2], None)
        self.undo.changed(before, after)

    @property
    def can_undo(self) -> bool:
        return bool(self.undo.past) or (self.pending is not None and self.pending.settled)

    @property
    def can_redo(self) -> bool:
        return bool(self.undo.future) and self.pending is None

    def take_back(self, again: bool = False) -> None:
        """Take the last change back, or make it again."""
        self.complete()
        (self.undo.redo if again else self.undo.undo)()

    def restore(self, state: State) -> None:
        """Put a state back, with its training if it has one."""
        view, settings, training = state
        self.show(view)
        if training is None:
            self.apply(settings)
        else:
            self.settings[view] = settings
            self.experiment.restore(training)
