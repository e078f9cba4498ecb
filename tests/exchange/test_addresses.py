import ipaddress
import threading

import pytest

from comity.exchange.addresses import Reach, check_place, is_public, read_place, usual_reach
from comity.exchange.deadlines import Deadline
from comity.exchange.troubles import TroubleError


def code_of(call, *args):
    """Return the code of the trouble that the call ends in, or what it returns."""
    try:
        return call(*args)
    except TroubleError as error:
        return error.code


def checked(text, *addresses, loopback=False):
    reach = Reach(loopback=loopback, resolve=lambda _host, _port: list(addresses))
    return code_of(lambda: check_place(read_place(text), reach, Deadline("host", 5)).addresses)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://comity.example", "https://comity.example/"),
        ("https://Comity.EXAMPLE.:443/", "https://comity.example/"),
        ("https://comity.example:8443/south", "https://comity.example:8443/south/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ],
)
def test_address_is_read_in_one_way(text, kept):
    assert str(read_place(text)) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "scheme"),
        ("comity.example", "scheme"),
        ("ftp://comity.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("https://", "form"),
        ("https://user:word@comity.example/", "form"),
        ("https://comity.example/?next=1", "form"),
        ("https://comity.example/#top", "form"),
        ("https://comity.example:port/", "form"),
        ("https://comity.example:70000/", "form"),
        ("https://comity.example/\r\nHost: other", "form"),
        ("https://comity.example/a b", "form"),
        ("https://comity.example\\@127.0.0.1/", "form"),
        ("https://comity.example/../admin/", "form"),
        ("https://comity.example//admin/", "form"),
        ("https://[fe80::1%25eth0]/", "form"),
        ("https://[::1/", "form"),
        (f"https://{'a' * 64}.example/", "form"),
        (f"https://comity.example/{'a' * 600}/", "form"),
        ("http://localhost:8000/", "own"),
    ],
)
def test_what_is_no_address_of_an_installation_is_said(text, code):
    assert code_of(read_place, text) == code


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 -- refused
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.9",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_address_that_leads_inwards_is_not_public(address):
    assert is_public(ipaddress.ip_address(address)) is False
    assert checked("https://comity.example/", address) == "private"


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111"])
def test_address_on_the_public_internet_is_asked(address):
    assert is_public(ipaddress.ip_address(address)) is True
    assert checked("https://comity.example/", address) == (address,)


@pytest.mark.parametrize(
    "mapped", ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "fe80::1%eth0"]
)
def test_inward_address_is_refused_in_its_other_way_of_writing(mapped):
    assert checked("https://comity.example/", mapped) == "private"


def test_one_inward_address_among_others_refuses_all():
    assert checked("https://comity.example/", "8.8.8.8", "10.0.0.1") == "private"


def test_at_most_four_addresses_are_tried():
    assert checked("https://comity.example/", *(f"8.8.8.{n}" for n in range(9))) == (
        "8.8.8.0",
        "8.8.8.1",
        "8.8.8.2",
        "8.8.8.3",
    )


def test_loopback_is_asked_only_where_the_argument_says_so():
    assert checked("http://other.example/", "127.0.0.1", loopback=True) == ("127.0.0.1",)
    assert checked("http://other.example/", "127.0.0.1") == "private"
    assert checked("http://other.example/", "8.8.8.8", loopback=True) == "scheme"
    assert checked("http://other.example/", "8.8.8.8") == "scheme"
    assert checked("http://other.example/", "10.0.0.1", loopback=True) == "private"


@pytest.mark.parametrize("text", ["https://127.1/", "https://2130706433/", "https://0x7f000001/"])
def test_loopback_by_other_ways_of_writing_is_refused(text):
    assert code_of(lambda: check_place(read_place(text), Reach(), Deadline("host", 5))) == "private"


def test_name_that_nobody_knows_is_said():
    def unknown(_host, _port):
        raise OSError

    reach = Reach(resolve=unknown)

    assert checked("https://comity.example/") == "unknown-name"
    assert (
        code_of(check_place, read_place("https://comity.example/"), reach, Deadline("host", 5))
        == "unknown-name"
    )


def test_resolver_that_never_answers_is_left():
    answered = threading.Event()
    reach = Reach(resolve=lambda _host, _port: [str(answered.wait(5))])

    found = code_of(check_place, read_place("https://comity.example/"), reach, Deadline("h", 0.2))
    answered.set()

    assert found == "slow"


def test_link_is_theirs_only_within_their_address():
    place = read_place("https://comity.example/south/")

    assert place.own_link("https://comity.example/south/processes/x") == (
        "https://comity.example/south/processes/x/"
    )
    assert [
        place.own_link(link)
        for link in (
            "https://comity.example/north/",
            "https://comity.example.evil.example/south/",
            "http://comity.example/south/",
            "https://comity.example:444/south/",
            "javascript:alert(1)",
            "//comity.example/south/",
        )
    ] == [""] * 6


def test_demonstration_asks_itself_only_where_its_operator_says_so(settings):
    assert usual_reach().loopback is False

    settings.EXCHANGE_LOOPBACK = True

    assert usual_reach().loopback is True


@pytest.mark.parametrize("host", ["straße", "STRAẞE", "σ\u03c2", "a\u00adb"])
def test_host_that_two_rules_write_differently_is_refused(host):
    with pytest.raises(TroubleError):
        read_place(f"https://{host}.example/")
    assert read_place("https://strasse.example/").own_link(f"https://{host}.example/x") == ""


def test_host_that_all_rules_write_alike_is_read():
    assert read_place("https://Bücher.example/").host == "xn--bcher-kva.example"
    assert read_place("https://xn--bcher-kva.example/").host == "xn--bcher-kva.example"
