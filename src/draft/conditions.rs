//! The working conditions that whoever offers a job has to state: 職業安定法 第5条の3, 同法施行規則 第4条の2, as in force since
//! April 2024 (the scope of change, the limits of renewal), with the protection from smoke that came in April 2020.

use crate::domain::wish::{Field, Language, OpeningItem};

/// One condition: which fields or words of a mail show that it is stated, and the question where it is not.
struct Condition {
    fields: &'static [Field],
    words: &'static [&'static str],
    ja: &'static str,
    en: &'static str,
}

const CONDITIONS: [Condition; 11] = [
    Condition {
        fields: &[Field::Duty, Field::Specialty],
        words: &["業務内容", "仕事の内容", "診療内容"],
        ja: "業務の内容",
        en: "The work to be done",
    },
    Condition {
        fields: &[],
        words: &["変更の範囲", "変更範囲", "配置転換", "異動なし", "転勤なし"],
        ja: "業務と就業場所の「変更の範囲」（雇入れ後に変わる可能性のある業務・場所。ない場合は「変更なし」）",
        en: "The scope of possible later changes of the work and of the place of work (or \"none\")",
    },
    Condition {
        fields: &[Field::Duration],
        words: &["契約期間", "雇用期間", "無期", "有期", "期間の定め", "任期"],
        ja: "契約の期間（期間の定めの有無）",
        en: "The period of the contract (or that it has no fixed end)",
    },
    Condition {
        fields: &[],
        words: &["更新", "無期", "期間の定めなし", "期間の定めはな"],
        ja: "有期契約の場合は、更新の基準（通算期間・更新回数の上限を含む）",
        en: "For a fixed term: the rules of renewal, with any limit to the number of renewals or to the total period",
    },
    Condition {
        fields: &[],
        words: &["試用期間", "試用"],
        ja: "試用期間の有無と期間",
        en: "Whether there is a trial period, and how long",
    },
    Condition {
        fields: &[Field::Hours, Field::HoursPerDay, Field::HoursPerWeek],
        words: &[
            "勤務時間",
            "就業時間",
            "診療時間",
            "始業",
            "時から",
            "時〜",
            "時～",
        ],
        ja: "始業・終業の時刻と休憩時間",
        en: "Starting and finishing times, and breaks",
    },
    Condition {
        fields: &[Field::Overtime],
        words: &["時間外", "残業"],
        ja: "時間外労働の有無",
        en: "Whether there is overtime",
    },
    Condition {
        fields: &[],
        words: &["休日", "休暇", "週休", "土日休", "日祝休"],
        ja: "休日・休暇",
        en: "Days off and holidays",
    },
    Condition {
        fields: &[Field::SalaryMin, Field::SalaryMax],
        words: &[
            "年俸", "年収", "給与", "月給", "日給", "時給", "賃金", "報酬",
        ],
        ja: "賃金（額、当直料などの手当、固定残業代がある場合はその時間数と額）",
        en: "Pay (amount, allowances, and any fixed overtime pay with its hours and amount)",
    },
    Condition {
        fields: &[],
        words: &[
            "社会保険",
            "社保",
            "健康保険",
            "厚生年金",
            "雇用保険",
            "労災",
            "私学共済",
            "共済組合",
        ],
        ja: "加入する社会保険・労働保険",
        en: "Social and labour insurance",
    },
    Condition {
        fields: &[],
        words: &["受動喫煙", "禁煙", "喫煙"],
        ja: "受動喫煙を防ぐ措置（敷地内禁煙など）",
        en: "Measures against second-hand smoke",
    },
];

/// What an opening does not state yet, as items of a polite list of questions. `text` is the whole of what the institution
/// sent: body and attachments.
pub fn missing(items: &[OpeningItem], text: &str, language: Language) -> Vec<String> {
    CONDITIONS
        .iter()
        .filter(|condition| {
            let by_item = items.iter().any(|i| condition.fields.contains(&i.field));
            let by_word = condition.words.iter().any(|word| text.contains(word));
            !by_item && !by_word
        })
        .map(|condition| match language {
            Language::Ja => condition.ja.to_owned(),
            _ => condition.en.to_owned(),
        })
        .collect()
}
