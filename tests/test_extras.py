"""Packages that are fetched on request: they lie in dist/ whole, beside their licences."""

import json
import zipfile
from pathlib import Path

import pytest

from tools.assets import Assets
from tools.extras import add_extras, extra_licences


def wheel(folder: Path, name: str, files: dict[str, str]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for inner, text in files.items():
            archive.writestr(inner, text)
    return path


@pytest.fixture
def wheels(tmp_path: Path) -> dict[str, Path]:
    parts = {"b/x.py": "1", "b-1.dist-info/LICENSE.txt": "Be kind.", "b/LICENSE.txt": "inner"}
    more = {"a-1.dist-info/licenses/COPYING": "Copy.", "a-1.dist-info/licenses/x/NOTICE": "Note."}
    names = {"b-1-py3-none-any.whl": parts, "a-1-py3-none-any.whl": more}
    return {name: wheel(tmp_path, name, files) for name, files in names.items()}


def test_wheels_are_added_as_they_are_under_hashed_names(wheels):
    assets = Assets()
    entries = add_extras(assets, wheels)
    assert [entry["name"] for entry in entries] == sorted(wheels)
    for entry in entries:
        content = wheels[entry["name"]].read_bytes()
        assert assets.contents[entry["path"]] == content
        assert entry["bytes"] == len(content)
        assert entry["path"].startswith(f"assets/{entry['name']}.")


def test_licences_come_from_the_wheel_s_own_records(wheels):
    assert extra_licences(wheels) == {"a": b"Copy.\n\nNote.", "b": b"Be kind."}


def test_a_wheel_without_a_licence_is_refused(tmp_path):
    path = wheel(tmp_path, "c-1-py3-none-any.whl", {"c/LICENSE": "not in the records"})
    with pytest.raises(ValueError, match=r"c-1-py3-none-any\.whl must hold its licence; got none"):
        extra_licences({path.name: path})


def test_the_site_knows_them_and_the_page_in_one_file_does_not(dist):
    def listed(name):
        html = (dist / name).read_text("utf-8")
        text = html.partition('id="boot-files">')[2].partition("</script>")[0]
        return json.loads(text)

    entries = listed("index.html")["extras"]
    names = {entry["name"].partition("-")[0] for entry in entries}
    assert names >= {"scikit_learn", "scipy", "joblib", "threadpoolctl", "micropip"}
    for entry in entries:
        assert (dist / entry["path"]).stat().st_size == entry["bytes"]
        assert f'href="{entry["path"]}"' not in (dist / "index.html").read_text("utf-8")
        licence = dist / "LICENSES" / f"{entry['name'].partition('-')[0]}.txt"
        assert len(licence.read_text("utf-8")) > 150
    assert "extras" not in listed("playground.html")
