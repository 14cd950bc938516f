"""The modules of the notebook's worker: each is imported behind what it imports itself."""

import re
from pathlib import Path

import pytest

from tools.notebook import WORKER, in_order

NAME = re.compile(r'"\./([\w-]+\.mjs)"')


def test_each_module_comes_behind_what_it_imports(root: Path) -> None:
    boot = root / "site" / "boot"
    names = in_order(boot, WORKER)
    assert names[-1] == WORKER
    assert len(names) > 5
    for place, name in enumerate(names):
        assert set(NAME.findall((boot / name).read_text("utf-8"))) <= set(names[:place]), name


def test_every_way_to_import_is_found_and_a_circle_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.mjs").write_text('import {\n  b,\n} from "./b.mjs";\nimport "./d.mjs";\n')
    (tmp_path / "b.mjs").write_text('import * as all from "./c.mjs";\n')
    (tmp_path / "c.mjs").write_text('export { d } from "./d.mjs";\n')
    (tmp_path / "d.mjs").write_text("export const d = 1;\n")
    assert in_order(tmp_path, "a.mjs") == ["d.mjs", "c.mjs", "b.mjs", "a.mjs"]
    (tmp_path / "d.mjs").write_text('import { a } from "./a.mjs";\n')
    with pytest.raises(ValueError, match=r"cycle.*\.mjs"):
        in_order(tmp_path, "a.mjs")
