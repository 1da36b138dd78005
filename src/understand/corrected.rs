//! What the writer takes back within the mail: 「週5…と書こうとしましたが、週4で」, 「月1回まで。訂正します、2回まで」.

use super::pattern::pattern;
use super::rules::{Cx, Item};
use crate::domain::wish::Field;

/// Fields of which a person has one figure or one way at a time, so that a later one can replace an earlier.
const ONE_AT_A_TIME: &[Field] = &[
    Field::DaysPerWeek,
    Field::DaysPerMonth,
    Field::HoursPerDay,
    Field::HoursPerWeek,
    Field::Hours,
    Field::NightDuty,
    Field::OnCall,
    Field::DayDuty,
    Field::Start,
    Field::SalaryMin,
    Field::CommuteMinutes,
    Field::OutpatientsPerDay,
    Field::Contact,
    Field::Duration,
];

/// How far apart, in bytes of the normal text, the two may stand.
pub(super) const REACH: usize = 240;

pattern!(
    TAKEN_BACK,
    r"(?:^|[、。…!?・ \n(「])(?:いやいや|いや|いえ|あ、|あっ、|待てよ|待った|やはり|やっぱ|すみません|もとい|訂正|失礼、|失礼しました|ごめんなさい|正しくは|でなくて)|訂正(?:し|です|、)|と(?:し(?:まし|てい|てお)|書こう|書[いき]|申し|言い|言お|言っ|思っ|思い|お伝え|お願い|記し)[^。\n]{0,26}?(?:が|けど|けれど|ものの|のに|、)|のつもりで(?:した|いました)が|でお願いして(?:い|お)[^。\n]{0,6}?(?:が|けど)|ではなく|じゃなく|でなくて|に変えて|間違い(?:でした|で、)|って言った(?:けど|が)|(?:ので|から|ため)(?:やはり|やっぱ)|\b(?:sorry|correction|actually|make it)\b|(?:[,.;-]|\bor) rather,?\s"
);

pattern!(
    RESTATED,
    r"^(?:円|以上|まで)?(?:に|へ|と)、?(?:改め|訂正|修正|書き換え|差し替え|読み替え)"
);

/// Whether an item restates what was said before, however far: 「追伸 1,500万円に改めてください」.
pub(super) fn restates(cx: &Cx, item: &Item) -> bool {
    ONE_AT_A_TIME.contains(&item.field) && RESTATED.is(cx.rest(item.end))
}

/// Whether two items are different figures of one matter, of which a person has one at a time.
pub(super) fn of_one_matter(first: &Item, second: &Item) -> bool {
    let counts_days = |f: Field| matches!(f, Field::DaysPerWeek | Field::DaysPerMonth);
    (first.field == second.field || counts_days(first.field) && counts_days(second.field))
        && first.value != second.value
        && first.end <= second.start
        && ONE_AT_A_TIME.contains(&first.field)
}

/// Whether the words between two figures of one matter take the first one back.
pub(super) fn takes_back(cx: &Cx, first: &Item, second: &Item) -> bool {
    if !of_one_matter(first, second) || second.start - first.end > REACH {
        return false;
    }
    let between = cx.doc.text(first.end, second.start);
    !between.contains("\n\n") && TAKEN_BACK.is(between)
}
