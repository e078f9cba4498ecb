"""What can be done with calls and replies."""

from comity.calls.services.calls import (
    CallFacts,
    ask_more,
    change_call,
    close_call,
    discard_call,
    extend_call,
    extend_reply,
    open_call,
    prepare_call,
    reopen_call,
    withdraw_call,
)
from comity.calls.services.deciding import (
    accept_reply,
    confirm_answer,
    record_answer,
    reopen_reply,
    return_reply,
)
from comity.calls.services.emptying import empty_answers
from comity.calls.services.questions import (
    QuestionFacts,
    add_question,
    change_question,
    move_question,
    remove_question,
)
from comity.calls.services.replying import save_entries, send_reply, withdraw_reply

__all__ = [
    "CallFacts",
    "QuestionFacts",
    "accept_reply",
    "add_question",
    "ask_more",
    "change_call",
    "change_question",
    "close_call",
    "confirm_answer",
    "discard_call",
    "empty_answers",
    "extend_call",
    "extend_reply",
    "move_question",
    "open_call",
    "prepare_call",
    "record_answer",
    "remove_question",
    "reopen_call",
    "reopen_reply",
    "return_reply",
    "save_entries",
    "send_reply",
    "withdraw_call",
    "withdraw_reply",
]
