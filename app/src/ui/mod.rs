//! The parts that pages are made of; their looks are in `style/parts`.

mod field;
mod news;
mod parts;
mod select;

pub(crate) use field::{Choices, Field, Kind, error_summary, hidden};
pub(crate) use news::news;
pub(crate) use parts::{badge, notice, paragraph, phase_badge, state_badge, tone};
pub(crate) use select::{Select, done};
