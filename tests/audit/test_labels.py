"""That the log says in words what was done, whatever it was."""

import ast
import re
from pathlib import Path

from comity.audit.queries import action_labels

SOURCE = Path(__file__).parents[2] / "src" / "comity"
ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
# The functions that write the log, and at which place each is told the action.
PLACES = {"record": 1, "note": 1, "recorder": 1}


def recorded_actions():
    """Return every action that our code writes into the log, as far as it is written out."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                told = [word.value for word in node.keywords if word.arg == "action"]
                told += node.args[PLACES[name] :][:1] if name in PLACES else []
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                told = [node.value] if "action" in {ast.unparse(each) for each in targets} else []
            else:
                continue
            # A choice between two stands in one expression.
            words = [each for value in told if value for each in ast.walk(value)]
            found |= {each.value for each in words if isinstance(each, ast.Constant)}
    return {each for each in found if isinstance(each, str) and ACTION.fullmatch(each)}


def test_every_action_of_the_log_has_words():
    actions = recorded_actions()

    assert {"person.erased", "demonstration.made", "account.erased", "source.described"} <= actions
    assert sorted(action for action in actions if action not in action_labels) == []


def test_words_of_actions_are_words_and_no_codes():
    labels = {action: str(action_labels[action]) for action in recorded_actions()}

    assert [action for action, words in labels.items() if "." in words or "_" in words] == []
