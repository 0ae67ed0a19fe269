//! What staff see of materials: a trainer's workshops and what is still
//! expected, and the files of one workshop with who brought them.

use crate::entity::{material, outbox};
use crate::{Actor, Failure, Headcount, Services, WorkshopView};
use domain::Act;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// One of a trainer's workshops.
#[derive(Clone, Debug)]
pub struct TaughtWorkshop {
    /// The workshop.
    pub view: WorkshopView,
    /// Its people in numbers.
    pub headcount: Headcount,
    /// How many files are handed out there.
    pub materials: u32,
}

/// The files of one workshop.
#[derive(Clone, Debug)]
pub struct MaterialsBoard {
    /// The workshop.
    pub workshop: WorkshopView,
    /// Its files, withdrawn ones too, each with the name of who brought it.
    pub files: Vec<(material::Model, String)>,
    /// How many people were written to about them.
    pub mailed: u64,
}

impl Services {
    /// The workshops whose materials the actor brings, latest first.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn taught_workshops(&self, actor: &Actor) -> Result<Vec<TaughtWorkshop>, Failure> {
        actor.require(Act::UploadMaterials)?;
        let workshops = self.count_heads(self.workshops(actor).await?).await?;
        let files: HashMap<i64, i64> = material::Entity::find()
            .select_only()
            .column(material::Column::WorkshopId)
            .column_as(Expr::col(material::Column::Id).count(), "number")
            .filter(material::Column::WithdrawnAt.is_null())
            .group_by(material::Column::WorkshopId)
            .into_tuple()
            .all(self.db.read())
            .await?
            .into_iter()
            .collect();
        Ok(workshops
            .into_iter()
            .map(|(view, headcount)| {
                let number = files.get(&view.row.id).copied().unwrap_or(0);
                TaughtWorkshop {
                    materials: u32::try_from(number).unwrap_or(u32::MAX),
                    headcount,
                    view,
                }
            })
            .collect())
    }

    /// The files of a workshop, who brought them, and whether people were
    /// written to about them: a file they know of is not withdrawn unnoticed.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn materials_board(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<MaterialsBoard, Failure> {
        let workshop = self
            .staff_workshop(actor, Act::UploadMaterials, slug)
            .await?;
        let rows = self.materials(actor, slug).await?;
        let labels = rows.iter().map(|row| row.uploaded_by.as_str());
        let names = self.names_of(labels).await?;
        let mailed = outbox::Entity::find()
            .filter(outbox::Column::WorkshopId.eq(workshop.row.id))
            .filter(outbox::Column::Purpose.eq(crate::mailing::PURPOSE))
            .count(self.db.read())
            .await?;
        let files = rows
            .into_iter()
            .map(|row| {
                let who = names.known(&row.uploaded_by).unwrap_or_default();
                let who = who.to_owned();
                (row, who)
            })
            .collect();
        Ok(MaterialsBoard {
            workshop,
            files,
            mailed,
        })
    }
}
