//! Registering, alone or together; giving up; and what follows for others.

mod accept;
mod cancel;
mod enrol;
mod queue;
mod register;
mod rows;
mod states;

pub use register::{Registered, Registering, RegisteringParty};

pub(crate) use enrol::{Newcomer, Origin};
pub(crate) use queue::{offer_stands, position};
pub(crate) use rows::{active, count_seats, has_come, load, person_of, who_came};
