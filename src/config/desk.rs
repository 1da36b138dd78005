use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;

/// Who the desk is, as its texts say it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Desk {
    /// The name shown in texts.
    pub name: String,
    /// The name shown in English texts.
    pub name_en: String,
    /// The desk's own address: From of what leaves.
    pub address: String,
    /// Further addresses of the desk, which are never answered.
    pub other_addresses: Vec<String>,
    /// The telephone number given in texts.
    pub phone: String,
    /// The IANA name of the zone that office hours and dates are in.
    pub time_zone: chrono_tz::Tz,
    /// When somebody is there.
    pub office_hours: OfficeHours,
}

impl Default for Desk {
    fn default() -> Self {
        Desk {
            name: "医師のセカンドキャリア事務局".into(),
            name_en: "Second Career Desk for Doctors".into(),
            address: "md@example.jp".into(),
            other_addresses: vec![],
            phone: "03-0000-0000".into(),
            time_zone: chrono_tz::Asia::Tokyo,
            office_hours: OfficeHours::default(),
        }
    }
}

impl Desk {
    /// Whether an address is one of the desk's own.
    pub fn owns(&self, address: &str) -> bool {
        let address = address.trim();
        self.address.eq_ignore_ascii_case(address)
            || self
                .other_addresses
                .iter()
                .any(|a| a.eq_ignore_ascii_case(address))
    }

    /// The domain of the desk's address, which Message-IDs carry.
    pub fn domain(&self) -> &str {
        self.address
            .rsplit_once('@')
            .map_or("localhost", |(_, d)| d)
    }
}

/// When somebody is at the desk. Japanese public holidays are always closed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfficeHours {
    /// Opening time.
    pub open: NaiveTime,
    /// Closing time.
    pub close: NaiveTime,
    /// Working weekdays, `"mon"` … `"sun"`.
    pub days: Vec<Weekday>,
    /// Yearly closing days as `MM-DD`, such as the turn of the year.
    pub closed: Vec<String>,
    /// Single closing days as `YYYY-MM-DD`.
    pub closed_on: Vec<NaiveDate>,
}

impl Default for OfficeHours {
    fn default() -> Self {
        let at = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap_or_default();
        OfficeHours {
            open: at(9),
            close: at(17),
            days: vec![
                Weekday::Mon,
                Weekday::Tue,
                Weekday::Wed,
                Weekday::Thu,
                Weekday::Fri,
            ],
            closed: ["12-29", "12-30", "12-31", "01-02", "01-03"]
                .map(String::from)
                .to_vec(),
            closed_on: vec![],
        }
    }
}
