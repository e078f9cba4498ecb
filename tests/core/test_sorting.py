import pytest

from comity.core.sorting import fold, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Söderköping", "soderkoping"),
        ("Côte d’Ivoire", "cote d’ivoire"),
        ("Łódź", "lodz"),
        ("TÜRKİYE", "turkiye"),
        ("Straße", "strasse"),
    ],
)
def test_fold_leaves_out_case_and_diacritics(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Åland", "Austria", "Côte d’Ivoire", "Cotonou", "Élan", "Zambia"]),
        ("es", ["Nápoles", "Ñandú", "Oviedo"]),
        ("sv", ["Zambia", "Åland", "Österrike"]),
    ],
)
def test_sort_key_orders_as_readers_of_the_language_do(language, names):
    unsorted = names[::-1]

    assert sorted(unsorted, key=lambda name: sort_key(name, language)) == names
