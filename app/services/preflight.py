"""The look at a desk before the doors open: ten things, each with a light and a remedy."""

import json
import socket
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from app.domain.badge import read_code
from app.domain.clock import ms_of
from app.domain.plan import EventSession, SessionKind
from app.domain.preflight import Finding, Light
from app.domain.verdict import ReadingKind
from app.domain.words import Words
from app.papers.green_sheet import GreenSheet, write_green_sheet
from app.services import preflight_wording as wording
from app.services.care import list_own_backups
from app.services.context import EventContext
from app.services.disk_care import LOW_BYTES, free_bytes
from app.services.hub_link import find_hub_link
from app.services.power import read_power
from app.services.profile import Profile
from app.services.recovery_key import recovery_state
from app.services.rehearsals import leaving_file
from db.queries import badges as badge_queries
from db.queries import desk

PLENTY_BYTES = 5 * LOW_BYTES
OLD_ROSTER = timedelta(days=14)
OLD_BACKUP_HOURS = 24.0
LOW_BATTERY, LEAST_BATTERY = 50, 20
FAR_OFF_SECONDS = 60.0
HUB_WAIT_SECONDS = 2.0
BY_HAND = frozenset({"search", "command", "paper", "walk_in", "rehearsal", "sample"})
"""Readers in records that are no reader of things."""


class PreflightService:
    """Looks at this laptop and the open event; changes nothing."""

    def __init__(self, context: EventContext) -> None:
        self._context = context
        self._profile = Profile(context.database.path.parents[1])

    def look(self, session: str, *, tried: str | None = None) -> tuple[Finding, ...]:
        """Return the findings for a session. Raises NotFound.

        `tried`: what a reader just read for a try; kept nowhere.
        """
        held = self._context.get_session(session)
        return (
            self._clock(held),
            self._disk(),
            self._power(),
            self._key(),
            self._passphrase(),
            self._roster(held),
            self._badges(session),
            self._reader(tried),
            self._hub(),
            self._backup(),
        )

    def write_sheet(self, session: str, findings: tuple[Finding, ...], out: Path) -> Path:
        """Write the sheet to sign as PDF; return where it went. Raises NotAllowed."""
        held = self._context.get_session(session)
        plan = self._context.plan
        out = leaving_file(self._context, out)
        sheet = GreenSheet(
            event_title=plan.title,
            session_title=held.title,
            held_on=held.held_on,
            organiser=plan.organiser,
            looked_at=self._context.now(),
            machine=socket.gethostname(),
            findings=findings,
        )
        write_green_sheet(out, sheet)
        return out

    def _clock(self, held: EventSession) -> Finding:
        now, clock = self._context.now(), self._context.clock
        when = f"{now:%Y-%m-%d %H:%M:%S}"
        offset_ms = clock.offset_ms()
        off = abs(offset_ms) / 1000 if offset_ms is not None else None
        light, told, remedy = Light.AMBER, wording.clock_shows(when, off), wording.COMPARE_CLOCK
        zone = now.utcoffset()
        if now.date() > held.held_on:
            light, told, remedy = Light.RED, wording.days_after(when), wording.SET_CLOCK
        elif zone is not None and clock.tz_minutes() != zone.total_seconds() / 60:
            told, remedy = wording.ZONE_WRONG, wording.SET_ZONE
        elif off is not None and off < FAR_OFF_SECONDS:
            return _finding("clock", Light.GREEN, told)
        elif off is not None:
            remedy = wording.SET_CLOCK
        return _finding("clock", light, told, remedy)

    def _disk(self) -> Finding:
        free = free_bytes(self._profile)
        told = wording.free_space(free / (1 << 30))
        if free >= PLENTY_BYTES:
            return _finding("disk", Light.GREEN, told)
        light = Light.RED if free < LOW_BYTES else Light.AMBER
        return _finding("disk", light, told, wording.FREE_SPACE)

    def _power(self) -> Finding:
        power = read_power()
        if power is None:
            return _finding("power", Light.AMBER, wording.NO_POWER_WORD, wording.LOOK_AT_PLUG)
        if power.percent is None:
            return _finding("power", Light.GREEN, wording.NO_BATTERY)
        told = wording.battery(power.percent, on_mains=power.on_mains)
        if power.on_mains:
            return _finding("power", Light.GREEN, told)
        light = Light.RED if power.percent < LEAST_BATTERY else Light.AMBER
        return _finding("power", light, told, wording.PLUG_IN)

    def _key(self) -> Finding:
        place = self._profile.key().place
        if place == "profile":
            return _finding("keyring", Light.AMBER, wording.KEY_BESIDE, wording.MIND_LAPTOP)
        words = wording.KEY_IN_KEYRING if place == "keyring" else wording.KEY_IN_FILE
        return _finding("keyring", Light.GREEN, words)

    def _passphrase(self) -> Finding:
        state = recovery_state(self._profile)
        if state.set_at is not None and not state.is_damaged:
            return _finding("passphrase", Light.GREEN, wording.PASSPHRASE_SET)
        return _finding("passphrase", Light.AMBER, wording.NO_PASSPHRASE, wording.SET_PASSPHRASE)

    def _roster(self, held: EventSession) -> Finding:
        with self._context.database.read() as connection:
            people = desk.counts(connection, held.code)[0]
            newest_ms = desk.newest_registration_ms(connection, held.code)
        if not people or newest_ms is None:
            if held.kind is SessionKind.HELPDESK:
                return _finding("roster", Light.GREEN, wording.NO_ROSTER_NEEDED)
            return _finding("roster", Light.RED, wording.NO_ROSTER, wording.IMPORT_ROSTER)
        newest = self._context.local(newest_ms)
        told = wording.roster_of(people, f"{newest:%Y-%m-%d}")
        if self._context.now() - newest > OLD_ROSTER:
            return _finding("roster", Light.AMBER, told, wording.IS_ROSTER_NEW)
        return _finding("roster", Light.GREEN, told)

    def _badges(self, session: str) -> Finding:
        with self._context.database.read() as connection:
            people = desk.counts(connection, session)[0]
            missing = len(badge_queries.list_without_badge(connection, session))
        told = wording.badges_of(people, missing)
        if missing:
            return _finding("badges", Light.AMBER, told, wording.MAKE_BADGES)
        return _finding("badges", Light.GREEN, told)

    def _reader(self, tried: str | None) -> Finding:
        if tried is not None:
            if read_code(tried, self._context.tag).kind is ReadingKind.OWN:
                return _finding("readers", Light.GREEN, wording.READER_WORKS)
            return _finding("readers", Light.AMBER, wording.READER_STRANGE, wording.TRY_ANOTHER)
        today = self._context.now().replace(hour=0, minute=0, second=0, microsecond=0)
        with self._context.database.read() as connection:
            bodies = connection.execute(
                "SELECT body FROM scan WHERE at_ms>=?", (ms_of(today),)
            ).fetchall()
        number = sum(json.loads(body).get("reader", "") not in BY_HAND for (body,) in bodies)
        if number:
            return _finding("readers", Light.GREEN, wording.read_today(number))
        return _finding("readers", Light.AMBER, wording.NO_READER, wording.TRY_READER)

    def _hub(self) -> Finding:
        with self._context.database.read() as connection:
            link = find_hub_link(connection)
        if link is None:
            return _finding("hub", Light.GREEN, wording.WORKS_ALONE)
        if _is_reached(link.url):
            return _finding("hub", Light.GREEN, wording.HUB_REACHED)
        return _finding("hub", Light.AMBER, wording.HUB_AWAY, wording.LOOK_AT_HUB)

    def _backup(self) -> Finding:
        made = list_own_backups(self._profile, self._context.event_id)
        if not made:
            return _finding("backup", Light.RED, wording.NO_BACKUP, wording.BACK_UP)
        # Files tell the machine's time, which a rehearsal's moved clock is not.
        hours = max(0.0, time.time() - made[-1].stat().st_mtime) / 3600
        told = wording.backup_age(hours)
        if hours > OLD_BACKUP_HOURS:
            return _finding("backup", Light.AMBER, told, wording.BACK_UP)
        return _finding("backup", Light.GREEN, told)


_TITLES = {
    "clock": wording.CLOCK,
    "disk": wording.DISK,
    "power": wording.POWER,
    "keyring": wording.KEYRING,
    "passphrase": wording.PASSPHRASE,
    "roster": wording.ROSTER,
    "badges": wording.BADGES,
    "readers": wording.READERS,
    "hub": wording.HUB,
    "backup": wording.BACKUP,
}


def _finding(code: str, light: Light, told: Words, remedy: Words | None = None) -> Finding:
    return Finding(code=code, title=_TITLES[code], light=light, told=told, remedy=remedy)


def _is_reached(url: str) -> bool:
    """Tell whether somebody listens there; says nothing to them."""
    parts = urlsplit(url)
    with suppress(OSError, ValueError):
        where = (parts.hostname or "", parts.port or 443)
        with socket.create_connection(where, timeout=HUB_WAIT_SECONDS):
            return True
    return False
