"""Build, serve, test and time the playground: `python3 build.py [serve | test | bench]`.

Needs nothing but Python 3.11 or newer. What it does lies in `tools/`; `python3 build.py --help`
lists the options.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (it may be started by any Python)
    sys.exit("build.py needs Python 3.11 or newer; this is Python " + sys.version.split()[0])

from tools.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
