//! Lists of those whom no mail reaches, of a change or of a message to many:
//! they are told by phone or Zalo, and what came of it is marked.

mod callee;
mod rows;

pub use callee::Callee;
pub use rows::CallRow;

pub(crate) use callee::put_on_list;
pub(crate) use rows::{contacts, registrants, trainers};

use crate::audit::{Entry, record};
use crate::entity::{call, invitation, person, registration, trainer};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services};
use domain::CallOutcome;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, Set,
};
use serde_json::json;
use std::collections::HashMap;

/// Of what people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallList {
    /// A change, by its key.
    Change(i64),
    /// A message to many, by its key.
    Campaign(i64),
}

impl CallList {
    fn rows(self) -> Condition {
        match self {
            Self::Change(id) => Condition::all().add(call::Column::ChangeId.eq(id)),
            Self::Campaign(id) => Condition::all().add(call::Column::CampaignId.eq(id)),
        }
    }
}

/// Who stands on a list, each with what was marked.
pub(crate) type Listed = HashMap<Callee, Option<call::Model>>;

/// Those on a list: who was put on it or marked, and besides them these.
pub(crate) async fn listed(
    db: &impl ConnectionTrait,
    list: CallList,
    besides: impl IntoIterator<Item = Callee>,
) -> Result<Listed, Failure> {
    let mut listed: Listed = besides.into_iter().map(|callee| (callee, None)).collect();
    let rows = call::Entity::find().filter(list.rows()).all(db).await?;
    let rows = rows.into_iter();
    listed.extend(rows.filter_map(|row| Some((Callee::of(&row)?, Some(row)))));
    Ok(listed)
}

impl Services {
    /// Marks what came of calling somebody on a list, or takes that back.
    ///
    /// # Errors
    /// [`Failure::NotFound`], also for who is not on the list; as
    /// [`Services::staff_workshop`].
    pub async fn mark_call(
        &self,
        actor: &Actor,
        slug: &str,
        list: CallList,
        who: Callee,
        outcome: Option<CallOutcome>,
    ) -> Result<(), Failure> {
        let view = self.manage_people(actor, slug).await?;
        let now = self.clock.now();
        let workshop_id = view.row.id;
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, workshop_id).await?;
                let on_list = match list {
                    CallList::Change(id) => crate::change::calls_of(&*tx, workshop_id, id).await?,
                    CallList::Campaign(id) => {
                        crate::campaign::calls_of(&*tx, workshop_id, id).await?
                    }
                };
                let known = on_list.get(&who).ok_or(Failure::NotFound)?.clone();
                let before = known.as_ref().and_then(|row| Some(*row.outcome?));
                if before == outcome {
                    return Ok(());
                }
                let is_known = known.is_some();
                let mut row = match known {
                    Some(row) => row.into_active_model(),
                    None => who.row(list),
                };
                let marked = outcome.is_some();
                row.outcome = Set(outcome.map(Into::into));
                row.phone = Set(own_number(&*tx, who).await?.filter(|_| marked));
                row.marked_at = Set(marked.then_some(now));
                row.marked_by = Set(marked.then(|| actor.label()));
                if is_known {
                    row.update(&*tx).await?;
                } else {
                    row.insert(&*tx).await?;
                }
                let (noun, id) = who.noun();
                let entry = Entry {
                    deed: "mark_call",
                    noun,
                    id,
                    before: Some(json!({ "outcome": before })),
                    after: Some(json!({ "outcome": outcome })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

/// The number on file.
async fn own_number(db: &impl ConnectionTrait, who: Callee) -> Result<Option<String>, Failure> {
    Ok(match who {
        Callee::Registration(id) => registration::Entity::find_by_id(id)
            .find_also_related(person::Entity)
            .one(db)
            .await?
            .and_then(|(_, person)| person?.phone),
        Callee::Trainer(id) => trainer::Entity::find_by_id(id)
            .one(db)
            .await?
            .and_then(|row| row.phone),
        Callee::Contact(id) => invitation::Entity::find_by_id(id)
            .one(db)
            .await?
            .and_then(|row| row.contact_phone),
    })
}
