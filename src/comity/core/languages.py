"""The languages of content, each as its speakers call it: the interface may speak fewer."""

# The six languages of the United Nations, and Portuguese. Django knows Chinese only by script.
LANGUAGE_NAMES = {
    "ar": "العربية",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "pt": "Português",
    "ru": "Русский",
    "zh": "中文",
}


def language_name(code: str) -> str:
    """Return what the speakers of a language call it; its code where we do not know."""
    return LANGUAGE_NAMES.get(code, code)
