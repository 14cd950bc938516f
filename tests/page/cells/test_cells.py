"""Cells are run, and told as a notebook shows them."""

import json

import pytest

from explorer.cells import completing, files, magics, source, streams
from nncore import TABLES


def test_the_last_line_is_shown_and_names_stay(python):
    assert python.run("x = 3") == []
    assert python.value("x + 1") == "4"
    assert python.run("x + 1;") == []
    assert python.run("None") == []
    assert python.value("_") == "4"


def test_printed_text_comes_by_stream(python):
    told = python.run("import sys\nprint('a')\nprint('b', file=sys.stderr)")
    assert [(each["name"], each["text"]) for each in told if each["text"].strip()] == [
        ("stdout", "a"), ("stderr", "b"),
    ]  # fmt: skip


def test_a_fault_names_the_reader_s_line_and_none_of_ours(python):
    python.run("def f(x):\n    return 1 / x\n")
    told = python.fault("y = 2\nf(0)")
    assert (told["name"], told["value"]) == ("ZeroDivisionError", "division by zero")
    assert (told["cell"], told["line"]) == (1, 2)
    text = "\n".join(told["lines"])
    assert 'File "<cell 2>", line 2' in text
    assert "return 1 / x" in text
    assert "explorer" not in text


def test_what_is_no_python_is_told_with_its_line(python):
    told = python.fault("a = 1\nb = = 2")
    assert (told["name"], told["cell"], told["line"]) == ("SyntaxError", 1, 2)


@pytest.mark.parametrize(
    ("hostile", "name"),
    [
        ("def r(n): return r(n + 1)\nr(0)", "RecursionError"),
        ("import sys\nsys.exit(3)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("bytearray(10 ** 18)", "MemoryError"),
        ("class Bad(Exception):\n    def __str__(self): raise ValueError\nraise Bad", "Bad"),
        ("import torch", "ModuleNotFoundError"),
        ("input('a number')", "RuntimeError"),
        ("import no_such_module", "ModuleNotFoundError"),
        ("(" * 1000, "SyntaxError"),
        ("x = '\ud800'", "UnicodeEncodeError"),
    ],
)
def test_hostile_cells_end_in_a_sentence(python, hostile, name):
    assert python.fault(hostile)["name"] == name
    assert python.value("1 + 1") == "2"


def test_deleting_what_is_needed_does_not_end_the_notebook(python):
    python.run("for name in [*globals()]:\n    if name != 'name': del globals()[name]")
    python.run("__builtins__ = {}")
    assert python.value("1 + 1") == "2"
    assert python.printed("print('still here')") == "still here\n"


def test_a_million_lines_are_cut_off_and_counted(python):
    told = python.run("for i in range(60_000): print('line', i)")
    shown = sum(len(each["text"]) for each in told if each["kind"] == "stream")
    [dropped] = [each["count"] for each in told if each["kind"] == "dropped"]
    assert shown == streams.MOST
    assert shown + dropped == sum(len(f"line {i}\n") for i in range(60_000))
    assert len(told) < 400


def test_await_at_the_top(python):
    assert python.value("import asyncio\nawait asyncio.sleep(0)\n'done'") == "'done'"


def test_rich_forms_beside_the_text(python):
    code = (
        "class Table:\n    def _repr_html_(self): return '<b>x</b>'\n"
        "    def _repr_png_(self): return b'png'\n    def __repr__(self): return 'table'\nTable()"
    )
    [told] = python.run(code)
    expected = {"text/html": "<b>x</b>", "image/png": "cG5n", "text/plain": "table"}
    assert told["data"] == expected


def test_display_and_what_courses_import_from_ipython(python):
    told = python.run(
        "from IPython.display import HTML, Markdown, clear_output, display\n"
        "display(HTML('<i>a</i>'), Markdown('*b*'))\nclear_output(wait=True)"
    )
    assert [each["kind"] for each in told] == ["display", "display", "clear"]
    assert told[0]["data"]["text/html"] == "<i>a</i>"
    assert told[2]["wait"] is True


def test_packages_are_fetched_by_what_a_cell_imports(python):
    python.run("try:\n    import pandas as pd\n    from seaborn import x\nexcept ImportError: pass")
    assert python.loaded == ["pandas", "seaborn"]
    python.run("if 0: import pandas")
    assert python.loaded == ["pandas", "seaborn"]


def test_an_import_that_no_text_shows_says_what_to_do(python):
    told = python.fault("__import__('pan' + 'das')")
    assert "import pandas" in told["value"]
    assert python.loaded == []


def test_keras_is_nncore_s(python):
    code = "from tensorflow.keras import layers\nimport keras\nlayers.Dense is keras.layers.Dense"
    assert python.value(code) == "True"
    assert python.value("import keras\nkeras.__version__").endswith("+nncore'")
    assert "Conv2D" in python.fault("keras.layers.Conv2D(3, 3)")["value"]


def test_the_given_tables_lie_in_data_beside_and_above(python):
    assert set(files.TABLES) == set(TABLES)
    python.run("from pathlib import Path")
    for place in ("data", "../data"):
        assert python.value(f"len(Path('{place}/wine.csv').read_text().splitlines())") == "179"


def test_files_are_put_beside_and_taken_away(python):
    class Content:
        def to_bytes(self):
            return b"a,b\n"

    python.run("from pathlib import Path")
    python.cells.answer("put", "../../own.csv", Content())
    assert python.value("Path('own.csv').read_text() + Path('../data/own.csv').read_text()") == (
        "'a,b\\na,b\\n'"
    )
    assert ["own.csv", 4] in python[-1]["files"]
    python.cells.answer("remove", "own.csv")
    assert python.fault("open('data/own.csv')")["name"] == "FileNotFoundError"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("%matplotlib inline", ""),
        ("!pip install -q pandas", "comes with its import (4.2 MB)"),
        ("%pip install keras", "nncore.keras"),
        ("!pip install torch==2.1", "does not come with this page"),
        ("!pip install matplotlib", "too large for the page in one file"),
        ("!ls", "There is no shell"),
        ("%nonsense", "%nonsense is not known here. There are: %time, "),
        ("%%bash\nls", "%%bash is not known here. There are: %%time, "),
        ("%cd data", ""),
        ("%%capture told\nprint(1)\n", ""),
        ("%%time\nimport json\nq = 1\n", "Wall time: "),
        ("%timeit -n 3 -r 1 pass", "of 1 runs, 3 loops each"),
        ("%%timeit -n 3\npass\n", "of 2 runs, 3 loops each"),
        ("%time 2 + 2", "Wall time: "),
        ("%timeit -n 10 pass", "per loop"),
        ("%%time\nz = 5", "Wall time: "),
    ],
)
def test_magics(python, line, said, monkeypatch):
    monkeypatch.setattr(magics, "RUNS", 2)  # each takes a quarter of a second
    printed = python.printed(line)
    assert said in printed
    assert bool(said) == bool(printed)


def test_a_magic_among_python_keeps_the_lines(python):
    told = python.fault("%matplotlib inline\nx = 1\n1 / 0")
    assert told["line"] == 3
    assert source.python("if x:\n    !pip list\n") == "if x:\n    _magic('!', 'pip list')\n"
    assert source.python("a = 5 % 2") == "a = 5 % 2"
    assert "int" in python.printed("x?")
    assert "int" in python.printed("?x")


def test_the_rest_of_a_cell_that_a_magic_takes_is_a_part_of_the_cell(python):
    assert python.value("%%time\nx = 2\nx + 1") == "3"
    told = python.fault("%%time\nx = 1\nx / 0")
    assert (told["name"], told["line"]) == ("ZeroDivisionError", 3)
    python.run("%%capture kept\nprint('quiet')")
    assert python.value("kept.stdout") == "'quiet\\n'"
    assert python.run("%%html\n<b>x</b>")[0]["data"]["text/html"] == "<b>x</b>"
    python.run("%%capture\nimport pandas")
    assert python.loaded == ["pandas"]


def test_what_is_not_there_says_what_is(python):
    told = python.fault("open('../data/wines.csv')")
    assert "data/iris.csv, data/wine.csv. Drop a file on the page" in told["value"]
    told = python.fault("import no_such_module")
    assert told["value"].endswith("does not come with this page. There are: numpy, keras, pandas, "
                                  "seaborn.")  # fmt: skip
    for address in ("http://example.org/iris.data", "https://example.org/iris.data"):
        told = python.fault(f"import urllib.request\nurllib.request.urlopen({address!r})")
        assert "cells fetch nothing from the network (example.org): download" in told["value"]


@pytest.mark.filterwarnings("ignore:the diagram is an SVG")
def test_pictures_of_networks_as_courses_show_them(python):
    python.run(
        "import keras\nfrom IPython.display import SVG, Image\n"
        "model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"
    )
    for last in (
        "SVG(keras.utils.model_to_dot(model).create(prog='dot', format='svg'))",
        "keras.utils.plot_model(model, to_file='model.png')\nImage('model.png')",
        "SVG('model.svg')",
    ):
        [told] = [each for each in python.run(last) if each["kind"] == "result"]
        assert told["data"]["image/svg+xml"].startswith("<svg")


def test_completions_are_names_that_there_are(python):
    python.run("import json\nvalue = 'text'")
    names = vars(python.cells.main)

    def found(text):
        return [each["label"] for each in completing.complete(names, text, len(text))["options"]]

    assert "value" in found("val")
    assert found("json.dum") == ["dump", "dumps"]
    assert "upper" in found("value.")
    assert found("nothing.x") == []
    assert "loads(s, " in completing.hint(names, "json.loads(1)", 7)["text"]
    assert completing.hint(names, "nothing", 3) == {}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("keras.layers.Dense(8, act", ["activation=", "activity_regularizer="]),
        ("model.fit(X[(0)],\n  ep", ["epochs="]),
        ("print(model.compile(", ["optimizer=", "loss="]),
        ("model.fit(X).", []),
        ("abs(", ["ArithmeticError"]),  # which takes no argument by its name
        ("model.fit([", ["ArithmeticError"]),
    ],
)
def test_completions_of_a_call_are_what_it_takes(python, text, first):
    python.run("import keras\nmodel = keras.Sequential([keras.Input((3,))])")
    found = completing.complete(vars(python.cells.main), text, len(text))["options"]
    assert [each["label"] for each in found][: len(first)] == first
    assert bool(found) == bool(first)


def test_asking_calls_no_property(python):
    python.run("class A:\n    @property\n    def p(self): raise SystemExit\na = A()")
    names = vars(python.cells.main)
    assert "p" in [each["label"] for each in completing.complete(names, "a.", 2)["options"]]
    assert completing.complete(names, "a.p.", 4) == {"options": []}


def test_answers_come_with_their_question(python):
    asked = {"text": "pri", "place": 3, "question": 7}
    python.cells.answer("complete", json.dumps(asked))
    assert python[-1]["question"] == 7
    assert {"label": "print", "type": "function"} in python[-1]["found"]["options"]


def test_a_sleeping_cell_looks_up_now_and_then(python, monkeypatch):
    import time

    steps = []
    clock = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock) / 10)
    monkeypatch.setattr("explorer.cells.stand_ins.STEP", 0.05)
    monkeypatch.setattr(time, "sleep", steps.append)
    from explorer.cells import stand_ins

    stand_ins.install()
    time.sleep(1)
    assert len(steps) > 5
    assert max(steps) <= 0.05
    with pytest.raises(ValueError, match="non-negative"):
        time.sleep(-1)


def test_progress_bars_by_the_name_of_tqdm(python):
    python.run("from tqdm.auto import tqdm, trange\nfrom tqdm.notebook import tqdm as other")
    said = python.printed("print(sum(tqdm(range(4), desc='Sum')))")
    assert said.startswith("\rSum:   0%|")
    assert "100%|████████████████████| 4/4 [00:00<00:00" in said
    assert "6\n" in said
    said = python.printed(
        "with tqdm(total=2) as bar:\n    bar.update()\n    bar.set_postfix(loss=0.25)\n    "
        "bar.set_description('Epoch')\nfor _ in trange(2, disable=True): pass"
    )
    assert "\rEpoch:  50%|██████████          | 1/2" in said
    assert ", loss=0.25]\n" in said
    assert said.count("\n") == 1
    assert python.printed("for k in tqdm(iter('ab')): pass").endswith("it/s]\n")
