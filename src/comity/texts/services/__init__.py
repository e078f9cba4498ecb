"""What people do with texts: the commands that change them."""

from comity.texts.services.numbering import renumber
from comity.texts.services.passages import (
    PassageFacts,
    change_passage,
    insert_passage,
    move_passage,
    remove_passage,
)
from comity.texts.services.revisions import (
    circulate_revision,
    finish_revision,
    label_revision,
    start_revision,
)
from comity.texts.services.splitting import join_passages, split_passage
from comity.texts.services.taking import Incoming, Taken, take_passages
from comity.texts.services.texts import change_languages, start_text
from comity.texts.services.wordings import change_wording, confirm_wording

__all__ = [
    "Incoming",
    "PassageFacts",
    "Taken",
    "change_languages",
    "change_passage",
    "change_wording",
    "circulate_revision",
    "confirm_wording",
    "finish_revision",
    "insert_passage",
    "join_passages",
    "label_revision",
    "move_passage",
    "remove_passage",
    "renumber",
    "split_passage",
    "start_revision",
    "start_text",
    "take_passages",
]
