//! The columns of a table of openings, with the headings that a Japanese 求人票 has.

use crate::domain::wish::{Field, PayUnit};

/// What a column's cells are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Name,
    Area,
    Address,
    Lat,
    Lon,
    Posted,
    /// Words of a closed list, several in a cell.
    Words(Field),
    /// Departments, several in a cell.
    Departments(Field),
    /// Weekdays (月・水・金, 平日, 土曜午前).
    Weekdays,
    /// なし, あり or a number a month.
    Duties(Field),
    /// A number of days or a range.
    Days(Field),
    /// 9:00〜17:00.
    Hours,
    /// Yen for a unit; a range in the cell gives both ends.
    Pay(Field, PayUnit),
    /// A whole number.
    Number(Field),
    /// 2027年4月, 随時.
    Start,
    /// Months, or 長期.
    Duration,
    /// Words as they stand, several in a cell.
    Texts(Field),
    /// One text as it stands.
    Text(Field),
}

/// A column: its heading, other headings that mean it, an example for the template.
pub(super) struct Column {
    pub heading: &'static str,
    pub also: &'static [&'static str],
    pub kind: Kind,
    pub example: &'static str,
}

const fn column(
    heading: &'static str,
    also: &'static [&'static str],
    kind: Kind,
    example: &'static str,
) -> Column {
    Column {
        heading,
        also,
        kind,
        example,
    }
}

/// The headings of the template, in its order.
pub const HEADINGS: [&str; COLUMNS.len()] = {
    let mut out = [""; COLUMNS.len()];
    let mut i = 0;
    let mut rest: &[Column] = &COLUMNS;
    let mut slots: &mut [&str] = &mut out;
    while let ([first, tail @ ..], [slot, slot_tail @ ..]) = (rest, slots) {
        *slot = first.heading;
        rest = tail;
        slots = slot_tail;
        i += 1;
    }
    assert!(i == COLUMNS.len());
    out
};

#[rustfmt::skip]
pub(super) const COLUMNS: [Column; 43] = [
    column("求人番号", &["番号", "求人ID", "ID", "id"], Kind::Id, "NGN-0001"),
    column("施設名", &["医療機関名", "病院名", "事業所名", "institution_name"], Kind::Name, "○○病院"),
    column("勤務地", &["就業場所", "area"], Kind::Area, "長野県松本市"),
    column("所在地", &["住所", "address"], Kind::Address, "長野県松本市○○1-2-3"),
    column("緯度", &["lat"], Kind::Lat, "36.238"),
    column("経度", &["lon"], Kind::Lon, "137.972"),
    column("掲載日", &["受付年月日", "受付日", "posted"], Kind::Posted, "2026-10-01"),
    column("施設の種類", &["施設種別", "医療機関種別"], Kind::Words(Field::Institution), "急性期"),
    column("病床数", &[], Kind::Number(Field::Beds), "180"),
    column("募集科目", &["診療科", "診療科目", "募集科", "募集診療科"], Kind::Departments(Field::Specialty), "内科、総合診療科"),
    column("募集人数", &["求人数", "人数"], Kind::Number(Field::Headcount), "1"),
    column("雇用形態", &["勤務形態", "身分"], Kind::Words(Field::Employment), "常勤、非常勤"),
    column("業務内容", &["仕事内容", "職務内容"], Kind::Words(Field::Duty), "外来、病棟"),
    column("役割", &["役職"], Kind::Words(Field::Role), "指導"),
    column("週の勤務日数", &["勤務日数", "勤務日数（週）"], Kind::Days(Field::DaysPerWeek), "4〜5"),
    column("月の勤務日数", &["勤務日数（月）"], Kind::Days(Field::DaysPerMonth), ""),
    column("勤務曜日", &["曜日"], Kind::Weekdays, "平日"),
    column("勤務帯", &["シフト"], Kind::Words(Field::Shift), "日勤"),
    column("勤務時間", &["就業時間"], Kind::Hours, "9:00〜17:00"),
    column("1日の勤務時間", &[], Kind::Number(Field::HoursPerDay), ""),
    column("週の勤務時間", &[], Kind::Number(Field::HoursPerWeek), ""),
    column("当直", &["当直（月）", "宿直"], Kind::Duties(Field::NightDuty), "月2回"),
    column("オンコール", &["待機"], Kind::Duties(Field::OnCall), "なし"),
    column("日直", &["休日当番"], Kind::Duties(Field::DayDuty), "なし"),
    column("時間外勤務", &["残業", "時間外"], Kind::Duties(Field::Overtime), "あり"),
    column("年収", &["年俸"], Kind::Pay(Field::SalaryMin, PayUnit::Year), "1,200万円〜1,500万円"),
    column("月給", &["月額"], Kind::Pay(Field::SalaryMin, PayUnit::Month), ""),
    column("日給", &["日額"], Kind::Pay(Field::SalaryMin, PayUnit::Day), ""),
    column("半日給", &[], Kind::Pay(Field::SalaryMin, PayUnit::HalfDay), ""),
    column("時給", &[], Kind::Pay(Field::SalaryMin, PayUnit::Hour), ""),
    column("1回の給与", &["1回給", "当直料"], Kind::Pay(Field::SalaryMin, PayUnit::Once), ""),
    column("待遇", &["福利厚生"], Kind::Words(Field::Benefit), "宿舎、車通勤可"),
    column("働き方", &[], Kind::Words(Field::Workstyle), ""),
    column("地域の種類", &["地域区分"], Kind::Words(Field::AreaType), "医師少数区域"),
    column("転居・赴任", &["赴任"], Kind::Words(Field::Relocation), "単身赴任可"),
    column("通勤手段", &[], Kind::Words(Field::CommuteMode), ""),
    column("1日の外来患者数", &["外来患者数"], Kind::Number(Field::OutpatientsPerDay), "25"),
    column("勤務開始", &["開始時期", "着任時期", "入職時期"], Kind::Start, "2027年4月"),
    column("勤務期間", &["契約期間", "雇用期間"], Kind::Duration, "長期"),
    column("必要な資格", &["資格", "応募資格"], Kind::Texts(Field::Certification), "総合内科専門医"),
    column("必要な経験年数", &["経験年数"], Kind::Number(Field::YearsExperience), "10"),
    column("担当者", &["連絡先担当者"], Kind::Text(Field::ContactPerson), "事務部長 ○○"),
    column("電話番号", &["電話", "TEL"], Kind::Text(Field::Phone), "000-0000-0000"),
];

/// The column of a heading as a file has it.
pub(super) fn find(heading: &str) -> Option<&'static Column> {
    let plain = |s: &str| -> String {
        super::cell::narrow(s)
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '*' | '※'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let wanted = plain(heading);
    COLUMNS
        .iter()
        .find(|c| plain(c.heading) == wanted || c.also.iter().any(|a| plain(a) == wanted))
}

/// The template: a byte order mark (so that Excel reads it as UTF-8), the headings, one example row.
pub fn template_csv() -> String {
    let line = |cells: Vec<&str>| -> String {
        cells
            .iter()
            .map(|cell| {
                if cell.contains([',', '"', '\n']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    (*cell).to_owned()
                }
            })
            .collect::<Vec<_>>()
            .join(",")
    };
    format!(
        "\u{feff}{}\r\n{}\r\n",
        line(COLUMNS.iter().map(|c| c.heading).collect()),
        line(COLUMNS.iter().map(|c| c.example).collect())
    )
}
