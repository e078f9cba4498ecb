"""Who may do what between installations.

What another installation publishes is public there, and so it is here. Whom this installation
asks over the network is for who runs it: no secretariat makes its machine speak to another.
"""

from comity.accounts.authority import declare, is_administrator

declare("exchange.subscribe", is_administrator)
