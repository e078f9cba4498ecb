"""Who may have the open data written anew: the platform itself, by the clock."""

from comity.accounts.authority import declare, is_administrator

declare("api.release", is_administrator)
