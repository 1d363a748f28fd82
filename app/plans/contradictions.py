"""What contradicts itself inside a plan. Nothing here stops a plan; a person decides.

Kinds: `label_minutes`, `hours`, `no_break`, `help_day_no_break`, `open_end`, `agenda_overlap`,
`agenda_gap`, `agenda_cover`, `sign_in_after_start`, `venue_overlap`, `weekday`, `school_total`,
`known_schools`, `township_repeated`, `township_spelling`, `batch_unknown`.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, combinations

from app.domain.plan import Batch, EventSession, Plan, PlanWarning
from app.domain.words import Words
from app.plans.agenda import course_warnings, session_warnings
from app.plans.written import WEEKDAYS_EN, WEEKDAYS_ZH, find_weekday


def list_contradictions(
    plan: Plan, *, known_schools: Mapping[str, int] | None = None
) -> tuple[PlanWarning, ...]:
    """Return a plan's contradictions: courses first, then sessions, regions and batches.

    `known_schools`: how many schools are known in each region, by its name (from the unit list).
    """
    return tuple(
        chain(
            course_warnings(plan),
            session_warnings(plan),
            _wrong_weekdays(plan),
            _crowded_venues(plan),
            _regions_without_batch(plan),
            _repeated_townships(plan),
            _spellings(plan),
            _school_totals(plan),
            _known_schools(plan, known_schools or {}),
        )
    )


def _wrong_weekdays(plan: Plan) -> Iterator[PlanWarning]:
    for session in plan.sessions:
        written, real = find_weekday(session.weekday), session.held_on.isoweekday()
        if written is not None and written != real:
            zh, en = WEEKDAYS_ZH[written - 1], WEEKDAYS_EN[written - 1]
            words = Words(
                zh=f"{session.held_on} 是星期{WEEKDAYS_ZH[real - 1]}，計畫寫的是星期{zh}",
                en=f"{session.held_on} is a {WEEKDAYS_EN[real - 1]}, the plan says {en}",
            )
            yield PlanWarning(kind="weekday", where=f"sessions.{session.code}", message=words)


def _crowded_venues(plan: Plan) -> Iterator[PlanWarning]:
    for one, other in combinations(plan.sessions, 2):
        if _meet(one, other):
            words = Words(
                zh=f"{one.code} 與 {other.code} 同一天在同一會場，時間重疊",
                en=f"{one.code} and {other.code} overlap at the same venue on the same day",
            )
            where = f"sessions.{other.code}"
            yield PlanWarning(kind="venue_overlap", where=where, message=words)


def _meet(one: EventSession, other: EventSession) -> bool:
    same_place = (one.held_on, one.venue) == (other.held_on, other.venue)
    return same_place and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _regions_without_batch(plan: Plan) -> Iterator[PlanWarning]:
    known = {batch.code for batch in plan.batches}
    for region in plan.regions:
        if region.batch not in known:
            words = Words(
                zh=f"{region.name}屬於梯次 {region.batch}，但計畫沒有這個梯次",
                en=f"{region.name} belongs to batch {region.batch}, which the plan does not have",
            )
            yield PlanWarning(kind="batch_unknown", where=f"regions.{region.name}", message=words)


def _repeated_townships(plan: Plan) -> Iterator[PlanWarning]:
    """Two spellings of one township count as the same township."""
    official = dict(plan.official_names)
    seen: dict[str, str] = {}
    for region in plan.regions:
        for township in region.townships:
            name = official.get(township, township)
            first = seen.get(name)
            seen.setdefault(name, region.name)
            if first is None:
                continue
            words = Words(
                zh=f"{township}列在{first}，又列在{region.name}",
                en=f"{township} is listed in {first} and again in {region.name}",
            )
            where = f"regions.{region.name}"
            yield PlanWarning(kind="township_repeated", where=where, message=words)


def _spellings(plan: Plan) -> Iterator[PlanWarning]:
    official = dict(plan.official_names)
    for region in plan.regions:
        for township in region.townships:
            name = official.get(township, township)
            if name != township:
                words = Words(
                    zh=f"「{township}」的正式名稱是「{name}」，兩種寫法視為同一地",
                    en=f"{township} is officially {name}; both spellings are taken as one place",
                )
                yield PlanWarning(
                    kind="township_spelling",
                    where=f"regions.{region.name}",
                    message=words,
                    severity="notice",
                )


def _school_totals(plan: Plan) -> Iterator[PlanWarning]:
    for batch in plan.batches:
        counts = [each.school_count for each in plan.regions if each.batch == batch.code]
        yield from _total(batch.school_count, counts, f"batches.{batch.code}", batch)
    batch_counts = [batch.school_count for batch in plan.batches]
    if not batch_counts or None in batch_counts:
        batch_counts = [region.school_count for region in plan.regions]
    yield from _total(plan.school_count, batch_counts, "school_count", None)


def _total(
    stated: int | None, counts: list[int | None], where: str, batch: Batch | None
) -> Iterator[PlanWarning]:
    """Compare a stated total with its parts, if there are parts and all of them are stated."""
    known = [count for count in counts if count is not None]
    if stated is None or not counts or len(known) < len(counts) or sum(known) == stated:
        return
    sum_text = " + ".join(str(count) for count in known)
    whole_zh, whole_en = (batch.title, batch.title) if batch else ("全部", "The whole event")
    words = Words(
        zh=f"{whole_zh}寫 {stated} 校，各部分相加是 {sum_text} = {sum(known)}",
        en=f"{whole_en} has {stated} schools by the plan; its parts give {sum_text} = {sum(known)}",
    )
    yield PlanWarning(kind="school_total", where=where, message=words)


def _known_schools(plan: Plan, known: Mapping[str, int]) -> Iterator[PlanWarning]:
    for region in plan.regions:
        found = known.get(region.name)
        if found is None or region.school_count in (None, found):
            continue
        words = Words(
            zh=f"{region.name}寫 {region.school_count} 校，單位名單有 {found} 校"
            "（名單可能沒有分校）",
            en=f"{region.name} has {region.school_count} schools by the plan and {found} in the"
            " unit list (which may lack branch schools)",
        )
        where = f"regions.{region.name}"
        yield PlanWarning(kind="known_schools", where=where, message=words, severity="notice")
