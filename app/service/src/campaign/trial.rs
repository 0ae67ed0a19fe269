//! A message sent to oneself first.

use super::letter::KIND;
use super::plan::check;
use crate::audit::Entry;
use crate::entity::account;
use crate::template::{EXAMPLE_CODE, Trial};
use crate::{Actor, Failure, PersonRow, Services};
use chrono::{DateTime, Utc};
use domain::{CampaignForm, DelegateRole, Lang, RegistrationSource, RegistrationState};
use serde_json::json;
use std::collections::HashSet;

impl Services {
    /// Sends the mail of a message as typed to the address of who is signed in,
    /// marked as a trial; name, code and links are not a delegate's. The same
    /// `nonce` sends it once. It is in the language that the message is for,
    /// else in `lang`. Returns the address.
    ///
    /// # Errors
    /// As [`Services::preview_campaign`]; [`Failure::TooMany`] and
    /// [`Failure::Forbidden`] as [`Services::try_template`].
    pub async fn try_campaign(
        &self,
        actor: &Actor,
        slug: &str,
        form: &CampaignForm,
        lang: Lang,
        nonce: &str,
    ) -> Result<String, Failure> {
        let view = &self.manage_people(actor, slug).await?;
        let account = &self.who_tries(actor).await?;
        let now = self.clock.now();
        let message = check(form, view, now)?;
        let audience = &message.audience;
        let lang = audience.lang.unwrap_or(lang);
        let seated = audience.states.contains(&RegistrationState::Booked);
        let state = match audience.states.first() {
            Some(first) if !seated => *first,
            _ => RegistrationState::Booked,
        };
        let me = [made_up(account, lang, state, now)];
        let organizer = &self.frame().await?.organizer;
        let (mut letter, stop) =
            self.campaign_letter(&message, view, &me, organizer, &HashSet::new())?;
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        letter.link = letter.link.map(|(words, _)| (words, page.clone()));
        let noted = Entry {
            deed: "try_campaign",
            noun: "workshop",
            id: view.row.id,
            before: None,
            after: Some(json!({ "lang": lang })),
        };
        let trial = Trial {
            kind: KIND.to_owned(),
            letter,
            stop: stop.map(|_| page),
            noted,
        };
        let organizer = &organizer.answering_for(view);
        self.send_trial(actor, account, organizer, trial, nonce)
            .await?;
        Ok(account.email.clone())
    }
}

/// Who is signed in, as a recipient.
fn made_up(
    account: &account::Model,
    lang: Lang,
    state: RegistrationState,
    now: DateTime<Utc>,
) -> PersonRow {
    PersonRow {
        id: 0,
        person_id: 0,
        full_name: account.name.clone(),
        lang,
        phone: None,
        phone_shared: 0,
        phone_fails: false,
        email: Some(account.email.clone()),
        mail_fails: false,
        establishment: String::new(),
        locality: String::new(),
        role: DelegateRole::Other,
        state,
        source: RegistrationSource::Online,
        code: EXAMPLE_CODE.to_owned(),
        party_id: None,
        invitation_id: None,
        via: None,
        created_at: now,
        offer_until: None,
        attended_at: None,
        consent_pending: false,
    }
}
