"""Tables as real programs write them, each with its right reading.

The files are in `tables/`, their sources in `tables/SOURCES.md`. A reading is its
size, its roles, its doubts, and values as a reader of the file would say them; None is missing.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from readings import doubts, kinds, roles, values

from nncore import read_table
from nncore.reading.dates import day_of
from nncore.reading.reader import Reading, read

TABLES = Path(__file__).parent / "tables"


def reading(name: str) -> Reading:
    return read((TABLES / name).read_bytes())


@dataclass(frozen=True)
class Right:
    """The right reading: size, the target, the inputs, and doubts that have to be said."""

    rows: int
    target: str | None
    inputs: str
    doubts: tuple[tuple[str, str], ...] = ()


SEPAL = "Sepal.Length Sepal.Width Petal.Length Petal.Width"
R = Right(15, "Species", SEPAL, (("row_names", ""), ("free_text", "Note"), ("sorted", "Species")))
GERMAN = Right(9, "cultivar", "alcohol malic_acid ash alcalinity_of_ash")
FLAGS = Right(4, "size", "weight flag", (("quoted_digits", "size"), ("date", "when")))
MIXED = Right(3, "y", "a colour", (("no_class", "y"),))
DUMMIES = Right(
    4, "ok", "Größe ratio kind_a kind_b kind_c",
    (("infinite", "ratio"), ("dummies", "kind_a, kind_b, kind_c"), ("target_guess", "ok")),
)  # fmt: skip
IN_ORDER = ("ordered", "Geography Adjustments")
RIGHT = {
    "comment-and-sep.csv": Right(
        3, "kind", "height width", (("comments", ""), ("groups", "height"))
    ),
    "cr-only.csv": Right(3, "MAR", "JAN FEB", (("index", "YEAR"), ("target_guess", "MAR"))),
    "date-serials.csv": Right(
        3, "quality", "acidity sugar density",
        (("date_serial", "acidity"), ("date_serial", "sugar"), ("class_numbers", "quality")),
    ),
    "dates.arff": Right(3, "CLASS", "minutes", (("date", "day"),)),
    "header-in-one-cell.csv": Right(
        3, "quality", "acidity|residual sugar|pH", (("header_cell", ""),)
    ),
    "leading-dot.csv": Right(4, "kind", "alcohol flavanoids hue", (("class_numbers", "kind"),)),
    "liac-arff.arff": Right(9, "class", "alcohol|malic acid|ash"),
    "libreoffice-de-broken.csv": Right(
        3, "kind", "alcohol malic hue",
        (("locale_damage", "alcohol"), ("locale_damage", "malic"), ("locale_damage", "hue")),
    ),
    "libreoffice-de-default.csv": Right(
        4, "Anteil", "Größe|Gewicht kg",
        (("encoding", ""), ("percent", "Anteil"), ("date", "Datum"), ("free_text", "Sorte")),
    ),
    "libreoffice-de-semicolon.csv": Right(
        4, "Anteil", "Größe|Gewicht kg", (("percent", "Anteil"), ("groups", "Gewicht kg"))
    ),
    "money.csv": Right(
        3, "sold", "price discount",
        (("money", "price"), ("groups", "price"), ("percent", "discount"), ("date", "when")),
    ),
    "one-column.csv": Right(3, None, "height", (("one_column", ""), ("no_target", ""))),
    "openpyxl.xlsx": GERMAN,
    "orange-iris.tab": Right(6, "iris", "sepal length|sepal width|petal length|petal width"),
    "orange-mixed.csv": MIXED,
    "orange-mixed.tab": MIXED,
    "orange-one-header.tab": Right(2, "y", "a colour", (("two_targets", "u"),)),
    "pandas-dummies.csv": DUMMIES,
    "pandas-utf8-bom.csv": DUMMIES,
    "pandas-german.csv": GERMAN,
    "pandas-to-csv-index.csv": Right(9, "cultivar", GERMAN.inputs, (("row_names", ""),)),
    "penguins-10.csv": Right(
        10, "species",
        "island bill_length_mm bill_depth_mm flipper_length_mm body_mass_g sex",
        (("constant", "year"),),
    ),
    "preamble.csv": Right(
        3, "Town Adjusted", "Town Unadjusted|",
        (("before", ""), ("after", ""), ("header_rows", ""), IN_ORDER),
    ),
    "question-marks.csv": Right(4, "class", "age weight"),
    "r-flags.csv": FLAGS,
    "r-flags2.csv": FLAGS,
    "r-write-csv.csv": R,
    "r-write-csv2.csv": R,
    "r-write-table.txt": Right(15, "Species", SEPAL, (*R.doubts, ("backslash", ""))),
    "sparse.arff": Right(4, "kind", "milk|whole bread"),
    "uci-style-wine.data": Right(
        9, "Column 1", "|".join(f"Column {i}" for i in range(2, 15)),
        (("no_header", ""), ("target_guess", "Column 1"), ("class_numbers", "Column 1")),
    ),
    "zero-as-missing.csv": Right(
        4, "Outcome", "Pregnancies Glucose BMI Age",
        (("zeros", "Glucose"), ("zeros", "BMI"), ("class_numbers", "Outcome")),
    ),
}  # fmt: skip


def test_every_file_has_its_right_reading() -> None:
    files = {path.name for path in TABLES.iterdir()} - {"SOURCES.md"}
    assert files == set(RIGHT)


@pytest.mark.parametrize("name", RIGHT)
def test_size_roles_and_doubts(name: str) -> None:
    right, found = RIGHT[name], reading(name)
    assert found.n_rows == right.rows
    assert roles(found, "target") == ([right.target] if right.target else [])
    inputs = right.inputs.strip("|").split("|" if "|" in right.inputs else " ")
    assert roles(found, "input") == inputs
    assert set(right.doubts) <= doubts(found)
    assert all(str(doubt) and "{" not in str(doubt) for doubt in found.doubts)


CLEAR = ("liac-arff.arff", "openpyxl.xlsx", "pandas-german.csv", "orange-iris.tab")


@pytest.mark.parametrize("name", [*CLEAR, "question-marks.csv"])
def test_what_is_clear_is_not_doubted(name: str) -> None:
    assert {kind for kind, _ in doubts(reading(name))} <= {"sorted"}


def test_zeros_that_may_be_amounts_are_not_doubted() -> None:
    assert ("zeros", "Pregnancies") not in doubts(reading("zero-as-missing.csv"))


NA = None
VALUES = [
    ("r-write-csv.csv", "Petal.Width", [0.2, NA, 0.2, 0.2, 0.2, 1.4]),
    ("r-write-csv2.csv", "Petal.Width", [0.2, NA, 0.2, 0.2, 0.2, 1.4]),
    ("r-write-table.txt", "Note", ["it's small"] * 5 + ['"wide", maybe']),
    ("r-write-csv.csv", "Note", ["it's small"] * 5 + ['"wide", maybe']),
    ("pandas-to-csv-index.csv", "ash", [2.43, 2.14, NA, 2.21, 2.67, 2.24]),
    ("pandas-german.csv", "alcohol", [14.23, 13.2, 13.16, 12.29, 13.86, 13.49]),
    ("openpyxl.xlsx", "alcohol", [14.23, 13.2, 13.16, 12.29, 13.86, 13.49]),
    ("openpyxl.xlsx", "ash", [2.43, 2.14, NA, 2.21, 2.67, 2.24]),
    ("uci-style-wine.data", "Column 12", [1.04, 1.05, 1.03, 0.906, 1.36, 0.98]),
    ("question-marks.csv", "age", [63, NA, 55, 40]),
    ("question-marks.csv", "class", ["+", "-", "+", "-"]),
    ("comment-and-sep.csv", "height", [1.5, 1.75, 1250]),
    ("money.csv", "price", [1250, 80.5, NA]),
    ("money.csv", "discount", [0.05, 0.125, 0]),
    ("money.csv", "item", ["desk, oak", "chair", "lamp"]),
    ("liac-arff.arff", "ash", [2.43, 2.14, NA, 2.21]),
    ("liac-arff.arff", "class", ["c 1"] * 3 + ["c 2"] * 3 + ["c 3"] * 3),
    ("orange-iris.tab", "iris", ["Iris-setosa"] * 2 + ["Iris-versicolor"] * 2),
    ("r-flags.csv", "weight", [1.5, NA, 1e6, 2.25e-7]),
    ("r-flags2.csv", "weight", [1.5, NA, 1e6, 2.25e-7]),
    ("r-flags.csv", "flag", ["TRUE", "FALSE", NA, "TRUE"]),
    ("r-flags.csv", "size", ["1", "2", "2", "3"]),
    ("r-flags.csv", "text", ["NA", "x, y", NA, "z"]),
    ("r-flags.csv", "when", [day_of("2024-03-01"), NA, day_of("2024-12-24")]),
    ("pandas-dummies.csv", "ratio", [0.5, NA, 0, 1e-7]),
    ("pandas-utf8-bom.csv", "Größe", [1.75, 1.8, NA, 1.62]),
    ("pandas-utf8-bom.csv", "ratio", [0.5, NA, 0, 1e-7]),
    ("libreoffice-de-default.csv", "Größe", [14.23, 1234.5, 0.125, NA]),
    ("libreoffice-de-default.csv", "Gewicht kg", [1.5, 2.25, 3, 1e6]),
    ("libreoffice-de-default.csv", "Anteil", [0.05, 0.5, 1, 0.125]),
    ("libreoffice-de-default.csv", "Sorte", ["rot", "weiß; trocken", "rosé, süß", 'sagt "ja"']),
    ("libreoffice-de-semicolon.csv", "Gewicht kg", [1.5, 2.25, 3, 1e6]),
    ("libreoffice-de-semicolon.csv", "Anteil", [0.05, 0.5, 1, 0.13]),
    ("libreoffice-de-broken.csv", "hue", [125, 1.04, 0.28]),
    ("orange-mixed.tab", "y", ["yes", "no", NA]),
    ("orange-mixed.tab", "a", [1.5, NA, 2]),
    ("orange-mixed.csv", "note", ["hello", "w, x", NA]),
    ("orange-mixed.csv", "t", [0, 365, NA]),
    ("orange-one-header.tab", "a", [1.5, NA]),
    ("sparse.arff", "milk", [1.5, 0, 0, NA]),
    ("sparse.arff", "kind", ["large", "small", "small", "large"]),
    ("dates.arff", "day", [day_of("2024-03-01"), NA, day_of("2024-12-24")]),
    ("cr-only.csv", "FEB", [12, 14, NA]),
    ("leading-dot.csv", "hue", [1.04, 0.906, 0.6, -0.25]),
    ("header-in-one-cell.csv", "residual sugar", [1.9, 2.6, 1.9]),
    ("date-serials.csv", "acidity", [45389, 45511, 7.25]),
    ("preamble.csv", "Town Unadjusted", [1250, 1215, 1433]),
    ("preamble.csv", "Geography Adjustments", [day_of("1991-01-01"), day_of("1991-02-01")]),
    ("one-column.csv", "height", [171, 182, 165]),
    ("penguins-10.csv", "sex", ["male", "female", NA, NA, "female"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "column", "right"), VALUES)
def test_values(name: str, column: str, right: list) -> None:
    assert values(reading(name), column)[: len(right)] == right


def test_numbers_of_rows_are_named() -> None:
    [damage] = [d for d in reading("libreoffice-de-broken.csv").doubts if d.column == "hue"]
    assert damage.rows == (1,)
    assert damage.values == ("125",)
    assert "hue" in str(damage)
    assert "“125” (row 1)" in str(damage)


def test_what_it_is_taken_for() -> None:
    assert kinds(reading("money.csv")) == {
        "item": "text", "price": "number", "discount": "number", "sold": "category",
        "when": "date",
    }  # fmt: skip
    assert kinds(reading("pandas-to-csv-index.csv"))["Column 1"] == "number"
    assert reading("orange-mixed.tab").format == "orange"
    assert reading("sparse.arff").format == "arff"
    assert reading("pandas-german.csv").decimal_comma
    assert reading("r-write-table.txt").separator == " "


def test_read_table_gives_what_can_be_learned_from() -> None:
    table = read_table((TABLES / "penguins-10.csv").read_bytes(), name="penguins")
    assert table.name == "penguins"
    assert table.class_names == ("Adelie", "Chinstrap", "Gentoo")
    assert table.feature_names[:4] == (
        "island: Biscoe", "island: Dream", "island: Torgersen", "bill_length_mm",
    )  # fmt: skip
    assert table.feature_names[-1] == "sex: male"
    assert table.X.shape == (8, 8)
    np.testing.assert_array_equal(table.X[0], [0, 0, 1, 39.1, 18.7, 181, 3750, 1])
    np.testing.assert_array_equal(table.y, [0, 0, 2, 2, 2, 1, 1, 1])
    assert [str(doubt) for doubt in table.doubts] == [
        "year: is “2007” in every row and is left out."
    ]
    whole = read_table((TABLES / "penguins-10.csv").read_text(), missing="keep", target="sex")
    assert whole.target_name == "sex"
    assert whole.X.shape == (8, 10)
    assert np.isfinite(whole.X).all(), "rows without a target are left out"


def test_read_table_without_a_target() -> None:
    table = read_table("height\n171\n182\n165\n")
    assert table.y.shape == (0,)
    np.testing.assert_array_equal(table.X, [[171], [182], [165]])


def test_a_workbook_s_dates_texts_and_truths() -> None:
    """Built by hand, cell by cell: what spreadsheets write beside plain numbers."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    head = "".join(f'<c t="inlineStr"><is><t>{n}</t></is></c>' for n in ("day", "ok", "a", "kind"))
    lines = "".join(
        f'<row><c s="1"><v>{45292 + i}</v></c><c t="b"><v>{i % 2}</v></c>'
        f'<c r="C{i + 2}"><v>{i / 4}</v></c><c t="s"><v>{i % 2}</v></c></row>'
        for i in range(12)
    )
    files = {
        "xl/workbook.xml": f'<workbook {space} {rel}><sheets><sheet r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<R><r Id="a" Target="worksheets/one.xml"/></R>',
        "xl/sharedStrings.xml": f"<sst {space}><si><t>u</t></si><si><r><t>v</t></r></si></sst>",
        "xl/styles.xml": f'<s {space}><numFmts><numFmt numFmtId="170" formatCode="DD.MM.YYYY"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></s>',
        "xl/worksheets/one.xml": f"<w {space}><sheetData><row>{head}</row>{lines}</sheetData></w>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    found = read(out.getvalue())
    assert found.format == "workbook"
    assert values(found, "day")[:2] == [day_of("2024-01-01"), day_of("2024-01-02")]
    assert values(found, "ok")[:2] == ["FALSE", "TRUE"]
    assert values(found, "a")[:3] == [0, 0.25, 0.5]
    assert values(found, "kind")[:3] == ["u", "v", "u"]
    assert roles(found, "target") == ["kind"]
