//! The parts that pages are made of; their looks are in `style/parts`.

mod calls;
mod contact;
mod delegates;
mod done;
mod field;
mod find;
mod news;
mod pages;
mod parts;

pub(crate) use calls::{call_list, call_mark};
pub(crate) use contact::{confirm_unreachable, typed_contact};
pub(crate) use delegates::{
    delegate_fields, delegate_number, delegate_rows, typed_delegate, typed_delegates,
};
pub(crate) use done::done;
pub(crate) use field::{
    Choices, Field, Kind, error_summary, error_summary_named, error_summary_of_rows, hidden,
};
pub(crate) use find::{not_found, retire, search};
pub(crate) use news::news;
pub(crate) use pages::page_links;
pub(crate) use parts::{
    allow_clash, badge, named, notice, paragraph, phase_badge, shortened, state_badge, state_tone,
    tone,
};
