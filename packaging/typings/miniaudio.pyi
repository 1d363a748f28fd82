"""What the window uses of miniaudio, whose wheels carry no types."""

from collections.abc import Generator
from enum import Enum

class SampleFormat(Enum):
    SIGNED16 = 2

class PlaybackDevice:
    def __init__(
        self,
        output_format: SampleFormat = ...,
        nchannels: int = ...,
        sample_rate: int = ...,
        buffersize_msec: int = ...,
    ) -> None: ...
    def start(self, callback_generator: Generator[bytes, int]) -> None: ...
    def close(self) -> None: ...
