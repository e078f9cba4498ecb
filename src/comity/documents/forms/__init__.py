"""What people type about papers: parse and check, never save."""

from comity.documents.forms.papers import FilterForm, PaperForm, SupersedeForm
from comity.documents.forms.production import OwedPaperForm
from comity.documents.forms.symbols import SymbolSeriesForm
from comity.documents.forms.versions import VersionForm

__all__ = [
    "FilterForm",
    "OwedPaperForm",
    "PaperForm",
    "SupersedeForm",
    "SymbolSeriesForm",
    "VersionForm",
]
