"""Word files of the tests, as others write them."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)


def word_file(body="", **parts):
    """Return a Word file with that body; ``parts`` are its other parts by name."""
    names = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": "<a/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    return packed(names)


def packed(names):
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(words, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def changed(content, change, part="word/document.xml", **more):
    """Return a file with one part changed by a function, and ``more`` parts added."""
    with ZipFile(io.BytesIO(content)) as archive:
        names = {name: archive.read(name) for name in archive.namelist()}
    names[part] = change(names[part].decode()).encode()
    names |= {f"word/{name}.xml": content.encode() for name, content in more.items()}
    return packed(names)
