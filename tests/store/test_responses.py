import io

from comity.accounts.authority import SYSTEM
from comity.store.responses import serve_file
from comity.store.services import keep_file


def test_serve_file_hands_out_a_page_to_be_saved_and_never_shown(folder):
    page = b"<script>alert(1)</script>"
    stored = keep_file(stream=io.BytesIO(page), name="a.html", by=SYSTEM)

    response = serve_file(stored, name="Informe\u202e “año”\r\n.html")

    assert b"".join(response) == page
    assert dict(response.items()) == {
        "Content-Type": "text/html",
        "Content-Length": "25",
        "Content-Disposition": "attachment; filename*=utf-8''"
        "Informe%20%E2%80%9Ca%C3%B1o%E2%80%9D.html",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-cache",
    }
    response.close()
