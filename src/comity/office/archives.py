"""Office files are archives of XML; one that declares entities was made to do harm."""

from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml import DTDForbidden
from defusedxml.ElementTree import iterparse


def declares_entities(archive: ZipFile) -> bool:
    """Tell whether a part of the archive has a document type, as no Office program writes.

    With one, a short file grows without end when it is read, or asks for files of ours. Each
    part is read up to its first element only.
    """
    return any(_has_document_type(archive, name) for name in archive.namelist())


def _has_document_type(archive: ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        try:
            next(iterparse(part, events=["start"], forbid_dtd=True), None)
        except DTDForbidden:
            return True
        except (ParseError, ValueError, LookupError):
            return False  # a picture, say
    return False
