//! The commands. Each prints for people on a terminal and JSON with `--json`; logs go to standard error. Exit status: 0 done,
//! 1 failed, 2 wrong usage or configuration.

mod address;
mod arguments;
mod check;
mod demo;
mod eval;
mod extract;
mod files;
mod inspect;
mod matching;
mod openings;
mod places;
mod print;
mod rehearse;
mod review;
mod run;
mod status;

pub use arguments::Arguments;
use arguments::Command;
use print::Printer;
use std::process::ExitCode;

/// A wrong use of a command: exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// Runs one command.
pub async fn main(arguments: Arguments) -> ExitCode {
    crate::telemetry::start(match arguments.command {
        Command::Run => "info,serenity=error",
        _ => "error",
    });
    let printer = Printer::new(arguments.json);
    match dispatch(&arguments, &printer).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            eprintln!("madoguchi: {e:#}");
            if e.is::<Usage>() || e.is::<crate::config::ConfigError>() {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

/// True where the command did all it should.
async fn dispatch(a: &Arguments, p: &Printer) -> anyhow::Result<bool> {
    // Commands that only show or ask for help need no towns; a wrong configuration is named by the command itself.
    if matches!(
        a.command,
        Command::Address(_) | Command::Match(_) | Command::Run | Command::Rehearse(_)
    ) && let Ok(config) = crate::config::load_or_default(&a.config)
    {
        crate::app::install_places(&config)?;
    }
    match &a.command {
        Command::Demo(args) => demo::run(args, p).await,
        Command::Run => run::run(&a.config).await,
        Command::Check => check::run(&a.config, p).await,
        Command::Inspect(args) => inspect::run(&a.config, args, p).await,
        Command::Extract(args) => extract::run(args, p).await,
        Command::Openings(args) => openings::run(&a.config, args, p).await,
        Command::Match(args) => matching::run(&a.config, args, p).await,
        Command::Review(args) => review::run(&a.config, args, p).await,
        Command::Status => status::status(&a.config, p).await,
        Command::Stop => status::stop(&a.config, true, p).await,
        Command::Resume => status::stop(&a.config, false, p).await,
        Command::Eval(args) => eval::run(args, p),
        Command::Rehearse(args) => rehearse::run(&a.config, args, p).await,
        Command::Address(args) => address::run(args, p),
        Command::Places(args) => places::run(&a.config, args, p),
    }
}
