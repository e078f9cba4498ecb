"""What people type about papers: parse and check, never save."""

from comity.documents.forms.papers import FilterForm, PaperForm, SupersedeForm
from comity.documents.forms.symbols import SymbolSeriesForm
from comity.documents.forms.versions import VersionForm

__all__ = ["FilterForm", "PaperForm", "SupersedeForm", "SymbolSeriesForm", "VersionForm"]
