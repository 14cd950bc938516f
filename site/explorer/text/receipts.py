"""What the page says to a teacher who checks receipts, and about packages for course platforms."""

from explorer.text.language import texts

RECEIPTS = texts("receipts", {
    "title": "Check receipts",
    "line": "Drop receipts anywhere on this page, or choose them. Every run in them is trained "
    "again here, and nothing is sent anywhere.",
    "choose": "Choose receipts",
    "paste": "Or paste them here",
    "take_pasted": "Check what is pasted",
    "csv": "Table (CSV)",
    "clear": "Clear the list",
    "student": "Student",
    "lesson": "Lesson",
    "passed": "Passed",
    "verdict": "Verdict",
    "waiting": "waits",
    "checking": "Checking {number} of {count} …",
    "checked": "{count} checked, {bad} of them in doubt.",
    "fine": "everything claimed comes out again",
    "nothing": "nothing done yet",
    "unread": "cannot be read",
    "nameless": "(no name)",
    "changed": "of another version of the lesson",
    "doubt": "{title}: {why}",
    "why_differs": "the replay comes to other numbers: actions or numbers were edited",
    "why_fails": "the check does not hold for this run",
    "why_no_replay": "there is no such run",
    "no_lesson": "the lesson “{name}” is not open. Drop its file on the page.",
    "receipt_cut": "this is no receipt, or it was cut. Ask for the file itself.",
    "receipt_version": "a receipt of version “{text}”; this page reads version 1.",
    "receipt_edited": "what it says is not of the form of a receipt: it was edited or damaged.",
    "receipt_long": "a receipt has at most {most} characters.",
    "too_many": "At most {most} receipts at a time: {left} were left out.",
    "limits": "A replay proves the run, not who has done it: it does not find a friend’s file with "
    "another name, nor whether somebody helped. Answers that are chosen or typed are compared with "
    "the lesson, which everybody can read.",
    "course": "Take it into a course",
    "course_line": "A package that reports completion and score to Moodle, Canvas, ILIAS and other "
    "platforms that take SCORM 1.2. It shows the lesson from where this page lies.",
    "scorm": "Download for Moodle, Canvas, ILIAS …",
    "copy_link": "Copy its link",
    "copy_element": "Copy an element for a web page",
    "copied": "Copied: {text}",
    "copied_own": "Copied: {text} – {name} has to lie beside the page.",
    "scorm_saved": "{name} is saved. Upload it as a SCORM package; it shows {address}.",
    "scorm_file": "A package needs the page at an address of its own; this one is a file.",
})  # fmt: skip
