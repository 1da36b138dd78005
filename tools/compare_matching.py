#!/usr/bin/env python3
"""How databases fare on the hard filters of matching, beside the engine, in one run.

    python3 -m venv /tmp/compare && /tmp/compare/bin/pip install duckdb
    /tmp/compare/bin/python tools/compare_matching.py [OPENINGS] [DOCTORS]

Runs the bench `matching` once, which writes its openings as a table and the hard filters of its doctors (place, department,
night duty, employment) as conditions, and then asks SQLite (with indexes) and DuckDB for the count and the ten newest of
each condition. The databases do a fraction of the work: no unknowns, no days, no score, no relaxations.
"""

import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COLUMNS = "id,prefecture,municipality,lat,lon,departments,employment,night_duty,posted"


def bench(openings, doctors, folder):
    command = os.environ.get("BENCH", "cargo bench --bench matching").split()
    environment = dict(
        os.environ, SIZES=str(openings), TABLE=str(openings), DOCTORS=str(doctors), ALL="0", STANDING="1000", TABLES=folder
    )
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    print(said)
    row = re.search(rf"^\s*{openings}\s+\S+\s+\S+\s+(\S+)\s+\S+\s+(\S+)", said, re.M)
    return float(row[1]), float(row[2])


def timed(ask, conditions):
    times = []
    for condition in conditions:
        start = time.process_time()
        ask(condition)
        times.append((time.process_time() - start) * 1e3)
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, len(times) * 99 // 100)]


def sqlite(table, conditions):
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE TABLE o (id TEXT, prefecture INT, municipality TEXT, lat REAL, lon REAL,"
        " departments INT, employment TEXT, night_duty INT, posted TEXT)"
    )
    def value(text):
        return text if text else None
    with open(table, encoding="utf-8") as rows:
        next(rows)
        db.executemany(
            "INSERT INTO o VALUES (?,?,?,?,?,?,?,?,?)", ([value(v) for v in row.rstrip("\n").split(",")] for row in rows)
        )
    for columns in ("prefecture, employment", "municipality", "lat, lon", "employment, night_duty"):
        db.execute(f"CREATE INDEX o_{abs(hash(columns))} ON o ({columns})")
    db.execute("ANALYZE")

    def ask(condition):
        db.execute(f"SELECT count(*) FROM o WHERE {condition}").fetchone()
        db.execute(f"SELECT id FROM o WHERE {condition} ORDER BY posted DESC, id LIMIT 10").fetchall()

    return timed(ask, conditions)


def duck(table, conditions):
    import duckdb

    db = duckdb.connect(config={"threads": 1})
    db.execute(f"CREATE TABLE o AS SELECT * FROM read_csv('{table}', header = true)")

    def ask(condition):
        db.execute(f"SELECT count(*) FROM o WHERE {condition}").fetchone()
        db.execute(f"SELECT id FROM o WHERE {condition} ORDER BY posted DESC, id LIMIT 10").fetchall()

    return timed(ask, conditions)


def main():
    openings = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    doctors = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    with tempfile.TemporaryDirectory() as folder:
        own = bench(openings, doctors, folder)
        table = str(Path(folder) / "openings.csv")
        conditions = Path(folder, "conditions.sql").read_text(encoding="utf-8").splitlines()
        print(f"{'':28}  p50 ms   p99 ms   p50 ratio")
        print(f"{'engine, all the rules':28} {own[0]:7.3f}  {own[1]:7.3f}   1")
        for name, ask in (("SQLite, hard filters only", sqlite), ("DuckDB, hard filters only", duck)):
            try:
                p50, p99 = ask(table, conditions)
            except ModuleNotFoundError:
                print(f"{name:28} not installed")
                continue
            print(f"{name:28} {p50:7.3f}  {p99:7.3f}   {p50 / own[0]:.1f}")


if __name__ == "__main__":
    main()
