"""What people type about the order in which the presidency goes round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.parties.models import Party
from comity.processes.forms.rows import RowForm

UP, STAYS, DOWN = -1, 0, 1


class RotationForm(RowForm):
    """The place of each party; where one is given a new place, the others make room.

    ``parties`` are those who could take a turn, ``places`` the places of those who do.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        parties: list[Party],
        places: dict[int, int],
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties, self.places = parties, places
        for party in parties:
            self.fields[f"place_{party.pk}"] = forms.IntegerField(
                label=str(party),
                required=False,
                min_value=1,
                max_value=999,
                initial=places.get(party.pk),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one new place for two parties: nobody could say who is meant to come first."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        taken: dict[int, str] = {}
        for party in self.parties:
            name = f"place_{party.pk}"
            place = typed.get(name)
            if place is None or place == self.places.get(party.pk):
                continue
            if place in taken:
                self.add_error(name, _("You gave this place to %s too.") % taken[place])
            taken[place] = str(party)
        return typed

    def order(self) -> list[Party]:
        """Return the parties that take turns in the order that was meant."""
        places = [
            (self._key(party, place), party)
            for party in self.parties
            if (place := self.cleaned_data[f"place_{party.pk}"])
        ]
        return [party for _key, party in sorted(places, key=lambda row: row[0])]

    def _key(self, party: Party, place: int) -> tuple[int, int]:
        before = self.places.get(party.pk)
        if before == place:
            return place, STAYS
        return place, DOWN if before and before < place else UP
