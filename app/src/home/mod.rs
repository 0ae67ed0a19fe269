//! The public home: the next workshops.

mod page;

pub(crate) use page::home;
