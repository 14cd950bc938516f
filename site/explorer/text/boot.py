"""What the reader is told while the page starts, and when it cannot start.

Each failure says in two sentences what has happened and what to do about it. The texts are
written into the page when it is built, because they are needed before Python is there. The boot
code fills in the names in braces.
"""

from explorer.text.language import texts

BOOT = texts("boot", {
    "stage-wait": "Press anywhere to start Python",
    "stage-fetch": "Fetching Python",
    "stage-start": "Starting Python",
    "stage-numpy": "Loading NumPy",
    "stage-draw": "Drawing",
    "bytes": "{done} of {total} MB",
    "failure-title": "The playground could not start",
    "failure-offline": (
        "The connection broke while {file} was being fetched. "
        "Check that this device is online, then try again."
    ),
    "failure-missing": (
        "The file {file} is missing on the server. "
        "Try again in a moment; if that does not help, the site has to be published again."
    ),
    "failure-damaged": (
        "The file {file} arrived damaged or cut short. "
        "Try again to fetch a fresh copy; if that does not help, the site has to be published "
        "again."
    ),
    "failure-copy": (
        "This file is damaged or was not copied completely: its part {file} is not whole. "
        "Copy or download the file again, then open the new copy."
    ),
    "failure-disk": (
        "This page was opened from a disk, where browsers do not let it read the files beside it. "
        "Open playground.html in the same folder instead: it has everything inside."
    ),
    "failure-refused": (
        "In this frame the page counts as another site, and its host does not let other sites "
        "read its files. Whoever publishes it has to send the header "
        "Access-Control-Allow-Origin: * with them, or put playground.html beside them, which has "
        "everything inside."
    ),
    "failure-stalled": (
        "The download has stopped: nothing has arrived for a while. "
        "Check the connection, then try again."
    ),
    "failure-stuck": (
        "Python has not finished starting in the time allowed. "
        "Close other tabs or programs that keep this device busy, then try again."
    ),
    "failure-unsupported": (
        "This browser cannot run Python because it lacks something that Python needs. "
        "Use a current Firefox, Chrome, Edge or Safari; in Safari, lockdown mode has to be off "
        "for this page."
    ),
    "failure-blocked": (
        "This browser does not allow WebAssembly to run here, and Python needs it. "
        "Open the page in a tab of its own, or ask whoever manages the site or the device to "
        "allow WebAssembly."
    ),
    "failure-memory": (
        "There is not enough free memory to start Python. "
        "Close other tabs and programs, then try again."
    ),
    "failure-script": (
        "The file {file}, a part of this page, could not be loaded. "
        "Check the connection, then try again; a content blocker may have to be switched off "
        "for this page."
    ),
    "failure-python": (
        "An error in the playground's own program stopped it while it was starting. "
        "Try again without the part of the address after #; if that does not help, report the "
        "details below."
    ),
    "died-title": "Python has stopped",
    "failure-died": (
        "The program that computes this page has ended, most likely because memory ran out. "
        "Start it again: the settings stay as they are, and training starts over."
    ),
    "restart": "Start again",
    "failure-unknown": (
        "Something unexpected stopped the start. "
        "Try again; if that does not help, report the details below."
    ),
    "retry": "Try again",
    "details": "Details",
})  # fmt: skip
