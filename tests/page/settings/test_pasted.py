"""Links survive being pasted: copies that real programs make, and what else is met in forums.

`pasted_links.json` names for every copy the programs, with their versions, that made it; a browser
then has its own way with it before the page sees it (`as_hash`).
"""

import html
import json
import re
import zlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
import strategies
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from explorer.settings.letters import to_letters
from explorer.settings.link import BY_KEY, HIDEABLE, decode, encode, encode_short
from explorer.settings.pasted import as_entities
from explorer.settings.settings import DEFAULTS, Settings
from explorer.settings.short import DICTIONARY, check
from explorer.text.errors import ERRORS

COPIES = json.loads(Path(__file__).with_name("pasted_links.json").read_text("utf-8"))
SHARED = Settings(
    activation="relu", regularization="L2", batch_size=17, dataset="spiral",
    reg_dataset="reg-gauss", learning_rate=0.003, regularization_rate=0.001, noise=35,
    network_shape=(8, 6, 4), seed="0.49781", show_test_data=True, discretize=True, train_share=80,
    x_times_y=True, x_squared=True, y_squared=True, sin_x=True, sin_y=True,
    hidden=frozenset(("learningRate", "numHiddenLayers")),
)  # fmt: skip
LONG = encode(SHARED)
SHORT = encode_short(SHARED)
links = pytest.mark.parametrize("text", [LONG, SHORT], ids=["long", "short"])


def as_hash(address):
    """What `location.hash` says of an address as it was pasted (WHATWG URL, fragments)."""
    text = re.sub(r"[\t\r\n]", "", address.strip(" \t\r\n")).partition("#")[2]
    return "#" + re.sub(r'[ "<>`]|[^\x21-\x7e]', lambda found: quote(found[0], safe=""), text)


@pytest.mark.parametrize("row", COPIES, ids=[f"{row['link']} {n}" for n, row in enumerate(COPIES)])
def test_a_copy_that_real_programs_make_opens_what_was_shared(row):
    assert decode(as_hash(row["copy"])) == (SHARED, []), row["tools"]


def test_the_table_is_of_many_programs_and_of_all_that_happens_to_links():
    tools = {tool.split(",")[0] for row in COPIES for tool in row["tools"]}
    assert len(tools) >= 9
    assert all(re.search(r" \d+\.\d+", tool) for tool in tools)
    copies = [row["copy"] for row in COPIES if row["link"] == "long"]
    for harm in ("®ularization", "&amp;", "\n", "\n> ", "=3D", "</a>", ")", ".", '"', "”", ">"):
        assert any(harm in copy for copy in copies)
    whole = [row for row in COPIES if row["link"] == "short" and row["copy"].endswith(SHORT)]
    assert len({tool for row in whole for tool in row["tools"]}) >= 10  # none of them harms it


# What else happens on the way ----------------------------------------------------------------


def reg(text):
    return text.replace("&reg", "®")


HARMS = {
    "entity": reg,
    "entity, then percent": lambda text: quote(reg(text), safe="#=&,"),
    "amp": lambda text: text.replace("&", "&amp;"),
    "amp twice": lambda text: text.replace("&", "&amp;amp;"),
    "amp as a number": lambda text: text.replace("&", "&#038;"),
    "percent": lambda text: quote(text, safe=""),
    "percent twice": lambda text: quote(quote(text, safe=""), safe=""),
    "percent three times": lambda text: quote(quote(quote(text, safe=""), safe=""), safe=""),
    "comma, then percent once more": lambda text: text.replace(",", "%252C"),
    "full stop": lambda text: text + ".",
    "bracket and full stop": lambda text: text + ").",
    "quotation marks": lambda text: text + "”, ",
    "angle bracket": lambda text: text + ">",
    "Markdown": lambda text: text + ")**",
    "two lines": lambda text: text[:45] + "\n" + text[45:],
    "an indented second line": lambda text: text[:45] + "\n    " + text[45:],
    "a space in the middle": lambda text: text[:45] + " " + text[45:],
    "an answer": lambda text: text[:45] + "\r\n> " + text[45:],
    "entity in Latin-1": lambda text: text.replace("&reg", "%AE"),
    "entity, read as Latin-1": lambda text: reg(text).encode().decode("latin-1"),
    "marks that nobody sees": lambda text: text[:9] + "\u200b" + text[9:45] + "\u00ad" + text[45:],
    "another hyphen": lambda text: text.replace("-", "\u2011"),
    "a dash": lambda text: text.replace("-", "–"),
    "escapes of Markdown": lambda text: text.replace("_", r"\_").replace("&", r"\&"),
    "capitals": lambda text: text.upper() if text == SHORT else text,
}


@links
@pytest.mark.parametrize("harm", HARMS)
def test_a_link_opens_whatever_happened_to_it(text, harm):
    assert decode(as_hash("https://you.example/#" + HARMS[harm](text))) == (SHARED, [])


def test_a_line_may_be_wrapped_anywhere():
    for where in range(1, len(LONG), 7):
        for mark in ("\n", "\n  ", "\n> "):
            harmed = f"https://you.example/#{LONG[:where]}{mark}{LONG[where:]}"
            assert decode(as_hash(harmed)) == (SHARED, []), where


def test_the_keys_that_html_takes_for_entities():
    keys = [*BY_KEY, *(f"{key}_hide" for key in HIDEABLE)]
    harmed = set(as_entities(keys))
    assert harmed >= {"®ularization", "®Dataset", "®ularizationRate", "®ularization_hide"}
    assert {"Â®ularization", "\ufffdDataset"} <= harmed
    assert all(html.unescape(f"&{key}") in harmed or html.unescape(f"&{key}") == f"&{key}"
               for key in keys)  # fmt: skip


def test_what_is_whole_is_left_as_it_is():
    """A seed may look like harm; a link that says all it can say is read as it stands."""
    for seed in ("a b", "true.", "<b>", "x;y", "®", "&amp;", "b32.x"):
        settings = replace(SHARED, seed=seed)
        assert decode("#" + encode(settings)) == (settings, [])
        old = LONG.replace("seed=0.49781", f"seed={quote(seed, safe='')}")  # as links were written
        assert decode(as_hash("#" + old))[0].seed == seed or seed == "b32.x"


def test_a_value_that_no_mending_helps_is_named():
    settings, problems = decode("noise=many&amp;batchSize=3).")
    assert settings == Settings(batch_size=3)
    assert [problem.split()[0] for problem in problems] == ["noise"]


# Our own links -------------------------------------------------------------------------------


@given(strategies.settings())
@given_settings(max_examples=60)
def test_our_links_need_no_escapes_and_end_in_a_letter_or_digit(settings):
    for text in (encode(settings), encode_short(settings)):
        assert re.fullmatch(r"[A-Za-z0-9=&,._-]*", text)
        assert text[-1].isalnum()
        assert decode("#" + text) == (settings, [])
    assert re.fullmatch("[pw]1[a-z2-7]+", encode_short(settings))


def test_the_short_form_stays_readable():
    """Links that were made with this version; they are out there."""
    assert decode("p1amaeqxa") == (Settings(), [])
    assert decode("p1io2r4ace6m") == (Settings(dataset="spiral"), [])
    assert decode("p1imitpaujdkmrvgicabc74") == (Settings(network_shape=(2,), seed="0.2525"), [])
    assert decode("w1amaeqxa") == (DEFAULTS["wine"], [])


def test_a_short_link_with_a_wrong_letter_says_so():
    for place in range(2, len(SHORT)):
        for letter in "a7":
            if SHORT[place] != letter:
                harmed = SHORT[:place] + letter + SHORT[place + 1 :]
                settings, problems = decode(harmed)
                assert (settings, len(problems)) == (Settings(), 1), place
                assert ERRORS["short_link"] in problems[0], place


def test_a_short_link_that_was_cut_says_so():
    for length in range(6, len(SHORT)):
        assert len(decode(SHORT[:length])[1]) == 1, length


@given(st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=4, max_size=200))
def test_any_letters_are_a_link_or_a_sentence(letters):
    settings, _ = decode("p1" + letters)
    assert decode(encode(settings)) == (settings, [])


def test_a_short_link_cannot_grow_without_end():
    packer = zlib.compressobj(9, wbits=-15, zdict=DICTIONARY)
    bomb = packer.compress(b"a" * 5_000_000) + packer.flush()
    assert len(bomb) < 4900
    assert len(decode("p1" + to_letters(bomb + check(bomb)))[1]) == 1
