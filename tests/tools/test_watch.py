"""`build.py serve --watch`: what counts as a change, and how the open page learns of a build."""

import http.client
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import watch
from tools.compiled import CompileError
from tools.head import policy
from tools.report import Report
from tools.serve import make_server

PAGE = "<!doctype html><html><head><title>x</title></head><body>y</body></html>"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository in miniature."""
    for name in ("site/index.html", "nncore/layers.py", "tools/cli.py", "dist/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    return tmp_path


@pytest.fixture
def server(project: Path) -> Iterator[tuple[watch.Builds, int]]:
    """The number of the latest build, and the port of a server that tells of it."""
    builds = watch.Builds()
    with make_server(project / "dist", 0, watch.watched(builds)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield builds, server.server_port
        server.shutdown()
        thread.join()


def ask(port: int, path: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    return connection, connection.getresponse()


@pytest.mark.parametrize("path", ["/", "/index.html", "/?view=wine"])
def test_the_page_is_served_with_the_script_and_dist_is_without(
    server: tuple[watch.Builds, int], project: Path, path: str
) -> None:
    connection, answer = ask(server[1], path)
    text = answer.read().decode()
    connection.close()
    assert text == PAGE.replace("</head>", f"{watch.TAG}</head>")
    assert "watch" not in (project / "dist/index.html").read_text()


def test_the_script_is_the_page_s_own_and_speaks_to_its_origin_alone(
    server: tuple[watch.Builds, int],
) -> None:
    rules = dict(rule.split(" ", 1) for rule in policy([]).split("; "))
    assert "'self'" in rules["script-src"]
    assert "'self'" in rules["connect-src"]
    connection, answer = ask(server[1], watch.SCRIPT)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "://" not in answer.read().decode()
    connection.close()


def test_an_open_page_hears_of_each_build(server: tuple[watch.Builds, int]) -> None:
    builds, port = server
    connection, answer = ask(port, watch.CHANGES)
    assert answer.headers["Content-Type"] == "text/event-stream"
    first = answer.readline()
    assert first.startswith(b"data: ")
    assert answer.readline() == b"\n"
    builds.next()
    assert answer.readline() not in (first, b"")
    connection.close()


@pytest.mark.parametrize("name", ["site/style.css", "nncore/layers.py", "site/explorer/new.py"])
def test_a_change_of_the_page_s_sources_is_seen(project: Path, name: str) -> None:
    before = watch.look(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("changed")
    assert watch.look(project) != before
    (project / name).unlink()
    assert watch.look(project) != before or name != "nncore/layers.py"


@pytest.mark.parametrize("name", ["tools/cli.py", "dist/index.html", "nncore/__pycache__/a.pyc"])
def test_other_files_are_not_watched(project: Path, name: str) -> None:
    before = watch.look(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("changed")
    assert watch.look(project) == before


def test_a_build_that_fails_is_told_and_the_next_is_shown(project: Path) -> None:
    """The first build fails and mends its source; the second succeeds and ends the watching."""
    said, end, builds, made = io.StringIO(), threading.Event(), watch.Builds(), []
    source = project / "nncore/layers.py"

    def make() -> None:
        made.append(source.read_text())
        if made[-1] == "broken":
            source.write_text("mended again")
            raise CompileError("no such thing")
        end.set()

    before = builds.after(0, 0)
    arguments = project, make, builds, Report(said), end
    thread = threading.Thread(target=watch.follow, args=arguments)
    seen = threading.Event()
    look = watch.look

    def noted(root: Path) -> dict[Path, tuple[int, int]]:
        found = look(root)
        seen.set()
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watch, "look", noted)
        thread.start()
        assert seen.wait(20)
        source.write_text("broken")
        thread.join(20)
    assert made == ["broken", "mended again"]
    assert "failed: no such thing" in said.getvalue()
    assert builds.after(before, 20) == before + 1
