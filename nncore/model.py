"""A network as a stack of dense layers over one flat vector of parameters.

Sequential knows the order and the shapes of the layers and nothing else; the parameters are an
array that is passed in. In that vector the layers follow one another, each as a block with one
column per unit: a row of weights for each input, then a row of biases. One vector makes an
optimizer a few lines, a snapshot one copy and saving one array.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar

import numpy as np

from nncore.arrays import ArrayLike, BoolArray, FloatArray, RandomSource
from nncore.checks import all_finite, finite_matrix, invalid, numeric_array, whole_number
from nncore.initializers import INITIALIZERS
from nncore.layers import Dense
from nncore.losses import Loss, check_targets, loss_for
from nncore.workspace import Workspace

Kind = TypeVar("Kind", bound=np.generic)
Numbers: TypeAlias = np.ndarray[Any, np.dtype[Kind]]  # an array of one kind of numbers


@dataclass(frozen=True)
class Sequential:
    """Dense layers one after another.

    Shapes used below: X (n, n_inputs), params (n_params,), a layer's output (n, units). Numbers
    that overflow become inf or NaN in the result, without a warning: the caller looks.

    Args:
        layers: The layers, from the first hidden one to the output layer.
        n_inputs: Number of input columns; 0 is allowed (then only biases speak).

    Raises:
        ValueError: If there are no layers, if softmax stands before the last layer, or if
            `n_inputs` is below 0.
    """

    layers: Sequence[Dense]
    n_inputs: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", tuple(self.layers))
        whole_number("n_inputs", self.n_inputs, 0)
        if not self.layers or not all(isinstance(layer, Dense) for layer in self.layers):
            raise invalid("layers", "one Dense layer or more", self.layers)
        for k, layer in enumerate(self.layers[:-1]):
            if layer.activation == "softmax":
                rule = f"another than 'softmax' in layer {k} (softmax is for the last layer)"
                raise invalid("activation", rule, layer.activation)

    @property
    def n_outputs(self) -> int:
        """Number of output columns."""
        return self.layers[-1].units

    @cached_property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """Each layer's block shape, (n_in + 1, n_out)."""
        widths = [self.n_inputs] + [layer.units for layer in self.layers]
        return tuple((n_in + 1, n_out) for n_in, n_out in pairwise(widths))

    @cached_property
    def n_params(self) -> int:
        """Length of the parameter vector."""
        return sum(rows * columns for rows, columns in self.shapes)

    @cached_property
    def is_weight(self) -> BoolArray:
        """Mask over the parameter vector, shape (n_params,): True for weights, False for biases."""
        mask = np.ones(self.n_params, dtype=bool)
        for block in self.blocks(mask):
            block[-1] = False
        mask.flags.writeable = False
        return mask

    def init(self, rng: RandomSource) -> FloatArray:
        """Return first parameters, drawn layer by layer; biases draw nothing.

        Args:
            rng: The source of random numbers.

        Returns:
            A new vector, (n_params,).
        """
        params = np.empty(self.n_params)
        for layer, block in zip(self.layers, self.blocks(params), strict=True):
            initializer = INITIALIZERS[layer.kernel_initializer]
            n_in, n_out = block.shape[0] - 1, block.shape[1]
            block[:-1] = initializer.draw(rng, n_in, n_out)
            block[-1] = initializer.bias
        return params

    def blocks(self, params: Numbers[Kind]) -> list[Numbers[Kind]]:
        """Cut a vector into the layers' blocks, of a row of weights per input and one of biases.

        Args:
            params: The parameters, or any vector of one number for each, (n_params,).

        Returns:
            Each layer's view of it, (n_in + 1, n_out).

        Raises:
            ValueError: If the shape is another.
        """
        if not isinstance(params, np.ndarray) or params.shape != (self.n_params,):
            rule = f"an array of shape ({self.n_params},)"
            raise invalid("params", rule, getattr(params, "shape", type(params).__name__))
        blocks, start = [], 0
        for rows, columns in self.shapes:
            stop = start + rows * columns
            blocks.append(params[start:stop].reshape(rows, columns))
            start = stop
        return blocks

    def unflatten(self, params: Numbers[Kind]) -> list[tuple[Numbers[Kind], Numbers[Kind]]]:
        """Cut a vector into the layers' weights and biases.

        Args:
            params: The parameters, (n_params,).

        Returns:
            Each layer's views (W, b) of it, (n_in, n_out) and (n_out,).

        Raises:
            ValueError: If the shape is another.
        """
        return [(block[:-1], block[-1]) for block in self.blocks(params)]

    def forward(
        self, params: FloatArray, X: ArrayLike, workspace: Workspace | None = None
    ) -> list[FloatArray]:
        """Return every layer's output, from the first layer to the last.

        Args:
            params: The parameters, (n_params,).
            X: The rows, (n, n_inputs).
            workspace: A Workspace(model, n) whose memory is reused; the result then consists of
                views into it.

        Returns:
            One array for each layer, (n, units).

        Raises:
            ValueError: If the arguments do not fit together, or X is not finite everywhere.
        """
        workspace = self._pass(params, finite_matrix("X", X, self.n_inputs), workspace)
        return [layer.a.T for layer in workspace.layers]

    def predict(
        self, params: FloatArray, X: ArrayLike, workspace: Workspace | None = None
    ) -> FloatArray:
        """Return the last layer's output.

        Args:
            params: The parameters, (n_params,).
            X: The rows, (n, n_inputs).
            workspace: As for `forward`.

        Returns:
            The outputs, (n, n_outputs).

        Raises:
            ValueError: If the arguments do not fit together, or X is not finite everywhere.
        """
        return self.forward(params, X, workspace)[-1]

    def features(
        self, params: FloatArray, X: ArrayLike, layer: int, workspace: Workspace | None = None
    ) -> FloatArray:
        """Return one layer's output, a function of what goes into layer 0.

        Args:
            params: The parameters, (n_params,).
            X: The rows, (n, n_inputs).
            layer: Its number; 0 is the first.
            workspace: As for `forward`.

        Returns:
            The outputs, (n, units).

        Raises:
            ValueError: If there is no such layer, or the other arguments do not fit together.
        """
        layer = whole_number("layer", layer, 0, len(self.layers) - 1)
        return self.forward(params, X, workspace)[layer]

    def loss(
        self,
        params: FloatArray,
        X: ArrayLike,
        y: ArrayLike,
        loss: str,
        workspace: Workspace | None = None,
    ) -> float:
        """Return the loss of the model on X and y.

        Args:
            params: The parameters, (n_params,).
            X: The rows, (n, n_inputs).
            y: The targets, (n, n_outputs), or (n,) for one output.
            loss: A name of LOSSES.
            workspace: As for `forward`.

        Raises:
            ValueError: If the arguments do not fit together.
        """
        rule, rows, targets = self.check_data(X, y, loss)
        workspace = self._pass(params, rows, workspace)
        last = workspace.layers[-1]
        with np.errstate(all="ignore"):
            return rule.value(last.a, last.z, targets)

    def loss_and_gradient(
        self,
        params: FloatArray,
        X: ArrayLike,
        y: ArrayLike,
        loss: str,
        workspace: Workspace | None = None,
    ) -> tuple[float, FloatArray]:
        """Return the loss and its gradient with respect to the parameters, by backpropagation.

        Args:
            params: The parameters, (n_params,).
            X: The rows, (n, n_inputs).
            y: The targets, (n, n_outputs), or (n,) for one output.
            loss: A name of LOSSES.
            workspace: As for `forward`.

        Returns:
            The loss, and a new vector, (n_params,).

        Raises:
            ValueError: If the arguments do not fit together.

        Source: Rumelhart, Hinton, Williams (1986), doi 10.1038/323533a0.
        """
        rule, rows, targets = self.check_data(X, y, loss)
        gradient = np.empty(self.n_params)
        workspace = self._pass(params, rows, workspace, gradient)
        last = workspace.layers[-1]
        with np.errstate(all="ignore"):
            value = rule.value(last.a, last.z, targets)
            workspace.backward(workspace.x_and_ones, targets, rule)
        return value, gradient

    def check_data(
        self, X: ArrayLike, y: ArrayLike, loss: str
    ) -> tuple[Loss, FloatArray, FloatArray]:
        """Check data against the model and a loss, and put the targets into columns.

        Args:
            X: The rows, (n, n_inputs).
            y: The targets, (n, n_outputs), or (n,) for one output.
            loss: A name of LOSSES.

        Returns:
            The loss, the rows, and the targets, (n_outputs, n).

        Raises:
            ValueError: If they do not fit together; the message names what is wrong.
        """
        rule = loss_for(loss, self.layers[-1].activation)
        rows = finite_matrix("X", X, self.n_inputs)
        targets = all_finite("y", numeric_array("y", y))
        n, k = len(rows), self.n_outputs
        if targets.shape != (n, k) and (k > 1 or targets.shape != (n,)):
            raise invalid("y", f"of shape ({n}, {k})" + f" or ({n},)" * (k == 1), targets.shape)
        return rule, rows, check_targets(rule, targets.reshape(n, k).T.copy())

    def _pass(
        self,
        params: FloatArray,
        X: FloatArray,
        workspace: Workspace | None,
        gradient: FloatArray | None = None,
    ) -> Workspace:
        """Pass the checked matrix X forward; return the workspace that holds the outputs."""
        if workspace is None:
            workspace = Workspace(self, len(X))
        elif workspace.model != self or workspace.n_rows != len(X):
            rule = f"one for this model and {len(X)} rows"
            raise invalid("workspace", rule, f"{workspace.n_rows} rows of {workspace.model}")
        workspace.bind(params, gradient)
        with np.errstate(all="ignore"):
            workspace.forward(workspace.load(X))
        return workspace
