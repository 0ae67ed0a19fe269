//! A mail sent to oneself first.

use super::PreviewForm;
use super::recipient::chosen;
use crate::audit::{Entry, record};
use crate::db::lock_key;
use crate::entity::{account, outbox};
use crate::letter::Letter;
use crate::outbox::NewMail;
use crate::{Actor, Conflict, Failure, Organizer, Services, Tx};
use chrono::{DateTime, Duration, Utc};
use domain::{Act, TemplateOccasion};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use text::Words;

/// Trials that an account may send in a minute.
const TRIALS: usize = 5;

/// A mail to be tried: nothing in it is a delegate's.
pub(crate) struct Trial {
    /// What its purpose says it is.
    pub(crate) kind: String,
    pub(crate) letter: Letter,
    /// Where mails of its kind seem to be stopped.
    pub(crate) stop: Option<String>,
    /// What is noted when it is new.
    pub(crate) noted: Entry,
}

impl Services {
    /// Sends the mail with the words as typed to the address of who is signed
    /// in, marked as a trial; name and code are not a delegate's. The same
    /// `nonce` sends it once. Returns the address.
    ///
    /// # Errors
    /// [`Failure::TooMany`] after a handful in a minute;
    /// [`Conflict::NotAllowedNow`] while there is no workshop;
    /// [`Failure::Forbidden`] for a token, which has no address; as
    /// [`Services::preview_template`].
    pub async fn try_template(
        &self,
        actor: &Actor,
        occasion: TemplateOccasion,
        form: &PreviewForm,
        nonce: &str,
    ) -> Result<String, Failure> {
        actor.require(Act::EditTemplates)?;
        let account = &self.who_tries(actor).await?;
        let (lang, frame) = self.frame_with(occasion, form).await?;
        let views = self.workshops(actor).await?;
        let view = chosen(self.db.read(), occasion, &form.workshop, &views).await?;
        let view = view.ok_or(Failure::Conflict(Conflict::NotAllowedNow))?;
        let recipient = self.made_up(occasion, view, account.name.clone(), lang);
        let (letter, stop) = self
            .letter_to_show(occasion, view, recipient, lang, &frame)
            .await?;
        let noted = Entry {
            deed: "try_template",
            noun: "account",
            id: account.id,
            before: None,
            after: Some(json!({ "occasion": occasion, "lang": lang })),
        };
        let trial = Trial {
            kind: occasion.to_string(),
            letter,
            stop,
            noted,
        };
        let organizer = &frame.organizer.answering_for(view);
        self.send_trial(actor, account, organizer, trial, nonce)
            .await?;
        Ok(account.email.clone())
    }

    /// Who tries a mail: a token has no address.
    pub(crate) async fn who_tries(&self, actor: &Actor) -> Result<account::Model, Failure> {
        let Actor::Account { id, .. } = actor else {
            return Err(Failure::Forbidden);
        };
        let account = account::Entity::find_by_id(*id).one(self.db.read()).await?;
        account.ok_or(Failure::SignInNeeded)
    }

    /// Sends a trial to an account, marked as one; the same `nonce` once, and a
    /// handful a minute.
    pub(crate) async fn send_trial(
        &self,
        actor: &Actor,
        account: &account::Model,
        organizer: &Organizer,
        trial: Trial,
        nonce: &str,
    ) -> Result<(), Failure> {
        let Trial {
            kind,
            mut letter,
            stop,
            noted,
        } = trial;
        let subject = [("subject", (&letter.subject).into())];
        letter.subject = Words(letter.lang).say_with("mail-trial-subject", &subject);
        let nonce: String = nonce
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(32)
            .collect();
        let key = &format!("trial:{}", actor.label());
        let mail = &NewMail {
            purpose: format!("trial-{kind}-{nonce}"),
            recipient_key: key.clone(),
            to_name: account.name.clone(),
            to_address: account.email.clone(),
            // No one click: it would stop nothing.
            unsubscribe: None,
            ..letter.mail_that_stops(organizer, stop)?
        };
        let (noted, now) = (&noted, self.clock.now());
        self.db
            .write(|tx| async move {
                lock_key(&tx, key).await?;
                require_few(&tx, key, now).await?;
                if self.push_mail(&*tx, vec![mail.clone()], now).await? > 0 {
                    record(&*tx, actor, now, noted.clone()).await?;
                }
                Ok(())
            })
            .await
            .inspect(|()| self.ring_outbox())
    }
}

/// A handful of trials a minute, whichever server is asked.
async fn require_few(tx: &Tx, key: &str, now: DateTime<Utc>) -> Result<(), Failure> {
    let since = now - Duration::minutes(1);
    let moments: Vec<DateTime<Utc>> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::CreatedAt)
        .filter(outbox::Column::RecipientKey.eq(key))
        .filter(outbox::Column::CreatedAt.gt(since))
        .order_by_asc(outbox::Column::Id)
        .into_tuple()
        .all(&**tx)
        .await?;
    match moments.first() {
        Some(first) if moments.len() >= TRIALS => {
            Err(Failure::TooMany((*first - since).num_seconds() + 1))
        }
        _ => Ok(()),
    }
}
