//! Devices at the door: who may stand there, the list they take with them, and
//! what they hand in.

mod batch;
mod conflict;
mod count;
mod device;
mod judge;
mod link;
mod list;
mod scan;
mod sealed;
mod settle;
mod sync;

pub use batch::{DoorBatch, OfflineScan, Scanned, Synced};
pub use conflict::DoorConflictRow;
pub(crate) use conflict::unsettled;
pub use link::{DoorKeys, DoorLink};
pub use list::DoorList;
pub(crate) use sealed::SealKeys;
pub use sealed::SealedDoorList;
