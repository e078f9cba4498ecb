"""Verbs: what an adopted text does in each provision, in the words of each language.

``suggest`` reads a provision and proposes its verb, its addressees and its day. It only
proposes: a person confirms. It knows no database and no process.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.core.registry import Registry


@dataclass(frozen=True)
class Verb:
    """A verb of texts: what it is called, and the beginnings of words that show it.

    ``asks`` says whether somebody is to do something: what only notes or thanks is never open.
    """

    name: str
    label: str | Promise
    forms: Mapping[str, Sequence[str]]
    asks: bool = True


@dataclass(frozen=True)
class Suggestion:
    """What a provision seems to be; empty where nothing was found."""

    verb: str = ""
    addressees: tuple[str, ...] = ()
    due: str = ""


verbs = Registry[Verb]("verb of texts")

for _verb in (
    Verb(
        "decide",
        _("decides"),
        {
            "en": ["decide", "we agree", "agree to", "agree that", "agrees to", "resolve"],
            "es": ["decid", "acuerdan", "acordamos", "acuerda", "resuelv", "resolvemos"],
            "fr": ["décid", "conviennent", "convenons", "convient de"],
            "pt": ["decid", "acordam", "acordamos", "resolve"],
        },
    ),
    Verb(
        "commit",
        _("commits"),
        {
            "en": ["commit", "undertake", "pledge"],
            "es": ["se comprometen", "nos comprometemos", "se compromete"],
            "fr": ["s’engage", "s'engage", "nous nous engageons"],
            "pt": ["comprometem-se", "comprometemo-nos", "compromete-se"],
        },
    ),
    Verb(
        "recommend",
        _("recommends"),
        {
            "en": ["recommend"],
            "es": ["recomiend", "recomend"],
            "fr": ["recommand"],
            "pt": ["recomend"],
        },
    ),
    Verb(
        "request",
        _("requests"),
        {
            "en": ["request", "ask the", "asks the", "instruct", "entrust"],
            "es": ["solicit", "piden", "pedimos", "pide", "encarg", "encomiend"],
            "fr": ["demand", "prions", "prient", "prie ", "charg"],
            "pt": ["solicit", "pedem", "pedimos", "encarreg"],
        },
    ),
    Verb(
        "invite",
        _("invites"),
        {
            "en": ["invite", "encourage", "call upon", "calls upon", "urge"],
            "es": ["invit", "alient", "exhort", "instan", "instamos"],
            "fr": ["invit", "encourag", "exhort", "engage les"],
            "pt": ["convid", "incentiv", "exort", "instam"],
        },
    ),
    Verb(
        "reaffirm",
        _("reaffirms"),
        {
            "en": [
                "reaffirm",
                "reiterate",
                "affirm",
                "recognise",
                "recognize",
                "acknowledge",
                "stress",
            ],
            "es": ["reafirm", "reiter", "afirm", "reconoc", "subray"],
            "fr": ["réaffirm", "réitèr", "réitér", "affirm", "reconnai", "souligne", "soulignons"],
            "pt": ["reafirm", "reiter", "afirm", "reconhec", "sublinh"],
        },
        asks=False,
    ),
    Verb(
        "note",
        _("takes note"),
        {
            "en": ["note", "take note", "takes note", "took note", "welcome"],
            "es": ["toman nota", "tomamos nota", "toma nota", "observ", "acog", "celebra"],
            "fr": ["prennent note", "prenons note", "prend note", "note", "se félicit", "salu"],
            "pt": ["tomam nota", "tomamos nota", "toma nota", "acolh", "saúda"],
        },
        asks=False,
    ),
    Verb(
        "thank",
        _("thanks"),
        {
            "en": ["thank", "express gratitude", "expresses gratitude", "express their gratitude"],
            "es": ["agradec", "expresan su agradecimiento", "expresamos nuestro agradecimiento"],
            "fr": ["remerci", "expriment leur gratitude", "exprimons notre gratitude"],
            "pt": ["agradec", "expressam a sua gratidão"],
        },
        asks=False,
    ),
):
    verbs.add(_verb.name, _verb)

# The verb stands near the beginning: what a sentence asks is not said in its last clause.
REACH = 90
ADDRESSEES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "member": {
        "en": ["member states", "members", "states", "governments", "participating countries"],
        "es": ["estados miembros", "miembros", "estados", "gobiernos", "países participantes"],
        "fr": ["états membres", "membres", "états", "gouvernements", "pays participants"],
        "pt": ["estados-membros", "estados", "governos"],
    },
    "secretariat": {
        "en": ["secretariat"],
        "es": ["secretaría"],
        "fr": ["secrétariat"],
        "pt": ["secretariado"],
    },
    "presidency": {
        "en": ["presidency", "the chair"],
        "es": ["presidencia"],
        "fr": ["présidence"],
        "pt": ["presidência"],
    },
    "organisations": {
        "en": ["international organisations", "international organizations", "partners"],
        "es": ["organizaciones internacionales", "asociados"],
        "fr": ["organisations internationales", "partenaires"],
        "pt": ["organizações internacionais", "parceiros"],
    },
}
MONTHS: Mapping[str, str] = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio"
    " julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho"
    " julho agosto setembro outubro novembro dezembro",
}
UNTIL: Mapping[str, str] = {
    "en": r"(?:by|before|no later than|not later than|until)(?: the end of)?",
    "es": r"(?:antes del?|a más tardar(?: el| en)?|hasta(?: el)?|para el)(?: fin(?:es)? de)?",
    "fr": r"(?:d[’']ici(?: au| à| le| la fin de)?|avant(?: le| la fin de)?"
    r"|au plus tard(?: le| en)?)",
    "pt": r"(?:até(?: ao?)?|antes de|o mais tardar(?: em)?)(?: o fim de)?",
}


def suggest(words: Mapping[str, str]) -> Suggestion:
    """Return what the provision ``words`` seems to be, from the first language that tells.

    The verb is the one that stands first within the reach of the sentence's beginning.
    """
    verb, due = "", ""
    addressees: tuple[str, ...] = ()
    for language, text in words.items():
        plain = " ".join(text.lower().split())
        verb = verb or _verb_in(plain, language)
        addressees = addressees or tuple(_addressees_in(plain, language))
        due = due or _due_in(plain, language)
    return Suggestion(verb, addressees, due)


def parts_of(text: str) -> list[str]:
    """Return the sentences of ``text``, and its parts between semicolons."""
    found = re.split(r"(?<=[.;])\s+(?=\S)", " ".join(text.split()))
    return [part.strip() for part in found if part.strip()]


def _verb_in(text: str, language: str) -> str:
    best, name = REACH, ""
    for verb in verbs:
        for form in verb.forms.get(language, ()):
            at = _position(form, text)
            if at is not None and at < best:
                best, name = at, verb.name
    return name


def _position(form: str, text: str) -> int | None:
    """Return where a word begins with ``form``, or none."""
    found = re.search(rf"(?<!\w){re.escape(form)}", text)
    return found.start() if found else None


def _addressees_in(text: str, language: str) -> Iterator[str]:
    for name, forms in ADDRESSEES.items():
        said = "|".join(map(re.escape, forms.get(language, ())))
        if said and re.search(rf"(?<!\w)(?:{said})(?!\w)", text):
            yield name


def _due_in(text: str, language: str) -> str:
    """Return the day, month or year until which something is due, as a date is written."""
    until = UNTIL.get(language)
    if until is None:
        return ""
    months = MONTHS[language].split()
    month = "|".join(months)
    day = r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)?(?: de)? )?"
    pattern = (
        rf"(?<!\w){until} (?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?)(?!\d)"
        rf"|(?<!\w){until} {day}(?P<month>{month})(?: de)?,? (?P<year>\d{{4}})"
        rf"|(?<!\w){until} (?P<only>\d{{4}})(?!\d)"
    )
    found = re.search(pattern, text)
    if not found:
        return ""
    if found["iso"] or found["only"]:
        return str(found["iso"] or found["only"])
    number = months.index(found["month"]) + 1
    if not found["day"]:
        return f"{found['year']}-{number:02}"
    try:
        return date(int(found["year"]), number, int(found["day"])).isoformat()
    except ValueError:
        return f"{found['year']}-{number:02}"
