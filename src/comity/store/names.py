"""Names of files as people give them, made safe to show and to hand out."""

import unicodedata

MOST_CHARACTERS = 120
# Joiners belong to the spelling of Persian and several scripts of India.
JOINERS = "\u200c\u200d"
RESERVED = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def clean_name(name: str) -> str:
    """Return ``name`` without folders, control characters and marks that turn the text around.

    A name that claims to end in “.pdf” by writing backwards is shown as it is. Long names are
    cut before their ending.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if character in JOINERS or not unicodedata.category(character).startswith(("C", "Zl", "Zp"))
    )
    stem, dot, ending = shown.translate(RESERVED).strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    return f"{stem[: MOST_CHARACTERS - len(dot + ending)]}{dot}{ending}"[:MOST_CHARACTERS] or "file"


def ending_of(name: str) -> str:
    """Return the ending of ``name`` in small letters, without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""
