class ListPortInfo:
    device: str
    description: str | None
    product: str | None
    vid: int | None
    pid: int | None
    serial_number: str | None

def comports(include_links: bool = False) -> list[ListPortInfo]: ...
