"""Pictures and PDF pages as a backdrop (底图): shown under the plan to trace rooms over; nothing is read from them."""

import io
import warnings
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from fangdi.domain.plans.model import Plan, PlanFormat, Units
from fangdi.errors import InvalidInputError
from fangdi_gis_data.archives import unusable

MOST_PIXELS = 200_000_000
"""Of a picture: a sheet of A0 (841 × 1189 mm) scanned at 300 dpi has 140 million."""
LONGEST_SIDE = 4096
"""Pixels of the backdrop's longer side: what every graphics card takes as one texture."""
_PDF_DPI = 200
_POINTS_PER_INCH = 72
_FORMATS = ("PNG", "JPEG", "TIFF")


def read_picture(file: Path) -> Plan:
    """Return a plan without rooms, after making sure that the picture or the first page can be shown.

    Raises:
        InvalidInputError: it is damaged, protected, or too large.
    """
    backdrop_image(file)
    return Plan(PlanFormat.PICTURE, floors=(), units=Units("px", 1.0, "format"))


def backdrop_image(file: Path, page: int = 0) -> tuple[bytes, int, int]:
    """Return a picture, or a page of a PDF or TIFF counted from 0, as PNG with its width and height in pixels.

    Raises:
        InvalidInputError: it is damaged, protected or too large, or has no such page.
    """
    try:
        with file.open("rb") as stream:
            is_pdf = b"%PDF-" in stream.read(1024)
        picture = _pdf_page(file, page) if is_pdf else _picture(file, page)
        written = io.BytesIO()
        picture.save(written, format="PNG")
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, MemoryError) as error:  # as Pillow's readers raise
        raise unusable(file, error) from error
    return written.getvalue(), picture.width, picture.height


def _picture(file: Path, page: int) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks on metadata, and on sizes, for which we have a limit of our own
        try:
            opened = Image.open(file, formats=_FORMATS)
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        with opened as picture:
            if page >= getattr(picture, "n_frames", 1):
                raise _no_page(page)
            picture.seek(page)
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large()
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return upright.convert("RGB")


def _pdf_page(file: Path, page: int) -> Image.Image:
    try:
        with pypdfium2.PdfDocument(file) as document:
            if page >= len(document):
                raise _no_page(page)
            sheet = document[page]
            longest = max(sheet.get_size())
            if not longest > 0:
                raise _no_page(page)
            scale = min(_PDF_DPI / _POINTS_PER_INCH, LONGEST_SIDE / longest)
            picture: Image.Image = sheet.render(scale=scale).to_pil()
            return picture.convert("RGB")
    except pypdfium2.PdfiumError as error:
        raise unusable(file, error) from error


def _too_large() -> InvalidInputError:
    return InvalidInputError(
        f"图片超过 {MOST_PIXELS // 1_000_000} 百万像素,请缩小后上传。 / "
        f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels; scale it down."
    )


def _no_page(page: int) -> InvalidInputError:
    return InvalidInputError(f"文件没有第 {page + 1} 页。 / The file has no page {page + 1}.")
