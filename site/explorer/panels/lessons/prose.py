"""Writes a lesson's prose: a node of the page for every Node of the text, and nothing else."""

TAGS = {
    "p", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote",
}  # fmt: skip


def write(browser, parent, prose):
    """Append prose to an element."""
    for node in prose:
        append(browser, parent, node)


def append(browser, parent, node):
    if isinstance(node, str):
        parent.append(node)  # a text node
        return
    if node.tag == "a":  # opens in this page, so it is a button that looks like a link
        made = browser.create(
            "button", parent, class_="as-link", type="button", data_action="lesson-link",
            data_value=node.link,
        )  # fmt: skip
    else:
        made = browser.create(node.tag if node.tag in TAGS else "span", parent)
    if node.tag in ("code", "pre"):
        made.setAttribute("translate", "no")
    if node.tag == "pre":
        made.setAttribute("class", "program")
        made.setAttribute("tabindex", "0")
    for child in node.children:
        append(browser, made, child)


def text_of(prose):
    """Prose as plain text, for sentences and names."""
    return "".join(each if isinstance(each, str) else text_of(each.children) for each in prose)
