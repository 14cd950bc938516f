"""What a reader may choose otherwise: the guessed target, and values that mean missing."""

import numpy as np

from nncore.reading.reader import read


def test_an_amount_is_guessed_as_the_target_before_a_category() -> None:
    rows = "".join(f"{i}.5,{100 + i}.9,{'xyz'[i % 3]},{i % 5}.25\n" for i in range(30))
    for name, target in (("price", "price"), ("width", "town")):
        found = read(f"rooms,{name},town,age\n{rows}")
        assert found.target is not None
        assert found.target.name == target
        assert "target_guess" in {doubt.kind for doubt in found.doubts}


def test_values_that_mean_missing() -> None:
    rows = "".join(
        f"{i % 4}.5,{('blue', 'green', 'none', 'red')[i % 4]},k{i % 2}\n" for i in range(12)
    )
    found = read(f"a,colour,kind\n{rows}").without("green", "colour")
    number, colour, _ = found.columns
    assert colour.categories == ("blue", "none", "red")
    names = ["" if np.isnan(v) else colour.categories[int(v)] for v in colour.values[:4]]
    assert names == ["blue", "", "none", "red"]
    assert not number.missing.any()
    number, colour, _ = found.without("2.50").columns
    assert number.missing.tolist() == [False, False, True, False] * 3
    assert colour.categories == ("blue", "none", "red")
    empty = found.without("blue").without("none").without("red").columns[1]
    assert (empty.kind, empty.missing.all()) == ("empty", True)
