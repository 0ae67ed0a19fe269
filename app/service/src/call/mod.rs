//! Lists of those whom no mail reaches, of a change or of a message to many:
//! they are told by phone or Zalo, and what came of it is marked.

mod callee;
mod rows;

pub use callee::Callee;
pub use rows::{CallRow, Tried};

pub(crate) use callee::put_on_list;
pub(crate) use rows::{contacts, registrants, trainers};

use crate::audit::{Entry, record};
use crate::entity::call;
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
    /// Marks what came of calling somebody on a list, or takes that back. Once
    /// their own number is said to be wrong, that of who registered them is
    /// called; the next wrong number is that one.
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
                let numbers = numbers(&*tx, who, known.clone(), outcome).await?;
                let said = |row: &call::Model| (row.phone.clone(), row.via_phone.clone());
                let as_before = known.as_ref().map(said).unwrap_or_default() == numbers;
                if before == outcome && as_before {
                    return Ok(());
                }
                let is_known = known.is_some();
                let mut row = match known {
                    Some(row) => row.into_active_model(),
                    None => who.row(list),
                };
                let marked = outcome.is_some();
                row.outcome = Set(outcome.map(Into::into));
                (row.phone, row.via_phone) = (Set(numbers.0), Set(numbers.1));
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

/// The numbers that a mark is about: their own, and that of who registered them
/// where that one is called.
async fn numbers(
    db: &impl ConnectionTrait,
    who: Callee,
    known: Option<call::Model>,
    outcome: Option<CallOutcome>,
) -> Result<(Option<String>, Option<String>), Failure> {
    if outcome.is_none() {
        return Ok((None, None));
    }
    let before = known
        .as_ref()
        .map(|row| (row.phone.clone(), row.via_phone.clone()));
    let listed = Listed::from([(who, known)]);
    let rows = match who {
        Callee::Registration(_) => registrants(db, &listed).await?,
        Callee::Trainer(_) => trainers(db, &listed).await?,
        Callee::Contact(_) => contacts(db, &listed).await?,
    };
    let row = rows.into_iter().next().ok_or(Failure::NotFound)?;
    let via = row.via.as_ref().map(|(_, phone)| phone.clone());
    Ok(match row.tried() {
        Some(Tried::Own) => (row.phone, None),
        Some(Tried::Via) => (row.phone, via),
        // They were told in another way; which numbers are wrong stays known.
        None => before.unwrap_or((row.phone, None)),
    })
}
