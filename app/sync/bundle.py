"""A bundle: the facts of an event on a stick, for whoever holds the event's bundle key.

Importing one twice, or several in any order, is harmless: what is known stays as it is.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.domain.errors import FileDamaged, InvalidInput, StorageFailed
from app.domain.exchange import Run, RunFate, RunResult, Tip
from app.domain.words import Words
from app.services.context import EventContext
from app.services.opening import local_state, set_local_state
from app.services.rehearsals import require_real
from app.sync.bundle_file import BundleHead, BundleWriter, key_mark, new_head, read_head, read_pages
from app.sync.exchange import PeerView
from app.wire.facts import run_object, runs_of
from app.wire.messages import RunMessage
from db.backup import sync_folder
from db.exchange import StationStore

BUNDLE_KEY = "bundle_key"
EARLIER_KEYS = "bundle_keys_before"
_PAGE = TypeAdapter(list[RunMessage])
Progress = Callable[[int], None]
"""Told the facts done so far; may raise Cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a bundle brought, in facts."""

    stored: int = 0
    known: int = 0
    quarantined: int = 0
    waiting: int = 0
    """They begin after the end of a chain here: another bundle or the hub has what is between."""


def export_bundle(
    context: EventContext,
    target: Path,
    *,
    tips: Sequence[Tip] = (),
    progress: Progress = lambda _facts: None,
) -> int:
    """Write what somebody with these tips lacks (default: everything); return how many facts.

    Raises InvalidInput, NotAllowed, StorageFailed; the file is whole or not there.
    """
    require_real(context)
    if not target.parent.is_dir() or target.is_dir():
        raise InvalidInput(
            Words(zh=f"無法寫到這裡：{target}", en=f"A file cannot be written here: {target}"),
            remedy=Words(zh="請選現有資料夾裡的檔名。", en="Name a file in an existing folder."),
            field="file",
        )
    draft = target.with_name(f".{target.name}.part")
    try:
        with draft.open("wb") as file:
            head, private_key, bundle_key = _sender(context)
            writer = BundleWriter(file, head, bundle_key)
            facts = _add_all(context, writer, tips, progress)
            writer.finish(private_key)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StorageFailed(
            Words(zh="交換檔沒有寫成。", en="The bundle could not be written."),
            remedy=Words(zh="請檢查空間與權限。", en="Check the disk's space and permissions."),
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return facts


def _add_all(
    context: EventContext, writer: BundleWriter, tips: Sequence[Tip], progress: Progress
) -> int:
    store = StationStore(context.database, context.journal, context.clock)
    view, facts = PeerView(), 0
    view.learn(tips)
    while (batch := store.list_lacking(view.tips())).runs:
        runs = [run_object(run) for run in batch.runs]
        writer.add(json.dumps(runs, ensure_ascii=False, separators=(",", ":")).encode())
        for run in batch.runs:
            view.add_run(run)
        facts += batch.count
        progress(facts)
    return facts


def import_bundle(
    context: EventContext, source: Path, *, progress: Progress = lambda _facts: None
) -> Imported:
    """Take what a bundle brings. Raises InvalidInput, FileDamaged, Cancelled.

    Nothing of a file that is not whole is taken. Stopped half-way it goes on where it was.
    """
    require_real(context)
    head = read_head(source)
    if head.event != context.event_id:
        raise _other_event()
    bundle_key = _find_key(context, head)
    store = StationStore(context.database, context.journal, context.clock)
    counts = dict.fromkeys(RunFate, 0)
    stored = total = 0
    for page in read_pages(source, head, bundle_key):
        runs = _runs_in(page, context.event_id)
        results = store.take(runs)
        stored += sum(result.stored for result in results)
        for run, result in zip(runs, results, strict=True):
            counts[result.fate] += len(run.rows)
            total += len(run.rows)
        _leave_forked_chain(context, store, results)
        progress(total)
    quarantined, waiting = counts[RunFate.QUARANTINED], counts[RunFate.GAP]
    return Imported(
        stored=stored,
        known=total - stored - quarantined - waiting,
        quarantined=quarantined,
        waiting=waiting,
    )


def _leave_forked_chain(
    context: EventContext, store: StationStore, results: Sequence[RunResult]
) -> None:
    own = context.journal.origin
    for result in results:
        if result.fate is RunFate.FORK and result.device == own.device:
            store.begin_incarnation(result.incarnation)


def _runs_in(page: bytes, event_id: str) -> list[Run]:
    try:
        return runs_of(_PAGE.validate_json(page), event_id)
    except ValidationError:
        # From None: the text of a validation error repeats what it could not read.
        raise FileDamaged(
            Words(
                zh="交換檔是較新版本的程式做的。",
                en="The bundle was made by a newer version of the program.",
            ),
            remedy=Words(zh="請更新程式。", en="Update the program."),
        ) from None


def _sender(context: EventContext) -> tuple[BundleHead, str, str]:
    """Return the head, our private key and the bundle key, which is made when first needed."""
    with context.database.write() as connection:
        state = local_state(connection)
        bundle_key = state.get(BUNDLE_KEY) or os.urandom(32).hex()
        set_local_state(connection, BUNDLE_KEY, bundle_key)
    head = new_head(
        context.event_id,
        context.journal.origin.device,
        state["public_key"],
        bundle_key,
        context.clock.wall_ms(),
    )
    return head, state["private_key"], bundle_key


def _find_key(context: EventContext, head: BundleHead) -> str:
    with context.database.read() as connection:
        state = local_state(connection)
    keys = [state.get(BUNDLE_KEY, ""), *state.get(EARLIER_KEYS, "").split(",")]
    for key in keys:
        if key and key_mark(key) == head.key:
            return key
    raise InvalidInput(
        Words(
            zh="這個交換檔是用另一把金鑰封的，這台電腦打不開。",
            en="This bundle is sealed with a key this machine does not have.",
        ),
        remedy=Words(
            zh="兩台電腦要先加入同一個同步中心，或由同一份備份還原，再匯出一次。",
            en="Both machines must have joined the same hub or come from the same backup; "
            "then export again.",
        ),
        field="file",
    )


def _other_event() -> InvalidInput:
    return InvalidInput(
        Words(zh="這個交換檔是另一個活動的。", en="This bundle is of another event."),
        remedy=Words(
            zh="請切換到那個活動再匯入。", en="Switch to that event, then import it there."
        ),
        field="file",
    )
