"""`conflicts`: what stations do not agree on, and deciding it."""

from datetime import datetime
from typing import Annotated, Any

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    bad_option,
    language,
    open_current,
    plain,
    print_json,
    print_rows,
)
from app.domain.conflict_words import EXPLANATIONS, TITLES
from app.domain.conflicts import Choice, Option
from app.domain.facts import FactId, PersonId
from app.domain.words import Words
from app.services.context import EventContext

conflicts_app = typer.Typer(
    help="Scans of several stations that do not agree.",
    invoke_without_command=True,
    no_args_is_help=False,
)
PersonOption = Annotated[str, typer.Option("--person", help="Person id.")]
ConflictOption = Annotated[str, typer.Option("--conflict", help="Conflict id.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]


@conflicts_app.callback()
def conflicts(
    context: typer.Context,
    *,
    session: Annotated[str | None, typer.Option("--session", help="Only this session.")] = None,
    decided: Annotated[bool, typer.Option("--decided", help="Those decided on too.")] = False,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what stations do not agree on, with both sides' evidence."""
    if context.invoked_subcommand is not None:
        if session or decided or profile or event or as_json:
            # Without this `resolve` would quietly work on another profile.
            raise typer.BadParameter(f"Options go after {context.invoked_subcommand}.")
        return
    from app.services.conflicts import ConflictService

    with open_current(profile, event) as desk:
        found = ConflictService(desk.context).review(session, decided=decided)
        told = _Told(desk.context, dict(found.devices), dict(found.staff))
        cards = [told.card_json(card) for card in found.cards]
        claims = [told.claim_json(claim) for claim in found.claims]
    if as_json:
        print_json(
            {"session": session, "open": found.open_count, "conflicts": cards, "claims": claims}
        )
        return
    print_rows(
        [
            (
                card["conflict"],
                card["person"],
                card["name"],
                card["session"],
                TITLES[item.conflict.kind].in_language(language()),
                " / ".join(f"{scan['station']} {scan['at'][11:19]}" for scan in card["scans"]),
                card["suggestion"]["choice"],
                (card["resolution"] or {}).get("choice"),
            )
            for item, card in zip(found.cards, cards, strict=True)
        ]
        + [
            (claim["visit"], "", claim["unit"], claim["session"], claim["ticket"], claim["kind"])
            for claim in claims
        ]
    )


class _Told:
    """Conflicts in the contract's shape: moments in the venue's zone, devices by name."""

    def __init__(
        self, context: EventContext, devices: dict[str, str], staff: dict[str, str]
    ) -> None:
        self._context = context
        self._devices = devices
        self._staff = staff

    def _iso(self, at_ms: int) -> str:
        moment: datetime = self._context.local(at_ms)
        return moment.isoformat()

    def card_json(self, card: Any) -> dict[str, Any]:
        """Return one conflict."""
        conflict, decided = card.conflict, card.resolution
        return {
            "conflict": conflict.id,
            "kind": conflict.kind.value,
            "session": conflict.session,
            "other_session": conflict.other_session or None,
            "person": card.person.id,
            "name": card.person.name,
            "unit": card.person.unit,
            "scans": [self._scan(scan) for scan in conflict.scans],
            "cause": self._cause(conflict.cause) if conflict.cause else None,
            "explanation": EXPLANATIONS[conflict.kind].in_language(language()),
            "suggestion": _option(conflict.suggestion),
            "options": [_option(option) for option in conflict.options],
            "resolution": None
            if decided is None
            else {
                "choice": decided.choice,
                "scans": list(decided.scans),
                "reason": decided.reason,
                "actor": decided.actor,
                "at": self._iso(decided.at_ms),
            },
        }

    def _scan(self, scan: Any) -> dict[str, Any]:
        return {
            "scan": scan.fact_id,
            "session": scan.session,
            "station": scan.station,
            "device": scan.device,
            "device_label": self._devices.get(scan.device),
            "at": self._iso(scan.at_ms),
            "clock": scan.offset_quality,
            "direction": scan.direction.value,
            "verdict": scan.verdict.value,
            "reconciled": scan.reconciled.value,
            "counts": scan.counts,
            "actor": scan.actor,
        }

    def _cause(self, cause: Any) -> dict[str, Any]:
        return {
            "fact": cause.fact_id,
            "kind": cause.kind.value,
            "device": cause.device,
            "device_label": self._devices.get(cause.device),
            "at": self._iso(cause.at_ms),
            "actor": cause.actor,
        }

    def claim_json(self, claim: Any) -> dict[str, Any]:
        """Return one visit that two consultants took."""
        return {
            "kind": "two_consultants",
            "visit": claim.visit,
            "session": claim.session,
            "ticket": claim.ticket,
            "unit": claim.unit,
            "claims": [
                {
                    "consultant": self._staff.get(item.staff, item.staff),
                    "desk": item.desk,
                    "state": item.state.value,
                    "since": self._iso(item.since_ms),
                }
                for item in claim.claims
            ],
        }


def _option(option: Option) -> dict[str, Any]:
    return {
        "choice": option.choice.value,
        "scans": list(option.scans),
        "minutes": [
            {"session": item.session, "before": item.before, "after": item.after}
            for item in option.changes
        ],
    }


@conflicts_app.command("resolve")
def resolve(
    *,
    person: PersonOption,
    conflict: ConflictOption,
    choice: Annotated[str, typer.Option("--choice", help="keep, void, count or move.")],
    reason: ReasonOption,
    scan: Annotated[
        list[str] | None, typer.Option("--scan", help="Which scans to undo or count.")
    ] = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decide one conflict with a reason."""
    from app.services.conflicts import ConflictService

    if choice not in set(Choice):
        raise bad_option(
            "--choice",
            Words(zh="沒有這種裁定。", en="There is no such choice."),
            Words(zh="可用：keep、void、count、move。", en="Use keep, void, count or move."),
        )
    with open_current(profile, event) as desk:
        card = ConflictService(desk.context).resolve(
            PersonId(person),
            conflict,
            Choice(choice),
            plain(reason),
            scans=[FactId(each) for each in scan or ()],
        )
        told = _Told(desk.context, {}, {}).card_json(card)
    if as_json:
        print_json(told)
        return
    typer.echo(choice)


@conflicts_app.command("undo")
def undo(
    *,
    person: PersonOption,
    conflict: ConflictOption,
    reason: ReasonOption,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a decision back with all it brought."""
    from app.services.conflicts import ConflictService

    with open_current(profile, event) as desk:
        card = ConflictService(desk.context).undo(PersonId(person), conflict, plain(reason))
        told = _Told(desk.context, {}, {}).card_json(card)
    if as_json:
        print_json(told)
