//! People whose request was declined by itself at closing, and whom no mail
//! tells: they are called, lest they come.

use crate::audit::{Entry, record};
use crate::entity::{Code, audit, establishment, person, registration, session, workshop};
use crate::reachable::{phone_of, reached_through, unreached_by_mail};
use crate::registration::load_of;
use crate::workshop::lock_by_id;
use crate::{Actor, Conflict, Failure, Services};
use domain::{Act, Lang, RegistrationState, WorkshopState};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
};
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
}

#[derive(FromQueryResult)]
struct Flat {
    id: i64,
    lang: Code<Lang>,
    slug: String,
    title_vi: String,
    title_en: String,
    full_name: String,
    phone: Option<String>,
    establishment: String,
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
        let rows: Vec<Flat> = registration::Entity::find()
            .select_only()
            .columns([registration::Column::Id, registration::Column::Lang])
            .columns([
                workshop::Column::Slug,
                workshop::Column::TitleVi,
                workshop::Column::TitleEn,
            ])
            .column(person::Column::FullName)
            .expr_as(phone_of(), "phone")
            .column_as(establishment::Column::Name, "establishment")
            .join(JoinType::InnerJoin, registration::Relation::Workshop.def())
            .join(JoinType::InnerJoin, registration::Relation::Person.def())
            .join(
                JoinType::InnerJoin,
                registration::Relation::Establishment.def(),
            )
            .filter(registration::Column::State.eq(Code(RegistrationState::Declined)))
            .filter(registration::Column::ToldAt.is_null())
            .filter(workshop::Column::State.eq(Code(WorkshopState::Published)))
            .filter(registration::Column::WorkshopId.in_subquery(to_come))
            .filter(Expr::exists(by_itself))
            .filter(unreached_by_mail())
            .filter(reached_through().not())
            .order_by_asc(registration::Column::StateAt)
            .order_by_asc(registration::Column::Id)
            .limit(CALLS)
            .into_model()
            .all(self.db.read())
            .await?;
        let organizer = &self.frame().await?.organizer;
        let zalo = |row: &Flat| {
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
        };
        Ok(rows
            .into_iter()
            .map(|row| DeclineCall {
                zalo: zalo(&row),
                id: row.id,
                lang: *row.lang,
                slug: row.slug,
                title_vi: row.title_vi,
                title_en: row.title_en,
                full_name: row.full_name,
                phone: row.phone,
                establishment: row.establishment,
            })
            .collect())
    }

    /// Writes down that somebody whose request was declined has been told by
    /// phone or Zalo. Twice is harmless.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for who was not declined;
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
