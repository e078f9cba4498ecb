"""What another installation may do wrong: each takes the handler of one request."""

import gzip
import itertools
import time
from functools import cache

MEGABYTE = 1024 * 1024


def head(handler, status=200, **headers):
    """Send the head of an answer, without saying how long it is."""
    handler.send_response(status)
    for name, value in {"Content_Type": "application/json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True


def drip(handler):
    """Send one blank after the other, and never an end."""
    head(handler)
    for _each in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)
    return True


def drip_the_head(handler):
    """Send one line of the head after the other, and never an end."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(90):
        handler.wfile.write(b"X-Line-%d: a\r\n" % number)
        time.sleep(0.02)
    return True


def say_nothing(handler):
    """Take the question and never answer."""
    time.sleep(2)
    return drip(handler)


def wait_for_ever(handler):
    """Ask for patience again and again, which costs no line of a head."""
    handler.close_connection = True
    for _each in itertools.count():
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def send_200_megabytes(handler):
    """Send far more than an answer may be, without saying so."""
    head(handler)
    for _each in range(200):
        handler.wfile.write(b" " * MEGABYTE)
    return True


def announce_200_megabytes(handler):
    """Say that far more comes than an answer may be."""
    head(handler, Content_Length=str(200 * MEGABYTE))
    return True


def send_endless_parts(handler):
    """Send parts without end, each of them small."""
    head(handler, Transfer_Encoding="chunked")
    while True:
        handler.wfile.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


@cache
def bomb():
    """Return 200 MB of blanks, packed."""
    return gzip.compress(b" " * (200 * MEGABYTE), 1)


def send_a_bomb(handler):
    """Send 200 MB of blanks packed into less than one."""
    head(handler, Content_Encoding="gzip", Content_Length=str(len(bomb())))
    handler.wfile.write(bomb())
    return True


def pack_otherwise(handler):
    """Pack in a way that was not asked for."""
    head(handler, Content_Encoding="br")
    handler.wfile.write(b"{}")
    return True


def pack_wrongly(handler):
    """Call packed what is not."""
    head(handler, Content_Encoding="gzip")
    handler.wfile.write(b"{}")
    return True


def break_off(handler):
    """End before the length that was said."""
    head(handler, Content_Length="100")
    handler.wfile.write(b'{"count": 1')
    return True


def break_off_packed(handler):
    """End in the middle of what is packed."""
    head(handler, Content_Encoding="gzip")
    handler.wfile.write(gzip.compress(b"{}" * 500)[:-12])
    return True


def break_off_in_parts(handler):
    """End in the middle of a part."""
    head(handler, Transfer_Encoding="chunked")
    handler.wfile.write(b"100\r\n{")
    return True


def hang_up(handler):
    """End without a word."""
    handler.close_connection = True
    return True


def speak_another_language(handler):
    """Answer as no web server does."""
    handler.wfile.write(b"220 mail.example ESMTP\r\n")
    return hang_up(handler)


def send_a_long_head(handler):
    """Send more lines of a head than anybody needs."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n")
    return hang_up(handler)


def redirect_inwards(handler):
    """Lead on to the service that tells a machine its secrets."""
    head(handler, 302, Location="http://169.254.169.254/latest/meta-data/")
    return True


def redirect_to_itself(handler):
    """Lead on to where it is."""
    head(handler, 308, Location=handler.path)
    return True


def refuse(handler):
    """Be out of order."""
    head(handler, 503)
    return True


def send_a_page(handler):
    """Send a page for people."""
    head(handler, Content_Type="text/html")
    handler.wfile.write(b"<script>alert(1)</script>")
    return True


def say_nothing_new(handler):
    """Say that nothing changed although nothing was known."""
    head(handler, 304)
    return True


def sending(content):
    """Return the trick of sending ``content`` for every question."""

    def send(handler):
        handler.reply(content)
        return True

    return send
