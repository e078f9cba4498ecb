"""Little words of the languages of content: nobody looks for them, so they need not be found.

Words that are also acronyms or codes in this field are left out, such as “can” (the Andean
Community) and “oim”.
"""

import re

from comity.core.sorting import fold

WORDS = {
    "en": "a an and are as at be been by did for from had has have how in into is it its of on or"
    " that the their there these they this those to was were what when where which who why with",
    "es": "a al con cual cuando de del donde el ella ellos en entre es esta este fue fueron ha la"
    " las lo los o para por que quien se ser sobre su sus un una unas unos y",
    "fr": "a à au aux avec ce ces cette dans de des du elle en est et été il ils la le les leur"
    " lors ne ont ou où par pas pour qu quand que quel quelle qui sa se ses son sont sur un une",
    "pt": "a ao aos as com da das de do dos e em entre é foi foram na nas no nos o os ou para pela"
    " pelo por que se um uma",
    "ru": "а был была были было в во где для до же за и из или к как ко когда который на не о об"
    " от по при с со что это",
    "ar": "أو إلى التي الذي ان أن إن عن على في كان كانت ما متى من هذا هذه هو هي و",
    "zh": "的 了 在 和 与 是",
}
LITTLE = frozenset(fold(word) for words in WORDS.values() for word in words.split())
# What stands before the apostrophe in “l'asile” and “d'octobre” is a little word.
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu)['\u2019]", re.IGNORECASE)
