"""A part of the page as one picture: canvases, boxes, marks and labels, painted onto a canvas.

The network's diagram is made of many elements. To save it, the elements are walked from the
outside in and painted where they stand: background and border, then text, drawings and canvases.
Controls are left out.
"""

import re

SCALE = 2  # pixels per CSS pixel
MARGIN = 16
LEFT_OUT = (
    ".mini, input:not(.kept-input), .kept-input:placeholder-shown, select, [hidden], .unseen, "
    ".u-over, .u-select, .callout"
)
BEHIND = "#links, .pictures"  # lies behind other things and does not add to their extent
DRAWINGS = ("canvas", "svg")
TEXT_NODE = 3


def paint(browser, nodes, background):
    """A canvas with everything that `nodes` show, each in its place; None if that is nothing."""
    boxes = [box for node in nodes for box in seen_boxes(browser, node)]
    if not boxes:
        return None
    left, top = min(b.left for b in boxes) - MARGIN, min(b.top for b in boxes) - MARGIN
    right, bottom = max(b.right for b in boxes) + MARGIN, max(b.bottom for b in boxes) + MARGIN
    canvas = browser.create("canvas")
    canvas.width, canvas.height = round((right - left) * SCALE), round((bottom - top) * SCALE)
    ctx = canvas.getContext("2d")
    ctx.fillStyle = background
    ctx.fillRect(0, 0, canvas.width, canvas.height)
    ctx.setTransform(SCALE, 0, 0, SCALE, -left * SCALE, -top * SCALE)
    for node in nodes:
        paint_node(browser, ctx, node)
    return canvas


def seen_boxes(browser, node):
    """The boxes of all that is to be seen of an element; not those of mere containers."""
    style = browser.window.getComputedStyle(node)
    if not visible(node, style) or node.matches(BEHIND):
        return []
    has_text = any(child.nodeType == TEXT_NODE and text_of(child) for child in node.childNodes)
    if node.tagName.lower() in DRAWINGS or has_box(style) or has_text:
        return [node.getBoundingClientRect()]
    return [box for child in node.children for box in seen_boxes(browser, child)]


def visible(node, style):
    return style.display != "none" and style.visibility != "hidden" and not node.matches(LEFT_OUT)


def has_box(style):
    return not transparent(style.backgroundColor) or border_of(style) > 0


def border_of(style):
    """The width of the border in CSS pixels, 0 where none is to be seen."""
    if style.borderTopStyle == "none" or transparent(style.borderTopColor):
        return 0.0
    return pixels(style.borderTopWidth)


def text_of(node):
    return re.sub(r"\s+", " ", node.textContent).strip()


def paint_node(browser, ctx, node):
    style = browser.window.getComputedStyle(node)
    if not visible(node, style):
        return
    tag, box = node.tagName.lower(), node.getBoundingClientRect()
    ctx.save()
    ctx.globalAlpha *= float(style.opacity or 1)
    paint_box(ctx, style, box)
    if tag == "canvas":
        ctx.imageSmoothingEnabled = style.imageRendering != "pixelated"
        if node.width and node.height:
            ctx.drawImage(node, box.left, box.top, box.width, box.height)
    elif tag == "input":
        ctx.font, ctx.fillStyle, ctx.textBaseline = style.font, style.color, "middle"
        left = box.left + pixels(style.paddingLeft)
        ctx.fillText(node.value, left, box.top + box.height / 2)
    elif tag == "svg":
        paint_svg(browser, ctx, node, box)
    else:
        if style.overflow in ("hidden", "clip"):
            outline(ctx, style, box)
            ctx.clip()
        for child in list(node.childNodes):
            if child.nodeType == TEXT_NODE:
                paint_text(browser, ctx, child, style)
            elif hasattr(child, "getBoundingClientRect"):
                paint_node(browser, ctx, child)
    ctx.restore()


def outline(ctx, style, box, inset=0.0):
    """The box with its round corners, as the current path."""
    ctx.beginPath()
    width, height = max(box.width - 2 * inset, 0), max(box.height - 2 * inset, 0)
    radius = max(pixels(style.borderTopLeftRadius) - inset, 0)
    ctx.roundRect(box.left + inset, box.top + inset, width, height, radius)


def paint_box(ctx, style, box):
    if not transparent(style.backgroundColor):
        outline(ctx, style, box)
        ctx.fillStyle = style.backgroundColor
        ctx.fill()
    border = border_of(style)
    if border:
        outline(ctx, style, box, border / 2)
        ctx.strokeStyle, ctx.lineWidth = style.borderTopColor, border
        ctx.stroke()


def paint_text(browser, ctx, node, style):
    text = text_of(node)
    if not text:
        return
    place = browser.document.createRange()
    place.selectNodeContents(node)
    box = place.getBoundingClientRect()
    ctx.font, ctx.fillStyle = style.font, style.color
    ctx.textBaseline = "middle"
    if style.textTransform == "uppercase":
        text = text.upper()
    ctx.fillText(text, box.left, box.top + box.height / 2)


def paint_svg(browser, ctx, node, box):
    """The paths of a small drawing, scaled from its own coordinates to the page's."""
    view = node.viewBox.baseVal
    if not view.width:
        return
    ctx.translate(box.left, box.top)
    ctx.scale(box.width / view.width, box.height / view.height)
    for part in list(node.querySelectorAll("path")):
        style = browser.window.getComputedStyle(part)
        shape = browser.path(part.getAttribute("d"))
        if style.fill != "none":
            ctx.fillStyle = style.fill
            ctx.fill(shape)
        if style.stroke != "none":
            ctx.strokeStyle, ctx.lineWidth = style.stroke, pixels(style.strokeWidth)
            ctx.stroke(shape)


def pixels(length):
    """The number in a CSS length such as 1.5px; 0 for none."""
    found = re.match(r"[\d.]+", length or "")
    return float(found[0]) if found else 0.0


def transparent(colour):
    return colour == "transparent" or colour.endswith(", 0)") or colour.endswith("/ 0)")
