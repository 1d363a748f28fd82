"""The card's end of a virtual reader (vpcd's protocol: two bytes of length, then a message)."""

import contextlib
import socket
from threading import Thread
from typing import Protocol

POWER_OFF, POWER_ON, RESET, TELL_ATR = 0, 1, 2, 4


class VirtualCard(Protocol):
    """A card as these tests write one."""

    atr: bytes

    def transmit(self, command: bytes) -> bytes: ...


class PulledOut(Exception):
    """A card says so when somebody pulls it out while it is being asked."""


class InsertedCard:
    """A card in a reader: answers in its own thread until it is taken out."""

    def __init__(self, card: VirtualCard, port: int) -> None:
        self._card = card
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=None)
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take the card out."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        try:
            while message := self._hear():
                answer = self._answer(message)
                if answer is not None:
                    self._socket.sendall(len(answer).to_bytes(2) + answer)
        except PulledOut:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def _answer(self, message: bytes) -> bytes | None:
        if len(message) > 1:
            return self._card.transmit(message)
        return self._card.atr if message[0] == TELL_ATR else None

    def _hear(self) -> bytes:
        length = int.from_bytes(self._receive(2))
        return self._receive(length)

    def _receive(self, length: int) -> bytes:
        content = b""
        while len(content) < length:
            part = self._socket.recv(length - len(content))
            # The reader sends length and message apart; without this each waits for the other
            # side's delayed acknowledgement (44 ms a command).
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            if not part:
                return b""
            content += part
        return content
