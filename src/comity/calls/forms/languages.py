"""In which languages a secretariat asks: those in which its readers have the pages."""

from django.conf import settings

LANGUAGES = [code for code, _name in settings.LANGUAGES]
