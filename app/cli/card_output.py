"""A card check as JSON and as lines."""

from typing import Any

import typer

from app.cli.output import language, say
from app.domain.errors import NO_REMEDY
from app.services.card_checks import CardCheck, CheckedCard
from app.services.card_findings import Finding


def as_document(check: CardCheck) -> dict[str, Any]:
    """Return the check as JSON."""
    return {
        **_finding(check.finding),
        "service": check.has_service,
        "readers": list(check.readers),
        "cards": [_card(card) for card in check.cards],
    }


def _card(card: CheckedCard) -> dict[str, Any]:
    """Return one card as JSON; `identity` only if it was asked for and found."""
    document: dict[str, Any] = {
        "reader": card.reader,
        "kind": card.kind,
        **_finding(card.finding),
        "number": card.number_masked,
        "may_bind": card.may_bind,
        "certificates": [
            {
                "kind": certificate.kind,
                "expires_on": certificate.expires_on.isoformat(),
                "days_left": certificate.days_left,
                "tone": certificate.finding.tone,
            }
            for certificate in card.certificates
        ],
    }
    if card.identity is not None:
        document["identity"] = {
            "name": card.identity.name,
            "id_number": card.identity.id_number,
        }
    return document


def _finding(finding: Finding) -> dict[str, str]:
    """Return a finding's parts in the language of messages."""
    return {
        "tone": finding.tone,
        "message": finding.message.in_language(language()),
        "remedy": finding.remedy.in_language(language()),
    }


def print_check(check: CardCheck) -> None:
    """Print readers and cards as lines; when no card could be looked at, say why instead."""
    for name in check.readers:
        found = [card for card in check.cards if card.reader == name]
        typer.echo("\t".join([name, *(part for card in found for part in _cells(card))]))
    if not check.cards:
        _tell(check.finding)
    for card in check.cards:
        _tell(card.finding)


def _cells(card: CheckedCard) -> list[str]:
    """Return what a card's line holds."""
    days = [certificate.expires_on.isoformat() for certificate in card.certificates]
    identity = [card.identity.name, card.identity.id_number] if card.identity else []
    kind = card.kind_words.in_language(language())
    return [kind, card.number_masked, " ".join(days), *identity]


def _tell(finding: Finding) -> None:
    """Say a finding and its remedy."""
    say(finding.message)
    if finding.remedy != NO_REMEDY:
        say(finding.remedy)
