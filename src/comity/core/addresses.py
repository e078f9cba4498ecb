"""The address of this installation, with which links outside of its pages begin."""

from django.conf import settings


def whole_address(path: str) -> str:
    """Return where people reach the page at ``path``, as mails, files and programs are told it.

    It is the address that the operator gave, never the one by which a request called us.
    """
    return settings.SITE_ADDRESS + path
