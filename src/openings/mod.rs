//! Openings from tables and files.
