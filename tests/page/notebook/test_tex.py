"""Formulas in Markdown become MathML that is well formed; what is not understood stays as it is."""

from xml.etree import ElementTree

import pytest

from explorer.notebook.tex import mathml, with_formulas


@pytest.mark.parametrize(
    ("tex", "shape", "text"),
    [
        (r"\frac{1}{1+e^{-z}}", "math mrow mfrac mrow mn mrow mn mo msup mi mrow mo mi", "11+e−z"),
        (r"\sum_{i=1}^n x_i", "math mrow munderover mo mrow mi mo mn mi msub mi mi", "∑i=1nxi"),
        (r"\hat{y} = \sigma(\mathbf W x)",
         "math mrow mover mrow mi mo mo mi mo mi mi mo", "y^=σ(𝐖x)"),
        (r"\sqrt[3]{2}", "math mrow mroot mrow mn mrow mn", "23"),
        (r"\text{if } x > 0", "math mrow mtext mi mo mn", "if x>0"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
         "math mrow mrow mo mtable mtr mtd mrow mn mtd mrow mn mtr mtd mrow mn mtd mrow mn mo",
         "(1234)"),
        (r"\left( \frac{a}{b} \right)", "math mrow mrow mo mrow mfrac mrow mi mrow mi mo", "(ab)"),
        ("f'(x)", "math mrow msup mi mo mo mi mo", "f′(x)"),
    ],
)  # fmt: skip
def test_a_formula_has_its_parts(tex, shape, text):
    tree = ElementTree.fromstring(mathml(tex))
    assert " ".join(node.tag for node in tree.iter()) == shape
    assert "".join(tree.itertext()) == text


@pytest.mark.parametrize(
    "tex", [r"\unknown{x}", "x_{", "}", r"\left( x", r"\begin{cases} 1", r"\mathbb{xy}", "a & b",
            "{" * 1500, "x" * 3000, r"\frac{1}", r"\href{javascript:1}{x}"],
)  # fmt: skip
def test_what_is_not_understood_is_left(tex):
    assert mathml(tex) is None
    assert with_formulas(f"so ${tex}$ is") == f"so ${tex}$ is"


def test_formulas_are_found_where_they_are():
    text = "It costs $5 or $6, `$a$`, \\$b$ and\n```\n$c$\n```\n$$\nd*e*f\n$$ $g$"
    found = with_formulas(text)
    assert found.count("<math") == 2
    assert found.startswith("It costs $5 or $6, `$a$`, \\$b$ and\n```\n$c$\n```\n<math class=")
    assert "d</mi><mo>&#42;</mo>" in found  # no emphasis


def test_what_ends_a_sentence_stays_with_its_formula():
    found = with_formulas("so $x$, or ($y$). Then $z$ and `$a$`, $5")
    for name, mark in (("x", ","), ("y", ").")):
        assert f'<span class="nb-formula">{mathml(name)}{mark}</span>' in found
    assert f"Then {mathml('z')} and `$a$`, $5" in found


def test_nothing_of_a_formula_is_html():
    for tex in ("<b>x</b>", r"\text{<b>x</b>}", r"\operatorname{<b>x</b>}"):
        made = mathml(tex)
        assert "".join(ElementTree.fromstring(made).itertext()) == "<b>x</b>"
        assert "<b>" not in made
