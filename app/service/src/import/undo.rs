//! Taking an import back as a whole.

use super::answers::forget;
use super::run::require_open;
use super::{import_of, reading_of};
use crate::audit::{Entry, record};
use crate::entity::{Code, audit, consent, import, person, registration};
use crate::likeness::hold_judgements;
use crate::mail::Occasion;
use crate::registration::who_came;
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use domain::{ImportState, RegistrationMove, RegistrationState, advance};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::json;
use std::collections::HashSet;

impl Services {
    /// Who stayed when an import was taken back, and where their registration
    /// stands by now.
    pub(super) async fn stayed_of(
        &self,
        import: &import::Model,
    ) -> Result<Vec<(String, RegistrationState)>, Failure> {
        if import.undone_at.is_none() {
            return Ok(Vec::new());
        }
        let rows = registration::Entity::find()
            .filter(registration::Column::ImportId.eq(import.id))
            .order_by_asc(registration::Column::Id)
            .find_also_related(person::Entity)
            .all(self.db.read())
            .await?;
        // Whoever had cancelled before has nothing that could stay.
        let stayed = rows.into_iter().filter(|(row, _)| row.state.is_active());
        Ok(stayed
            .filter_map(|(row, person)| Some((person?.full_name, *row.state)))
            .collect())
    }
}

/// What taking an import back came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportUndone {
    /// How many registrations were cancelled.
    pub cancelled: u32,
    /// Who stays, and where their registration stands: those who have come, and
    /// those with whom something happened since.
    pub stay: Vec<(String, RegistrationState)>,
}

impl Services {
    /// Cancels all registrations of an import that nobody has touched since: who
    /// has come, given or withdrawn a consent, answered a question or has
    /// another contact now stays, as does who took another step; a seat that the
    /// queue offered is offered on. People are told
    /// when they were told of the import, or were offered a seat. Persons and establishments that it
    /// made and that nothing else needs are shown nowhere any more; phones and
    /// tax codes that it filled in are taken out again.
    /// Freed seats are offered to those who wait.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] unless the import is done
    /// and the workshop is to come or under way;
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn undo_import(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<ImportUndone, Failure> {
        self.manage_people(actor, slug).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                // Nobody judges rows that are taken back.
                hold_judgements(&tx).await?;
                let workshop = lock_by_slug(&tx, slug).await?;
                let import = import_of(&*tx, workshop.id, id).await?;
                if *import.state != ImportState::Done {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                // What has taken place stays on record.
                require_open(&tx, &workshop, now).await?;
                let told = reading_of(&import)?.mails;
                let rows = registration::Entity::find()
                    .filter(registration::Column::ImportId.eq(id))
                    .order_by_asc(registration::Column::Id)
                    .find_also_related(person::Entity)
                    .all(&*tx)
                    .await?;
                let mut touched = who_came(&*tx, rows.iter().map(|(row, _)| row.id)).await?;
                touched.extend(who_spoke(&tx, id).await?);
                let moved = who_was_moved(&tx, id).await?;
                let mut undone = ImportUndone::default();
                let (mut taken_back, mut to_tell) = (Vec::new(), Vec::new());
                for (row, person) in rows {
                    let person = person.ok_or(Failure::NotFound)?;
                    let step = RegistrationMove::Cancel;
                    // An offer that came of itself is nobody's answer.
                    let offered = *row.state == RegistrationState::Offered;
                    let stands =
                        row.state_at == row.created_at || (offered && !moved.contains(&row.id));
                    let untouched = stands && !touched.contains(&row.id);
                    if !untouched || advance(*row.state, step).is_none() {
                        undone.stay.push((person.full_name, *row.state));
                        continue;
                    }
                    let row = self.change_state(&tx, actor, row, step, now).await?;
                    undone.cancelled += 1;
                    taken_back.push(row.id);
                    // Who was offered a seat was told of that at least.
                    if told || offered {
                        to_tell.push((row, person));
                    }
                }
                let sessions = sessions_of(&*tx, workshop.id).await?;
                let view = &WorkshopView::new(workshop.clone(), sessions, now);
                let dropped = to_tell
                    .iter()
                    .map(|(row, person)| (Occasion::Dropped, row, person));
                self.mail_to_persons(&tx, view, dropped, now).await?;
                forget(&tx, &taken_back).await?;
                let besides = self.take_back(&tx, &import, now).await?;
                let mut import = import.into_active_model();
                import.state = Set(Code(ImportState::Undone));
                import.undone_at = Set(Some(now));
                import.update(&*tx).await?;
                let entry = Entry {
                    deed: "undo_import",
                    noun: "workshop",
                    id: workshop.id,
                    before: None,
                    after: Some(json!({
                        "import": id, "people": undone.cancelled,
                        "persons": besides.persons, "establishments": besides.establishments,
                    })),
                };
                record(&*tx, actor, now, entry).await?;
                self.offer_seats(&tx, &Actor::System, &workshop, now)
                    .await?;
                Ok(undone)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }
}

/// The deeds that lead a registration to another state.
const MOVED: [&str; 7] = [
    "book",
    "queue",
    "offer",
    "lapse",
    "decline",
    "cancel",
    "substitute",
];

/// Whose registrations of an import somebody led to another state.
async fn who_was_moved(tx: &Tx, import_id: i64) -> Result<HashSet<i64>, Failure> {
    let moved: Vec<i64> = audit::Entity::find()
        .select_only()
        .column(audit::Column::NounId)
        .filter(audit::Column::Noun.eq("registration"))
        .filter(audit::Column::Deed.is_in(MOVED))
        .filter(audit::Column::Actor.ne(Actor::System.label()))
        .filter(audit::Column::NounId.in_subquery(of_import(import_id)))
        .into_tuple()
        .all(&**tx)
        .await?;
    Ok(moved.into_iter().collect())
}

fn of_import(import_id: i64) -> SelectStatement {
    Query::select()
        .column(registration::Column::Id)
        .from(registration::Entity)
        .and_where(registration::Column::ImportId.eq(import_id))
        .to_owned()
}

/// The deeds that say more of a registrant than the file did: another contact,
/// answers of their own. What the file itself answered is in no such line.
const SPOKEN: [&str; 3] = ["change_contact", "change_nominee", "answer"];

/// Whose registrations of an import say more than the file did: a consent, or
/// one of [`SPOKEN`].
async fn who_spoke(tx: &Tx, import_id: i64) -> Result<Vec<i64>, Failure> {
    let mut spoke: Vec<i64> = consent::Entity::find()
        .select_only()
        .column(consent::Column::RegistrationId)
        .filter(consent::Column::RegistrationId.in_subquery(of_import(import_id)))
        .into_tuple()
        .all(&**tx)
        .await?;
    let spoken: Vec<i64> = audit::Entity::find()
        .select_only()
        .column(audit::Column::NounId)
        .filter(audit::Column::Noun.eq("registration"))
        .filter(audit::Column::Deed.is_in(SPOKEN))
        .filter(audit::Column::NounId.in_subquery(of_import(import_id)))
        .into_tuple()
        .all(&**tx)
        .await?;
    spoke.extend(spoken);
    Ok(spoke)
}
