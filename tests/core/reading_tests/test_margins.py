"""What stands around a table: titles and notes, as spreadsheets and people write them."""

from nncore.reading.reader import read


def test_titles_and_notes_that_a_spreadsheet_has_filled_up_are_no_rows() -> None:
    rows = "".join(f"{i},5;{i % 7};{'xy'[i % 2]}\r\n" for i in range(20))
    found = read(f"Messung 1935;;\r\n;;\r\nLänge;Breite;Art\r\n{rows};;\r\nQuelle: Fisher;;\r\n")
    assert [column.name for column in found.columns] == ["Länge", "Breite", "Art"]
    assert found.n_rows == 20
    assert {"before", "after"} <= {doubt.kind for doubt in found.doubts}
    found = read(f"a;b;Art\n{rows}7,5;;\n")  # a row with a single number is one
    assert found.n_rows == 21
