//! Whether somebody else writes for the doctor: family, secretary, colleague, the desk's own staff.

use super::super::Input;
use super::{Fact, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::kin::husband;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    INSTEAD,
    concat!(
        r"(?:代わり、|代わりに|代わって|代わりまして|かわりまして|かわって|替わって|代理で|代理として|になりかわり|成り代わり)[^。\n]{0,18}(?:連絡|メール|お?便り|問い?合わせ|返信|返事|書い|記入|申し上げ|お尋ね|お伺い|お願い|失礼|登録|ご相談|したため|筆を|打っ|送ら|応募|送信)|代筆|代理(?:の者|人)(?:です|として|で|が)|(?:の|に)代わりまして|(?:私|わたし|娘|息子|妻)が[^。\n]{0,6}(?:代わりに|代わって|代理で)|口述|本人に代わ|(?:先生|医師|父|母|",
        husband!(),
        r"|主人|本人)の代理(?:です|でご|として|で)|(?:先生|医師|父|母|",
        husband!(),
        r"|主人|本人|\))に頼まれて?、?[^。\n]{0,10}(?:便り|連絡|メール|書い|相談)|に(?:成り)?(?:代わ|かわ|替わ)り(?:まして)?、?[^。\n]{0,10}(?:連絡|メール|問い?合わ?せ|返信|申し上げ|お尋ね|お伺い|お願い|登録|相談|お?便り|筆を|失礼)|に(?:代わ|かわ|替わ)り、?(?:妻|娘|息子|私|家族|秘書|長男|長女|家内)|記入者[\s:]{0,8}(?:[□☐]\s?本人\s{0,4})?☑\s?(?:ご?家族|代理|秘書|配偶者|お?子|その他)|(?:妻|",
        husband!(),
        r"|娘|息子|私|当方|職員|秘書)の?(?:私)?が[^。\n]{0,14}聞き取って|職員が[^。\n]{0,10}聞き取|(?:口で|口頭で)(?:仰|おっしゃ|言)[^。\n]{0,12}(?:書い|打っ|書き取|したため)|(?:本人|先生|ご本人)の(?:承諾|了解|許し|同意|許可|依頼)を(?:得|もら|いただ|頂|受け)て[^。\n]{0,10}(?:便り|連絡|メール|書|相談|送|申し込)"
    )
);
pattern!(
    KIN,
    concat!(
        r"(?:父|母|主人|",
        husband!(),
        r"|おやじ|親父|祖父|兄|姉|舅|義父|家内|叔父|伯父|義兄|恩師)(?:(?:の|、|・)[\p{Han}]{2,6}\s?[\p{Han}]{0,3})?(?:\([^)]*\))?(?:の(?:件|こと(?:[^がも]|$)|希望|働き口|勤め先|勤務先|再就職|仕事|登録|次の)|が(?:[^。、\n]{0,10}医(?:師)?(?:を|で|です))[^。\n]{0,30}(?:探し|相談|連絡|登録))"
    )
);
pattern!(
    OF_DOCTOR,
    r"(?:[\p{Han}\p{Katakana}]{1,7}|先生|医師|院長|理事長|教授)の(?:娘婿?|息子|長女|長男|次女|次男|三女|三男|妻|嫁|姉|妹|兄|弟|甥|姪|孫|秘書|家内|女房|家族|家の者|身内|マネージャー|事務(?:長|員)?)(?:です|でご?ざ|と申|をして|を務|の[\p{Han}]{1,4}(?:です|と申)|、[\p{Han}\p{Hiragana}\p{Katakana}]{1,8}(?:です|と申))|(?:秘書|マネージャー)をして(?:い|お)|(?:秘書|マネージャー)の[\p{Han}々]{1,4}(?:と申|です|でござ|といい)|の指示(?:により|で)[^。\n]{0,12}(?:連絡|メール)"
);
pattern!(
    NOTE,
    r"\A[^\n。]{0,24}(?:電話|入電|来電|着電|面談|来局|来所|受付|聞き取り|tel|fax)[^\n。]{0,8}\((?:[^)\n]{0,6}(?:事務局|受け?[:\s]|担当))|\A\s*[^\n。]{0,24}?[\p{Han}々]{1,4}\s?(?:先生|dr\.?)、\s?(?:\d{1,2}[:時]|本日|先ほど|今朝|昨日)[^\n]{0,10}(?:電話|tel|来局|来所)|\A\s*[^\n。]{0,24}?[\p{Han}々]{1,4}\s?(?:先生|dr\.?)\s?\([^)\n]{0,14}(?:科|内|外|\d{2}|性|新規|精神|麻酔|眼|皮膚|整形|産|小児|放|泌|耳|脳|循|消|呼|腎|no\.)[^)\n]{0,14}\)|(?m)^[^\p{Han}\p{Hiragana}\n]{0,24}(?:(?:【|\[)[^】\]\n]{1,8}(?:】|\]))?\s?(?:[^\s\n、。]{1,8}の)?[\p{Han}々]{1,4}\s?(?:先生|dr\.?)\s?(?:\((?:[^)\n]{0,12}(?:科|内|外|男|女|\d{2}|登録|新規|初|精神|麻酔|眼|皮膚|整形|産|小児|放|泌|耳|脳|循|消|呼|腎|血液|リハ|救急|病理|神経|在宅|老年|緩和|健診)[^)\n]{0,16})\)|※(?:初|新規|登録))|(?:先生|dr\.?)(?:\([^)\n]{0,30}\))?[^\n]{0,30}?(?:入電|架電|受電|折り?返し(?:あり|の?電話|tel)|(?:さっき|先ほど|いま|ただいま)(?:お)?電話)|(?:先生)(?:\([^)\n]{0,30}\))?[^\n]{0,30}?(?:(?:より|から)(?:の)?[^\n。]{0,14}(?:電話|tel|着信|連絡|伝言|留守電|問い?合わ?せ|相談|折電|手紙|fax|来電|メール|申し出)|来局|来所|着信|面談(?:し|実施|メモ|\()|お越し|折電|訪問|電話メモ|電話とり|\d{1,2}[:時][^\n]{0,8}(?:tel|電話|着信)|tel\b|(?:pm|am)\s?\d|(?:新規|再)?tel)|(?:訪問|電話|面談|来局|応対|受電|聞き取り)(?:メモ|記録)|新規tel|電話とりました|先生(?:の奥様|の奥さん|のご家族|の秘書)(?:より|から)|(?:来局|来所|来訪|入電|受電|架電|着電|来電|着信|留守電|\btel|電話)[\s】\]:)\d./-]{1,12}[\p{Han}々]{1,4}\s?(?:先生|dr\b)|聞き取り(?:の上|記入|$|、|\s|で)|口頭で受け"
);
pattern!(
    THEIR_FAVOUR,
    r"^[^。\n]{0,16}(?:いただ|頂|賜|くださ|下さ|おりまし|あったので|ご紹介)"
);
// 「後輩の先生から電話で」: who told the writer of the desk.
pattern!(
    KNOWN_SO,
    r"(?:後輩|先輩|知り合い|知人|友人|同期|同級生|同門|大学|医局|職場|同僚|恩師|近所)の$"
);
// 「代わって打ってくださる方を」 is a wish for help.
pattern!(
    WHO_WOULD,
    r"(?:て|で)(?:くださる|下さる|くれる|もらえる|いただける|頂ける|くださ(?:い|れば)|下さ(?:い|れば)|いただ(?:き|け)(?:たい|れば|ると))"
);
pattern!(
    EN,
    r"on behalf of|writing for my|for my (?:father|mother|husband|wife|boss)|(?:his|her) (?:secretary|assistant|daughter|son)\b"
);

/// The name under which the desk's own notes are read.
pub const DESK: &str = "事務局";

/// An office sent it, by the sender's name: 「坂井（事務局）」, 「業務チャット転記」. A note is about somebody else.
pub(super) fn office(input: &Input) -> bool {
    [DESK, "業務チャット"]
        .iter()
        .any(|w| input.from_name.contains(w))
}

/// Someone else writes for the doctor.
pub(super) fn writer(cx: &Cx, input: &Input, out: &mut Vec<Fact>) -> bool {
    for (p, note) in [
        (&INSTEAD, false),
        (&OF_DOCTOR, false),
        (&KIN, false),
        (&NOTE, true),
        (&EN, false),
    ] {
        let hit = p.spans(cx.text()).into_iter().find(|(s, e)| {
            own(cx, *s)
                && !(note
                    && THEIR_FAVOUR.is(cx.rest(*e))
                    && !(cx.doc.line_index(*s) == 0 && cx.doc.text(*s, *e).ends_with(')')))
                && !["てくださ", "て下さ", "ていただ", "てもら", "て頂", "てくれ"]
                    .iter()
                    .any(|w| cx.rest(*e).starts_with(w))
                && !(note && cx.doc.text(*s, *e).starts_with("先生方"))
                && !(note && (cx.doc.text(*s, *e).starts_with("先生") && KNOWN_SO.is(cx.head(*s))))
                && !(!note && WHO_WOULD.is(cx.doc.text(*s, *e)))
                && !desk(cx, *s, *e)
        });
        if let Some((s, e)) = hit {
            let (cs, _) = cx.doc.clause_at(s);
            out.push(fact(
                ProfileField::Writer,
                Value::text("proxy"),
                cs.min(s),
                e,
                "profile::writer",
            ));
            return true;
        }
    }
    if !office(input) {
        return false;
    }
    let first = cx
        .doc
        .lines
        .iter()
        .find(|l| own(cx, l.start) && !cx.doc.text(l.start, l.end).trim().is_empty());
    if let Some(line) = first {
        out.push(fact(
            ProfileField::Writer,
            Value::text("proxy"),
            line.start,
            line.end,
            "profile::office",
        ));
    }
    first.is_some()
}

/// 「私の妻です」, and one who writes of a doctor's clinic that he runs himself, is no proxy.
fn desk(cx: &Cx, start: usize, end: usize) -> bool {
    let head = cx.head(start);
    let word = cx.doc.text(start, end);
    head.ends_with("私") && word.starts_with("の妻") || word.starts_with("私の")
}
