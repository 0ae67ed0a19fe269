//! Mails of a message that were written and have not left: written anew when
//! what they say, or for whom they are, is no longer so.

use super::letter::unasked_of;
use super::message_of;
use super::plan::{Reached, reached};
use crate::call::{CallList, Callee, listed, put_on_list};
use crate::entity::{Code, campaign, campaign_recipient, outbox, registration, workshop};
use crate::outbox::{NewMail, withhold_mails};
use crate::workshop::{lock_by_id, sessions_of};
use crate::{Failure, PersonRow, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::DeliveryState;
use sea_orm::sea_query::{Expr, OnConflict, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What becomes of mails that were written.
#[derive(Default)]
struct Anew {
    /// For whom each mail still is.
    mails: BTreeMap<i64, Vec<PersonRow>>,
    /// Registrations to be called instead.
    calls: Vec<i64>,
    /// Recipients, by their keys, whom a mail that goes to others does not tell
    /// any more: those to be called, and those for whom the message is not.
    called: Vec<i64>,
    left: Vec<i64>,
}

impl Services {
    /// Writes the mails anew that still wait, or the one of them with the key
    /// `only`, to those whom the message is still for; the others are withheld.
    /// Who shared a mailbox and has left it is called: what stands in that mail
    /// is for its readers alone. Returns the mails that are for nobody any
    /// more. Under the workshop's lock.
    pub(super) async fn write_anew(
        &self,
        tx: &Tx,
        workshop: workshop::Model,
        row: &campaign::Model,
        only: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Vec<i64>, Failure> {
        let message = message_of(row)?;
        let sessions = sessions_of(&**tx, workshop.id).await?;
        let view = WorkshopView::new(workshop, sessions, now);
        let organizer = self.frame_in(&**tx).await?.organizer;
        let found = reached(&**tx, view.row.id, &message).await?;
        // One in hand may come back, when its worker died.
        let which = Condition::all()
            .add(outbox::Column::CampaignId.eq(row.id))
            .add(outbox::Column::State.is_in(DeliveryState::TO_LEAVE.map(Code)))
            .add_option(only.map(|id| outbox::Column::Id.eq(id)));
        let waiting = outbox::Entity::find().filter(which).all(&**tx).await?;
        let waiting: HashMap<i64, outbox::Model> =
            waiting.into_iter().map(|mail| (mail.id, mail)).collect();
        let told = campaign_recipient::Entity::find()
            .filter(campaign_recipient::Column::CampaignId.eq(row.id))
            .filter(match only {
                Some(id) => campaign_recipient::Column::MailId.eq(id),
                None => campaign_recipient::Column::MailId.is_not_null(),
            })
            .all(&**tx)
            .await?;
        let anew = anew(found, &waiting, told);
        let unasked = unasked_of(&**tx, row.id, anew.mails.values()).await?;
        let (mut changed, mut for_nobody) = (Vec::new(), Vec::new());
        for (id, people) in &anew.mails {
            if people.is_empty() {
                for_nobody.push(*id);
                continue;
            }
            let mail = self.campaign_mail(&message, row.id, &view, people, &organizer, &unasked)?;
            if let Some(old) = waiting.get(id)
                && differs(old, &mail)
            {
                changed.push(said_anew(old.clone(), mail, now));
            }
        }
        save(tx, changed).await?;
        let list = CallList::Campaign(row.id);
        let listed = listed(&**tx, list, []).await?;
        let calls = anew.calls.into_iter().map(Callee::Registration);
        let calls = calls.filter(|who| !listed.contains_key(who)).collect();
        put_on_list(tx, list, calls).await?;
        told_by_no_mail(tx, anew.called, anew.left).await?;
        withhold_mails(&**tx, for_nobody.clone()).await?;
        Ok(for_nobody)
    }

    /// A mail that a worker is about to hand over, as it is to leave: one that
    /// names several who share a mailbox is written anew when one of them gave
    /// the seat up, passed it on or reads another mailbox by now. None when it
    /// is for nobody any more.
    pub(crate) async fn for_its_readers(
        &self,
        mail: outbox::Model,
    ) -> Result<Option<outbox::Model>, Failure> {
        let (Some(campaign_id), Some(workshop_id), None) =
            (mail.campaign_id, mail.workshop_id, mail.registration_id)
        else {
            return Ok(Some(mail));
        };
        let named: Vec<(DateTime<Utc>, Option<String>)> = registration::Entity::find()
            .select_only()
            .columns([registration::Column::StateAt, registration::Column::Email])
            .filter(registration::Column::Id.in_subquery(named_in(mail.id)))
            .into_tuple()
            .all(self.db.read())
            .await?;
        let as_written = |(at, email): &(DateTime<Utc>, Option<String>)| {
            *at <= mail.created_at && reads(email.as_ref(), &mail)
        };
        if named.iter().all(as_written) {
            return Ok(Some(mail));
        }
        let (id, now) = (mail.id, self.clock.now());
        self.db
            .write(|tx| async move {
                let workshop = lock_by_id(&tx, workshop_id).await?;
                let row = campaign::Entity::find_by_id(campaign_id).one(&*tx).await?;
                let row = row.ok_or(Failure::NotFound)?;
                let for_nobody = self.write_anew(&tx, workshop, &row, Some(id), now).await?;
                if for_nobody.contains(&id) {
                    return Ok(None);
                }
                Ok(outbox::Entity::find_by_id(id).one(&*tx).await?)
            })
            .await
    }
}

/// The registrations that a mail names.
fn named_in(mail_id: i64) -> SelectStatement {
    Query::select()
        .column(campaign_recipient::Column::RegistrationId)
        .from(campaign_recipient::Entity)
        .and_where(campaign_recipient::Column::MailId.eq(mail_id))
        .to_owned()
}

/// What becomes of the mails that wait, by who is reached now.
fn anew(
    found: Reached,
    waiting: &HashMap<i64, outbox::Model>,
    told: Vec<campaign_recipient::Model>,
) -> Anew {
    let to_call: HashSet<i64> = found.calls.iter().map(|one| one.id).collect();
    let people = found.mails.into_iter().flatten();
    let people: HashMap<i64, PersonRow> = people.map(|one| (one.id, one)).collect();
    let mut anew = Anew::default();
    let (mut called, mut left) = (Vec::new(), Vec::new());
    for one in told {
        let Some(mail) = one.mail_id.and_then(|id| waiting.get(&id)) else {
            continue;
        };
        let still = anew.mails.entry(mail.id).or_default();
        match people.get(&one.registration_id) {
            Some(person)
                if mail.registration_id.is_some() || reads(person.email.as_ref(), mail) =>
            {
                still.push(person.clone());
            }
            None if !to_call.contains(&one.registration_id) => left.push((mail.id, one.id)),
            _ => {
                anew.calls.push(one.registration_id);
                called.push((mail.id, one.id));
            }
        }
    }
    // Of a mail that is withheld it stays known whom it was for.
    let goes_on = |(mail, _): &(i64, i64)| anew.mails.get(mail).is_some_and(|to| !to.is_empty());
    let recipients = |of: Vec<(i64, i64)>| -> Vec<i64> {
        of.into_iter()
            .filter(goes_on)
            .map(|(_, recipient)| recipient)
            .collect()
    };
    let (called, left) = (recipients(called), recipients(left));
    Anew {
        called,
        left,
        ..anew
    }
}

/// Whether this is the mailbox that a mail goes to.
fn reads(address: Option<&String>, mail: &outbox::Model) -> bool {
    address.is_some_and(|address| address.to_lowercase() == mail.to_address.to_lowercase())
}

fn differs(old: &outbox::Model, new: &NewMail) -> bool {
    (&old.to_name, &old.to_address, &old.subject, &old.body_text)
        != (&new.to_name, &new.to_address, &new.subject, &new.body_text)
}

/// A mail with other words, which are of now. Its key stays, and so does its
/// Message-ID: it is the same mail.
fn said_anew(old: outbox::Model, new: NewMail, now: DateTime<Utc>) -> outbox::Model {
    outbox::Model {
        created_at: now,
        to_name: new.to_name,
        to_address: new.to_address,
        subject: new.subject,
        body_text: new.body_text,
        body_html: new.body_html,
        ..old
    }
}

/// Saves what these mails say, fifty a statement; whatever else became of them
/// stays.
async fn save(tx: &Tx, mails: Vec<outbox::Model>) -> Result<(), Failure> {
    let said = OnConflict::column(outbox::Column::Id)
        .update_columns([
            outbox::Column::CreatedAt,
            outbox::Column::ToName,
            outbox::Column::ToAddress,
            outbox::Column::Subject,
            outbox::Column::BodyText,
            outbox::Column::BodyHtml,
        ])
        .to_owned();
    for mails in mails.chunks(50) {
        let rows = mails.iter().cloned();
        outbox::Entity::insert_many(rows.map(IntoActiveModel::into_active_model))
            .on_conflict(said.clone())
            .exec_without_returning(&**tx)
            .await?;
    }
    Ok(())
}

/// Takes recipients off a mail that does not name them any more.
async fn told_by_no_mail(tx: &Tx, called: Vec<i64>, left: Vec<i64>) -> Result<(), Failure> {
    campaign_recipient::Entity::update_many()
        .col_expr(campaign_recipient::Column::MailId, Expr::value(None::<i64>))
        .filter(campaign_recipient::Column::Id.is_in(called))
        .exec(&**tx)
        .await?;
    campaign_recipient::Entity::delete_many()
        .filter(campaign_recipient::Column::Id.is_in(left))
        .exec(&**tx)
        .await?;
    Ok(())
}
