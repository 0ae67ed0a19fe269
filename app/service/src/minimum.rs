//! Workshops that too few people have registered for: the organisers are told
//! once, and decide.

use crate::audit::{Entry, record};
use crate::entity::{Code, account, session, workshop};
use crate::letter::Letter;
use crate::outbox::NewMail;
use crate::registration::count_seats;
use crate::workshop::{lock_by_id, lock_by_slug, sessions_of};
use crate::{Actor, Conflict, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{AccountRole, Act, Lang, Phase, WorkshopState};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set,
};
use serde_json::json;
use text::Words;

impl Services {
    /// Tells the organisers of workshops that miss their minimum, each once.
    /// What is due is found by its state: a server that was down at that hour
    /// tells when it is back, unless the workshop has begun meanwhile. Returns
    /// how many were told of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_minimums(&self) -> Result<u32, Failure> {
        let now = self.clock.now();
        let begun = Query::select()
            .column(session::Column::WorkshopId)
            .from(session::Entity)
            .and_where(session::Column::StartsAt.lte(now))
            .to_owned();
        let due: Vec<i64> = workshop::Entity::find()
            .select_only()
            .column(workshop::Column::Id)
            .filter(workshop::Column::State.eq(Code(WorkshopState::Published)))
            .filter(workshop::Column::Minimum.is_not_null())
            .filter(workshop::Column::MinimumBy.lte(now))
            .filter(workshop::Column::MinimumAlertedAt.is_null())
            .filter(workshop::Column::MinimumSettledAt.is_null())
            .filter(workshop::Column::Id.not_in_subquery(begun))
            .into_tuple()
            .all(self.db.read())
            .await?;
        let mut told = 0;
        for id in due {
            let alerted = self
                .db
                .write(|tx| async move { self.alert(&tx, id, now).await });
            match alerted.await {
                Ok(alerted) => told += u32::from(alerted),
                // One that cannot be told of does not keep the others waiting.
                Err(failure) => tracing::error!(%failure, "a minimum is told of later"),
            }
        }
        if told > 0 {
            self.ring_outbox();
        }
        Ok(told)
    }

    async fn alert(&self, tx: &Tx, id: i64, now: DateTime<Utc>) -> Result<bool, Failure> {
        let row = lock_by_id(tx, id).await?;
        let sessions = sessions_of(&**tx, id).await?;
        let view = WorkshopView::new(row, sessions, now);
        let booked = count_seats(&**tx, &view.row).await?.booked;
        let missed = view
            .minimum()
            .is_some_and(|minimum| minimum.is_missed(booked, now));
        if !missed || view.row.minimum_alerted_at.is_some() || view.phase != Phase::Upcoming {
            return Ok(false);
        }
        let organizers = account::Entity::find()
            .filter(account::Column::Role.eq(Code(AccountRole::Organizer)))
            .filter(account::Column::DisabledAt.is_null())
            .all(&**tx)
            .await?;
        let mut mails = Vec::new();
        for organizer in organizers {
            mails.push(self.minimum_mail(tx, &view, booked, organizer, now).await?);
        }
        self.push_mail(&**tx, mails, now).await?;
        let mut row = view.row.into_active_model();
        row.minimum_alerted_at = Set(Some(now));
        row.update(&**tx).await?;
        let entry = Entry {
            deed: "alert_minimum",
            noun: "workshop",
            id,
            before: None,
            after: Some(json!({ "booked": booked })),
        };
        record(&**tx, &Actor::System, now, entry).await?;
        Ok(true)
    }

    async fn minimum_mail(
        &self,
        tx: &Tx,
        view: &WorkshopView,
        booked: u32,
        organizer: account::Model,
        now: DateTime<Utc>,
    ) -> Result<NewMail, Failure> {
        let words = Words(Lang::Vi);
        let args = [
            ("title", view.title(Lang::Vi).into()),
            ("booked", booked.into()),
            ("minimum", view.row.minimum.unwrap_or(0).into()),
            ("at", words.day_time(view.starts_at()).into()),
        ];
        let page = self.link(&format!("/manage/workshops/{}", view.row.slug));
        // What there is to decide, each with the page where it is prepared.
        let ways = [
            ("manage-minimum-go-ahead", page.clone()),
            (
                "manage-minimum-postpone",
                format!("{page}/move?why=minimum"),
            ),
            (
                "manage-minimum-cancel",
                format!("{page}/call-off?why=minimum"),
            ),
        ];
        let ways = ways.map(|(key, address)| (words.say(key), address));
        let mut facts = crate::mail::workshop_facts(view, Lang::Vi);
        facts.extend(ways);
        let letter = Letter {
            lang: Lang::Vi,
            name: organizer.name,
            subject: words.say_with("minimum-subject", &args),
            paragraphs: vec![
                words.say_with("minimum-body", &args),
                words.say("minimum-choices"),
            ],
            facts,
            link: Some((words.say("minimum-link"), page)),
        };
        let office = self.frame_in(&**tx).await?.organizer;
        Ok(NewMail {
            // Another cut-off, after a move, is told of again.
            purpose: format!("minimum-{}-{}", view.row.id, now.timestamp()),
            recipient_key: format!("account:{}", organizer.id),
            workshop_id: Some(view.row.id),
            to_address: organizer.email,
            ..letter.mail(&office)?
        })
    }

    /// Decides to hold a workshop although its minimum was missed.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] when there is nothing to decide.
    pub async fn go_ahead(&self, actor: &Actor, slug: &str) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = lock_by_slug(&tx, slug).await?;
                let has_minimum = row.minimum.is_some() && row.minimum_settled_at.is_none();
                if !has_minimum || *row.state != WorkshopState::Published {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let id = row.id;
                let mut row = row.into_active_model();
                row.minimum_settled_at = Set(Some(now));
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: "go_ahead",
                    noun: "workshop",
                    id,
                    before: None,
                    after: Some(json!({})),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}
