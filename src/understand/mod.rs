//! Text to [Reading](crate::domain::wish::Reading).
