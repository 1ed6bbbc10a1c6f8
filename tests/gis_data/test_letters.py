"""What the standard Chinese font of PDF readers sets: letters it lacks are replaced or named, never left out."""

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from fangdi_gis_data.letters import in_words
from fangdi_gis_data.pdf_parts import set_font


def as_read(text: str) -> str:
    """Return what a reader finds in a page that holds the text."""
    font, out = set_font(None), io.BytesIO()
    page = Canvas(out)
    page.setFont(font, 12)
    page.drawString(50, 700, in_words(text, font))
    page.save()
    with pypdfium2.PdfDocument(out.getvalue()) as opened:
        return opened[0].get_textpage().get_text_range().strip()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("面积核定表 · 市档案局", "面积核定表 ・ 市档案局"),  # set as U+30FB: the font's map of Unicode has no U+00B7
        ("max(0, 实际−核定)", "max(0, 实际-核定)"),
        ("25 m²", "25 ㎡"),
        ("甬机管〔2026〕8号 × ÷ Σ ≥ ℃", "甬机管〔2026〕8号 × ÷ Σ ≥ ℃"),
        ("㐂某", "㐂某"),  # of CJK extension A
    ],
)
def test_what_the_font_lacks_is_replaced_by_what_looks_the_same(text: str, read: str) -> None:
    assert as_read(text) == read


@pytest.mark.parametrize(("letter", "name"), [("👍", "thumbs up sign"), ("ñ", "latin small letter n with tilde")])
def test_what_has_no_likeness_is_named(letter: str, name: str) -> None:
    assert as_read(f"备注{letter}") == f"备注[{name}]"
