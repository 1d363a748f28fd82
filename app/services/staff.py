"""Staff: who they are, their PINs, and who is signed in at this desk."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.domain.clock import uuid7
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.staff import Role, StaffMember, check_pin
from app.domain.text import fold_text, to_halfwidth
from app.domain.words import Words
from app.services.context import EventContext
from app.services.text_lengths import check_lengths
from db.engine import Connection
from db.queries.staff import find_staff, list_staff

FREE_TRIES = 5
"""Wrong PINs in a row before one has to wait."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
# RFC 9106's second choice (64 MiB, three passes): about 0.3 s, for a PIN has few digits.
_MEMORY_KIB = 65536
_PASSES = 3
_LANES = 4


def hash_pin(pin: str) -> str:
    """Return a PIN's argon2id hash in its usual text form."""
    kdf = Argon2id(
        salt=os.urandom(16), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    return kdf.derive_phc_encoded(pin.encode())


def is_pin(pin: str, hashed: str) -> bool:
    """Tell whether a PIN is the one that was hashed."""
    try:
        Argon2id.verify_phc_encoded(pin.encode(), hashed)
    except InvalidKey:
        return False
    return True


@dataclass(slots=True)
class _Tries:
    """Wrong PINs in a row of one member at this desk."""

    wrong: int = 0
    next_ms: int = 0


class StaffService:
    """Adds, changes and signs in staff; what it hands out never holds a PIN's hash."""

    def __init__(self, context: EventContext, *, hashing: Callable[[str], str] = hash_pin) -> None:
        self._context = context
        self._hashing = hashing
        self._nobody = context.acting.actor
        self._tries: dict[str, _Tries] = {}

    # --- who there is

    def list_staff(self) -> tuple[StaffMember, ...]:
        """Return everybody by name, those who do not work here any more too."""
        with self._context.database.read() as connection:
            return tuple(_shown(member) for member in list_staff(connection))

    def needs_sign_in(self) -> bool:
        """Tell whether somebody could sign in, so that somebody has to."""
        with self._context.database.read() as connection:
            return any(member.active and member.pin for member in list_staff(connection))

    def add(self, name: str, role: Role, pin: str) -> StaffMember:
        """Add somebody; the first is an organizer. Raises InvalidInput, Conflict."""
        hashed = self._hashing(check_pin(pin))
        with self._context.database.write() as connection:
            known = list_staff(connection)
            self._check_name(known, name, but="")
            if role is not Role.ORGANIZER and not any(_is_organizer(each) for each in known):
                raise Conflict(
                    Words(zh="第一位要是承辦人。", en="The first has to be an organizer."),
                    remedy=Words(
                        zh="否則沒有人能再設定工作人員。",
                        en="Or nobody could change the staff any more.",
                    ),
                )
            staff_id = uuid7(self._context.clock.wall_ms())
            told = {"name": name, "role": role, "active": True, "pin": hashed}
            return self._record(connection, staff_id, told)

    def amend(
        self,
        staff_id: str,
        *,
        name: str | None = None,
        role: Role | None = None,
        active: bool | None = None,
    ) -> StaffMember:
        """Change a name, a role, or whether somebody works here. Raises NotFound, Conflict."""
        with self._context.database.write() as connection:
            member = self._get(connection, staff_id)
            known = list_staff(connection)
            if name is not None:
                self._check_name(known, name, but=staff_id)
            changes = {"name": name, "role": role, "active": active}
            told = {key: value for key, value in changes.items() if value is not None}
            after = replace(
                member,
                name=member.name if name is None else name,
                role=member.role if role is None else role,
                active=member.active if active is None else active,
            )
            others = [each for each in known if each.id != staff_id]
            leaves_somebody = any(each.active for each in others) or after.active
            if leaves_somebody and not any(_is_organizer(each) for each in (*others, after)):
                raise Conflict(
                    Words(zh="至少要留一位承辦人。", en="One organizer has to stay."),
                    remedy=Words(
                        zh="請先讓另一位成為承辦人。", en="Make somebody else an organizer first."
                    ),
                )
            return self._record(connection, staff_id, told)

    def set_pin(self, staff_id: str, pin: str) -> StaffMember:
        """Give somebody another PIN. Raises NotFound, InvalidInput."""
        hashed = self._hashing(check_pin(pin))
        with self._context.database.write() as connection:
            self._get(connection, staff_id)
            self._tries.pop(staff_id, None)
            return self._record(connection, staff_id, {"pin": hashed})

    # --- who is here

    def sign_in(self, staff_id: str, pin: str) -> StaffMember:
        """Let somebody act at this desk. Raises NotFound, NotAllowed with what to do."""
        with self._context.database.read() as connection:
            member = self._get(connection, staff_id)
        if not member.active or not member.pin:
            raise NotAllowed(
                Words(zh="這位不能登入。", en="This person cannot sign in."),
                remedy=Words(zh="請承辦人設定。", en="Ask an organizer to set it up."),
            )
        self._require_patience(staff_id)
        if not is_pin(to_halfwidth(pin).strip(), member.pin):
            raise self._wrong(staff_id)
        self._tries.pop(staff_id, None)
        # The name first: a fact between the two lines must not name the one before.
        self._context.acting.actor = member.name
        self._context.acting.role = member.role
        return _shown(member)

    def sign_out(self) -> None:
        """Nobody acts here; scans go on under the laptop's own name."""
        self._context.acting.role = None
        self._context.acting.actor = self._nobody

    # --- inside

    def _require_patience(self, staff_id: str) -> None:
        tries = self._tries.get(staff_id)
        wait_ms = tries.next_ms - self._context.clock.mono_ms() if tries else 0
        if wait_ms > 0:
            seconds = -(-wait_ms // 1000)
            raise NotAllowed(
                Words(
                    zh=f"錯太多次了，請等 {seconds} 秒再試。",
                    en=f"Too many wrong PINs: wait {seconds} s.",
                ),
                remedy=Words(zh="忘記 PIN 碼請承辦人重設。", en="An organizer can set a new PIN."),
            )

    def _wrong(self, staff_id: str) -> NotAllowed:
        tries = self._tries.setdefault(staff_id, _Tries())
        tries.wrong += 1
        over = tries.wrong - FREE_TRIES
        if over >= 0:
            wait = min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT)
            tries.next_ms = self._context.clock.mono_ms() + int(wait.total_seconds() * 1000)
        return NotAllowed(
            Words(zh="PIN 碼不對。", en="That is not the PIN."),
            remedy=Words(
                zh="再輸入一次；忘記了請承辦人重設。", en="Try again, or ask an organizer."
            ),
        )

    def _check_name(self, known: list[StaffMember], name: str, *, but: str) -> None:
        wanted = fold_text(name)
        if not wanted:
            raise InvalidInput(Words(zh="請輸入姓名。", en="Enter a name."), field="name")
        check_lengths({"name": name})
        if any(fold_text(each.name) == wanted and each.id != but for each in known):
            raise Conflict(
                Words(zh="已經有同名的工作人員。", en="Somebody of the staff has this name."),
                remedy=Words(
                    zh="請加上稱呼或單位來分辨。", en="Add something that tells them apart."
                ),
            )

    def _record(
        self, connection: Connection, staff_id: str, told: Mapping[str, Any]
    ) -> StaffMember:
        hidden = ("name", "pin")
        private = {key: str(told[key]).strip() for key in hidden if key in told}
        draft = Draft(
            kind=FactKind.STAFF_RECORDED,
            subject=f"staff:{staff_id}",
            body={key: value for key, value in told.items() if key not in hidden},
            private=private or None,
            actor=self._context.actor,
        )
        self._context.journal.append(connection, [draft])
        return _shown(self._get(connection, staff_id))

    def _get(self, connection: Connection, staff_id: str) -> StaffMember:
        member = find_staff(connection, staff_id)
        if member is None:
            raise NotFound(Words(zh="沒有這位工作人員。", en="There is no such member of staff."))
        return member


def _is_organizer(member: StaffMember) -> bool:
    return member.active and member.role is Role.ORGANIZER


def _shown(member: StaffMember) -> StaffMember:
    """Return a member with only whether there is a PIN."""
    return replace(member, pin="set" if member.pin else "")
