"""One exchange with the hub of an event, from beginning to end, for a command."""

from dataclasses import dataclass

from app.domain.clock_offset import SURE_WITHIN_MS
from app.domain.errors import HubRefused
from app.services.context import EventContext
from app.services.profile import Profile
from app.sync.erasing import erase_private_data
from app.sync.exchange import Exchange
from app.sync.organizing import hub_of
from app.wire.messages import RefusalCode
from db.clock_notes import ClockNotes
from db.exchange import StationStore


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What one exchange came to."""

    hub: str
    sent: int
    received: int
    queue: int
    """Facts here that the hub lacks still."""
    quarantined: int
    """Runs kept aside, here or there."""
    forks: int
    is_equal: bool


def sync_once(profile: Profile, context: EventContext) -> SyncReport:
    """Push and pull until both are equal. Raises NotFound, HubUnreachable, HubRefused.

    Where the hub says that this device is shut out, what is private is erased first.
    """
    store = StationStore(context.database, context.journal, context.clock)
    own = context.journal.origin.device
    with hub_of(context) as client:
        exchange = Exchange(store, client, list_have=store.list_have)
        try:
            moved = exchange.run()
            if any(
                fork.device == own and store.begin_incarnation(fork.incarnation)
                for fork in moved.forks
            ):
                exchange.run(moved)
            sample = client.clock
            if sample is not None and sample.error_ms <= SURE_WITHIN_MS:
                notes = ClockNotes(context.database, context.journal)
                if notes.note(sample.offset_ms, sample.error_ms):
                    exchange.run(moved)
        except HubRefused as error:
            if error.code == RefusalCode.REVOKED:
                erase_private_data(profile, context)
            raise
        here = store.holdings()
        return SyncReport(
            hub=client.url,
            sent=moved.sent,
            received=moved.received,
            queue=store.count_lacking(exchange.last_known_tips()).facts,
            quarantined=here.quarantined + len(moved.refused_there),
            forks=here.forks,
            is_equal=moved.is_equal,
        )
