"""Put the whole page into one file, `playground.html`, that opens by double click.

The page is the same; only the places of its parts differ. Style, fonts and the chart library
stand inside it. JavaScript modules are named in an import map, under addresses that exist
nowhere else, and everything large is text in script elements that no browser runs: two letters
for 13 bits, which is a thirteenth less than base64. The policy lets this page talk to nobody at
all.
"""

import base64
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from tools.assets import MARK
from tools.compiled import Packed
from tools.head import insert, policy_tag, script_json

HOME = "https://playground.invalid/"  # .invalid is reserved: no such host can ever exist
OWN = "boot"  # the folder of our own modules
COMMENT = re.compile(r"^ *(?:/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)\n", re.M)  # on lines of its own
IMPORT = re.compile(r"""(["'])\./([\w-]+\.m?js)\1""")
TAGS = re.compile(r"<link\b[^>]*\{\{asset:[^>]*>|<script\b[^>]*\{\{asset:[^>]*></script>")
INSIDE = ("bytes", "size", "type", "modules")  # what of a file's entry still holds
TABLES = ("files", "later", "parts")
OPTIONAL = re.compile(r"font-display: *optional")
MOST_BYTES = 14_000_000
PRINTED = "".join(map(chr, range(0x21, 0x7F)))
PLAIN = " " + PRINTED.translate({ord(c): None for c in "%#<"})
LETTERS = PRINTED.translate({ord(c): None for c in "<&\\"})  # 91: "<" could end an element
PAIRS = [high + low for high in LETTERS for low in LETTERS][: 1 << 13]
SHIFTS = range(91, -1, -13)  # from 13 bytes to eight values of 13 bits


def one_file(
    html: str,
    guard: str,
    css: str,
    manifest: dict,
    packed: Mapping[str, Packed],
    parts: Mapping[str, bytes],
    licences: str,
) -> bytes:
    """Return the page as one file.

    Args:
        html, css: As rendered, with {{asset:NAME}} where a part is named.
        guard: The safety net.
        manifest: The site's list of files, with this page's own list for the notebook.
        packed: The files of that list.
        parts: All other parts by name; JavaScript modules as FOLDER/NAME.
        licences: The text of all licences.

    Raises:
        ValueError: If the page names a part in a way that this module does not know, or grows too
            large.
    """
    scripts = [guard, import_map(parts)]
    opening = insert_style(css, parts)

    def inline(match: re.Match[str]) -> str:
        tag, mark = match[0], MARK.search(match[0])
        assert mark is not None, "TAGS finds tags with a mark"
        name = mark[1]
        if 'rel="preload"' in tag:
            return ""
        if 'rel="stylesheet"' in tag:
            return f"<style>{opening if name == 'style.css' else parts[name].decode()}</style>"
        if 'type="py"' in tag:
            return '<script type="py"></script>'  # the boot code hands it its text
        if 'type="module"' in tag:
            scripts.append(f'import "{HOME}boot/{name}";')
            return f'<script type="module">{scripts[-1]}</script>'
        scripts.append(parts[name].decode().replace("</script", "<\\/script"))
        return f"<script>{scripts[-1]}</script>"

    html = TAGS.sub(inline, html)
    left = MARK.search(html)
    if left:
        raise ValueError(f"playground.html must hold every part itself; got {left[0]}")
    first = [
        policy_tag(scripts, beside=""),
        f"<script>{guard}</script>",
        f'<script type="importmap">{scripts[1]}</script>',
    ]
    html = insert(html, first, [script_json("boot-files", listed(manifest))])
    page = with_payload(html, packed, licences).encode()
    if len(page) > MOST_BYTES:
        raise ValueError(f"playground.html must have at most {MOST_BYTES} bytes; got {len(page)}")
    return page


def listed(manifest: dict) -> dict:
    """Return the list of files without paths: the page then looks for them in itself."""
    tables = {
        table: {
            name: {key: value for key, value in entry.items() if key in INSIDE}
            for name, entry in manifest[table].items()
        }
        for table in TABLES
    }
    places = {"pyscript": f"{HOME}pyscript/core.js", "interpreter": f"{HOME}boot/interpreter.mjs"}
    return {**tables, "lock": manifest["lock"], "notebook": manifest["notebook"], **places}


def import_map(parts: Mapping[str, bytes]) -> str:
    """Return the import map of all modules (FOLDER/NAME), each as a data: address; ours without
    comments."""
    modules = [name for name in parts if "/" in name]
    imports = {}
    for name in sorted(modules):
        folder = name.partition("/")[0]

        def absolute(match: re.Match[str], folder: str = folder) -> str:
            known = f"{folder}/{match[2]}" in modules
            return f"{match[1]}{HOME}{folder}/{match[2]}{match[1]}" if known else match[0]

        own = parts[name].decode()
        text = IMPORT.sub(absolute, without_comments(own) if folder == OWN else own)
        # percent signs for the few letters that need them are shorter than base64 for all
        named = f"{text}\n//# sourceURL={name}\n"  # else tracebacks show the whole address
        imports[HOME + name] = f"data:text/javascript,{quote(named, safe=PLAIN)}"
    return json.dumps({"imports": imports})


def without_comments(text: str) -> str:
    """Return JavaScript without the comments that stand on lines of their own."""
    return COMMENT.sub("", text)


def insert_style(css: str, parts: Mapping[str, bytes]) -> str:
    """Return the style sheet with its fonts inside, which are there in any case.

    Raises:
        ValueError: If it has a font of which this does not know how it is shown.
    """
    css, known = OPTIONAL.subn("font-display:block", css)
    if known != css.count("@font-face"):
        raise ValueError(f"each @font-face of style.css must be optional; got {known} of them")
    return MARK.sub(lambda mark: data_address("font/woff2", parts[mark[1]]), css)


def data_address(kind: str, content: bytes) -> str:
    """Return a data: address of `content`."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@lru_cache(32)  # most of them are the same in the next build of a watched page
def letters(content: bytes) -> str:
    """Return bytes as `inside.mjs` reads them: 13 bits, the first of them the highest, are a number
    that two letters write in base 91. Six bits or fewer at the end are one letter."""
    padded = content + bytes(-len(content) % 13)
    words = (int.from_bytes(padded[at : at + 13]) for at in range(0, len(padded), 13))
    whole = "".join([PAIRS[word >> shift & 0x1FFF] for word in words for shift in SHIFTS])
    pairs, rest = divmod(8 * len(content), 13)
    end = whole[2 * pairs : 2 * pairs + 2]
    if 0 < rest <= 6:
        value = LETTERS.index(end[0]) * 91 + LETTERS.index(end[1])
        end = LETTERS[value >> 7]
    return whole[: 2 * pairs] + (end if rest else "")


def start_last(item: tuple[str, Packed]) -> tuple[bool, str]:
    """Sort the files of the start behind all others: a page that was cut short then says so."""
    name, file = item
    return file.modules is None, name


def with_payload(html: str, packed: Mapping[str, Packed], licences: str) -> str:
    """Return the page with the packed files and the licences at its end."""
    nodes = [
        f'<script type="text/plain" id="file:{name}">{letters(file.path.read_bytes())}</script>'
        for name, file in sorted(packed.items(), key=start_last)
    ]
    safe = licences.replace("</script", "<\\/script").replace("<!--", "<!- -")
    nodes.append(f'<script type="text/plain" id="licences">\n{safe}</script>')
    head, end, tail = html.rpartition("</body>")
    if not end:
        raise ValueError("site/index.html must hold </body>; got none")
    return head + "\n".join(nodes) + "\n" + end + tail
