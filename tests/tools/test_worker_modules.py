"""The modules of the notebook's worker: each is imported behind what it imports itself."""

import re
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from tools.cache import default_cache_folder
from tools.node import find_node
from tools.notebook import WORKER, boot_modules, in_order, joined
from tools.report import Report

NAME = re.compile(r'"\./([\w-]+\.mjs)"')


def test_each_module_comes_behind_what_it_imports(root: Path) -> None:
    boot = root / "site" / "boot"
    names = in_order(boot_modules(root / "site"), WORKER)
    assert names[-1] == WORKER
    assert len(names) > 5
    for place, name in enumerate(names):
        assert set(NAME.findall((boot / name).read_text("utf-8"))) <= set(names[:place]), name


def test_every_way_to_import_is_found_and_a_circle_is_told() -> None:
    texts = {
        "a.mjs": 'import {\n  b,\n} from "./b.mjs";\nimport "./d.mjs";\n',
        "b.mjs": "import * as all from './c.mjs';\n",
        "c.mjs": 'export { d } from "./d.mjs";\n',
        "d.mjs": "export const d = 1;\n",
    }
    assert in_order(texts, "a.mjs") == ["d.mjs", "c.mjs", "b.mjs", "a.mjs"]
    texts["d.mjs"] = 'import { a } from "./a.mjs";\n'
    with pytest.raises(ValueError, match=r"cycle.*\.mjs"):
        in_order(texts, "a.mjs")


TWO = {
    "a.mjs": 'import { b as c,\n  d } from "./b.mjs";\nimport * as all from "./b.mjs";\n'
    "/** Six. */\nexport const e = c() + d + all.d;\n",
    "b.mjs": "let n = 1;\nexport function b() {\n  return n;\n}\nexport const d = 2;\n",
}


def test_joined_modules_are_one() -> None:
    address = f"data:text/javascript,{quote(joined(TWO, 'a.mjs'))}"
    node = find_node(default_cache_folder(), Report())
    script = f"import({address!r}).then((found) => console.log(JSON.stringify(found)))"
    done = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == '{"e":5}'


def test_a_module_that_cannot_be_joined_is_named() -> None:
    with pytest.raises(ValueError, match=r"b\.mjs must .* in a known way; got 'export let d = 2;'"):
        joined({**TWO, "b.mjs": "export let d = 2;\n"}, "a.mjs")
