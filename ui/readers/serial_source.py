"""A reader on a serial port as a source of scans; it may be unplugged and come back."""

import time
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from app.domain.words import Words
from app.readers.serial_ports import (
    DEFAULT_BAUD,
    PortLost,
    PortOpened,
    PortRead,
    SerialEvent,
    SerialMonitor,
    SerialPort,
)
from ui.readers.source import ReaderCondition, ReaderSort, ReaderSource, ReaderState
from ui.scan_filter import ScannedText

_READY = Words("就緒", "Ready")
_READY_REMEDY = Words("掃一張名牌試試。", "Try any badge.")
_OPENING = Words("正在開啟", "Opening")
_REFUSED = Words("打不開", "Cannot be opened")
_REFUSED_REMEDY = Words(
    "別的程式正在用這個序列埠，或帳號沒有使用權。關掉那個程式，或請資訊組開放權限。",
    "Another program has this port, or this account may not use it. Close that program or ask"
    " for the right.",
)
_LOST = Words("不見了", "Gone")
_LOST_REMEDY = Words(
    "檢查插頭與電源；接回來就會自動繼續，其他讀取器照常可用。",
    "Look at plug and power; it goes on by itself when it is back. Other readers still work.",
)


class SerialSource(ReaderSource):
    """Listens to one port in a thread of its own and tells in the window's thread."""

    _happened = Signal(object, object)

    def __init__(
        self,
        port: SerialPort,
        parent: QObject | None = None,
        *,
        baud: int = DEFAULT_BAUD,
        retry_s: float = 1.0,
    ) -> None:
        super().__init__(parent)
        self.port = port
        self._baud, self._retry_s = baud, retry_s
        self._monitor: SerialMonitor | None = None
        self._happened.connect(self._on_happened)

    @property
    def key(self) -> str:
        """Tell this reader from others."""
        return f"serial:{self.port.device}"

    def start(self) -> None:
        """Begin to listen."""
        if self._monitor is not None:
            return
        self._tell(ReaderCondition.IDLE, _OPENING, _READY_REMEDY)

        def report(event: SerialEvent) -> None:
            self._happened.emit(monitor, event)

        monitor = SerialMonitor(self.port, report, baud=self._baud, retry_s=self._retry_s)
        self._monitor = monitor
        monitor.start()

    def stop(self) -> None:
        """Stop listening; what its thread still says afterwards is not told."""
        if self._monitor is not None:
            # Not waited for: opening a port may take long, and nothing of it is told any more.
            self._monitor.stop(wait=False)
            self._monitor = None

    def _on_happened(self, monitor: SerialMonitor, event: SerialEvent) -> None:
        if monitor is not self._monitor:
            return
        if isinstance(event, PortRead):
            self._read(event)
        elif isinstance(event, PortOpened):
            self._tell(ReaderCondition.READY, _READY, _READY_REMEDY)
        elif isinstance(event, PortLost):
            said = (_REFUSED, _REFUSED_REMEDY) if event.refused else (_LOST, _LOST_REMEDY)
            self._tell(ReaderCondition.LOST, *said)

    def _read(self, event: PortRead) -> None:
        reading = event.reading
        self.scanned.emit(
            ScannedText(
                text=reading.text,
                reader=self.key,
                at=datetime.now(UTC),
                missing_suffix=reading.missing_suffix,
                truncated=reading.truncated,
                pressed=time.perf_counter() - (time.monotonic() - reading.at_ms / 1000),
            )
        )

    def _tell(self, condition: ReaderCondition, said: Words, remedy: Words) -> None:
        self.state_changed.emit(
            ReaderState(
                key=self.key,
                sort=ReaderSort.SERIAL,
                name=self.port.name or self.port.device,
                condition=condition,
                said=said,
                remedy=remedy,
            )
        )
