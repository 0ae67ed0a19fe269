//! A file of delegates.

use crate::coded::coded;

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
