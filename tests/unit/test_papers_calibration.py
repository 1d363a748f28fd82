"""The calibration sheet: one page, and every code on it is read back as it was meant."""

import shutil
import subprocess

import pytest
import zxingcpp
from PIL import Image

from app.papers.calibration_sheet import write_calibration_sheet
from app.readers.advice import ADVICE
from app.readers.calibration import CODES


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler is absent")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_is_read_from_one_page(tmp_path, language):
    pdf = tmp_path / "sheet.pdf"
    write_calibration_sheet(pdf, CODES, ADVICE.values(), language=language)
    subprocess.run(["pdftoppm", "-r", "200", "-png", pdf, tmp_path / "page"], check=True)
    (picture,) = tmp_path.glob("page*.png")
    with Image.open(picture) as page:
        found = {(code.text, "QR" in str(code.format)) for code in zxingcpp.read_barcodes(page)}
    assert found == {(code.text, code.is_qr) for code in CODES}
