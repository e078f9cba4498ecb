"""What can be done to papers, their files and their symbols."""

from comity.documents.services.papers import (
    PaperFacts,
    add_paper,
    change_paper,
    publish_paper,
    supersede_paper,
    withdraw_paper,
)
from comity.documents.services.production import (
    OwedFacts,
    add_owed_paper,
    change_owed_paper,
    remove_owed_paper,
)
from comity.documents.services.symbols import (
    SeriesFacts,
    add_symbol_series,
    change_symbol_series,
    propose_symbol,
    remove_symbol_series,
    symbol_of_part,
)
from comity.documents.services.versions import (
    FORMS,
    add_version,
    change_version_status,
    remove_version,
)

__all__ = [
    "FORMS",
    "OwedFacts",
    "PaperFacts",
    "SeriesFacts",
    "add_owed_paper",
    "add_paper",
    "add_symbol_series",
    "add_version",
    "change_owed_paper",
    "change_paper",
    "change_symbol_series",
    "change_version_status",
    "propose_symbol",
    "publish_paper",
    "remove_owed_paper",
    "remove_symbol_series",
    "remove_version",
    "supersede_paper",
    "symbol_of_part",
    "withdraw_paper",
]
