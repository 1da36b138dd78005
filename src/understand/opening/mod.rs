//! A hospital's offer: the same finds as in a doctor's mail, read as what a post has and asks.

mod asks;
mod calendar;
mod denied;
mod house;
mod house_name;
mod offers;
mod pay;
mod people;
mod posts;
mod table;
mod terms;

use super::Input;
use super::doc::Role;
use super::pattern::pattern;
use super::rules::{Cx, Item, day_counts, days};
use crate::domain::wish::{Field, OpeningItem, Value};

#[derive(Clone)]
struct Found {
    pub(super) field: Field,
    pub(super) value: Value,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: &'static str,
}

/// The items of all posts together, and the items of each post: one list where the mail has one post.
pub fn read(cx: &Cx, input: &Input) -> (Vec<OpeningItem>, Vec<Vec<OpeningItem>>) {
    let found = find(cx, input);
    let posts = posts::split(cx, found.clone())
        .into_iter()
        .map(|found| items(cx, found))
        .collect();
    (items(cx, found), posts)
}

fn find(cx: &Cx, input: &Input) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let action = action(cx, &mut found);
    house_name::institution_name(cx, input, &mut found);
    house::places(cx, &mut found);
    house::counts(cx, &mut found);
    if action != "withdraw" {
        pay::pay(cx, &mut found);
        terms::duty_counts(cx, &mut found);
        terms::times(cx, &mut found);
        table::read(cx, &mut found);
        calendar::dated_days(cx, &mut found);
        calendar::weekday_start(cx, &mut found);
        calendar::day_ends(cx, &mut found);
        calendar::one_day_will_do(cx, &mut found);
        asks::titles(cx, &mut found);
        people::contact(cx, &mut found);
    } else {
        let mut items = Vec::new();
        days::read(cx, &mut items);
        day_counts::read(cx, &mut items);
        push_plain(
            cx,
            items
                .into_iter()
                .filter(|i| i.field == Field::Day)
                .collect(),
            &mut found,
        );
    }
    house::house_kind(cx, &mut found);
    asks::words(cx, action, &mut found);
    asks::departments(cx, &mut found);
    people::people(cx, &mut found);
    if action == "change" {
        found.retain(|f| !replaced(cx, f));
    }
    found.retain(|f| !of_predecessor(cx, f));
    found.sort_by_key(|f| f.start);
    found
}

/// 「前任者の待遇（週五日、年俸一千九百万円）とは異なります」: what somebody had who is no longer there.
fn of_predecessor(cx: &Cx, f: &Found) -> bool {
    pattern!(
        HAD,
        r"(?:前任(?:者|医|の(?:先生|医師))|前の(?:先生|医師)|これまでの(?:先生|医師)|先任の(?:先生|医師))(?:の(?:待遇|条件|給与|年俸|ときは|頃は|場合は)|には?|は)[^。\n]{0,40}$"
    );
    pattern!(
        PAST,
        r"とは(?:異な|違い)|(?:でした|ました|ておりました|ていました|でしたが|ましたが)(?:。|、|$)"
    );
    let terms = matches!(
        f.field,
        Field::DaysPerWeek
            | Field::DaysPerMonth
            | Field::SalaryMin
            | Field::SalaryMax
            | Field::NightDuty
            | Field::OnCall
            | Field::DayDuty
            | Field::Day
            | Field::Hours
    );
    terms && HAD.is(cx.head(f.start)) && PAST.is(cx.sentence(f.start))
}

/// The old value of a change: 「人数 1名 → 2名」, 「1日50人」を「1日35人」に.
fn replaced(cx: &Cx, f: &Found) -> bool {
    pattern!(INSTEAD, r"^[^「」\n→]{0,12}」(?:を|から)[^「」\n]{0,6}「");
    let (head, rest) = (cx.head(f.start), cx.rest(f.end));
    let arrow = |text: &str| ["→", "⇒", "->", "=>"].iter().any(|a| text.contains(a));
    let kept = matches!(
        f.field,
        Field::InstitutionName | Field::Institution | Field::Area | Field::Action | Field::Phone
    );
    // The duty's name stands before the arrow, what is said of it behind.
    if f.rule == "opening::duty_none" {
        return arrow(rest) && !terms::none_at_last(rest);
    }
    !kept && (arrow(rest) && !arrow(head) || INSTEAD.is(rest))
}

fn items(cx: &Cx, found: Vec<Found>) -> Vec<OpeningItem> {
    let mut out: Vec<OpeningItem> = Vec::new();
    let close = found
        .iter()
        .any(|f| f.field == Field::Institution && f.value != Value::text("hospital"));
    for f in found {
        if close && f.field == Field::Institution && f.value == Value::text("hospital") {
            continue;
        }
        if out.iter().any(|o| o.field == f.field && o.value == f.value) {
            continue;
        }
        let quote = cx.doc.norm.quote(f.start, f.end).trim().to_owned();
        if quote.is_empty() {
            continue;
        }
        out.push(OpeningItem {
            field: f.field,
            value: f.value,
            quote,
            rule: f.rule.to_owned(),
        });
    }
    out
}

/// The sender's own words, and not the old value of a change.
fn own(cx: &Cx, at: usize) -> bool {
    let old = cx
        .head(at)
        .rfind("変更前")
        .is_some_and(|i| !cx.head(at).get(i..).unwrap_or_default().contains("変更後"));
    cx.doc.counts(at) && !old
}

fn anywhere(cx: &Cx, at: usize) -> bool {
    cx.doc
        .line_at(at)
        .is_some_and(|l| matches!(l.role, Role::Own | Role::Signature))
}

pattern!(
    WITHDRAW,
    r"(?:なりました|決まりました|来てくれ(?:る|ます)|見つかりました|充足しました)(?:ので|ため|から)、[^。、\n]{0,10}?(?:終了|終わり|締め切り|打ち切り)と?(?:させ|いた|致|し)|(?:募集|求人|掲載|求人票|公募|本件|ご?依頼)(?:は|を|も|の件は|につきましては)?、?[^。、\n]{0,8}?(?:閉じ(?:て|させ|ます|まし|たく|たい|ることに)|締め切って(?:くだ|下さ|いただ|頂)|取り下げ(?:と|に)(?:させ|いた|致|し)|(?:引き)?下げ(?:て|させ|ます|まし|たく|たい|ることに)|消し(?:て|ます)|消去|削除(?:して|を|の)|破棄(?:して|を)|無効(?:と|に|です)|埋まり(?:まし|ま)|(?:もう)?しており?ません|終わりに|おしまいに|見送(?:る|らせ|ります|りま))[^。\n]{0,14}|(?:募集|求人|ご?紹介|掲載|ご?手配|ご?推薦)(?:は|も)、?(?:もう|すでに|今後は)?(?:不要|無用|ご?無用|結構(?:です|で|と)|必要(?:が|は)?(?:なくな|ありません|ございません|なし))[^。\n]{0,14}|(?:医|医師|先生|後任|方|院長|ほか|他|別|よそ|大学|医局)(?:が|は|で|から|の[^。、\n]{1,8}?(?:が|で))[^。、\n]{0,10}?(?:決ま|見つか)[^。、\n]{0,8}(?:ので|ため|から|、)、?[^。\n]{0,14}?(?:結構|けっこう|なかったこと|不要|無用|辞退)[^。\n]{0,14}|(?:募集|求人|掲載)を(?:いったん|一旦|1度)?引っ込め[^。\n]{0,14}|(?:募集|求人|掲載)?を?(?:取り下げ|取り?消|打ち切(?:ら)?)(?:させて|せて|し(?:て|を|と|に|の|たく|たい)|り|いたし|し|る|たく|たい|を|ます|て)[^。\n]{0,14}|(?:募集|求人|掲載|公募|ご?依頼|本件|クローズ)[^。、\n]{0,12}(?:終了|中止|停止|クローズ)(?:と?(?:さ|いた|し|す|に|を|で|と)|。|$)[^。\n]{0,12}|(?:募集|求人|掲載|公募)[^。、\n]{0,10}(?:終え|終わ|締め切ら|締め切りまし|白紙|見合わせ(?:る|さ|ま|たく|て(?:いただ|くだ))|取りや?め|なかったこと)[^。\n]{0,14}|(?:募集|求人)[^。\n]{0,24}(?:終了(?:と?させ|いたしま|しまし|いたしたく|したい|です|となり)|終えさせ)[^。\n]{0,12}|掲載(?:は|を)[^。、\n]{0,4}(?:止め|やめ|おろ|下ろ|外|取りやめ)[^。\n]{0,10}|募集を(?:終|停止|中止)[^。\n]{0,12}|(?:please |kindly |must |have to |wish to |would like to )?(?:withdraw|cancel|close) (?:this|the|our) (?:vacancy|post|position|advertisement|opening|request)|we (?:have )?(?:withdraw|filled|withdrawn|closed)|(?:post|position|vacancy)[^.\n]{0,40} (?:has been|is now|is) (?:filled|withdrawn|closed)"
);
pattern!(
    CHANGE,
    r"(?:(?:次|以下|下記|上記|左記)の(?:よう|とおり|通り)に?、?[^。\n]{0,12}?|(?:求人票?|募集要項|要項|条件|内容)を[^。、\n]{0,8}?)(?:書き換え|書き直|直して|直し(?:を|ま)|改め|変え|修正|訂正|差し?替え|変更)[^。\n]{0,16}|(?:曜日|勤務日|日給|時給|月給|年俸|年収|給与|報酬|時間|勤務時間|開始(?:時期|日)?|人数|募集人数|当直|日直|オンコール|日数|待遇|条件|勤務地|終業|始業|期間|締切)(?:は|を|が)[^。\n]{0,18}?(?:変え(?:ます|まし|させ|て(?:くだ|いただ))|変わり(?:ます|まし)|変更(?:し|に|と|いた|さ)|延ばし(?:ます|まし)|早め(?:ます|まし)|(?:短|長)く(?:し(?:ます|まし)|いたし|なり)|減ら(?:し(?:ます|まし)|さ)|増や(?:し(?:ます|まし)|さ)|増え(?:ます|まし)|減り(?:ます|まし)|上げ(?:ます|まし|さ)|下げ(?:ます|まし|さ)|なくし(?:ます|まし)|廃止|改め(?:ます|まし))[^。\n]{0,10}|\d[\d,.]*\s?(?:万円?|円|名|人|回|日|時間?|床|コマ)\s?(?:(?:→|⇒)\s?\d|から\s?\d[^。、\n]{0,8}に(?:なり(?:まし|ます)|変|上げ(?:まし|ます|さ)|増|減|引き))[^。、\n]{0,8}|(?:誤り|間違い|誤記)(?:が)?(?:あり|ござい)[^。\n]{0,10}|正しくは[^。\n]{0,16}|[をも](?:追加|加え)(?:して|し|て)(?:くだ|下さ|いただ|頂)[^。\n]{0,8}|(?:change|amend|update|correct|revise) our (?:notice|listing|advert(?:isement)?|posting|post|vacancy|offer)[^.\n]{0,30}|(?:変更届|差し替え|訂正|登録(?:内容|条件)?の(?:直し|手直し|変更|修正|更新)|内容(?:の)?変更|条件(?:を|の)変更|変わりました|変更(?:を|の)お願い|変更がございます|変更となりました|見直しました|(?:求人|募集|条件|要項|内容|次の|以下の|下記の|上記の)[^。\n]{0,24}(?:改め(?:させ|る|ます|まし|たく|たい)|修正(?:いた|さ|し|を|が)|変更(?:いた|さ|し|を|が(?:ご|あ)))|(?:給与|年俸|年収|日給|時給|報酬|待遇|条件|人数|日数)(?:等|など)?を[^。、\n]{0,14}(?:引き上げ|引き下げ|上げ|下げ|増や|減ら|変え|改め)(?:まし|ます|さ|る|た))[^。\n]{0,16}|(?:correction|changes?) to (?:our|the) (?:vacancy|post|posting|opening|advert)"
);
pattern!(
    OFFERING,
    r"[^。\n]{0,24}(?:募集(?:いたし|して|しております|です|中)|ご紹介(?:賜|を(?:お願い|いただ)|いただけ|ください|をお)|お迎えした|お越し(?:いただ|ください)|探して(?:おり|い|ます)|公募|求人|必要と|お力添え|ほしいです|先生を|hire|looking for a|vacancy|seeking)[^。\n]{0,14}"
);

fn action(cx: &Cx, found: &mut Vec<Found>) -> &'static str {
    for (p, value) in [
        (&WITHDRAW, "withdraw"),
        (&CHANGE, "change"),
        (&OFFERING, "offer"),
    ] {
        if let Some(m) = p
            .all(cx.text())
            .into_iter()
            .filter_map(|c| c.get(0))
            .map(|m| (m.start(), m.end()))
            // The old value of a change does not count by itself.
            .find(|(s, e)| own(cx, *s) || own(cx, e.saturating_sub(1)))
        {
            found.push(Found {
                field: Field::Action,
                value: Value::text(value),
                start: m.0,
                end: m.1,
                rule: "opening::action",
            });
            return value;
        }
    }
    // Every opening says something of a post: the first own line stands for the offer.
    if let Some(l) = cx.doc.lines.iter().find(|l| l.role == Role::Own) {
        found.push(Found {
            field: Field::Action,
            value: Value::text("offer"),
            start: l.start,
            end: l.end,
            rule: "opening::action_default",
        });
    }
    "offer"
}

fn push_plain(cx: &Cx, items: Vec<Item>, found: &mut Vec<Found>) {
    for i in items {
        if own(cx, i.start) {
            found.push(Found {
                field: i.field,
                value: i.value,
                start: i.start,
                end: i.end,
                rule: i.rule,
            });
        }
    }
}
