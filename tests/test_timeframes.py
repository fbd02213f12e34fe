"""Timeframes: what an expression means, and whether it binds.

Each row is a sentence or cell and what is read from it, one line per timeframe: the quote, the kind, then what applies of
``start..end``, ``before``, the recurrence, ``MM-DD`` and the recurrence rule. "" means that nothing is a timeframe.
"""

import random
import re
from datetime import date

import pytest
from structure import view_of

from kehoach.extract.matching import lowered
from kehoach.extract.timeframes import find_timeframes, load_time_rules
from kehoach.rules.timeframes import WORD_LABELS
from kehoach.schemas.errors import RuleError
from kehoach.schemas.spans import Span
from kehoach.schemas.stages import TimeContext, TimeMention

RULES = load_time_rules()
AUTUMN = TimeContext(date(2025, 11, 20), 2025)  # a plan signed in November 2025
SPRING = TimeContext(date(2024, 3, 5), 2024)
YEAR_ONLY = TimeContext(None, 2025)
UNDATED = TimeContext()


def shown(text: str, mention: TimeMention) -> str:
    days = f"{mention.start or ''}..{mention.end or ''}"
    parts = [" ".join(mention.span.of(text).split()), str(mention.kind), days if days != ".." else "", "before" if mention.before else ""]
    return " | ".join(part for part in (*parts, mention.recurrence or "", mention.month_day or "", mention.rrule or "") if part)


def read(text: str, context: TimeContext = AUTUMN, **options: object) -> list[str]:
    view = view_of(text)
    return [shown(text, mention) for mention in find_timeframes(view, Span(0, len(view)), RULES, context, **options)]


def lines(expected: str) -> list[str]:
    return [line.strip() for line in expected.split("\n") if line.strip()]


# --- days: the bounding words ------------------------------------------------------------------------------------------
DEADLINES = [
    ("Báo cáo kết quả về Sở Nội vụ trước ngày 31/10/2026.", "trước ngày 31/10/2026 | deadline | ..2026-10-31 | before"),
    ("Gửi danh sách trước 15/12/2025 để tổng hợp.", "trước 15/12/2025 | deadline | ..2025-12-15 | before"),
    ("Hoàn thành trước ngày 30 tháng 6 năm 2026.", "trước ngày 30 tháng 6 năm 2026 | deadline | ..2026-06-30 | before"),
    ("Hoàn thành xong trước ngày 05/01/2026", "xong trước ngày 05/01/2026 | deadline | ..2026-01-05 | before"),
    ("Chậm nhất ngày 15/12/2025, các xã gửi báo cáo.", "Chậm nhất ngày 15/12/2025 | deadline | ..2025-12-15"),
    ("Chậm nhất là ngày 15 tháng 12 năm 2025 phải bàn giao.", "Chậm nhất là ngày 15 tháng 12 năm 2025 | deadline | ..2025-12-15"),
    ("hoàn thành chậm nhất trước ngày 31/01/2026", "chậm nhất trước ngày 31/01/2026 | deadline | ..2026-01-31 | before"),
    ("Nộp hồ sơ muộn nhất vào ngày 10/01/2026", "muộn nhất vào ngày 10/01/2026 | deadline | ..2026-01-10"),
    ("Thời gian hoàn thành không quá ngày 20/12/2025", "không quá ngày 20/12/2025 | deadline | ..2025-12-20"),
    ("Giải ngân hết vốn đến ngày 31/01/2026", "đến ngày 31/01/2026 | deadline | ..2026-01-31"),
    ("Tiếp nhận hồ sơ đến hết ngày 15/01/2026.", "đến hết ngày 15/01/2026 | deadline | ..2026-01-15"),
    ("Rà soát, tính đến hết tháng 12/2025 phải xong.", "tính đến hết tháng 12/2025 | deadline | ..2025-12-31"),
    ("Tính đến tháng 6/2026, giải ngân đạt 50% kế hoạch", "Tính đến tháng 6/2026 | deadline | ..2026-06-30"),
    ("Thu thập số liệu trước ngày 5.5.2026", "trước ngày 5.5.2026 | deadline | ..2026-05-05 | before"),
    ("Hoàn thành trước tháng 6/2026", "trước tháng 6/2026 | deadline | ..2026-05-31 | before"),
    ("Di dời xong các cơ sở trước năm 2030.", "trước năm 2030 | deadline | ..2029-12-31 | before"),
    ("Trình phê duyệt trước quý III/2026", "trước quý III/2026 | deadline | ..2026-06-30 | before"),
    ("Nghiệm thu trước cuối năm 2026", "trước cuối năm 2026 | deadline | ..2026-12-31 | before"),
    ("Đánh giá kết quả vào cuối năm 2030.", "vào cuối năm 2030 | deadline | ..2030-12-31"),
    ("Xử lý dứt điểm trong những tháng cuối năm 2025.", "trong những tháng cuối năm 2025 | deadline | ..2025-12-31"),
    ("Hoàn thành trong trước 31/3/2026 đối với cấp cơ sở", "trong trước 31/3/2026 | deadline | ..2026-03-31 | before"),
    ("Công bố kết quả trước\nngày 31/10/2026", "trước ngày 31/10/2026 | deadline | ..2026-10-31 | before"),
    ("Gửi kế hoạch **trước ngày 01/12/2025** về Sở", "trước ngày 01/12/2025 | deadline | ..2025-12-01 | before"),
]
POINTS = [
    ("Khởi công vào ngày 19/12/2025 tại xã An Bình.", "vào ngày 19/12/2025 | point | 2025-12-19..2025-12-19"),
    ("Ngày 15/01/2026, tổ chức lễ phát động.", "Ngày 15/01/2026 | point | 2026-01-15..2026-01-15"),
    ("Dự kiến tổ chức ngày 22 tháng 12 năm 2025", "ngày 22 tháng 12 năm 2025 | point | 2025-12-22..2025-12-22"),
    ("Kiểm tra lúc 8h00 ngày 10/12/2025", "ngày 10/12/2025 | point | 2025-12-10..2025-12-10"),
    ("Trưng bày trong dịp Tết Nguyên đán năm 2026", "trong dịp Tết Nguyên đán năm 2026 | point | 2026-02-17..2026-02-17"),
]
# --- months, quarters, halves, years -----------------------------------------------------------------------------------
PERIODS = [
    ("Hoàn thành trong tháng 12/2025.", "trong tháng 12/2025 | period | 2025-12-01..2025-12-31"),
    ("Tổ chức tập huấn trong tháng 3 năm 2026", "trong tháng 3 năm 2026 | period | 2026-03-01..2026-03-31"),
    ("Tháng 01/2026: khảo sát thực địa", "Tháng 01/2026 | period | 2026-01-01..2026-01-31"),
    ("Khởi công đầu tháng 5/2026", "đầu tháng 5/2026 | period | 2026-05-01..2026-05-10"),
    ("Thẩm định nội bộ giữa tháng 5/2026", "giữa tháng 5/2026 | period | 2026-05-11..2026-05-20"),
    ("Bàn giao mặt bằng cuối tháng 2/2028", "cuối tháng 2/2028 | period | 2028-02-21..2028-02-29"),
    ("Trình vào trung tuần tháng 4/2026", "vào trung tuần tháng 4/2026 | period | 2026-04-11..2026-04-20"),
    ("Ban hành trong quý II/2026.", "trong quý II/2026 | period | 2026-04-01..2026-06-30"),
    ("Ban hành ngay trong quý 1 năm 2026.", "ngay trong quý 1 năm 2026 | period | 2026-01-01..2026-03-31"),
    ("Phê duyệt vào đầu quý I năm 2026", "vào đầu quý I năm 2026 | period | 2026-01-01..2026-01-31"),
    ("Xong trong Quý III-2026", "Xong trong Quý III-2026 | period | 2026-07-01..2026-09-30"),
    ("Vận hành thử trong quý III và quý IV năm 2026", "trong quý III và quý IV năm 2026 | period | 2026-07-01..2026-12-31"),
    ("Khảo sát trong quý I, II/2026", "trong quý I, II/2026 | period | 2026-01-01..2026-06-30"),
    ("Tổ chức điều tra từ tháng 3 đến tháng 6/2026", "từ tháng 3 đến tháng 6/2026 | period | 2026-03-01..2026-06-30"),
    ("Thi công từ tháng 9/2026 đến tháng 3/2029", "từ tháng 9/2026 đến tháng 3/2029 | period | 2026-09-01..2029-03-31"),
    ("Triển khai từ tháng 10/2026 đến hết tháng 3", "từ tháng 10/2026 đến hết tháng 3 | period | 2026-10-01..2027-03-31"),
    ("Triển lãm từ ngày 08 đến ngày 12 tháng 01 năm 2026", "từ ngày 08 đến ngày 12 tháng 01 năm 2026 | period | 2026-01-08..2026-01-12"),
    (
        "Tổ chức từ ngày 27 tháng 12 năm 2025 đến ngày 01 tháng 01 năm 2026",
        "từ ngày 27 tháng 12 năm 2025 đến ngày 01 tháng 01 năm 2026 | period | 2025-12-27..2026-01-01",
    ),
    ("Tổ chức tuần lễ sách trong các ngày 8-12/12/2025", "trong các ngày 8-12/12/2025 | period | 2025-12-08..2025-12-12"),
    ("Triển khai thí điểm trong 6 tháng đầu năm 2026", "trong 6 tháng đầu năm 2026 | period | 2026-01-01..2026-06-30"),
    ("Trong 3 tháng cuối năm 2026, tập trung giải ngân", "Trong 3 tháng cuối năm 2026 | period | 2026-10-01..2026-12-31"),
    ("Rà soát trong nửa đầu năm 2026", "trong nửa đầu năm 2026 | period | 2026-01-01..2026-06-30"),
    ("Hoàn thành trong năm 2026.", "trong năm 2026 | period | 2026-01-01..2026-12-31"),
    ("Năm 2026, mở thêm 05 tuyến xe buýt.", "Năm 2026 | period | 2026-01-01..2026-12-31"),
    ("Giai đoạn 2026 - 2030, mỗi xã có một trạm y tế.", "Giai đoạn 2026 - 2030 | period | 2026-01-01..2030-12-31"),
    ("Thí điểm trong giai đoạn 2026–2027", "trong giai đoạn 2026–2027 | period | 2026-01-01..2027-12-31"),
    ("Trong nhiệm kỳ 2025-2030, xây mới 10 trường học", "Trong nhiệm kỳ 2025-2030 | period | 2025-01-01..2030-12-31"),
    ("Trong giai đoạn từ năm 2026 đến năm 2030, trồng 5.000 ha rừng", "Trong giai đoạn từ năm 2026 đến năm 2030 | period | 2026-01-01..2030-12-31"),
    ("Triển khai từ năm 2026 đến hết năm 2030.", "từ năm 2026 đến hết năm 2030 | period | 2026-01-01..2030-12-31"),
    ("Áp dụng từ năm 2026", "từ năm 2026 | period | 2026-01-01.."),
    ("Áp dụng từ năm 2026 trở đi", "từ năm 2026 trở đi | period | 2026-01-01.."),
    ("Mở rộng sau năm 2028", "sau năm 2028 | period | 2029-01-01.."),
    ("Trong năm 2026 và các năm tiếp theo, nhân rộng mô hình", "Trong năm 2026 và các năm tiếp theo | period | 2026-01-01.."),
    (
        "Trong quý II và những tháng tiếp theo năm 2026, tập trung thu ngân sách",
        "Trong quý II và những tháng tiếp theo năm 2026 | period | 2026-04-01..2026-12-31",
    ),
    ("Từ nay đến hết năm 2026, dừng cấp phép mới", "Từ nay đến hết năm 2026 | period | 2025-11-20..2026-12-31"),
    ("Kiểm soát giá cả từ nay đến Tết Nguyên đán năm 2026", "từ nay đến Tết Nguyên đán năm 2026 | period | 2025-11-20..2026-02-17"),
    ("Từ nay đến trước ngày 25/12/2025 bố trí đủ nhân lực", "Từ nay đến trước ngày 25/12/2025 | period | 2025-11-20..2025-12-25"),
]
YEAR_TARGETS = [
    ("Đến năm 2030, tỷ lệ hộ nghèo còn dưới 1%", "Đến năm 2030 | deadline | ..2030-12-31"),
    ("Phấn đấu đến năm 2030 có 20 xã đạt chuẩn", "đến năm 2030 | deadline | ..2030-12-31"),
    ("Mục tiêu đến hết năm 2026:", "đến hết năm 2026 | deadline | ..2026-12-31"),
    ("Trên 90% hộ dân dùng nước sạch đến năm 2030", "đến năm 2030 | deadline | ..2030-12-31"),
    ("Diện tích rừng ven biển đến năm 2030 đạt 1.200 ha", "đến năm 2030 | deadline | ..2030-12-31"),
    ("Chỉ số hài lòng năm 2026 tăng ít nhất 02 bậc", "năm 2026 | period | 2026-01-01..2026-12-31"),
    ("Tỷ lệ giải ngân năm 2026 toàn tỉnh đạt 95%", "năm 2026 | period | 2026-01-01..2026-12-31"),
    (
        "80% (năm 2026), 95% (năm 2030) trẻ em được khám sức khỏe",
        "năm 2026 | period | 2026-01-01..2026-12-31\nnăm 2030 | period | 2030-01-01..2030-12-31",
    ),
    ("70% (2026) hộ có nước sạch", "2026 | period | 2026-01-01..2026-12-31"),
    (
        "Tăng trưởng giai đoạn 2026 - 2030, 2031 - 2035 và 2036 - 2040 đạt 8%, 9% và 10%",
        "giai đoạn 2026 - 2030 | period | 2026-01-01..2030-12-31\n2031 - 2035 | period | 2031-01-01..2035-12-31\n2036 - 2040 | period | 2036-01-01..2040-12-31",
    ),
    ("Tổ chức hội thao thành phố năm 2026 và năm 2028.", "năm 2026 | period | 2026-01-01..2026-12-31\nnăm 2028 | period | 2028-01-01..2028-12-31"),
    ("Thu nhập bình quân cuối năm 2030 tăng 3 lần", "cuối năm 2030 | deadline | ..2030-12-31"),
]
# --- recurrence --------------------------------------------------------------------------------------------------------
RECURRING = [
    ("Hằng năm, các xã xây dựng phương án ứng phó.", "Hằng năm | recurring | yearly"),
    ("Hàng năm tổ chức sát hạch", "Hàng năm | recurring | yearly"),
    ("Mỗi năm mở ít nhất 02 lớp tập huấn", "Mỗi năm | recurring | yearly"),
    ("Công bố giá vật liệu hằng quý trên Cổng thông tin", "hằng quý | recurring | quarterly"),
    ("Định kỳ hằng quý tổng hợp, báo cáo Ủy ban nhân dân tỉnh", "Định kỳ hằng quý | recurring | quarterly"),
    ("Thống kê số lượng đàn gia súc hàng tháng trên địa bàn xã", "hàng tháng | recurring | monthly"),
    ("Hằng tuần báo cáo tiến độ", "Hằng tuần | recurring | weekly"),
    ("Chiều thứ Sáu hằng tuần báo cáo tiến độ", "Chiều thứ Sáu hằng tuần | recurring | weekly | FREQ=WEEKLY;BYDAY=FR"),
    ("Trong mưa lũ báo cáo 02 lần/ngày", "02 lần/ngày | recurring | daily"),
    ("100% xã tổ chức đối thoại ít nhất 1 lần/năm", "ít nhất 1 lần/năm | recurring | yearly"),
    ("Tập huấn ít nhất 1 lần/ năm cho cán bộ", "ít nhất 1 lần/ năm | recurring | yearly"),
    ("Kiểm tra 02 lần/quý các bến đò", "02 lần/quý | recurring | quarterly"),
    ("Định kỳ 06 tháng một lần báo cáo Bộ Xây dựng", "Định kỳ 06 tháng một lần | recurring | half_yearly"),
    ("Báo cáo tiến độ 3 tháng một lần", "3 tháng một lần | recurring | quarterly"),
    ("Tổng kiểm kê 5 năm một lần", "5 năm một lần | recurring | yearly | FREQ=YEARLY;INTERVAL=5"),
    ("Sơ kết 02 năm/lần", "02 năm/lần | recurring | yearly | FREQ=YEARLY;INTERVAL=2"),
    ("Giao ban 02 tuần một lần", "02 tuần một lần | recurring | weekly | FREQ=WEEKLY;INTERVAL=2"),
    ("Giao ban 2 tháng một lần", "2 tháng một lần | recurring | monthly | FREQ=MONTHLY;INTERVAL=2"),
    ("Định kỳ 6 tháng, 1 năm báo cáo Sở Y tế", "Định kỳ 6 tháng | recurring | half_yearly\n1 năm | recurring | yearly"),
    (
        "Định kỳ hằng quý, 6 tháng, năm báo cáo kết quả",
        "Định kỳ hằng quý | recurring | quarterly\n6 tháng | recurring | half_yearly\nnăm | recurring | yearly",
    ),
    ("Gửi báo cáo trước ngày 15 hằng tháng", "trước ngày 15 hằng tháng | recurring | before | monthly | FREQ=MONTHLY;BYMONTHDAY=15"),
    ("Gửi báo cáo vào ngày 22 hàng tháng", "vào ngày 22 hàng tháng | recurring | monthly | FREQ=MONTHLY;BYMONTHDAY=22"),
    ("Hằng tháng (trước ngày 25) gửi báo cáo", "Hằng tháng (trước ngày 25) | recurring | before | monthly | FREQ=MONTHLY;BYMONTHDAY=25"),
    ("Hằng tháng, các phường gửi báo cáo trước ngày 25 về Sở", "trước ngày 25 | recurring | before | monthly | FREQ=MONTHLY;BYMONTHDAY=25"),
    (
        "Báo cáo trước ngày 20 của tháng cuối quý",
        "trước ngày 20 của tháng cuối quý | recurring | before | quarterly | FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",
    ),
    (
        "Gửi số liệu trước ngày 05 của tháng đầu quý sau",
        "trước ngày 05 của tháng đầu quý sau | recurring | before | quarterly | FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5",
    ),
    ("Trước ngày 15/12 hàng năm tổng hợp, báo cáo", "Trước ngày 15/12 hàng năm | recurring | before | yearly | 12-15"),
    ("Định kỳ trước ngày 20 tháng 11 hàng năm gửi báo cáo", "Định kỳ trước ngày 20 tháng 11 hàng năm | recurring | before | yearly | 11-20"),
    ("Hằng năm, trước ngày 25 tháng 12, các xã gửi báo cáo", "Hằng năm, trước ngày 25 tháng 12 | recurring | before | yearly | 12-25"),
    ("Định kỳ hằng năm (trước ngày 10/12) hoặc đột xuất báo cáo", "Định kỳ hằng năm (trước ngày 10/12) | recurring | before | yearly | 12-10"),
    ("Định kỳ hằng năm báo cáo kết quả về Sở Nội vụ trước ngày 15/12", "trước ngày 15/12 | recurring | before | yearly | 12-15"),
    (
        "Định kỳ trước ngày 15/6 và 15/12 gửi báo cáo",
        "Định kỳ trước ngày 15/6 | recurring | before | yearly | 06-15\n15/12 | recurring | before | yearly | 12-15",
    ),
    (
        "Báo cáo trước ngày 01/6 và 15/11 hằng năm",
        "trước ngày 01/6 | recurring | before | yearly | 06-01\n15/11 hằng năm | recurring | before | yearly | 11-15",
    ),
    ("Báo cáo trước ngày 30 tháng 01 của năm tiếp theo", "trước ngày 30 tháng 01 của năm tiếp theo | recurring | before | yearly | 01-30"),
    (
        "Chậm nhất ngày 15 tháng 11 hàng năm (từ năm 2026 trở đi), các Sở gửi báo cáo",
        "Chậm nhất ngày 15 tháng 11 hàng năm (từ năm 2026 trở đi) | recurring | 2026-01-01.. | yearly | 11-15",
    ),
    ("Định kỳ hàng năm (từ năm 2026) báo cáo Ủy ban nhân dân xã", "Định kỳ hàng năm (từ năm 2026) | recurring | 2026-01-01.. | yearly"),
    ("Phát động tháng an toàn vào tháng 5 hằng năm", "vào tháng 5 hằng năm | recurring | yearly | FREQ=YEARLY;BYMONTH=5"),
    ("Tổ chức rà soát vào quý IV hằng năm", "vào quý IV hằng năm | recurring | yearly | FREQ=YEARLY;BYMONTH=10,11,12"),
    ("Tưới rửa đường từ tháng 10 đến tháng 4 năm sau", "từ tháng 10 đến tháng 4 năm sau | recurring | yearly | FREQ=YEARLY;BYMONTH=10,11,12,1,2,3,4"),
    ("Định kỳ tổng hợp, báo cáo kết quả", "Định kỳ | recurring"),
    ("Chủ trì, định kỳ báo cáo Chủ tịch Ủy ban nhân dân xã", "định kỳ | recurring"),
    ("Tiếp tục rà soát, cập nhật định kỳ trong quá trình thực hiện", "định kỳ | recurring"),
    (
        "Định kỳ hằng quý gửi Sở Xây dựng (trước ngày 20 tháng cuối quý)",
        "trước ngày 20 tháng cuối quý | recurring | before | quarterly | FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",
    ),
]
ONGOING = [
    ("Thường xuyên rà soát các đối tượng bảo trợ", "Thường xuyên | ongoing"),
    ("Chủ động, thường xuyên kiểm tra bến đò", "thường xuyên | ongoing"),
    ("Niêm yết thường xuyên tại trụ sở xã", "thường xuyên | ongoing"),
    ("Tăng cường tuần tra thường xuyên tại các khu vực trọng điểm", "thường xuyên | ongoing"),
    ("Cử cán bộ thường xuyên, liên tục nắm tình hình", "thường xuyên, liên tục | ongoing"),
]
RELATIVE = [
    ("Cung cấp số liệu khi có yêu cầu.", "khi có yêu cầu | relative"),
    ("Báo cáo cấp trên khi được yêu cầu", "khi được yêu cầu | relative"),
    ("Hỗ trợ pháp lý khi người dân có nhu cầu", "khi người dân có nhu cầu | relative"),
    ("Công khai lại khi có sự điều chỉnh quy hoạch", "khi có sự điều chỉnh quy hoạch | relative"),
    ("Quản lý chặt việc giết mổ khi có dịch bệnh", "khi có dịch bệnh | relative"),
    ("Thanh tra khi được Chủ tịch Ủy ban nhân dân tỉnh giao", "khi được Chủ tịch Ủy ban nhân dân tỉnh giao | relative"),
    ("Xử lý nghiêm khi phát hiện dấu hiệu vi phạm", "khi phát hiện dấu hiệu vi phạm | relative"),
    ("Lấy ý kiến cộng đồng trước khi trình cấp có thẩm quyền", "trước khi trình cấp có thẩm quyền | relative"),
    ("Ban hành kế hoạch ngay sau khi có hướng dẫn của Bộ", "ngay sau khi có hướng dẫn của Bộ | relative"),
    ("Sau khi Nghị định được ban hành, Sở Tài chính rà soát", "Sau khi Nghị định được ban hành | relative"),
    ("Khi Ban quản lý cũ kết thúc hoạt động thì Ban mới tiếp nhận", "Khi Ban quản lý cũ kết thúc hoạt động | relative"),
    ("Tạm sử dụng trụ sở cũ đến khi trụ sở mới hoàn thành", "đến khi trụ sở mới hoàn thành | relative"),
    ("Không tái đàn trong thời gian dịch bệnh chưa được khống chế", "trong thời gian dịch bệnh chưa được khống chế | relative"),
    ("Giải quyết hồ sơ trong thời hạn quy định", "trong thời hạn quy định | relative"),
    ("Trả lời đúng thời gian quy định khi được lấy ý kiến", "đúng thời gian quy định khi được lấy ý kiến | relative"),
    ("Đẩy nhanh đền bù theo tiến độ được phê duyệt", "theo tiến độ được phê duyệt | relative"),
    ("Xây dựng kế hoạch trong 15 ngày kể từ ngày ký", "trong 15 ngày kể từ ngày ký | relative | ..2025-12-05"),
    (
        "Gửi kế hoạch trong thời hạn 10 ngày kể từ ngày ban hành Kế hoạch này",
        "trong thời hạn 10 ngày kể từ ngày ban hành Kế hoạch này | relative | ..2025-11-30",
    ),
    ("Hoàn thành sau 02 tháng kể từ ngày ký ban hành", "sau 02 tháng kể từ ngày ký ban hành | relative | ..2026-01-20"),
    ("Trả lời chậm nhất là 05 ngày làm việc kể từ ngày nhận được hồ sơ", "chậm nhất là 05 ngày làm việc kể từ ngày nhận được hồ sơ | relative"),
    ("Có ý kiến trong vòng 24 giờ", "trong vòng 24 giờ | relative"),
]
# --- what looks like a time and binds nothing --------------------------------------------------------------------------
NOTHING = [
    # names of plans, programmes, laws, indices, budgets
    ("Triển khai Kế hoạch phát triển đô thị giai đoạn 2026-2030", ""),
    ("Tiếp tục thực hiện Chương trình phòng, chống bạo lực gia đình đến năm 2030.", ""),
    ("Phê duyệt Quy hoạch cấp nước đến năm 2030, tầm nhìn đến năm 2050.", ""),
    ("Lập Đề án vận tải công cộng thành phố đến năm 2030, định hướng đến năm 2040", ""),
    ("Cập nhật Chiến lược nước sạch thời kỳ 2026 - 2035", ""),
    ("Triển khai Chương trình hành động giai đoạn 2026-2030 và giai đoạn 2031-2035.", ""),
    ("Đưa nội dung này vào tiêu chí xác định Chỉ số cải cách năm 2025 của các xã", ""),
    ("Nâng cao Chỉ số hài lòng trong năm 2025", ""),
    ("Bố trí trong dự toán ngân sách năm 2026", ""),
    ("Lồng ghép vào kế hoạch phát triển kinh tế - xã hội giai đoạn 2026 - 2030 và hằng năm.", ""),
    ("Xây dựng kế hoạch 5 năm (2026-2030)", ""),
    ("Phổ biến Luật Nhà ở năm 2023", ""),
    ("Tổng kết công tác năm 2025", ""),
    ("Truyền thông về Hội chợ mùa xuân năm 2026", ""),
    ("Chuẩn bị Đại hội thi đua giai đoạn 2026-2030", ""),
    ("Chào mừng các ngày lễ lớn trong năm 2026", ""),
    # cited instruments
    ("Thực hiện Quyết định số 12/QĐ-UBND ngày 01/12/2025 của Ủy ban nhân dân tỉnh", ""),
    ("Thực hiện Nghị quyết 45/NQ-CP năm 2025", ""),
    ("Theo Công văn ngày 02/12/2025 của Sở Y tế", ""),
    ("Căn cứ Luật Tổ chức chính quyền ngày 16 tháng 6 năm 2025", ""),
    ("Quyết định có hiệu lực từ ngày 01/01/2026", ""),
    # the past, comparisons
    ("So với năm 2025, số hộ giảm", ""),
    ("Tăng 5% so với cùng kỳ năm 2025", ""),
    ("Xử lý số hồ sơ đã tiếp nhận trong năm 2025", ""),
    ("Kế thừa kết quả thực hiện trong năm 2024", ""),
    ("Từ năm 2020 đến nay đã trồng 200 ha", ""),
    ("Ngày 15/11/2025, Ủy ban nhân dân tỉnh đã ban hành kế hoạch", ""),
    # words that say nothing of when
    ("Đến nay cơ bản hoàn thành", ""),
    ("Khẩn trương rà soát, tham mưu ngay", ""),
    ("Trong thời gian tới, đẩy mạnh tuyên truyền", ""),
    ("Thực hiện theo quy định, theo tiến độ", ""),
    ("Kịp thời tháo gỡ vướng mắc trong quá trình thực hiện", ""),
    # numbers
    ("Đạt 41,53/80 điểm, tăng 2,5%", ""),
    ("Điện thoại 0243.2025.119, số nhà 2025/12", ""),
    ("Hỗ trợ 2025 hộ, kinh phí 2.030 triệu đồng", ""),
    ("Trẻ từ 6 tháng đến 36 tháng tuổi", ""),
    ("Nghị định số 15/2025/NĐ-CP", ""),
    ("Quý khách hàng, quý thầy cô", ""),
    # adverbs that qualify a noun
    ("Xây dựng kế hoạch hằng năm của xã", ""),
    ("Công khai kế hoạch sử dụng đất hàng năm của địa phương", ""),
    ("Người có công hưởng trợ cấp hằng tháng được chăm lo", ""),
    ("Tăng cường kiểm tra định kỳ, đột xuất về kỷ cương", ""),
    ("Bố trí lịch tiếp công dân định kỳ", ""),
    ("Hỗ trợ vùng thường xuyên bị thiên tai", ""),
    ("Giải quyết các điểm thường xuyên ùn tắc", ""),
    ("Kinh phí chi thường xuyên của đơn vị", ""),
    ("Phối hợp chặt chẽ, thường xuyên, hiệu quả", ""),
    ("Quan trắc khí thải tự động, liên tục", ""),
    # "khi" of a purpose, a state, a condition
    ("Niêm yết số điện thoại để người dân liên hệ khi có yêu cầu", ""),
    ("Chuẩn bị phương án khắc phục khi có sự cố", ""),
    ("Hỗ trợ dinh dưỡng cho phụ nữ khi sinh con", ""),
    ("Nước thải được xử lý trước khi xả ra môi trường", ""),
    ("Lưu hồ sơ tối thiểu 03 năm kể từ ngày kết thúc", ""),
]
# --- cells: time columns and values of time labels -----------------------------------------------------------------------
CELLS = [
    ("2026", "2026 | period | 2026-01-01..2026-12-31"),
    ("Năm 2026", "Năm 2026 | period | 2026-01-01..2026-12-31"),
    ("2026 -2027", "2026 -2027 | period | 2026-01-01..2027-12-31"),
    ("2026- 2030", "2026- 2030 | period | 2026-01-01..2030-12-31"),
    ("2017-2020 và 2021-2030", "2017-2020 | period | 2017-01-01..2020-12-31\n2021-2030 | period | 2021-01-01..2030-12-31"),
    ("2026-2027, 2028-2030", "2026-2027 | period | 2026-01-01..2027-12-31\n2028-2030 | period | 2028-01-01..2030-12-31"),
    ("Theo quy định", "Theo quy định | relative"),
    ("theo tiến độ", "theo tiến độ | relative"),
    ("Theo tiến độ từng dự án cụ thể.", "Theo tiến độ từng dự án cụ thể | relative"),
    ("Theo kế hoạch hàng năm", "Theo kế hoạch hàng năm | relative"),
    ("Theo lộ trình của quy hoạch", "Theo lộ trình của quy hoạch | relative"),
    ("Thường xuyên", "Thường xuyên | ongoing"),
    ("Thường xuyên, liên tục", "Thường xuyên, liên tục | ongoing"),
    ("Hàng năm", "Hàng năm | recurring | yearly"),
    ("Thường xuyên, hằng năm", "Thường xuyên | ongoing\nhằng năm | recurring | yearly"),
    ("Định kỳ", "Định kỳ | recurring"),
    ("Hằng quý, năm", "Hằng quý | recurring | quarterly\nnăm | recurring | yearly"),
    ("Khi có yêu cầu", "Khi có yêu cầu | relative"),
    ("Khi có đủ điều kiện", "Khi có đủ điều kiện | relative"),
    ("Sau khi Chiến lược quốc gia được ban hành", "Sau khi Chiến lược quốc gia được ban hành | relative"),
    ("Xong trong Quý II/2026", "Xong trong Quý II/2026 | period | 2026-04-01..2026-06-30"),
    ("Quý III Năm 2026", "Quý III Năm 2026 | period | 2026-07-01..2026-09-30"),
    ("Quý III\nNăm 2026", "Quý III Năm 2026 | period | 2026-07-01..2026-09-30"),
    ("Quý IV/2025 – Quý II/2026", "Quý IV/2025 – Quý II/2026 | period | 2025-10-01..2026-06-30"),
    ("Quý I-II/2026", "Quý I-II/2026 | period | 2026-01-01..2026-06-30"),
    ("Quý III", "Quý III | period | 2025-07-01..2025-09-30"),
    ("12/2025", "12/2025 | period | 2025-12-01..2025-12-31"),
    ("T12/2025", "T12/2025 | period | 2025-12-01..2025-12-31"),
    ("Tháng 12", "Tháng 12 | period | 2025-12-01..2025-12-31"),
    ("31/12/2025", "31/12/2025 | point | 2025-12-31..2025-12-31"),
    ("Trước 30/6/2026", "Trước 30/6/2026 | deadline | ..2026-06-30 | before"),
    ("Đến 2030", "Đến 2030 | deadline | ..2030-12-31"),
    ("Năm 2026 và các năm tiếp theo", "Năm 2026 và các năm tiếp theo | period | 2026-01-01.."),
    ("Quý IV năm 2025 và các năm tiếp theo", "Quý IV năm 2025 và các năm tiếp theo | period | 2025-10-01.."),
    ("Trong năm", "Trong năm | period | 2025-01-01..2025-12-31"),
    ("Năm học 2026-2027", "Năm học 2026-2027 | period | 2026-09-01..2027-05-31"),
    ("05 ngày làm việc", "05 ngày làm việc | relative"),
    ("24 tháng kể từ ngày khởi công", "24 tháng kể từ ngày khởi công | relative"),
    ("Hoàn thành và vận hành xong trước ngày 01/01/2030", "xong trước ngày 01/01/2030 | deadline | ..2030-01-01 | before"),
    ("Ban hành trong quý I năm 2026. Thực hiện hằng năm", "trong quý I năm 2026 | period | 2026-01-01..2026-03-31\nhằng năm | recurring | yearly"),
    ("", ""),
    ("-", ""),
]

PROSE = DEADLINES + POINTS + PERIODS + YEAR_TARGETS + RECURRING + ONGOING + RELATIVE + NOTHING


@pytest.mark.parametrize(("text", "expected"), PROSE, ids=lambda value: value[:60])
def test_prose(text, expected):
    assert read(text) == lines(expected)


@pytest.mark.parametrize(("text", "expected"), CELLS, ids=lambda value: value[:60])
def test_cells(text, expected):
    assert read(text, cell=True) == lines(expected)


# --- what the document's own date decides --------------------------------------------------------------------------------
CONTEXTS = [
    ("Báo cáo trước ngày 15/12", AUTUMN, "trước ngày 15/12 | deadline | ..2025-12-15 | before"),
    ("Báo cáo trước ngày 15/12", YEAR_ONLY, "trước ngày 15/12 | deadline | ..2025-12-15 | before"),
    ("Báo cáo trước ngày 15/12", UNDATED, "trước ngày 15/12 | deadline | before"),
    # said in November, a January without its year is the next one; a spring date that just went by is this year's
    ("Báo cáo trước ngày 15/01", AUTUMN, "trước ngày 15/01 | deadline | ..2026-01-15 | before"),
    ("Báo cáo trước ngày 28/02", SPRING, "trước ngày 28/02 | deadline | ..2024-02-28 | before"),
    ("Hoàn thành trong tháng 12", AUTUMN, "trong tháng 12 | period | 2025-12-01..2025-12-31"),
    ("Hoàn thành trong quý II", SPRING, "trong quý II | period | 2024-04-01..2024-06-30"),
    ("Hoàn thành trong năm 2024", AUTUMN, ""),
    ("Hoàn thành trong năm 2024", SPRING, "trong năm 2024 | period | 2024-01-01..2024-12-31"),
    ("Giữ ổn định giá từ nay đến Tết Nguyên đán năm 2026", UNDATED, "từ nay đến Tết Nguyên đán năm 2026 | period | ..2026-02-17"),
    ("Giữ ổn định giá từ nay đến Tết Nguyên đán", TimeContext(date(2024, 1, 3), 2024), "từ nay đến Tết Nguyên đán | period | 2024-01-03..2024-02-10"),
    ("Gửi kế hoạch trong 10 ngày kể từ ngày ký", UNDATED, "trong 10 ngày kể từ ngày ký | relative"),
    ("Tháng 3 tổ chức tập huấn", UNDATED, ""),
]


@pytest.mark.parametrize(("text", "context", "expected"), CONTEXTS)
def test_the_documents_date_completes_an_expression(text, context, expected):
    assert read(text, context) == lines(expected)


def test_past_dates_are_times_in_cells():
    assert read("trước 30/5/2024", cell=True) == ["trước 30/5/2024 | deadline | ..2024-05-30 | before"]


def test_dates_in_skipped_spans_are_no_timeframes():
    text = "Theo Thông báo kết luận trước ngày 10/12/2025, các xã báo cáo trước ngày 20/12/2025"
    cited = Span(0, text.index(","))
    view = view_of(text)
    found = find_timeframes(view, Span(0, len(view)), RULES, AUTUMN, skip=[cited])
    assert [mention.span.of(text) for mention in found] == ["trước ngày 20/12/2025"]


def test_only_the_span_is_read():
    text = "Trước ngày 01/12/2025. Rà soát hồ sơ. Trước ngày 31/12/2025."
    start, end = text.index("Rà"), text.index(" Trước ngày 31")
    assert not find_timeframes(view_of(text), Span(start, end), RULES, AUTUMN)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        # the Vietnamese new year differs from the Chinese one in 2007 and 2030
        ("từ nay đến Tết Nguyên đán năm 2007", date(2007, 2, 17)),
        ("từ nay đến Tết Nguyên đán năm 2020", date(2020, 1, 25)),
        ("từ nay đến Tết Nguyên đán Bính Ngọ năm 2026", date(2026, 2, 17)),
        ("từ nay đến Tết Nguyên đán 2030", date(2030, 2, 2)),
        ("từ nay đến Giỗ Tổ Hùng Vương năm 2025", date(2025, 4, 7)),
    ],
)
def test_lunar_feasts(text, end):
    assert find_timeframes(text, Span(0, len(text)), RULES, UNDATED)[0].end == end


# --- properties ----------------------------------------------------------------------------------------------------------
PIECES = re.findall(r"\S+\s*", " ".join(text for text, _ in PROSE + CELLS))


def test_any_text_is_read_without_error_and_in_order():
    chance = random.Random(7)
    for _ in range(400):
        text = "".join(chance.choices(PIECES, k=25))
        for cell in (False, True):
            found = find_timeframes(view_of(text), Span(0, len(text)), RULES, AUTUMN, cell=cell)
            edges = [edge for mention in found for edge in mention.span]
            assert edges == sorted(edges)
            for mention in found:
                assert 0 <= mention.span.start < mention.span.end <= len(text)
                assert not (mention.start and mention.end and mention.start > mention.end), text


@pytest.mark.parametrize(
    "text", ["", " ", "ngày 31/2/2026", "tháng 13/2026", "ngày 99/99/9999", "quý", "từ nay", "trước", "năm 0000", "2030-2020", "(" * 300 + "năm 2026"]
)
def test_odd_text_never_raises(text):
    find_timeframes(view_of(text), Span(0, len(text)), RULES, AUTUMN, cell=True)
    find_timeframes(view_of(text), Span(0, len(text)), RULES, AUTUMN)


def test_impossible_days_are_no_dates():
    assert read("Hoàn thành trước ngày 31/02/2026") == []


def test_every_word_rule_passes_the_gate():
    for rule in RULES.rules:
        if rule.label in WORD_LABELS:
            for example in rule.examples:
                starts = {match.start() for match in RULES.gate.finditer(lowered(example))}
                assert rule.pattern.search(example).start() in starts, f"{rule.id}: the gate does not open for {example!r}"


def test_every_mention_names_its_rule():
    for text, _ in PROSE:
        view = view_of(text)
        assert all(mention.rule for mention in find_timeframes(view, Span(0, len(view)), RULES, AUTUMN))


# --- the user's own rules ------------------------------------------------------------------------------------------------
def test_a_users_folder_adds_rules_and_feasts(tmp_path):
    (tmp_path / "timeframes.yaml").write_text("rules: [{id: timeframes.mine, label: title, terms: [sổ tay], examples: [sổ tay]}]", "utf-8")
    (tmp_path / "calendar.yaml").write_text("feasts: [{id: calendar.hoi-lang, terms: [Tết làng], days: {2026: '03-01'}}]", "utf-8")
    own = load_time_rules(tmp_path)
    text = "Cập nhật sổ tay hướng dẫn năm 2026"
    assert find_timeframes(text, Span(0, len(text)), RULES, AUTUMN)
    assert not find_timeframes(text, Span(0, len(text)), own, AUTUMN)
    text = "Hoàn thành trước Tết làng năm 2026"
    assert find_timeframes(text, Span(0, len(text)), own, AUTUMN)[0].end == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("colour: red", "keys about, source and feasts"),
        ("feasts: [{id: calendar.x, terms: [Tết]}]", "keys id, terms and days"),
        ("feasts: [{id: calendar.x, terms: [], days: {}}]", "list of terms"),
        ("feasts: [{id: calendar.x, terms: [Tết], days: {2026: '13-45'}}]", "month and day"),
        ("feasts: [{id: calendar.x, terms: [Tết], days: [2026]}]", "month and day"),
    ],
)
def test_a_bad_calendar_is_refused_with_the_reason(body, message, tmp_path):
    (tmp_path / "calendar.yaml").write_text(body, "utf-8")
    with pytest.raises(RuleError, match=message):
        load_time_rules(tmp_path)


# --- rhythms of reports, events, background: AUTUMN is 20 November 2025 ---------------------------------------------------
IN_USE = [
    ("Các trạm y tế giám sát và báo cáo hằng ngày.", "hằng ngày | recurring | daily"),
    ("Báo cáo tổng hợp hàng tuần gửi UBND tỉnh.", "hàng tuần | recurring | weekly"),
    ("Xây dựng báo cáo hằng tuần của phòng.", ""),
    ("Phổ biến tại các cuộc họp giao ban hằng tuần.", ""),
    ("Thực hiện chế độ thông tin, báo cáo hằng tháng.", "hằng tháng | recurring | monthly"),
    ("Theo kế hoạch, phối hợp với Sở Tài chính hằng năm bố trí kinh phí.", "hằng năm | recurring | yearly"),
    ("Lập kế hoạch sử dụng đất hằng năm.", ""),
    (
        "Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu, các sở gửi số liệu.",
        "Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu | recurring | weekly | FREQ=WEEKLY;BYDAY=FR",
    ),
    ("Báo cáo Sở trước 15h00 thứ Năm hằng tuần.", "trước 15h00 thứ Năm hằng tuần | recurring | weekly | FREQ=WEEKLY;BYDAY=TH"),
    ("Gửi số liệu trước 17h00 hằng ngày.", "trước 17h00 hằng ngày | recurring | daily"),
    ("Khử khuẩn nguồn nước trong 12-24 giờ sau khi nước rút.", "trong 12-24 giờ sau khi nước rút | relative"),
    ("Tổng vệ sinh ngay khi nước rút.", "ngay khi nước rút | relative"),
    ("Hỗ trợ người dân ngay sau thiên tai.", "ngay sau thiên tai | relative"),
    ("Khi xuất hiện ca bệnh bất thường, các trạm báo cáo ngay.", "Khi xuất hiện ca bệnh bất thường | relative"),
    ("Báo cáo nhanh trong thời gian mưa bão.", "trong thời gian mưa bão | relative"),
    ("Thi công đến điểm dừng kỹ thuật trước khi có lũ tràn về.", "trước khi có lũ tràn về | relative"),
    ("Điều chỉnh Kế hoạch khi cần thiết.", "khi cần thiết | relative"),
    ("Công khai số điện thoại để người dân gọi khi cần thiết.", ""),
    ("Tổ chức họp thẩm định (khi cần thiết) để thống nhất.", ""),
    ("Trình Quốc hội xem xét tại Kỳ họp thứ 10 của Quốc hội khóa XV.", "tại Kỳ họp thứ 10 của Quốc hội khóa XV | relative"),
    ("Trả lời kiến nghị của cử tri tại kỳ họp thứ 9.", ""),
    ("Tập huấn trong các ngày 24, 25 và 26 tháng 8 năm 2026.", "trong các ngày 24, 25 và 26 tháng 8 năm 2026 | period | 2026-08-24..2026-08-26"),
    ("Trình ban hành trong tháng 8, 9 năm 2026.", "trong tháng 8, 9 năm 2026 | period | 2026-08-01..2026-09-30"),
    ("Hoàn thành trong những tháng đầu năm 2026.", "trong những tháng đầu năm 2026 | period | 2026-01-01.."),
    ("Gửi danh sách trước 15.12.", "trước 15.12 | deadline | ..2025-12-15 | before"),
    ("Báo cáo kết quả thực hiện trong tháng 12 năm 2025.", "trong tháng 12 năm 2025 | period | 2025-12-01..2025-12-31"),
    ("Báo cáo kết quả thực hiện trong tháng 9 năm 2025.", ""),
    ("Báo cáo kết quả thực hiện trong năm 2025.", ""),
    ("Để khắc phục hậu quả mưa lũ từ ngày 5 đến ngày 9/11/2025, các xã thống kê thiệt hại.", ""),
    ("Các xã thống kê thiệt hại do bão từ ngày 5 đến ngày 9/11/2025.", ""),
    ("Về kiến nghị bố trí vốn trong giai đoạn 2026-2030: giao Sở Tài chính tham mưu.", ""),
    ("Số liệu tính từ ngày 15 tháng 12 năm trước kỳ báo cáo đến ngày 14 tháng 12 của kỳ báo cáo.", ""),
    ("Nhắn tin theo chỉ đạo của UBND tỉnh khi cần thiết.", "khi cần thiết | relative"),
    ("Khử khuẩn nguồn nước sau khi nước rút.", "sau khi nước rút | relative"),
    ("Báo cáo Sở Nội vụ khi có vướng mắc phát sinh.", "khi có vướng mắc phát sinh | relative"),
    ("Phân bổ vốn theo Nghị quyết hằng năm của Hội đồng nhân dân tỉnh.", ""),
    ("Bố trí vốn cho danh mục đầu tư công trung hạn, hằng năm được duyệt.", ""),
    ("Lấy kết quả xếp loại hằng quý, hằng năm làm căn cứ khen thưởng.", ""),
    ("Tổ chức kiểm tra định kỳ, đột xuất việc chấp hành pháp luật.", ""),
    ("Tổ chức kiểm tra theo định kỳ hoặc đột xuất việc chấp hành pháp luật.", "định kỳ | recurring"),
    ("Báo cáo theo định kỳ của Chương trình.", ""),
    ("Trưng bày ảnh vào đêm 30 tháng 4 năm 2026 tại quảng trường.", "30 tháng 4 năm 2026 | point | 2026-04-30..2026-04-30"),
    ("Hoàn thành trong Quí II-2026.", "trong Quí II-2026 | period | 2026-04-01..2026-06-30"),
    ("Báo cáo hàng quí về Sở Công Thương.", ""),
    ("Giải chạy chào năm mới 2027 vào ngày 27 tháng 12 năm 2026.", "vào ngày 27 tháng 12 năm 2026 | point | 2026-12-27..2026-12-27"),
    ("Hoàn thành hồ sơ nông thôn mới trong năm 2026.", "trong năm 2026 | period | 2026-01-01..2026-12-31"),
    ("Hàng quí, các xã báo cáo.", "Hàng quí | recurring | quarterly"),
    ("Các xã thực hiện trực ban phòng, chống lụt bão 24/24.", "24/24 | ongoing"),
    ("Mở rộng dịch vụ thông quan 24/7.", ""),
    ("Cập nhật liên tục mực nước các hồ chứa.", "liên tục | ongoing"),
    ("Xây dựng mô hình chăm sóc liên tục cho người bệnh.", ""),
    ("Bố trí lực lượng thường xuyên kiểm tra các bến đò.", "thường xuyên | ongoing"),
    ("Bổ sung lực lượng thường xuyên của đơn vị.", ""),
    ("Thực hiện nghiêm túc, thường xuyên với mục tiêu giảm tai nạn.", "thường xuyên | ongoing"),
    ("Rà soát chứng chỉ trước khi trình", "trước khi trình | relative"),
    ("Chỉ cho phép khai thác khi có yêu cầu của tỉnh", ""),
    ("Sau khi họp dân, các xã lập danh sách.", "Sau khi họp dân | relative"),
    ("Khi vận chuyển hàng vào vùng ngập, các xã bố trí người dẫn đường.", "Khi vận chuyển hàng vào vùng ngập | relative"),
    ("Khi đánh giá hồ sơ, các xã căn cứ tiêu chí chung.", ""),
    ("Lập biên bản khi hoàn thành phần móng", "khi hoàn thành phần móng | relative"),
    ("Cho tàu ra khơi trở lại khi điều kiện thời tiết cho phép.", "khi điều kiện thời tiết cho phép | relative"),
    (
        "Trình ban hành quy định chi tiết khi Chính phủ và các bộ ban hành văn bản hướng dẫn.",
        "khi Chính phủ và các bộ ban hành văn bản hướng dẫn | relative",
    ),
    ("Giai đoạn khẩn cấp (0-24 giờ): cứu người", "Giai đoạn khẩn cấp (0-24 giờ) | relative"),
    ("Các hộ chưa kịp làm thì được hỗ trợ trong năm tiếp theo.", "trong năm tiếp theo | period | 2026-01-01..2026-12-31"),
    ("Lập tiến độ chi tiết theo tuần đến hết năm 2026.", ""),
    ("Hằng năm tổ chức Ngày Môi trường thế giới (05/6).", "Hằng năm | recurring | yearly"),
    ("5. Về điều chuyển số vốn dư, không giải ngân hết trong năm 2025 (khoảng 5 tỷ đồng) của tỉnh: giao Sở Tài chính tham mưu.", ""),
    ("Định kỳ báo cáo kết quả thực hiện trước ngày 20/11 về Sở.", "Định kỳ | recurring\ntrước ngày 20/11 | recurring | before | yearly | 11-20"),
    ("Chỉ đạo lực lượng kiểm lâm thường xuyên tuần tra.", "thường xuyên | ongoing"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an event ends the span that a month begins
        ("Từ tháng 12/2025 đến khi khánh thành nhà máy", ["Từ tháng 12/2025 đến khi khánh thành nhà máy | period | 2025-12-01.."]),
        ("đến khi khánh thành nhà máy", ["đến khi khánh thành nhà máy | relative"]),
        ("khi tổng kết phong trào", ["khi tổng kết phong trào | relative"]),
    ],
)
def test_spans_and_their_events(text, expected):
    assert read(text, cell=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trong tháng này, Sở phải tổ chức hai đại hội điểm.", ["Trong tháng này | period | 2025-11-01..2025-11-30"]),
        ("Các xã hoàn thành việc trồng cây ngay trong năm nay.", ["trong năm nay | period | 2025-01-01..2025-12-31"]),
        # where another month stands, "này" is that one
        ("Hoàn thành trong tháng 8/2026; các việc trong tháng này giao tổ tự quản.", ["trong tháng 8/2026 | period | 2026-08-01..2026-08-31"]),
        # "nhỏ và vừa" is no past
        ("Hỗ trợ doanh nghiệp nhỏ và vừa trong năm 2026", ["trong năm 2026 | period | 2026-01-01..2026-12-31"]),
        ("Chuyển đổi số, phấn đấu đến năm 2030 đạt 30% doanh nghiệp nhỏ và vừa tham gia", ["đến năm 2030 | deadline | ..2030-12-31"]),
        # a bracket and a purpose have times of their own
        ("Quyết định điều chỉnh quy mô (sau khi có ý kiến thống nhất của các xã)", []),
        ("Trình đề án trước ngày 30/11, để xã mới sẽ bắt đầu vận hành từ ngày 15/12", ["trước ngày 30/11 | deadline | ..2025-11-30 | before"]),
        # each of two acts has its own event
        (
            "Kiểm tra các mỏ khi phát hiện dấu hiệu vi phạm và thanh tra vụ việc khác khi được Chủ tịch xã giao",
            ["khi phát hiện dấu hiệu vi phạm | relative", "khi được Chủ tịch xã giao | relative"],
        ),
        # the phases of an event are titles
        ("Trong thời gian diễn ra lễ hội", ["Trong thời gian diễn ra lễ hội | relative"]),
        ("Trước hội nghị, các xã gửi báo cáo.", []),
    ],
)
def test_this_month_and_phases(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "rhythms"),
    [
        ("Công bố định dạng dữ liệu, quy trình cập nhật định kỳ.", 0),
        ("Triển khai các giải pháp bảo vệ dữ liệu, sao lưu, kiểm thử mạng định kỳ trên hệ thống.", 0),
        ("Xây dựng kế hoạch bảo vệ dữ liệu; thực hiện kiểm thử mạng định kỳ.", 1),
        ("Triển khai các giải pháp bảo vệ dữ liệu, định kỳ sao lưu.", 1),
    ],
)
def test_periodic_things_and_periodic_acts(text, rhythms):
    assert len(read(text)) == rhythms


@pytest.mark.parametrize(("text", "expected"), IN_USE, ids=lambda value: value[:60])
def test_in_use(text, expected):
    assert read(text) == lines(expected)


@pytest.mark.parametrize("text", ["03 ngày (từ ngày 24/8/2026 đến ngày 26/8/2026)", "03 ngày: 24, 25 và 26 tháng 8 năm 2026"])
def test_days_told_after_their_number_are_one_period(text):
    assert [line.split(" | ", 1)[1] for line in read(text, cell=True)] == ["period | 2026-08-24..2026-08-26"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("trước ngày30/6/2026", "2026-06-30"),
        ("trước ngày 30tháng 6năm 2026", "2026-06-30"),
        ("đến năm2030", "2030-12-31"),
        ("giai đoạn2026-2030", "2030-12-31"),
    ],
)
def test_figures_glued_to_their_word(text, end):
    (time,) = find_timeframes(text, Span(0, len(text)), RULES, TimeContext())
    assert (str(time.end), time.span) == (end, Span(0, len(text)))
