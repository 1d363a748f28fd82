"""The head of my visit: number, school, person, timer, what is ready, what is in conflict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.domain.scans import Tone
from app.domain.visits import Claim, Issue, ReadinessItem, Ready, Visit, VisitState
from app.domain.words import Words
from ui.language import say
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk import issue_wording, readiness_wording
from ui.screens.help_desk.timer import minutes_of, target_of, timer_of
from ui.screens.help_desk.timer_ring import TimerRing
from ui.theme import scaled, tone_paint
from ui.widgets.parts import column, label, row, show_kind
from ui.widgets.speaker import Speaker

_LONGEST, _MOST = 24, 2
"""Signs of an earlier symptom, and how many earlier issues, the card has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the card asks of the page: names, the clock, usual times."""

    staff: Callable[[str], str]
    clock: Callable[[int], str]
    day: Callable[[str], str]
    now_ms: Callable[[], int]
    medians: Callable[[], dict[str, int]]


class VisitCard(QFrame):
    """Shows a visit as one consultant has it."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._around = around
        self._visit: Visit | None = None
        self._staff = ""
        self._earlier: tuple[Visit, ...] = ()
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self._retell)
        self._build()

    def show_visit(self, visit: Visit | None, staff: str) -> None:
        """Show a visit as a consultant holds it."""
        self._visit, self._staff = visit, staff
        self._retell()

    def show_earlier(self, earlier: tuple[Visit, ...]) -> None:
        """Show whom this visit comes back from."""
        self._earlier = earlier
        self._retell()

    def tick(self) -> None:
        """Let the timer go on."""
        visit = self._visit
        if visit is None:
            return
        target = target_of(visit.topic, self._around.medians())
        state = timer_of(visit, self._claim(), target, self._around.now_ms())
        self.ring.show_state(state)
        is_over = state.part > 1
        show_kind(self.usual, "caution" if is_over else "muted")
        usual = say(wording.usual(minutes_of(target))) if state.target_ms else ""
        self.usual.setText(usual)

    def _build(self) -> None:
        self.ticket, self.state = label("number"), label("muted")
        self.ticket.setStyleSheet(f"font-size: {min(scaled(44), 54)}px; font-weight: 700;")
        self.school, self.person = label("heading", wraps=True), label(wraps=True)
        self.ready, self.note = label(wraps=True), label("muted", wraps=True)
        """The note stands wherever the page puts it: below the card, where it may scroll."""
        self.conflict = label(wraps=True)
        self.conflict.setMargin(scaled(5))
        self.ring, self.usual = TimerRing(), label("muted")
        self.usual.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        number = column(self.ticket, self.state, None, space=0)
        words = column(self.school, self.person, self.ready, None, space=2)
        clock = column(self.ring, self.usual, space=0)
        head = row(number, words, clock, space=14)
        head.setStretch(1, 1)
        inside = column(head, self.conflict, space=6)
        inside.setContentsMargins(scaled(14), scaled(8), scaled(12), scaled(8))
        self.setLayout(inside)

    def _claim(self) -> Claim | None:
        return self._visit.claims.get(self._staff) if self._visit else None

    def _retell(self) -> None:
        visit = self._visit
        if visit is None:
            return
        claim = self._claim()
        state = claim.state if claim else visit.state
        self.ticket.setText(visit.ticket)
        self.state.setText(_state_words(state, claim))
        self.school.setText(_with_party(visit))
        self.school.setToolTip(visit.unit_text)
        self.person.setText("　".join(part for part in (visit.name, visit.title) if part))
        self._tell_ready(visit)
        self.note.setText("\n".join(self._notes(visit, claim)))
        self.note.setVisible(bool(self.note.text()))
        self._tell_conflict(visit)
        self.tick()

    def _tell_ready(self, visit: Visit) -> None:
        words, kind = readiness_words(visit)
        show_kind(self.ready, kind)
        self.ready.setText(words)

    def _notes(self, visit: Visit, claim: Claim | None) -> list[str]:
        lines: list[str] = []
        if claim is not None and claim.handed_by:
            giver = self._around.staff(claim.handed_by)
            lines.append(say(wording.handed_by(giver, claim.note)))
        if visit.note:
            lines.append(visit.note)
        before = next((one for one in self._earlier if one.id == visit.return_of), None)
        if before is not None:
            day = self._around.day(before.session)
            lines.append(say(wording.return_of(before.ticket, day)))
            lines += earlier_words([before])
        elif self._earlier:
            lines += [
                f"{say(wording.EARLIER)}　{told}" for told in earlier_words(self._earlier[:1])
            ]
        return lines

    def _tell_conflict(self, visit: Visit) -> None:
        lines = [
            say(wording.also_called(one.desk, self._around.staff(one.staff), self._at(one)))
            for one in visit.claims.values()
            if one.staff != self._staff
        ]
        self.conflict.setText("\n".join(lines))
        self.conflict.setVisible(bool(lines))
        paint = tone_paint(Tone.WARN)
        self.conflict.setStyleSheet(
            f"background: {paint.soft}; color: {paint.on_soft}; border-radius: {scaled(4)}px;"
            "font-weight: 600;"
        )

    def _at(self, claim: Claim) -> str:
        return self._around.clock(claim.called_ms or claim.since_ms)


def earlier_words(visits: Sequence[Visit]) -> list[str]:
    """Return what earlier visits were about, an issue a line: number, outcome, symptom."""
    return [
        f"{visit.ticket}　{_outcome_words(issue)}　{' '.join(issue.symptom.split())[:_LONGEST]}"
        for visit in visits
        for issue in visit.issues.values()
    ][:_MOST]


def _outcome_words(issue: Issue) -> str:
    words = issue_wording.OUTCOMES[issue.outcome] if issue.outcome else issue_wording.NEEDS_OUTCOME
    return say(words)


def _with_party(visit: Visit) -> str:
    school = visit.unit_text or say(wording.NOBODY_KNOWN)
    more = f"　{say(wording.party(visit.party_size))}" if visit.party_size > 1 else ""
    return school + more


def _state_words(state: VisitState, claim: Claim | None) -> str:
    words: Words = wording.CLAIM_STATES.get(state, wording.CALLED)
    if claim is not None and state is VisitState.CALLED and claim.recalls > 1:
        return say(wording.called_times(claim.recalls))
    return say(words)


def readiness_words(visit: Visit) -> tuple[str, str]:
    """Return how ready the visitor is, and the kind of label that says so."""
    if visit.is_ready is None:
        return say(wording.NOTHING_ASKED), "muted"
    parts = [
        f"{readiness_wording.SIGNS[Ready(value)]} {say(readiness_wording.ITEMS[item])}"
        for item in ReadinessItem
        if (value := visit.readiness.get(item.value, "")) in (Ready.OK, Ready.MISSING)
    ]
    if not visit.is_ready:
        return "　".join(parts), "caution"
    return "　".join(parts) or say(wording.ALL_READY), "good"
