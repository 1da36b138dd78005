//! The commands from outside: what they print, and how they end.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

fn program(dir: &Path, arguments: &[&str]) -> Output {
    with_env(dir, arguments, &[])
}

fn with_env(dir: &Path, arguments: &[&str], env: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_madoguchi"))
        .args(arguments)
        .current_dir(dir)
        .env_remove("MADOGUCHI_MAILBOX_PASSWORD")
        .env_remove("MADOGUCHI_SMTP_PASSWORD")
        .env_remove("MADOGUCHI_DISCORD_TOKEN")
        .envs(env.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    text(&output.stdout)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

fn sample(name: &str) -> String {
    format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn wrong_usage_and_configuration_end_with_2_and_say_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("config.toml");
    let mailbox = "[mailbox]\nhost = \"127.0.0.1\"\nuser = \"md\"\n[smtp]\nhost = \"127.0.0.1\"\n";
    for (content, arguments, words) in [
        ("", vec!["nonsense"], vec!["nonsense"]),
        (
            "[mailbox]\nhots = \"x\"\n",
            vec!["run"],
            vec!["config.toml", "hots", "host"],
        ),
        ("", vec!["run"], vec!["config.toml", "mailbox"]),
        (mailbox, vec!["run"], vec!["MADOGUCHI_MAILBOX_PASSWORD"]),
        (
            "[store]\nurl = \"oracle:x\"\n",
            vec!["status"],
            vec!["store.url", "sqlite:madoguchi.db"],
        ),
        ("", vec!["match", "--openings", "x.jsonl"], vec!["--mail"]),
        (
            "",
            vec!["extract", "--date", "yesterday", "-"],
            vec!["yesterday", "2026-11-21"],
        ),
        ("", vec!["openings", "import", "x.xlsx"], vec![]),
    ] {
        fs::write(&config, content).unwrap();
        let output = program(dir.path(), &arguments);
        let error = text(&output.stderr);
        if !words.is_empty() {
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        }
        for w in words {
            assert!(
                error.contains(w),
                "{arguments:?}: {w} is missing in {error}"
            );
        }
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    let output = program(dir.path(), &["--config", "missing.toml", "check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("missing.toml"));
}

#[test]
fn every_command_has_help_with_an_example() {
    let dir = tempfile::tempdir().unwrap();
    for command in [
        "demo", "run", "check", "inspect", "extract", "openings", "match", "review", "status",
        "stop", "resume", "eval", "rehearse", "address",
    ] {
        let output = program(dir.path(), &[command, "--help"]);
        assert!(output.status.success());
        assert!(
            text(&output.stdout).contains("madoguchi "),
            "{command} shows no example"
        );
        assert!(text(&output.stdout).contains("例 / example"), "{command}");
    }
}

#[test]
fn inspect_prints_exactly_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let output = program(
        dir.path(),
        &[
            "inspect",
            "--json",
            &sample("01-inquiry-commute.eml"),
            &sample("08-out-of-office.eml"),
        ],
    );
    let objects = lines(&output);
    assert_eq!(objects.len(), 2);
    let keys: Vec<&String> = objects[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "message_id",
            "from",
            "to",
            "subject",
            "date",
            "in_reply_to",
            "references",
            "text",
            "new_text",
            "signature",
            "attachments",
            "automatic",
            "bounce",
            "auth",
            "problems"
        ]
    );
    assert_eq!(objects[0]["from"]["address"], "taro.yamada@example.jp");
    assert!(
        objects[0]["subject"]
            .as_str()
            .unwrap()
            .contains("勤務先のご相談")
    );
    assert_eq!(objects[0]["automatic"]["kind"], "none");
    assert_eq!(objects[1]["automatic"]["is_automatic"], true);
    // A file that is no mail still gives an object.
    fs::write(dir.path().join("x.eml"), [0xff, 0xfe, 0, 1, 2]).unwrap();
    let output = program(dir.path(), &["inspect", "x.eml"]);
    assert!(output.status.success());
    assert_eq!(lines(&output).len(), 1);
}

#[test]
fn extract_reads_mails_and_plain_text() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("note.txt"),
        "内科の医師です。自宅から30分以内、平日の日勤を希望します。来年4月から。\n",
    )
    .unwrap();
    let output = program(
        dir.path(),
        &[
            "extract",
            "--json",
            "--date",
            "2026-11-21",
            "note.txt",
            &sample("09-sales-pitch.eml"),
        ],
    );
    let objects = lines(&output);
    assert_eq!(
        (&objects[0]["kind"], &objects[1]["kind"]),
        (&"doctor_inquiry".into(), &"sales".into())
    );
    let wishes = objects[0]["wishes"].as_array().unwrap();
    let wish = |field: &str| {
        wishes
            .iter()
            .find(|w| w["field"] == field)
            .unwrap_or_else(|| panic!("{field}: {wishes:?}"))
    };
    assert_eq!(wish("commute_minutes")["value"], 30);
    assert_eq!(wish("start")["value"], "2027-04");
    for w in wishes {
        let keys: Vec<&String> = w.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["field", "value", "strength", "quote"]);
    }
}

#[test]
fn openings_go_in_once_and_bad_rows_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let good = fs::read_to_string(sample("openings.jsonl")).unwrap();
    let mut rows: Vec<&str> = good.lines().take(3).collect();
    rows.insert(1, r#"{"institution_name":"○○病院","area":"長野県松本市"}"#);
    rows.insert(
        2,
        r#"{"id":"X-1","institution_name":"○○病院","area":"架空県どこか市"}"#,
    );
    fs::write(dir.path().join("o.jsonl"), rows.join("\n")).unwrap();
    let output = program(dir.path(), &["openings", "import", "o.jsonl"]);
    let said = text(&output.stdout);
    assert!(
        said.contains("追加 3 件") && said.contains("2行目") && said.contains("3行目"),
        "{said}"
    );
    let again = text(&program(dir.path(), &["openings", "import", "o.jsonl"]).stdout);
    assert!(again.contains("追加 0 件、変更 0 件、同じ 3 件"), "{again}");
    let listed = lines(&program(dir.path(), &["--json", "openings", "list"]));
    assert_eq!(listed.len(), 3);
    let id = listed[0]["id"].as_str().unwrap();
    assert!(
        program(dir.path(), &["openings", "close", id])
            .status
            .success()
    );
    assert_eq!(
        lines(&program(dir.path(), &["--json", "openings", "list"])).len(),
        2
    );
    assert_eq!(
        program(dir.path(), &["openings", "show", "NONE"])
            .status
            .code(),
        Some(1)
    );
    // The template that the program prints can be read back.
    let template = program(dir.path(), &["openings", "import", "--template"]).stdout;
    assert!(text(&template).contains("求人番号"), "{}", text(&template));
    fs::write(dir.path().join("t.csv"), template).unwrap();
    assert!(
        program(dir.path(), &["openings", "import", "t.csv"])
            .status
            .code()
            .is_some()
    );
}

#[test]
fn match_answers_one_line_a_doctor() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("w.jsonl"),
        concat!(
            r#"{"id":"d1","profile":[{"field":"specialty","value":"内科"}],"wishes":[{"field":"area","value":"長野県","strength":"must"}]}"#,
            "\n",
            r#"{"id":"d2","profile":[],"wishes":[{"field":"night_duty","value":"any","strength":"never"}]}"#,
            "\n"
        ),
    )
    .unwrap();
    let openings = sample("openings.jsonl");
    let output = program(
        dir.path(),
        &[
            "match",
            "--openings",
            &openings,
            "--wishes",
            "w.jsonl",
            "--top",
            "3",
            "--timing",
            "--json",
        ],
    );
    let answers = lines(&output);
    assert_eq!(
        (&answers[0]["id"], &answers[1]["id"]),
        (&"d1".into(), &"d2".into())
    );
    assert_eq!(answers[0]["considered"], 30);
    assert!(answers[0]["matches"].as_array().unwrap().len() <= 3);
    assert!(answers[0]["excluded"]["area"].as_u64().unwrap() > 0);
    for m in answers[0]["matches"].as_array().unwrap() {
        assert!(
            m["met"].as_array().unwrap().contains(&"area=長野県".into()),
            "{m}"
        );
    }
    assert!(text(&output.stderr).contains("p50"));
    let output = program(
        dir.path(),
        &[
            "match",
            "--openings",
            &openings,
            "--mail",
            &sample("01-inquiry-commute.eml"),
        ],
    );
    assert!(lines(&output)[0].get("id").is_none());
    fs::write(dir.path().join("bad.jsonl"), "{}\n").unwrap();
    let output = program(
        dir.path(),
        &["match", "--openings", &openings, "--wishes", "bad.jsonl"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("1行目"));
}

#[test]
fn the_demo_plays_the_whole_job() {
    let dir = tempfile::tempdir().unwrap();
    let output = program(dir.path(), &["demo", "--yes", "--out", "sent"]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(!said.contains('\u{1b}'), "no colours where no terminal is");
    for words in [
        "医師からの相談",
        "受付確認を送信",
        "配信停止の申し出",
        "○ 合う: ",
        "＋ 土曜（可）",
        "週4日 → 週3日",
        "この求人に合いそうな先生",
        "承認しました",
        "送信したメール",
        "「",
    ] {
        assert!(said.contains(words), "{words} is missing in:\n{said}");
    }
    let files = fs::read_dir(dir.path().join("sent")).unwrap().count();
    assert!(files >= 12, "{files}");
    assert!(
        said.lines().count() < 160,
        "{} lines take too long to read",
        said.lines().count()
    );
    let picture = fs::read(dir.path().join("sent/MD-2611-0001.png")).unwrap();
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 50_000);
    // A second one tells of its own mails only.
    let listed = |said: &str| said.matches("  mg1.").count();
    let again = program(dir.path(), &["demo", "--yes", "--out", "sent"]);
    assert!(listed(&said) >= 12, "{said}");
    assert_eq!(listed(&text(&again.stdout)), listed(&said));
    let json = program(dir.path(), &["--json", "demo", "--out", "sent2"]);
    assert_eq!(
        lines(&json).iter().filter(|o| o["event"] == "mail").count(),
        10
    );
    // Nobody approved: only acknowledgements left.
    for file in fs::read_dir(dir.path().join("sent2")).unwrap() {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        let picture = name == "MD-2611-0001.png";
        assert!(name.starts_with("mg1.a.") || picture, "{name}");
    }
}

#[test]
fn rehearse_reads_a_folder_and_stores_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let samples = format!("{}/samples", env!("CARGO_MANIFEST_DIR"));
    let output = program(dir.path(), &["--json", "rehearse", &samples]);
    let said = lines(&output);
    assert_eq!(said.len(), 10, "{}", text(&output.stderr));
    assert_eq!(
        said.iter().filter(|o| o["acknowledged"] == true).count(),
        7,
        "{said:#?}"
    );
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        0,
        "nothing is left behind"
    );
}

#[test]
fn the_stop_is_seen_in_the_status() {
    let dir = tempfile::tempdir().unwrap();
    assert!(text(&program(dir.path(), &["stop"]).stdout).contains("止めました"));
    assert!(text(&program(dir.path(), &["stop"]).stdout).contains("すでに"));
    let status = lines(&program(dir.path(), &["status", "--json"]));
    assert!(status[0]["stopped"]["by"].as_str().is_some());
    assert!(program(dir.path(), &["resume"]).status.success());
    assert!(lines(&program(dir.path(), &["status", "--json"]))[0]["stopped"].is_null());
}

#[test]
fn check_says_what_to_do_for_each_part() {
    let dir = tempfile::tempdir().unwrap();
    let config = "[mailbox]\nhost = \"127.0.0.1\"\nport = 9\ntls = \"none\"\nuser = \"md\"\n[smtp]\ndirectory = \"out\"\n";
    fs::write(dir.path().join("config.toml"), config).unwrap();
    let output = with_env(
        dir.path(),
        &["--json", "check"],
        &[("MADOGUCHI_MAILBOX_PASSWORD", "x")],
    );
    assert_eq!(output.status.code(), Some(1));
    let checks = lines(&output);
    let of = |name: &str| checks.iter().find(|c| c["check"] == name).unwrap();
    assert_eq!(
        (&of("保存先")["ok"], &of("受信箱")["ok"], &of("送信")["ok"]),
        (&true.into(), &false.into(), &true.into())
    );
    assert_eq!(
        (&of("文面")["ok"], &of("地理")["ok"]),
        (&true.into(), &true.into())
    );
    assert!(
        of("受信箱")["detail"]
            .as_str()
            .unwrap()
            .contains("127.0.0.1")
    );
}
