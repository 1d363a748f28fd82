"""What a check says of a card: tone, sentence and remedy, to the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_cards import NOW

from app.domain.errors import InvalidInput
from app.readers.cards.certificates import CertificateFacts, CertificateKind
from app.readers.cards.contactless import Uid
from app.readers.cards.reading import CardKind, CardReading
from app.services.card_checks import keyed_card_hash, mask_number
from app.services.card_findings import CARD_WORDS, CheckTone, check_certificate, find_about

KEY = b"k" * 32


def _facts(days: float, *, kind: CertificateKind = CertificateKind.CITIZEN) -> CertificateFacts:
    return CertificateFacts(
        kind=kind, starts_at=NOW - timedelta(days=900), ends_at=NOW + timedelta(days=days)
    )


@pytest.mark.parametrize(
    ("days", "tone", "left"),
    [(400, "ok", 400), (31, "ok", 31), (30, "warn", 30), (0.1, "warn", 0), (0, "warn", 0),
     (-0.001, "bad", 0), (-1, "bad", -1)],
)  # fmt: skip
def test_tone_by_the_days_left(days: float, tone: str, left: int) -> None:
    checked = check_certificate(_facts(days), NOW)
    assert (checked.finding.tone, checked.days_left) == (tone, left)
    assert bool(checked.finding.remedy.zh) is (tone != "ok")


def test_words_say_the_day_of_taiwan() -> None:
    # 2026-12-31 16:00 UTC is the first of January in Taiwan.
    facts = CertificateFacts(
        kind=CertificateKind.ORGANIZATION,
        starts_at=NOW - timedelta(days=9),
        ends_at=datetime(2026, 12, 31, 16, tzinfo=UTC),
    )
    checked = check_certificate(facts, NOW)
    assert checked.expires_on == date(2027, 1, 1)
    assert "116年1月1日" in checked.finding.message.zh
    assert "2027-01-01" in checked.finding.message.en
    assert "XCA" in checked.finding.message.zh


def test_a_certificate_of_tomorrow_blames_the_clock() -> None:
    checked = check_certificate(_facts(900), NOW - timedelta(days=901))
    assert checked.finding.tone is CheckTone.BAD
    assert "日期" in checked.finding.remedy.zh


@pytest.mark.parametrize("kind", CertificateKind)
@pytest.mark.parametrize("days", [-1, 5, 50])
def test_every_kind_has_words(kind: CertificateKind, days: int) -> None:
    checked = check_certificate(_facts(days, kind=kind), NOW)
    assert all((checked.kind_words.zh, checked.kind_words.en, checked.finding.message.en))


@pytest.mark.parametrize("kind", CardKind)
def test_every_card_has_words(kind: CardKind) -> None:
    finding = find_about(CardReading(kind=kind), ())
    assert CARD_WORDS[kind].zh
    assert all((finding.message.zh, finding.message.en, finding.remedy.zh, finding.remedy.en))
    assert finding.tone is (CheckTone.BAD if kind is CardKind.CERTIFICATE else CheckTone.WARN)


def test_the_worse_certificate_speaks() -> None:
    both = tuple(check_certificate(_facts(days), NOW) for days in (400, -3))
    finding = find_about(CardReading(kind=CardKind.CERTIFICATE), both)
    assert finding.tone is CheckTone.BAD


@given(st.text("0123456789AB", max_size=20))
def test_a_number_shows_four_characters_at_most(number: str) -> None:
    masked = mask_number(number)
    shown = masked.replace("•", "")
    assert len(masked) == len(number)
    assert number.endswith(shown)
    assert len(shown) <= min(4, len(number) / 2)


def test_a_bound_card_is_stored_as_a_keyed_hash() -> None:
    uid = Uid(bytes.fromhex("04A1B2C3D4E580"))
    stored = keyed_card_hash(KEY, uid)
    assert stored == keyed_card_hash(KEY, Uid(uid.value))
    assert len(stored) == 64
    assert stored != keyed_card_hash(b"j" * 32, uid)
    assert stored != keyed_card_hash(KEY, Uid(uid.value[:4]))


def test_a_random_number_is_refused() -> None:
    with pytest.raises(InvalidInput):
        keyed_card_hash(KEY, Uid(bytes.fromhex("08A1B2C3")))
