import pytest

from comity.store.names import clean_name, ending_of


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("Report.pdf", "Report.pdf"),
        ("C:\\Users\\me\\Report.pdf", "Report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ("Informe an\u0303o.docx", "Informe año.docx"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ('a"b.csv', "a_b.csv"),
        ("...", "file"),
        ("", "file"),
        ("no ending", "no ending"),
        ("x" * 200 + ".xlsx", "x" * 115 + ".xlsx"),
    ],
)
def test_clean_name_keeps_what_is_safe_to_show(given, clean):
    assert clean_name(given) == clean


@pytest.mark.parametrize(("name", "ending"), [("a.PDF", "pdf"), ("a", ""), ("a.tar.gz", "gz")])
def test_ending_of_is_the_last_in_small_letters(name, ending):
    assert ending_of(name) == ending
