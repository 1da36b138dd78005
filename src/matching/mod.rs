//! Wishes against openings.
