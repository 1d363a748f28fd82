"""`readers list|test|sheet`: which readers there are, whether they are set right."""

import queue
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import JsonOption, ProfileOption, language, plain, print_json, print_rows, say
from app.domain.text import mask_code
from app.domain.words import Words
from app.readers.advice import ADVICE
from app.readers.calibration import CODES
from app.readers.diagnosis import Diagnosis, Heard, diagnose
from app.readers.serial_ports import (
    DEFAULT_BAUD,
    PortLost,
    PortRead,
    SerialEvent,
    SerialMonitor,
    SerialPort,
    list_ports,
)

readers_app = typer.Typer(help="Readers of badges and cards.", no_args_is_help=True)

FINE = Words("設定正確", "set right")
KEYBOARD = Words("像鍵盤的讀取器：插上就能用", "readers that type like a keyboard: just plug in")
NO_PORTS = Words("沒有序列埠", "no serial ports")
PORT_LOST = Words(
    "序列埠打不開或不見了：檢查插頭、使用權，以及是否有別的程式正在用。",
    "The port cannot be opened or is gone: look at the plug, the right to use it, other programs.",
)
NOTHING = Words("時間內沒有讀到任何東西。", "Nothing was read in time.")


@readers_app.command(name="list")
def list_readers(*, profile: ProfileOption = None, as_json: JsonOption = False) -> None:
    """List the serial ports a reader could be at; keyboard readers need no choice."""
    del profile  # every command takes it; readers belong to no event
    ports = list_ports()
    if as_json:
        found = [
            {"port": each.device, "name": each.name, "hardware": each.hardware} for each in ports
        ]
        print_json({"serial": found})
        return
    spoken = language()
    rows: list[tuple[str, ...]] = [("keyboard", KEYBOARD.in_language(spoken))]
    rows += [(each.device, each.name or each.hardware) for each in ports]
    if not ports:
        rows.append(("serial", NO_PORTS.in_language(spoken)))
    print_rows(rows)


@readers_app.command(name="test")
def try_reader(
    *,
    port: Annotated[
        str | None, typer.Option("--port", help="Serial port; else lines of the keyboard.")
    ] = None,
    baud: Annotated[int, typer.Option("--baud", min=300, help="Speed of the port.")] = DEFAULT_BAUD,
    count: Annotated[int, typer.Option("--count", min=1, help="End after so many codes.")] = 3,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="Longest wait at a port.")
    ] = 60,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Scan the calibration sheet's codes and hear what is wrong; ends with 1 if anything is."""
    del profile
    heard = _from_port(port, baud, seconds) if port else _from_keyboard()
    told = []
    for number, each in enumerate(heard, 1):
        diagnosis = diagnose(each)
        told.append(diagnosis)
        _tell(each, diagnosis, as_json=as_json)
        if number == count:
            break
    if not told:
        say(NOTHING)
    if not told or not all(each.is_fine for each in told):
        raise typer.Exit(1)


@readers_app.command()
def sheet(
    out: Annotated[Path, typer.Argument(help="PDF to write.")],
    *,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the calibration sheet: one page to print and scan."""
    del profile
    from app.papers.calibration_sheet import write_calibration_sheet

    write_calibration_sheet(out, CODES, ADVICE.values(), language=language())
    if as_json:
        print_json({"file": str(out)})
    else:
        print_rows([(out,)])


def _tell(heard: Heard, diagnosis: Diagnosis, *, as_json: bool) -> None:
    """Tell one reading; of what is no code of the sheet only the end shows, it may be a badge."""
    text = heard.text if diagnosis.code else mask_code(heard.text)
    spoken = language()
    if as_json:
        print_json(
            {
                "text": text,
                "code": diagnosis.code.key if diagnosis.code else None,
                "fine": diagnosis.is_fine,
                "faults": [each.fault.value for each in diagnosis.advice],
            }
        )
    elif diagnosis.is_fine:
        print_rows([(plain(text), FINE.in_language(spoken))])
    else:
        print_rows(
            [
                (plain(text), each.said.in_language(spoken), each.remedy.in_language(spoken))
                for each in diagnosis.advice
            ]
        )


def _from_keyboard() -> Iterator[Heard]:
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        if text:
            yield Heard(text=text[:512], truncated=len(text) > 512)


def _from_port(device: str, baud: int, seconds: float) -> Iterator[Heard]:
    events: queue.Queue[SerialEvent] = queue.Queue()
    monitor = SerialMonitor(SerialPort(device=device), events.put, baud=baud)
    monitor.start()
    ends = time.monotonic() + seconds
    try:
        while (left := ends - time.monotonic()) > 0:
            try:
                event = events.get(timeout=left)
            except queue.Empty:
                return
            if isinstance(event, PortLost):
                say(PORT_LOST)
            elif isinstance(event, PortRead):
                reading = event.reading
                yield Heard(
                    text=reading.text,
                    missing_suffix=reading.missing_suffix,
                    truncated=reading.truncated,
                )
    finally:
        monitor.stop()
