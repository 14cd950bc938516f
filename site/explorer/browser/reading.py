"""Files that the reader chooses or drops: read by the browser, and sent nowhere. And files that lie
beside the page, which are fetched.
"""

import js


def read_file(file, done, failed):
    """Call `done(bytes)` with a file's content, or `failed()` where it cannot be read (a folder,
    or a file that is gone).
    """
    file.arrayBuffer().then(lambda buffer: done(buffer.to_bytes()), lambda _: failed())


def notebook():
    """What the notebook needs of the browser; it comes with the notebook's part."""
    from explorer.browser import notebook as found

    return found


def notebook_ahead():
    """Have the notebook's Python and its editor on their way while its part is fetched."""

    def there(module):
        module.openNotebook()

    js.nncoreBoot.notebook().then(there, lambda _: None)


def make_crew(browser, engine):
    """Return workers that train beside the page, or None where they cannot be had; what they need
    of the browser comes with the part on runs.
    """
    if engine is None or js.origin == "null":
        return None
    from explorer.browser.crew import Crew

    return Crew(browser, engine)


def fetch_bytes(path, most, done, failed):
    """Call `done(bytes)` with a file that lies beside the page, or `failed()` where it cannot be
    had, or has more than `most` bytes.
    """

    def came(answer):
        if not answer.ok or int(answer.headers.get("content-length") or 0) > most:
            return js.Promise.reject(
                js.Error.new(f"{path}: {answer.status}")
            )  # no None, for Pyodide
        return answer.arrayBuffer()

    def take(buffer):
        done(buffer.to_bytes()) if buffer.byteLength <= most else failed()

    address = js.URL.new(path, js.document.baseURI)
    js.fetch(address).then(came).then(take, lambda _: failed())
