"""The encodings scanners and old programs put Vietnamese into, each undone without ever failing."""

import unicodedata

_LOWER_UPPER = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
VIETNAMESE_LETTERS = frozenset(_LOWER_UPPER + _LOWER_UPPER.upper())

# TCVN 5712:1993 VN1, of which the "TCVN3"/ABC fonts use the upper half. Checked on 2026-11-21 byte by
# byte against the converter of the GNU C library. Bytes not listed are ASCII.
_TCVN3_CONTROLS = dict(zip(b"\x01\x02\x04\x05\x06\x11\x12\x13\x14\x15\x16\x17", "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
_TCVN3_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"  # 0x80
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"  # 0x90
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"  # 0xA0
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"  # 0xB0
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"  # 0xC0
    "éẹềểễếệìỉỄẾỒĩíịò"  # 0xD0
    "Ổỏõóọồổỗốộờởỡớợù"  # 0xE0
    "ỖủũúụừửữứựỳỷỹýỵỐ"  # 0xF0
)
TCVN3 = _TCVN3_CONTROLS | {0x80 + index: letter for index, letter in enumerate(_TCVN3_HIGH)}

# Windows gives five bytes no letter; WHATWG decoders and scanners pass them through as controls.
_WINDOWS_HIGH = {0x80 + i: bytes([0x80 + i]).decode("cp1252", "ignore") for i in range(32)}
_WINDOWS_BYTES = {letter: byte for byte, letter in _WINDOWS_HIGH.items() if letter}


def from_mixed_utf16(raw: bytes) -> str:
    """Undo a scanner that sends letters above U+00FF as two raw bytes and all others as one ("ọ" = 1E CD)."""
    letters: list[str] = []
    index = 0
    while index < len(raw):
        pair = chr(raw[index] << 8 | raw[index + 1]) if index + 1 < len(raw) else ""
        wide = pair > "\u00ff" and pair in VIETNAMESE_LETTERS
        letters.append(pair if wide else chr(raw[index]))
        index += 2 if wide else 1
    return unicodedata.normalize("NFC", "".join(letters))


def from_cp1258(raw: bytes) -> str:
    """Undo Windows-1258, whose tone marks are separate bytes behind their vowel."""
    decoded = "".join(bytes([b]).decode("cp1258", "ignore") or chr(b) for b in raw)
    return unicodedata.normalize("NFC", decoded)


def from_tcvn3(raw: bytes) -> str:
    """Undo TCVN3. In its capital fonts toned letters keep their small code, so capitals follow the word."""
    return "|".join(_raise_capitals(_tcvn3_text(part)) for part in raw.split(b"|"))


def _tcvn3_text(raw: bytes) -> str:
    return unicodedata.normalize("NFC", "".join(TCVN3.get(byte, chr(byte)) for byte in raw))


def _raise_capitals(text: str) -> str:
    """Tell capital fonts by plain letters: "NGUYễN" or "LÊ đỗ"; "Võ A" keeps its small letters."""
    if any("a" <= c <= "z" for c in text):
        return text
    words = text.split()
    drawn_large = any(sum("A" <= c <= "Z" for c in word) > 1 or word[0].islower() for word in words)
    return text.upper() if drawn_large else text


def raw_bytes(text: str) -> bytes | None:
    """Return the bytes that, read as Latin-1 or Windows-1252, gave `text`; None when none could."""
    out = bytearray()
    for letter in text:
        byte = ord(letter) if ord(letter) < 256 else _WINDOWS_BYTES.get(letter)
        if byte is None:
            return None
        out.append(byte)
    return bytes(out)
