//! Materials: brought by trainers and organisers, seen in the library and by
//! personal links.

mod board;
mod brought;
mod edit;
mod fetched;
mod find;
mod library;
mod link;
mod shelf;
mod taught;
mod upload;
mod withdraw;

pub use board::{ExpectedMaterial, MaterialPage, MaterialsBoard};
pub use edit::material_form;
pub use fetched::{Fetched, FetchedBy};
pub use find::MaterialView;
pub use library::{Library, LibraryFilter, LibraryWorkshop};
pub use link::{MaterialLink, MaterialsPage};
pub use shelf::{OpenShelf, Shelf};
pub use taught::TaughtWorkshop;
pub use upload::Received;

pub(crate) use brought::Brought;
pub(crate) use edit::keep_materials;
pub(crate) use find::find_views;
use find::views;
pub(crate) use link::{behind_link, link_withdrawals};
