"""Real data sets: those that come with the package, and `read_table` for your own.

The package's are small CSV files in nncore/data: a row of column names, then one row per sample,
the label or value to predict in the last column. Sources, licences and checksums stand in
data/SOURCES.md. Files are read by what loaded this module, so they are found wherever the package
lies, in a zip file too.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.checks import one_of

if TYPE_CHECKING:  # what reads tables is large, and is imported when it is wanted
    from nncore.reading.columns import Column
    from nncore.reading.faults import Doubt


@dataclass(frozen=True, eq=False)
class Table:
    """A data set with names.

    Attributes:
        name: A short name.
        X: The measurements as they are in the source, not scaled, (n, n_features).
        y: Class numbers 0, 1, ... (int64), or values (float64) where class_names is empty, (n,).
        feature_names: One name for each column of X.
        class_names: One name for each class; () for regression.
        target_name: What y is.
        source: Citation and licence.
        columns: All columns as they were read; () for a table of the package.
        doubts: What may be other than it looks; `print(*table.doubts, sep="\\n")` says it.
    """

    name: str
    X: FloatArray
    y: Array
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    target_name: str
    source: str
    columns: tuple[Column, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def n_classes(self) -> int:
        """Number of classes; 0 for regression."""
        return len(self.class_names)


@dataclass(frozen=True)
class TableInfo:
    """What is known of a table before it is read; an entry of TABLES is all there is to know.

    Attributes:
        name: The name used in links.
        load: Reads it.
        title: How a reader sees it.
        noun: What one row is.
        nouns: What many rows are.
        sklearn: The call of scikit-learn's loader for the same numbers; empty where it has none.
    """

    name: str
    load: Callable[[], Table]
    title: str
    noun: str
    nouns: str
    sklearn: str = ""


def load_wine() -> Table:
    """Return the Wine table: 178 wines, 13 measurements, 3 cultivars (59, 71 and 48 wines).

    The rows are sorted by class, so shuffle or stratify before taking a part of them.

    Source: Aeberhard, Forina (1992), UCI Machine Learning Repository, doi 10.24432/C5PC7J.
    """
    return _read(
        "wine",
        class_names=("Cultivar 1", "Cultivar 2", "Cultivar 3"),
        source="Aeberhard and Forina (1992), UCI Machine Learning Repository, "
        "doi 10.24432/C5PC7J, CC BY 4.0",
    )


def load_iris() -> Table:
    """Return the Iris table: 150 flowers, 4 lengths in cm, 3 species of 50 flowers each.

    The rows are sorted by class, so shuffle or stratify before taking a part of them. Two rows
    follow Fisher's paper, as in R and scikit-learn, where UCI's file differs from it.

    Source: Fisher (1936), UCI Machine Learning Repository, doi 10.24432/C56C76.
    """
    return _read(
        "iris",
        class_names=("Setosa", "Versicolor", "Virginica"),
        source="Fisher (1936), UCI Machine Learning Repository, doi 10.24432/C56C76, CC BY 4.0",
    )


def load_breast_cancer() -> Table:
    """Return the Wisconsin table: 569 tumours, 30 measurements, malignant (212) or benign (357).

    As in scikit-learn, class 0 is malignant and class 1 benign.

    Source: Wolberg, Mangasarian, Street, Street (1993), UCI Machine Learning Repository,
    doi 10.24432/C5DW2B.
    """
    return _read(
        "breast_cancer",
        class_names=("Malignant", "Benign"),
        source="Wolberg, Mangasarian, Street and Street (1993), UCI Machine Learning Repository, "
        "doi 10.24432/C5DW2B, CC BY 4.0",
    )


def load_diabetes() -> Table:
    """Return the Diabetes table: 442 patients, 10 measurements, and how the disease progressed.

    A regression: y is the progression after a year, from 25 to 346, without a unit. The columns
    are in their own units, as scikit-learn's load_diabetes(scaled=False).

    Source: Efron, Hastie, Johnstone, Tibshirani (2004), doi 10.1214/009053604000000067.
    """
    return _read(
        "diabetes",
        class_names=(),
        source="Efron, Hastie, Johnstone and Tibshirani (2004), Least Angle Regression, "
        "Annals of Statistics 32, doi 10.1214/009053604000000067",
    )


def read_table(
    content: str | bytes, *, name: str = "table", target: str | None = None,
    missing: str = "leave_out",
) -> Table:  # fmt: skip
    """Read a table as people have it: CSV in any dialect, .xlsx, ARFF, Orange's form; also packed.

    Separator, decimal mark, header, encoding, types and roles are found, and what is doubtful about
    them is said in `doubts`. Identifiers, dates and free text are no inputs; categories become
    one-hot columns.

    Args:
        content: The text, or the bytes of a file.
        name: What the table is to be called.
        target: The column to predict; None guesses.
        missing: "leave_out" rows with missing values, or "keep" them, as NaN.

    Returns:
        The table. Without a column that can be the target, y is empty.

    Raises:
        ValueError: If the table cannot be used; the message names row, column and value, and says
            what to change.
    """
    from nncore.reading.encoding import FILL, LEAVE_OUT, encode, encode_inputs
    from nncore.reading.reader import read

    one_of("missing", missing, ("leave_out", "keep"))
    found = read(content)
    if target is not None:
        found = found.changed(target, role="target")
    policy = LEAVE_OUT if missing == "leave_out" else FILL
    if found.target is None:
        X, names = encode_inputs(found, policy)
        return Table(name, X, np.empty(0), names, (), "", "", found.columns, found.doubts)
    table = encode(found, policy, least_rows=1)
    return Table(
        name, table.X, table.y, table.feature_names, table.class_names, table.target_name, "",
        found.columns, found.doubts,
    )  # fmt: skip


def _read(name: str, class_names: tuple[str, ...], source: str) -> Table:
    """Read nncore/data/{name}.csv; the last column is the target."""
    path = os.path.join(os.path.dirname(__file__), "data", f"{name}.csv")
    loader: Any = __spec__.loader
    first, *rows = loader.get_data(path).decode("utf-8").splitlines()
    header, numbers = first.split(","), np.loadtxt(rows, delimiter=",")
    y = numbers[:, -1].astype(np.int64) if class_names else numbers[:, -1].copy()
    X = np.ascontiguousarray(numbers[:, :-1])
    return Table(name, X, y, tuple(header[:-1]), class_names, header[-1], source)


_ALL = (
    TableInfo("wine", load_wine, "Wine", "wine", "wines", "load_wine(return_X_y=True)"),
    TableInfo("iris", load_iris, "Iris", "flower", "flowers", "load_iris(return_X_y=True)"),
    TableInfo(
        "breast_cancer", load_breast_cancer, "Breast cancer", "sample", "samples",
        "load_breast_cancer(return_X_y=True)",
    ),
    TableInfo(
        "diabetes", load_diabetes, "Diabetes", "patient", "patients",
        "load_diabetes(return_X_y=True, scaled=False)",
    ),
)  # fmt: skip
TABLES = {info.name: info for info in _ALL}
