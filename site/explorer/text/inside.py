"""What is said inside a step: its phases, their sentences and hints, and what can go wrong."""

from explorer.text.language import texts

INSIDE = texts("inside", {
    "title": "Inside a step",
    "sample_plane": "Point {number} of {count}. Target {target}",
    "sample_table": "{noun} {number}: {target}",
    "target": "target",
    "output": "output",
    "loss": "loss",
    "alone": "This sample",
    "together": "Batch of {n}",
    "scope": "What the step learns from",
    "next": "Next sample",
    "pick_plane": "Press a point of the picture to follow that one.",
    "pick_table": "Press a row or a point to follow that one.",
    "pick_unit": "Press another neuron for its numbers.",
    "phases": "Phases of the step",
    "one_by_one": "One neuron at a time",
    "hide": "Numbers",
    "hide_none": "All shown",
    "hide_result": "Results hidden",
    "hide_all": "All hidden",
    "all_terms": "Show all {count}",
    "fewer_terms": "Show the largest",
    "others": "the other {count} together",
    "others_count": "{count} others",
    "otherwise": "otherwise",
    "loss_before": "Loss before",
    "loss_after": "Loss after",
    "predicted": "Change that the gradient promises",
    "bias": "bias",
    "place_unit": "{phase} · {unit}",
    "neuron_short": "Neuron {unit}",
    "symbols": "Formula",
    "lines": "The same with the numbers of this network",
    "weight_of": "Weight {source} → {target}",
    "bias_of": "Bias of {target}",
    "choose_weight": "Weight",
    "said": "{place}. {name} is {value}.",
    "taken": "The network has taken this step. Its weights are those of the walk, but for the "
    "rounding of compiled code: {difference} at most.",
    "taken_exact": "The network has taken this step. Its weights are those of the walk, to the "
    "last digit.",
    "changed": "Something was changed: the walk begins anew.",
    "held_back": "This row is held back: the network does not learn from it.",
    "nudge": "Nudge it by +0.001",
    "nudged": "{weight} + 0.001 changes the loss by {change}. The gradient says {gradient} × 0.001 "
    "= {promise}.",
    "paths": "Paths to the loss",
    "hide_paths": "Hide the paths",
    "paths_line": "{count} paths lead from this number to the loss. The product along each is its "
    "part of the gradient; together they give {total}. 2.1 is the first neuron of layer 2.",
    "paths_one": "One path leads from this number to the loss. The product along it is the "
    "gradient, {total}.",
    "paths_rest": "the other {count} together",
    "check": "Check",
    "show_answer": "Show it",
    "right": "Right.",
    "wrong": "Not yet. {hint}",
    "coarse": "The number is near; give {count} of its digits, counted from the first that is not "
    "0.",
    "sign": "Only its sign is not right.",
    "not_number": "Type a number, such as 0.25 or −2.1e−5.",
    "score": "{right} of {asked} right",
    "batch_strip": "Each sample of the batch has its own gradient for this weight; the line is "
    "their mean, {mean}.",
    "strip_label": "Gradients of the {n} samples, from {least} to {most}, mean {mean}",
    "curve_layer": "L{layer}",
    "curve_output": "Out",
    "walk_tab": "Walk",
    "landscape_tab": "Landscape",
    "tabs": "What is shown inside",
    "plane": "Plane",
    "two_weights": "Two weights",
    "own_plane": "The run's plane",
    "landscape": "The training loss over a plane of the network's weights: blue is low, orange "
    "is high",
    "across": "Across",
    "up": "Up",
    "across_value": "Value across",
    "up_value": "Value up",
    "steps_shown": "Steps shown",
    "zoom_shown": "Zoom",
    "land_weights": "The training loss over two numbers; all others stay as they are. Across: "
    "{across}. Up: {up}. Blue is low, orange high. Drag the handle, or press a link for another "
    "weight.",
    "land_path": "The plane in which this run's weights moved most, and the way they took, from "
    "the dot on. Blue is low, orange high. {percent} % of their movement is not in this plane.",
    "land_rows": "Measured on {count} of the training rows.",
    "land_line": "Loss {loss}. Gradient ({first}, {second}): the grey arrow points uphill. The "
    "dots are the optimizer's next steps on all training rows, with the learning rate above.",
    "land_small": "They are too small to be seen here: zoom in, show more of them, or raise the "
    "learning rate.",
    "no_plane": "The run has no plane of its own yet: train some epochs first.",
    "old_weight": "old weight",
    "new_weight": "new weight",
    "gradient_of": "gradient",
    "rate_of": "learning rate",
    "penalty_of": "regularization rate",
    "step_of": "number of the step",
    "memory_of": "memory",
    "part_kept": "part kept",
    "tiny": "tiny number",
    "sum_above": "the sum of these",
})  # fmt: skip

# Why there is no walk: a title and a sentence.
REFUSED = texts("refused", {
    "not_finite": (
        "No step to walk through",
        "Some weights of this network are not finite numbers. Press Reset, or set them to others.",
    ),
})  # fmt: skip

PHASE_NAMES = texts("phase_names", {
    "input": "Inputs", "sum": "Weighted sum", "activation": "Activation", "loss": "Loss",
    "delta": "Delta", "gradient": "Gradient", "update": "Update", "after": "New loss",
    "mean": "Mean of the batch",
})  # fmt: skip

# One sentence for each phase, by the kind of account.
SENTENCES = texts("sentences", {
    "input": "This is what the network is given, and the target it should answer. Press Step, or "
    "the right arrow key, to follow it through the network and back. Numbers are shown rounded; "
    "the network computes with all their digits.",
    "sum": "The neuron multiplies each number that comes in (i counts them) by the weight of its "
    "link, and adds its bias.",
    "activation": "The activation function bends that sum; the result is what the neuron passes "
    "on.",
    "softmax": "Softmax turns the sums of all outputs into shares that add up to 1.",
    "loss": "The loss is one number for how far the answer is from the target.",
    "output delta": "Delta says how much the loss would grow if this neuron's sum z grew a little: "
    "here it comes straight from the error.",
    "delta": "The deltas of the neurons that this one feeds, in the next layer (k counts them), "
    "come back along the same links, weighted; the slope of the activation says how much of that "
    "gets through.",
    "gradient": "A weight's gradient is what came in over its link times the neuron's delta. A "
    "bias counts as a weight whose input is always 1.",
    "mean": "Every sample s of the batch has a gradient g of its own for this weight; the step "
    "takes their mean.",
    "update": "The optimizer moves the weight against its gradient: a positive gradient makes it "
    "smaller, and the learning rate says how much.",
    "update_memory": "The optimizer moves the weight against its gradient; what it remembers of "
    "earlier gradients decides how far.",
    "after": "The same sample through the changed network. What the gradient promises is exact "
    "for small steps alone. Press Step to have the network take this step, and to go on with the "
    "next sample.",
    "after_batch": "The same batch through the changed network. What the gradient promises is "
    "exact for small steps alone. Press Step to have the network take this step, and to go on "
    "with the next batch.",
})  # fmt: skip

# What helps when the number is asked for, by the kind of line.
HINTS = texts("hints", {
    "product": "Multiply the two numbers.",
    "sum": "Add up all products, and the bias.",
    "activation": "Put z into the activation function.",
    "exp": "e to the power of this output's sum, less the largest sum.",
    "share": "Divide this output's power of e by the sum of all.",
    "loss_term": "Put the output and the target into the formula.",
    "loss": "Add up what the outputs contribute.",
    "error": "Output minus target.",
    "upstream": "Add up weight times delta over all neurons that this one feeds.",
    "slope": "The derivative of the activation function, at z.",
    "delta": "What came back, times the slope.",
    "gradient": "What came in over the link, times delta.",
    "bias_gradient": "The bias's own value does not matter: its input is 1, so it is 1 times "
    "delta.",
    "mean": "Add up the gradients of all samples, and divide by their number.",
    "memory": "The part that is kept of the old memory, plus the new part of the gradient.",
    "update": "Old weight minus learning rate times gradient, in the form this optimizer gives it.",
    "pull": "The regularizer's pull: learning rate times its rate times the slope of the penalty.",
    "weight": "Put the parts together.",
    "new_loss": "All sums and activations again, with the new weights.",
})  # fmt: skip

# What can be seen to go wrong, and what to do.
REMARKS = texts("remarks", {
    "dead": "A dead ReLU: this neuron's sum is below 0 for every training row, so its output and "
    "its slope are 0 and no gradient reaches its weights. A smaller learning rate, other first "
    "weights or a leaky ReLU help.",
    "off": "This ReLU is off for this sample: its slope is 0, so nothing goes back through it now. "
    "Other samples may switch it on.",
    "saturated": "A saturated neuron: at this z the activation is nearly flat, its slope is "
    "{slope}, so hardly any of the error gets through. Smaller weights or ReLU help.",
    "vanishing": "A vanishing gradient: the first layer's is {ratio} times smaller than the last "
    "layer's. Tanh or ReLU in place of sigmoid, fewer layers or larger first weights help.",
    "exploding": "A large gradient: {norm} in this layer. A smaller learning rate keeps the step "
    "small.",
    "exploding_run": "A large gradient: its length is {norm}. A smaller learning rate keeps steps "
    "small.",
    "dead_share": "Dead ReLUs: {percent} % of the neurons in {layer} give 0 for every training "
    "row, and learn nothing. A smaller learning rate, other first weights or a leaky ReLU help.",
    "saturated_share": "Saturated neurons: {percent} % of the slopes in {layer} are nearly 0. "
    "Smaller weights or ReLU help.",
    "held": "This number is held fixed, or L1 has switched it off: it stays as it is.",
    "pruned": "L1 pushes this weight across 0 and so switches it off for good.",
    "no_inputs": "No input is switched on: the sum is the bias alone.",
})  # fmt: skip

# Help on the controls inside, by their name.
INSIDE_HELP = texts("inside_help", {
    "inside_scope": "Whether the step learns from this sample alone, or from the whole batch that "
    "training takes next: then the gradients of its samples are averaged.",
    "inside_next": "Follows the next sample of the batch.",
    "inside_level": "Hides numbers for you to work out: only the last one, or all. One off in the "
    "last digit counts as right.",
    "inside_by_unit": "Step then goes from neuron to neuron, not from layer to layer.",
    "inside_weight": "The weight, or the bias, whose numbers are shown.",
    "inside_nudge": "Makes the weight a little larger and says what the loss does, beside what the "
    "gradient promises. The network stays as it is.",
    "inside_paths": "Shows on the network every way from this weight to the loss, the strongest "
    "first, with the product along each.",
    "inside_plane": "Two weights of your choice, or the plane in which this run moved most.",
    "inside_landscape": "The training loss: blue is low, orange is high, a line where a level is "
    "crossed. Drag the handle to set the two weights, or move it by the arrow keys.",
    "inside_axes": "Which of the neuron's numbers this axis is. Press a link of the network for "
    "one of another neuron.",
    "inside_zoom": "How much closer the map is looked at, around where the network is.",
    "inside_steps": "How many steps of the optimizer are drawn from here, with its learning rate "
    "and momentum.",
})  # fmt: skip
