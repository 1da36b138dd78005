//! madoguchi (窓口) is the assistant of a desk that finds second careers for doctors.
//!
//! A mail goes one way through the house; every step reads rows of the [`store`] and writes its own in one
//! transaction, so that a crash between two steps loses nothing:
//!
//! ```text
//! intake ─> [store] ─> decode ─> understand ─> [store] ─> matching ─> draft ─> card ─ review ─> [store: outbox] ─ send
//! ```
//!
//! Rooms stand in rows and import only lower rows: [`domain`], [`config`], [`clock`], [`faults`], [`telemetry`], [`wake`] (0), [`places`] (1),
//! [`decode`], [`understand`], [`openings`], [`matching`], [`draft`], [`picture`], [`files`] (2, pure), [`store`], [`sandbox`], [`routing`] (3), [`kept`] (4), [`intake`], [`review`],
//! [`send`], [`pipeline`] (5), [`app`] (6), [`cli`] (7). `tests/houserules.rs` holds this.

pub mod clock;
pub mod config;
pub mod domain;
pub mod faults;
pub mod telemetry;
pub mod wake;

pub mod places;

pub mod decode;
pub mod draft;
pub mod files;
pub mod matching;
pub mod openings;
pub mod picture;
pub mod understand;

pub mod routing;
pub mod sandbox;
pub mod store;
pub mod trust;

pub mod kept;

pub mod intake;
pub mod pipeline;
pub mod review;
pub mod send;

pub mod app;
pub mod cli;
