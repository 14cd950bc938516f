"""The article below the playground, as headings and paragraphs; `prerender.page` makes it HTML."""

from explorer.text.language import texts

ARTICLE = texts("article", {"sections": (
    (
        "What is a neural network?",
        "A neural network is a function with many adjustable numbers. It takes some measurements "
        "of a thing, here the place of a point, and answers with a number: how sure it is that "
        "the point is blue. Nobody writes the rule down. The numbers are adjusted, a little at a "
        "time, until the answers fit the examples.",
        "It is built from neurons. A neuron multiplies each of its inputs by a weight, adds the "
        "products and one more number, the bias, and passes the sum through a bend, the "
        "activation. Neurons that look at the same inputs form a layer; the next layer looks at "
        "what this one has found.",
    ),
    (
        "What do the forward and the backward pass do?",
        "The forward pass computes the answer, layer by layer from the inputs to the output. The "
        "loss then says how wrong the answers are: zero if all of them are right.",
        "The backward pass asks of every single weight: if you were a little larger, would the "
        "loss grow or shrink, and how fast? The answers, one per weight, are the gradient. It is "
        "found from the output back to the inputs, because what a weight does to the loss depends "
        "on everything behind it. An update moves every weight a small step against its slope; "
        "how small is the learning rate. One epoch is one round of such updates over all of the "
        "training data.",
    ),
    (
        "What do the pictures show?",
        "Every tile is a neuron, drawn as a map: at each place of the plane its colour is what the "
        "neuron answers for a point there. Blue is positive, orange is negative, and grey is near "
        "zero. The neurons of the first layer can only draw a straight border. Those of the next "
        "layer add such pictures up, so their borders bend.",
        "A line is a weight. Its colour is its sign and its thickness its size; while the network "
        "learns you see which connections matter. The small square at a neuron's corner is its "
        "bias.",
        "The large picture is the network's answer. Points with a light rim are the ones it learns "
        "from, points with a dark rim only test it. A network that does well on the first and "
        "badly on the second has learned by heart.",
    ),
    (
        "What is worth trying?",
        "Make the learning rate tiny, then huge. Take neurons away until it fails, and give one "
        "back. Take the activations away by choosing Linear. Try the spiral. Hold a weight fixed, "
        "or set it by hand, and see what the network makes of it. The presets walk through these.",
    ),
    (
        "Where does the computing happen?",
        "In your browser, by the Python package nncore, which you can read and install. Nothing "
        "you do leaves this page. You may use, change and share all of it under the Apache "
        "License 2.0. The idea and the behaviour follow TensorFlow Playground by Daniel Smilkov "
        "and Shan Carter; the code is our own.",
    ),
)})  # fmt: skip
