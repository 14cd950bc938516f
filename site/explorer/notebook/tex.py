"""Formulas in Markdown: TeX between dollar signs, written as MathML.

The part of TeX that courses on networks use: letters, scripts, fractions, roots, sums, Greek,
accents, brackets that grow, matrices and cases. A formula with anything else in it is left as it
is written. Browsers draw MathML by themselves.
"""

import re
from collections.abc import Callable
from html import escape
from typing import TypeAlias

Token: TypeAlias = "tuple[bool, str]"  # whether it is a command, its text

MOST = 2000  # characters of a formula
PIECES = re.compile(
    r"(?P<fence>^```|^~~~)[\s\S]*?(?:^(?P=fence)|\Z)|(?P<ticks>`+)[\s\S]*?(?P=ticks)"
    r"|\\\$|\$\$(?P<block>[^$]+)\$\$|\$(?P<inline>[^\s$`](?:[^$`\n]*[^\s$`])?)\$(?!\d)"
    r"(?P<behind>[.,;:!?)\]”’…]*)",
    re.M,
)
TOKENS = re.compile(r"\\([A-Za-z]+\*?|.)|\d+(?:\.\d+)?|\s+|.", re.S)
END: Token = (False, "")
GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι "
    "kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ "
    "omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ "
    "infty ∞ partial ∂ nabla ∇ emptyset ∅ hbar ℏ"
)
SIGNS = (
    "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ circ ∘ odot ⊙ otimes ⊗ oplus ⊕ leq ≤ le ≤ geq ≥ ge ≥ "
    "neq ≠ ne ≠ approx ≈ sim ∼ equiv ≡ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ "
    "cap ∩ forall ∀ exists ∃ to → rightarrow → leftarrow ← Rightarrow ⇒ Leftrightarrow ⇔ mapsto ↦ "
    "gets ← ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ mid ∣ parallel ∥ top ⊤ perp ⊥ prime ′ langle ⟨ "
    "rangle ⟩ lVert ‖ rVert ‖ Vert ‖ lvert | rvert | vert | { { } } | ‖ lfloor ⌊ rfloor ⌋ "
    "lceil ⌈ rceil ⌉ colon : neg ¬ wedge ∧ vee ∨"
)
LARGE = "sum ∑ prod ∏ int ∫ bigcup ⋃ bigcap ⋂"
FUNCTIONS = (
    "log ln exp sin cos tan tanh sinh cosh arctan arg max min argmax argmin lim sup inf det dim Pr "
    "gcd ker deg"
)
ACCENTS = "hat ^ widehat ^ bar ¯ overline ¯ vec → tilde ~ dot ˙ ddot ¨"
UPRIGHT, BOLD = ("mathrm", "operatorname", "mathsf"), ("mathbf", "boldsymbol", "bm")
DOUBLE = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "𝔼", "P": "ℙ", "1": "𝟙"}
SCRIPT = {"L": "ℒ", "N": "𝒩", "D": "𝒟", "X": "𝒳", "O": "𝒪", "H": "ℋ", "F": "ℱ", "J": "𝒥"}
SPACES = {",": 0.17, ":": 0.22, ";": 0.28, " ": 0.25, "quad": 1, "qquad": 2, "!": 0}
FENCES = {"pmatrix": "()", "bmatrix": "[]", "vmatrix": "||", "matrix": "", "cases": "{",
          "aligned": "", "align": "", "align*": "", "equation": "", "equation*": ""}  # fmt: skip
LIMITS = ("lim", "max", "min", "argmax", "argmin", "sup", "inf")
IGNORED = ("displaystyle", "textstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg")


def pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


IDENTIFIERS, OPERATORS, SUMS, MARKS = map(pairs, (GREEK, SIGNS, LARGE, ACCENTS))


def with_formulas(text: str) -> str:
    """Return Markdown with its formulas as MathML, but for those that are not understood."""

    def put(found: re.Match[str]) -> str:
        tex = found["block"] or found["inline"]
        made = None if tex is None else mathml(tex, display=found["block"] is not None)
        if made is None:
            return found[0]
        behind = found["behind"]  # stays on the formula's line
        return f'<span class="nb-formula">{made}{behind}</span>' if behind else made

    return PIECES.sub(put, text)


def mathml(tex: str, display: bool = False) -> str | None:
    """Return a formula as MathML, or None where it is not understood."""
    if len(tex) > MOST:
        return None
    try:
        row = Reader(tex).whole()
    except (ValueError, LookupError, RecursionError):
        return None
    kind = ' class="block"' if display else ""
    marks = row.replace("*", "&#42;").replace("_", "&#95;")  # no emphasis in Markdown
    return f"<math{kind}>{marks}</math>"


def sign(text: str, **options: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in options.items())
    return f"<mo{more}>{escape(text)}</mo>"


def bold(letter: str) -> str:
    """A Latin letter or a digit as the bold one of Unicode's mathematical letters."""
    for first, start in (("A", 0x1D400), ("a", 0x1D41A), ("0", 0x1D7CE)):
        if 0 <= ord(letter) - ord(first) < (10 if first == "0" else 26):
            return chr(start + ord(letter) - ord(first))
    raise ValueError(f"{letter!r} has no bold form here")


class Reader:
    """Reads a formula from left to right. What is not understood is a ValueError or LookupError."""

    def __init__(self, tex: str) -> None:
        # (is a command, text); spaces only part words
        self.tokens = [(m[1] is not None, m[1] or m[0]) for m in TOKENS.finditer(tex)]
        self.place = 0

    def peek(self) -> Token:
        """The next token that is no space, or END."""
        while self.place < len(self.tokens):
            named, text = self.tokens[self.place]
            if named or not text.isspace():
                return named, text
            self.place += 1
        return END

    def take(self) -> Token:
        token = self.peek()
        if token == END:
            raise ValueError("the formula ends too early")
        self.place += 1
        return token

    def whole(self) -> str:
        row = self.row((END,))
        if self.place < len(self.tokens):
            raise ValueError("something is left")
        return row

    def row(self, ends: tuple[Token, ...]) -> str:
        """Everything up to one of these tokens, which is left there."""
        parts = []
        while self.peek() not in ends:
            parts.append(self.scripts())
        return f"<mrow>{''.join(parts)}</mrow>"

    def scripts(self) -> str:
        """An atom with what stands below and above it."""
        wide = self.peek()
        base, below, above = self.atom(), None, None
        while (mark := self.peek()) in ((False, "_"), (False, "^"), (False, "'")):
            self.take()
            if mark[1] == "_":
                below = self.atom()
            else:
                above = sign("′") if mark[1] == "'" else self.atom()
        over = wide[0] and (wide[1] in SUMS or wide[1] in LIMITS) and wide[1] != "int"
        names = ("munder", "mover", "munderover") if over else ("msub", "msup", "msubsup")
        if below and above:
            return f"<{names[2]}>{base}{below}{above}</{names[2]}>"
        if below or above:
            name = names[0] if below else names[1]
            return f"<{name}>{base}{below or above}</{name}>"
        return base

    def group(self) -> str:
        row = self.row(((False, "}"),))
        self.take()
        return row

    def words(self) -> str:
        """The characters of a group as they are."""
        is_command, text = self.take()
        if is_command:
            raise ValueError("a group is expected")
        if text != "{":
            return text
        start = self.place
        while self.tokens[self.place] != (False, "}"):
            self.place += 1
        self.place += 1
        return "".join(text for _, text in self.tokens[start : self.place - 1])

    def atom(self) -> str:
        is_command, text = self.take()
        if is_command:
            return self.command(text)
        if text == "{":
            return self.group()
        if text[0].isdigit():
            return f"<mn>{text}</mn>"
        if text.isalpha():
            return f"<mi>{escape(text)}</mi>"
        if text in "}&_^#%":
            raise ValueError(f"{text} is not expected")
        return sign(
            {"-": "−"}.get(text, text), **({"stretchy": "false"} if text in "()[]|" else {})
        )

    def command(self, name: str) -> str:
        if name in IDENTIFIERS:
            return f"<mi>{IDENTIFIERS[name]}</mi>"
        if name in OPERATORS:
            return sign(OPERATORS[name], stretchy="false")
        if name in SUMS:
            return sign(SUMS[name])
        if name in FUNCTIONS.split():
            return f"<mi>{name}</mi>"
        if name in SPACES:
            return f'<mspace width="{SPACES[name]}em"></mspace>'
        if name in MARKS:
            return f'<mover accent="true">{self.atom()}{sign(MARKS[name])}</mover>'
        if name in IGNORED:
            return ""
        act: Callable[[], str] | None = getattr(self, f"do_{name}", None)
        if act is not None:
            return act()
        if name in UPRIGHT:
            return f'<mi mathvariant="normal">{escape(self.words())}</mi>'
        if name in BOLD:
            return f"<mi>{''.join(map(bold, self.words()))}</mi>"
        raise ValueError(f"\\{name} is not known")

    def do_frac(self) -> str:
        return f"<mfrac>{self.atom()}{self.atom()}</mfrac>"

    do_dfrac = do_tfrac = do_frac

    def do_sqrt(self) -> str:
        if self.peek() != (False, "["):
            return f"<msqrt>{self.atom()}</msqrt>"
        self.take()
        index = self.row(((False, "]"),))
        self.take()
        return f"<mroot>{self.atom()}{index}</mroot>"

    def do_text(self) -> str:
        return f"<mtext>{escape(self.words())}</mtext>"

    do_textbf = do_textit = do_mbox = do_text

    def do_mathbb(self) -> str:
        return f"<mi>{DOUBLE[self.words()]}</mi>"

    def do_mathcal(self) -> str:
        return f"<mi>{SCRIPT[self.words()]}</mi>"

    def do_left(self) -> str:
        opening = self.fence()
        row = self.row(((True, "right"),))
        self.take()
        return f"<mrow>{opening}{row}{self.fence()}</mrow>"

    def fence(self) -> str:
        is_command, text = self.take()
        text = OPERATORS[text] if is_command else text
        return "" if text == "." else sign(text, stretchy="true")

    def do_begin(self) -> str:
        name = self.words()
        if name not in FENCES:
            raise ValueError(f"no such environment: {name}")
        rows: list[list[str]] = [[]]
        ends = ((False, "&"), (True, "\\"), (True, "end"))
        while True:
            rows[-1].append(f"<mtd>{self.row(ends)}</mtd>")
            token = self.take()
            if token == (True, "end"):
                break
            if token == (True, "\\"):
                rows.append([])
        if self.words() != name:
            raise ValueError("another environment ends")
        table = "".join(f"<mtr>{''.join(cells)}</mtr>" for cells in rows)
        sides = [sign(side, stretchy="true") for side in FENCES[name]]
        return f"<mrow>{''.join(sides[:1])}<mtable>{table}</mtable>{''.join(sides[1:])}</mrow>"
