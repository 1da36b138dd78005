#!/usr/bin/env python3
"""Makes the font of the pictures, src/picture/font/NotoSansCJKjp-subset.otf.

    make_font.py NotoSansCJK-Regular.ttc

NotoSansCJK-Regular.ttc  of the Debian package fonts-noto-cjk (SIL Open Font License 1.1).
Kept are the Japanese glyphs of JIS X 0208 (levels 1 and 2), of ASCII, of the names of municipalities, and of what people write
besides in names (髙, 﨑, circled digits, units). To renew it, take a newer package and run the script; it needs the PyPI package
fonttools. SOURCE_DATE_EPOCH fixes the date in the font, so that the same input gives the same bytes.
"""
import os
import sys

from fontTools import subset, ttLib

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "src", "picture", "font", "NotoSansCJKjp-subset.otf")
TABLE = os.path.join(HERE, "..", "src", "places", "data", "municipalities.tsv")
# What is met in names and texts beyond JIS X 0208.
BESIDES = "髙﨑濵德瀨栁𠮷鄧閒祐福都郞隆靑顗精益館–—〜～•…“”‘’①②③④⑤⑥⑦⑧⑨⑩㈱㈲℡№㎞㎡ⅠⅡⅢⅣⅤ○△×✕"


def jis_x_0208():
    for row in range(0x21, 0x75):
        for cell in range(0x21, 0x7F):
            try:
                yield bytes([row | 0x80, cell | 0x80]).decode("euc_jp")
            except UnicodeDecodeError:
                pass


def japanese(path):
    for font in ttLib.TTCollection(path).fonts:
        if font["name"].getDebugName(6) == "NotoSansCJKjp-Regular":
            return font
    sys.exit("no NotoSansCJKjp-Regular in " + path)


def main():
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1643241600")
    wanted = {chr(c) for c in range(0x20, 0x7F)} | set(jis_x_0208()) | set(BESIDES)
    wanted |= {chr(c) for c in range(0xFF61, 0xFFA0)}
    with open(TABLE, encoding="utf-8") as table:
        wanted |= set(table.read())
    font = japanese(sys.argv[1])
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    # With subroutines, as they are; without the vertical forms.
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "DSIG"]
    sub = subset.Subsetter(options)
    sub.populate(unicodes=[ord(c) for c in wanted if ord(c) >= 0x20])
    sub.subset(font)
    font.flavor = None
    font.save(OUT)
    print(os.path.getsize(OUT), "bytes,", len(font.getGlyphOrder()), "glyphs")


main()
