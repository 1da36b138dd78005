#!/usr/bin/env python3
"""Writes samples/*.eml: mails as they arrive, in the charsets and forms that mail programs in Japan use.

Run from the top of the repository: python3 tools/make_samples.py
All names are invented; all addresses are of example.jp and example.com.
"""
import base64
import pathlib
import quopri
import textwrap

OUT = pathlib.Path("samples")
DESK = "md@example.jp"
DESK_NAME = "医師のセカンドキャリア事務局"


def word(text, charset, codec):
    """A header value as RFC 2047 words of at most 75 characters."""
    if text.isascii():
        return text
    words, piece = [], ""
    for char in text:
        longer = base64.b64encode((piece + char).encode(codec)).decode()
        if len(f"=?{charset}?B?{longer}?=") > 70:
            words.append(piece)
            piece = ""
        piece += char
    words.append(piece)
    encoded = (base64.b64encode(w.encode(codec)).decode() for w in words)
    return "\r\n ".join(f"=?{charset}?B?{w}?=" for w in encoded)


def header(name, address, subject, date, message_id, charset, codec, more=(), return_path=None, host="mail.example.jp"):
    sender = f"{word(name, charset, codec)} <{address}>" if name else address
    stamp = date.split(", ", 1)[1]
    lines = [
        f"Return-Path: <{address if return_path is None else return_path}>",
        f"Delivered-To: {DESK}",
        f"Received: from {host} ({host} [127.0.0.1])",
        f"\tby mx.example.jp (Postfix) with ESMTPS id {message_id[:10].upper()}",
        f"\tfor <{DESK}>; {date.split(', ')[0]}, {stamp} (JST)",
        f"Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom={address.split('@')[1]};",
        f"\tdkim=pass header.d={address.split('@')[1]}",
        f"Date: {date}",
        f"From: {sender}",
        f"To: {DESK}",
        f"Subject: {word(subject, charset, codec)}",
        f"Message-ID: <{message_id}@{address.split('@')[1]}>",
        "MIME-Version: 1.0",
        *more,
    ]
    return "\r\n".join(lines).encode("ascii") + b"\r\n"


def crlf(text):
    return textwrap.dedent(text).lstrip("\n").replace("\n", "\r\n")


def b64(data):
    return b"\r\n".join(base64.b64encode(data)[i : i + 76] for i in range(0, len(base64.b64encode(data)), 76)) + b"\r\n"


def qp(data):
    return quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")


def plain(head, body, charset, codec, encoding):
    data = crlf(body).encode(codec)
    data = {"7bit": lambda d: d, "8bit": lambda d: d, "base64": b64, "quoted-printable": qp}[encoding](data)
    return (
        head
        + f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
        + data
    )


def inquiry_iso_2022_jp():
    charset, codec = "ISO-2022-JP", "iso2022_jp"
    head = header(
        "山田 太郎", "taro.yamada@example.jp", "勤務先のご相談（通勤30分以内・平日日勤）",
        "Fri, 20 Nov 2026 10:12:31 +0900", "20261120101231.4F2A", charset, codec,
        more=["X-Mailer: Becky! ver. 2.81.03 [ja]"],
    )
    return plain(head, """
        事務局御中

        はじめてご連絡いたします。内科医の山田太郎と申します。63歳です。
        来年3月末で、現在勤めている市立病院を定年退職いたします。

        退職後は、自宅（長野県松本市）から車で30分以内の病院か診療所で、
        平日の日勤を希望します。
        週4日程度で、外来を中心に働ければと考えております。
        当直は引き受けられません。

        よろしくお願いいたします。

        --
        山田 太郎
        日本内科学会 総合内科専門医
        電話 0263-00-0000
    """, charset, codec, "7bit")


def inquiry_shift_jis():
    charset, codec = "Shift_JIS", "cp932"
    head = header(
        "髙橋 恵子", "keiko.takahashi@example.com", "ゆとりのある働き方について",
        "Fri, 20 Nov 2026 22:41:05 +0900", "0A1B2C3D4E5F", charset, codec,
        more=["X-Mailer: Microsoft Outlook Express 6.00.2900.5931"], host="smtp.example.com",
    )
    return plain(head, """
        お世話になります。眼科の髙橋恵子です。医師になって30年になります。

        これからは家庭との両立を大切にして、QOLを重視した働き方に変えたいと思っています。
        希望は次のとおりです。

        ① 横浜市内、電車で40分以内
        ② 週3日、9時から16時まで
        ③ 残業とオンコールはなし
        ④ 手術は続けたいが、白内障だけで結構です

        年収にはこだわりません。
        いまの勤務先には知られないようにお願いします。

        髙橋 恵子
        神奈川県横浜市青葉区
    """, charset, codec, "8bit")


def inquiry_html():
    charset, codec = "UTF-8", "utf-8"
    head = header(
        "伊藤 健一", "ito.kenichi@example.jp", "経験を活かした指導・マネジメントの仕事を探しています",
        "Sat, 21 Nov 2026 08:03:44 +0900", "CAF9x2pQ7kLm", charset, codec,
    )
    html = crlf("""
        <html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
        <style>p { margin: 0 0 1em; font-family: "Yu Gothic", sans-serif; }</style></head>
        <body>
        <p>医師のセカンドキャリア事務局&nbsp;ご担当者様</p>
        <p>循環器内科の<b>伊藤健一</b>（66歳）です。大学病院で部長を務め、今年3月に退官いたしました。</p>
        <p>これまでの経験を活かして、<span style="color:#003366">後進の指導</span>と病院のマネジメントに
        携わりたいと考えています。</p>
        <ul>
          <li>勤務地：宮城県内（仙台市から通える範囲）</li>
          <li>常勤・非常勤は問いません。週3〜4日</li>
          <li>カテーテルの当番とオンコールは、体力的に難しいです</li>
          <li>年俸1,400万円以上を希望します</li>
        </ul>
        <p>来年4月から働けます。ご検討のほど、お願い申し上げます。</p>
        <div>伊藤&nbsp;健一<br>日本循環器学会専門医・医学博士<br>TEL&nbsp;022-000-0000</div>
        </body></html>
    """).encode(codec)
    return head + b"Content-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64(html)


def inquiry_english():
    charset, codec = "UTF-8", "utf-8"
    head = header(
        "Margaret O'Brien", "m.obrien@example.com", "Part-time work near Nagoya",
        "Tue, 24 Nov 2026 13:20:10 +0900", "b7d1f0c2-55aa-4e0e", charset, codec,
        more=["User-Agent: Mozilla Thunderbird"], host="smtp.example.com",
    )
    return plain(head, """
        Dear Sir or Madam,

        My name is Margaret O'Brien. I am a pediatrician with a Japanese medical
        licence and 25 years of experience, living in Nagoya (愛知県名古屋市).

        I would like to work two days a week as an outpatient physician, on
        Tuesdays and Thursdays, within 45 minutes of my home by train. Night duty is not possible for me.
        I could start in April next year.

        Kind regards,
        Margaret O'Brien, MD
    """, charset, codec, "quoted-printable")


REPLY = """
    ご案内ありがとうございました。1番の病院に関心があります。

    勤務日についてですが、土曜も可能です。
    また、週4日と書きましたが、週3日に変更させてください。

    山田

    2026年11月24日(火) 10:05 {desk} <md@example.jp>:
    > 山田 太郎 先生
    >
    > {desk}です。
    > このたびはご連絡をくださり、誠にありがとうございます。
    >
    > ご希望を次のように承りました。
    > 　・通勤30分以内
    > 　・平日
    > 　・日勤
    > 　・週4日
    > 　・当直なし
    > 内容に相違がございましたら、ご遠慮なくお知らせください。
    >
    > ■1　松本さくら病院（長野県松本市）
    > 　・勤務と待遇：内科・非常勤・週4日・外来・年収1,200万円〜
    > 　・確認が必要な点：オンコールなし
    >
    > ご了承をいただくまで、先生のお名前を先方にお伝えすることはありません。
    > 受付番号は MD-2611-0001 です。
"""


def update_with_quotes():
    charset, codec = "UTF-8", "utf-8"
    head = header(
        "山田 太郎", "taro.yamada@example.jp", "Re: 勤務先のご相談（通勤30分以内・平日日勤）（MD-2611-0001）",
        "Wed, 25 Nov 2026 07:48:19 +0900", "CAGq8zR1nW", charset, codec,
        more=["References: <20261120101231.4F2A@example.jp>"],
    )
    text = crlf(REPLY.format(desk=DESK_NAME))
    own, quoted = text.split("2026年11月24日", 1)
    rows = "".join(f"{line[2:] if line.startswith('> ') else ''}<br>" for line in quoted.split("\r\n")[1:] if line)
    html = (
        '<div dir="ltr">' + own.replace("\r\n", "<br>\r\n") + '</div><br><div class="gmail_quote">'
        + '<div class="gmail_attr">2026年11月24日' + quoted.split("\r\n")[0].replace("<", "&lt;").replace(">", "&gt;")
        + '</div><blockquote class="gmail_quote">' + rows + "</blockquote></div>\r\n"
    )
    boundary = "000000000000a1b2c30654d1e2f3"
    parts = [
        f"--{boundary}\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + b64(text.encode()),
        f"--{boundary}\r\nContent-Type: text/html; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode() + qp(html.encode()),
        f"--{boundary}--\r\n".encode(),
    ]
    return head + f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'.encode() + b"\r\n".join(parts)


def out_of_office():
    charset, codec = "ISO-2022-JP", "iso2022_jp"
    head = header(
        "伊藤 健一", "ito.kenichi@example.jp", "自動応答: 求人のご案内",
        "Wed, 25 Nov 2026 09:00:02 +0900", "auto.20261125090002", charset, codec,
        more=["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: bulk"], return_path="",
    )
    return plain(head, """
        メールをありがとうございます。

        学会出張のため、11月29日（日）まで不在にしております。
        11月30日（月）以降に、順次お返事いたします。

        伊藤 健一
    """, charset, codec, "7bit")


def opening():
    charset, codec = "ISO-2022-JP", "iso2022_jp"
    head = header(
        "安曇野あかり病院 事務部", "jimu@example.jp", "内科医師（非常勤）募集のお願い",
        "Tue, 24 Nov 2026 15:32:08 +0900", "OF1A2B3C4D", charset, codec,
        more=["X-Mailer: Microsoft Outlook 16.0"],
    )
    return plain(head, """
        医師のセカンドキャリア事務局 御中

        いつもお世話になっております。
        医療法人あかり会 安曇野あかり病院（長野県安曇野市、120床）の事務部、中村と申します。

        このたび、常勤医の退職に伴い、下記のとおり内科の先生を募集いたします。

        【募集科目】内科（1名）
        【勤務形態】非常勤、週3日から4日（平日）
        【勤務時間】9時から17時
        【業務内容】外来、療養病棟の管理（受け持ち20名ほど）
        【当直】なし。オンコールもありません
        【給与】日給9万円
        【待遇】車通勤可（駐車場あり）、交通費支給
        【その他】経験を積まれた先生を歓迎いたします

        ご紹介のほど、よろしくお願い申し上げます。

        ━━━━━━━━━━━━━━━━━━━━
        医療法人あかり会 安曇野あかり病院
        事務部 中村
        電話 0263-00-1111
        ━━━━━━━━━━━━━━━━━━━━
    """, charset, codec, "7bit")


def new_field_from_a_phone():
    charset, codec = "UTF-8", "utf-8"
    head = header(
        "", "s.kobayashi@example.com", "",
        "Tue, 24 Nov 2026 21:55:40 +0900", "5E7C1A90-3B2D", charset, codec,
        more=["X-Mailer: iPhone Mail (23B85)"], host="smtp.example.com",
    )
    return plain(head, """
        消化器外科28年の小林です。転科して精神科か訪問診療に挑戦したいのですが、未経験でも研修を受けられる所はありますか。福岡市内希望です。

        iPhoneから送信
    """, charset, codec, "base64")


def sales():
    charset, codec = "UTF-8", "utf-8"
    head = header(
        "株式会社サンプル人材システム 営業部", "sales@example.com", "【ご提案】採用業務を80％効率化するクラウドサービスのご案内",
        "Wed, 25 Nov 2026 11:15:00 +0900", "campaign-20261125", charset, codec,
        more=["List-Unsubscribe: <https://www.example.com/unsubscribe>"], host="smtp.example.com",
    )
    return plain(head, """
        ご担当者様

        突然のご連絡失礼いたします。株式会社サンプル人材システムの営業部です。

        弊社では、人材紹介事業者様向けに、候補者管理と日程調整を自動化する
        クラウドサービスをご提供しております。今なら初期費用無料、30日間の
        無料トライアルをご利用いただけます。

        15分ほど、オンラインでご説明のお時間をいただけないでしょうか。
        資料のダウンロードはこちら： https://www.example.com/download

        株式会社サンプル人材システム
    """, charset, codec, "base64")


def opt_out():
    charset, codec = "ISO-2022-JP", "iso2022_jp"
    head = header(
        "佐々木 誠", "m.sasaki@example.jp", "登録の取り消しについて",
        "Thu, 26 Nov 2026 16:02:27 +0900", "20261126160227.9C11", charset, codec,
    )
    return plain(head, """
        事務局 御中

        以前登録いたしました佐々木誠です。
        このたび勤務先が決まりましたので、登録を取り消してください。
        今後のご案内メールも不要です。

        お世話になりました。

        佐々木 誠
    """, charset, codec, "7bit")


SAMPLES = {
    "01-inquiry-commute": inquiry_iso_2022_jp,
    "02-inquiry-qol": inquiry_shift_jis,
    "03-inquiry-teaching": inquiry_html,
    "04-inquiry-english": inquiry_english,
    "05-hospital-opening": opening,
    "06-new-field-phone": new_field_from_a_phone,
    "07-update-quoted": update_with_quotes,
    "08-out-of-office": out_of_office,
    "09-sales-pitch": sales,
    "10-opt-out": opt_out,
}

if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for name, make in SAMPLES.items():
        (OUT / f"{name}.eml").write_bytes(make())
