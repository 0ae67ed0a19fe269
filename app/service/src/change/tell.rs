//! Telling everybody concerned, within the deed.

use super::reach::{dead_addresses, trainers_to_tell};
use super::{ChangeMessage, Changed};
use crate::calendar::{Telling, invited};
use crate::call::{CallList, Callee, put_on_list};
use crate::entity::{Code, outbox, person, registration, session, workshop_change};
use crate::mail::unasked;
use crate::workshop::WorkshopView;
use crate::{Failure, Notice, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{CalendarMethod, ChangeKind, Lang, RegistrationState, Tell};
use sea_orm::sea_query::IntoCondition;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
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
        let frame = self.frame_in(&**tx).await?;
        let organizer = &frame.organizer;
        let page = self.link(&format!("/workshops/{}", after.row.slug));
        let changed = Changed::of(row.clone());
        let [vi, en] = [Lang::Vi, Lang::En]
            .map(|lang| ChangeMessage::of(&changed, after, lang, &frame, &page));
        let mut told = Vec::new();
        if tell.booked {
            told.push(RegistrationState::Booked);
        }
        if tell.waiting {
            told.extend(RegistrationState::WAITING);
        }
        let people = concerned(tx, after.row.id, &told).await?;
        let dead = dead_addresses(&**tx, after.row.id).await?;
        let unasked = unasked(tx, people.iter().map(|(row, _)| row)).await?;
        // One look for all of them: the workshop is locked meanwhile.
        let of_workshop = outbox::Column::WorkshopId.eq(after.row.id);
        let telling = Telling {
            method,
            view: after,
            sessions,
            organizer,
            invited: invited(&**tx, of_workshop.into_condition()).await?,
        };
        let mut mails = Vec::new();
        let (mut told, mut calls) = (0, Vec::new());
        for (registration, person) in people {
            let Some(person) = person else { continue };
            told += 1;
            let works = registration
                .email
                .as_ref()
                .is_some_and(|address| !dead.contains(address));
            if !works {
                calls.push(Callee::Registration(registration.id));
            }
            let message = match *registration.lang {
                Lang::Vi => &vi,
                Lang::En => &en,
            };
            let notice = notice(message, changed.kind, row.version);
            let notice = notice.asking(&registration, &unasked);
            mails.extend(self.mails_to_registrant(&telling, &registration, &person, &notice)?);
        }
        self.push_mail(&**tx, mails, now).await?;
        if tell.trainers {
            let notice = Notice {
                link: Words(Lang::Vi).say("change-teach-link"),
                ..notice(&vi.for_trainers(), changed.kind, row.version)
            };
            self.tell_trainers(tx, method, after, sessions, &notice, now)
                .await?;
            let ids: Vec<i64> = sessions.iter().map(|session| session.id).collect();
            let (reach, called) = trainers_to_tell(&**tx, &ids).await?;
            told += i64::from(reach.all());
            calls.extend(called.into_iter().map(Callee::Trainer));
        }
        if tell.invited {
            let change = (changed.kind, after.row.id, row.version);
            let messages = [&vi, &en];
            let organizer = &organizer.answering_for(after);
            let (number, called) = self
                .tell_contacts(tx, organizer, messages, change, now)
                .await?;
            told += number;
            calls.extend(called);
        }
        put_on_list(tx, CallList::Change(row.id), calls).await?;
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
        purpose: purpose(kind, version),
        subject: message.subject.clone(),
        paragraphs: message.paragraphs.clone(),
        facts: message.beside.clone(),
        link: Words(message.lang).say("change-link"),
    }
}

/// The purpose of the mails of a change; those of further sessions begin with
/// it and a hyphen.
pub(super) fn purpose(kind: ChangeKind, version: i64) -> String {
    match kind {
        ChangeKind::Link => format!("link-changed-{version}"),
        _ => format!("{kind}-{version}"),
    }
}

/// The registrations of a workshop in one of the states, with their people.
pub(super) async fn concerned(
    tx: &Tx,
    workshop_id: i64,
    states: &[RegistrationState],
) -> Result<Vec<(registration::Model, Option<person::Model>)>, Failure> {
    let states = states.iter().copied().map(Code);
    Ok(registration::Entity::find()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::State.is_in(states))
        .find_also_related(person::Entity)
        .all(&**tx)
        .await?)
}
