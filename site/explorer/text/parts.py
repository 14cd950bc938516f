"""What the page says of its parts that are fetched when they are first wanted."""

from explorer.text.language import texts

PARTS = texts("parts", {
    "part_code": "Code",
    "part_runs": "Runs",
    "part_lessons": "Lessons",
    "part_inside": "Inside a step",
    "part_data": "Your data",
    "part_keras": "Keras",
    "part_notebook": "Notebook",
    "part_language": "Language",
    "part_cells": "Notebook",
    "loading": "Fetching “{part}”.",
    "failed": "“{part}” could not be fetched: {reason}",
    "again": "Try again",
    "because_offline": "the connection broke. Check that this device is online.",
    "because_missing": "it is no longer on the server. If trying again does not help, reload the "
    "page.",
    "because_damaged": "it arrived damaged or cut short.",
    "because_copy": "this file is damaged or was not copied to its end. Copy or download it anew.",
    "because_unknown": "something unexpected happened. If trying again does not help, reload the "
    "page.",
})  # fmt: skip
