//! A file of delegates: what its headings mean, and what becomes of its rows.

mod answer;
mod cell;
mod column;
mod row;

pub use answer::ImportQuestion;
pub use column::{
    ImportColumn, ImportField, find_headings, fold_heading, fullest_row, guess_columns, is_list,
};
pub use row::{ImportNote, ImportRow, ImportedPerson, read_row};

use crate::coded::coded;

/// The largest file that is taken, in bytes.
pub const MAX_IMPORT_BYTES: u64 = 5 * 1024 * 1024;

/// The most rows that are taken at once.
pub const MAX_IMPORT_ROWS: usize = 5000;

coded! {
    /// What an import did to a row that stays when it is taken back.
    ImportTrace {
        /// It made the person.
        Person = "person",
        /// It made the establishment.
        Establishment = "establishment",
        /// It gave the person a phone.
        Phone = "phone",
        /// It gave the establishment a tax code.
        TaxCode = "tax_code",
    }
}

coded! {
    /// How far an import is.
    ImportState {
        /// The file is there; nothing was written.
        Uploaded = "uploaded",
        /// Its rows are being gone through.
        Running = "running",
        /// Its rows are registered.
        Done = "done",
        /// Something went wrong; nothing was written.
        Failed = "failed",
        /// Taken back as a whole.
        Undone = "undone",
    }
}
