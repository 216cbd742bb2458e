import base64
import re
from html import escape

from django.utils.html import conditional_escape

from tracker.web.qr import as_svg

SECRET = "otpauth://totp/lee%40ridge.example?secret=JBSWY3DPEHPK3PXP&issuer=Onset"


def test_a_code_stands_in_the_page_without_a_style_or_a_script():
    drawing = as_svg(SECRET)
    assert drawing.startswith("<svg")
    assert not [word for word in ("style", "script", "href", "onload") if word in drawing]
    assert conditional_escape(drawing) == drawing


def test_it_stands_black_on_a_white_ground_of_its_own_with_a_quiet_edge():
    drawing = as_svg(SECRET)
    ground = re.search(r'fill="#fff" d="M0 0h(\d+)v(\d+)h', drawing)
    assert ground and ground[1] == ground[2]
    assert 'stroke="#000"' in drawing
    assert "M4 4.5h7" in drawing  # the first finder begins after four empty modules


def test_what_it_says_is_never_part_of_the_markup():
    drawing = as_svg("<script>alert(1)</script>")
    assert "script" not in drawing
    assert escape("<script>") not in drawing
    assert "JBSWY3DPEHPK3PXP" not in as_svg(SECRET)
    assert base64.b64encode(b"JBSWY3DPEHPK3PXP").decode() not in as_svg(SECRET)
