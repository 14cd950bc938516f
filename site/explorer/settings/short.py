"""The short form of a link: packed into letters and digits, so that nothing on its way harms it.

`p1...` opens the playground, `w1...` the Wine lab. What follows is deflate (RFC 1951) with a
dictionary, then a checksum of two bytes, in base 32. The dictionary is a part of the format: links
out there depend on every letter of it. A better one would be version 2, beside this one.
"""

import binascii
import re
import zlib

from explorer.settings.letters import from_letters, to_letters

VIEWS = {"p": "playground", "w": "wine"}
LETTERS = {view: letter for letter, view in VIEWS.items()}
LONGEST = 8000  # characters of the link within
FORM = re.compile(r"([pw])1([a-z2-7]{4,})", re.I)
WRAPS = re.compile(r"\s*[\r\n]+(?:> ?)*\s*|(?:> )+|=\s*|\s+")  # within a link that was pasted
DICTIONARY = (
    b"leftOut=standardize=false&planeLayer=2&unitX=&unitY=&projection=units&chart=score&allEpochs="
    b"false&logScale=true&stopLoss=0.0&engine=numpy&points=1000&schedule=step&schedule=exponential&"
    b"schedule=cosine&scheduleEpochs=&layerActivations=leaky_relu,softplus,silu,gelu,sin,elu&beta1="
    b"&beta2=0.99&rho=0.9&momentum=0.9&hideText=true&initZero=true&initializer=zeros&initializer="
    b"glorot_uniform&initializer=glorot_normal&initializer=he_uniform&initializer=he_normal&dataset"
    b"=breast_cancer&dataset=diabetes&dataset=iris&shuffle=false&shuffle=true&regDataset=reg-gauss&"
    b"problem=regression&dataset=spiral3&dataset=blobs&dataset=moons&loss=cross_entropy&speed=slow&"
    b"speed=batch&speed=fast&tools_hide=true&history_hide=true&speed_hide=true&optimizer_hide=true&"
    b"numHiddenLayers_hide=true&batchSize_hide=true&percTrainData_hide=true&problem_hide=true&"
    b"regularizationRate_hide=true&regularization_hide=true&learningRate_hide=true&resetButton_hide="
    b"true&stepButton_hide=true&playButton_hide=true&discretize_hide=true&showTestData_hide=true&"
    b"activation_hide=true&dataset_hide=true&noise_hide=true&seed_hide=true&optimizer=momentum&"
    b"optimizer=nesterov&optimizer=adagrad&optimizer=rmsprop&optimizer=adam&stopEpoch=100&sinY=true&"
    b"sinX=true&xSquared=true&ySquared=true&xTimesY=true&y=false&x=false&percTrainData=80&discretize"
    b"=true&showTestData=true&batchSize=30&noise=10&regularization=L1&regularization=L2&"
    b"regularizationRate=0.001&dataset=gauss&dataset=xor&dataset=spiral&activation=linear&activation"
    b"=sigmoid&activation=relu&learningRate=0.01&frozen=1-&start=&networkShape=8,8&seed=0."
)


def shorten(view: str, text: str) -> str:
    """The short form of a link text for a view."""
    packer = zlib.compressobj(9, wbits=-15, zdict=DICTIONARY)
    content = packer.compress(text.encode()) + packer.flush()
    return f"{LETTERS[view]}1{to_letters(content + check(content))}"


def check(content: bytes) -> bytes:
    """A checksum of two bytes (CRC-CCITT)."""
    return binascii.crc_hqx(content, 0xFFFF).to_bytes(2, "big")


def is_short(text: str) -> bool:
    """Whether a link text, as it was pasted, begins as a short one does."""
    return FORM.match(WRAPS.sub("", text)) is not None


def lengthen(text: str) -> tuple[str, str]:
    """Return (view, link text) of a short form, whatever stands behind it.

    Raises:
        ValueError: If a letter is missing or another one.
    """
    match = FORM.match(WRAPS.sub("", text))
    if match is None:
        raise ValueError("not a short link")
    letter, letters = match.groups()
    content, told = from_letters(letters)[:-2], from_letters(letters)[-2:]
    unpacker = zlib.decompressobj(-15, zdict=DICTIONARY)
    try:
        found = unpacker.decompress(content, LONGEST).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from None
    if not unpacker.eof or check(content) != told:
        raise ValueError("the checksum is another")
    return VIEWS[letter.lower()], found
