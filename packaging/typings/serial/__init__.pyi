# What Venue Desk uses of pyserial 3.5, which ships no types.

class SerialException(OSError): ...

class Serial:
    def __init__(
        self,
        port: str | None = None,
        baudrate: int = 9600,
        *,
        timeout: float | None = None,
        exclusive: bool | None = None,
    ) -> None: ...
    @property
    def in_waiting(self) -> int: ...
    def read(self, size: int = 1) -> bytes: ...
    def close(self) -> None: ...
