import datetime as dt
import socket
import ssl
import threading
import time
import tracemalloc

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from comity.exchange.addresses import Reach
from comity.exchange.fetching import Answer, Conversation
from comity.exchange.troubles import TroubleError
from tests.exchange import tricks

PATH = "api/v1/processes?limit=100&offset=0"
SECONDS = 1.0
TRICKS = {
    tricks.drip: "slow",
    tricks.drip_the_head: "slow",
    tricks.say_nothing: "slow",
    tricks.wait_for_ever: "large",
    tricks.send_200_megabytes: "large",
    tricks.announce_200_megabytes: "large",
    tricks.send_endless_parts: "large",
    tricks.send_a_bomb: "large",
    tricks.pack_otherwise: "encoding",
    tricks.pack_wrongly: "garbled",
    tricks.break_off: "cut-off",
    tricks.break_off_packed: "cut-off",
    tricks.break_off_in_parts: "cut-off",
    tricks.hang_up: "cut-off",
    tricks.speak_another_language: "garbled",
    tricks.send_a_long_head: "garbled",
    tricks.redirect_inwards: "redirect",
    tricks.redirect_to_itself: "redirect",
    tricks.refuse: "status",
    tricks.send_a_page: "type",
    tricks.say_nothing_new: "status",
}


def code_of(call, *args):
    """Return the code of the trouble that the call ends in, or what it returns."""
    try:
        return call(*args)
    except TroubleError as error:
        return error.code


def test_answer_comes_whole_with_its_tag_and_is_not_sent_twice(other, at_home):
    line = Conversation(other.address, at_home)

    first = line.ask(PATH)
    again = line.ask(PATH, first.tag)

    assert first.content.startswith(b'{"count": 1')
    assert again == Answer(b"", first.tag, is_unchanged=True)
    assert other.asked == [f"/{PATH}"] * 2


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_answer_that_is_not_as_it_should_be_is_a_trouble(other, at_home, trick):
    other.trick = trick
    tricks.bomb()
    line = Conversation(other.address, at_home, SECONDS)
    began = time.monotonic()

    found = code_of(line.ask, PATH)

    assert found == TRICKS[trick]
    assert time.monotonic() - began < SECONDS + 2
    assert len(other.asked) == 1  # nothing was followed


@pytest.mark.parametrize("trick", [tricks.send_a_bomb, tricks.send_200_megabytes])
def test_large_answer_is_never_held(other, at_home, trick):
    other.trick = trick
    tricks.bomb()
    line = Conversation(other.address, at_home)
    tracemalloc.start()

    found = code_of(line.ask, PATH)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == "large"
    assert most < 20 * tricks.MEGABYTE


def test_side_that_does_not_take_a_line_is_unreachable(at_home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"

        assert code_of(Conversation(address, at_home).ask, PATH) == "unreachable"


def test_name_that_leads_elsewhere_a_moment_later_changes_nothing(serve):
    good = serve("127.0.0.1")
    good.has()
    evil = serve("127.0.0.2", good.port)
    evil.has()
    led = iter(["127.0.0.1"])
    reach = Reach(loopback=True, resolve=lambda _host, _port: [next(led, "127.0.0.2")])
    line = Conversation(f"http://rebinding.example:{good.port}/", reach)

    line.ask(PATH)
    line.ask(PATH)

    assert (len(good.asked), evil.asked) == (2, [])


def test_second_address_is_tried_where_the_first_does_not_take_a_line(other):
    reach = Reach(loopback=True, resolve=lambda _host, _port: ["127.0.0.3", "127.0.0.1"])
    line = Conversation(f"http://two.example:{other.port}/", reach)

    assert line.ask(PATH).content


def test_private_address_is_never_connected_to(serve):
    inside = serve()

    assert code_of(Conversation, inside.address, Reach()) == "private"
    assert inside.asked == []


def certificate(tmp_path, name):
    """Return the contexts of a server that proves to be ``name``, and of who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    day = dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / f"{name}.pem"
    kept = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    path.write_bytes(
        key.private_bytes(*kept, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    trusting = ssl.create_default_context(cafile=str(path))
    return server, trusting


def asking(port, name, trusting):
    reach = Reach(loopback=True, resolve=lambda _host, _port: ["127.0.0.1"], certificates=trusting)
    return Conversation(f"https://{name}:{port}/", reach, 5)


def test_side_is_asked_over_https_when_it_proves_its_name(serve, tmp_path):
    server, trusting = certificate(tmp_path, "south.example")
    other = serve(certificates=server)
    other.has()

    assert asking(other.port, "south.example", trusting).ask(PATH).content
    assert code_of(asking(other.port, "north.example", trusting).ask, PATH) == "certificate"
    assert code_of(asking(other.port, "south.example", None).ask, PATH) == "certificate"
    assert len(other.asked) == 1


def test_side_that_speaks_no_https_is_unreachable(other):
    assert code_of(asking(other.port, "south.example", None).ask, PATH) == "unreachable"


def test_side_that_never_ends_its_handshake_is_left():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        reach = Reach(loopback=True)
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"

        assert code_of(Conversation(address, reach, 0.3).ask, PATH) == "slow"


def test_many_questions_share_one_time(other, at_home):
    other.trick = lambda _handler: time.sleep(0.15)
    line = Conversation(other.address, at_home, 0.5)

    def ask_often():
        while True:
            line.ask(PATH)

    assert code_of(ask_often) == "slow"


def test_dead_line_is_left_before_the_time_is_over(other, at_home, monkeypatch):
    monkeypatch.setattr("comity.exchange.deadlines.LONGEST_WAIT_SECONDS", 0.2)
    released = threading.Event()
    other.trick = lambda _handler: released.wait(5)
    line = Conversation(other.address, at_home, 30)

    found = code_of(line.ask, PATH)
    released.set()

    assert found == "silent"


def test_tag_that_is_none_is_not_kept(other, at_home):
    def trick(handler):
        handler.reply({"detail": []}, ETag="not a tag")
        return True

    other.trick = trick

    assert Conversation(other.address, at_home).ask(PATH).tag == ""
