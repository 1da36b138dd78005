//! Bytes to [InboundMessage](crate::domain::message::InboundMessage).
