"""Who may look into the outbox."""

from comity.accounts.authority import declare, is_administrator

declare("outbox.read", is_administrator)
