//! Crashes on demand, so that tests can end the program at every step. Only debug builds know them.

/// The points at which a debug build ends at once, as a power cut would end it, where `MADOGUCHI_CRASH_AT` names one.
pub const POINTS: &[&str] = &[
    "intake.stored",
    "take_in.before",
    "take_in.saved",
    "draft.before",
    "draft.saved",
    "send.claimed",
    "send.handing_over",
    "send.accepted",
    "send.recorded",
    "sent.copied",
];

/// Passes, or ends the program.
pub fn point(name: &'static str) {
    debug_assert!(POINTS.contains(&name), "{name} is not listed");
    #[cfg(debug_assertions)]
    if std::env::var("MADOGUCHI_CRASH_AT").is_ok_and(|at| at == name) {
        eprintln!("crash at {name}");
        std::process::abort();
    }
}
