//! The parts that pages are made of; their looks are in `style/parts`.

mod done;
mod field;
mod news;
mod parts;

pub(crate) use done::done;
pub(crate) use field::{Choices, Field, Kind, error_summary, hidden};
pub(crate) use news::news;
pub(crate) use parts::{
    allow_clash, badge, named, notice, paragraph, phase_badge, state_badge, state_tone, tone,
};
