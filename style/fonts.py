"""Makes the fonts of pages and share cards from the whole Be Vietnam Pro (run only to renew them).

    npm pack @expo-google-fonts/be-vietnam-pro@0.4.1 && tar xf *.tgz
    pip install fonttools brotli
    python3 style/fonts.py package style/public/fonts server/engine/fonts

`core` holds ASCII, Vietnamese and typography (one file per weight: kerning stays whole), `ext` the
other letters of the font, `figures` digits of one width, which the family itself does not have.
The server draws share cards with the letters of `core` as TTF: its renderer reads no woff2.
"""
import sys
from pathlib import Path
from fontTools import subset
from fontTools.ttLib import TTFont

CORE = (
    "20-7E A0 A7 A9 AB B0 B1 B7 BB BD D7 C0-C3 C8-CA CC CD D2-D5 D9 DA DD E0-E3 E8-EA EC ED F2-F5 F9 FA FD "
    "102 103 110 111 128 129 168 169 1A0 1A1 1AF 1B0 300 301 303 309 323 1EA0-1EF9 "
    "2009 2010-2014 2018-201A 201C-201E 2022 2026 202F 2030 2032 2033 20AB 2212 2248 2260 2264 2265"
)
FACES = {"400": "400Regular", "400-italic": "400Regular_Italic", "600": "600SemiBold", "700": "700Bold"}
CARD_FACES = ("400", "700")
FIGURE = 650


def members(ranges):
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def ranges(codes):
    found = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ",".join(f"U+{a:04X}" if a == b else f"U+{a:04X}-{b:04X}" for a, b in found)


def cut(source, target, codes, features=("kern", "mark", "mkmk", "ccmp", "locl"), flavor="woff2"):
    options = subset.Options(layout_features=list(features), hinting=False, flavor=flavor)
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    return options, font, target


def save(options, font, target):
    subset.save_font(font, str(target), options)
    print(target.name, target.stat().st_size)


def one_width(font):
    glyf, widths, names = font["glyf"], font["hmtx"], font.getBestCmap()
    for digit in b"0123456789":
        name = names[digit]
        glyph = glyf[name]
        shift = (FIGURE - (glyph.xMax - glyph.xMin)) // 2 - glyph.xMin
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyf)
        widths[name] = (FIGURE, glyph.xMin)


package, target, cards = (Path(argument) for argument in sys.argv[1:4])
core = set(members(CORE))
for face, folder in FACES.items():
    source = package / folder / f"BeVietnamPro_{folder}.ttf"
    every = set(TTFont(source).getBestCmap())
    save(*cut(source, target / f"be-vietnam-pro-{face}.woff2", core & every))
    if face in CARD_FACES:
        save(*cut(source, cards / f"be-vietnam-pro-{face}.ttf", core & every, flavor=None))
    if "italic" not in face:
        ext = every - core
        save(*cut(source, target / f"be-vietnam-pro-ext-{face}.woff2", ext))
        options, font, path = cut(source, target / f"be-vietnam-figures-{face}.woff2", set(b"0123456789"), ())
        one_width(font)
        save(options, font, path)
print("core", ranges(core & every))
print("ext", ranges(ext))
