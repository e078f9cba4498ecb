"""Who may do what to the log."""

from comity.accounts.authority import declare, is_administrator

declare("audit.black_out", is_administrator)
