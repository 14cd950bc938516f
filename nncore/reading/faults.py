"""What is said of a table: the doubts of a reading, and the refusals.

A doubt does not stop the reading: it names the column and the rows where something may be other
than it looks. A refusal does. Both have a kind and words, so that others may say them in another
language; SENTENCES and REFUSALS hold the English.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

MOST_ROWS = 5  # rows and values that a sentence names
MANY_ALIKE = 4  # columns with the same doubt that share a sentence
ALIKE = {"empty_column", "constant", "only_value", "free_text", "date", "money", "percent",
         "groups", "quoted_digits", "ticks", "unit", "many_values"}  # fmt: skip

SENTENCES = {
    # How the text was read.
    "unpacked": "The table was packed; {values} was read.",
    "gzip": "The file was packed with gzip, and was unpacked.",
    "sheet": "The workbook has several sheets; {values} was read. To use another one, move it to "
    "the front, or save it as CSV.",
    "encoding": "The bytes are no UTF-8; they were read as Windows-1252.",
    "no_header": "No row of names was found: the columns are numbered.",
    "header_cell": "The names stood in one quoted cell, which was taken apart.",
    "header_rows": "Rows of names that were joined: {count}.",
    "row_names": "The first column has no name: it holds the names of the rows and is left out.",
    "before": "Lines before the table, left out: {count}.",
    "totals": "Rows at the end that sum up the others, left out: {count} ({values}).",
    "after": "Lines after the table, left out: {count}.",
    "comments": "Comment lines, left out: {count}.",
    "ragged": "Rows with another number of fields than the {columns} columns, left out: {count} "
    "(line {rows}).",
    "renamed": "Several columns are called {values}: the later ones are numbered.",
    "backslash": "Quotes inside text are escaped by a backslash.",
    "one_column": "No separator was found: the table has one column.",
    "odd": "{column}: {values} (row {rows}) is no number and was taken for missing.",
    "comma_guess": "{column}: {values} could have a decimal mark or a thousands mark; it was read "
    "as {reading}.",
    "groups": "{column}: {values} was read with a thousands mark, as {reading}.",
    "mixed_decimals": "{column}: decimal points and commas stand side by side (row {rows}).",
    "percent": "{column}: percents were read as shares: {values} is {reading}.",
    "money": "{column}: the currency mark was left away.",
    "brackets": "{column}: numbers in brackets were read as negative: {values} is {reading}.",
    "unit": "{column}: the unit {values} was left away.",
    "ticks": "{column}: is {values} in {count} rows and empty in all others; it was read as a "
    "category of two values.",
    "infinite": "{column}: {values} (row {rows}) is not finite and was taken for missing.",
    "quoted_digits": "{column}: its digits are quoted, so they are names of categories.",
    "quoted_amounts": "{column}: its digits are quoted, but there are many different ones: they "
    "were read as numbers.",
    "leading_zeros": "{column}: numbers with leading zeros such as {values} are names, no amounts.",
    "missing_words": "{column}: {values} was taken for missing in a column of numbers.",
    # Damage that other programs did, which cannot be undone.
    "locale_damage": "{column}: a spreadsheet may have read decimal points as thousands marks: "
    "{values} (row {rows}), whole, beside others that were left as text.",
    "thousandfold": "{column}: {values} (row {rows}) may have been a thousandth of that: a "
    "spreadsheet in another language reads 0.125 as 125.",
    "date_serial": "{column}: {values} (row {rows}) look like dates that a spreadsheet made of "
    "decimals, as 7.4 becomes 45389.",
    "sentinel": "{column}: {values} stands {count} times (row {rows}), far from all else. Does it "
    "mean missing?",
    "zeros": "{column}: zeros: {count}, and all else is at least {reading}. Do they mean missing?",
    # Columns and their roles.
    "empty_column": "{column}: has no values and is left out.",
    "constant": "{column}: is {values} in every row and is left out.",
    "only_value": "{column}: rows with a value: {count}, and it is always {values}; left out.",
    "index": "{column}: numbers the rows and is left out.",
    "identifier": "{column}: has a value of its own in nearly every row and is left out.",
    "free_text": "{column}: is free text and is left out.",
    "date": "{column}: holds dates and is left out unless you make it a number.",
    "many_values": "{column}: {count} different values, too many for an input; it is left out.",
    "only_input": "{column}: is a number from which {values} is to be told, being the only other "
    "column.",
    "twin": "{column}: is the same as {values} and is left out.",
    "dummies": "{column}: columns of one category, spread out as one-hot.",
    "group": "{column}: looks like groups of rows. With rows of one group on both sides, the test "
    "score is too good: split by it.",
    "rare_class": "{column}: rows of {values}: {count}, too few to learn from and to test on. Add "
    "rows, or leave these out by taking the value for missing.",
    "ordered": "{column}: the rows are in order of time. If they depend on those before, split by "
    "order.",
    "duplicates": "Rows that repeat others: {count}. Each stays on the side of its original.",
    "sorted": "The rows are sorted by {column}: the split mixes them.",
    # The target.
    "target_guess": "{column} was taken for the target, being the {reading} column. Is it?",
    "class_numbers": "{column} has few whole values ({values}): are they classes, or amounts? They "
    "were read as classes.",
    "two_targets": "{column} is a class, too; one target at a time.",
    "no_target": "No column can be the target.",
    "no_class": "Rows without a value of {column}, left out: {count}.",
}  # fmt: skip

REFUSALS = {
    "empty": "The file is empty. Choose one that has a row of names and rows of values.",
    "header_only": "There is a row of names ({values}) and nothing below it. Add rows of values.",
    "binary": "This is {what}, no table of text. Save it as CSV and open that.",
    "picture": "This is {what}, no table of text. Copy the table in it into a spreadsheet, and "
    "paste its cells here.",
    "spreadsheet": "This is a workbook of the older form (.xls), or a protected one. Save its "
    "sheet as .xlsx or CSV and open that.",
    "other_workbook": "This is a workbook in OpenDocument's form (.ods). Save its sheet as .xlsx "
    "or CSV and open that.",
    "packed_none": "There is no table in this archive ({values}). Unpack it, and open a table.",
    "packed_many": "There are {count} tables in this archive ({values}). Unpack it, and open one "
    "of them.",
    "packed_damaged": "This archive is damaged, or asks for a password. Unpack it, and open the "
    "table in it.",
    "libsvm": "This is a sparse table in LIBSVM's form. Save the rows as CSV, with a column for "
    "each number, and open that.",
    "workbook": "This workbook is damaged, or protected. Save its sheet as CSV and open that.",
    "page": "This is a page of the web, no table. Open it and copy the table itself, or save it as "
    "CSV.",
    "json": "This is JSON, no table. Save the rows as CSV and open that.",
    "large": "The file has {count} MB; {most} MB is the limit. Keep fewer rows or columns.",
    "many_cells": "The table has more than {most} values. Keep fewer rows or columns.",
    "many_columns": "The table has {count} columns; {most} is the limit. Keep those that matter; "
    "if its rows are columns, turn the table round.",
    "ragged": "Line {row} has {count} fields where most have {columns} (it begins with {values}). "
    "Make all rows equally long, or quote the text that holds the separator.",
    "quote": "A quote that is opened in line {row} is never closed. Close it, or take it away.",
    "arff_row": "Line {row}, {values}: a row in braces has a column's number, from 0, and a value, "
    "between commas.",
    "arff_header": "Line {row}, {values}: an ARFF header line is @attribute, a name and a type.",
    "arff_value": "Line {row}, column {column}: {values} is none of the values that the header "
    "names. Add it there, or put ? for missing.",
    "arff_number": "Line {row}, column {column}: {values} is no number. Put ? for missing.",
    "orange_number": "Row {row}, column {column}: {values} is no number. Leave the field empty for "
    "missing.",
    "not_number": "Row {row}, column {column}: {values} is no number. Take it for missing, or make "
    "the column a category.",
    "no_column": "There is no column {values}. The columns are {columns}.",
    "no_inputs": "No column is an input. Make one of the columns an input.",
    "no_target": "No column is the target. Choose what the network is to predict.",
    "single": "{column} is the only column that can be used, and there has to be one to predict "
    "and one to predict from. Make a text a category or a date a number, or add a column.",
    "one_class": "{column} is {values} in all rows that are left: there is nothing to tell apart. "
    "Choose another target.",
    "many_classes": "{column} has {count} classes; {most} is the limit. Keep the most common ones, "
    "make it a number, or take another target.",
    "many_inputs": "{count} inputs come of these columns; {most} is the limit. Leave some out.",
    "few_rows": "{count} rows are left without missing values; {most} are needed. Fill missing "
    "values in, or leave out the columns that miss most: {column}.",
    "short": "There are {count} rows; {most} are needed. Add rows.",
    "many_rows": "{count} rows are left; {most} is the limit. Keep fewer rows.",
    "no_order": "Rows split by order need at least one row on each side; got {count} rows.",
    "one_group": "{column} has one value only, so that it cannot split the rows. Split them at "
    "random.",
}  # fmt: skip


@dataclass(frozen=True)
class Doubt:
    """Something about a table that may be other than it looks.

    Attributes:
        kind: A key of SENTENCES.
        column: The column's name, "" if it is about the whole table.
        rows: Where, counted from 1 below the header; lines of the file for `ragged`.
        values: What stands there, as written.
        count: How many.
        reading: How it was read.
        columns: How many columns there are.
    """

    kind: str
    column: str = ""
    rows: tuple[int, ...] = ()
    values: tuple[str, ...] = ()
    count: int = 0
    reading: str = ""
    columns: int = 0

    @property
    def words(self) -> dict[str, str]:
        """What the sentence has in braces."""
        return {
            "column": self.column,
            "rows": listed([str(row) for row in self.rows]),
            "values": listed([f"“{shortened(value)}”" for value in self.values]),
            "count": f"{self.count:,}",
            "reading": self.reading,
            "columns": str(self.columns),
        }

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(**self.words)


@dataclass
class TableError(ValueError):
    """A table that cannot be used; the sentence says what to change.

    Attributes:
        kind: A key of REFUSALS.
        words: What the sentence has in braces.
    """

    kind: str
    words: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return REFUSALS[self.kind].format(**self.words)


def gathered(doubts: list[Doubt]) -> list[Doubt]:
    """Return the doubts, where many columns with the same one share a sentence."""
    alike: dict[tuple[str, tuple[str, ...]], list[Doubt]] = {}
    for doubt in doubts:
        if doubt.kind in ALIKE:
            values = doubt.values if doubt.kind == "constant" else ()
            alike.setdefault((doubt.kind, values), []).append(doubt)
    many = [some for some in alike.values() if len(some) >= MANY_ALIKE]
    first = {id(some[0]): listed([doubt.column for doubt in some]) for some in many}
    others = {id(doubt) for some in many for doubt in some[1:]}
    return [
        replace(doubt, column=first[id(doubt)]) if id(doubt) in first else doubt
        for doubt in doubts if id(doubt) not in others
    ]  # fmt: skip


def refusal(kind: str, **words: object) -> TableError:
    """Return the error that says so; the caller raises. Texts are cut to a readable size."""
    cut = {k: f"“{shortened(v)}”" if k == "values" and isinstance(v, str) else v
           for k, v in words.items()}  # fmt: skip
    return TableError(kind, cut)


def shortened(value: str, most: int = 40) -> str:
    """Return a text as one line of at most `most` letters."""
    line = " ".join(value.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def listed(texts: list[str]) -> str:
    """Return the first texts, with commas, and how many more there are."""
    more = len(texts) - MOST_ROWS
    line = ", ".join(texts[:MOST_ROWS])
    return f"{line} and {more} more" if more > 0 else line
