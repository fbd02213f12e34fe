"""Small PDF files for tests: text at given places, rules, page numbers, tables over page ends.

The font needs no file: its codes are Unicode numbers and every letter is half as wide as it is high. No viewer can draw it,
but a reader of the text layer sees what a word processor's PDF would show it.
"""

WIDTH, HEIGHT, MARGIN, SIZE, LEADING = 595, 842, 70, 12, 17


def _wrap(text, room, size=SIZE, first=0):
    lines, line = [], ""
    for word in text.split():
        here = room - (first if not lines else 0)
        if line and (len(line) + 1 + len(word)) * size / 2 > here:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


class Sheet:
    """Lays text out from the top; a new page begins when one is full."""

    def __init__(self, header=None, numbers=True):
        self.pages = []
        self.header, self.numbers = header, numbers
        self._page()

    def _page(self):
        self.pages.append([])
        self.y = MARGIN
        if self.header:
            self.put(MARGIN, MARGIN / 2, self.header)
        if self.numbers:
            self.put(WIDTH / 2, HEIGHT - MARGIN / 2, str(len(self.pages)))

    def put(self, x, y, text, size=SIZE, bold=False):
        """Text with its top at ``y`` from the upper edge."""
        code = text.encode("utf-16-be").hex().upper()
        self.pages[-1].append(f"BT /F{2 if bold else 1} {size} Tf {x:.2f} {HEIGHT - y - size:.2f} Td <{code}> Tj ET")

    def rule(self, x0, y0, x1, y1):
        self.pages[-1].append(f"{x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")

    def room(self, needed=LEADING):
        if self.y + needed > HEIGHT - MARGIN:
            self._page()

    def paragraph(self, text, bold=False, indent=28):
        for number, line in enumerate(_wrap(text, WIDTH - 2 * MARGIN, first=indent)):
            self.room()
            self.put(MARGIN + (0 if number else indent), self.y, line, bold=bold)
            self.y += LEADING
        self.y += 4

    def centred(self, text, bold=False):
        for line in _wrap(text, WIDTH - 2 * MARGIN):
            self.room()
            self.put((WIDTH - len(line) * SIZE / 2) / 2, self.y, line, bold=bold)
            self.y += LEADING
        self.y += 4

    def pair(self, left, right):
        self.room(LEADING * max(len(left), len(right)))
        for number in range(max(len(left), len(right))):
            for side, (lines, middle) in enumerate(((left, WIDTH * 0.27), (right, WIDTH * 0.70))):
                if number < len(lines):
                    size = 10
                    self.put(middle - len(lines[number]) * size / 4, self.y, lines[number], size=size, bold=side == 1)
            self.y += LEADING
        self.y += 8

    def table(self, rows, shares):
        edges = [MARGIN]
        for share in shares:
            edges.append(edges[-1] + share * (WIDTH - 2 * MARGIN) / sum(shares))
        wrapped = [[None if cell is None else _wrap(cell, edges[c + 1] - edges[c] - 10, 10) for c, cell in enumerate(row)] for row in rows]
        for number, row in enumerate(wrapped):
            height = 14 * max(len(cell) for cell in row if cell is not None) + 6
            if self.y + height > HEIGHT - MARGIN:
                self.line_under(edges, [True] * len(shares))
                self._page()
                if number:
                    self._row(rows, wrapped, 0, edges, [True] * len(shares))
                self._row(rows, wrapped, number, edges, [True] * len(shares))
            else:
                self._row(rows, wrapped, number, edges, [cell is not None for cell in row])
        self.line_under(edges, [True] * len(shares))
        self.y += 10

    def line_under(self, edges, where):
        for column, drawn in enumerate(where):
            if drawn:
                self.rule(edges[column], self.y, edges[column + 1], self.y)

    def _row(self, rows, wrapped, number, edges, above):
        row = wrapped[number]
        self.line_under(edges, above)
        height = 14 * max(len(cell) for cell in row if cell is not None) + 6
        for edge in edges:
            self.rule(edge, self.y, edge, self.y + height)
        for column, cell in enumerate(row):
            for place, line in enumerate(cell or ()):
                self.put(edges[column] + 5, self.y + 3 + 14 * place, line, size=10, bold=number == 0)
        self.y += height

    def pdf(self, *, font="Fake", encrypt=False):
        return build(["\n".join(page) for page in self.pages], font)


def build(contents, font="Fake"):
    """A PDF file from the content streams of its pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    fonts = []
    for name in (font, f"{font}-Bold"):
        base = len(objects)
        objects += [
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{base + 2} 0 R] /ToUnicode {base + 4} 0 R >>",
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {base + 3} 0 R /DW 500 >>",
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -200 500 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
            f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        ]
        fonts.append(base + 1)
    kids = []
    for content in contents:
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {len(objects) + 2} 0 R /Resources << /Font << /F1 {fonts[0]} 0 R /F2 {fonts[1]} 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
        kids.append(len(objects) - 1)
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
