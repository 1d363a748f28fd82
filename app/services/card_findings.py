"""What a card check found, in words: how good it is, what it means, what to do next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from app.domain.dates import roc_date
from app.domain.errors import NO_REMEDY
from app.domain.words import Words
from app.readers.card_faults import CardFault
from app.readers.cards.certificates import KIND_WORDS, CertificateFacts, CertificateKind
from app.readers.cards.reading import CardKind, CardReading

WARN_DAYS = 30
TAIWAN = timezone(timedelta(hours=8))
"""The day a certificate ends is a day in Taiwan, wherever the machine thinks it is."""


class CheckTone(StrEnum):
    """How good a finding is, from good to bad."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


_ORDER = tuple(CheckTone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence about a card or the readers, and what to do next."""

    tone: CheckTone
    message: Words
    remedy: Words = NO_REMEDY


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCertificate:
    """One certificate of a card: what it is, its last day, how good that is."""

    kind: CertificateKind
    kind_words: Words
    expires_on: date
    days_left: int
    """Whole days until the last one; negative when it is over."""
    finding: Finding


CARD_WORDS = {
    CardKind.CERTIFICATE: Words(zh="憑證卡", en="certificate card"),
    CardKind.NHI: Words(zh="健保卡", en="NHI card"),
    CardKind.CONTACTLESS: Words(zh="感應卡", en="contactless card"),
    CardKind.UNKNOWN: Words(zh="不認得的卡片", en="a card we do not know"),
}
_RENEWAL = {
    CertificateKind.CITIZEN: Words(
        zh="請到內政部憑證管理中心網站查詢能否線上展期，不行就到戶政事務所申辦。",
        en="See at the MOICA web site whether it can be renewed online; if not, go to a household "
        "registration office.",
    ),
    CertificateKind.ORGANIZATION: Words(
        zh="請學校的憑證保管人向組織及團體憑證管理中心申請展期或換發。",
        en="Have the school's keeper of the card ask XCA for a renewal.",
    ),
}
_RENEWAL_ELSEWHERE = Words(zh="請向發卡單位申請展期或換發。", en="Ask its issuer for a renewal.")
_OTHER_WAY = Words(
    zh="今天請改用綁定 OTP 的手機登入。",
    en="For today, sign in with a phone bound to OTP.",
)
_NOT_FOR_SIGN_IN = {
    CardKind.NHI: Words(
        zh="讀卡機正常，但這是健保卡，不能用來登入。",
        en="The reader works, but this is an NHI card; it cannot be used to sign in.",
    ),
    CardKind.CONTACTLESS: Words(
        zh="讀卡機正常，但這是感應卡，不能用來登入。",
        en="The reader works, but this is a contactless card; it cannot be used to sign in.",
    ),
    CardKind.UNKNOWN: Words(
        zh="讀卡機讀得到卡片，但不認得這種卡。",
        en="The reader reads the card, but it is of a kind we do not know.",
    ),
}
_BRING_CERTIFICATE = Words(
    zh="請改插自然人憑證或 XCA 卡；沒有的話用綁定 OTP 的手機。",
    en="Put in a citizen certificate or an XCA card, or use a phone bound to OTP.",
)


def worse(one: Finding, other: Finding) -> Finding:
    """Return the worse of two findings, the first when they are alike."""
    return other if _ORDER.index(other.tone) > _ORDER.index(one.tone) else one


def finding_of_fault(fault: CardFault) -> Finding:
    """Return what an ordinary failure means."""
    return Finding(tone=CheckTone.BAD, message=fault.message, remedy=fault.remedy)


def find_about(reading: CardReading, certificates: tuple[CheckedCertificate, ...]) -> Finding:
    """Return the sentence about a card that was read: its worst certificate's, or why none."""
    if reading.kind is not CardKind.CERTIFICATE:
        return Finding(
            tone=CheckTone.WARN,
            message=_NOT_FOR_SIGN_IN[reading.kind],
            remedy=_BRING_CERTIFICATE,
        )
    if not certificates:
        return Finding(
            tone=CheckTone.BAD,
            message=Words(
                zh="讀得到卡號，但卡上找不到憑證。",
                en="The card tells its number, but no certificate was found on it.",
            ),
            remedy=_RENEWAL_ELSEWHERE,
        )
    worst = certificates[0].finding
    for certificate in certificates[1:]:
        worst = worse(worst, certificate.finding)
    return worst


def check_certificate(facts: CertificateFacts, now: datetime) -> CheckedCertificate:
    """Judge one certificate at a moment."""
    expires_on = facts.ends_at.astimezone(TAIWAN).date()
    days_left = (expires_on - now.astimezone(TAIWAN).date()).days
    return CheckedCertificate(
        kind=facts.kind,
        kind_words=KIND_WORDS[facts.kind],
        expires_on=expires_on,
        days_left=days_left,
        finding=_find_expiry(facts, now, expires_on, days_left),
    )


def _find_expiry(
    facts: CertificateFacts, now: datetime, expires_on: date, days_left: int
) -> Finding:
    """Return whether a certificate holds: not yet, no longer, not much longer, or well."""
    name, day = KIND_WORDS[facts.kind], roc_date(expires_on, weekday=False)
    renewal = _RENEWAL.get(facts.kind, _RENEWAL_ELSEWHERE)
    if now < facts.starts_at:
        return _not_valid_yet(name)
    if now > facts.ends_at:
        message = Words(
            zh=f"{name.zh}已在 {day} 到期。", en=f"The {name.en} expired on {expires_on}."
        )
        remedy = Words(zh=renewal.zh + _OTHER_WAY.zh, en=f"{renewal.en} {_OTHER_WAY.en}")
        return Finding(tone=CheckTone.BAD, message=message, remedy=remedy)
    if days_left <= WARN_DAYS:
        message = Words(
            zh=f"{name.zh}可用，但再 {days_left} 天（{day}）就到期。",
            en=f"The {name.en} works, but expires in {days_left} days ({expires_on}).",
        )
        return Finding(tone=CheckTone.WARN, message=message, remedy=renewal)
    message = Words(
        zh=f"讀卡機與{name.zh}都正常，有效至 {day}。",
        en=f"The reader and the {name.en} work; valid until {expires_on}.",
    )
    return Finding(tone=CheckTone.OK, message=message)


def _not_valid_yet(name: Words) -> Finding:
    """Return what to say of a certificate that begins later: mostly the clock is wrong."""
    return Finding(
        tone=CheckTone.BAD,
        message=Words(zh=f"{name.zh}尚未生效。", en=f"The {name.en} is not valid yet."),
        remedy=Words(
            zh="請先看這台電腦的日期對不對；日期正確的話，請向發卡單位確認開卡與生效日。",
            en="Look at this machine's date first; if it is right, ask the issuer when it begins.",
        ),
    )
