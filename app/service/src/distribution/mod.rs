//! The register of what was handed to which establishment: entered by hand,
//! and by every mail with materials that was sent.

mod document;
mod enter;
mod export;
mod list;
mod sent;

pub use document::DistributionDocument;
pub use enter::DistributionEntered;
pub use list::{Distributed, DistributedBy, DistributionFilter, DistributionPage, DistributionRow};

pub(crate) use sent::note_mails;
