# ruff: noqa: N802, N803 - names are reportlab's
# Registered fonts.

from reportlab.pdfbase.ttfonts import TTFont

def registerFont(font: TTFont) -> None: ...
def stringWidth(text: str, fontName: str, fontSize: float) -> float: ...
