"""What a reader may choose otherwise: the guessed target, and values that mean missing."""

import numpy as np
import pytest

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


def test_the_rare_values_of_a_category_become_one() -> None:
    letters = [*"aaaa", *"bb", *"ccc", *"dd", "e", "f"]
    rows = "".join(f"{i}.5,{letter}\n" for i, letter in enumerate(letters))
    found = read(f"x,kind\n{rows}").gathered("kind", 4)
    kind = found.columns[1]
    assert kind.categories == ("a", "b", "c", "other")  # b and d are equally frequent
    said = [kind.categories[int(v)] for v in kind.values]
    assert said == [letter if letter in "abc" else "other" for letter in letters]
    named = found.gathered("kind", 3, other="b").columns[1]
    assert named.categories == ("a", "other", "b"), "the value of that name takes the others"
    assert (named.values == 2).sum() == 5
    assert found.gathered("kind", 4).columns[1] is kind, "there are no more"
    with pytest.raises(ValueError, match="column must be a category"):
        found.gathered("x", 3)
    with pytest.raises(ValueError, match="no column"):
        found.gathered("y", 3)


def test_gaps_stay_gaps_when_values_are_gathered() -> None:
    rows = "".join(f"{i}.5,{'' if i % 5 == 4 else 'k' + str(i % 4)}\n" for i in range(20))
    kind = read(f"x,kind\n{rows}").gathered("kind", 2).columns[1]
    assert kind.missing.sum() == 4
    assert len(kind.categories) == 2


def test_a_guessed_target_is_said_to_be_the_last_column_only_where_it_is():
    letters = "\n".join(f"{k / 7:.3f},{(k % 9) / 3:.3f},{chr(65 + k % 25)}" for k in range(60))
    for header, text, wanted in (
        ("a,b,letter", letters, "last numeric"),
        ("a,b", "\n".join(line[: line.rindex(",")] for line in letters.split("\n")), "last"),
    ):
        found = read(f"{header}\n{text}")
        [guess] = [doubt for doubt in found.doubts if doubt.kind == "target_guess"]
        assert (guess.column, guess.reading, found.target.name) == ("b", wanted, "b")
