"""Load parties: the countries of ISO 3166 and M49, and those that the paper names."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from comity.parties.models import NameKind, Party, PartyKind, PartyName, Region
from comity.sources.folders import Folder, Place

COUNTRY_COLUMNS = (
    "iso3", "iso2", "m49", "name_en", "name_es", "name_fr", "name_ar", "name_ru", "name_zh",
    "name_cldr", "region_m49", "region_name", "subregion_m49", "subregion_name",
    "intermediate_region_m49", "intermediate_region_name", "ldc", "lldc", "sids", "currency",
    "ioc", "fifa", "itu", "fips", "wikidata",
)  # fmt: skip
PARTY_COLUMNS = (
    "party_id", "iso3", "successor_iso3", "names_in_paper", "current_name", "party_type",
    "n_processes", "processes", "note",
)  # fmt: skip
LANGUAGES = ("en", "es", "fr", "ar", "ru", "zh")
REGIONS = {
    "Africa": Region.AFRICA,
    "Americas": Region.AMERICAS,
    "Asia": Region.ASIA_PACIFIC,
    "Europe": Region.EUROPE,
    "Oceania": Region.ASIA_PACIFIC,
}
# Codes of ISO 3166 that stand neither for a Member State nor for an observer State of the
# United Nations. Antarctica has no administration to take part in anything.
TERRITORY_CODES = (
    "ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL "
    "GUF GUM HKG HMD IMN IOT JEY MAC MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PYF REU SGS SHN "
    "SJM SPM SXM TCA TKL UMI VGB VIR WLF"
)
TERRITORIES = frozenset(TERRITORY_CODES.split())
# In ISO 3166 alone: the UN's M49, which these tables follow, has no such area.
NOT_IN_M49 = frozenset({"TWN"})
KINDS = {
    "state": PartyKind.STATE,
    "state (dissolved)": PartyKind.STATE,
    "territory": PartyKind.TERRITORY,
    "special administrative region": PartyKind.TERRITORY,
    "organisation": PartyKind.SUPRANATIONAL,
}


def load_countries(folder: Folder) -> None:
    """Load ``country_codes.csv``: each country with its codes, region and names of today."""
    file = "codes/country_codes.csv"
    rows = [
        row for row in folder.rows(file, COUNTRY_COLUMNS) if row.values["iso3"] not in NOT_IN_M49
    ]
    for row in rows:
        values = row.values
        code = values["iso3"]
        folder.keep(
            Party,
            Place(file, row.number),
            {"code": code},
            {
                "kind": PartyKind.TERRITORY if code in TERRITORIES else PartyKind.STATE,
                "m49": values["m49"],
                "region": REGIONS.get(values["region_name"], ""),
                "subregion": values["intermediate_region_name"] or values["subregion_name"],
            },
            columns={"code": "iso3"},
        )


def load_renamed(folder: Folder) -> None:
    """Load ``renamed.csv``: what parties were called before, until when, and who says so."""
    file = "names/renamed.csv"
    parties = {party.code: party for party in Party.objects.all()}
    columns = ("party_id", "language", "name", "begins", "ends", "source")
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        party = folder.needed(parties, values["party_id"], place, "party_id")
        if party is None:
            continue
        folder.keep(
            PartyName,
            place,
            {
                "party": party,
                "language": values["language"],
                "kind": NameKind.OFFICIAL,
                "begins": values["begins"],
            },
            {"name": values["name"], "ends": values["ends"], "source": values["source"]},
        )


def load_organisations(folder: Folder) -> None:
    """Load ``organisations.csv``: organisations, their offices, agencies of States."""
    file = "names/organisations.csv"
    columns = ("slug", "acronym", "en", "es", "fr", "kind", "parent", "country")
    rows = folder.rows(file, columns)
    parties = {party.code: party for party in Party.objects.all()}
    kinds = {
        "office": PartyKind.OFFICE,
        "national-agency": PartyKind.NATIONAL_AGENCY,
        "ngo": PartyKind.NGO,
        "academia": PartyKind.ACADEMIA,
    }
    for row in rows:
        values, place = row.values, Place(file, row.number)
        party = folder.keep(
            Party,
            place,
            {"code": values["slug"]},
            {
                "kind": kinds.get(values["kind"], PartyKind.ORGANISATION),
                "acronym": values["acronym"],
            },
            columns={"code": "slug"},
        )
        if party is None:
            continue
        parties[party.code] = party
    for row in rows:
        values, place = row.values, Place(file, row.number)
        above = folder.known(parties, values["parent"] or values["country"], place, "parent")
        if above is not None and values["slug"] in parties:
            folder.keep(Party, place, {"code": values["slug"]}, {"part_of": above})
    keep_names(
        folder,
        [
            (parties[row.values["slug"]], language, row.values[language])
            for row in rows
            for language in ("en", "es", "fr")
            if row.values["slug"] in parties
        ],
    )


def load_parties(folder: Folder) -> None:
    """Load ``parties.csv``: the parties of the paper and the names that it gives them."""
    file = "paper/parties.csv"
    rows = folder.rows(file, PARTY_COLUMNS)
    for row in rows:
        values, place = row.values, Place(file, row.number)
        kind = KINDS.get(values["party_type"])
        if kind is None:
            reason = _("“%(kind)s” is no kind of party.") % {"kind": values["party_type"]}
            folder.refuse(place, "party_type", reason)
            continue
        ended = "2006-06-03" if values["party_type"] == "state (dissolved)" else ""
        fields = {"kind": kind} | ({"ends": ended, "region": Region.EUROPE} if ended else {})
        if kind == PartyKind.SUPRANATIONAL:
            fields["region"] = Region.EUROPE
        party = folder.keep(Party, place, {"code": values["party_id"]}, fields)
        if party is None:
            continue
        for name in filter(None, (part.strip() for part in values["names_in_paper"].split("|"))):
            folder.keep(
                PartyName,
                place,
                {
                    "party": party,
                    "language": "en",
                    "name": name,
                    "kind": NameKind.IN_SOURCE,
                    "source": "MC/INF/266",
                },
                {},
            )
    parties = {party.code: party for party in Party.objects.all()}
    for row in rows:
        place = Place(file, row.number)
        for code in filter(None, row.values["successor_iso3"].split(";")):
            successor = folder.known(parties, code, place, "successor_iso3")
            if successor is not None and row.values["party_id"] in parties:
                parties[row.values["party_id"]].successors.add(successor)


def load_names(folder: Folder) -> None:
    """Load what parties are called today: the list of the paper's parties goes before ISO's."""
    parties = {party.code: party for party in Party.objects.all()}
    names: dict[tuple[Party, str], str] = {}
    for row in folder.rows("codes/country_codes.csv", COUNTRY_COLUMNS):
        if (party := parties.get(row.values["iso3"])) is not None:
            for language in LANGUAGES:
                names[party, language] = row.values[f"name_{language}"]
    for row in folder.rows("paper/parties.csv", PARTY_COLUMNS):
        party = parties.get(row.values["party_id"])
        if party is not None and not party.ends:
            names[party, "en"] = row.values["current_name"]
    file = "names/special.csv"
    for row in folder.rows(file, ("party_id", "language", "name", "source")):
        values, place = row.values, Place(file, row.number)
        party = folder.needed(parties, values["party_id"], place, "party_id")
        if party is not None:
            names[party, values["language"]] = values["name"]
    keep_names(folder, [(party, language, name) for (party, language), name in names.items()])


def keep_names(folder: Folder, names: Iterable[tuple[Party, str, str]]) -> None:
    """Keep what parties are called now; a name begins the day after the last earlier one."""
    official = PartyName.objects.filter(kind=NameKind.OFFICIAL)
    present = {(name.party_id, name.language): name for name in official.filter(ends="")}
    earlier: dict[tuple[int, str], date] = {}
    for name in official.exclude(ends=""):
        key = (name.party_id, name.language)
        if name.ends_latest is not None:
            earlier[key] = max(name.ends_latest, earlier.get(key, date.min))
    new: dict[tuple[int, str], PartyName] = {}
    for party, language, text in names:
        written, key = text.replace("'", "’"), (party.pk, language)
        found = present.get(key) or new.get(key)
        if not written or (found is not None and found.name == written):
            continue
        if found is not None and found.pk:
            found.name = written
            found.save()
            folder.changed += 1
        else:
            begins = (earlier[key] + timedelta(days=1)).isoformat() if key in earlier else ""
            new[key] = PartyName(party=party, language=language, name=written, begins=begins)
    PartyName.objects.bulk_create(new.values())
    folder.added += len(new)
