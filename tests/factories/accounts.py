import factory
from factory.django import DjangoModelFactory

from comity.accounts.models import User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@meridian.example")
