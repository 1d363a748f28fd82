"""What cards say, byte by byte, with the faults other programs have copied from one another."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_cards import (
    DONE,
    MOICA,
    NOW,
    XCA,
    GarbageCard,
    HicosCard,
    NhiCard,
    RecordingCard,
    UidCard,
    certificate,
    certificate_file,
)

from app.readers.card_faults import CardFault, FaultKind
from app.readers.cards.apdu import ask
from app.readers.cards.card_directory import list_places
from app.readers.cards.certificates import CertificateKind, kind_of_issuer, read_certificate
from app.readers.cards.nhi import decode_name, parse_identity
from app.readers.cards.reading import CardKind, CardReading, read_card, read_uid


def _fault(card: RecordingCard, *, identify: bool = False) -> FaultKind:
    with pytest.raises(CardFault) as refusal:
        read_card(card, identify=identify)
    return refusal.value.kind


# 健保卡 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "林采潔",
        "陳王大文",  # read as bytes 12 to 18 elsewhere: cut after three characters
        "歐陽司徒諸葛上官南宮",  # ten characters fill the field: no NUL ends it
        "碁銹裏墻恒",  # in Windows' Big5 only, not in Python's "big5"
        "Lin Mei",
    ],
)
def test_a_name_is_read_whole(name: str) -> None:
    reading = read_card(NhiCard(name=name.encode("cp950")), identify=True)
    assert reading.kind is CardKind.NHI
    assert reading.identity
    assert (reading.identity.name, reading.identity.id_number) == (name, "A234567893")
    assert reading.identity.name_is_certain


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"\xaaL\xfa\x40\xa4\xa4", "林▢中"),  # an agency's own character
        (b"\xaaL\x8eE", "林▢"),
        (b"\xaaL\x00\xa4\xa4", "林"),  # what lies behind the first NUL is an older, longer name
        (b"\xaaL\xa4", "林▢"),  # half a character
        (b"\xaaL\xff\xff", "林▢"),
        (b"\xaaL\x07", "林▢"),
    ],
)
def test_a_rare_character_costs_no_other(raw: bytes, name: str) -> None:
    assert decode_name(raw) == name


def test_an_uncertain_name_says_so() -> None:
    reading = read_card(NhiCard(name=b"\xaaL\xfa\x40"), identify=True)
    assert reading.identity
    assert not reading.identity.name_is_certain


def test_an_nhi_card_is_not_read_unless_asked_for() -> None:
    card = NhiCard()
    reading = read_card(card)
    assert (reading.kind, reading.identity) == (CardKind.NHI, None)
    assert all(command[1] == 0xA4 for command in card.heard)


def test_nothing_else_of_the_profile_is_kept_nor_anything_printed() -> None:
    reading = read_card(NhiCard(), identify=True)
    assert reading.identity
    assert set(reading.identity.__slots__) == {"name", "id_number"}
    assert (reading.number, reading.certificates, reading.uid) == ("", (), None)
    assert "林" not in repr(reading)
    assert "A23" not in repr(reading)


@pytest.mark.parametrize("profile", [b"", b"0" * 20, b"\0" * 57, b"0" * 12 + b"\xff" * 45])
def test_a_profile_cut_short_or_of_nonsense_is_unreadable(profile: bytes) -> None:
    with pytest.raises(CardFault) as refusal:
        parse_identity(profile)
    assert refusal.value.kind is FaultKind.UNREADABLE


# HiCOS -----------------------------------------------------------------------------------------

GENERATIONS: list[Callable[..., HicosCard]] = [
    lambda **more: HicosCard(generation=2, **more),
    lambda **more: HicosCard(generation=1, command_class=0x80, **more),
    lambda **more: HicosCard(generation=1, command_class=0x00, **more),
]


@pytest.mark.parametrize("make", GENERATIONS)
def test_number_and_certificates_are_read(make: Callable[..., HicosCard]) -> None:
    reading = read_card(make())
    assert (reading.kind, reading.number) == (CardKind.CERTIFICATE, "TP00112233445566")
    assert [facts.kind for facts in reading.certificates] == [CertificateKind.CITIZEN] * 2
    assert [(facts.ends_at - NOW).days for facts in reading.certificates] == [400, 401]
    assert "TP0011" not in repr(reading)


@pytest.mark.parametrize("make", GENERATIONS)
@pytest.mark.parametrize("limits", [{"largest_read": 16}, {"shortest_read": 7}])
def test_a_card_that_gives_little_at_a_time_is_read_all_the_same(
    make: Callable[..., HicosCard], limits: dict[str, int]
) -> None:
    assert read_card(make(**limits)) == read_card(make())


def _entry(path: str, start: int | None = None) -> bytes:
    """One line of a card's list, as much of it as matters: the path, the index, a length."""
    octets = bytes.fromhex(path)
    index = b"" if start is None else b"\x02\x02" + start.to_bytes(2)
    inner = b"\x04" + bytes((len(octets),)) + octets + index + b"\x80\x02\x06\x08"
    return b"\x30\x1f\x0c\x05cert1\x30" + bytes((len(inner),)) + inner


@pytest.mark.parametrize("make", GENERATIONS)
def test_a_card_s_own_list_says_where_certificates_lie(make: Callable[..., HicosCard]) -> None:
    content = b"\0" * 0x0300 + certificate(XCA, days=50)
    authorities = certificate(days=5000, authority=True)
    card = make(
        certificates=b"",
        directory=_entry("3F0050304201", 0x0300) + _entry("7FFF50304202") + b"\xff" * 900,
        other_files={(0x5030, 0x4201): content, (0x5030, 0x4202): authorities},
    )
    found = read_card(card).certificates
    assert [(one.kind, (one.ends_at - NOW).days) for one in found] == [("xca", 50)]


@pytest.mark.parametrize("make", GENERATIONS)
def test_authorities_at_the_known_places_cost_no_time(make: Callable[..., HicosCard]) -> None:
    places = (0x0000, 0x0700, 0x0E00, 0x1500)
    card = make(directory=b"".join(_entry("3F00503008F2", place) for place in places))
    assert read_card(card) == read_card(make())
    starts = {command[2:4].hex() for command in card.heard if command[1] == 0xB0}
    assert "0700" not in starts


@pytest.mark.parametrize(
    "directory",
    [
        b"\xff" * 4096,
        b"\x04\x06\x3f\x00",
        _entry("3F0050304201", 0x0300),
        _entry("3F00503008F2")[:12],
    ],
)
def test_a_list_that_leads_nowhere_costs_no_certificate(directory: bytes) -> None:
    assert len(read_card(HicosCard(directory=directory)).certificates) == 2


@given(st.binary(max_size=300))
def test_any_list_names_places_that_can_be_asked_for(directory: bytes) -> None:
    for place in list_places(directory):
        assert 0 <= place.start <= 0xFFFF
        assert all(0 <= file_id <= 0xFFFF for file_id in place.path)


def test_authorities_are_no_holders() -> None:
    authorities = (certificate(days=5000, authority=True), certificate(days=4000, authority=True))
    card = HicosCard(certificates=certificate_file(authorities=authorities))
    assert read_card(card).certificates == ()
    both = certificate_file(user=(certificate(XCA),), authorities=authorities)
    found = read_card(HicosCard(certificates=both)).certificates
    assert [facts.kind for facts in found] == [CertificateKind.ORGANIZATION]


@pytest.mark.parametrize(
    "card",
    [
        HicosCard(number=b"\x01\x02\x03" * 5),
        HicosCard(number=b"TP001122"),  # half of it, then the file ends
        HicosCard(certificates=certificate_file(user=(b"garbage",))),
        HicosCard(certificates=certificate_file(user=(b"\x30\x82\xff\xf0",))),
        HicosCard(certificates=certificate_file(user=(b"\x30\x82\x02\x00" + b"\x30" * 512,))),
        HicosCard(certificates=certificate_file(user=(certificate(),))[: 0x0E00 + 200]),
        GarbageCard(),
    ],
)
def test_what_makes_no_sense_is_unreadable(card: RecordingCard) -> None:
    assert _fault(card) is FaultKind.UNREADABLE


def test_an_empty_card_has_a_number_only() -> None:
    assert read_card(HicosCard(certificates=certificate_file())).certificates == ()
    assert read_card(HicosCard(certificates=b"")).certificates == ()


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        (MOICA, CertificateKind.CITIZEN),
        ("行政院 MOICA", CertificateKind.CITIZEN),
        (XCA, CertificateKind.ORGANIZATION),
        ("行政院XCA2", CertificateKind.ORGANIZATION),
        ("經濟部工商憑證管理中心", CertificateKind.BUSINESS),
        ("MOEACA", CertificateKind.BUSINESS),
        ("政府憑證管理中心", CertificateKind.GOVERNMENT),
        ("衛生福利部醫事憑證管理中心", CertificateKind.MEDICAL),
        ("AXCAB", CertificateKind.OTHER),
        ("", CertificateKind.OTHER),
    ],
)
def test_issuers_are_told_apart(issuer: str, kind: CertificateKind) -> None:
    assert kind_of_issuer(issuer) is kind


def test_a_certificate_keeps_nobody_s_name() -> None:
    assert "林" not in repr(read_certificate(certificate()))


# Contactless -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uid", "is_random"),
    [("01020304", False), ("04A1B2C3D4E580", False), ("04A1B2C3D4E580112233", False),
     ("08A1B2C3", True), ("08A1B2C3D4E5F6", False)],
)  # fmt: skip
def test_a_chip_s_number(uid: str, is_random: bool) -> None:
    found = read_uid(UidCard(uid=bytes.fromhex(uid)))
    assert found
    assert (found.value.hex().upper(), found.is_random) == (uid, is_random)
    assert uid not in repr(found)


@pytest.mark.parametrize("uid", [b"", b"\x01", b"12345", b"1" * 16])
def test_a_number_of_no_known_length_is_none(uid: bytes) -> None:
    assert read_uid(UidCard(uid=uid)) is None


def test_a_card_that_knows_nothing_is_unknown() -> None:
    assert read_card(RecordingCard()) == CardReading(kind=CardKind.UNKNOWN)


# Ways of answering -----------------------------------------------------------------------------


@dataclass
class Scripted(RecordingCard):
    """Answers from a script, then for ever with its last line."""

    script: list[bytes] = field(default_factory=list)

    def answer(self, _command: bytes) -> bytes:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


def test_what_is_held_back_is_fetched() -> None:
    card = Scripted(script=[b"ab\x61\x03", b"\x6c\x02", b"cd\x61\x01", b"e" + DONE])
    answer = ask(card, bytes.fromhex("00CA110002AABB"))
    assert (answer.data, answer.is_done) == (b"abcde", True)
    told = [command.hex() for command in card.heard]
    assert told == ["00ca110002aabb", "00c0000003", "00c0000002", "00c0000001"]


@pytest.mark.parametrize(
    ("command", "resent"),
    [("00B00000C8", "00B0000010"), ("00A40004020900" + "00", "00A40004020900" + "10"),
     ("00CA110002AABB", "00CA110002AABB10"), ("00CA1100", "00CA110010")],
)  # fmt: skip
def test_a_wrong_length_is_corrected_once(command: str, resent: str) -> None:
    card = Scripted(script=[b"\x6c\x10", b"\x6c\x10"])
    assert ask(card, bytes.fromhex(command)).status == 0x6C10
    assert [heard.hex().upper() for heard in card.heard] == [command, resent]


@pytest.mark.parametrize("script", [[b""], [b"\x90"], [b"\x61\x10"]])
def test_no_status_or_no_end_is_unreadable(script: list[bytes]) -> None:
    assert _fault(Scripted(script=script)) is FaultKind.UNREADABLE
