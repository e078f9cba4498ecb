"""Go through XML piece by piece, without building it in memory and without its document type.

With a document type a short text grows without end, or asks for files of ours; a comment or a
tag of many megabytes fills the memory. Neither gets far here.
"""

from collections.abc import Callable
from typing import IO, Any, Final
from xml.parsers.expat import ExpatError, ParserCreate

CHUNK_BYTES: Final = 1 << 16
# No program writes a tag, a comment or an instruction of this length.
MOST_BYTES_OF_A_TAG: Final = 1 << 20

Begin = Callable[[str, dict[str, str]], object]


class DocumentTypeError(Exception):
    """The text declares a document type, as no program does that writes data."""


class LongTagError(Exception):
    """A tag or a comment does not end for a megabyte."""


class MalformedError(Exception):
    """The text is no XML; ``row`` is where that shows."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def read_markup(
    stream: IO[bytes],
    begin: Begin | None = None,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Call ``begin`` at each start of an element, ``end`` at its end and ``text`` between.

    Raises:
        DocumentTypeError: there is a document type.
        LongTagError: a tag or a comment is longer than any program writes.
        MalformedError: it is no XML.
    """
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    fed = 0
    try:
        while chunk := stream.read(CHUNK_BYTES):
            parser.Parse(chunk, False)  # noqa: FBT003 -- the parser takes no names
            fed += len(chunk)
            if fed - max(parser.CurrentByteIndex, 0) > MOST_BYTES_OF_A_TAG:
                raise LongTagError
        parser.Parse(b"", True)  # noqa: FBT003 -- the parser takes no names
    except (ExpatError, LookupError, ValueError) as error:
        raise MalformedError(parser.CurrentLineNumber) from error


def _refuse(*_about: Any) -> None:  # noqa: ANN401 -- the parts of a document type
    raise DocumentTypeError
