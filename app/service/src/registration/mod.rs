//! Registering, alone or together; giving up; and what follows for others.

mod accept;
mod cancel;
mod decide;
mod enrol;
mod message;
mod queue;
mod register;
mod rows;
mod states;

pub use decide::{Chosen, DecisionDone, DecisionForm, DecisionPreview};
pub use register::{Registered, Registering, RegisteringParty};

pub(crate) use enrol::{Newcomer, Origin};
pub(crate) use queue::{offer_stands, position, positions};
pub(crate) use rows::{
    active, came_besides, count_seats, has_come, known_elsewhere, load, load_of, person_of,
    stands_alone, who_came,
};
