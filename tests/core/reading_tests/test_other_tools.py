"""What other tools write: packed files, printed tables, forms, cash books, logs.

Each table is short and made up; what matters is how it is written.
"""

import gzip
import io
import zipfile

import numpy as np
import pytest
from readings import doubts, kinds, mixed, roles, said, values

from nncore.reading.dates import day_of
from nncore.reading.reader import read

PLAIN = "a,b,kind\n" + mixed("<A>,<B>,<K>")


def archive(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return out.getvalue()


def test_a_packed_table_is_read_and_that_is_said() -> None:
    plain = read(PLAIN)
    packed = archive({"a/train.csv": PLAIN, "__MACOSX/a/._train.csv": "\0", "read.me": "hello"})
    for content, kind in ((packed, "unpacked"), (gzip.compress(PLAIN.encode()), "gzip")):
        found = read(content)
        assert values(found, "b") == values(plain, "b")
        assert {kind for kind, _ in doubts(found)} == {kind}
    assert said(read(packed), "unpacked") == "The table was packed; “train.csv” was read."


def test_what_gzip_unpacks_to_is_limited() -> None:
    with pytest.raises(ValueError, match="50 MB is the limit"):
        read(gzip.compress(bytes(51_000_000)))


def test_the_first_sheet_with_a_table_is_read_and_named() -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

    def sheet(*rows: str) -> str:
        cells = "".join(f"<row>{row}</row>" for row in rows)
        return f"<w {space}><sheetData>{cells}</sheetData></w>"

    def cell(place: str, value: str) -> str:
        return f'<c r="{place}" t="str"><v>{value}</v></c>'

    def at(row: int, *texts: str) -> str:
        return "".join(cell(f"{'CDE'[i]}{row}", text) for i, text in enumerate(texts))

    lines = [line.split(",") for line in PLAIN.splitlines()]
    table = [at(5, "Cress"), *(at(6 + i, *line) for i, line in enumerate(lines)), at(80, "Average")]
    sheets = "".join(f'<sheet name="{n}" r:id="{n}"/>' for n in ("Cover", "Data"))
    links = "".join(f'<R Id="{n}" Target="{n}.xml"/>' for n in ("Cover", "Data"))
    found = read(archive({
        "xl/workbook.xml": f"<workbook {space} {rel}><sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<R>{links}</R>",
        "xl/Cover.xml": sheet(cell("A1", "Protocol"), cell("A2", "by us")),
        "xl/Data.xml": sheet(*table),
    }))  # fmt: skip
    assert [column.name for column in found.columns] == ["a", "b", "kind"]
    assert values(found, "b") == values(read(PLAIN), "b")
    assert "“Data” was read" in said(found, "sheet")
    assert ("row_names", "") not in doubts(found)


FORMS = [  # header, line, the column, its kind, its first values, what is said of it
    ("h,t,k", "1<A> cm,<B>,<K>", "h", "number", [11.25, 13], "unit"),
    ("v,t,k", "<A> km/h,<B>,<K>", "v", "number", [1.25, 3], "unit"),
    ("p,t,k", '"($<A>)",<B>,<K>', "p", "number", [-1.25, -3], "brackets"),
    ("p,t,k", "CHF 1’00<A>,<B>,<K>", "p", "number", [1001.25, 1003], "money"),
    ("p,t,k", "–<A>,<B>,<K>", "p", "number", [-1.25, -3], ""),
    ("time;t;k", "08:30;<A>;<K>", "time", "date", [8.5 / 24] * 2, "date"),
    ("when;t;k", "<D> 06:00;<A>;<K>", "when", "date", [day_of("2024-01-01 06:00")], "ordered"),
    ("at,t,k", "2024/03/01 6:00:00 PM GMT+2,<A>,<K>", "at", "date", [19783.75] * 2, "date"),
    ('"a","b","k"', '"1<A>","<B>","<K>"', "a", "number", [11.25, 13], ""),
    ("a,,k,", "<A>,,<K>,", "a", "number", [1.25, 3], ""),
    ("| a | b | k |\n|---|:-:|---|", "| <A> | <B> | <K> |", "a", "number", [1.25, 3], ""),
    ("##v1\n##from us\n#a\tb\tk", "<A>\t<B>\t<K>", "a", "number", [1.25, 3], "comments"),
    ("# a b c", "<A> <B> 1", "a", "number", [1.25, 3], "constant"),
]


@pytest.mark.parametrize(("header", "line", "name", "kind", "first", "doubt"), FORMS)
def test_how_people_write(
    header: str, line: str, name: str, kind: str, first: list, doubt: str
) -> None:
    found = read(f"{header}\n{mixed(line)}")
    names = [column.name for column in found.columns]
    assert name in names
    assert not any(n.startswith("Column") or "-" in n for n in names), "no column without a name"
    assert kinds(found)[name] == kind
    assert values(found, name)[: len(first)] == pytest.approx(first)
    said_of_it = {k for k, column in doubts(found) if column in (name, "", "c")}
    assert doubt in said_of_it if doubt else not said_of_it - {"duplicates"}


def test_thousands_in_a_table_with_semicolons_are_guessed_and_said() -> None:
    rows = "".join(f"{1 + i % 9}.{i * 37 % 1000:03d};{'xy'[i % 2]}\n" for i in range(20))
    found = read(f"Umsatz;Art\n{rows}")
    assert values(found, "Umsatz")[:2] == [1000, 2037]
    assert "could have a decimal mark or a thousands mark" in said(found, "comma_guess")
    plain = read(f"Umsatz;b;Art\n{rows.replace(';', ';0.5;')}")
    assert values(plain, "Umsatz")[:2] == [1, 2.037], "another column has shown the decimal point"


def test_ticks_are_a_category_of_two_values() -> None:
    rows = "".join(f"{i}.5,{'x' if i % 3 else ''},{'xy'[i % 2]}\n" for i in range(30))
    found = read(f"a,member,kind\n{rows}")
    assert values(found, "member")[:3] == ["no", "x", "x"]
    assert "is “x” in 20 rows and empty in all others" in said(found, "ticks")
    other = read(f"a,member,kind\n{rows.replace(',x,', ',Grvl,')}")
    assert "rows with a value: 20, and it is always “Grvl”" in said(other, "only_value")


def test_rows_that_sum_up_the_others_are_left_out_and_said() -> None:
    rows = "".join(f"{'NSE'[i % 3]},{i * i}.5,{'xy'[i % 2]}\n" for i in range(30))
    found = read(f"region,sales,kind\n{rows}Total,8555.5,\nAverage,285,\n,,\n")
    assert found.n_rows == 30
    assert said(found, "totals").endswith("left out: 2 (“Total”, “Average”).")
    words = rows.replace("N,", "min,").replace("S,", "max,")
    assert read(f"region,sales,kind\n{words}max,7.5,x\n").n_rows == 31, "it is a value like others"


def test_the_class_before_many_answers_of_one_kind_is_the_target() -> None:
    rows = "".join(
        ",".join(["ab"[i % 2], *("yn?"[(i * k) % 3] for k in range(1, 7))]) + "\n"
        for i in range(40)
    )
    assert roles(read(rows), "target") == ["Column 1"]
    assert ("target_guess", "Column 1") in doubts(read(rows))


def test_a_last_column_of_more_classes_than_can_be_learned_is_the_target_still() -> None:
    rows = "".join(f"{i * 7 % 16},{i * 3 % 11},{chr(65 + i % 26)}\n" for i in range(260))
    found = read(f"width,height,letter\n{rows}")
    assert roles(found, "target") == ["letter"]
    assert ("target_guess", "letter") in doubts(found)
    assert roles(read(f"width,price,town\n{rows}"), "target") == ["price"]


def test_classes_of_few_rows_are_said() -> None:
    rows = "".join(f"{i}.5,{i % 7},{int(i == 50)}\n" for i in range(100))
    assert "Class: rows of “1”: 1, too few" in said(read(f"a,b,Class\n{rows}"), "rare_class")
    assert "rare_class" not in {kind for kind, _ in doubts(read(PLAIN))}


def test_zeros_that_no_other_value_comes_near_are_said_but_counts_are_not() -> None:
    rng = np.random.default_rng(0)
    rows = [
        (int(rng.integers(0, 9)), 0 if i % 2 else int(rng.integers(14, 300))) for i in range(200)
    ]
    found = read("count,insulin,kind\n" + "".join(f"{a},{b},{'xy'[a % 2]}\n" for a, b in rows))
    assert {column for kind, column in doubts(found) if kind == "zeros"} == {"insulin"}


def test_many_columns_with_the_same_doubt_share_a_sentence() -> None:
    names = ",".join(f"p{k}" for k in range(30))
    rows = "".join(",".join(["0"] * 29 + [f"{i}.5"]) + f",{'xy'[i % 2]}\n" for i in range(20))
    found = read(f"{names},kind\n{rows}")
    assert said(found, "constant").startswith("p0, p1, p2, p3, p4 and 24 more: is “0” in every row")


@pytest.mark.parametrize(("text", "day"), [
    ("2024-03-01", 19783), ("2024-03-01T12:00:00Z", 19783.5), ("1.3.24 06:00", 19783.25),
    ("2024-03-01 18:00:00+02:00", 19783.75), ("12:00 am", 0), ("8:06 p.m.", 20.1 / 24),
    ("1. März 2024", 19783), ("1 juillet 2024", 19905), ("2 juin 2024", 19876),
    ("Dez. 2024", 20058), ("1 foo 2024", None), ("20240301T120000", 19783.5),
    ("Mar 1, 2024", 19783), ("25:00", None), ("13:00 pm", None), ("2024-02-30", None),
    ("3.4", None), ("12", None), ("Ben 10", None), ("Mar 2024 and so on", None),
])  # fmt: skip
def test_dates_and_times(text: str, day: float | None) -> None:
    assert day_of(text) == (None if day is None else pytest.approx(day))


@pytest.mark.parametrize(("name", "write"), [
    ("t", str), ("Month", lambda i: f"{1949 + i // 12}-{i % 12 + 1:02d}"),
])  # fmt: skip
def test_a_number_and_when_it_was_taken_are_target_and_input(name: str, write) -> None:
    rows = "".join(f"{write(i)},{100 + i * 7 % 47}\n" for i in range(40))
    found = read(f"{name},passengers\n{rows}")
    assert (roles(found, "input"), roles(found, "target")) == ([name], ["passengers"])
    assert kinds(found)[name] == "number"
    assert said(found, "only_input").startswith(f"{name}: is a number from which “passengers”")
    assert not {"index", "date", "no_target"} & {kind for kind, _ in doubts(found)}


def test_blanks_in_names_and_sentences_part_no_fields() -> None:
    rows = "".join(
        f"Person {i},a longer text no {i} that all of us have written\n" for i in range(30)
    )
    assert [column.name for column in read(f"name,comment\n{rows}").columns] == ["name", "comment"]
    spaced = read(
        "a b kind\n" + "".join(f"{i},5 {i * 7 % 11},25 {'xy'[i % 2]}\n" for i in range(30))
    )
    assert (spaced.separator, spaced.decimal_comma) == (" ", True)


def test_a_row_may_begin_with_the_mark_of_comments() -> None:
    rows = "".join(
        f"{'#ff0000' if i % 9 == 0 else 'black'},{i * i},{'xy'[i % 2]}\n" for i in range(40)
    )
    found = read(f"# colours\n# measured, by us\ncolour,a,kind\n{rows}# the end\n")
    assert found.n_rows == 40
    assert values(found, "colour")[:2] == ["#ff0000", "black"]
    assert said(found, "comments") == "Comment lines, left out: 3."
    broken = read(
        f"a,b,kind\n{rows.replace('#ff0000', '#DIV/0!').replace('black', '1.5')}2.5,1,x\n"
    )
    assert values(broken, "a")[:2] == [None, 1.5]


def test_a_thousands_mark_is_shown_where_there_is_one() -> None:
    found = read("p,t,k\n" + "USD 5.20,1,x\n" * 9 + '"USD 1,200.00",2,y\n' * 9)
    assert said(found, "groups") == "p: “USD 1,200.00” was read with a thousands mark, as 1200."


HEADERS = [  # the row of names, a row, the names
    ("country,1990,2000,2010,region", "land,<A>,<B>,<A>,<K>", "country 1990 2000 2010 region"),
    (",0,1,2,3", "7,<A>,<B>,<A>,<K>", "Column|1 0 1 2 3"),
    ("label,1,2,3", "1,<A>,<B>,<A>", "label 1 2 3"),
    ("5,6,7,x", "1,<A>,<B>,<K>", "Column|1 Column|2 Column|3 Column|4"),
    ("1,2,3,x", "1,2,3,<K>", "Column|1 Column|2 Column|3 Column|4"),
    ('Q1,Q2,Q3\nSize,Mass,Kind\n"{""id"":1}","{""id"":2}","{""id"":3}"', "<A>,<B>,<K>",
     "Q1|Size Q2|Mass Q3|Kind"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "line", "names"), HEADERS)
def test_names_may_be_numbers_that_count_up(header: str, line: str, names: str) -> None:
    found = read(f"{header}\n{mixed(line)}")
    assert [column.name.replace(" ", "|") for column in found.columns] == names.split(" ")
    assert found.n_rows == 60 + names.startswith("Column|1 Column")


def test_long_answers_that_many_give_are_a_category() -> None:
    answers = ("yes, of course I do it every day", "no, I would never do so at all")
    rows = "".join(f'{i * 7 % 31},"{answers[i % 2]}"\n' for i in range(40))
    found = read(f"age,answer\n{rows}")
    assert roles(found, "target") == ["answer"]
    assert kinds(read(f"age,answer\n{rows[: len(rows) // 4]}"))["answer"] == "text"
