"""Small files of each type, made when they are needed."""

import io
import zipfile

from PIL import Image
from pypdf import PdfWriter

TYPES_XML = "[Content_Types].xml"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def archive(parts):
    """Return a ZIP container of texts by path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for path, text in parts.items():
            file.writestr(path, text)
    return buffer.getvalue()


def pdf(pages=1, password=None):
    """Return a PDF of blank pages."""
    buffer, writer = io.BytesIO(), PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password is not None:
        writer.encrypt(password, "of the owner", algorithm="AES-256")
    writer.write(buffer)
    return buffer.getvalue()


def picture(form, size=(8, 8)):
    """Return a picture without anything on it."""
    buffer = io.BytesIO()
    Image.new("1" if form == "PNG" else "L", size).save(buffer, form)
    return buffer.getvalue()


def office(main):
    """Return the least that a file of an Office program has."""
    return archive({TYPES_XML: "<Types/>", "_rels/.rels": "<Relationships/>", main: "<main/>"})


PDF = pdf()
PNG = picture("PNG")
XLSX = office("xl/workbook.xml")
DOCX = office("word/document.xml")
PPTX = office("ppt/presentation.xml")
ODT = archive(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": "<x/>",
    }
)
