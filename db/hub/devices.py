"""Devices at a hub: how they come to take part, who admits and revokes them, what they are called.

Who is admitted and who is revoked is also told as facts of the hub's own chain, stored in the same
transaction, so that every station knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, text

from app.domain.clock import Clock
from app.domain.devices import DeviceRole, DeviceStatus, DeviceView, six_words
from app.domain.errors import HubRefused
from app.domain.facts import Draft, FactKind
from app.domain.words import Words
from db.hub.engine import HubDatabase
from db.hub.events import hold_event, name_event
from db.hub.identity import find_hub_key
from db.hub.invitations import Invitation, make_invitation, spend_invitation
from db.hub.store import HubStore
from resources import path

CONTACT_EVERY_MS = 10_000
_LETTERED = frozenset({DeviceRole.STATION, DeviceRole.ORGANIZER})
_COLUMNS = (
    "event_id, device, role, status, label, letter, words, public_key, seal_key, enrolled_ms,"
    " last_contact_ms"
)


class Applicant(Protocol):
    """What a device says of itself when it comes with a code."""

    @property
    def code(self) -> str: ...  # noqa: D102 - as in `app.wire.messages.EnrolRequest`
    @property
    def device(self) -> str: ...  # noqa: D102
    @property
    def public_key(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def event_id(self) -> str: ...  # noqa: D102
    @property
    def event_name(self) -> str: ...  # noqa: D102
    @property
    def seal_key(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class HubDevice:
    """One device of one event."""

    event_id: str
    device: str
    role: DeviceRole
    status: DeviceStatus
    label: str
    letter: str
    """Empty where it has none (yet)."""
    words: tuple[str, ...]
    public_key: str
    seal_key: str
    enrolled_ms: int
    last_contact_ms: int | None


class HubDevices:
    """Enrolment and rights on the hub's database; safe for several processes."""

    def __init__(self, database: HubDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def invite(self, event_id: str, role: DeviceRole, *, confirm: bool) -> Invitation:
        """Make a one-time code. An empty event: whatever event an organizer brings."""

        def work(connection: Connection) -> Invitation:
            key = find_hub_key(connection).public
            now = self._clock.wall_ms()
            return make_invitation(connection, key, event_id, role, now, confirm=confirm)

        return self._database.write(work)

    def enrol(self, applicant: Applicant) -> HubDevice:
        """Let a device with a good code take part, or wait for approval. Raises HubRefused.

        The same device asking again with the same code gets the same answer.
        """

        def work(connection: Connection) -> HubDevice:
            now = self._clock.wall_ms()
            spent = spend_invitation(connection, applicant.code, applicant.device, now)
            event_id = spent.event_id or applicant.event_id
            if not event_id:
                raise _refused("unknown_event", "這裡沒有活動。", "There is no event to join.")
            if applicant.event_id not in ("", event_id):
                raise _refused(
                    "event_here", "這個邀請碼是另一個活動的。", "This code is for another event."
                )
            hold_event(connection, event_id, now, alone=True)
            name_event(connection, event_id, name=applicant.event_name)
            known = _find(connection, event_id, applicant.device)
            if spent.is_again and known and known.public_key == applicant.public_key:
                return known
            if spent.is_again:
                raise _refused("code_used", "邀請碼已用過。", "This code was used already.")
            self._write_row(connection, event_id, applicant, spent.role)
            if not spent.confirm:
                self._admit(connection, event_id, applicant.device)
            return _get(connection, event_id, applicant.device)

        return self._database.write(work)

    def admit(
        self,
        event_id: str,
        *,
        device: str,
        public_key: str,
        role: DeviceRole,
        label: str = "",
    ) -> HubDevice:
        """Let a device of this machine's owner take part without a code; once is enough."""
        asked = _Own("", device, public_key, label, event_id, "", "")

        def work(connection: Connection) -> HubDevice:
            hold_event(connection, event_id, self._clock.wall_ms(), alone=True)
            known = _find(connection, event_id, device)
            is_same = known and (known.public_key, known.role) == (public_key, role)
            if known is None or not is_same or known.status is DeviceStatus.WAITING:
                self._write_row(connection, event_id, asked, role)
                self._admit(connection, event_id, device)
            return _get(connection, event_id, device)

        return self._database.write(work)

    def approve(self, event_id: str, device: str) -> HubDevice:
        """Admit a device that waits. Raises HubRefused."""

        def work(connection: Connection) -> HubDevice:
            hold_event(connection, event_id, self._clock.wall_ms(), alone=True)
            known = _get(connection, event_id, device)
            _require_not_revoked(known)
            if known.status is DeviceStatus.WAITING:
                self._admit(connection, event_id, device)
            return _get(connection, event_id, device)

        return self._database.write(work)

    def revoke(self, event_id: str, device: str, *, reason: str) -> HubDevice:
        """Keep a device from the event for good; what it recorded stays. Raises HubRefused."""

        def work(connection: Connection) -> HubDevice:
            now = self._clock.wall_ms()
            hold_event(connection, event_id, now, alone=True)
            known = _get(connection, event_id, device)
            if known.status is not DeviceStatus.REVOKED:
                _set(connection, known, "status='revoked', revoked_ms=:now", now=now)
                self._tell(connection, known, FactKind.DEVICE_REVOKED, {"reason": reason})
            return _get(connection, event_id, device)

        return self._database.write(work)

    def find_device(self, event_id: str, device: str) -> HubDevice | None:
        """Return one device, None where it is not enrolled."""
        with self._database.read() as connection:
            return _find(connection, event_id, device)

    def list_devices(self, event_id: str) -> list[DeviceView]:
        """Return everybody enrolled, in the order they came."""
        facts = HubStore(self._database, event_id, self._clock).count_by_device()
        with self._database.read() as connection:
            rows = connection.execute(
                text(
                    f"SELECT {_COLUMNS} FROM hub_device WHERE event_id=:event"  # noqa: S608 - constants
                    " ORDER BY enrolled_ms, device"
                ),
                {"event": event_id},
            )
            return [_view(_device(row), facts) for row in rows]

    def note_contact(self, event_id: str, device: str) -> None:
        """Remember that a device was here just now, at most every few seconds."""
        now = self._clock.wall_ms()
        self._database.write(
            lambda connection: connection.execute(
                text(
                    "UPDATE hub_device SET last_contact_ms=:now WHERE event_id=:event"
                    " AND device=:device"
                    " AND (last_contact_ms IS NULL OR last_contact_ms<:earlier)"
                ),
                {
                    "event": event_id,
                    "device": device,
                    "now": now,
                    "earlier": now - CONTACT_EVERY_MS,
                },
            )
        )

    def spend_nonce(self, nonce: str, expires_ms: int) -> bool:
        """Use a nonce up; False where somebody did before."""

        def work(connection: Connection) -> bool:
            connection.execute(
                text("DELETE FROM hub_nonce WHERE expires_ms<:now"),
                {"now": self._clock.wall_ms() - CONTACT_EVERY_MS},
            )
            done = connection.execute(
                text(
                    "INSERT INTO hub_nonce (nonce, expires_ms) VALUES (:nonce, :expires)"
                    " ON CONFLICT DO NOTHING"
                ),
                {"nonce": nonce, "expires": expires_ms},
            )
            return done.rowcount > 0

        return self._database.write(work)

    def _write_row(
        self, connection: Connection, event_id: str, asked: Applicant, role: DeviceRole
    ) -> None:
        """Note a device as waiting. A laptop that lost its file comes back with another key."""
        known = _find(connection, event_id, asked.device)
        if known is not None:
            _require_not_revoked(known)
        words = six_words(find_hub_key(connection).public, asked.public_key, _word_list())
        connection.execute(
            text(
                "INSERT INTO hub_device (event_id, device, role, status, label, letter, public_key,"
                " seal_key, words, enrolled_ms) VALUES (:event, :device, :role, 'waiting', :label,"
                " NULL, :key, :seal, :words, :now) ON CONFLICT (event_id, device) DO UPDATE SET"
                " role=excluded.role, status='waiting', label=excluded.label,"
                " public_key=excluded.public_key, seal_key=excluded.seal_key,"
                " words=excluded.words"
            ),
            {
                "event": event_id,
                "device": asked.device,
                "role": role.value,
                "label": asked.label,
                "key": asked.public_key,
                "seal": asked.seal_key,
                "words": " ".join(words),
                "now": self._clock.wall_ms(),
            },
        )

    def _admit(self, connection: Connection, event_id: str, device: str) -> None:
        """Admit a device, give it a letter if it needs one, and tell all stations."""
        known = _get(connection, event_id, device)
        letter = known.letter
        if not letter and known.role in _LETTERED:
            letter = _next_letter(connection, event_id)
        _set(
            connection,
            known,
            "status='admitted', admitted_ms=:now, letter=:letter",
            now=self._clock.wall_ms(),
            letter=letter or None,
        )
        body = {
            "public_key": known.public_key,
            "role": known.role.value,
            "label": known.label,
            "letter": letter,
        }
        self._tell(connection, known, FactKind.DEVICE_ADMITTED, body)

    def _tell(
        self, connection: Connection, device: HubDevice, kind: FactKind, body: dict[str, str]
    ) -> None:
        store = HubStore(self._database, device.event_id, self._clock)
        draft = Draft(kind=kind, subject=f"device:{device.device}", body=body)
        store.append_within(connection, [draft])


@dataclass(frozen=True, slots=True)
class _Own:
    code: str
    device: str
    public_key: str
    label: str
    event_id: str
    event_name: str
    seal_key: str


def letter_of(number: int) -> str:
    """Return the letters of a number from 0: A … Z, AA, AB …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _next_letter(connection: Connection, event_id: str) -> str:
    """Return the next letter nobody ever had; the event's row is held alone."""
    given = connection.execute(
        text("SELECT count(letter) FROM hub_device WHERE event_id=:event"), {"event": event_id}
    )
    return letter_of(int(given.scalar_one()))


def _set(connection: Connection, device: HubDevice, what: str, **values: Any) -> None:
    connection.execute(
        text(f"UPDATE hub_device SET {what} WHERE event_id=:event AND device=:device"),  # noqa: S608 - constants
        {"event": device.event_id, "device": device.device, **values},
    )


def _find(connection: Connection, event_id: str, device: str) -> HubDevice | None:
    row = connection.execute(
        text(f"SELECT {_COLUMNS} FROM hub_device WHERE event_id=:event AND device=:device"),  # noqa: S608 - constants
        {"event": event_id, "device": device},
    ).first()
    return _device(row) if row else None


def _get(connection: Connection, event_id: str, device: str) -> HubDevice:
    found = _find(connection, event_id, device)
    if found is None:
        raise _refused("not_found", "沒有這台裝置。", "There is no such device.")
    return found


def _device(row: Sequence[Any]) -> HubDevice:
    return HubDevice(
        row[0], row[1], DeviceRole(row[2]), DeviceStatus(row[3]), row[4], row[5] or "",
        tuple(row[6].split()), *row[7:],
    )  # fmt: skip


def _view(device: HubDevice, facts: dict[str, int]) -> DeviceView:
    return DeviceView(
        device=device.device,
        event_id=device.event_id,
        role=device.role,
        status=device.status,
        label=device.label,
        letter=device.letter,
        words=device.words,
        public_key=device.public_key,
        enrolled_ms=device.enrolled_ms,
        last_contact_ms=device.last_contact_ms,
        facts=facts.get(device.device, 0),
    )


def _word_list() -> tuple[str, ...]:
    return tuple(path("words/device-zh.txt").read_text("utf-8").split())


def _require_not_revoked(device: HubDevice) -> None:
    if device.status is DeviceStatus.REVOKED:
        raise _refused("revoked", "這台裝置已被停用。", "This device was revoked.")


def _refused(code: str, zh: str, en: str) -> HubRefused:
    return HubRefused(
        Words(zh=zh, en=en),
        remedy=Words(zh="請向主辦人確認。", en="Ask the organizer."),
        code=code,
    )
