//! Openings from outside: files in, last days, changes by mail, places, the question to the institution.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::{DateTime, Duration, Utc};
use madoguchi::{
    app::Rooms,
    clock::SetClock,
    config,
    domain::{
        message::Source,
        opening::{Opening, OpeningState},
        review::Actor,
        wish::Field,
    },
    openings::template_xlsx,
    review::openings as decisions,
    store::{self, Incoming, Store},
};
use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    sync::Arc,
};

fn program(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_madoguchi"))
        .args(arguments)
        .current_dir(dir)
        .env_remove("MADOGUCHI_STORE_URL")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap() + &String::from_utf8_lossy(&output.stderr)
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone())
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

#[test]
fn a_workbook_goes_in_once_and_comes_with_its_template() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| program(dir.path(), arguments);
    let output = run(&["openings", "import", "--template", "t.xlsx"]);
    assert!(output.status.success(), "{}", said(&output));
    // What is there is not overwritten.
    assert_eq!(
        run(&["openings", "import", "--template", "t.xlsx"])
            .status
            .code(),
        Some(1)
    );
    assert_eq!(
        run(&["openings", "import", "--template", "t.pdf"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        fs::read(dir.path().join("t.xlsx")).unwrap().len(),
        template_xlsx().unwrap().len()
    );
    let first = said(&run(&["openings", "import", "t.xlsx"]));
    assert!(
        first.contains("追加 1 件、変更 0 件、同じ 0 件、指摘 0 件"),
        "{first}"
    );
    let again = said(&run(&["openings", "import", "t.xlsx"]));
    assert!(again.contains("追加 0 件、変更 0 件、同じ 1 件"), "{again}");
    assert_eq!(
        lines(&run(&["--json", "openings", "history", "NGN-0001"])).len(),
        1
    );

    // A change is seen in the history, with the same number from another kind of file.
    let template = said(&run(&["openings", "import", "--template"]));
    fs::write(dir.path().join("t.csv"), template.replace("月2回", "なし")).unwrap();
    assert!(said(&run(&["openings", "import", "t.csv"])).contains("変更 1 件"));
    let history = lines(&run(&["--json", "openings", "history", "NGN-0001"]));
    let changes = history[1]["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(changes[0].as_str().unwrap().contains('→'), "{changes:?}");
    for (command, state, code) in [
        ("close", "closed", 0),
        ("close", "closed", 1),
        ("reopen", "open", 0),
        ("reopen", "open", 1),
    ] {
        assert_eq!(
            run(&["openings", command, "NGN-0001"]).status.code(),
            Some(code),
            "{command}"
        );
        assert_eq!(
            lines(&run(&["--json", "openings", "show", "NGN-0001"]))[0]["state"],
            state
        );
    }
    assert_eq!(run(&["openings", "history", "NONE"]).status.code(), Some(1));

    // A name that says something else than the bytes.
    fs::write(dir.path().join("x.xlsx"), "求人番号,施設名\n").unwrap();
    fs::copy(dir.path().join("t.xlsx"), dir.path().join("y.csv")).unwrap();
    for file in ["x.xlsx", "y.csv"] {
        let output = run(&["openings", "import", file]);
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(said(&output).contains("追加 0 件"), "{}", said(&output));
    }
    assert_eq!(lines(&run(&["--json", "openings", "list"])).len(), 1);
}

#[test]
fn what_cannot_be_is_named_and_nothing_else_is_disturbed() {
    let dir = tempfile::tempdir().unwrap();
    let row = |id: &str, rest: &str| {
        format!(r#"{{"id":"{id}","institution_name":"○○病院","area":"長野県松本市"{rest}}}"#)
    };
    let item =
        |field: &str, value: &str| format!(r#","items":[{{"field":"{field}","value":{value}}}]"#);
    let items = |a: &str, b: &str| {
        format!(r#","items":[{{"field":"{a}","value":"none"}},{{"field":"{a}","value":{b}}}]"#)
    };
    for (rest, word, goes_in) in [
        (item("days_per_week", r#"{"min":9}"#), "9", false),
        (item("salary_min", r#"{"amount":3,"unit":"year"}"#), "単位", false),
        (item("days_per_week", r#"{"min":5,"max":3}"#), "超えて", false),
        (item("night_duty", "40"), "40", false),
        (items("night_duty", r#""any""#), "矛盾", true),
        (items("overtime", r#""any""#), "矛盾", true),
        (
            r#","items":[{"field":"days_per_week","value":{"min":5}},{"field":"day","value":"mon"},{"field":"day","value":"sat:am"}]"#
                .to_owned(),
            "足りません",
            true,
        ),
        (
            r#","items":[{"field":"employment","value":"full_time"},{"field":"days_per_week","value":{"min":1,"max":1}}]"#
                .to_owned(),
            "常勤",
            true,
        ),
        (r#","lat":0,"lon":0"#.to_owned(), "座標", true),
        (r#","lat":48.85,"lon":2.35"#.to_owned(), "座標", true),
        (r#","lat":137.97,"lon":36.23"#.to_owned(), "座標", true),
        (r#","lat":35.68,"lon":139.76"#.to_owned(), "離れて", true),
        (r#","lat":36.23"#.to_owned(), "座標", true),
        (r#","expires":"春まで""#.to_owned(), "有効期限", false),
        (r#","posted":"2026-10-01","expires":"2026-09-01""#.to_owned(), "より前", false),
        (r#","address":"東京都千代田区1-1""#.to_owned(), "所在地", true),
        (r#","terms":{"dowry":"あり"}"#.to_owned(), "知らない", true),
    ] {
        let store = tempfile::tempdir_in(dir.path()).unwrap();
        let file = store.path().join("o.jsonl");
        fs::write(&file, [row("A", ""), row("B", &rest), row("C", "")].join("\n")).unwrap();
        let output = program(store.path(), &["--json", "openings", "import", "o.jsonl"]);
        let told = lines(&output);
        let problems: Vec<&Value> = told.iter().filter(|l| l["reason"].is_string()).collect();
        assert!(problems.iter().all(|p| p["line"] == 2), "{rest}: {told:?}");
        assert!(
            problems.iter().any(|p| p["reason"].as_str().unwrap().contains(word)),
            "{rest}: {told:?}"
        );
        let listed = lines(&program(store.path(), &["--json", "openings", "list"]));
        assert_eq!(listed.len(), if goes_in { 3 } else { 2 }, "{rest}");
        assert!(listed.iter().all(|o| o["lat"].is_null()), "{rest}");
    }
}

#[test]
fn towns_and_postcodes_are_imported_and_found() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| program(dir.path(), arguments);
    let address = |text: &str| lines(&run(&["address", text]))[0].clone();
    let coarse = address("長野県松本市旭1丁目3-5");
    assert_eq!(coarse["source"], "municipality");
    assert!(coarse["radius_km"].as_f64().unwrap() > 3.0);
    assert!(address("〒390-8621")["lat"].is_null());
    let towns = "\"都道府県名\",\"市区町村名\",\"大字町丁目名\",\"緯度\",\"経度\"\n\
                 \"長野県\",\"松本市\",\"旭一丁目\",\"36.2440\",\"137.9780\"\n\
                 \"長野県\",\"松本市\",\"旭二丁目\",\"36.2480\",\"137.9800\"\n\
                 \"長野県\",\"松本市\",\"どこか\",\"0\",\"0\"\n";
    let codes =
        "20202,\"390  \",\"3908621\",\"\",\"\",\"\",\"長野県\",\"松本市\",\"旭\",0,0,1,0,0,0\n";
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(codes);
    fs::write(dir.path().join("latest.csv"), towns).unwrap();
    fs::write(dir.path().join("KEN_ALL.CSV"), &sjis).unwrap();
    fs::write(dir.path().join("other.csv"), "a,b\n").unwrap();
    let output = run(&["places", "import", "latest.csv", "KEN_ALL.CSV"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("4 行目") && said(&output).contains("Geolonia"),
        "{}",
        said(&output)
    );
    let fine = address("長野県松本市旭1丁目3-5");
    assert_eq!(
        (&fine["source"], &fine["lat"]),
        (&"geolonia".into(), &36.244.into())
    );
    assert!(fine["radius_km"].as_f64().unwrap() < 1.0, "{fine}");
    assert_eq!(
        (&fine["town"], &fine["rest"]),
        (&"旭1丁目".into(), &"3-5".into())
    );
    assert_eq!(address("390-8621")["source"], "postcode");
    assert_eq!(address("390-8621")["municipality"], "松本市");
    assert_eq!(address("松本駅")["municipality"], "松本市");
    // A file that is none of the tables leaves what is there.
    let output = run(&["places", "import", "other.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("知らない形式"));
    let status = lines(&run(&["--json", "places", "status"]));
    assert_eq!(
        (&status[0]["towns"], &status[0]["postcodes"]),
        (&2.into(), &1.into())
    );

    // The commute of an opening with an address in a known town has a narrower band.
    let opening = |id: &str, address: &str| {
        format!(
            r#"{{"id":"{id}","institution_name":"○○病院","area":"長野県松本市","address":"{address}"}}"#
        )
    };
    let both = [
        opening("A", "長野県松本市旭1丁目3-5"),
        opening("B", "長野県松本市"),
    ]
    .join("\n");
    fs::write(dir.path().join("o.jsonl"), both).unwrap();
    let wishes = r#"{"id":"d","profile":[{"field":"home","value":"長野県塩尻市"}],"wishes":[]}"#;
    fs::write(dir.path().join("w.jsonl"), wishes).unwrap();
    let answer = lines(&run(&[
        "match",
        "--openings",
        "o.jsonl",
        "--wishes",
        "w.jsonl",
    ]));
    let width = |id: &str| {
        let matches = answer[0]["matches"].as_array().unwrap();
        let found = matches.iter().find(|m| m["id"] == id).unwrap();
        let minutes = found["commute"]["minutes"].as_array().unwrap();
        minutes[1].as_u64().unwrap() - minutes[0].as_u64().unwrap()
    };
    assert!(width("A") < width("B"), "{answer:?}");
    // A table of another kind in its place is named, not taken for an empty one.
    fs::write(dir.path().join("places.tsv"), "x\n").unwrap();
    let output = run(&["address", "長野県"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("places.tsv"));
}

/// A routing engine on loopback: every target is this many seconds away; `None`: it answers nothing and keeps the line open.
fn engine(seconds: Option<u32>) -> String {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0u8; 4096];
            let n = stream.read(&mut head).unwrap();
            let Some(seconds) = seconds else {
                std::thread::sleep(std::time::Duration::from_secs(20));
                continue;
            };
            let line = String::from_utf8_lossy(&head[..n]).into_owned();
            let targets = line.split(' ').nth(1).unwrap().matches(',').count() - 1;
            let row = vec![seconds.to_string(); targets].join(",");
            let body = format!(r#"{{"code":"Ok","durations":[[{row}]]}}"#);
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    url
}

#[test]
fn a_routing_engine_narrows_the_commute_and_the_estimate_stands_in_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let wish = r#"{"id":"d","profile":[{"field":"home","value":"長野県松本市"}],"wishes":[{"field":"commute_minutes","value":60,"strength":"must"}]}"#;
    fs::write(dir.path().join("w.jsonl"), wish).unwrap();
    let opening = r#"{"id":"A","institution_name":"○○病院","area":"長野県塩尻市","lat":36.115,"lon":137.953}"#;
    fs::write(dir.path().join("o.jsonl"), opening).unwrap();
    let answer = |routing: Option<String>| {
        let config = routing.map_or_else(String::new, |url| {
            format!(
                "[routing]\nengine = \"osrm\"\nurl = \"{url}\"\ntimeout_ms = 500\ntotal_ms = 800\n"
            )
        });
        fs::write(dir.path().join("config.toml"), config).unwrap();
        let output = program(
            dir.path(),
            &["match", "--openings", "o.jsonl", "--wishes", "w.jsonl"],
        );
        assert!(output.status.success(), "{}", said(&output));
        lines(&output)[0].clone()
    };
    let minutes = |answer: &Value| -> (i64, i64) {
        let band = &answer["matches"][0]["commute"]["minutes"];
        (band[0].as_i64().unwrap(), band[1].as_i64().unwrap())
    };
    let estimate = answer(None);
    assert_eq!(estimate["matches"][0]["unknown"][0], "commute_minutes=60");
    let routed = answer(Some(engine(Some(25 * 60))));
    let (a, b) = (minutes(&estimate), minutes(&routed));
    assert!(
        b.1 - b.0 < a.1 - a.0 && a.0 <= b.0 && b.1 <= a.1,
        "{a:?} {b:?}"
    );
    assert_eq!(
        routed["matches"][0]["met"][0], "commute_minutes=60",
        "{routed}"
    );
    // Known to be too far, it is excluded; an engine that does not answer changes nothing.
    let far = answer(Some(engine(Some(10 * 3600))));
    assert_eq!(
        (&far["matches"], &far["excluded"]["commute_minutes"]),
        (&serde_json::json!([]), &1.into())
    );
    assert_eq!(answer(Some(engine(None))), estimate);
    assert_eq!(answer(Some("http://127.0.0.1:9".into())), estimate);
    // `check` asks for real.
    for (url, good) in [
        (engine(Some(60)), true),
        ("http://127.0.0.1:9".to_owned(), false),
    ] {
        let config = format!("[routing]\nengine = \"osrm\"\nurl = \"{url}\"\ntimeout_ms = 2000\n");
        fs::write(dir.path().join("config.toml"), config).unwrap();
        let checks = lines(&program(dir.path(), &["--json", "check"]));
        let route = checks.iter().find(|c| c["check"] == "経路").unwrap();
        assert_eq!(route["ok"], good, "{route}");
    }
}

#[test]
fn what_the_law_wants_stated_becomes_a_ready_question() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("o.csv"),
        "求人番号,施設名,勤務地,業務内容,年収,契約期間,更新基準,受動喫煙対策,年齢制限\n\
         A-1,○○病院,長野県松本市,外来,1200万円,1年,勤務成績による（上限5年）,敷地内禁煙,65歳まで\n",
    )
    .unwrap();
    let output = program(dir.path(), &["openings", "import", "o.csv"]);
    assert!(
        said(&output).contains("労働施策総合推進法9条"),
        "{}",
        said(&output)
    );
    let asked = said(&program(dir.path(), &["openings", "ask", "A-1"]));
    assert!(
        asked.contains("変更の範囲") && asked.contains("試用期間"),
        "{asked}"
    );
    for stated in ["更新の基準", "受動喫煙", "賃金", "65歳", "契約の期間"] {
        assert!(!asked.contains(stated), "{stated}: {asked}");
    }
    assert!(
        said(&program(
            dir.path(),
            &["openings", "ask", "--english", "A-1"]
        ))
        .contains("scope of possible")
    );
    let shown = said(&program(dir.path(), &["openings", "show", "A-1"]));
    assert!(
        shown.contains("敷地内禁煙") && !shown.contains("65歳"),
        "{shown}"
    );
}

struct Desk {
    rooms: Rooms,
    clock: Arc<SetClock>,
    store: Arc<dyn Store>,
}

impl Desk {
    fn now(&self) -> DateTime<Utc> {
        madoguchi::clock::Clock::now(&*self.clock)
    }

    /// 佐藤 confirms what waits.
    async fn confirm(&self, word: &str) -> decisions::Told {
        let told = (&*self.store, &Default::default());
        decisions::confirm(told, word, &sato(), self.now())
            .await
            .unwrap()
    }

    async fn new(openings: &[Opening]) -> Desk {
        let now: DateTime<Utc> = "2026-11-24T01:00:00Z".parse().unwrap();
        let clock = Arc::new(SetClock::new(now));
        let store: Arc<dyn Store> = Arc::new(store::open("sqlite::memory:").await.unwrap());
        store
            .upsert_openings(openings, &Actor::program(), now)
            .await
            .unwrap();
        let config = config::parse("", Path::new("config.toml")).unwrap();
        let rooms = Rooms::new(&config, store.clone(), clock.clone())
            .await
            .unwrap();
        Desk {
            rooms,
            clock,
            store,
        }
    }

    async fn work(&self) {
        let pipeline = self.rooms.pipeline();
        while pipeline.step().await.unwrap() {}
    }

    async fn mail(&self, from: &str, subject: &str, body: &str) {
        let now = self.now();
        let raw = format!(
            "From: {from}\r\nTo: md@example.jp\r\nSubject: {subject}\r\nMessage-ID: <{}@example.com>\r\n\
             Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n{}",
            body.len() * 31 + subject.len(),
            body.replace('\n', "\r\n")
        );
        let incoming = Incoming::whole(Source::Mail, raw.clone(), raw, now);
        self.store.receive_one(&incoming, now).await.unwrap();
        self.work().await;
    }

    async fn notices(&self) -> Vec<String> {
        let notices = self.store.recent_notices(20).await.unwrap();
        notices.into_iter().map(|n| n.text).collect()
    }

    async fn night_duty(&self, id: &str) -> Vec<String> {
        let record = self.store.opening(id).await.unwrap().unwrap();
        record
            .opening
            .values(Field::NightDuty)
            .map(ToString::to_string)
            .collect()
    }
}

fn sato() -> Actor {
    Actor {
        id: "terminal:sato".into(),
        name: "佐藤".into(),
    }
}

fn on_file() -> Vec<Opening> {
    let csv = "求人番号,施設名,勤務地,募集科目,当直,有効期限\n\
               MDR-0001,医療法人緑会 みどり病院,長野県松本市,内科,月2回,2026-12-31\n\
               MDR-0002,医療法人緑会 みどり病院,長野県松本市,整形外科,月2回,2026-12-31\n\
               SKR-0001,さくら病院,長野県長野市,内科,なし,\n";
    let import = madoguchi::openings::csv::read(csv.as_bytes());
    assert_eq!(import.problems, []);
    import.openings
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opening_past_its_last_day_is_told_once_and_suggested_no_more() {
    let desk = Desk::new(&on_file()).await;
    desk.work().await;
    assert!(desk.notices().await.is_empty());
    let inquiry = |n: u32| {
        format!(
            "内科医の山田{n}です。長野県で内科の非常勤を探しております。よろしくお願いいたします。\n"
        )
    };
    desk.mail("A <a@example.com>", "求職の相談", &inquiry(1))
        .await;
    desk.clock.advance(Duration::days(40));
    desk.work().await;
    let told = desk.notices().await;
    assert_eq!(
        told.iter().filter(|t| t.contains("有効期限")).count(),
        2,
        "{told:?}"
    );
    desk.work().await;
    assert_eq!(desk.notices().await.len(), told.len());
    desk.mail("B <b@example.com>", "求職の相談", &inquiry(2))
        .await;
    let cases = desk.store.cases(true, 9).await.unwrap();
    let mut suggested = vec![];
    for case in &cases {
        let detail = desk.store.case(case.id).await.unwrap().unwrap();
        suggested.push((case.number.clone(), detail.draft.unwrap().suggestions));
    }
    suggested.sort();
    assert!(
        suggested[0].1.contains(&"MDR-0001".to_owned()),
        "{suggested:?}"
    );
    assert_eq!(suggested[1].1, ["SKR-0001"], "{suggested:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_by_mail_finds_its_opening_and_waits_for_staff() {
    let desk = Desk::new(&on_file()).await;
    desk.mail(
        "みどり病院 <jimu@example.jp>",
        "求人内容の変更のお願い",
        "みどり病院、人事の田中です。\n先月お願いしました内科常勤医の求人ですが、条件を見直しましたので、次のとおり変更をお願いします。\n当直　変更前 月2回　→　変更後 なし\n田中　TEL 0263-00-5120\n",
    )
    .await;
    let waiting = desk.store.opening_changes().await.unwrap();
    assert_eq!(waiting.len(), 1, "{:?}", desk.notices().await);
    assert_eq!(waiting[0].opening_id, "MDR-0001");
    assert!(
        desk.notices()
            .await
            .iter()
            .any(|n| n.contains("当直") && n.contains("→"))
    );
    assert_eq!(desk.night_duty("MDR-0001").await, ["2"]);
    let number = format!("CHG-{}", waiting[0].id);
    let told = desk.confirm(&number).await;
    assert!(told.done, "{}", told.text);
    assert_eq!(desk.night_duty("MDR-0001").await, ["none"]);
    assert_eq!(desk.night_duty("MDR-0002").await, ["2"]);
    let again = desk.confirm(&number).await;
    assert!(!again.done && again.text.contains("佐藤"), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_by_mail_closes_nothing_by_itself() {
    let desk = Desk::new(&on_file()).await;
    // Two openings of the institution, and the mail does not say which.
    desk.mail(
        "みどり病院 <jimu@example.jp>",
        "求人の取り下げ",
        "いつもご案内をありがとうございます。みどり病院の田中です。\n先月よりお願いしておりました常勤医の求人ですが、おかげさまで知人の伝手で決まりましたので、募集を取り下げさせてください。\nみどり病院　事務　田中\n0263-00-7741\n",
    )
    .await;
    assert!(desk.store.opening_changes().await.unwrap().is_empty());
    let told = desk.notices().await;
    assert!(
        told.iter()
            .any(|n| n.contains("MDR-0001") && n.contains("MDR-0002")),
        "{told:?}"
    );
    desk.mail(
        "みどり病院 <jimu@example.jp>",
        "求人の取り下げ（MDR-0002）",
        "いつもご案内をありがとうございます。みどり病院の田中です。\n先月よりお願いしておりました常勤医の求人（MDR-0002）ですが、おかげさまで決まりましたので、募集を取り下げさせてください。\nみどり病院　事務　田中\n0263-00-7741\n",
    )
    .await;
    let waiting = desk.store.opening_changes().await.unwrap();
    assert_eq!(waiting.len(), 1, "{:?}", desk.notices().await);
    assert_eq!(
        (waiting[0].opening_id.as_str(), &waiting[0].after),
        ("MDR-0002", &None)
    );
    let number = format!("chg-{}", waiting[0].id);
    assert!(
        decisions::decline(&*desk.store, &number, &sato(), desk.now())
            .await
            .unwrap()
            .done
    );
    let record = desk.store.opening("MDR-0002").await.unwrap().unwrap();
    assert_eq!(record.state, OpeningState::Open);
    // Another institution's number is out of a stranger's reach.
    desk.mail(
        "x <x@example.com>",
        "求人の取り下げ（SKR-0001）",
        "いつもご案内をありがとうございます。つばき病院の木村です。\n先月よりお願いしておりました常勤医の求人（SKR-0001）ですが、おかげさまで決まりましたので、募集を取り下げさせてください。\nつばき病院　事務　木村\n0267-00-7741\n",
    )
    .await;
    assert!(desk.store.opening_changes().await.unwrap().is_empty());
    assert!(
        desk.notices()
            .await
            .iter()
            .any(|n| n.contains("見つかりません"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_posts_in_one_mail_become_two_openings() {
    let desk = Desk::new(&[]).await;
    desk.mail(
        "みどり病院 <jimu@example.jp>",
        "医師募集のお願い（2件）",
        "みどり病院の事務部、田中です。長野県松本市の当院では、次の医師を募集しております。\n\n1. 皮膚科の常勤医師（1名）\n勤務は週4日、当直は月2回、年俸1,500万円です。\n\n2. 整形外科の非常勤医師（1名）\n勤務は週1日（木曜）、日給9万円、当直はありません。\n\nご紹介をお願いいたします。\n田中 TEL 0263-00-5120\n",
    )
    .await;
    let drafts: Vec<Opening> = desk
        .store
        .openings(true)
        .await
        .unwrap()
        .into_iter()
        .map(|r| r.opening)
        .collect();
    let of = |field: Field| -> Vec<Vec<String>> {
        drafts
            .iter()
            .map(|o| o.values(field).map(ToString::to_string).collect())
            .collect()
    };
    assert_eq!(
        of(Field::Specialty),
        [["皮膚科"], ["整形外科"]],
        "{drafts:?}"
    );
    assert_eq!(of(Field::Employment), [["full_time"], ["part_time"]]);
    assert!(
        drafts
            .iter()
            .all(|o| o.institution_name == "みどり病院" && o.area == "長野県松本市")
    );
    assert!(drafts[1].id.ends_with("-2"), "{}", drafts[1].id);
    let told = desk.notices().await;
    assert!(
        told.iter()
            .any(|n| n.contains("2 件") && n.contains(&drafts[1].id)),
        "{told:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_by_mail_waits_as_a_draft_and_names_what_is_like_it() {
    let desk = Desk::new(&on_file()).await;
    desk.mail(
        "さくら病院 <saiyo@example.jp>",
        "医師募集のお願い",
        "さくら病院の事務部、鈴木です。\n長野県長野市の当院では内科の常勤医師を募集しております。週5日、当直は月2回、年俸1,500万円です。65歳くらいまでの男性の先生を希望します。\nご紹介をお願いいたします。\n",
    )
    .await;
    let drafts: Vec<_> = desk
        .store
        .openings(true)
        .await
        .unwrap()
        .into_iter()
        .filter(|r| r.state == OpeningState::Draft)
        .collect();
    assert_eq!(drafts.len(), 1, "{:?}", desk.notices().await);
    assert_eq!(drafts[0].sender.as_deref(), Some("saiyo@example.jp"));
    let told = desk.notices().await;
    assert!(
        told.iter()
            .any(|n| n.contains("SKR-0001") && n.contains(&drafts[0].opening.id)),
        "{told:?}"
    );
    // Age and sex are shown with the clause, and stand nowhere in the opening.
    assert!(
        told.iter()
            .any(|n| n.contains("9条") && n.contains("5条") && n.contains("65歳")),
        "{told:?}"
    );
    let kept = serde_json::to_string(&drafts[0].opening).unwrap();
    assert!(!kept.contains("65") && !kept.contains("男性"), "{kept}");
    let waiting = decisions::waiting(&*desk.store).await.unwrap();
    assert_eq!(waiting.len(), 1);
    let told = desk.confirm(&drafts[0].opening.id).await;
    assert!(told.done, "{}", told.text);
    assert_eq!(desk.store.openings(false).await.unwrap().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_opening_is_told_with_the_doctors_whom_it_suits() {
    let desk = Desk::new(&[]).await;
    desk.mail(
        "佐藤 一郎 <sato@example.com>",
        "勤務先のご相談",
        "医師の佐藤一郎です。長野市在住の内科医です。\n平日の勤務を希望します。当直はできません。\n",
    )
    .await;
    desk.mail(
        "高橋 花子 <takahashi@example.com>",
        "ご相談",
        "医師の高橋花子です。福岡市在住の眼科医です。\n福岡県内で眼科の外来を希望します。\n",
    )
    .await;
    desk.mail(
        "さくら病院 <saiyo@example.jp>",
        "医師募集のお願い",
        "さくら病院の事務部、鈴木です。\n長野県長野市の当院では内科の常勤医師を募集しております。月曜から金曜の週5日、当直なし、年俸1,500万円です。\n",
    )
    .await;
    let told = desk.notices().await;
    let suits = |told: &[String]| -> Vec<String> {
        told.iter()
            .filter(|n| n.contains("合いそうな先生"))
            .cloned()
            .collect()
    };
    let in_thread = suits(&told);
    assert_eq!(in_thread.len(), 1, "{told:?}");
    let words = &in_thread[0];
    assert!(
        words.starts_with(
            "この求人に合いそうな先生 1名（さくら病院 長野県長野市）\n・MD-2611-0001 一致"
        ),
        "{words}"
    );
    assert!(
        words.contains('○') && words.contains("平日") && words.contains("当直なし"),
        "{words}"
    );
    // The thread is that of the hospital's case: no name stands there.
    assert!(!words.contains("佐藤"), "{words}");

    // Confirmed, it is told in the channel, once a day, and to whoever confirmed it.
    let draft = desk.store.openings(true).await.unwrap().remove(0);
    let id = draft.opening.id;
    let told = desk.confirm(&id).await;
    assert!(
        told.text
            .contains("確認済みにしました。\nこの求人に合いそうな先生 1名"),
        "{}",
        told.text
    );
    assert!(
        told.text.contains("MD-2611-0001 佐藤 先生 一致"),
        "{}",
        told.text
    );
    decisions::close(&*desk.store, &id, &sato(), desk.now())
        .await
        .unwrap();
    decisions::reopen(
        (&*desk.store, &Default::default()),
        &id,
        &sato(),
        desk.now(),
    )
    .await
    .unwrap();
    assert_eq!(suits(&desk.notices().await).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_doctors_five_are_named_and_all_are_counted() {
    let desk = Desk::new(&[]).await;
    for n in 1..=7 {
        desk.mail(
            &format!("佐藤 {n} <sato{n}@example.com>"),
            "勤務先のご相談",
            "医師の佐藤です。長野市在住の内科医です。\n平日の勤務を希望します。当直はできません。\n",
        )
        .await;
    }
    desk.mail(
        "さくら病院 <saiyo@example.jp>",
        "医師募集のお願い",
        "さくら病院の事務部、鈴木です。\n長野県長野市の当院では内科の常勤医師を募集しております。月曜から金曜の週5日、当直なし、年俸1,500万円です。\n",
    )
    .await;
    let id = desk
        .store
        .openings(true)
        .await
        .unwrap()
        .remove(0)
        .opening
        .id;
    let said = |told: &[String], who: &str| {
        let heading = "この求人に合いそうな先生 7名";
        let words = told.iter().rfind(|n| n.contains(heading)).unwrap();
        let named: Vec<&str> = words.lines().filter(|l| l.starts_with('・')).collect();
        assert_eq!(named.len(), 5, "{words}");
        for (n, line) in (1..).zip(named) {
            assert!(
                line.starts_with(&format!("・MD-2611-000{n} {who}一致")),
                "{line}"
            );
        }
        assert!(
            words.contains(&format!("ほか2名: madoguchi openings suit {id}")),
            "{words}"
        );
    };
    said(&desk.notices().await, "");
    let told = desk.confirm(&id).await;
    said(&[told.text], "佐藤 先生 ");
}

#[test]
fn the_terminal_says_whom_an_opening_suits() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| program(dir.path(), arguments);
    let template = said(&run(&["openings", "import", "--template"]));
    fs::write(dir.path().join("t.csv"), template).unwrap();
    run(&["openings", "import", "t.csv"]);
    let nobody = said(&run(&["openings", "suit", "NGN-0001"]));
    assert!(nobody.contains("この求人に合いそうな先生 0名"), "{nobody}");
    let none = run(&["openings", "suit", "NGN-9999"]);
    assert_eq!(none.status.code(), Some(1), "{}", said(&none));
}
