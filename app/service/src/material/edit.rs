//! What is said of a material, put right.

use super::{OpenShelf, Shelf};
use crate::audit::{Entry, record};
use crate::entity::{Code, material};
use crate::{Actor, Failure, Services};
use domain::{Coded, MaterialForm, Reason, join_codes};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use serde_json::{Value, json};

impl Services {
    /// Says what a material is, whom it is for and from when.
    ///
    /// # Errors
    /// Problems as in [`MaterialForm::check`], and with a missing
    /// `material_title_vi` or `material_kind`; [`Failure::NotFound`]; as
    /// [`Services::open_shelf`]. Trainers change what they brought.
    pub async fn revise_material(
        &self,
        actor: &Actor,
        shelf: Shelf<'_>,
        id: i64,
        form: &MaterialForm,
    ) -> Result<(), Failure> {
        let open = &self.open_shelf(actor, shelf).await?;
        let new = form
            .check_whole(&open.sessions(), open.workshop.is_some())
            .map_err(Failure::Invalid)?;
        let (Some(title), Some(kind)) = (&new.title_vi, new.kind) else {
            return Err(Failure::problem("material_title_vi", Reason::Required));
        };
        let (new, now) = (&new, self.clock.now());
        self.db
            .write(|tx| async move {
                open.lock(&tx).await?;
                let before = open.find_to_change(&*tx, id).await?;
                let was = said(&before);
                let mut row = before.into_active_model();
                row.title_vi = Set(title.clone());
                row.title_en = Set(new.title_en.clone());
                row.kind = Set(Code(kind));
                row.rights = Set(new.rights.clone());
                row.visibility = Set(Code(new.visibility));
                row.timing = Set(Code(new.timing));
                row.session_id = Set(new.session_id);
                row.sectors = Set(join_codes(&new.sectors));
                let row = row.update(&*tx).await?;
                let (noun, id) = open.noun();
                let entry = Entry {
                    deed: "revise_material",
                    noun,
                    id,
                    before: Some(was),
                    after: Some(said(&row)),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

/// What the log keeps of it.
fn said(row: &material::Model) -> Value {
    json!({
        "material_title_vi": row.title_vi,
        "material_title_en": row.title_en,
        "material_kind": row.kind.code(),
        "rights": row.rights,
        "visibility": row.visibility.code(),
        "timing": row.timing.code(),
        "sectors": row.sectors,
    })
}

impl OpenShelf {
    /// A material of this shelf that the actor sees.
    pub(super) async fn find(
        &self,
        db: &impl ConnectionTrait,
        id: i64,
    ) -> Result<material::Model, Failure> {
        let found = material::Entity::find_by_id(id)
            .filter(self.condition())
            .one(db)
            .await?;
        found
            .filter(|row| self.sees(row.session_id))
            .ok_or(Failure::NotFound)
    }

    /// As [`OpenShelf::find`], for who may change it.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] for a trainer who did not bring it.
    pub(super) async fn find_to_change(
        &self,
        db: &impl ConnectionTrait,
        id: i64,
    ) -> Result<material::Model, Failure> {
        let found = self.find(db, id).await?;
        if self.may_change(&found) {
            Ok(found)
        } else {
            Err(Failure::Forbidden)
        }
    }
}

/// What is said of a material, as the form that puts it right.
#[must_use]
pub fn material_form(row: &material::Model) -> MaterialForm {
    let sectors = row.sectors.split(',').filter(|code| !code.is_empty());
    MaterialForm {
        title_vi: row.title_vi.clone(),
        title_en: row.title_en.clone(),
        kind: row.kind.code().to_owned(),
        rights: row.rights.clone(),
        visibility: row.visibility.code().to_owned(),
        timing: row.timing.code().to_owned(),
        session: row.session_id.map(|id| id.to_string()).unwrap_or_default(),
        sectors: sectors.map(str::to_owned).collect(),
    }
}

/// What belongs to a session that goes belongs to its workshop from then on.
pub(crate) async fn keep_materials(
    tx: &impl ConnectionTrait,
    session_id: i64,
) -> Result<(), Failure> {
    material::Entity::update_many()
        .col_expr(material::Column::SessionId, Expr::value(None::<i64>))
        .filter(material::Column::SessionId.eq(session_id))
        .exec(tx)
        .await?;
    Ok(())
}
