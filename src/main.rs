//! The program `madoguchi`.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A file of a stranger is read in a process of its own, before anything else is set up.
    if let Some(done) = madoguchi::sandbox::enter(std::env::args_os().skip(1)) {
        return done;
    }
    // One TLS stack for all that connects; a second installation in one process is refused and harmless.
    drop(rustls::crypto::ring::default_provider().install_default());
    let arguments = madoguchi::cli::Arguments::parse();
    match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime.block_on(madoguchi::cli::main(arguments)),
        Err(e) => {
            eprintln!("プログラムを始められません: {e}");
            ExitCode::FAILURE
        }
    }
}
