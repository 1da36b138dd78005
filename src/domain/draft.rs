//! Kept empty until its room is built.
