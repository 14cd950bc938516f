"""What cells may import beyond what is there: packages that lie beside the page, and Keras.

Packages are fetched before the cell runs, by what its text imports. `keras` and `tensorflow` are
nncore.keras from their first import on.
"""

import importlib
import importlib.util
import sys
from importlib.machinery import ModuleSpec

from explorer.cells import live
from explorer.text.cells import CELLS

KERAS = ("keras", "tensorflow")
LARGE = {  # what is imported: the package that has it; the page in one file has none of these
    "matplotlib": "matplotlib", "openpyxl": "openpyxl", "pandas": "pandas", "PIL": "pillow",
    "scipy": "scipy", "seaborn": "seaborn", "sklearn": "scikit-learn",
}  # fmt: skip


class Finder:
    """Finds Keras, and says of other modules how they can be had, or that they cannot.

    Args:
        packages: {name: {"imports": modules, "bytes": number}} of all that lie beside the page.
    """

    def __init__(self, packages, engine):
        self.packages, self.engine = packages, engine
        self.modules = {
            module: name for name, entry in packages.items() for module in entry["imports"]
        }
        self.there = set()

    def missing(self, modules):
        """The packages that hold these modules and are not there yet."""
        tops = {module.partition(".")[0] for module in modules}
        names = {self.modules[top] for top in tops if top in self.modules}
        if "pandas" in names and any(top == "openpyxl" for top in tops):
            names.add("openpyxl")
        return sorted(names - self.there)

    def packages_there(self):
        """What can be imported and is no part of Python, as readers know it."""
        return ["numpy", "keras", *(name for name in LARGE if name in self.modules)]

    def came(self, names):
        """These packages are installed."""
        self.there |= set(names)
        importlib.invalidate_caches()
        if any(self.packages[name].get("f2py") for name in names):
            return
        # SciPy takes all of NumPy's names; the page's NumPy comes without f2py.
        numpy = sys.modules.get("numpy")
        if numpy is not None and "f2py" not in vars(numpy):
            vars(numpy)["f2py"] = type(sys)("numpy.f2py")

    def find_spec(self, name, _path=None, _target=None):
        """Python asks it about every module that it has not found elsewhere."""
        top = name.partition(".")[0]
        if top in KERAS and not getattr(sys.modules.get(top), "__nncore__", False):
            return ModuleSpec(name, Keras(self.engine))
        if name != top:
            return None
        if package := self.modules.get(top):
            if package not in self.there:
                raise ModuleNotFoundError(CELLS["import_later"].format(name=name), name=name)
        elif top in LARGE:
            raise ModuleNotFoundError(CELLS["only_site"].format(name=name), name=name)
        elif top in CELLS["instead"]:
            raise ModuleNotFoundError(CELLS["instead"][top], name=name)
        return None


class Keras:
    """Loads `keras` or `tensorflow`, which are modules that there are already."""

    def __init__(self, engine):
        self.engine = engine

    def create_module(self, spec):
        keras = importlib.import_module("nncore.keras")
        keras.install()
        live.install(keras)
        if self.engine is not None:
            keras.config.set_engine(self.engine)
        return sys.modules[spec.name]

    def exec_module(self, module):
        """It has run."""
