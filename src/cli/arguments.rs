use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// The flags.
#[derive(Debug, Parser)]
#[command(
    name = "madoguchi",
    version,
    about = "窓口 — 医師のセカンドキャリア事務局の助手 / the assistant of a desk that finds second careers for doctors",
    after_help = "はじめての方は: madoguchi demo\n例 / example: madoguchi --config config.toml check",
    propagate_version = true
)]
pub struct Arguments {
    /// 設定ファイル / the configuration file
    #[arg(
        long,
        global = true,
        default_value = "config.toml",
        value_name = "FILE"
    )]
    pub config: PathBuf,
    /// 結果を一行一件の JSON で出す / print JSON, one object a line
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 見本のメールで一通りの仕事を見る（アカウント不要）/ the whole job on sample mails, no account needed
    #[command(after_help = "例 / example: madoguchi demo --yes --out out")]
    Demo(DemoArgs),
    /// 常駐して受信箱とチャットを見張る / the daemon
    #[command(
        after_help = "例 / example: MADOGUCHI_MAILBOX_PASSWORD=… madoguchi run --config config.toml"
    )]
    Run,
    /// 設定を実際に試す / try the configuration for real
    #[command(after_help = "例 / example: madoguchi check --config config.toml")]
    Check,
    /// メールを一通ずつ解読して見せる / decode mails
    #[command(after_help = "例 / example: madoguchi inspect --json samples/01-inquiry-commute.eml")]
    Inspect(FilesArgs),
    /// メールから希望や求人を読み取る / read wishes or opening items
    #[command(
        after_help = "例 / example: madoguchi extract --json mail.eml\n      echo '平日の日勤を希望します' | madoguchi extract --date 2026-11-21 -"
    )]
    Extract(ExtractArgs),
    /// 求人を取り込む・見る / openings
    #[command(after_help = "例 / example: madoguchi openings import kyujin.csv")]
    Openings(OpeningsArgs),
    /// 希望に合う求人を探す / match wishes with openings
    #[command(
        after_help = "例 / example: madoguchi match --openings samples/openings.jsonl --mail mail.eml --top 5"
    )]
    Match(MatchArgs),
    /// 案件を確認・承認する（チャットのカードと同じ）/ what the card in chat does
    #[command(
        after_help = "例 / example: madoguchi review list\n      madoguchi review approve MD-2611-0001"
    )]
    Review(ReviewArgs),
    /// 何が待っているか / what waits, what failed, since when
    #[command(after_help = "例 / example: madoguchi status")]
    Status,
    /// すべての送信を止める / stop everything that leaves
    #[command(after_help = "例 / example: madoguchi stop")]
    Stop,
    /// 送信を再開する / resume
    #[command(after_help = "例 / example: madoguchi resume")]
    Resume,
    /// 正解付きメールで読み取りの成績を出す / score labelled mails, a table by field
    #[command(after_help = "例 / example: madoguchi eval tests/data/mails/*.jsonl")]
    Eval(FilesArgs),
    /// 受信箱を読むだけで、何が起きるはずだったかを報告する / report what would have happened
    #[command(after_help = "例 / example: madoguchi rehearse ~/Maildir")]
    Rehearse(RehearseArgs),
    /// 住所・駅名・郵便番号を分け、座標と誤差を出す / split an address, with its point and error
    #[command(
        after_help = "例 / example: madoguchi address 長野県松本市中央1-1\n      madoguchi address 〒390-8621"
    )]
    Address(AddressArgs),
    /// 町丁目と郵便番号の表を取り込む / towns and postcodes
    #[command(after_help = "例 / example: madoguchi places import latest.csv")]
    Places(PlacesArgs),
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// 確かめずにすべて承認する / approve all, for scripts
    #[arg(long)]
    pub yes: bool,
    /// 送ったメールを書き出す場所 / where sent mails are written
    #[arg(long, default_value = "out", value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct FilesArgs {
    /// ファイル（- は標準入力）/ files, - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// ファイル: .eml か平文（- は標準入力）/ .eml or plain text
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// 平文が書かれた日 / the date of plain text, YYYY-MM-DD or RFC 3339
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// どの規則が読んだかも出す / also print the rule behind each item, and doubts
    #[arg(long)]
    pub explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct OpeningsArgs {
    #[command(subcommand)]
    pub command: OpeningsCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum OpeningsCommand {
    /// Excel（.xlsx）、CSV、JSON Lines を取り込む / import; a bad row is named, the good ones go in
    #[command(
        after_help = "例 / example: madoguchi openings import kyujin.xlsx\n      madoguchi openings import --template hinagata.xlsx"
    )]
    Import {
        /// 取り込むファイル（--template と共に: 書き出す先）/ the file; with --template: where it is written
        #[arg(value_name = "FILE", required_unless_present = "template")]
        file: Option<PathBuf>,
        /// 見出し付きのひな形: ファイル名なしなら CSV を印字、.xlsx か .csv なら書き出す / a template, printed or written
        #[arg(long)]
        template: bool,
    },
    /// 一覧 / list
    List {
        /// 下書きと終了したものも / also drafts and closed ones
        #[arg(long)]
        all: bool,
    },
    /// 一件を見る / show one
    Show {
        /// 求人番号 / its id
        id: String,
    },
    /// 履歴: いつ誰が何を変えたか / what was changed when and by whom
    History {
        /// 求人番号 / its id
        id: String,
    },
    /// 確認を待つ求人と、メールから作った変更の案 / drafts and proposed changes that wait
    Changes,
    /// 法律で明示が求められる事項の足りない分を求人者に尋ねる文面 / the question for what is not stated
    Ask {
        /// 求人番号 / its id
        id: String,
        /// 英文で / in English
        #[arg(long)]
        english: bool,
    },
    /// メールから読んだ求人を確認済みにする、変更の案（CHG-番号）を承認する / confirm an opening read from a mail, or a change
    #[command(
        after_help = "例 / example: madoguchi openings confirm MAIL-12\n      madoguchi openings confirm CHG-3"
    )]
    Confirm {
        /// 求人番号か CHG-番号 / its id
        id: String,
    },
    /// 変更の案や求人の下書きを見送る / decline
    Decline {
        /// 求人番号か CHG-番号 / its id
        id: String,
    },
    /// 終了する / close
    Close {
        /// 求人番号 / its id
        id: String,
    },
    /// 再開する / reopen
    Reopen {
        /// 求人番号 / its id
        id: String,
    },
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("who").required(true).multiple(false).args(["mail", "doctor", "wishes"])))]
pub(super) struct MatchArgs {
    /// 求人（JSON Lines、CSV、Excel）。省略時は保存先の求人 / openings; default: the store's
    #[arg(long, value_name = "FILE")]
    pub openings: Option<PathBuf>,
    /// このメールの希望で / the wishes of a mail
    #[arg(long, value_name = "FILE")]
    pub mail: Option<PathBuf>,
    /// この方（受付番号）の希望で / a doctor on file, by case number
    #[arg(long, value_name = "ID")]
    pub doctor: Option<String>,
    /// {"id","profile","wishes"} の JSON Lines で / many doctors, one a line
    #[arg(long, value_name = "FILE")]
    pub wishes: Option<PathBuf>,
    /// 何件まで / how many
    #[arg(long, default_value_t = 10)]
    pub top: usize,
    /// 一件ごとの時間を標準エラーに出す / print the time of each query on standard error
    #[arg(long)]
    pub timing: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// 操作する人の名前（省略時は $USER）/ who decides
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub name: Option<String>,
    #[command(subcommand)]
    pub command: ReviewCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ReviewCommand {
    /// 待っている案件 / what waits
    List {
        /// 終わったものも / also what is done
        #[arg(long)]
        all: bool,
    },
    /// 一件を見る / show one
    Show {
        /// 受付番号 / the case number
        id: String,
        /// 履歴も / the history too
        #[arg(long)]
        history: bool,
    },
    /// 承認して送信 / approve
    Approve {
        /// 受付番号 / the case number
        id: String,
        /// 見ていた版（省略時は最新）/ the revision that was read
        #[arg(long)]
        revision: Option<u32>,
    },
    /// 承認を取り消す / call an approval back
    Cancel {
        /// 受付番号 / the case number
        id: String,
    },
    /// 下書きを直す（$EDITOR、または --body）/ edit
    Edit {
        /// 受付番号 / the case number
        id: String,
        /// 本文のファイル（- は標準入力）/ the new text
        #[arg(long, value_name = "FILE")]
        body: Option<PathBuf>,
        /// 件名 / the new subject
        #[arg(long)]
        subject: Option<String>,
        /// 宛先 / the recipients
        #[arg(long, value_name = "ADDRESS")]
        to: Vec<String>,
    },
    /// 差し戻す / reject with a reason; a new draft is made
    Reject {
        /// 受付番号 / the case number
        id: String,
        /// 理由 / the reason
        #[arg(long)]
        reason: String,
        /// 見ていた版（省略時は最新）/ the revision that was read
        #[arg(long)]
        revision: Option<u32>,
    },
    /// 提案する求人を選び直す / choose other openings
    Choose {
        /// 受付番号 / the case number
        id: String,
        /// 求人番号 / openings
        #[arg(required = true)]
        openings: Vec<String>,
    },
    /// 添付ファイルを取り出す / write the files that came with the mail into a folder
    Files {
        /// 受付番号 / the case number
        id: String,
        /// 書き出す場所 / where to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// 保留 / hold
    Hold {
        /// 受付番号 / the case number
        id: String,
    },
    /// 保留を解除 / take off hold
    Unhold {
        /// 受付番号 / the case number
        id: String,
    },
    /// 担当する / take in hand
    Claim {
        /// 受付番号 / the case number
        id: String,
    },
    /// 返信せずに終了 / close without an answer
    Close {
        /// 受付番号 / the case number
        id: String,
        /// 理由 / the reason
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// 届いたか不明の送信を確定する / settle a sending of unknown outcome
    Settle {
        /// 受付番号 / the case number
        id: String,
        /// 届いている（送らない）/ it left
        #[arg(long, conflicts_with = "again", required_unless_present = "again")]
        left: bool,
        /// 届いていない（送り直す）/ send again
        #[arg(long)]
        again: bool,
    },
    /// 送信停止のアドレスを再開する / let an address get mail again
    Unblock {
        /// アドレス / the address
        address: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct RehearseArgs {
    /// Maildir、mbox、.eml のフォルダー。省略時は設定の受信箱 / default: the configured mailbox
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// この日以降だけ / only since, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub since: Option<chrono::NaiveDate>,
}

#[derive(Debug, Args)]
pub(super) struct PlacesArgs {
    #[command(subcommand)]
    pub command: PlacesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum PlacesCommand {
    /// Geolonia 住所データ、位置参照情報、郵便番号データの CSV を取り込む / import the public tables
    Import {
        /// ファイル / files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// 取り込んだ件数 / what is there
    Status,
}

#[derive(Debug, Args)]
pub(super) struct AddressArgs {
    /// 住所 / the address
    #[arg(required = true)]
    pub text: Vec<String>,
}
