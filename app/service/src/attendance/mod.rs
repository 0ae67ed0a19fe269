//! Who attended: the evidence, corrections, sheets on paper, and the figures
//! that are signed off.

mod board;
mod entry;
mod evidence;
mod keep;
mod lock;
mod mark;
mod names;
mod photo;
mod sheet;
mod undo_entry;
mod waiting;
mod who;

pub use board::{AttendancePage, AttendanceRow, Correction, Figures, SeenAtDoor, SignedOnPaper};
pub use entry::{Entered, EntryLook, SheetGuest};
pub(crate) use evidence::{attended, came, came_besides, came_to_any, came_to_session};
pub(crate) use keep::{keep_rows, note_merged};
pub(crate) use lock::{has_lock, lock_of, require_open};
pub(crate) use names::Names;
pub use photo::PhotoDownload;
pub use sheet::{SheetEntry, SheetLine, SheetRow, SheetView};
pub use waiting::FiguresToSign;
