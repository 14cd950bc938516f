"""What cannot be read is refused in a sentence that says what to change; the rest is said."""

import io
import random
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.reading import layout, workbook
from nncore.reading.encoding import encode
from nncore.reading.faults import REFUSALS, SENTENCES, TableError
from nncore.reading.reader import Reading, read, reading


def zipped(files: dict[str, str]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


ROWS = "a,b,kind\n" + "".join(f"{i}.5,{i * i},{'xy'[i % 2]}\n" for i in range(20))
REFUSED = [
    ("empty", b"", "empty"),
    ("empty", "\n \n\n", "empty"),
    ("header_only", "a,b,c\n", "“a, b, c”"),
    ("picture", b"%PDF-1.7 ...", "PDF"),
    ("picture", b"\x89PNG\r\n\x1a\n", "paste its cells here"),
    ("binary", bytes(range(256)), "bytes"),
    ("spreadsheet", b"\xd0\xcf\x11\xe0 and so on", "older form (.xls)"),
    ("workbook", b"PK\x03\x04 and so on", "CSV"),
    ("other_workbook", zipped({"mimetype": "application/vnd.oasis.opendocument"}), "(.ods)"),
    ("binary", zipped({"word/document.xml": "<w/>"}), "a document of a word processor"),
    ("packed_none", zipped({"a/photo.jpg": ""}), "(“a/photo.jpg”). Unpack it"),
    ("packed_many", zipped({"train.csv": "a", "test.csv": "b"}), "“test.csv, train.csv”"),
    ("packed_damaged", b"\x1f\x8b" + b"no deflate", "damaged"),
    ("workbook", zipped({"xl/workbook.xml": "<x"}), "damaged"),
    ("page", "<!DOCTYPE html><table>", "web"),
    ("page", "\n<table>\n<tr><td>1</td></tr>", "web"),
    ("json", '[{"a": 1}]', "JSON"),
    ("json", '[\n  {\n    "a": 1', "JSON"),
    ("libsvm", "+1 1:0.5 3:2\n-1 2:0.25\n", "LIBSVM"),
    ("large", b"1" * 50_000_001, "51 MB; 50 MB"),
    ("many_columns", ",".join("a" * 2000) + "\n" + ",".join("1" * 2000), "2,000 columns"),
    ("ragged", "a,b,c\n1,2,3\n1,2\n4,5,6\n1,2\n1,2,3\n1,2\n7,8,9\n", "Line 3 has 2 fields"),
    ("arff_number", "@relation r\n@attribute a real\n@data\nx\n", "Line 4, column a: “x”"),
    ("arff_number", "@relation r\n@attribute a real\n@data\n1e999\n", "“1e999” is no number"),
    ("arff_value", "@relation r\n@attribute a {u,v}\n@data\nw\n", "“w”"),
    ("arff_header", "@relation r\n@attribute name\n@data\n1\n", "Line 2"),
    ("arff_row", "@relation r\n@attribute a real\n@data\n{a 1}\n", "Line 4, “{a 1}”: a row"),
    ("orange_number", "C#a\tD#b\n1\tu\nx\tv\n", "Row 2, column a: “x”"),
    ("orange_number", "C#a\tD#b\n1\tu\n-inf\tv\n", "Row 2, column a: “-inf”"),
    ("empty", '""\n""\n', "empty"),
]


@pytest.mark.parametrize(("kind", "content", "part"), REFUSED, ids=lambda v: str(v)[:20])
def test_what_is_no_table(kind: str, content: str | bytes, part: str) -> None:
    with pytest.raises(TableError) as caught:
        read(content)
    assert caught.value.kind == kind
    assert part in str(caught.value)
    assert isinstance(caught.value, ValueError)


NOT_LEARNED_FROM = [
    ("one_class", ROWS.replace("y\n", "x\n"), {"target": "kind"}, "“x” in all rows"),
    ("few_rows", "a,b,kind\n" + "1.5,,x\n2.5,3,y\n1,4,x\n" * 6, {"least": 13}, "most: b."),
    ("many_classes", "a,c\n" + "".join(f"{i}.5,k{i}\n" * 2 for i in range(20)), {"target": "c"},
     "20 classes; 12 is the limit"),
    ("single", "height\n171\n182\n165\n", {}, "height is the only column that can be used"),
    ("no_target", "a,b,c,d\n" + "1,0,2,4\n2,1,0,5\n" * 6, {"none": True}, "Choose what"),
    ("no_column", ROWS, {"by": "other"}, "no column “other”"),
    ("one_group", "a,g,kind\n" + "1.5,7,x\n2.5,7,y\n" * 12, {"by": "g"}, "g has one value"),
]  # fmt: skip


def test_what_cannot_be_learned_from() -> None:
    for kind, content, options, part in NOT_LEARNED_FROM:
        found = read(content)
        if "target" in options:
            found = found.changed(options["target"], kind="category", role="target")
        if "none" in options:
            found = found.changed(found.target.name, role="out")
        with pytest.raises(TableError) as caught:
            encode(found, by=options.get("by", "random"), least_rows=options.get("least", 10))
        assert caught.value.kind == kind
        assert part in str(caught.value)


def test_a_column_that_is_no_number() -> None:
    found = read("a,b,kind\n" + "1,u,x\n2,v,y\n" * 6)
    with pytest.raises(TableError, match="Row 1, column b: “u” is no number"):
        found.changed("b", kind="number")
    with pytest.raises(TableError, match=r"no column “z”. The columns are a, b, kind"):
        found.changed("z", role="out")


def test_odd_values_are_named_and_missing() -> None:
    found = read(ROWS.replace("5.5,25", "5.5,n/a?").replace("7.5,49", "-,49"))
    said = {(d.kind, d.column, d.rows, d.values) for d in found.doubts}
    assert ("odd", "b", (6,), ("n/a?",)) in said
    assert ("missing_words", "a", (8,), ("-",)) in said
    assert np.isnan(found.columns[1].values[5])
    assert np.isnan(found.columns[0].values[7])


def test_ragged_rows_are_left_out_and_said() -> None:
    found = read(ROWS.replace("5.5,25,y\n", "5.5,25\n"))
    assert found.n_rows == 19
    [doubt] = [d for d in found.doubts if d.kind == "ragged"]
    assert doubt.rows == (7,), "the line in the file"


@pytest.mark.parametrize("lines", ["\n", " \r\n", "# a comment\n"], ids=repr)
def test_many_lines_without_fields_before_a_table(lines: str) -> None:
    found = read(500 * lines + "a,b,kind\n" + "1.5,2,x\n3.5,4,y\n" * 1000)
    assert [c.name for c in found.columns] == ["a", "b", "kind"]
    assert found.n_rows == 2000


def test_many_comments_before_a_relation() -> None:
    found = read(500 * "%% @relation\n\n" + "@RELATION r\n@attribute a real\n@data\n1.5\n")
    assert found.format == "arff"
    assert found.columns[0].values.tolist() == [1.5]


def test_equal_names_are_numbered() -> None:
    found = read(ROWS.replace("a,b,", "a,a,"))
    assert [c.name for c in found.columns] == ["a", "a (2)", "kind"]
    assert "renamed" in {d.kind for d in found.doubts}


def test_numbers_that_are_names() -> None:
    rows = "".join(f"0{i % 3}123,{i}.5,{'xy'[i % 2]}\n" for i in range(20))
    found = read("zip,a,kind\n" + rows)
    assert found.columns[0].categories == ("00123", "01123", "02123")
    assert "leading_zeros" in {d.kind for d in found.doubts}


def test_groups_repetitions_and_twins_are_said() -> None:
    rows = "".join(f"p{i // 4},{i % 7}.5,{i % 7}.5,{'xy'[i % 2]}\n" for i in range(40))
    found = read("patient,a,copy,kind\n" + rows)
    assert {"group", "twin"} <= {d.kind for d in found.doubts}
    assert [c.name for c in found.columns if c.role == "input"] == ["a"]
    by_session = read("session,a,copy,kind\n" + rows)
    assert "group" in {d.kind for d in by_session.doubts}
    assert by_session.inputs[0].name == "session", "which may say how it was measured"
    [repeated] = [d for d in read(ROWS + "3.5,9,y\n3.5,9,y\n").doubts if d.kind == "duplicates"]
    assert repeated.count == 2


def test_numbers_a_thousand_times_too_large() -> None:
    rows = "".join(f"{0.05 + i / 20:.3g},{i},{'xy'[i % 2]}\n" for i in range(1, 12))
    found = read("a,b,kind\n" + rows + "125,3,x\n")
    [doubt] = [d for d in found.doubts if d.kind == "thousandfold"]
    assert (doubt.column, doubt.rows, doubt.values) == ("a", (12,), ("125",))


def test_open_commas_are_guessed_and_said() -> None:
    found = read("a;b;kind\n" + "1,250;2;x\n3,125;4;y\n" * 8)
    np.testing.assert_array_equal(found.columns[0].values[:2], [1.25, 3.125])
    assert "comma_guess" in {d.kind for d in found.doubts}


def test_it_pauses_so_that_a_page_can_go_on() -> None:
    text = "a,b,kind\n" + "1.5,2,x\n3.5,4,y\n" * 10_000
    shares = list(reading(text))
    assert len(shares) > 10
    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares)


def test_too_many_cells_are_refused_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_CELLS", 5000)
    with pytest.raises(TableError, match="more than 5,000 values"):
        read("a,b,kind\n" + "1.5,2,x\n3.5,4,y\n" * 10_000)


def test_a_workbook_that_would_unpack_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_BYTES", 1_000_000)
    with pytest.raises(TableError, match="2 MB; 1 MB is the limit"):
        read(zipped({"xl/workbook.xml": " " * 1_500_000}))


def test_every_sentence_can_be_said() -> None:
    words = dict.fromkeys(
        ("column", "rows", "values", "count", "reading", "columns", "row", "most", "what"), "w"
    )
    for sentence in (*SENTENCES.values(), *REFUSALS.values()):
        assert sentence.format(**words).endswith((".", "?"))


def read_or_refused(content: str | bytes) -> Reading | TableError:
    """The Reading, or the refusal; whatever is said can be said."""
    try:
        found = read(content)
    except TableError as refused:
        print(refused)
        return refused
    " ".join(map(str, found.doubts))
    return found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_any_content_is_read_or_refused(content: str | bytes) -> None:
    found = read_or_refused(content)
    if isinstance(found, Reading):
        assert len({len(column.values) for column in found.columns}) == 1


SHREDS = st.text(st.sampled_from('1.,;"\t \n\r-e%?x#@{}NA'), max_size=120)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(SHREDS)
def test_shreds_of_tables_are_read_or_refused(text: str) -> None:
    read_or_refused(text)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.integers(2, 8), st.integers(10, 40), st.sampled_from(",;\t|"), st.booleans(),
    st.integers(0, 10**6),
)  # fmt: skip
def test_tables_of_any_shape_come_back(columns, rows, separator, comma, seed) -> None:
    """What is written in any dialect is read as it was."""
    draw = random.Random(seed)
    comma = comma and separator != ","
    numbers = [[round(draw.uniform(-9, 9), 3) for _ in range(columns)] for _ in range(rows)]
    lines = [separator.join(f"c{i}" for i in range(columns)) + separator + "kind"]
    for i, row in enumerate(numbers):
        texts = [str(v).replace(".", ",") if comma else str(v) for v in row]
        lines.append(separator.join([*texts, f"k{i % 3}"]))
    found = read("\n".join(lines))
    assert found.separator == separator
    assert found.target is not None
    assert found.target.categories == ("k0", "k1", "k2")
    read_back = np.column_stack([c.values for c in found.columns[:-1]])
    np.testing.assert_array_equal(read_back, numbers)


@pytest.mark.parametrize("inner", ["train.csv", "xl/workbook.xml"])
def test_damaged_archives_are_read_or_refused(inner: str) -> None:
    """A byte is changed, or some are missing, wherever in the file."""
    whole = zipped({inner: ROWS * 20, "xl/_rels/workbook.xml.rels": "<R/>"})
    for place in range(0, len(whole), 3):
        read_or_refused(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        read_or_refused(whole[:place] + whole[place + 7 :])


def test_a_line_end_within_a_quoted_header_is_no_fault() -> None:
    assert read('"a;\rb;kind"\n' + "1;2;x\n2;3;y\n" * 9).n_rows == 18
