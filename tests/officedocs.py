"""One plan of about three pages with two tables, written as every kind of file that offices send. Tests only."""

import html
import io
import zipfile
from dataclasses import dataclass

import pdfmaking


@dataclass(frozen=True)
class Para:
    text: str
    style: str = "body"  # body, title, heading, left (letterhead: left and right part), sign


@dataclass(frozen=True)
class Pair:
    """Two columns without ruling."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells; None stands for a position that the cell above covers, "" for an empty cell."""

    rows: tuple[tuple[str | None, ...], ...]
    widths: tuple[int, ...]


TASKS = Table(
    (
        ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"),
        (
            "1",
            "Xây dựng cơ sở dữ liệu hộ gia đình tham gia phân loại rác tại nguồn",
            "Sở Nông nghiệp và Môi trường",
            "UBND các xã, phường",
            "Quý I/2026",
        ),
        ("2", "Lắp đặt thiết bị cân điện tử tại các điểm tập kết rác thải sinh hoạt", "Sở Tài chính", "UBND các xã, phường", None),
        (
            "3",
            "Biên soạn tài liệu hướng dẫn phân loại rác cho học sinh tiểu học",
            "Sở Giáo dục và Đào tạo",
            "Hội Liên hiệp Phụ nữ tỉnh",
            "Trước ngày 15/8/2026",
        ),
        (
            "4",
            "Tổ chức kiểm tra việc thu gom rác tại các khu công nghiệp trên địa bàn",
            "Công an tỉnh",
            "Ban Quản lý các khu công nghiệp",
            "Hằng quý",
        ),
        ("5", "Thí điểm thu gom pin đã qua sử dụng tại các siêu thị và trường học", "Sở Công Thương", "Sở Khoa học và Công nghệ", "Năm 2027"),
        ("6", "Báo cáo kết quả thực hiện kế hoạch với Ủy ban nhân dân tỉnh", "Sở Nội vụ", "UBND các xã, phường", "Trước ngày 15/12/2026"),
    ),
    (8, 34, 22, 20, 16),
)
NUMBERS = Table(
    (
        ("STT", "Chỉ tiêu", "Năm 2026", "Năm 2030"),
        ("1", "Tỷ lệ hộ gia đình phân loại rác tại nguồn", "60%", "95%"),
        ("2", "Tỷ lệ rác thải nhựa được tái chế", "25%", "50%"),
        ("3", "Tỷ lệ xã có điểm tập kết rác hợp vệ sinh", "70%", "100%"),
    ),
    (8, 48, 22, 22),
)
PLAN: tuple[Para | Pair | Table, ...] = (
    Pair(
        ("ỦY BAN NHÂN DÂN", "TỈNH HÀ SƠN", "Số: 87/KH-UBND"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hà Sơn, ngày 12 tháng 01 năm 2026"),
    ),
    Para("KẾ HOẠCH", "title"),
    Para("Phân loại và xử lý chất thải rắn sinh hoạt năm 2026 trên địa bàn tỉnh", "title"),
    Para(
        "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020, Ủy ban nhân dân tỉnh ban hành Kế hoạch phân loại và xử lý chất thải rắn sinh hoạt năm 2026 như sau:"
    ),
    Para("I. MỤC ĐÍCH, YÊU CẦU", "heading"),
    Para(
        "1. Nâng cao nhận thức của người dân về phân loại rác, giảm ô nhiễm môi trường ở khu dân cư và giữ gìn cảnh quan của các tuyến đường, kênh, rạch, bờ sông."
    ),
    Para("2. Việc thực hiện phải bảo đảm tiết kiệm, thiết thực, phù hợp với điều kiện của từng địa phương, tránh phô trương, hình thức."),
    Para("II. MỤC TIÊU", "heading"),
    Para("- Phấn đấu đến năm 2030 có ít nhất 90% chất thải rắn sinh hoạt ở đô thị được thu gom và xử lý đúng quy chuẩn kỹ thuật."),
    Para("- Giảm 15% khối lượng rác chôn lấp so với năm 2024."),
    Para("- Đầu tư tối thiểu 12 trạm trung chuyển rác đạt chuẩn trong năm 2026."),
    Para("III. NHIỆM VỤ, GIẢI PHÁP", "heading"),
    Para("1. Công tác tuyên truyền", "heading"),
    Para(
        "a) Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với Báo và Phát thanh, Truyền hình tỉnh xây dựng chuyên mục tuyên truyền về phân loại rác, hoàn thành trước ngày 30/4/2026."
    ),
    Para("b) Sở Giáo dục và Đào tạo đưa nội dung phân loại rác vào hoạt động ngoại khóa của các trường học, bắt đầu từ năm học 2026 - 2027."),
    Para("2. Công tác thu gom, xử lý", "heading"),
    Para(
        "a) Sở Xây dựng chủ trì, phối hợp với Sở Tài chính và Ủy ban nhân dân các xã, phường rà soát quy hoạch các trạm trung chuyển rác, trình Ủy ban nhân dân tỉnh phê duyệt trong quý II/2026."
    ),
    Para(
        "b) Công ty Môi trường đô thị tỉnh thay thế phương tiện thu gom rác cũ, bảo đảm đến hết năm 2027 không còn xe chở rác không có nắp đậy chạy trên các tuyến đường nội thị."
    ),
    Para(
        "c) Sở Y tế phối hợp với Sở Nông nghiệp và Môi trường kiểm tra việc xử lý chất thải y tế tại các bệnh viện, trung tâm y tế, trạm y tế xã, định kỳ 6 tháng một lần."
    ),
    Para("3. Nhiệm vụ cụ thể của các cơ quan nêu trong bảng sau:", "heading"),
    TASKS,
    Para("IV. CHỈ TIÊU CỤ THỂ", "heading"),
    NUMBERS,
    Para("V. TỔ CHỨC THỰC HIỆN", "heading"),
    Para(
        "1. Sở Nông nghiệp và Môi trường là cơ quan thường trực, theo dõi, đôn đốc các đơn vị thực hiện Kế hoạch này, tổng hợp báo cáo Ủy ban nhân dân tỉnh trước ngày 20 tháng 12 năm 2026."
    ),
    Para(
        "2. Sở Tài chính cân đối, bố trí kinh phí thực hiện Kế hoạch theo phân cấp ngân sách hiện hành, trình Ủy ban nhân dân tỉnh xem xét trong tháng 3 năm 2026."
    ),
    Para(
        "3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh phát động phong trào toàn dân tham gia phân loại rác, vận động đoàn viên, hội viên gương mẫu thực hiện."
    ),
    Pair(("Nơi nhận:", "- Như trên;", "- Lưu: VT, NN."), ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Bình")),
)


def lines(plan=PLAN):
    """The plan as a page copied into an editor: one paragraph, one cell a line."""
    for part in plan:
        if isinstance(part, Para):
            yield part.text
        elif isinstance(part, Pair):
            yield from part.left
            yield from part.right
        else:
            yield from (cell for row in part.rows for cell in row if cell)


def as_txt(plan=PLAN):
    return "\n".join(lines(plan)).encode("utf-8")


def as_md(plan=PLAN):
    out = []
    for part in plan:
        if isinstance(part, Para):
            out += [part.text, ""]
        elif isinstance(part, Pair):
            out += [line + "\n" for line in (*part.left, *part.right)]
        else:
            rows = [[cell if cell is not None else "" for cell in row] for row in _filled(part)]
            out += ["| " + " | ".join(rows[0]) + " |", "|" + "---|" * len(rows[0])]
            out += ["| " + " | ".join(row) + " |" for row in rows[1:]] + [""]
    return "\n".join(out).encode("utf-8")


def _filled(table):
    """Rows with merged cells repeated: Markdown has none."""
    above = [""] * len(table.widths)
    for row in table.rows:
        above = [upper if cell is None else cell for cell, upper in zip(row, above, strict=True)]
        yield above


def _spans(table):
    """(row, column, text, rows covered) of each cell."""
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is not None:
                rows = 1
                while number + rows < len(table.rows) and table.rows[number + rows][column] is None:
                    rows += 1
                yield number, column, cell, rows


def as_html(plan=PLAN):
    out = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>Kế hoạch</title></head><body>"]
    for part in plan:
        if isinstance(part, Para):
            out.append(f"<p>{html.escape(part.text)}</p>")
        elif isinstance(part, Pair):
            cells = ("<br>".join(map(html.escape, side)) for side in (part.left, part.right))
            out.append("<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>")
        else:
            out.append("<table>")
            spans = list(_spans(part))
            for number in range(len(part.rows)):
                cells = "".join(f'<td rowspan="{rows}">{html.escape(text)}</td>' for row, _, text, rows in spans if row == number)
                out.append(f"<tr>{cells}</tr>")
            out.append("</table>")
    return "".join([*out, "</body></html>"]).encode("utf-8")


def as_docx(plan=PLAN):
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = docx.Document()
    document.styles["Normal"].font.name = "DejaVu Serif"
    document.styles["Normal"].font.size = Pt(12)
    for part in plan:
        if isinstance(part, Para):
            paragraph = document.add_paragraph()
            paragraph.add_run(part.text).bold = part.style in ("title", "heading")
            if part.style == "title":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            else:
                paragraph.paragraph_format.first_line_indent = Pt(28)
        elif isinstance(part, Pair):
            table = document.add_table(1, 2)
            for cell, side in zip(table.rows[0].cells, (part.left, part.right), strict=True):
                cell.text = side[0]
                for line in side[1:]:
                    cell.add_paragraph(line)
        else:
            table = document.add_table(len(part.rows), len(part.widths))
            table.style = "Table Grid"
            for row, column, text, rows in _spans(part):
                cell = table.cell(row, column)
                if rows > 1:
                    cell = cell.merge(table.cell(row + rows - 1, column))
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_odt(plan=PLAN):
    from odf.opendocument import OpenDocumentText
    from odf.table import CoveredTableCell, TableCell, TableColumn, TableRow
    from odf.table import Table as OdfTable
    from odf.text import P

    document = OpenDocumentText()
    for part in plan:
        if isinstance(part, Para):
            document.text.addElement(P(text=part.text))
            continue
        pair = isinstance(part, Pair)
        width = 2 if pair else len(part.widths)
        table = OdfTable()
        for _ in range(width):
            table.addElement(TableColumn())
        for number in range(1 if pair else len(part.rows)):
            row = TableRow()
            for column in range(width):
                if pair:
                    cell = TableCell()
                    for line in (part.left, part.right)[column]:
                        cell.addElement(P(text=line))
                elif part.rows[number][column] is None:
                    cell = CoveredTableCell()
                else:
                    rows = next(rows for r, c, _, rows in _spans(part) if (r, c) == (number, column))
                    cell = TableCell(numberrowsspanned=rows) if rows > 1 else TableCell()
                    cell.addElement(P(text=part.rows[number][column]))
                row.addElement(cell)
            table.addElement(row)
        document.text.addElement(table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(plan=PLAN):
    sheet = pdfmaking.Sheet()
    for part in plan:
        if isinstance(part, Para):
            if part.style == "title":
                sheet.centred(part.text, bold=True)
            else:
                sheet.paragraph(part.text, bold=part.style == "heading")
        elif isinstance(part, Pair):
            sheet.pair(part.left, part.right)
        else:
            sheet.table(part.rows, part.widths)
    return sheet.pdf()


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def facts(document):
    """What an extraction says, without positions: equal for the same text in another format."""

    def times(record):
        return sorted((time.text, time.kind, str(time.start), str(time.end)) for time in record.timeframes)

    def names(actors):
        return [actor.name for actor in actors]

    tasks = [
        (" ".join(task.text.split()), names(task.lead), names(task.coordinating), names(task.implementing), times(task)) for task in document.tasks
    ]
    targets = [(" ".join(target.text.split()), target.comparator, target.value, target.unit, times(target)) for target in document.targets]
    return {"tasks": tasks, "targets": targets}
