//! Materials: which files are taken, what they are, and who sees them when.

mod file;
mod form;
mod inside;
mod sight;

pub use file::{MATERIAL_MB, MaterialType, clean_file_name};
pub use form::{MaterialForm, NewMaterial, guessed_kind, title_of_file};
pub use sight::{MaterialTiming, MaterialVersion, MaterialVisibility, Viewer, sees, standing};

use crate::coded::coded;

coded! {
    /// What a material is for.
    MaterialKind {
        /// Bài giảng.
        Slides = "slides",
        /// Tài liệu phát tay.
        Handout = "handout",
        /// Hướng dẫn kỹ thuật.
        Guide = "guide",
        /// Biểu mẫu.
        Form = "form",
        /// Khác.
        Other = "other",
    }
}
