"""Our own notes on what a source says, for the reader to have in their language.

They stand in the data in English beside the words of the source, and are shown as ours.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTES: dict[str, Promise] = {
    # Documents
    "mandate to provide a forum": _("mandate to provide a forum"),
    "The meeting that adopted it is not named": _("The meeting that adopted it is not named"),
    'adopting body read from the sentence ("member States ... decisions")': _(
        'adopting body read from the sentence ("member States ... decisions")'
    ),
    (
        "prepared with assistance from IOM; submitted during the First Technical "
        "Consultative Meeting (Colombia, 2001) for consideration in Quito"
    ): _(
        "prepared with assistance from IOM; submitted during the First Technical "
        "Consultative Meeting (Colombia, 2001) for consideration in Quito"
    ),
    "four thematic areas": _("four thematic areas"),
    "date = that of the conference": _("date = that of the conference"),
    # Groupings
    "migration focus, but no row in the Annex II participation table": _(
        "migration focus, but no row in the Annex II participation table"
    ),
    "acronym EU from Annex I ¶22, not from the table": _(
        "acronym EU from Annex I ¶22, not from the table"
    ),
    "column inferred: the plain text has one undivided list for this region": _(
        "column inferred: the plain text has one undivided list for this region"
    ),
    # Meetings
    "fn 2 says June 2002, fn 3 gives 5 June 2002": _("fn 2 says June 2002, fn 3 gives 5 June 2002"),
    "This paper is its background document": _("This paper is its background document"),
    "The paper names no first forum": _("The paper names no first forum"),
    (
        "Later than the paper itself (November 2003 per the Spanish edition): "
        "listed, presumably scheduled"
    ): _(
        "Later than the paper itself (November 2003 per the Spanish edition): "
        "listed, presumably scheduled"
    ),
    "For the ECOWAS member States": _("For the ECOWAS member States"),
    ('A topic of an RCM seminar or workshop ("such as": the list is not exhaustive)'): _(
        'A topic of an RCM seminar or workshop ("such as": the list is not exhaustive)'
    ),
    (
        'The paper only says "initiated in Lima in 1999". It was NOT the first '
        "Conference: csmigraciones.org says the 1st Conference was Buenos Aires, "
        "May 2000, after the Lima meeting of 1999 (outside source). First and "
        'second Conferences are not named in the paper, only "the three '
        'Conferences"'
    ): _(
        'The paper only says "initiated in Lima in 1999". It was NOT the first '
        "Conference: csmigraciones.org says the 1st Conference was Buenos Aires, "
        "May 2000, after the Lima meeting of 1999 (outside source). First and "
        'second Conferences are not named in the paper, only "the three '
        'Conferences"'
    ),
    "The paper gives no date": _("The paper gives no date"),
    (
        'With the participation of "the ten South American countries involved in '
        'the process"; Annex II lists 12'
    ): _(
        'With the participation of "the ten South American countries involved in '
        'the process"; Annex II lists 12'
    ),
    "Its conclusions were submitted to the Third Conference": _(
        "Its conclusions were submitted to the Third Conference"
    ),
    (
        '"the first Seminar"; governments of East and South East Asia, as well as '
        "the Pacific, participated"
    ): _(
        '"the first Seminar"; governments of East and South East Asia, as well as '
        "the Pacific, participated"
    ),
    "Only named because Timor-Leste joined there; undated": _(
        "Only named because Timor-Leste joined there; undated"
    ),
    "Hosts not stated": _("Hosts not stated"),
    (
        'Body ¶8 names it "Asian Labour Migration Ministerial Consultation for '
        'Sending Countries". Three thematic areas'
    ): _(
        'Body ¶8 names it "Asian Labour Migration Ministerial Consultation for '
        'Sending Countries". Three thematic areas'
    ),
    "Organiser not stated; requested the data model": _(
        "Organiser not stated; requested the data model"
    ),
    "Held alongside the Budapest Process, not itself a meeting of it": _(
        "Held alongside the Budapest Process, not itself a meeting of it"
    ),
    "17 countries": _("17 countries"),
    "Place not stated": _("Place not stated"),
    (
        "City not stated (the outcome is the Tunis Declaration). That it was "
        'ministerial is read from "third 5+5 Ministerial Meeting" (¶27)'
    ): _(
        "City not stated (the outcome is the Tunis Declaration). That it was "
        'ministerial is read from "third 5+5 Ministerial Meeting" (¶27)'
    ),
    # Projects
    "plural: one programme per country": _("plural: one programme per country"),
    (
        'the paper says "the establishment of". Outside source (RCGM conclusions, '
        "December 2003): SIEMCA became SIEMMES when Mexico joined"
    ): _(
        'the paper says "the establishment of". Outside source (RCGM conclusions, '
        "December 2003): SIEMCA became SIEMMES when Mexico joined"
    ),
    "country not stated": _("country not stated"),
    "undated": _("undated"),
    "requested by the Prague workshop, July 2002; also in studies as s-cis-2": _(
        "requested by the Prague workshop, July 2002; also among the studies"
    ),
    "also in studies as s-cis-1": _("also among the studies"),
    "the projects are not named one by one": _("the projects are not named one by one"),
    "the projects are not named": _("the projects are not named"),
    # Studies
    "Same title as the project of Annex I ¶8 (2001-2003)": _(
        "Same title as the project of Annex I ¶8 (2001-2003)"
    ),
    "number of studies not stated": _("number of studies not stated"),
    "the one named study across processes": _("the one named study across processes"),
    "a living product, undated; the title is the description": _(
        "a living product, undated; the title is the description"
    ),
    (
        "The sentence may mean one document together with the next; also an "
        "information system to be"
    ): _(
        "The sentence may mean one document together with the next; also an "
        "information system to be"
    ),
    "see s-sacm-2": _("see the study before it in the same process"),
    "year = that of the forum (August 2001)": _("year = that of the forum (August 2001)"),
    "the title is the description": _("the title is the description"),
    ("author as spelled in the paper (elsewhere: von Koppenfels); no year in the paper"): _(
        "author as spelled in the paper (elsewhere: von Koppenfels); no year in the paper"
    ),
    # Credits of maps that are made up
    "Invented for demonstration: coasts that do not exist.": _(
        "Invented for demonstration: coasts that do not exist."
    ),
}
