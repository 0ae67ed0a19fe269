//! What an import made and filled in, written down so that it can be taken
//! back.

use super::known::AT_ONCE;
use crate::entity::{Code, import_trace};
use crate::{Failure, Services, Tx};
use domain::ImportTrace;
use sea_orm::{EntityTrait, Set};

/// The traces of one import, written together.
pub(super) struct Traces {
    import_id: i64,
    rows: Vec<import_trace::ActiveModel>,
}

impl Traces {
    pub(super) fn of(import_id: i64) -> Self {
        Self {
            import_id,
            rows: Vec::new(),
        }
    }

    /// That a row was made.
    pub(super) fn made(&mut self, kind: ImportTrace, row_id: i64) {
        self.add(kind, row_id, None);
    }

    /// That something was filled in.
    pub(super) fn filled(&mut self, kind: ImportTrace, row_id: i64, what: String) {
        self.add(kind, row_id, Some(what));
    }

    fn add(&mut self, kind: ImportTrace, row_id: i64, filled: Option<String>) {
        self.rows.push(import_trace::ActiveModel {
            import_id: Set(self.import_id),
            kind: Set(Code(kind)),
            row_id: Set(row_id),
            filled: Set(filled),
            ..Default::default()
        });
    }

    pub(super) async fn keep(self, tx: &Tx) -> Result<(), Failure> {
        for rows in self.rows.chunks(AT_ONCE) {
            import_trace::Entity::insert_many(rows.to_vec())
                .exec_without_returning(&**tx)
                .await?;
        }
        Ok(())
    }
}

impl Services {
    /// A phone as traces hold it: told by its signature, and no second copy of
    /// it.
    pub(super) fn traced_phone(&self, phone: &str) -> String {
        self.secret.sign("import-phone", phone)
    }
}
