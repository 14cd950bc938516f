"""What no start needs comes afterwards: when an import asks for it, or in the background.

That it comes there once is in `test_start.py`; `test_one_file.py` and `test_parts.py` import it
where nothing can be fetched, and in a frame.
"""

from harness import wait_ready
from harness_server import Fault

LATER = "*_later.zip*"
LIBRARY = "python_stdlib_later.zip*"
RUN = "async (text) => (await nncoreBoot.python).runPython(text)"
IMPORT = """
def answer():
    try:
        import email.mime.text, numpy.fft, xml.dom.minidom
    except ImportError as error:
        return str(error)
    trees = xml.dom.minidom.parseString("<a><b/></a>").documentElement.childNodes
    mail = email.mime.text.MIMEText("x").as_string()
    return len(trees), float(numpy.fft.fft([1, 1])[0].real), mail
str(answer())"""
ANSWER_START = "(1, 2.0, 'Content-Type"


def test_what_is_cut_short_is_not_taken_and_an_early_import_waits(
    open_page, misbehaving_server, page_log
):
    page_log.allow("404|_later.zip")
    server = misbehaving_server({LIBRARY: Fault(keep=0.5)})
    page = open_page(url=server.url)
    assert " bytes" in page.evaluate(RUN, IMPORT)
    server.faults = {LATER: Fault(status=404)}
    page.reload()
    wait_ready(page)
    said = page.evaluate(RUN, IMPORT)
    assert "python_stdlib_later.zip could not be fetched: python_stdlib_later.zip: 404" in said
    server.faults = {}
    assert page.evaluate(RUN, IMPORT).startswith(ANSWER_START)


def test_the_lab_s_first_picture_has_what_it_needs(open_page, misbehaving_server, page_log):
    """NumPy's generators are fetched with the start where it begins with the lab."""
    page_log.allow("404")  # what is fetched in quiet moments is the missing library, too
    server = misbehaving_server({LIBRARY: Fault(status=404)})
    page = open_page("#view=wine", url=server.url, script="delete XMLHttpRequest.prototype.send")
    assert page.evaluate(RUN, "import sys; 'numpy.random' in sys.modules") is True
    assert server.count("numpy_later.zip*") == 1
