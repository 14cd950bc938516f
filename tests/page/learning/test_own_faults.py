"""What a table of the reader's own is warned of once it is in use."""

from dataclasses import replace

import pytest
from own_hands import forget

from explorer.learning.experiment import Experiment
from explorer.learning.own_keep import know
from explorer.learning.own_table import Recipe, own_table
from explorer.settings.settings import DEFAULTS
from nncore.reading import read


@pytest.fixture(autouse=True)
def forgotten():
    yield
    forget()


def test_a_category_that_no_row_in_use_has_is_no_fault_but_an_amount_that_does_not_vary_is():
    rows = "".join(
        f"{i % 7},{('red', 'blue')[i % 2] if i else 'rare'},{int(i == 0)}.5,{'xyz'[i % 3]}\n"
        for i in range(40)
    )
    content = f"a,colour,spike,kind\n{rows}".encode()
    know(table := own_table("t.csv", content, Recipe(), read(content)))
    settings = replace(DEFAULTS["wine"], dataset=table.name, left_out=(1,), train_share=80)
    [fault] = Experiment(settings).problem.split.faults
    assert (fault.kind, fault.names) == ("constant", ("spike",))
