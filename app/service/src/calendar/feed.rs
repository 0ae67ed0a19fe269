//! Calendars to subscribe to: the public one, and a secret one for each
//! organiser and trainer, with or without an account. No feed names a delegate.

use crate::audit::{Entry, record};
use crate::entity::{account, teaching, trainer, workshop};
use crate::teaching::Taught;
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::Duration;
use domain::{
    AccountRole, CalendarEvent, CalendarMethod, EventStatus, Lang, TeachingState, WorkshopState,
    write_calendar,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;
use std::collections::HashMap;
use text::Words;

/// How long what is over stays in a feed.
const KEPT: Duration = Duration::days(365);

/// What the signature of a feed's address is for.
const PURPOSE: &str = "feed";

/// The same of a trainer without an account, whose address begins with a letter.
const TRAINER_PURPOSE: &str = "trainer feed";
const TRAINER: char = 't';

/// The secret address of somebody's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedAddress {
    /// The whole address, to be pasted into a calendar program.
    pub url: String,
    /// The same for programs that subscribe at a click.
    pub webcal: String,
}

impl Services {
    /// All public workshops to come and of the last year, cancelled ones too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn public_calendar(&self, lang: Lang) -> Result<String, Failure> {
        let mut views = self.workshops(&Actor::Anonymous).await?;
        views.retain(|view| view.row.published_at.is_some());
        self.feed(&views, &HashMap::new(), lang, "calendar-name-public")
            .await
    }

    /// The calendar behind a secret address: an organiser's has all workshops,
    /// drafts too; a trainer's the sessions they teach and the workshops they
    /// are assigned to, without what they declined.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an address that is wrong, was replaced, or is
    /// that of a closed account.
    pub async fn private_calendar(&self, token: &str, lang: Lang) -> Result<String, Failure> {
        if let Some(token) = token.strip_prefix(TRAINER) {
            return self.trainer_calendar(token, lang).await;
        }
        let (id, signature) = token.split_once('-').ok_or(Failure::NotFound)?;
        let id: i64 = id.parse().map_err(|_| Failure::NotFound)?;
        let row = self.feed_account(id).await?;
        if !self.secret.verify(PURPOSE, &signed(&row), signature) {
            return Err(Failure::NotFound);
        }
        let actor = Actor::Account {
            id: row.id,
            role: *row.role,
            name: row.name.clone(),
        };
        let mut views = self.workshops(&actor).await?;
        let mut taught = Taught::default();
        if *row.role == AccountRole::Trainer {
            taught = Taught::of_account(self.db.read(), row.id).await?;
            let assigned = self.assigned_to(row.id).await?;
            for view in &mut views {
                let whole = assigned.contains(&view.row.id);
                view.sessions.retain(|each| {
                    !taught.declined.contains(&each.id) && (whole || taught.has(each.id))
                });
            }
        }
        self.feed(&views, &taught.asked, lang, "calendar-name-own")
            .await
    }

    /// The calendar of a trainer of the register who has no account.
    async fn trainer_calendar(&self, token: &str, lang: Lang) -> Result<String, Failure> {
        let (id, signature) = token.split_once('-').ok_or(Failure::NotFound)?;
        if !self.secret.verify(TRAINER_PURPOSE, id, signature) {
            return Err(Failure::NotFound);
        }
        let db = self.db.read();
        let row = trainer::Entity::find_by_id(id.parse::<i64>().map_err(|_| Failure::NotFound)?)
            .filter(trainer::Column::RetiredAt.is_null())
            // With an account there is an address of its own, which can be renewed.
            .filter(trainer::Column::AccountId.is_null())
            .one(db)
            .await?
            .ok_or(Failure::NotFound)?;
        let taught = Taught::as_seen(db, row.id).await?;
        let rows = workshop::Entity::find()
            .filter(workshop::Column::Id.is_in(taught.workshops(db).await?))
            .all(db)
            .await?;
        let mut views = self.with_sessions(rows, self.clock.now()).await?;
        for view in &mut views {
            view.sessions.retain(|each| taught.has(each.id));
        }
        self.feed(&views, &taught.asked, lang, "calendar-name-own")
            .await
    }

    /// The secret address of the calendar of a trainer without an account, for
    /// who has the link of a question to them; none with an account, which has
    /// an address of its own.
    ///
    /// # Errors
    /// As [`Services::teaching_by_link`].
    pub async fn feed_by_teaching_link(
        &self,
        token: &str,
        lang: Lang,
    ) -> Result<Option<FeedAddress>, Failure> {
        let trainer = self.trainer_of_link(token).await?;
        Ok(trainer.account_id.is_none().then(|| {
            let id = trainer.id.to_string();
            let signature = self.secret.sign(TRAINER_PURPOSE, &id);
            self.address_from(&format!("{TRAINER}{id}-{signature}"), lang)
        }))
    }

    /// The secret address of the actor's own calendar.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`] unless an organiser
    /// or a trainer asks.
    pub async fn feed_address(&self, actor: &Actor, lang: Lang) -> Result<FeedAddress, Failure> {
        let row = self.feed_account(owner(actor)?).await?;
        Ok(self.address_of(&row, lang))
    }

    /// Gives the actor's calendar another address; the one before leads to
    /// nothing any more.
    ///
    /// # Errors
    /// As [`Services::feed_address`].
    pub async fn renew_feed(&self, actor: &Actor) -> Result<(), Failure> {
        let id = owner(actor)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = account::Entity::find_by_id(id).one(&*tx).await?;
                let row = row.ok_or(Failure::NotFound)?;
                let version = row.feed_version + 1;
                let mut row = row.into_active_model();
                row.feed_version = Set(version);
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: "renew_feed",
                    noun: "account",
                    id,
                    before: None,
                    after: Some(json!({ "feed_version": version })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    fn address_of(&self, row: &account::Model, lang: Lang) -> FeedAddress {
        let signature = self.secret.sign(PURPOSE, &signed(row));
        self.address_from(&format!("{}-{signature}", row.id), lang)
    }

    fn address_from(&self, token: &str, lang: Lang) -> FeedAddress {
        let language = match lang {
            Lang::Vi => "",
            Lang::En => "?lang=en",
        };
        let url = self.link(&format!("/calendar/{token}.ics{language}"));
        let webcal = match url.split_once("://") {
            Some((_, rest)) => format!("webcal://{rest}"),
            None => url.clone(),
        };
        FeedAddress { url, webcal }
    }

    /// An account that has a calendar of its own.
    async fn feed_account(&self, id: i64) -> Result<account::Model, Failure> {
        account::Entity::find_by_id(id)
            .filter(account::Column::DisabledAt.is_null())
            .one(self.db.read())
            .await?
            .filter(|row| has_feed(*row.role) && (!row.is_demo || self.is_loopback()))
            .ok_or(Failure::NotFound)
    }

    async fn feed(
        &self,
        views: &[WorkshopView],
        asked: &HashMap<i64, teaching::Model>,
        lang: Lang,
        name: &str,
    ) -> Result<String, Failure> {
        let organizer = &self.frame().await?.organizer;
        let (words, since) = (Words(lang), self.clock.now() - KEPT);
        let mut events: Vec<CalendarEvent> = Vec::new();
        for view in views {
            for session in view.sessions.iter().filter(|each| each.ends_at >= since) {
                let uid = format!("session-{}@{}", session.id, self.host());
                let event = self.event(view, session, uid, lang, organizer);
                let teaching = asked.get(&session.id);
                let open = teaching.is_some_and(|row| *row.state == TeachingState::Asked);
                let status = match *view.row.state {
                    WorkshopState::Cancelled => EventStatus::Cancelled,
                    WorkshopState::Draft => EventStatus::Tentative,
                    WorkshopState::Published if open => EventStatus::Tentative,
                    WorkshopState::Published | WorkshopState::Closed => EventStatus::Confirmed,
                };
                let mut event = super::with_status(event, status);
                if let Some(row) = teaching.filter(|row| !row.expected.is_empty()) {
                    let expected = words
                        .say_with("calendar-expected", &[("expected", (&row.expected).into())]);
                    event.description = format!("{}\n{expected}", event.description);
                }
                events.push(event);
            }
        }
        events.sort_by_key(|event| event.starts_at);
        let office = organizer.name(lang);
        let name = words.say_with(name, &[("office", office.into())]);
        Ok(write_calendar(
            CalendarMethod::Publish,
            Some(&name),
            &events,
        ))
    }
}

fn has_feed(role: AccountRole) -> bool {
    matches!(role, AccountRole::Organizer | AccountRole::Trainer)
}

/// Whose calendar it is: an account's, no program's.
fn owner(actor: &Actor) -> Result<i64, Failure> {
    match actor {
        Actor::Account { id, role, .. } if has_feed(*role) => Ok(*id),
        Actor::Anonymous => Err(Failure::SignInNeeded),
        _ => Err(Failure::Forbidden),
    }
}

fn signed(row: &account::Model) -> String {
    format!("{}:{}", row.id, row.feed_version)
}
