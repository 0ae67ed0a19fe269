//! The parts that pages are made of; their looks are in `style/parts`.

mod calls;
mod choices;
mod contact;
mod delegates;
mod done;
mod field;
mod find;
mod lines;
mod news;
mod pages;
mod parts;
mod summary;

pub(crate) use calls::{call_list, call_mark};
pub(crate) use choices::Choices;
pub(crate) use contact::{confirm_unreachable, sharing_phone, typed_contact};
pub(crate) use delegates::{
    delegate_fields, delegate_number, delegate_rows, typed_delegate, typed_delegates,
};
pub(crate) use done::done;
pub(crate) use field::{Field, Kind, hidden};
pub(crate) use find::{not_found, retire, search};
pub(crate) use lines::in_textarea;
pub(crate) use news::news;
pub(crate) use pages::page_links;
pub(crate) use parts::{
    allow_clash, badge, named, notice, paragraph, phase_badge, shortened, state_badge, state_tone,
    tone,
};
pub(crate) use summary::{error_summary, error_summary_named, error_summary_of_rows};
