"""The hand-over sheets: what is still out, one vendor a page, with the pictures of its issues."""

from datetime import date
from pathlib import Path

from app.domain.words import Language
from app.papers.vendor_sheet import HandOver, VendorCase, by_vendor, write_vendor_sheets
from app.services.attachments import AttachmentService
from app.services.context import EventContext
from app.services.followups import FollowupService
from app.services.followups_views import PENDING, FollowupLine

MOST_PICTURES = 2
"""Pictures of a case that are printed; the others stay with the visit."""


def write_hand_over(
    context: EventContext, out: Path, *, vendor: str = "", language: Language = "zh"
) -> int:
    """Write the sheets of one vendor, or of all, as PDF; return how many cases they hold."""
    lines = FollowupService(context).list_followups(tuple(PENDING), vendor=vendor)
    pictures = AttachmentService(context)
    cases = [(line.followup.vendor, _case(context, line, pictures, language)) for line in lines]
    write_vendor_sheets(
        out,
        HandOver(
            event_title=context.plan.title,
            organiser=context.plan.organiser,
            as_of_on=context.now().date(),
            sheets=by_vendor(cases),
            language=language,
        ),
    )
    return len(cases)


def _case(
    context: EventContext, line: FollowupLine, pictures: AttachmentService, language: Language
) -> VendorCase:
    followup = line.followup
    return VendorCase(
        ticket=line.ticket,
        unit=line.unit_text,
        topic=_topic_title(context, line.topic, language),
        symptom=line.symptom,
        steps=line.steps,
        note=followup.note,
        contact=followup.contact,
        owner=line.owner_name,
        reference=followup.reference,
        opened_on=_day(context, followup.opened_ms),
        due_on=followup.due_on,
        state=followup.state.value,
        answer=followup.answer,
        pictures=tuple(
            pictures.image(item.id)
            for item in pictures.list_attachments(followup.visit)
            if item.issue_id in ("", followup.issue)
        )[:MOST_PICTURES],
    )


def _day(context: EventContext, at_ms: int) -> date:
    return context.local(at_ms).date()


def _topic_title(context: EventContext, code: str, language: Language) -> str:
    titles = {group.code: (group.title, group.title_en) for group in context.plan.topics}
    for group in context.plan.topics:
        titles |= {topic.code: (topic.title, topic.title_en) for topic in group.subtopics}
    title, title_en = titles.get(code, (code, code))
    return title if language == "zh" else title_en or title
