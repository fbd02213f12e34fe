"""What a page prints of its own article a second time is chrome; what a document repeats is not."""

import pytest

from kehoach.extract.clean import clean_text, load_clean_rules
from kehoach.schemas.stages import SourceText

RULES = load_clean_rules()
ARTICLE = "Ngày 5/3/2026, UBND tỉnh Sông Trăng ban hành Kế hoạch trồng rừng ven sông, giao Sở Nội vụ rà soát quỹ đất của các xã."
INSTRUMENT = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
KẾ HOẠCH
Trồng rừng ven sông
1. Sở Nội vụ chủ trì rà soát quỹ đất của các xã ven sông.
Nơi nhận: Các sở.
"""


def dropped(text):
    source = SourceText(text, "text/markdown", "utf-8", "0" * 64)
    return [line for item in clean_text(source, RULES).dropped for line in item.span.of(text).split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a list of contents: entries that come again as headings
            f"# Kế hoạch trồng rừng ra sao?\n\n-\n**Trồng rừng ở đâu năm nay?** -\n**Ai trồng rừng ven sông?**\n\n**Trồng rừng ở đâu năm nay?**\n\n{ARTICLE}\n\n**Ai trồng rừng ven sông?**\n\n{ARTICLE}",
            ["**Trồng rừng ở đâu năm nay?** -", "**Ai trồng rừng ven sông?**"],
        ),
        (  # one repeated heading is none, nor are cells
            f"# Kế hoạch trồng rừng ra sao?\n\n**Trồng rừng ở đâu năm nay?**\n\n{ARTICLE}\n\n**Trồng rừng ở đâu năm nay?**\n\n{ARTICLE}",
            [],
        ),
        (f"# Kế hoạch trồng rừng\n\nSở Nội vụ\n\nCác xã\n\n{ARTICLE}\n\nSở Nội vụ\n\nCác xã\n\n{ARTICLE}", []),
        # a preview breaks off and stands whole below
        (f"Kế hoạch trồng rừng\n\n{ARTICLE[:90]} …\n\n{ARTICLE}", [f"{ARTICLE[:90]} …"]),
        (f"Kế hoạch trồng rừng\n\nTháo gỡ vướng mắc, khó khăn cho hộ trồng rừng và các đơn vị cung ứng cây giống…\n\n{ARTICLE}", []),
        # the name of the instrument above the site's own lines
        (
            f"{INSTRUMENT}Kế hoạch 12/KH-UBND năm 2026 trồng rừng ven sông do tỉnh Sông Trăng ban hành\nĐăng nhập\nLượt xem: 120\nHotline: 0901 234 567\nĐang trực tuyến: 15",
            ["Kế hoạch 12/KH-UBND năm 2026 trồng rừng ven sông do tỉnh Sông Trăng ban hành"],
        ),
        (f"{INSTRUMENT}Kế hoạch 12/KH-UBND năm 2026 trồng rừng ven sông", []),
        ("### Nội dung chính\n\n" + ARTICLE, ["### Nội dung chính"]),
        (f"{INSTRUMENT * 3}**Nội dung chính**\n{ARTICLE}", []),
    ],
    ids=[
        "contents",
        "one heading",
        "cells",
        "preview",
        "an open end",
        "title above chrome",
        "title alone",
        "heading of contents",
        "a heading far below",
    ],
)
def test_what_a_page_prints_twice(text, expected):
    found = dropped(text)
    assert [line for line in found if line in expected] == expected
    assert expected or not found
