"""What no start needs comes afterwards: in the background, or when an import asks for it."""

from harness import LATER_KEPT, wait_ready
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


def test_the_rest_comes_in_the_background_and_once(open_page, misbehaving_server):
    server = misbehaving_server({})
    page = open_page(url=server.url)
    page.locator(LATER_KEPT).wait_for(state="attached")
    assert page.evaluate(RUN, IMPORT).startswith(ANSWER_START)
    assert server.count(LATER) == 3, "NumPy's, the library's, our sources"


def test_an_import_that_comes_early_waits_and_works(open_page, misbehaving_server, page_log):
    page_log.allow("404|_later.zip")
    server = misbehaving_server({LATER: Fault(status=404)})
    page = open_page(url=server.url)
    said = page.evaluate(RUN, IMPORT)
    assert "python_stdlib_later.zip could not be fetched: python_stdlib_later.zip: 404" in said
    server.faults.clear()
    assert page.evaluate(RUN, IMPORT).startswith(ANSWER_START)


def test_one_that_is_cut_short_is_not_taken(open_page, misbehaving_server, page_log):
    page_log.allow("_later.zip")
    server = misbehaving_server({LIBRARY: Fault(keep=0.5)})
    page = open_page(url=server.url)
    assert " bytes" in page.evaluate(RUN, IMPORT)
    server.faults.clear()
    page.reload()
    wait_ready(page)
    assert page.evaluate(RUN, IMPORT).startswith(ANSWER_START)


def test_the_page_in_one_file_has_it_inside(open_page, dist):
    page = open_page(url=(dist / "playground.html").as_uri(), offline=True)
    assert page.evaluate(RUN, IMPORT).startswith(ANSWER_START)


def test_the_lab_s_first_picture_has_what_it_needs(open_page, misbehaving_server, page_log):
    """NumPy's generators are fetched with the start where it begins with the lab."""
    page_log.allow("404")  # what is fetched in quiet moments is the missing library, too
    server = misbehaving_server({LIBRARY: Fault(status=404)})
    page = open_page("#view=wine", url=server.url, script="delete XMLHttpRequest.prototype.send")
    assert page.evaluate(RUN, "import sys; 'numpy.random' in sys.modules") is True
    assert server.count("numpy_later.zip*") == 1


def test_a_sandboxed_frame_has_it_too(open_course):
    page, _ = open_course(
        '<iframe src="HEREembed.html" title="it" width="1200" height="800"'
        ' sandbox="allow-scripts"></iframe>'
    )
    inside = page.frame_locator("iframe").locator('html[data-state="ready"]')
    inside.wait_for(state="attached", timeout=60_000)
    frame = page.frames[-1]
    assert frame.evaluate(RUN, IMPORT).startswith(ANSWER_START)
