#!/usr/bin/env python3
"""Makes docs/terminal.png: what `madoguchi demo` prints on a terminal, as a picture.

    tools/terminal_picture.py [--program target/release/madoguchi] [--lines 45] [--out docs/terminal.png]

The program runs under a pseudo terminal, so that it prints its colours; the escape codes become HTML, and headless Chromium
(Debian: chromium, fonts-noto-cjk, fonts-noto-color-emoji) makes the picture. Only Python's standard library is used.
"""

import argparse
import html
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = 110
CELL, LINE, FONT, LATIN = 8, 22, 16, 13.3  # pixels; a full-width character takes two cells
PADDING, BAR = 28, 40

PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><style>
* {{ margin: 0; box-sizing: border-box; }}
html {{ background: #e9edf2; }}
body {{ width: {width}px; height: {height}px; padding: 20px; }}
.window {{ background: #1b2430; border-radius: 12px; height: 100%; overflow: hidden; box-shadow: 0 6px 18px rgba(20, 30, 45, .35); }}
.bar {{ height: {bar}px; background: #273244; color: #9fb0c6; font: 14px/{bar}px "Noto Sans CJK JP", sans-serif; text-align: center; position: relative; }}
.bar i {{ position: absolute; top: 14px; width: 12px; height: 12px; border-radius: 50%; }}
pre {{ padding: 16px {padding}px; color: #dbe4ee; font: {font}px/{line}px "DejaVu Sans Mono", "Noto Sans Mono CJK JP", "Noto Sans CJK JP", monospace; }}
pre div {{ height: {line}px; white-space: pre; }}
b, s, u {{ display: inline-block; text-align: center; text-decoration: none; font-weight: inherit; overflow: visible; height: {line}px; vertical-align: top; }}
u, s {{ width: {cell}px; font-size: {latin}px; }} b {{ width: {two}px; font-family: "Noto Sans CJK JP"; }}
.bold {{ font-weight: 700; color: #ffffff; }} .faint {{ color: #93a4b8; }}
.c31 {{ color: #ff8a80; }} .c32 {{ color: #8fdc9a; }} .c33 {{ color: #ffd479; }} .c36 {{ color: #7fd6e8; }}
</style><body><div class="window"><div class="bar"><i style="left:16px;background:#f2695c"></i><i style="left:36px;background:#f5bd4f"></i><i
style="left:56px;background:#61c454"></i>{title}</div><pre>{lines}</pre></div></body></html>"""


def run(program: Path) -> str:
    """The demo's output under a pseudo terminal, with nobody to type."""
    with tempfile.TemporaryDirectory() as out:
        parent, child = pty.openpty()
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
        environment.pop("NO_COLOR", None)
        process = subprocess.Popen(
            [program, "demo", "--yes", "--out", "out"], stdin=subprocess.DEVNULL, stdout=child, stderr=child, env=environment, cwd=out
        )
        os.close(child)
        data = b""
        while True:
            try:
                piece = os.read(parent, 65536)
            except OSError:  # Linux says so when the other end is closed.
                break
            if not piece:
                break
            data += piece
        if process.wait() != 0:
            sys.exit(f"{program} demo failed:\n{data.decode(errors='replace')}")
    return data.decode().replace("\r\n", "\n")


def cells(c: str) -> int:
    """As the program counts: wide and full-width characters take two cells, ambiguous ones take one."""
    if unicodedata.combining(c) or c in "\u200b\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def row(line: str, state: set[str]) -> str:
    """A line as HTML, every character in cells of its own width."""
    out, used = [], 0
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9;]*)m", piece)
        if code:
            for n in code.group(1).split(";"):
                if n in ("", "0"):
                    state.clear()
                else:
                    state.add({"1": "bold", "2": "faint"}.get(n, f"c{n}"))
            continue
        if not piece:
            continue
        classes = set(state)
        # A coloured title is bold in its colour, not white.
        if any(c.startswith("c") for c in classes):
            colour = " ".join(c for c in classes if c != "bold")
            style = f' style="font-weight:{700 if "bold" in classes else 400}"'
        else:
            colour, style = " ".join(sorted(classes)), ""
        text = []
        for c in piece:
            width = cells(c)
            used += width
            if used > COLUMNS:
                break
            tag = "b" if width == 2 else "u" if ord(c) < 128 else "s"
            text.append(f"<{tag}>{html.escape(c)}</{tag}>" if width and c != " " else "<u> </u>" if width else "")
        out.append(f'<span class="{colour}"{style}>{"".join(text)}</span>')
    return f"<div>{''.join(out)}</div>"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "target/release/madoguchi")
    parser.add_argument("--lines", type=int, default=45)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/terminal.png")
    args = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or sys.exit("chromium is not installed")

    state: set[str] = set()
    lines = [row(line, state) for line in ("$ madoguchi demo\n\n" + run(args.program.resolve())).split("\n")[: args.lines]]
    width = COLUMNS * CELL + 2 * PADDING + 40
    height = args.lines * LINE + BAR + 32 + 40
    page = PAGE.format(
        width=width, height=height, bar=BAR, padding=PADDING, font=FONT, line=LINE, cell=CELL, two=2 * CELL, latin=LATIN,
        title="madoguchi — 端末", lines="".join(lines),
    )
    picture(chromium, page, width, height, args.out)


def picture(chromium: str, page: str, width: int, height: int | None, out: Path) -> None:
    """Photographs a page; without a height, down to where it ends."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")

        def chrome(*more: str) -> str:
            common = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
            done = subprocess.run(
                [chromium, *common, *more, file.as_uri()], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=180, text=True
            )
            return done.stdout

        if height is None:
            measure = "<script>document.title = document.body.offsetHeight</script>"
            file.write_text(page + measure, encoding="utf-8")
            dom = chrome(f"--window-size={width},600", "--dump-dom")
            height = int(re.search(r"<title>(\d+)</title>", dom).group(1))
        chrome("--force-device-scale-factor=1.5", f"--window-size={width},{height}", f"--screenshot={out.resolve()}")
    print(f"{out} ({out.stat().st_size // 1024} kB)")


if __name__ == "__main__":
    main()
