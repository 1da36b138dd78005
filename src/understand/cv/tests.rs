#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::wish::Language;

const TABLE: &str = "履歴書\t2026年11月1日現在
ふりがな\tさとう いちろう
氏　　名\t佐藤 一郎　㊞\t男
生年月日\t昭和36年4月12日生（満65歳）
現住所\t〒390-0811 長野県松本市中央3丁目1-1\t電話\t0263-00-1234
携帯電話\t090-0000-1234
学歴・職歴
昭和62年3月\t○○大学医学部医学科 卒業
昭和62年6月\t○○大学医学部附属病院 第一内科 研修医
平成4年4月\t△△市民病院 循環器内科 医員
平成18年4月\t△△市民病院 消化器内科 部長
\t現在に至る
免許・資格
昭和62年5月\t医師免許取得（医籍登録 第300000号）
平成8年12月\t日本内科学会総合内科専門医
平成10年12月\t日本消化器病学会専門医・指導医
平成12年3月\t医学博士（○○大学）
本人希望\t当直なし";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

const BARE: Mail<'_> = Mail {
    text: "履歴書を送付いたします。ご査収ください。",
    known_doctor: false,
    today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
    sizes: &[10],
};

fn told(text: &str) -> Vec<String> {
    let found = facts(text, day());
    for fact in &found {
        assert!(
            text.contains(&fact.quote),
            "「{}」 does not stand in the file",
            fact.quote
        );
    }
    found
        .iter()
        .map(|fact| format!("{}={}", fact.field, fact.value))
        .collect()
}

#[test]
fn a_table_gives_all_facts() {
    assert_eq!(
        told(TABLE),
        [
            "name=佐藤一郎",
            "age=65",
            "home=長野県松本市",
            "phone=090-0000-1234",
            "license_year=1987",
            "certification=日本内科学会総合内科専門医",
            "certification=日本消化器病学会専門医",
            "certification=日本消化器病学会指導医",
            "certification=医学博士",
            "specialty=消化器内科",
            "status=employed",
        ]
    );
}

/// The form that stationers sell, as a PDF gives it: what stands beside each other in the file may stand in one row.
const STATIONERS: &str = "履 歴 書\t2026年11月1日現在
ふりがな　　たなか　はなこ
氏\t名\t田 中 花 子\t㊞\t写真
昭和 38年\t7月\t21日生 （満63歳）\t男・女
ふりがな　かながわけんよこはましあおばく\t電話
現住所　〒225-0002\t045-000-1111
神奈川県横浜市青葉区美しが丘1丁目2番3号\t携帯090-1111-0000
連絡先　〒　　（現住所以外に連絡を希望する場合のみ記入）
年\t月\t学 歴・職 歴（各別にまとめて書く）
昭和57\t4\t横浜○○大学医学部医学科 入学
昭和63 3\t横浜○○大学医学部医学科 卒業
平成2\t6\t□□総合病院 内科 医員
平成20 3\t◇◇こども病院 退職
平成20 4\t△△クリニック 小児科 副院長
現在に至る
年\t月\t免 許・資 格
昭和63 5\t第82回医師国家試験合格
昭和63 6\t医師免許証取得 医籍登録番号 第３１２３４５号
平成9\t4\t日本小児科学会認定 小児科専門医
志望の動機\t通勤時間 約40分";

#[test]
fn the_form_of_the_stationers_is_read() {
    assert_eq!(
        told(STATIONERS),
        [
            "name=田中花子",
            "age=63",
            "home=神奈川県横浜市青葉区",
            "phone=090-1111-0000",
            "license_year=1988",
            "certification=日本小児科学会認定小児科専門医",
            "specialty=小児科",
            "status=employed",
        ]
    );
}

/// A form, and a fact that must come out of it (or, after `!`, must not).
const FORMS: &[(&str, &str)] = &[
    ("氏名：髙橋　花子\n生年月日：1958/7/3", "name=髙橋花子"),
    ("氏\t名\t山田\t太郎\t男", "name=山田太郎"),
    ("氏名\t山田\t男\t昭和30年1月1日生", "name=山田"),
    (
        "氏名（ふりがな）\t山田 太郎（やまだ たろう）",
        "name=山田太郎",
    ),
    ("氏名\n鈴木 三郎", "name=鈴木三郎"),
    (
        "ふりがな すずき さぶろう\n氏　名 鈴木 三郎",
        "name=鈴木三郎",
    ),
    (
        "Name: Hanako Tanaka\nDate of birth: 1970-02-03",
        "name=HanakoTanaka",
    ),
    ("Date of birth: July 21, 1963", "age=63"),
    ("Date of Birth\t21 July 1963", "age=63"),
    ("Medical license: 1988 (No. 300000)", "license_year=1988"),
    (
        "1988  National Medical Licensing Examination, passed",
        "license_year=1988",
    ),
    ("Address: Yokohama, Kanagawa", "home=神奈川県横浜市"),
    ("氏名\t生年月日", "!name="),
    ("氏名変更の届出\t済み", "!name="),
    ("生年月日\t昭和 36 年 4 月 12 日", "age=65"),
    ("生年月日\t昭和\t36\t年\t12\t月\t4\t日生", "age=64"),
    ("生年月日\t昭和三十六年四月十二日", "age=65"),
    ("生年月日\tS36.4.12", "age=65"),
    ("生年月日　１９６１年４月１２日", "age=65"),
    ("生年月日（年齢）\t1961年4月12日（64歳）", "age=65"),
    ("1961年4月12日", "!age="),
    ("昭和36年4月12日生", "age=65"),
    ("生年月日\t平成36年4月12日", "!age="),
    ("生年月日\t昭和36年13月40日", "!age="),
    ("年齢\t65", "age=65"),
    ("年齢：65歳", "age=65"),
    ("現住所\t東京都世田谷区用賀1-2-3", "home=東京都世田谷区"),
    (
        "現住所\t〒１５８−００９７\t東京都世田谷区用賀",
        "home=東京都世田谷区",
    ),
    (
        "現住所\n〒158-0097\n東京都世田谷区用賀",
        "home=東京都世田谷区",
    ),
    ("〒158-0097\n東京都世田谷区用賀", "home=東京都世田谷区"),
    ("住所: 横浜市青葉区1-1", "home=神奈川県横浜市青葉区"),
    ("本籍\t長野県", "!home="),
    (
        "TEL\t03(0000)1111\n携帯\t080 0000 1111",
        "phone=080-0000-1111",
    ),
    (
        "電話番号：０９０ー００００ー１１１１",
        "phone=090-0000-1111",
    ),
    ("FAX\t03-0000-1111", "!phone="),
    ("1985年5月\t第79回医師国家試験合格", "license_year=1985"),
    ("昭和60\t5\t医師免許取得", "license_year=1985"),
    ("医師免許取得\t1985年", "license_year=1985"),
    (
        "医籍登録番号\t第300000号（昭和60年6月1日）",
        "license_year=1985",
    ),
    (
        "1984年3月 ○○大学医学部卒業\n1985年5月 医師免許",
        "license_year=1985",
    ),
    ("1984年3月 ○○医科大学 卒業", "license_year=1984"),
    ("1976年3月 ○○高等学校 卒業", "!license_year="),
    (
        "日本外科学会\t専門医\t2001年",
        "certification=日本外科学会専門医",
    ),
    (
        "日本内科学会（認定内科医）",
        "certification=日本内科学会認定内科医",
    ),
    ("日本医師会認定産業医", "certification=日本医師会認定産業医"),
    (
        "平成8年12月日本内科学会専門医",
        "certification=日本内科学会専門医",
    ),
    (
        "2001年5月麻酔科標榜医、2003年6月日本麻酔科学会専門医",
        "certification=麻酔科標榜医",
    ),
    (
        "2001年5月麻酔科標榜医、2003年6月日本麻酔科学会専門医",
        "certification=日本麻酔科学会専門医",
    ),
    ("産業医", "!certification="),
    ("精神保健指定医", "certification=精神保健指定医"),
    ("博士（医学）取得", "certification=医学博士"),
    ("日本外科学会専門医（2020年失効）", "!certification="),
    ("専門医\t取得年月", "!certification="),
    ("日本外科学会 評議員", "!certification="),
    (
        "診療科\t整形外科・リハビリテーション科",
        "specialty=リハビリテーション科",
    ),
    ("専門：循環器", "specialty=循環器内科"),
    (
        "1990年4月 A病院 外科\n2005年4月 B病院 整形外科 部長\n現在に至る",
        "specialty=整形外科",
    ),
    (
        "1990年4月 A病院 外科\n2005年4月 B病院 整形外科 部長\n現在に至る",
        "!specialty=外科",
    ),
    ("2005年4月 B病院 眼科（現在に至る）", "specialty=眼科"),
    ("1990年4月〜現在 B病院 眼科", "status=employed"),
    (
        "2005年4月 B病院 外科\n2026年3月31日 B病院 定年退職",
        "status=retired",
    ),
    (
        "2005年4月 B病院 外科\n2026年3月31日 B病院 定年退職",
        "retire_on=2026-03",
    ),
    ("2004年3月 A病院 退職\n2005年4月 B病院 外科", "!status="),
];

#[test]
fn forms_are_read_as_they_are_filled_in() {
    let mut wrong = vec![];
    for (text, wanted) in FORMS {
        let found = told(text);
        let right = match wanted.strip_prefix('!') {
            Some(not) if not.ends_with('=') => !found.iter().any(|f| f.starts_with(not)),
            Some(not) => !found.iter().any(|f| f == not),
            None => found.iter().any(|f| f == wanted),
        };
        if !right {
            wrong.push(format!("{text:?} should give {wanted}, gave {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn file(name: &str, text: &str) -> FileText {
    FileText {
        name: name.into(),
        kind: FileKind::Docx,
        text: Some(text.into()),
        problem: None,
    }
}

fn mail(items: &[(ProfileField, Value, &str)]) -> Reading {
    let mut reading = Reading::empty(MessageKind::DoctorInquiry, Language::Ja);
    for (field, value, rule) in items {
        reading.profile.push(ProfileItem {
            field: *field,
            value: value.clone(),
            quote: value.to_string(),
            rule: (*rule).to_owned(),
            source: None,
        });
    }
    reading
}

fn value(reading: &Reading, field: ProfileField) -> Option<(String, Option<String>)> {
    reading
        .profile
        .iter()
        .find(|item| item.field == field)
        .map(|item| (item.value.to_string(), item.source.clone()))
}

#[test]
fn the_mail_wins_and_differences_are_told() {
    let mut reading = mail(&[
        (ProfileField::Name, Value::text("佐藤"), "profile::name"),
        (ProfileField::Age, Value::Number(64), "profile::age"),
        (
            ProfileField::Specialty,
            Value::text("内科"),
            "profile::specialty",
        ),
        (
            ProfileField::Certification,
            Value::text("医学博士"),
            "profile::certification",
        ),
    ]);
    add(&mut reading, &BARE, &[file("履歴書.docx", TABLE)]);
    let of_file = Some("履歴書.docx".to_owned());
    assert_eq!(
        value(&reading, ProfileField::Name),
        Some(("佐藤".into(), None))
    );
    assert_eq!(
        value(&reading, ProfileField::Age),
        Some(("64".into(), None))
    );
    assert_eq!(
        value(&reading, ProfileField::Specialty),
        Some(("内科".into(), None))
    );
    assert_eq!(
        value(&reading, ProfileField::Home),
        Some(("長野県松本市".into(), of_file))
    );
    let doctors = reading
        .profile
        .iter()
        .filter(|i| i.value == Value::text("医学博士"));
    assert_eq!(doctors.count(), 1);
    assert_eq!(reading.diagnostics.len(), 1, "{:?}", reading.diagnostics);
    let doubt = reading.diagnostics.first().unwrap();
    assert_eq!(
        doubt.message,
        "年齢が本文（64）と 履歴書.docx（65）で違います。本文に従いました。"
    );
    let note = reading.files.first().unwrap();
    assert!(note.is_cv);
    assert_eq!(
        note.label(),
        "履歴書.docx（読めました。経歴を取り込みました）"
    );
    assert!(reading.wishes.is_empty(), "a file wishes nothing");
}

#[test]
fn somebody_elses_papers_are_not_taken() {
    let mut reading = mail(&[(ProfileField::Name, Value::text("鈴木三郎"), "profile::name")]);
    add(&mut reading, &BARE, &[file("履歴書.docx", TABLE)]);
    assert_eq!(reading.profile.len(), 1);
    assert_eq!(reading.diagnostics.len(), 1);
    assert!(!reading.files.first().unwrap().is_cv);
}

#[test]
fn the_name_of_the_header_gives_way() {
    for header in ["Ichiro Sato", "さとう", "info"] {
        let mut reading = mail(&[(ProfileField::Name, Value::text(header), HEADER)]);
        add(&mut reading, &BARE, &[file("履歴書.docx", TABLE)]);
        assert_eq!(value(&reading, ProfileField::Name).unwrap().0, "佐藤一郎");
    }
}

#[test]
fn what_is_no_curriculum_vitae_gives_nothing() {
    for (name, text) in [
        (
            "求人票.docx",
            "求人票\n施設名\t○○病院\n住所\t長野県松本市中央1-1\n電話\t0263-00-0000\n診療科\t内科",
        ),
        ("メモ.txt", "住所は松本市です"),
        ("履歴書.docx", ""),
    ] {
        let mut reading = mail(&[]);
        add(&mut reading, &BARE, &[file(name, text)]);
        assert!(reading.profile.is_empty(), "{name}");
        assert_eq!(reading.files.len(), 1);
    }
    let mut opening = Reading::empty(MessageKind::Opening, Language::Ja);
    add(&mut opening, &BARE, &[file("履歴書.docx", TABLE)]);
    assert!(opening.profile.is_empty());
}

#[test]
fn who_only_hands_over_papers_is_a_doctor() {
    let speaker = "講師略歴\n氏名\t佐藤 一郎\n昭和62年3月\t○○大学医学部卒業\n△△市民病院 部長\n日本消化器病学会専門医";
    let long = "次回の研究会のご案内です。会場と日時は次のとおりですので、奮ってご参加くださいますようお願い申し上げます。";
    for (text, paper, known, kind) in [
        (BARE.text, TABLE, false, MessageKind::DoctorInquiry),
        (BARE.text, TABLE, true, MessageKind::DoctorUpdate),
        (
            "Please find attached my CV.",
            TABLE,
            false,
            MessageKind::DoctorInquiry,
        ),
        ("添付の通りです。", TABLE, false, MessageKind::DoctorInquiry),
        (long, TABLE, false, MessageKind::General),
        ("講師の履歴書です。", speaker, false, MessageKind::General),
        (BARE.text, "議事録", false, MessageKind::General),
    ] {
        let mut reading = Reading::empty(MessageKind::General, Language::Ja);
        let mail = Mail {
            text,
            known_doctor: known,
            ..BARE
        };
        add(&mut reading, &mail, &[file("添付.docx", paper)]);
        assert_eq!(reading.kind, kind, "{text}");
        assert_eq!(reading.profile.is_empty(), kind == MessageKind::General);
    }
}

proptest::proptest! {
    #[test]
    fn whatever_stands_in_a_file_is_no_panic(text in "(\\PC|\t|\n|氏名|生年月日|昭和|年|月|日|現住所|〒|医師免許|現在に至る|学会|専門医|[0-9]){0,60}") {
        let found = facts(&text, day());
        for fact in found {
            proptest::prop_assert!(text.contains(&fact.quote));
        }
    }
}
