"""Who may describe sources. Who may cite one is the matter of the app whose fact it is."""

from comity.accounts.authority import declare, is_administrator

declare("sources.describe", is_administrator)
