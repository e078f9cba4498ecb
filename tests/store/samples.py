"""Small files of each type, made when they are needed."""

import io
import zipfile

TYPES_XML = "[Content_Types].xml"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\0IEND\xaeB`\x82"
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def archive(parts):
    """Return a ZIP container of texts by path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for path, text in parts.items():
            file.writestr(path, text)
    return buffer.getvalue()


XLSX = archive({TYPES_XML: "<Types/>", "xl/workbook.xml": "<workbook/>"})
DOCX = archive({TYPES_XML: "<Types/>", "word/document.xml": "<document/>"})
PPTX = archive({TYPES_XML: "<Types/>", "ppt/presentation.xml": "<presentation/>"})
ODT = archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
