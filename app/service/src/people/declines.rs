//! People whose request was declined by itself at closing, and whom no mail
//! tells: they are called, lest they come.

use super::to_call::{ToCall, to_call};
use crate::audit::{Entry, record};
use crate::entity::{Code, audit, registration, session, workshop};
use crate::reachable::{reached_through, unreached_by_mail};
use crate::registration::{active, load_of};
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Organizer, Services};
use domain::{Act, Lang, RegistrationState, WorkshopState};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use std::collections::{BTreeMap, BTreeSet};
use text::Words;

/// Somebody to be told that a request was declined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclineCall {
    /// The key of the registration.
    pub id: i64,
    /// The workshop's address.
    pub slug: String,
    /// The workshop's title in Vietnamese.
    pub title_vi: String,
    /// The workshop's title in English; may be empty.
    pub title_en: String,
    /// The name.
    pub full_name: String,
    /// Phone, if one is known.
    pub phone: Option<String>,
    /// The establishment.
    pub establishment: String,
    /// The language of the text for Zalo.
    pub lang: Lang,
    /// The text to copy into Zalo.
    pub zalo: String,
    /// Name and phone of who registered the person, if somebody else did.
    pub via: Option<(String, String)>,
}

/// Calls that are shown at once; the others follow when these are made.
const CALLS: u64 = 50;

impl Services {
    /// Whose request was declined by itself, is reached by no mail, neither
    /// through who registered them, and has not been told, while the workshop is
    /// not over; 50 at most.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn declines_to_call(&self, actor: &Actor) -> Result<Vec<DeclineCall>, Failure> {
        actor.require(Act::ReadPeople)?;
        let by_itself = Query::select()
            .expr(Expr::val(1))
            .from(audit::Entity)
            .and_where(Expr::col((audit::Entity, audit::Column::Noun)).eq("registration"))
            .and_where(
                Expr::col((audit::Entity, audit::Column::NounId))
                    .equals((registration::Entity, registration::Column::Id)),
            )
            .and_where(Expr::col((audit::Entity, audit::Column::Deed)).eq("decline"))
            .and_where(Expr::col((audit::Entity, audit::Column::Actor)).eq(Actor::System.label()))
            .to_owned();
        let to_come = Query::select()
            .column(session::Column::WorkshopId)
            .from(session::Entity)
            .and_where(session::Column::EndsAt.gt(self.clock.now()))
            .to_owned();
        let rows: Vec<ToCall> = to_call()
            .filter(registration::Column::State.eq(Code(RegistrationState::Declined)))
            .filter(registration::Column::ToldAt.is_null())
            .filter(workshop::Column::State.eq(Code(WorkshopState::Published)))
            .filter(registration::Column::WorkshopId.in_subquery(to_come))
            .filter(Expr::exists(by_itself))
            .filter(stands_anew().not())
            .filter(unreached_by_mail())
            .filter(reached_through().not())
            .order_by_asc(registration::Column::StateAt)
            .order_by_asc(registration::Column::Id)
            .limit(CALLS)
            .into_model()
            .all(self.db.read())
            .await?;
        let organizer = self.frame().await?.organizer;
        let ids: BTreeSet<i64> = rows.iter().map(|row| row.workshop_id).collect();
        let workshops = workshop::Entity::find()
            .filter(workshop::Column::Id.is_in(ids))
            .all(self.db.read())
            .await?;
        let views = self.with_sessions(workshops, self.clock.now()).await?;
        let answering: BTreeMap<i64, Organizer> = views
            .iter()
            .map(|view| (view.row.id, organizer.answering_for(view)))
            .collect();
        let mut vias = self.vias_of(&rows).await?;
        let call = |row: ToCall| DeclineCall {
            zalo: zalo(&row, answering.get(&row.workshop_id).unwrap_or(&organizer)),
            via: vias.remove(&row.id),
            id: row.id,
            lang: *row.lang,
            slug: row.slug,
            title_vi: row.title_vi,
            title_en: row.title_en,
            full_name: row.full_name,
            phone: row.phone,
            establishment: row.establishment,
        };
        Ok(rows.into_iter().map(call).collect())
    }

    /// Writes down that somebody whose request was declined has been told by
    /// phone or Zalo. Twice is harmless.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for who was not declined, or is registered
    /// anew since;
    /// [`Failure::NotFound`] for somebody of another workshop; as
    /// [`Services::staff_workshop`].
    pub async fn tell_declined(&self, actor: &Actor, slug: &str, id: i64) -> Result<(), Failure> {
        let view = self.manage_people(actor, slug).await?;
        let workshop_id = view.row.id;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, workshop_id).await?;
                let row = load_of(&*tx, workshop_id, id).await?;
                if *row.state != RegistrationState::Declined {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                if row.told_at.is_some() {
                    return Ok(());
                }
                if active(&*tx, workshop_id, row.person_id).await?.is_some() {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let mut row = row.into_active_model();
                row.told_at = Set(Some(now));
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: "tell_declined",
                    noun: "registration",
                    id,
                    before: None,
                    after: None,
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

/// Whether the same person is registered for the same workshop again, and that
/// stands: who comes after all is told of no refusal.
fn stands_anew() -> Expr {
    let later = || Alias::new("later");
    let same = |column: registration::Column| {
        Expr::col((later(), column)).equals((registration::Entity, column))
    };
    let standing = Query::select()
        .expr(Expr::val(1))
        .from_as(registration::Entity, later())
        .and_where(same(registration::Column::WorkshopId))
        .and_where(same(registration::Column::PersonId))
        .and_where(
            Expr::col((later(), registration::Column::State))
                .is_in(RegistrationState::ACTIVE.map(Code)),
        )
        .to_owned();
    Expr::exists(standing)
}

/// What somebody who was declined is told, with whom to ask.
fn zalo(row: &ToCall, organizer: &Organizer) -> String {
    let lang = *row.lang;
    let words = Words(lang);
    let title = lang.choose(&row.title_vi, &row.title_en);
    let args = [("name", (&row.full_name).into()), ("title", title.into())];
    let mut lines = vec![words.say_with("people-declined-zalo", &args)];
    let contact = organizer.contact();
    if !contact.is_empty() {
        let contact = [("contact", (&contact).into())];
        lines.push(words.say_with("change-zalo-contact", &contact));
    }
    lines.push(organizer.name(lang).to_owned());
    lines.join("\n")
}
