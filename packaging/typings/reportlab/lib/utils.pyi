# Reading pictures.

from typing import BinaryIO

class ImageReader:
    def __init__(self, fileName: BinaryIO) -> None: ...
    def getSize(self) -> tuple[int, int]: ...
