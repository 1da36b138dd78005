//! Charset labels to charsets, with those that mail uses and no registry lists.

use super::Charset;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8};

/// The charset behind a label, whatever its case, hyphens, quotes or RFC 2231 language suffix.
pub(super) fn find(label: &str) -> Option<Charset> {
    let label = label.split('*').next().unwrap_or_default();
    let key: String = label
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let charset = match key.as_str() {
        "utf8" | "unicode11utf8" | "utf8mb4" | "xutf8" | "unicode20utf8" => Charset::Known(UTF_8),
        "usascii" | "ascii" | "ansix341968" | "iso646us" | "us" | "646" | "7bit" | "8bit"
        | "unknown" | "unknown8bit" | "xunknown" | "default" | "defaultcharset" | "binary"
        | "default_charset" | "none" => Charset::Ascii,
        "iso2022jp" | "csiso2022jp" | "iso2022jp1" | "iso2022jp2" | "iso2022jp3"
        | "iso2022jp2004" | "iso2022jpms" | "iso2022jpext" | "xiso2022jp" | "cp50220"
        | "cp50221" | "cp50222" | "xwindowsiso2022jp" | "xwindows50220" | "xwindows50221"
        | "windows50220" | "windows50221" | "jis" | "jis7" | "xjis" | "iso2022"
        | "cswindows50220" => Charset::Iso2022Jp,
        "cp932" | "ms932" | "windows932" | "windows31j" | "cswindows31j" | "mskanji"
        | "ms_kanji" | "shiftjis" | "xshiftjis" | "sjis" | "xsjis" | "csshiftjis" | "sjiswin"
        | "xmscp932" | "xsjiscp932" | "shiftjis2004" | "shiftjisx0213" | "sjis2004"
        | "macjapanese" | "xmacjapanese" | "sjismac" | "sjisdocomo" | "sjiskddi"
        | "sjissoftbank" | "pck" | "ibm943" | "cp943" | "shiftjisx" => Charset::Known(SHIFT_JIS),
        "eucjp"
        | "xeucjp"
        | "eucjpms"
        | "eucjpwin"
        | "eucjpopen"
        | "cp51932"
        | "cp20932"
        | "ujis"
        | "cseucpkdfmtjapanese"
        | "eucjis2004"
        | "eucjisx0213"
        | "xeucjplinux"
        | "euc"
        | "windows51932"
        | "japaneseeuc" => Charset::Known(EUC_JP),
        "iso2022kr" | "csiso2022kr" => Charset::Iso2022Kr,
        "hzgb2312" | "hz" => Charset::Hz,
        "utf7" | "unicode11utf7" | "csunicode11utf7" | "xunicode20utf7" | "unicode20utf7" => {
            Charset::Utf7
        }
        "gb2312" | "gbk" | "gb18030" | "cp936" | "xgbk" | "euccn" | "ms936" | "gb23121980"
        | "gb180302022" => Charset::Known(GB18030),
        "ksc5601" | "ksc56011987" | "ks_c_5601" | "cp949" | "ms949" | "uhc" | "euckr"
        | "xwindows949" => Charset::Known(EUC_KR),
        "cp950" | "big5hkscs" | "ms950" | "big5" | "xxbig5" => Charset::Known(BIG5),
        "utf32" | "utf32be" | "ucs4" => Charset::Utf32 { big_endian: true },
        "utf32le" => Charset::Utf32 { big_endian: false },
        _ => return listed(label, &key),
    };
    Some(charset)
}

/// What the WHATWG standard or mail-parser's own table lists.
fn listed(label: &str, key: &str) -> Option<Charset> {
    let windows = key
        .strip_prefix("cp")
        .or_else(|| key.strip_prefix("win"))
        .filter(|number| number.starts_with("125") || number.starts_with("874"))
        .map(|number| format!("windows-{number}"));
    let latin = key
        .strip_prefix("iso8859")
        .or_else(|| key.strip_prefix("88591").map(|_| "1"))
        .map(|part| format!("iso-8859-{part}"));
    Encoding::for_label_no_replacement(label.as_bytes())
        .or_else(|| Encoding::for_label_no_replacement(key.as_bytes()))
        .or_else(|| Encoding::for_label_no_replacement(windows?.as_bytes()))
        .or_else(|| Encoding::for_label_no_replacement(latin?.as_bytes()))
        .map(Charset::Known)
        .or_else(|| {
            mail_parser::decoders::charsets::map::charset_decoder(label.as_bytes())
                .map(Charset::Old)
        })
}
