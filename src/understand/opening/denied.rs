//! What a post does not ask of its doctor: what the house has not, and what somebody else does there.

use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;
use std::borrow::Cow;

pattern!(
    ABSENT,
    r"^[^。、\n]{0,14}?(?:なし(?:$|[^か])|無し|ありません|ございません|不要|おりません|いたしません|必要ありません|休みます|行っていません|行いません|やっていません|していません|外しました|中止|休止|返上|廃止|閉鎖|閉じま|取りやめ|やめました|求めて?(?:い|お)?り?ません|求めません|強要(?:し|いたし)ません|しません|お願い(?:する)?(?:こと|予定|つもり)?は?(?:あり|ござい|し|いたし|致し)ません|もしておりましたが|ない(?:です|ので|ため|$|。)|(?:いただ|頂)(?:かなくて|く必要は(?:あり|ござい|な))|必要は(?:あり|ござい)ません|ご?心配(?:は)?(?:いり|あり|ござい)ません)"
);
// 「胃カメラは私がやりますので」, 「手術は市内の総合病院にお送りしています」, 「読影は外注しております」.
pattern!(
    ANOTHER_DOES,
    r"^[^。、\n]{0,8}?(?:は|も|については|に関しては|には|:)、?[^。、\n]{0,16}?(?:私(?:ども)?|わたくし|小生|院長|副院長|理事長|施設長|所長|(?:別|他|専門|外部|非常勤|常勤|当院|若手|大学)の?[^。、\n]{0,6}(?:先生|医師|者|医|スタッフ|病院|医局)|大学(?:病院)?|[\p{Han}]{1,8}科の?(?:先生|医師|医)|[\p{Han}]{0,8}技師|看護師|保健師|助産師|(?:市内|近隣|近く|隣|県立|市立|連携先)[^。、\n]{0,12}(?:病院|センター|クリニック|先生|医師)|[\p{Han}]{1,5}の(?:[\p{Han}]{0,6}病院|[\p{Han}]{0,6}センター|クリニック|非常勤医?))(?:方)?(?:が|に|へ|で)[^。\n]{0,24}?(?:続け(?:ます|る|て)|(?:応援|手伝い)(?:に|が)(?:来|入|参)|来(?:ます|て)|やり|やって|行|診|みて|みま|担当|来|出|受け持|おり|おられ|送|回|して|いたし|いたす|引き受け|お願いして|お任せ|紹介|搬送|つき)|^[^。、\n]{0,6}?は、?[^。、\n]{0,8}?(?:外注|外部に?委託|遠隔に出)|^[^.\n]{0,12} (?:is|are) (?:done|performed|handled|covered|taken care of|looked after) by|^[^.\n]{0,8} (?:go|goes|is sent|are sent) to"
);
pattern!(
    SHARED,
    r"^[^。\n]{0,30}(?:分担|一緒に|ご一緒|手伝|お手伝い|補助|代わ(?:って|り)に?お願い)"
);
// A figure of the house: 「救急車は年に100台ほどで」.
pattern!(
    FIGURE,
    r"^(?:の(?:受け?入れ|搬送|台数))?(?:は|も)、?[^。、\n]{0,6}?(?:年|月|日|週|1日|夜間?|ほとんど|めった|滅多|稀|まれ|\d)[^。\n]{0,16}(?:台|件|来ません|来ない|ありません|です|で、|で(?:$|。))"
);
pattern!(pub(super) EN_NO, r"(?:\bno|without|there is no|(?:take|do|have|accept|perform|run) no|(?:do|does|will) not (?:do|have|take|accept|perform|include|involve)|never (?:do|take))\s(?:\w+\s)?$");
pattern!(
    TIME_OF,
    r"^(?:中|時間|終了後|後|の(?:合間|あと|後|前)|の事後措置|室(?:は|が|も|を)[^。、\n]{0,6}(?:あり|完備|備え|新))(?:は|に|の|で|、|$)?"
);

/// A piece of text with blanks in the places of boxes that are not ticked: 「■あり □なし」.
pub(super) fn ticked(text: &str) -> Cow<'_, str> {
    pattern!(EMPTY_BOX, r"[□☐]\s?[^\s□☐■☑☒✓✔、。]*");
    if !text.contains(['□', '☐']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end) in EMPTY_BOX.spans(text) {
        out.push_str(text.get(at..start).unwrap_or_default());
        out.extend(std::iter::repeat_n(' ', end - start));
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

/// Whether the words behind say that the house has it not: 「託児所はありません」.
pub(super) fn absent(rest: &str) -> bool {
    // 「常勤で変わりありません」, 「お車で問題ありません」 say that it is so.
    pattern!(
        STANDS,
        r"^[^。、\n]{0,10}?(?:変わり|変更|問題|差し支え|差支え|支障|異存|間違い|相違)(?:は|も|が)?(?:あり|ござい)ません"
    );
    ABSENT.is(&ticked(rest)) && !STANDS.is(rest)
}

/// Whether a duty is none of the post: absent, done by another, sent elsewhere, or a figure of the house.
pub(super) fn duty(cx: &Cx, start: usize, end: usize) -> bool {
    let rest = cx.rest(end);
    let word = cx.doc.text(start, end);
    if EN_NO.is(cx.head(start)) || TIME_OF.is(rest) {
        return true;
    }
    if word == "救急車" && FIGURE.is(rest) && !rest.contains("お願い") && !rest.contains("対応")
    {
        return true;
    }
    // 「外来はありません」, but not 「外来、当直はありません」 of the next thing.
    absent(upto_next(cx, end, rest))
        || with_the_next(cx, end, rest)
        || ANOTHER_DOES.is(rest) && !SHARED.is(rest)
}

/// 「往診や看取りの立ち会いはお願いしておりません」: what is said of the last of a list holds for all of it.
fn with_the_next(cx: &Cx, end: usize, rest: &str) -> bool {
    if !rest.starts_with(['・', 'や', 'と', '/']) {
        return false;
    }
    cx.things
        .iter()
        .find(|t| t.start > end && cx.doc.text(end, t.start).chars().count() <= 2)
        .is_some_and(|t| {
            let rest = cx.rest(t.end);
            absent(rest) || with_the_next(cx, t.end, rest)
        })
}

/// The words behind a thing up to the next thing that they may speak of instead.
fn upto_next<'c>(cx: &Cx, end: usize, rest: &'c str) -> &'c str {
    let next = cx
        .things
        .iter()
        .map(|t| t.start)
        .filter(|s| *s > end + 3)
        .min()
        .map_or(rest.len(), |s| s - end);
    let listed = rest.starts_with(['・', '、', 'や', 'と', '/']);
    if listed {
        return rest;
    }
    rest.get(..next.min(rest.len())).unwrap_or(rest)
}

pattern!(
    REFUSED,
    r"^[^。、\n]{0,10}?(?:なし|不可|ご遠慮|いたしかね|お断り|できません|ご利用いただけません|認めて(?:い|お)?り?ません)"
);

/// Whether the words behind say that it may not be.
pub(super) fn refused(rest: &str) -> bool {
    REFUSED.is(&ticked(rest))
}
