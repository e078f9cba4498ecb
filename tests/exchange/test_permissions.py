from comity.accounts.authority import SYSTEM, may


def test_only_who_runs_the_installation_has_it_ask_others(people):
    may_subscribe = {
        name for name, person in people.items() if may(person, "exchange.subscribe", None)
    }

    assert may_subscribe == {"administrator"}
    assert may(SYSTEM, "exchange.subscribe", None)
