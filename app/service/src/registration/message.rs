//! Writing to people of a workshop whom an organiser chose.

use super::decide::{chosen_rows, seen_states};
use crate::audit::{Entry, record};
use crate::calendar::Telling;
use crate::letter::paragraphs;
use crate::mail::unasked;
use crate::reachable::unreached_of;
use crate::workshop::{lock_by_slug, sessions_of};
use crate::{Actor, Conflict, DecisionDone, Failure, Notice, Services, WorkshopView};
use domain::{CalendarMethod, MessageForm, WorkshopState};
use serde_json::json;
use std::collections::HashSet;
use text::Words;

impl Services {
    /// Sends a message to those chosen, one mail each; with the same request
    /// once, however often it comes. Those without an address are counted: they
    /// are to be called.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems, and at `chosen` as
    /// [`Services::preview_decision`]; [`Conflict::NotAllowedNow`] for a draft;
    /// as [`Services::staff_workshop`].
    pub async fn message_people(
        &self,
        actor: &Actor,
        slug: &str,
        seen: &str,
        form: &MessageForm,
        request: &str,
    ) -> Result<DecisionDone, Failure> {
        self.manage_people(actor, slug).await?;
        let message = &form.check().map_err(Failure::Invalid)?;
        let seen = &seen_states(seen)?;
        let request: String = request
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(32)
            .collect();
        // Without a name of its own it is a message of its own.
        let request = if request.is_empty() {
            self.nonce()
        } else {
            request
        };
        let purpose = &format!("message-{request}");
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = lock_by_slug(&tx, slug).await?;
                if *row.state == WorkshopState::Draft {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                let sessions = sessions_of(&*tx, row.id).await?;
                let view = WorkshopView::new(row, sessions, now);
                let organizer = self.frame_in(&*tx).await?.organizer;
                let telling = Telling {
                    method: CalendarMethod::Publish,
                    view: &view,
                    sessions: &[],
                    organizer: &organizer,
                    invited: HashSet::new(),
                };
                let (mut mails, mut to_call) = (Vec::new(), 0);
                let chosen = chosen_rows(&tx, view.row.id, seen).await?;
                let unasked = unasked(&tx, chosen.iter().map(|(row, _)| row)).await?;
                let ids = chosen.iter().map(|(row, _)| row.id);
                let unreached = unreached_of(&*tx, ids).await?;
                for (row, person) in chosen {
                    let notice = Notice {
                        purpose: purpose.clone(),
                        subject: message.subject.clone(),
                        paragraphs: paragraphs(&message.text),
                        facts: Vec::new(),
                        link: Words(*row.lang).say("mail-message-link"),
                    }
                    .asking(&row, &unasked);
                    to_call += u32::from(unreached.contains(&row.id));
                    mails.extend(self.mails_to_registrant(&telling, &row, &person, &notice)?);
                }
                let done = u32::try_from(self.push_mail(&*tx, mails, now).await?);
                let done = done.unwrap_or(u32::MAX);
                if done > 0 {
                    let entry = Entry {
                        deed: "message_people",
                        noun: "workshop",
                        id: view.row.id,
                        before: None,
                        after: Some(json!({ "recipients": done })),
                    };
                    record(&*tx, actor, now, entry).await?;
                }
                Ok(DecisionDone {
                    done,
                    to_call,
                    skipped: Vec::new(),
                })
            })
            .await
            .inspect(|_| self.ring_outbox())
    }
}
