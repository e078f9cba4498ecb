"""Words by which sources name kinds of things, for the reader to have in their language.

What is not here is shown as its source has it.
"""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.sources.our_notes import NOTES

SOURCE_LANGUAGE = "en"

KINDS: dict[str, Promise] = {
    # Meetings
    "conference": _("conference"),
    "council session": _("council session"),
    "forum": _("forum"),
    "founding event": _("founding event"),
    "ministerial conference": _("ministerial conference"),
    "ministerial consultation": _("ministerial consultation"),
    "ministerial meeting": _("ministerial meeting"),
    "plenary": _("plenary"),
    "round table": _("round table"),
    "seminar": _("seminar"),
    "seminar or workshop": _("seminar or workshop"),
    "senior level review meeting": _("senior level review meeting"),
    "session": _("session"),
    "technical consultative meeting": _("technical consultative meeting"),
    "technical meeting": _("technical meeting"),
    "workshop": _("workshop"),
    "workshop/forum": _("workshop and forum"),
    "stated": _("stated by the source"),
    "from the name": _("read from the name"),
    "from the organiser": _("read from the organiser"),
    # Documents
    "agenda": _("agenda"),
    "conclusions": _("conclusions"),
    "constitution": _("constitution"),
    "decision": _("decision"),
    "declaration": _("declaration"),
    "draft declaration": _("draft declaration"),
    "financial paper": _("financial paper"),
    "information note": _("information note"),
    "letter": _("letter"),
    "minutes": _("minutes"),
    "note": _("note"),
    "plan of action": _("plan of action"),
    "presidency conclusions": _("presidency conclusions"),
    "press release": _("press release"),
    "programme of action": _("programme of action"),
    "record of adoption": _("record of adoption"),
    "report": _("report"),
    "resolution": _("resolution"),
    "rules": _("rules"),
    "technical paper": _("technical paper"),
    "terms of reference": _("terms of reference"),
    "working paper": _("working paper"),
    # Studies
    "collection of country case studies": _("collection of country case studies"),
    "comparative legislation matrix (maintained)": _("comparative legislation matrix, kept up"),
    "data model (in development)": _("data model, in development"),
    "document submitted to the Third Conference": _("paper submitted to the Third Conference"),
    "legislation assessment (concluded)": _("legislation assessment, concluded"),
    "review": _("review"),
    "round table document": _("round table document"),
    "situation assessment": _("situation assessment"),
    "study": _("study"),
    # Bodies
    "IOM regional office": _("IOM regional office"),
    "IOM Regional Office for Western Africa; ECOWAS": _(
        "IOM Regional Office for Western Africa; ECOWAS"
    ),
    "Regional Office for Western Africa": _("Regional Office for Western Africa"),
    "ad hoc experts groups": _("ad hoc experts groups"),
    "coordinator and secretariat": _("coordinator and secretariat"),
    "council": _("council"),
    "drafting committee": _("drafting committee"),
    "joint secretariat": _("joint secretariat"),
    "presidency": _("presidency"),
    "rotating chair": _("rotating chair"),
    "secretariat": _("secretariat"),
    "steering committee": _("steering committee"),
    "steering group": _("steering group"),
    "technical cooperation centre": _("technical cooperation centre"),
    "technical secretariat": _("technical secretariat"),
    "working group": _("working group"),
    # Subjects
    "aim of the workshop": _("aim of the workshop"),
    "area of conferences with IOM papers": _("area of conferences with IOM papers"),
    "broad thematic area": _("broad thematic area"),
    "field of EU-compatible frameworks": _("field of EU-compatible frameworks"),
    "key issue identified by the participating States": _(
        "key issue identified by the participating States"
    ),
    "migration issue of the dialogue": _("migration issue of the dialogue"),
    "problem addressed": _("problem addressed"),
    "subject of IOM interventions": _("subject of IOM interventions"),
    "subject of studies and workshops": _("subject of studies and workshops"),
    "subject of the conference": _("subject of the conference"),
    "subject of the cross-border dialogue": _("subject of the cross-border dialogue"),
    "subject of the informal framework": _("subject of the informal framework"),
    "subject of the seminar": _("subject of the seminar"),
    "subject of the workshop": _("subject of the workshop"),
    "thematic area": _("thematic area"),
    # Projects
    "completed": _("completed"),
    "concluded": _("concluded"),
    "implemented in ten countries": _("implemented in ten countries"),
    "in development": _("in development"),
    "initiated 2003": _("initiated in 2003"),
    "multi-phased": _("in several phases"),
    "ongoing": _("ongoing"),
    "yes": _("yes"),
    # Roles of IOM and of partners
    "assistance in preparing the next consultation": _(
        "assistance in preparing the next consultation"
    ),
    "assistance in preparing the plan of action": _("assistance in preparing the plan of action"),
    "assistance to the organising government": _("assistance to the organising government"),
    "attend by theme": _("attend by theme"),
    "attends by theme": _("attends by theme"),
    "co-organiser": _("co-organiser"),
    "co-organiser of a complementary conference": _("co-organiser of a complementary conference"),
    "co-organiser of the first seminar": _("co-organiser of the first seminar"),
    "co-organiser of the public health conference": _(
        "co-organiser of the public health conference"
    ),
    "collaborating partner in creating MIDSA; special working group": _(
        "collaborating partner in creating MIDSA; special working group"
    ),
    "collaborating partner in creating MIDWA": _("collaborating partner in creating MIDWA"),
    "comparative legislation matrix": _("comparative legislation matrix"),
    "cooperation in regional projects": _("cooperation in regional projects"),
    "coordinator of the data model (TCC)": _("coordinator of the data model (TCC)"),
    "dialogue, follow-up of decisions": _("dialogue, follow-up of decisions"),
    "expertise and coordination support": _("expertise and coordination support"),
    "experts for the data model": _("experts for the data model"),
    "facilitation of return and reintegration projects (missions)": _(
        "facilitation of return and reintegration projects (missions)"
    ),
    "facilitator": _("facilitator"),
    "financial support": _("financial support"),
    "helped establish": _("helped establish"),
    "host": _("host"),
    "implementation of regional projects with others": _(
        "implementation of regional projects with others"
    ),
    "implementing partner": _("implementing partner"),
    "implementing partner (CBMMP)": _("implementing partner (CBMMP)"),
    "implementing projects within the processes": _("implementing projects within the processes"),
    "information sharing": _("information sharing"),
    "initial initiative with IMP": _("initial initiative with IMP"),
    "initiated the process with partners": _("initiated the process with partners"),
    "international expertise for follow-up": _("international expertise for follow-up"),
    "invited participant": _("invited participant"),
    "joint organiser": _("joint organiser"),
    "joint organiser of the forum": _("joint organiser of the forum"),
    "joint organiser under the MoU": _("joint organiser under the MoU"),
    "joint secretariat with ECOWAS": _("joint secretariat with ECOWAS"),
    "key partner": _("key partner"),
    "launched the process with UNHCR": _("launched the process with UNHCR"),
    "launched the process with the Swedish Migration Board": _(
        "launched the process with the Swedish Migration Board"
    ),
    "lead agency (migration management and counter-trafficking)": _(
        "lead agency (migration management and counter-trafficking)"
    ),
    "lead agency in the special working group": _("lead agency in the special working group"),
    "legislation assessment (TCC)": _("legislation assessment (TCC)"),
    "organisation, preparation, facilitation and follow-up": _(
        "organisation, preparation, facilitation and follow-up"
    ),
    "organiser": _("organiser"),
    "organiser of the first meeting": _("organiser of the first meeting"),
    "organiser with ECOWAS": _("organiser with ECOWAS"),
    "overall coordination (Regional Office in Bangkok, 20 national missions)": _(
        "overall coordination (Regional Office in Bangkok, 20 national missions)"
    ),
    "parent framework": _("parent framework"),
    "participation and papers in conferences": _("participation and papers in conferences"),
    "preparation and funding": _("preparation and funding"),
    "provides a forum": _("provides a forum"),
    "regional body; joint secretariat": _("regional body; joint secretariat"),
    "regional body; member States asked IOM to be the secretariat": _(
        "regional body; member States asked IOM to be the secretariat"
    ),
    "represented": _("represented"),
    "research": _("research"),
    "research documents": _("research documents"),
    "role unspecified in the body": _("role unspecified in the body"),
    "secretarial, technical and logistical support": _(
        "secretarial, technical and logistical support"
    ),
    "secretariat (programme design and logistics)": _(
        "secretariat (programme design and logistics)"
    ),
    "special working group; Steering Committee with IOM": _(
        "special working group; Steering Committee with IOM"
    ),
    "special working group; attends by theme": _("special working group; attends by theme"),
    "sponsor of the public health conference": _("sponsor of the public health conference"),
    "steering committee member": _("steering committee member"),
    "substantive input": _("substantive input"),
    "support": _("support"),
    "support and secondment to the secretariat": _("support and secondment to the secretariat"),
    "support to establish the Technical Secretariat (September 2001)": _(
        "support to establish the Technical Secretariat (September 2001)"
    ),
    "support to the second meeting": _("support to the second meeting"),
    "supporting role": _("supporting role"),
    "technical assistance and support since 1996 (Regional Office San José)": _(
        "technical assistance and support since 1996 (Regional Office San José)"
    ),
    "technical cooperation": _("technical cooperation"),
    "technical support to seminars and workshops": _("technical support to seminars and workshops"),
    "technical support to the follow-up": _("technical support to the follow-up"),
    "the Conference is linked to its actions": _("the Conference is linked to its actions"),
    "website": _("website"),
    "works in the Kyiv-based secretariat": _("works in the Kyiv-based secretariat"),
    # How somebody attended
    "IOM Member State": _("IOM Member State"),
    "IOM observer State": _("IOM observer State"),
    "key regional organization represented": _("key regional organization represented"),
    "labour-sending State (the footnote lists the States behind the request)": _(
        "labour-sending State (the footnote lists the States behind the request)"
    ),
    "represented by public health and counter-trafficking officials": _(
        "represented by public health and counter-trafficking officials"
    ),
    # What a study covers
    "Eastern European and Central Asian States": _("Eastern European and Central Asian States"),
    "RCM member countries": _("RCM member countries"),
    "South America": _("South America"),
    "South American countries": _("South American countries"),
    "all Central American countries and the Dominican Republic": _(
        "all Central American countries and the Dominican Republic"
    ),
    "each of the CIS countries": _("each of the CIS countries"),
    # Series of meetings
    "5+5 meetings": _("5+5 meetings"),
    "Conferences": _("Conferences"),
    "MIDSA forums": _("MIDSA forums"),
    "Ministerial Conferences": _("Ministerial Conferences"),
    "Senior Level Review Meetings": _("Senior Level Review Meetings"),
    "Technical Consultative Meetings": _("Technical Consultative Meetings"),
    "annual meetings": _("annual meetings"),
    "annual seminars on irregular migration and trafficking": _(
        "annual seminars on irregular migration and trafficking"
    ),
    "follow-up technical workshops and seminars": _("follow-up technical workshops and seminars"),
    "meetings and workshops": _("meetings and workshops"),
    "plenary meetings": _("plenary meetings"),
    "seminars and workshops": _("seminars and workshops"),
    "subregional and other meetings": _("subregional and other meetings"),
    "workshops of the Capacity-Building in Migration Management Programme (CBMMP)": _(
        "workshops of the Capacity-Building in Migration Management Programme (CBMMP)"
    ),
    # Remarks beside series, offices and stages
    '"Since 2003, Madagascar is also invited to participate in MIDSA." Not in the Annex II row': _(
        "“Since 2003, Madagascar is also invited to participate in MIDSA.” Not in the Annex II row"
    ),
    (
        "France participates for New Caledonia; counting both would give 38, the number of"
        " participating countries in Annex I ¶14"
    ): _(
        "France participates for New Caledonia; counting both would give 38, the number of"
        " participating countries in Annex I, ¶14"
    ),
    "The paper does not name them": _("The paper does not name them"),
    "asked by the SADC member States": _("asked by the SADC member States"),
    "as RCM Technical Secretariat, formalised at the request of the RCM": _(
        "as RCM Technical Secretariat, formalised at the request of the RCM"
    ),
    "as Technical Secretariat to the Conference": _("as Technical Secretariat to the Conference"),
    "first and second held; third (5+5 Ministerial Meeting) planned for 2004": _(
        "first and second held; third (5+5 Ministerial Meeting) planned for 2004"
    ),
    "for follow-up in migration management and counter-trafficking": _(
        "for follow-up in migration management and counter-trafficking"
    ),
    "for the Conference; the other members are not named": _(
        "for the Conference; the other members are not named"
    ),
    "four named": _("four named"),
    "in Kyiv; the other members are not named": _("in Kyiv; the other members are not named"),
    "initially": _("initially"),
    "joined at the sixth APC plenary": _("joined at the sixth APC plenary"),
    "lead agency; initially": _("lead agency; initially"),
    "may become an ongoing process if the participating States so decide": _(
        "may become an ongoing process if the participating States so decide"
    ),
    "may become an ongoing process; a technical meeting is planned": _(
        "may become an ongoing process; a technical meeting is planned"
    ),
    "none named": _("none named"),
    "number not stated": _("number not stated"),
    "number not stated; six workshops are named, one of them with the third forum": _(
        "number not stated; six workshops are named, one of them with the third forum"
    ),
    "number not stated; ten topics are named": _("number not stated; ten topics are named"),
    "only the Third (Quito) is named, the Fourth is planned; the first two are not named": _(
        "only the Third (Quito) is named, the Fourth is planned; the first two are not named"
    ),
    "only the third is named": _("only the third is named"),
    "second and third are named": _("second and third are named"),
    "since 1996": _("since 1996"),
    # Partners that are no party by name
    "EU Member States and candidate countries": _("EU Member States and candidate countries"),
    "United Nations regional bodies and other agencies": _(
        "United Nations regional bodies and other agencies"
    ),
    "implemented by, or in cooperation with, IOM": _("implemented by, or in cooperation with, IOM"),
    (
        "international organizations, intergovernmental organizations, non-governmental"
        " organizations and academic institutions"
    ): _(
        "international organizations, intergovernmental organizations, non-governmental"
        " organizations and academic institutions"
    ),
    "relevant NGOs and academic institutions": _("relevant NGOs and academic institutions"),
    "various donors among its members": _("various donors among its members"),
}


KNOWN = KINDS | NOTES


def plain(text: str) -> str:
    """Return words of a source or of ours in the reader's language, else as they stand."""
    return str(KNOWN.get(text, text))


def said(text: str, *, at_start: bool = False) -> str:
    """Return words of a source in the reader's language, else marked as the English they are.

    With ``at_start`` they begin a line, and with a capital.
    """
    words = plain(text)
    if at_start:
        words = words[:1].upper() + words[1:]
    if not text or text in KNOWN or reads_source():
        return words
    return format_html('<span lang="{}">{}</span>', SOURCE_LANGUAGE, words)


def reads_source() -> bool:
    """Whether the reader's language is that of the source."""
    return (get_language() or settings.LANGUAGE_CODE) == SOURCE_LANGUAGE
