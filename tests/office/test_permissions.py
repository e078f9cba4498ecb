import pytest

from comity.accounts.authority import SYSTEM, may


def holders(people, permission, target):
    return {name for name, person in people.items() if may(person, permission, target)}


def test_administrators_load_boundaries(people):
    assert holders(people, "office.load_boundaries", None) == {"administrator"}
    assert may(SYSTEM, "office.load_boundaries", None)


def test_nobody_keeps_templates_without_a_gate(people, template_gates):
    assert holders(people, "office.keep_template", "process:meridian") == set()


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("process:meridian", {"secretariat", "chair"}),
        ("process:lagoon", {"outsider"}),
        ("process", set()),
    ],
)
def test_templates_are_kept_by_those_whom_a_gate_lets_through(
    people, template_gates, owner, expected
):
    meridian = {people["secretariat"], people["chair"]}
    template_gates.add("a", lambda actor, key: key == "process:meridian" and actor in meridian)
    template_gates.add(
        "b", lambda actor, key: key == "process:lagoon" and actor == people["outsider"]
    )

    assert holders(people, "office.keep_template", owner) == expected
