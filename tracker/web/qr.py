"""A text as a QR code that stands in the page itself."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString


def as_svg(text: str) -> SafeString:
    """The code as an `svg` element. Black on white in every theme, or some cameras do not read it.

    The text itself is not part of the markup. The page says what it is: role="img" and a label around it.
    """
    code = segno.make(text, error="m", micro=False)
    return SafeString(code.svg_inline(scale=5, border=4, dark="#000", light="#fff"))
