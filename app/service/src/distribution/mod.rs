//! The register of what was handed to which establishment: entered by hand,
//! and by every mail with materials that was sent.

mod enter;
mod export;
mod list;
mod sent;

pub use list::{Distributed, DistributedBy, DistributionFilter, DistributionPage, DistributionRow};
