#!/usr/bin/env python3
"""Makes the files of tests/data/files: curricula vitae of invented doctors in every format that is read, and what is not read.

    tools/make_files.py tests/data/files

Needs Python alone for most of them; chromium for the PDF with an embedded font, LibreOffice (soffice) for the old formats.
What is missing is named and left as it is.
"""
import hashlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

CV = [
    ("履歴書", None),
    (None, [["ふりがな", "さとう いちろう"], ["氏名", "佐藤 一郎"], ["生年月日", "昭和36年4月12日生（満65歳）"],
            ["現住所", "〒390-0811 長野県松本市中央3丁目1-1"], ["電話", "090-0000-1234"]]),
    ("学歴・職歴", None),
    (None, [["昭和62年3月", "○○大学医学部医学科 卒業"], ["昭和62年6月", "○○大学医学部附属病院 第一内科 研修医"],
            ["平成4年4月", "△△市民病院 消化器内科 医員"], ["平成18年4月", "△△市民病院 消化器内科 部長"], ["", "現在に至る"]]),
    ("免許・資格", None),
    (None, [["昭和62年5月", "医師免許取得（医籍登録 第300000号）"], ["平成8年12月", "日本内科学会認定総合内科専門医"],
            ["平成10年12月", "日本消化器病学会専門医"]]),
]


def esc(s):
    return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def package(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, text)


TYPES = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' \
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>%s</Types>'
RELS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' \
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="%s"/></Relationships>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path, blocks, extra=""):
    def p(text):
        return f'<w:p><w:r><w:t xml:space="preserve">{esc(text)}</w:t></w:r></w:p>'
    body = extra
    for head, rows in blocks:
        if head:
            body += p(head)
        else:
            body += '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="7000"/></w:tblGrid>' + "".join(
                "<w:tr>" + "".join(f'<w:tc><w:tcPr><w:tcW w:w="{2000 if i == 0 else 7000}" w:type="dxa"/></w:tcPr>{p(c)}</w:tc>' for i, c in enumerate(r)) + "</w:tr>"
                for r in rows) + "</w:tbl>" + p("")
    package(path, [
        ("[Content_Types].xml", TYPES % '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'),
        ("_rels/.rels", RELS % "word/document.xml"),
        ("word/document.xml", f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>'),
    ])


def xlsx(path, blocks):
    rows, n = "", 0
    for head, table in blocks:
        for r in ([[head]] if head else table):
            n += 1
            # A form on squared paper: the value stands some columns to the right.
            cells = ""
            for i, c in enumerate(r):
                if c.startswith("昭和36年"):
                    cells += f'<c r="{"AFKP"[i]}{n}" s="1"><v>22383</v></c>'
                else:
                    cells += f'<c r="{"AFKP"[i]}{n}" t="inlineStr"><is><t>{esc(c)}</t></is></c>'
            rows += f'<row r="{n}">{cells}</row>'
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    hidden = f'<worksheet {ns}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>氏名</t></is></c><c r="B1" t="inlineStr"><is><t>隠 太郎</t></is></c></row></sheetData></worksheet>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package(path, [
        ("[Content_Types].xml", TYPES % (f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
         f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
         + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kind}.worksheet+xml"/>' for i in (1, 2)))),
        ("_rels/.rels", RELS % "xl/workbook.xml"),
        ("xl/workbook.xml", f'<workbook {ns} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="履歴書" sheetId="1" r:id="rId1"/><sheet name="控え" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         + "".join(f'<Relationship Id="rId{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in (1, 2))
         + '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'),
        ("xl/styles.xml", f'<styleSheet {ns}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'),
        ("xl/worksheets/sheet1.xml", f'<worksheet {ns}><sheetData>{rows}</sheetData></worksheet>'),
        ("xl/worksheets/sheet2.xml", hidden),
    ])


def pdf(path, objects, encrypt=None):
    """objects: list of bytes, number 1 is the catalogue."""
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for i, o in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, o)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, encrypt or b"", at)
    open(path, "wb").write(out)


def stream(data, extra=b""):
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def lines(blocks):
    for head, rows in blocks:
        for r in [[head]] if head else rows:
            yield r


def cid_content(blocks, encode):
    out, y = b"BT /F1 11 Tf ", 800
    for r in lines(blocks):
        y -= 24
        for i, c in enumerate(r):
            if c:
                out += b"1 0 0 1 %d %d Tm <%s> Tj " % (60 + i * 130, y, encode(c).hex().encode())
    return out + b"ET"


def cid_pdf(path, blocks, cmap, encode, rc4=None):
    content = cid_content(blocks, encode)
    encrypt = None
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light-%s /Encoding /%s /DescendantFonts [6 0 R] >>" % (cmap, cmap),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [-170 -331 1024 903] /ItalicAngle 0 /Ascent 723 /Descent -241 /CapHeight 709 /StemV 69 >>",
    ]
    if rc4 is not None:
        pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
        user, ident, perm = (rc4 + pad)[:32], b"0123456789abcdef", -44
        owner = arc4(hashlib.md5(user).digest()[:5], user)
        key = hashlib.md5(user + owner + struct.pack("<i", perm) + ident).digest()[:5]
        objects[3] = stream(arc4(hashlib.md5(key + b"\x04\0\0\0\0").digest()[:10], content))
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (owner.hex().encode(), arc4(key, pad).hex().encode(), perm))
        encrypt = b"/Encrypt 8 0 R /ID [<%s> <%s>] " % (ident.hex().encode(), ident.hex().encode())
    pdf(path, objects, encrypt)


def japan1(text):
    """The numbers of Adobe-Japan1 for characters of JIS X 0208: Latin from 1, hiragana from 842, kanji in the order of the standard."""
    out = b""
    for c in text:
        if ord(c) < 128:
            n = ord(c) - 31
        else:
            row, cell = (b - 0xa0 for b in c.encode("euc-jp"))
            if row == 1:
                n = 632 + cell
            elif row == 2:
                n = 726 + cell
            elif row == 4:
                n = 841 + cell
            elif row == 5:
                n = 924 + cell
            elif row < 48:
                n = 1124 + (row - 16) * 94 + cell
            else:
                n = 4089 + (row - 48) * 94 + cell
        out += struct.pack(">H", n)
    return out


def arc4(key, data):
    s, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) % 256
        s[i], s[j] = s[j], s[i]
    i = j = 0
    for b in data:
        i = (i + 1) % 256
        j = (j + s[i]) % 256
        s[i], s[j] = s[j], s[i]
        out.append(b ^ s[(s[i] + s[j]) % 256])
    return bytes(out)


def form_pdf(path, blocks):
    """Labels are printed, values stand in the fields of a form."""
    labels, fields, y = b"BT /F1 11 Tf ", [], 800
    for r in lines(blocks):
        y -= 24
        labels += b"1 0 0 1 60 %d Tm <%s> Tj " % (y, r[0].encode("utf-16-be").hex().encode())
        if len(r) > 1:
            value = b"<feff%s>" % r[1].encode("utf-16-be").hex().encode()
            fields.append(b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f%d) /V %s /F 4 /Rect [190 %d 540 %d] /P 3 0 R >>" % (y, value, y - 5, y + 14))
    # One field is hidden, and says so.
    fields.append(b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (h) /V (hidden words) /F 2 /Rect [190 20 540 40] /P 3 0 R >>")
    refs = b" ".join(b"%d 0 R" % (8 + i) for i in range(len(fields)))
    pdf(path, [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> >>" % refs,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [%s] /Resources << /Font << /F1 5 0 R >> >> >>" % refs,
        stream(labels + b"ET"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light-UniJIS-UCS2-H /Encoding /UniJIS-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [-170 -331 1024 903] /ItalicAngle 0 /Ascent 723 /Descent -241 /CapHeight 709 /StemV 69 >>",
    ] + fields)


def scanned(path):
    pixels = zlib.compress(bytes(200 * 280))
    pdf(path, [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
        stream(pixels, b"/Type /XObject /Subtype /Image /Width 200 /Height 280 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode "),
    ])


def html(blocks):
    body = ""
    for head, rows in blocks:
        body += f"<h2>{head}</h2>" if head else "<table border=1 cellspacing=0 cellpadding=6 width=100%>" + "".join(
            "<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows) + "</table>"
    return f"<html><head><meta charset=utf-8><style>body{{font-family:'Noto Sans CJK JP',sans-serif;font-size:11pt}}</style></head><body>{body}</body></html>"


def chromium(path, blocks):
    if not shutil.which("chromium"):
        return print("left as it is, no chromium:", path)
    with tempfile.TemporaryDirectory() as d:
        open(f"{d}/cv.html", "w").write(html(blocks))
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={d}/u", "--no-pdf-header-footer",
                        f"--print-to-pdf={path}", f"{d}/cv.html"], check=True, capture_output=True)


def office(source, kind, to):
    if not shutil.which("soffice"):
        return print("left as it is, no soffice:", to)
    with tempfile.TemporaryDirectory() as d:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{d}/u", "--headless", "--convert-to", kind, "--outdir", d, source],
                       check=True, capture_output=True)
        made = [f for f in os.listdir(d) if f != "u"]
        shutil.move(f"{d}/{made[0]}", to)


def rtf(path):
    def hexed(s):
        return "".join(c if ord(c) < 128 else "".join(f"\\'{b:02x}" for b in c.encode("cp932")) for c in s)
    body = ""
    for r in lines(CV):
        body += "\\f1 " + "\\cell ".join(hexed(c) for c in r) + ("\\cell\\row\n" if len(r) > 1 else "\\par\n")
    text = ("{\\rtf1\\ansi\\ansicpg932\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times;}{\\f1\\fnil\\fcharset128 \\'82\\'6c\\'82\\'72 \\'96\\'be\\'92\\'a9;}}"
            "{\\info{\\title secret}}{\\*\\generator hand;}\n" + body + "{\\v\\f1 " + hexed("隠した文字") + "}\\u39640?\\u-10179?\\u-8247?\\par}")
    open(path, "wb").write(text.encode("ascii"))


# A hospital's list of openings; the third has a cell that nobody can read.
LIST = [("みどり病院　医師求人一覧", None), (None, [
    ["診療科", "勤務地", "雇用形態", "年収（万円）"],
    ["内科", "長野県松本市", "常勤", "1500"],
    ["整形外科", "長野県塩尻市", "常勤", "1800"],
    ["皮膚科", "長野県松本市", "いろいろ", "1400"],
])]


# A hospital's 求人票 on one page.
FORM = [("求人票", None), (None, [
    ["医療機関名", "みどり病院"],
    ["所在地", "長野県松本市中央1-1"],
    ["募集科目", "内科"],
    ["雇用形態", "常勤"],
    ["勤務日", "月・火・水・木"],
    ["勤務時間", "8:30〜17:15"],
    ["当直", "なし"],
    ["業務内容", "外来、病棟管理"],
    ["給与", "年俸1,500万円"],
    ["休日・休暇", "土日祝、年末年始"],
    ["年齢", "65歳まで"],
    ["受動喫煙対策", "敷地内禁煙"],
])]


def main(folder):
    os.makedirs(folder, exist_ok=True)
    at = lambda name: os.path.join(folder, name)
    docx(at("cv.docx"), CV)
    ruby = f'<w:p><w:r><w:ruby><w:rt><w:r><w:t>さとう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>佐藤</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t> &amp; &#x9ad9;</w:t></w:r>' \
        f'<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠した文字</w:t></w:r><w:del><w:r><w:delText>消した文字</w:delText></w:r></w:del></w:p>'
    docx(at("marks.docx"), [("終わり", None)], ruby)
    xlsx(at("cv.xlsx"), CV)
    cid_pdf(at("cv-unijis.pdf"), CV, b"UniJIS-UCS2-H", lambda s: s.encode("utf-16-be"))
    cid_pdf(at("cv-rksj.pdf"), CV, b"90ms-RKSJ-H", lambda s: s.encode("cp932"))
    plain = [(h, r and [[c.replace("○", "丸").replace("△", "角") for c in row] for row in r]) for h, r in CV]
    cid_pdf(at("cv-japan1.pdf"), plain, b"Identity-H", japan1)
    cid_pdf(at("password.pdf"), CV, b"UniJIS-UCS2-H", lambda s: s.encode("utf-16-be"), b"secret")
    cid_pdf(at("owner-only.pdf"), CV, b"UniJIS-UCS2-H", lambda s: s.encode("utf-16-be"), b"")
    form_pdf(at("cv-form.pdf"), CV)
    scanned(at("scanned.pdf"))
    rtf(at("cv.rtf"))
    chromium(os.path.abspath(at("cv-embedded.pdf")), CV)
    office(at("cv.docx"), "doc:MS Word 97", at("cv.doc"))
    office(at("cv.xlsx"), "xls:MS Excel 97", at("cv.xls"))
    office(at("cv.docx"), "pdf", at("cv-office.pdf"))
    xlsx(at("openings.xlsx"), LIST)
    office(at("openings.xlsx"), "xls:MS Excel 97", at("openings.xls"))
    docx(at("opening.docx"), FORM)
    office(at("opening.docx"), "doc:MS Word 97", at("opening.doc"))
    office(at("opening.docx"), "pdf", at("opening.pdf"))


if __name__ == "__main__":
    main(sys.argv[1])
