"""What is guessed where nothing says it: the target, identifiers, and digits in quotes."""

import pytest
from readings import doubts, kinds, mixed, roles, values

from nncore.reading.reader import read

GUESSES = [  # header, line, target, what is left out
    ("sex,home,G1,G2,G3", "<K>,<C>,<B>,<A>,1<B>", "G3", []),
    ("treatment,a,b", "<K>,<A>,<B>", "treatment", []),
    ("X,Y,month,day,area", "1<A>,<B>,<K>,<C>,<A>", "area", []),
    ("x,y", "<A>,<B>", "y", []),
]  # fmt: skip


@pytest.mark.parametrize(("header", "line", "target", "out"), GUESSES)
def test_which_column_is_guessed_as_the_target(
    header: str, line: str, target: str, out: list[str]
) -> None:
    found = read(f"{header}\n{mixed(line)}")
    assert (roles(found, "target"), roles(found, "out")) == ([target], out)


@pytest.mark.parametrize(
    ("header", "row", "reading"),
    [
        ("place,area,rooms", "{place},5{i}.5,{i}", "first"),
        ("date,place,area,rooms", "0{i}.03.2024,{place},5{i}.5,{i}", "first usable"),
        ("area,rooms,paid", "5{i}.5,{i}.25,1{i}.75", "last"),
        ("area,rooms,paid,date", "5{i}.5,{i}.25,1{i}.75,0{i}.03.2024", "last usable"),
    ],
)
def test_a_guess_by_place_is_told_by_the_place_in_the_table(
    header: str, row: str, reading: str
) -> None:
    lines = [row.format(i=i, place=("Rome", "Oslo", "Bern")[i % 3]) for i in range(1, 10)]
    found = read("\n".join([header, *lines, *lines]))
    assert [d.reading for d in found.doubts if d.kind == "target_guess"] == [reading]


def test_what_is_too_large_for_a_number_is_not_finite() -> None:
    found = read("a;kind\n" + "1,5;x\n2,5;y\n" * 9 + "1,5e999;x\n")
    assert values(found, "a")[-1] is None
    assert ("infinite", "a") in doubts(found)


def test_long_numbers_first_in_a_table_without_names_are_identifiers() -> None:
    rows = "".join(f"{842300 + i * 37},{'MB'[i % 2]},{i * 7 % 23}.5\n" for i in range(40))
    found = read(rows)
    assert (roles(found, "out"), roles(found, "target")) == (["Column 1"], ["Column 2"])
    assert ("identifier", "Column 1") in doubts(found)
    assert roles(read(f"area,kind,b\n{rows}"), "out") == []


def test_many_different_numbers_in_quotes_are_numbers() -> None:
    rows = "".join(f'"{i % 17}";"{i % 3}";{i * i};"{"xy"[i % 2]}"\n' for i in range(60))
    found = read(f'"G1";"size";"G2";"kind"\n{rows}')
    assert (kinds(found)["G1"], kinds(found)["size"]) == ("number", "category")
    assert {("quoted_amounts", "G1"), ("quoted_digits", "size")} <= doubts(found)
