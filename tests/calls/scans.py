"""A scanned note, as the store keeps it."""

from io import BytesIO

from pypdf import PdfWriter

from comity.store.services import keep_file


def kept_scan(by):
    """Keep a page of PDF, as a scanner writes one."""
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(width=200, height=200)
    writer.write(content)
    return keep_file(stream=BytesIO(content.getvalue()), name="note.pdf", by=by)
