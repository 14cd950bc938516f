"""Binds the form elements of the page to Settings, by walking the table of knobs.

An element's `name` is the name of a field. What the elements say becomes new settings; what the
settings are is written back into the elements. Settings are never changed in place.
"""

from dataclasses import replace

from explorer.forms.markup import YOUR_DATA, shown
from explorer.settings import own
from explorer.settings.fields import Flag
from explorer.settings.settings import DEFAULTS, KNOBS, PARAMETERS, Settings

REDRAWS_DATA = ("dataset", "reg_dataset", "noise", "train_share", "problem")


def changed(settings, node):
    """Return the settings after the form element `node` was changed; None if it is not one of ours.

    Raises:
        BadValue: For a text that the field does not take.
    """
    name = node.name
    if name == "table":
        return replace(settings.with_text("dataset", node.value), left_out=())
    if name not in KNOBS:
        return None
    if name == "problem" and node.value == "classification" and settings.dataset in own.numbers:
        settings = replace(settings, dataset=DEFAULTS["playground"].dataset)
        return settings.with_text(name, node.value)
    if name == "dataset":
        return chosen_dataset(settings, node.value)
    if name == "formula" and node.type == "checkbox":
        return replace(settings, formula="")
    if isinstance(KNOBS[name].metadata["kind"], Flag):
        return replace(settings, **{name: bool(node.checked)})
    return settings.with_text(name, node.value)


def chosen_dataset(settings, value):
    """Choosing a data set also chooses the problem that it belongs to."""
    for field, problem in (("dataset", "classification"), ("reg_dataset", "regression")):
        if value in KNOBS[field].metadata["kind"].names:
            return replace(settings.with_text(field, value), problem=problem)
    return settings.with_text("dataset", value)


# Parameters that only some optimizers or schedules have.
RELEVANT = {
    **{
        KNOBS[name].metadata["key"]: ("optimizer", kinds)
        for name, kinds in PARAMETERS.items()
        if name in KNOBS
    },
    "scheduleEpochs": ("schedule", {"step", "exponential", "cosine"}),
}


def is_shown(key, settings):
    """Whether the control with this key is to be seen: not hidden by a teacher, and in use."""
    field, values = RELEVANT.get(key, ("view", {settings.view}))
    return key not in settings.hidden and getattr(settings, field) in values


def draws_anew(old: Settings, new: Settings) -> bool:
    """Whether a change of settings asks for points from a new seed, as in the playground."""
    return new.view == "playground" and any(
        getattr(old, name) != getattr(new, name) for name in REDRAWS_DATA
    )


def show(browser, settings):
    """Write the settings into every form element that shows one of them."""
    for name in KNOBS:
        for node in browser.elements(f'[name="{name}"]'):
            show_one(browser, node, name, settings)
        output = browser.element(f"{name}-shown")
        if output is not None:
            browser.write(output, shown(name, settings))
    show_table(browser, settings)


def problem_of(settings):
    """What the menu of problems says: a table of the reader's own may be one of numbers."""
    return "regression" if settings.dataset in own.numbers else settings.problem


def show_table(browser, settings):
    """Show in the Wine lab's menu which table it is about."""
    if own.is_table(settings.dataset):
        for node in browser.elements('[name="table"]'):
            node.value = settings.dataset
            if node.value != settings.dataset:
                title = own.names[settings.dataset]
                option = browser.create("option", None, title, value=settings.dataset)
                node.insertBefore(option, node.querySelector(f'[value="{YOUR_DATA}"]'))
                node.value = settings.dataset


def show_one(browser, node, name, settings):
    if node.type == "radio":
        node.checked = node.value == settings.dataset_name
    elif node.type == "checkbox":
        node.checked = bool(getattr(settings, name))
    else:
        text = problem_of(settings) if name == "problem" else settings.text(name)
        if node.value != text:
            node.value = text
        if node.value != text and node.tagName == "SELECT":
            browser.create("option", node, text, value=text, translate="no")  # from a link
            node.value = text
