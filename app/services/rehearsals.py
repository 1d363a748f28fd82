"""Marks what leaves a rehearsal, so that nobody can take it for the real thing."""

from dataclasses import replace
from pathlib import Path

from app.services.context import EventContext

MARK = "演練"


def marked_context(context: EventContext) -> EventContext:
    """Return the context papers are written from: a rehearsal names itself in title and issuer."""
    if not context.rehearsal:
        return context
    plan = context.plan
    title, organiser = f"【{MARK}】{plan.title}", f"【{MARK}】{plan.organiser}"
    return replace(context, plan=replace(plan, title=title, organiser=organiser))


def marked_title(context: EventContext, title: str) -> str:
    """Return the title of a sheet; that of a rehearsal says so."""
    return f"{MARK} {title}" if context.rehearsal else title


def marked_file(context: EventContext, file: Path) -> Path:
    """Return where a file really goes; that of a rehearsal says so in its name."""
    if not context.rehearsal or file.name.startswith(MARK):
        return file
    return file.with_name(f"{MARK}-{file.name}")
