"""Every fact about a person in plain sentences, oldest first."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.clock import uuid7_ms
from app.domain.facts import Fact, FactId, FactKind
from app.domain.fold import PERSON_FIELDS, corrected_ms, in_order
from app.domain.person_changes import FIELD_WORDS, shown_value
from app.domain.text import mask_code
from app.domain.verdict import Verdict
from app.domain.verdict_words import HEADLINES
from app.domain.words import Words

ORIGINS = {
    "imported": Words("名冊匯入", "from a roster"),
    "walk_in": Words("現場報名", "walk-in"),
    "portable": Words("憑攜帶式名牌", "by a portable badge"),
    "added": Words("補登", "added by hand"),
    "moved": Words("更換場次", "moved"),
}
_OTHER = Words("其他紀錄", "Another record")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One fact about a person, as somebody reads it."""

    fact_id: FactId
    at: datetime
    """When it happened, in the venue's zone."""
    recorded_at: datetime
    kind: FactKind
    text: Words
    actor: str
    device: str
    """The first characters of the device's id."""
    reason: str
    details: tuple[tuple[Words, str], ...] = ()
    """Field → "old → new"; ID numbers by their last three."""


def tell_history(
    facts: Iterable[Fact], local: Callable[[int], datetime]
) -> tuple[HistoryLine, ...]:
    """Return a person's facts in order; `local` turns UTC ms into the venue's time."""
    known: dict[str, dict[str, str]] = defaultdict(lambda: dict.fromkeys(PERSON_FIELDS, ""))
    return tuple(_line(fact, local, known[fact.subject]) for fact in in_order(facts))


def _line(fact: Fact, local: Callable[[int], datetime], known: dict[str, str]) -> HistoryLine:
    private = fact.private or {}
    return HistoryLine(
        fact_id=fact.id,
        at=local(corrected_ms(fact)),
        recorded_at=local(uuid7_ms(fact.id)),
        kind=fact.kind,
        text=_text(fact),
        actor=fact.actor,
        device=fact.device[:8],
        reason=str(private.get("reason", "")),
        details=_details(fact, known),
    )


def _details(fact: Fact, known: dict[str, str]) -> tuple[tuple[Words, str], ...]:
    """Return which fields a fact changed; `known` is brought up to date."""
    if fact.kind not in (FactKind.REGISTRATION_ADDED, FactKind.REGISTRATION_AMENDED):
        return ()
    told: list[tuple[Words, str]] = []
    for name, words in FIELD_WORDS.items():
        after = (fact.private or {}).get(name)
        if after is None or after == known[name]:
            continue
        new = shown_value(name, after)
        old = shown_value(name, known[name])
        told.append((words, f"{old} → {new}" if known[name] else new))
        known[name] = after
    return tuple(told)


def _text(fact: Fact) -> Words:
    say = _SENTENCES.get(fact.kind)
    return say(fact) if say is not None else _OTHER


def _registered(fact: Fact) -> Words:
    session = str(fact.body["session"]).upper()
    origin = ORIGINS.get(fact.body["origin"], _OTHER)
    return Words(f"報名 {session}（{origin.zh}）", f"Registered for {session} ({origin.en})")


def _amended(fact: Fact) -> Words:
    if "import" in fact.body:
        return Words("名冊更新了資料", "A roster changed the data")
    return Words("修改資料", "Data changed")


def _cancelled(fact: Fact) -> Words:
    session = str(fact.body["session"]).upper()
    if "moved_to" in fact.body:
        to = str(fact.body["moved_to"]).upper()
        return Words(f"從 {session} 換到 {to}", f"Moved from {session} to {to}")
    if fact.body.get("cause") == "gone_from_roster":
        return Words(f"{session} 的新名冊上沒有了", f"Gone from the roster of {session}")
    return Words(f"取消報名 {session}", f"Registration for {session} cancelled")


def _code_words(code: str) -> Words:
    if code.startswith("card:"):
        return Words("卡片", "card")
    return Words(f"名牌 {mask_code(code)}", f"badge {mask_code(code)}")


def _issued(fact: Fact) -> Words:
    code = _code_words(fact.body["code"])
    return Words(f"發給{code.zh}", f"Given a {code.en}")


def _revoked(fact: Fact) -> Words:
    code = _code_words(fact.body["code"])
    return Words(f"{code.zh} 作廢", f"Revoked: {code.en}")


def _printed(fact: Fact) -> Words:
    code = _code_words(fact.body["code"])
    return Words(f"列印{code.zh}", f"Printed: {code.en}")


def _scanned(fact: Fact) -> Words:
    body = fact.body
    headline = HEADLINES[Verdict(body["verdict"])]
    where = f"{body['station']}・{str(body['session']).upper()}"
    return Words(f"{where}：{headline.zh}", f"{where}: {headline.en}")


def _credit(fact: Fact) -> Words:
    hours, course = fact.body["hours"], fact.body["course"]
    if fact.body["granted"]:
        return Words(f"核給時數 {hours}（{course}）", f"{hours} hours granted ({course})")
    return Words(f"不核給時數（{course}）", f"No hours granted ({course})")


_SENTENCES: dict[FactKind, Callable[[Fact], Words]] = {
    FactKind.REGISTRATION_ADDED: _registered,
    FactKind.REGISTRATION_AMENDED: _amended,
    FactKind.REGISTRATION_CANCELLED: _cancelled,
    FactKind.BADGE_ISSUED: _issued,
    FactKind.BADGE_REVOKED: _revoked,
    FactKind.BADGE_PRINTED: _printed,
    FactKind.SCAN_RECORDED: _scanned,
    FactKind.SCAN_VOIDED: lambda _fact: Words("撤銷一筆掃描", "A scan undone"),
    FactKind.SCAN_ADMITTED: lambda _fact: Words("補放行一筆掃描", "A scan admitted"),
    FactKind.CONFLICT_RESOLVED: lambda _fact: Words("處理了不一致", "A conflict decided"),
    FactKind.CREDIT_DECIDED: _credit,
    FactKind.PERSON_MERGED: lambda _fact: Words("合併兩筆資料", "Two records merged"),
    FactKind.PERSON_SEPARATED: lambda _fact: Words("取消合併", "Merge taken back"),
}
