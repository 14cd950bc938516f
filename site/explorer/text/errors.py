"""What is said of a value that cannot be used: what it must be, and what was given.

The subject comes first: a setting's label, or a link's key, then one of these.
"""

from explorer.text.language import texts

ERRORS = texts("errors", {
    "sentence": "{name} {fault}.",
    "of": "{name} {fault}",
    "and": "; ",
    "all": "{faults}.",
    "choice": "must be one of {names}; got {text!r}",
    "not_number": "must be a number; got {text!r}",
    "number": "must be a number from {low} to {high}; got {text!r}",
    "not_whole": "must be a whole number; got {text!r}",
    "whole": "must be a whole number from {low} to {high}; got {text!r}",
    "not_count": "must be 0 or a whole number; got {text!r}",
    "count": "must be 0 or a whole number from {low} to {high}; got {text!r}",
    "text": "must be 1 to {longest} printable characters; got {text!r}",
    "not_units": "must be a comma list of whole numbers; got {text!r}",
    "units": "must be at most {layers} layers of 1 to {units} units; got {text!r}",
    "names": "must be at most {longest} names out of {names}; got {text!r}",
    "ranges": "must be ranges of numbers from 1 to {highest}, like 1-3,7; got {text!r}",
    "formula": "must be a formula such as sin(x1 * x2): {why}",
    "own_table": "is a table that is not on this page: open its file again; got {text!r}",
    "long_link": "the link is longer than {longest:,} characters; the rest was ignored",
    "short_link": "the short link is damaged: a letter is missing or wrong",
    "letters": "must be text, or text in base 32; got {text!r}",
    "weights": "must be the weights of a network as this page packs them; got {text!r}",
    "other_network": "the weights in the link belong to another network than the one it describes, "
    "which has {count:,} numbers",
    "wrong_view": "dataset cannot be shown in this view; got {text!r}",
    "not_value": "must be text, a number, true or false; got {text!r}",
    "long_value": "must have at most {longest} characters; got {count}",
})  # fmt: skip
