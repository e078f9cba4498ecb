"""What calls of adoption are called, and the keys of their fields."""

from typing import Final

SILENCE: Final = "adoption.silence"
COMMENTS: Final = "adoption.comments"
CONFIRMATION: Final = "adoption.confirmation"
OBJECTS, WORDS, CONFIRMS = "objects", "words", "confirms"
