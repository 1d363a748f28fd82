"""`join`, `sync`, `bundle export`, `bundle import`: the device's side of exchange."""

import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.bootstrap import build_events
from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    language,
    open_current,
    print_json,
    say,
)
from app.domain.errors import HubRefused
from app.domain.words import Words
from app.system_clock import SystemClock

if TYPE_CHECKING:
    from app.sync.joining import Joined
    from app.sync.status import SyncStatus

bundle_app = typer.Typer(help="Facts on a stick.", no_args_is_help=True)
FileArgument = Annotated[Path, typer.Argument(help="A .vdbundle file.")]
_LOOK_SECONDS = 0.2


class _TerminalWatch:
    """Waits for a join on the command line: shows the six words once."""

    def __init__(self) -> None:
        self._words: tuple[str, ...] = ()
        self.received = 0
        self.expected: int | None = None
        self.is_cancelled = False

    @property
    def words(self) -> tuple[str, ...]:
        """The six words, while somebody compares them."""
        return self._words

    @words.setter
    def words(self, words: tuple[str, ...]) -> None:
        if words and words != self._words:
            say(
                Words(
                    zh=f"請承辦人核對這六個詞並核准：{' '.join(words)}",
                    en=f"Ask the organizer to compare these words and approve: {' '.join(words)}",
                )
            )
        self._words = words

    def wait(self, seconds: float) -> bool:
        """Sleep; Ctrl+C ends the command itself."""
        time.sleep(seconds)
        return False


def join(
    url: Annotated[str, typer.Argument(help="The hub's address.")],
    code: Annotated[str, typer.Argument(help="One-time code from the organizer.")],
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Join a hub: with the event that is open here, or to receive the code's event."""
    joined = _join(url, code, profile, event)
    link = joined.link
    if as_json:
        print_json(
            {
                "event": joined.event_id,
                "name": joined.event_name,
                "device": joined.device,
                "role": link.role,
                "letter": link.letter,
                "status": "admitted",
                "words": list(link.words),
                "received": joined.received,
            }
        )
        return
    say(
        Words(
            zh=f"已加入 {link.url}，站別 {link.letter or '－'}，收到 {joined.received} 筆。",
            en=f"Joined {link.url} as station {link.letter or '-'}; "
            f"{joined.received} records received.",
        )
    )


def _join(url: str, code: str, profile: Path | None, event: str | None) -> "Joined":
    from app.sync.joining import join_with_event, join_without_event
    from app.wire.messages import RefusalCode

    found, _ = build_events(profile)
    watch = _TerminalWatch()
    if event is not None or found.find_current() is not None:
        try:
            with open_current(profile, event) as desk:
                return join_with_event(desk.context, url, code, watch)
        except HubRefused as error:
            if event is not None or error.code != RefusalCode.EVENT_HERE:
                raise
    return join_without_event(found, url, code, watch, SystemClock())


def sync(
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until stopped (Ctrl+C).")] = False,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Exchange with the hub until both have the same."""
    if watch:
        _watch(profile, event, as_json=as_json)
        return
    from app.sync.once import sync_once

    found, _ = build_events(profile)
    with open_current(profile, event) as desk:
        report = sync_once(found, desk.context)
    if as_json:
        print_json(
            {
                "state": "synced" if report.is_equal else "waiting",
                "sent": report.sent,
                "received": report.received,
                "queue": report.queue,
                "quarantined": report.quarantined,
                "forks": report.forks,
                "equal": report.is_equal,
                "hub": report.hub,
            }
        )
        return
    equal = Words(zh="兩邊相同", en="both are equal") if report.is_equal else _NOT_EQUAL
    say(
        Words(
            zh=f"送出 {report.sent} 筆，收到 {report.received} 筆；{equal.zh}。",
            en=f"{report.sent} records sent, {report.received} received; {equal.en}.",
        )
    )


_NOT_EQUAL = Words(zh="還有資料在路上或被隔離", en="something is on its way or kept aside")


def _watch(profile: Path | None, event: str | None, *, as_json: bool) -> None:
    from app.services.hub_link import find_hub_link
    from app.sync.organizing import joined_none
    from app.sync.status import SyncState
    from app.sync.worker import start_worker

    found, _ = build_events(profile)
    is_over, is_revoked = threading.Event(), threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):  # also where a shell's & ignores Ctrl+C
        signal.signal(wanted, lambda _number, _frame: is_over.set())

    last: Words | None = None

    def tell(status: "SyncStatus") -> None:
        nonlocal last
        line = _line_of(status)
        if as_json:
            _print_status(status)
        elif line is not None and line != last:
            last = line
            say(line)
        if status.state is SyncState.REVOKED:
            is_revoked.set()
            is_over.set()

    with open_current(profile, event) as desk:
        connection = desk.context.database.connection()
        link = find_hub_link(connection)
        if link is None:
            raise joined_none()
        worker = start_worker(found, desk.context, link, tell, lambda _kinds: None)
        version = None
        try:
            while not is_over.wait(_LOOK_SECONDS):
                before, version = version, connection.execute("PRAGMA data_version").fetchone()[0]
                if version != before:  # a window or another command recorded something
                    worker.poke()
        finally:
            worker.stop()
            worker.join(30.0)
    if is_revoked.is_set():
        raise typer.Exit(1)


def _print_status(status: "SyncStatus") -> None:
    print_json(
        {
            "state": status.state,
            "queue": status.queue,
            "received": status.received,
            "expected": status.expected,
            "quarantined": status.quarantined,
            "forks": status.forks,
            "problem": status.problem.in_language(language()) if status.problem else None,
            "hub": status.url,
        }
    )


def _line_of(status: "SyncStatus") -> Words | None:
    """Return what a person who watches reads now, None where it is on its way."""
    if status.problem is not None:
        return status.problem
    return _SYNCED if status.state == "synced" else None


_SYNCED = Words(zh="已同步；有新紀錄會自動交換。", en="In sync; new records are exchanged at once.")


@bundle_app.command("export")
def export_(
    file: FileArgument,
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write everything of the event into one sealed file for another machine."""
    from app.sync.bundle import export_bundle

    with open_current(profile, event) as desk:
        facts = export_bundle(desk.context, file)
    if as_json:
        print_json({"file": str(file), "facts": facts})
        return
    typer.echo(f"{file}\t{facts}")


@bundle_app.command("import")
def import_(
    file: FileArgument,
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take what a bundle brings; again or in any order does no harm."""
    from app.sync.bundle import import_bundle

    with open_current(profile, event) as desk:
        imported = import_bundle(desk.context, file)
    if as_json:
        print_json(
            {
                "file": str(file),
                "stored": imported.stored,
                "known": imported.known,
                "quarantined": imported.quarantined,
            }
        )
    else:
        typer.echo(f"{file}\t{imported.stored}\t{imported.known}\t{imported.quarantined}")
    if imported.waiting:
        say(
            Words(
                zh=f"{imported.waiting} 筆要等前面的資料到了才能匯入：請再匯入另一個檔，或同步。",
                en=f"{imported.waiting} records wait for others before them: import the other "
                "file, or sync.",
            )
        )
