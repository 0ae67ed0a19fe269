//! Deeds: the only place that reads and writes.
pub mod entity;
