"""Texts as the platform keeps them: paragraph by paragraph, revision by revision."""

from comity.texts.models.passages import (
    Kind,
    Paragraph,
    Passage,
    PassageQuerySet,
    Standing,
    Wording,
)
from comity.texts.models.revisions import (
    FROZEN,
    Revision,
    RevisionQuerySet,
    RevisionState,
    Text,
    TextQuerySet,
)

__all__ = [
    "FROZEN",
    "Kind",
    "Paragraph",
    "Passage",
    "PassageQuerySet",
    "Revision",
    "RevisionQuerySet",
    "RevisionState",
    "Standing",
    "Text",
    "TextQuerySet",
    "Wording",
]
