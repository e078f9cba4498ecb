"""PDF files that a screen reader can read."""

from typing import TYPE_CHECKING, Any, Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language_info

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

# No host has this name. It only tells how an address in a page goes on.
STATIC: Final = "https://comity.invalid/static/"


def render_pdf(html: str, *, title: str, language: str) -> bytes:
    """Return the PDF of the body of a page: tagged (PDF/UA), with title, language, numbers.

    Pictures and style sheets are our static files, as in ``ui/logo.svg``, or stand in the page
    as data; nothing is fetched from anywhere else. Links are whole addresses.
    """
    import weasyprint  # noqa: PLC0415 -- heavy, and few pages make PDF

    context = {
        "body": html,
        "title": title,
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
    }
    page = render_to_string("office/pdf.html", context)
    document = weasyprint.HTML(string=page, base_url=STATIC, url_fetcher=_fetcher())
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return written


# Any: made when it is first needed, because its parent is heavy
def _fetcher() -> Any:  # noqa: ANN401
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- see render_pdf

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Gives our static files and data; refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> "URLFetcherResponse":  # noqa: ANN401
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = url.removeprefix(STATIC)
            path = finders.find(name) if url.startswith(STATIC) and ".." not in name else None
            if not path:
                raise ValueError(f"A PDF takes nothing from {url}.")
            with open(path, "rb") as file:  # noqa: PTH123 -- a text that Django found
                return URLFetcherResponse(url, body=file.read())

    return OwnFilesOnly()
