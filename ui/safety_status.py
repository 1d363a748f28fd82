"""What the foot says of disk and tape when it has to; silent while all is well."""

from typing import TYPE_CHECKING

from app.domain.words import Words

if TYPE_CHECKING:
    from app.services.safety import SafetyState


def safety_words(state: "SafetyState | None") -> tuple[Words, Words, str] | None:
    """Return text, remedy and mood of the most urgent thing, None where there is none."""
    if state is None:
        return None
    from app.services.disk_care import WARNINGS  # noqa: PLC0415 - imported by now, with the state
    from app.services.paper_tape import FAULTS  # noqa: PLC0415

    if "disk_low" in state.warnings:
        return Words("磁碟快滿了", "Disk nearly full"), WARNINGS["disk_low"], "danger"
    if state.tape.fault:
        behind = state.tape.behind
        text = Words(f"紙帶中斷・待補 {behind} 筆", f"Tape interrupted, {behind} to write")
        return text, FAULTS[state.tape.fault], "caution"
    if "wal_large" in state.warnings:
        return (
            Words("資料檔暫存過大", "Write-ahead log too large"),
            WARNINGS["wal_large"],
            "caution",
        )
    return None
