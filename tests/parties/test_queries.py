from comity.accounts.names import names_of
from tests.factories.accounts import UserFactory
from tests.factories.parties import PersonFactory


def test_account_is_called_by_the_person_behind_it(db):
    person, nobody = PersonFactory(name="Ana Ruiz"), UserFactory()

    names = names_of({person.user.pk, nobody.pk})

    assert names == {person.user.pk: "Ana Ruiz", nobody.pk: nobody.email}
