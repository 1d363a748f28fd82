"""What stations do not agree on: the list, both sides, the decision."""

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.conflict_words import CHOICES, EXPLANATIONS, TITLES, minutes_words, option_words
from app.domain.conflicts import Choice
from app.domain.plan import Plan
from app.services.conflicts import ClaimCard, ConflictCard, ReviewList
from ui.language import say
from ui.screens.closing import conflict_wording as words
from ui.screens.closing.conflict_decision import ConflictDecision
from ui.screens.closing.conflict_evidence import (
    EvidenceView,
    claim_sides,
    clock_texts,
    sides_of,
)
from ui.screens.closing.conflicts_view_model import ConflictsViewModel
from ui.theme import palette, scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

Item = ConflictCard | ClaimCard


def _key(item: Item) -> str:
    return item.visit if isinstance(item, ClaimCard) else f"{item.person.id} {item.conflict.id}"


def _what(item: Item) -> str:
    if isinstance(item, ClaimCard):
        return say(words.TWO_CONSULTANTS)
    return say(TITLES[item.conflict.kind])


def _who(item: Item) -> str:
    return item.ticket if isinstance(item, ClaimCard) else item.person.name


def _unit(item: Item) -> str:
    return item.unit if isinstance(item, ClaimCard) else item.person.unit


def _state(item: Item) -> str:
    if isinstance(item, ClaimCard) or item.resolution is None:
        return say(words.OPEN)
    return f"✓ {say(CHOICES[Choice(item.resolution.choice)])}"


def _colour(item: Item) -> str | None:
    is_open = isinstance(item, ClaimCard) or item.resolution is None
    return palette().caution if is_open else palette().muted


ITEMS: tuple[Column[Item], ...] = (
    Column(heading=words.WHO, text=_who),
    Column(heading=words.UNIT, text=_unit),
    Column(heading=words.WHAT, text=_what, colour=_colour),
    Column(heading=words.STATE, text=_state),
)


class ConflictsPage(QWidget):
    """Two keys a conflict: what to do, and why; the next one comes by itself.

    Signals:
        open_count_changed: how many wait for somebody.
    """

    open_count_changed = Signal(int)

    def __init__(self, model: ConflictsViewModel) -> None:
        super().__init__()
        self._model = model
        self._review = ReviewList()
        self._zone: tzinfo | None = None
        self._shown = ""
        self._decided_at: int | None = None
        """Where in the list the one just decided stood; the next one moves up to there."""
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def show_plan(self, plan: Plan) -> None:
        """Take the plan that knows the venue's zone."""
        self._zone, self._shown = plan.zone, ""
        self._show_item(self.items.current_row())

    def show_review(self, review: ReviewList) -> None:
        """Show the list; one stays where one was."""
        self._review = review
        self.items.show_rows((*review.claims, *review.cards))
        if self._decided_at is not None:
            self.items.select_place(self._decided_at)
            self._decided_at = None
        elif self.items.current_row() is None:
            self.items.select_place(0)
        self._show_item(self.items.current_row())
        self.open_count_changed.emit(review.open_count)

    def go_to_next(self) -> None:
        """Go to the next one of the list."""
        self.items.select_place(self.items.currentIndex().row() + 1)

    def _build(self) -> None:
        self.items = RowView(RowTable(ITEMS, key=_key), name=words.LIST, stretch=2)
        self.items.set_widths((72, 104, 0, 122))
        self.items.set_empty_note(words.EMPTY)
        self.title = label("heading", wraps=True)
        self.person = label("muted", wraps=True)
        self.why = label("", wraps=True)
        self.decision_text = label("good", wraps=True)
        self.evidence = EvidenceView()
        self.decision = ConflictDecision()
        self.desk_button = button(
            self._speak, words.GO_TO_DESK, self._model.go_to_desk, kind="primary"
        )
        right = column(
            self.title,
            self.person,
            self.why,
            self.evidence,
            self.decision_text,
            row(self.desk_button, None),
            self.decision,
            None,
            space=8,
        )
        body = row(self.items, right, space=14)
        body.setStretch(0, 5)
        body.setStretch(1, 7)
        body.setContentsMargins(0, scaled(12), 0, 0)
        self.setLayout(body)

    def _connect(self) -> None:
        self._model.review_changed.connect(self.show_review)
        self.items.row_selected.connect(self._show_item)
        self.decision.decided.connect(self._decide)
        self.decision.taken_back.connect(self._take_back)
        self.decision.next_wanted.connect(self.go_to_next)
        self.decision.bind_keys(self)
        bind_key(self, "H", self.desk_button.click)
        self._speak.language_changed.connect(lambda: self.show_review(self._review))
        self._show_item(None)

    def _show_item(self, item: Item | None) -> None:
        is_claim, is_card = isinstance(item, ClaimCard), isinstance(item, ConflictCard)
        for widget in (self.evidence, self.decision):
            widget.setVisible(item is not None)
        self.decision.setVisible(is_card)
        self.desk_button.setVisible(is_claim)
        self.title.setText(_what(item) if item is not None else "")
        self.decision_text.setVisible(False)
        if isinstance(item, ClaimCard):
            self._shown = _key(item)
            self.person.setText(f"{item.ticket}　{item.unit}")
            self.why.setText(say(words.CLAIMS_WHY))
            self.evidence.show_sides(claim_sides(item, self._review, self._zone))
        elif isinstance(item, ConflictCard):
            self._show_card(item)
        else:
            self._shown = ""
            self.person.clear()
            self.why.clear()

    def _show_card(self, card: ConflictCard) -> None:
        conflict, decided = card.conflict, card.resolution
        self.person.setText(f"{card.person.name}　{card.person.unit} {card.person.title}")
        self.why.setText(say(EXPLANATIONS[conflict.kind]))
        self.evidence.show_sides(sides_of(conflict, self._review, self._zone))
        self.decision_text.setVisible(decided is not None)
        if decided is not None:
            told = (say(CHOICES[Choice(decided.choice)]), decided.reason, decided.actor)
            self.decision_text.setText(f"✓ {'・'.join(part for part in told if part)}")
        clocks = clock_texts(conflict, self._zone)
        texts = [
            f"{say(option_words(conflict, option, clocks))} · {say(minutes_words(option))}"
            for option in conflict.options
        ]
        texts[0] += f" ★ {say(words.SUGGESTED)}"
        is_new = f"{_key(card)} {decided}" != self._shown
        self._shown = f"{_key(card)} {decided}"
        if is_new:  # what came from elsewhere must not forget a decision half made
            self.decision.show_options(
                texts if decided is None else (), can_undo=decided is not None
            )

    def _decide(self, place: int, reason: str) -> None:
        item = self.items.current_row()
        if isinstance(item, ConflictCard):
            self._decided_at = self.items.currentIndex().row()
            self._model.resolve(item, item.conflict.options[place], reason)
        self.items.setFocus()

    def _take_back(self, reason: str) -> None:
        item = self.items.current_row()
        if isinstance(item, ConflictCard):
            self._model.undo(item, reason)
        self.items.setFocus()
