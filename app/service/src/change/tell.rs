//! Telling everybody concerned, within the deed.

use super::plan::dead_addresses;
use super::{ChangeMessage, Changed};
use crate::entity::{Code, call, outbox, person, registration, session, workshop_change};
use crate::workshop::WorkshopView;
use crate::{Failure, Notice, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{CalendarMethod, ChangeKind, Lang, RegistrationState, Tell};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set,
};
use std::collections::HashSet;
use text::Words;

impl Services {
    /// Pushes the mails and puts those without a working address on the list
    /// of calls. Notes how many are concerned.
    #[expect(clippy::too_many_arguments, reason = "the parts of one change")]
    pub(super) async fn tell(
        &self,
        tx: &Tx,
        method: CalendarMethod,
        after: &WorkshopView,
        sessions: &[session::Model],
        row: &workshop_change::Model,
        tell: &Tell,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let organizer = self.frame_in(&**tx).await?.organizer;
        let page = self.link(&format!("/workshops/{}", after.row.slug));
        let changed = Changed::of(row.clone());
        let [vi, en] = [Lang::Vi, Lang::En]
            .map(|lang| ChangeMessage::of(&changed, after, lang, &organizer, &page));
        let people = concerned(tx, after.row.id, tell).await?;
        let dead = dead(tx, &people).await?;
        let (mut told, mut calls) = (0, Vec::new());
        for (registration, person) in people {
            let Some(person) = person else { continue };
            told += 1;
            let works = registration
                .email
                .as_ref()
                .is_some_and(|address| !dead.contains(address));
            if !works {
                calls.push(registration.id);
            }
            if registration.email.is_none() {
                continue;
            }
            let message = match *registration.lang {
                Lang::Vi => &vi,
                Lang::En => &en,
            };
            let notice = notice(message, changed.kind, row.version);
            self.push_invitations(
                tx,
                method,
                after,
                sessions,
                &registration,
                &person,
                &notice,
                now,
            )
            .await?;
        }
        if !calls.is_empty() {
            let rows = calls.into_iter().map(|registration_id| call::ActiveModel {
                change_id: Set(row.id),
                registration_id: Set(registration_id),
                reached_at: Set(None),
                reached_by: Set(None),
                ..Default::default()
            });
            call::Entity::insert_many(rows).exec(&**tx).await?;
        }
        let mut row = row.clone().into_active_model();
        row.told = Set(told);
        row.update(&**tx).await?;
        Ok(())
    }
}

/// The mail of one change; its purpose carries the version, so that the next
/// change is told too.
fn notice(message: &ChangeMessage, kind: ChangeKind, version: i64) -> Notice {
    Notice {
        purpose: format!("{kind}-{version}"),
        subject: message.subject.clone(),
        paragraphs: message.paragraphs.clone(),
        facts: message.facts.clone(),
        link: Words(message.lang).say("change-link"),
    }
}

async fn concerned(
    tx: &Tx,
    workshop_id: i64,
    tell: &Tell,
) -> Result<Vec<(registration::Model, Option<person::Model>)>, Failure> {
    let states = [
        (tell.booked, RegistrationState::Booked),
        (tell.waiting, RegistrationState::Waitlisted),
    ];
    let states = states
        .into_iter()
        .filter_map(|(told, state)| told.then_some(Code(state)));
    Ok(registration::Entity::find()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::State.is_in(states))
        .find_also_related(person::Entity)
        .all(&**tx)
        .await?)
}

/// Which of their addresses a mail server refused for good.
async fn dead(
    tx: &Tx,
    people: &[(registration::Model, Option<person::Model>)],
) -> Result<HashSet<String>, Failure> {
    let addresses: HashSet<&str> = people
        .iter()
        .filter_map(|(row, _)| row.email.as_deref())
        .collect();
    let dead: Vec<String> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::ToAddress)
        .distinct()
        .filter(outbox::Column::ToAddress.in_subquery(dead_addresses()))
        .into_tuple()
        .all(&**tx)
        .await?;
    Ok(dead
        .into_iter()
        .filter(|address| addresses.contains(address.as_str()))
        .collect())
}
