"""What a card check says about readiness; pure."""

from app.domain.visits import ReadinessItem, Ready
from app.readers.cards.certificates import CertificateKind
from app.services.card_checks import CardCheck, CheckedCard
from app.services.card_findings import CheckTone

_ITEMS = {
    CertificateKind.CITIZEN: ReadinessItem.CARD,
    CertificateKind.ORGANIZATION: ReadinessItem.XCA,
}


def readiness_of(check: CardCheck) -> dict[ReadinessItem, Ready]:
    """Return what is known now: a card that answered proves its reader; an expired one is none."""
    read = [card for card in check.cards if card.kind is not None]
    found = {ReadinessItem.READER: Ready.OK} if read else {}
    for card in read:
        found |= _of_card(card)
    return found


def _of_card(card: CheckedCard) -> dict[ReadinessItem, Ready]:
    works = card.finding.tone is not CheckTone.BAD
    return {
        _ITEMS[one.kind]: Ready.OK if works else Ready.MISSING
        for one in card.certificates
        if one.kind in _ITEMS
    }
