#!/usr/bin/env python3
"""Makes docs/card.png: a likeness of a card in Discord, from the very message that the bot sends.

    tools/card_picture.py [--card FILE.json] [--out docs/card.png]

Without --card the message comes from the test `the_first_sample_mail_becomes_a_card`, which plays the first sample mail from
its bytes to the card. Headless Chromium (Debian: chromium, fonts-noto-cjk, fonts-noto-color-emoji) makes the picture.
"""

import argparse
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from terminal_picture import ROOT, picture

WIDTH = 900

PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><style>
* {{ margin: 0; box-sizing: border-box; }}
body {{ width: {width}px; background: #313338; color: #dbdee1; padding: 22px 24px 26px 84px; position: relative;
       font: 16px/1.45 "Noto Sans CJK JP", "Noto Color Emoji", sans-serif; }}
.avatar {{ position: absolute; left: 24px; top: 24px; width: 42px; height: 42px; border-radius: 50%; background: #2d7d9a; color: #fff;
          font-weight: 700; font-size: 22px; line-height: 40px; text-align: center; }}
.who b {{ color: #f2f3f5; }} .who i {{ font-style: normal; background: #5865f2; color: #fff; font-size: 11px; border-radius: 4px; padding: 2px 5px; margin: 0 8px; vertical-align: 2px; }}
.who span {{ color: #949ba4; font-size: 13px; }}
.content {{ margin: 2px 0 8px; }}
.embed {{ background: #2b2d31; border-left: 5px solid; border-radius: 5px; padding: 12px 18px 14px 16px; margin-bottom: 8px; width: 700px; font-size: 14.5px; }}
.embed h3 {{ color: #f2f3f5; font-size: 16px; margin-bottom: 6px; }}
.text {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.fields {{ display: grid; grid-template-columns: repeat(3, 1fr); gap: 9px 12px; margin-top: 8px; }}
.field {{ grid-column: 1 / -1; }} .field.inline {{ grid-column: auto; }}
.field h4 {{ color: #f2f3f5; font-size: 14px; }}
.row {{ display: flex; gap: 8px; margin-top: 8px; flex-wrap: wrap; }}
.button {{ border-radius: 4px; color: #fff; font-size: 14px; font-weight: 500; padding: 6px 16px; background: #4e5058; }}
.s1 {{ background: #5865f2; }} .s3 {{ background: #248046; }} .s4 {{ background: #da373c; }} .off {{ opacity: .5; }}
.menu {{ background: #1e1f22; border-radius: 4px; width: 640px; padding: 9px 14px; color: #dbdee1; font-size: 14.5px; display: flex; justify-content: space-between; gap: 12px; }}
.menu span {{ overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }} .menu i {{ font-style: normal; }}
.cut {{ color: #949ba4; }}
</style><body><div class="avatar">窓</div><div class="who"><b>madoguchi</b><i>アプリ</i><span>今日 10:12</span></div>{message}</body></html>"""


def marked(text: str) -> str:
    """Discord's markdown, as far as the card uses it."""
    out = []
    for part in re.split(r"(\\.|\*\*|<t:\d+:\w>|<#\d+>)", text.replace("\u200b", ""), flags=re.S):
        if part.startswith("\\") and len(part) == 2:
            out.append(html.escape(part[1]))
        elif part == "**":
            out.append("\0")
        elif part.startswith("<t:"):
            seconds, style = part[3:-1].split(":")
            local = time.gmtime(int(seconds) + 9 * 3600)
            out.append("60秒後" if style == "R" else time.strftime("%Y年%-m月%-d日 %H:%M", local))
        else:
            out.append(html.escape(part))
    bold = "".join(out).split("\0")
    return "".join(f"<b>{p}</b>" if n % 2 else p for n, p in enumerate(bold))


def shortened(text: str, lines: int) -> str:
    """The beginning of a long text; the picture need not show all of it."""
    kept = text.split("\n")
    if len(kept) <= lines:
        return marked(text)
    return marked("\n".join(kept[:lines])) + '\n<span class="cut">⋮</span>'


def embed(e: dict, lines: int) -> str:
    fields = "".join(
        f'<div class="field{" inline" if f.get("inline") else ""}"><h4>{marked(f["name"])}</h4><div class="text">{marked(f["value"])}</div></div>'
        for f in e.get("fields", [])
    )
    return (
        f'<div class="embed" style="border-color:#{e.get("color", 0x4E5058):06x}"><h3>{marked(e.get("title", ""))}</h3>'
        f'<div class="text">{shortened(e.get("description", ""), lines)}</div><div class="fields">{fields}</div></div>'
    )


def component(c: dict) -> str:
    if c["type"] == 2:
        off = " off" if c.get("disabled") else ""
        return f'<div class="button s{c["style"]}{off}">{html.escape(c["label"])}</div>'
    chosen = "、".join(o["label"] for o in c["options"] if o.get("default"))
    return f'<div class="menu"><span>{html.escape(chosen or c.get("placeholder", ""))}</span><i>⌄</i></div>'


def sent() -> dict:
    """The message that the test keeps."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "card.json"
        subprocess.run(
            ["cargo", "test", "--quiet", "--test", "discord", "the_first_sample_mail_becomes_a_card"],
            check=True, cwd=ROOT, env={**os.environ, "MADOGUCHI_CARD_JSON": str(file)}, stdout=subprocess.DEVNULL,
        )
        return json.loads(file.read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--card", type=Path)
    parser.add_argument("--lines", type=int, default=24, help="lines of the draft that are shown")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/card.png")
    args = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or sys.exit("chromium is not installed")
    message = json.loads(args.card.read_text(encoding="utf-8")) if args.card else sent()
    body = f'<div class="content">{marked(message.get("content", ""))}</div>'
    body += "".join(embed(e, args.lines) for e in message.get("embeds", []))
    body += "".join(f'<div class="row">{"".join(map(component, r["components"]))}</div>' for r in message.get("components", []))
    picture(chromium, PAGE.format(width=WIDTH, message=body), WIDTH, None, args.out)


if __name__ == "__main__":
    main()
