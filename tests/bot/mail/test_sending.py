"""Mails and a mail server that takes them, refuses them, is busy or hangs up."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from uuid import UUID

import pytest

from bot.mail import sending
from bot.mail.sending import Mailer
from bot.mail.settings import MailSettings
from bot.mail.telling import Letters
from bot.web.platform import WebPlatform
from governance.delivery_reasons import DeliveryReason
from scheduler.ports import (
    Failed,
    NotTaken,
    Outgoing,
    Result,
    Sent,
    Throttled,
    Unknown,
    Unreachable,
)
from tests.bot.web import examples
from tests.stand_ins.mail import DROP, PASSWORD, USER, MailStandIn, mail_stand_in

TO = "maria.lopez@schools.example.org"
PERSON = UUID(int=1 << 100)
Tell = Callable[..., Awaitable[Result]]


def settings(port: int) -> MailSettings:
    return MailSettings(
        host="127.0.0.1",
        port=port,
        security="none",
        sender="sounding-board@schools.example.org",
        district="Lincoln Valley Public Schools",
        web_url="https://board.schools.example.org",
        seconds=20,
    )


def outgoing(
    number: int = 1, *, conversation: str = str(PERSON), channel: bool = False
) -> Outgoing:
    return Outgoing(
        delivery_id=UUID(int=number),
        message=examples.INVITATION,
        workspace="",
        conversation=conversation,
        service_url=None,
        locale="en",
        timezone="America/Chicago",
        channel=channel,
    )


@asynccontextmanager
async def office(given: MailSettings, address: str | None = TO) -> AsyncIterator[WebPlatform]:
    """The web platform of a house with mail."""

    async def address_of(person_id: UUID) -> str | None:
        assert person_id == PERSON
        return address

    mailer = Mailer(given)
    try:
        yield WebPlatform(Letters(given, mailer, address_of, lambda: examples.NOW).tell)
    finally:
        await mailer.close()


@pytest.fixture
async def server() -> AsyncIterator[MailStandIn]:
    async with mail_stand_in() as found:
        yield found


async def test_a_delivery_becomes_a_mail_that_names_it(server: MailStandIn) -> None:
    async with office(settings(server.port)) as web:
        result = await web.send(outgoing(7))
    reference = f"<{UUID(int=7)}@schools.example.org>"
    assert result == Sent(reference=reference)
    (mail,) = server.to(TO)
    assert mail.sender == "sounding-board@schools.example.org"
    assert mail.mail["Message-ID"] == reference
    assert mail.mail["Auto-Submitted"] == "auto-generated"
    page = f"https://board.schools.example.org/surveys/{examples.WAVE}"
    assert mail.links == [page, f"{page}#protected"]
    assert "Weekly technology pulse" in mail.html


async def test_a_repeat_has_the_same_id(server: MailStandIn) -> None:
    async with office(settings(server.port)) as web:
        for _ in range(2):
            await web.send(outgoing(7))
    first, second = server.to(TO)
    assert first.mail["Message-ID"] == second.mail["Message-ID"]


async def test_a_committees_page_is_never_mailed(server: MailStandIn) -> None:
    async with office(settings(server.port)) as web:
        sent = await web.send(outgoing(conversation="queue:network", channel=True))
    assert isinstance(sent, Sent)
    assert server.connections == 0


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("550 5.1.1 No such user", Unreachable(why=DeliveryReason.MAIL_NOT_KNOWN)),
        ("550 no", Unreachable(why=DeliveryReason.MAIL_NOT_KNOWN)),
        ("552 5.2.2 Over quota", Unreachable(why=DeliveryReason.MAIL_FULL)),
        (
            "554 5.7.1 Denied",
            Unreachable(why=DeliveryReason.MAIL_REFUSED_THEM),
        ),
        ("421 4.3.2 Shutting down", Throttled(seconds=60)),
    ],
)
async def test_a_refused_recipient_is_told_in_words(
    server: MailStandIn, answer: str, expected: Result
) -> None:
    server.refuses[TO] = answer
    async with office(settings(server.port)) as web:
        assert await web.send(outgoing()) == expected
        server.refuses.clear()
        assert isinstance(await web.send(outgoing(2)), Sent), "the next one is not held up"


async def test_a_recipient_refused_for_now_is_tried_again(server: MailStandIn) -> None:
    server.refuses[TO] = "450 4.2.0 Greylisted"
    async with office(settings(server.port)) as web:
        assert isinstance(await web.send(outgoing()), NotTaken)


async def test_what_the_server_says_about_us(server: MailStandIn) -> None:
    server.to_mail = ["550 5.7.1 Not allowed", "451 4.3.0 Busy"]
    server.to_data = ["554 5.6.0 Spam", "452 4.3.1 Disk full"]
    async with office(settings(server.port)) as web:
        assert isinstance(await web.send(outgoing()), Failed)
        assert isinstance(await web.send(outgoing()), Throttled)
        assert isinstance(await web.send(outgoing()), Failed)
        assert isinstance(await web.send(outgoing()), NotTaken)
        assert isinstance(await web.send(outgoing()), Sent)
    assert server.connections == 1, "a no does not end a connection"


async def test_a_connection_lost_after_the_mail_was_handed_over_is_unknown(
    server: MailStandIn,
) -> None:
    server.to_data = [DROP]
    async with office(settings(server.port)) as web:
        assert isinstance(await web.send(outgoing()), Unknown)
        assert isinstance(await web.send(outgoing(2)), Sent)
    assert len(server.to(TO)) == 2


async def test_a_connection_that_was_closed_meanwhile_is_opened_again(server: MailStandIn) -> None:
    async with office(settings(server.port)) as web:
        assert isinstance(await web.send(outgoing()), Sent)
        server.hang_up()
        await asyncio.sleep(0.05)
        assert isinstance(await web.send(outgoing(2)), Sent)
    assert server.connections == 2


async def test_no_server_holds_up_the_lane_and_fails_nothing() -> None:
    async with mail_stand_in() as gone:
        port = gone.port
    async with office(settings(port)) as web:
        assert await web.send(outgoing()) == Throttled(seconds=60)


async def test_few_connections_carry_many_mails(
    server: MailStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_PLACE_SECONDS", 60)
    async with office(replace(settings(server.port), connections=3)) as web:
        results = await asyncio.gather(*(web.send(outgoing(n)) for n in range(60)))
    assert all(isinstance(result, Sent) for result in results)
    assert len({str(one.mail["Message-ID"]) for one in server.to(TO)}) == 60
    assert server.busiest <= 3


async def test_somebody_without_an_address_is_unreachable(server: MailStandIn) -> None:
    async with office(settings(server.port), None) as web:
        assert isinstance(await web.send(outgoing()), Unreachable)
    for address in ("no address", "a@b\r\nRCPT TO:<c@d>", "ñandú@schools.example.org"):
        async with office(settings(server.port), address) as web:
            assert isinstance(await web.send(outgoing()), Unreachable), address
    assert server.arrived == []


async def test_it_signs_in_and_says_why_it_cannot() -> None:
    async with mail_stand_in(password=True) as server:
        right = replace(settings(server.port), user=USER, password=PASSWORD)
        wrong = replace(right, password="guess")
        async with office(right) as web:
            assert isinstance(await web.send(outgoing()), Sent)
        async with office(wrong) as web:
            assert isinstance(await web.send(outgoing()), Throttled), "the operator can fix it"
        assert await Mailer(right).check() is None
        why = await Mailer(wrong).check()
        assert why == "The mail server does not take our user name and password."
        assert len(server.arrived) == 1


async def test_a_certificate_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with mail_stand_in(password=True, tls=context) as server:
        given = replace(settings(server.port), security="starttls", user=USER, password=PASSWORD)
        assert await Mailer(given).check() is not None, "nobody vouches for it"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert await Mailer(given).check() is None
        async with office(given) as web:
            assert isinstance(await web.send(outgoing()), Sent)


async def test_a_server_without_tls_is_not_spoken_to_when_tls_is_asked_for(
    server: MailStandIn,
) -> None:
    given = replace(settings(server.port), security="starttls")
    assert await Mailer(given).check() == (
        "The mail server does not do what smtp_security asks for."
    )
    assert server.arrived == []


def _certificate(folder: Path) -> Path:
    """A key with a certificate for this machine, signed by itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


async def test_a_server_that_is_slower_than_we_are_makes_the_lane_slower(
    server: MailStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits for a connection for too long was surely not sent."""
    monkeypatch.setattr(sending, "_PLACE_SECONDS", 0.05)
    mailer = Mailer(replace(settings(server.port), connections=1))
    await mailer._places.acquire()  # a mail that takes for ever
    result = await mailer.send(EmailMessage(), TO)
    assert isinstance(result, Throttled)
    assert server.connections == 0
