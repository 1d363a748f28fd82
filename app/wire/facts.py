"""Between stored rows and messages."""

from collections.abc import Sequence
from typing import Any

from app.domain.exchange import Batch, Run, RunResult, SignedHead, StoredRow, Tip
from app.wire.messages import FactMessage, HeadMessage, RunAnswer, RunMessage, TipMessage

_PLACES = {
    name: place
    for place, name in enumerate(
        ("id", "event_id", "device", "incarnation", "seq", "kind", "subject", "actor", "body",
         "private", "salt", "private_hash", "at", "tz", "mono", "boot", "offset_ms",
         "offset_quality", "hlc", "prev_hash", "hash")
    )
}  # fmt: skip
_SENT = tuple(FactMessage.model_fields)


def fact_object(row: StoredRow) -> dict[str, Any]:
    """Return what is sent of one stored row; it came from our own table and is not checked."""
    return {name: row[_PLACES[name]] for name in _SENT}


def stored_row(fact: FactMessage, event_id: str, head: HeadMessage) -> tuple[Any, ...]:
    """Return the row to store of a fact that arrived."""
    return (
        fact.id, event_id, head.device, head.incarnation, fact.seq, fact.kind, fact.subject,
        fact.actor, fact.body, fact.private, fact.salt, fact.private_hash, fact.at, fact.tz,
        fact.mono, fact.boot, fact.offset_ms, fact.offset_quality, fact.hlc, fact.prev_hash,
        fact.hash,
    )  # fmt: skip


def run_object(run: Run) -> dict[str, Any]:
    """Return what is sent of a run."""
    head = run.head
    return {
        "head": {
            "device": head.device,
            "incarnation": head.incarnation,
            "seq": head.seq,
            "hash": head.hash,
            "public_key": head.public_key,
            "signature": head.signature,
        },
        "facts": [fact_object(row) for row in run.rows],
    }


def run_of(message: RunMessage, event_id: str) -> Run:
    """Return the run of a message."""
    head = message.head
    rows = [stored_row(fact, event_id, head) for fact in message.facts]
    return Run(rows, SignedHead(**head.model_dump()))


def runs_of(messages: Sequence[RunMessage], event_id: str) -> list[Run]:
    """Return the runs of messages."""
    return [run_of(message, event_id) for message in messages]


def batch_of(messages: Sequence[RunMessage], event_id: str, *, has_more: bool) -> Batch:
    """Return the batch of an answer to a pull."""
    return Batch(runs_of(messages, event_id), has_more)


def tip_of(message: TipMessage) -> Tip:
    """Return the tip of a message."""
    return Tip(message.device, message.incarnation, message.seq, message.hash)


def tip_message(tip: Tip) -> TipMessage:
    """Return the message of a tip."""
    return TipMessage(device=tip.device, incarnation=tip.incarnation, seq=tip.seq, hash=tip.hash)


def result_of(answer: RunAnswer) -> RunResult:
    """Return the result of an answer."""
    return RunResult(
        answer.device, answer.incarnation, answer.fate, answer.stored, answer.have, answer.why
    )


def run_answer(result: RunResult) -> RunAnswer:
    """Return the answer that tells a result."""
    return RunAnswer(
        device=result.device,
        incarnation=result.incarnation,
        fate=result.fate,
        stored=result.stored,
        have=result.have,
        why=result.why,
    )
