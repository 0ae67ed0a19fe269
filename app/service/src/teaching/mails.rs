//! What trainers are written to: the question with an invitation, and its
//! withdrawal. They are written to in Vietnamese.

use super::Whole;
use crate::calendar::{session_facts, was_invited, written};
use crate::letter::{Letter, paragraphs};
use crate::outbox::NewMail;
use crate::{Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Answer, CalendarMethod, Lang, Party};
use text::Words;

/// The language of trainers' mails; the register holds none.
const LANG: Lang = Lang::Vi;

impl Services {
    /// The name under which calendars know a teaching.
    pub(crate) fn teaching_uid(&self, id: i64) -> String {
        format!("teaching-{id}@{}", self.host())
    }

    /// Mails the question, with a link to answer and an invitation.
    pub(super) async fn mail_asked(
        &self,
        tx: &Tx,
        whole: &Whole,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let words = Words(LANG);
        let mut facts = Vec::new();
        if !whole.row.expected.is_empty() {
            facts.push((words.say("teach-expected"), whole.row.expected.clone()));
        }
        if let Some(by) = whole.row.expected_by {
            facts.push((words.say("teach-expected-by"), words.day_time(by)));
        }
        let token = self.teaching_token(&whole.row);
        let link = Some((
            words.say("mail-teaching-asked-link"),
            self.link(&format!("/teach/{token}")),
        ));
        // Asked again: another mail, at another moment.
        let purpose = format!("teaching-asked-{}", whole.row.asked_at.timestamp_millis());
        self.mail_trainer(
            tx,
            whole,
            "teaching-asked",
            purpose,
            facts,
            link,
            CalendarMethod::Request,
            now,
        )
        .await
    }

    /// Mails that the question was taken back, if it was mailed.
    pub(super) async fn mail_withdrawn(
        &self,
        tx: &Tx,
        whole: &Whole,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let uid = self.teaching_uid(whole.row.id);
        crate::outbox::withhold_of_key(&**tx, &uid).await?;
        if !was_invited(&**tx, &uid).await? {
            return Ok(());
        }
        self.mail_trainer(
            tx,
            whole,
            "teaching-withdrawn",
            "teaching-withdrawn".to_owned(),
            Vec::new(),
            None,
            CalendarMethod::Cancel,
            now,
        )
        .await
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one mail")]
    async fn mail_trainer(
        &self,
        tx: &Tx,
        whole: &Whole,
        key: &str,
        purpose: String,
        more: Vec<(String, String)>,
        link: Option<(String, String)>,
        method: CalendarMethod,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let Some(address) = &whole.trainer.email else {
            return Ok(());
        };
        let (words, view, session) = (Words(LANG), &whole.view, &whole.session);
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let args = [("title", view.title(LANG).into())];
        let mut facts = session_facts(view, session, LANG);
        facts.extend(more);
        let letter = Letter {
            lang: LANG,
            name: whole.trainer.full_name.clone(),
            subject: words.say_with(&format!("mail-{key}-subject"), &args),
            paragraphs: paragraphs(&words.say_with(&format!("mail-{key}-body"), &args)),
            facts,
            link,
        };
        let uid = self.teaching_uid(whole.row.id);
        let event = self.event(view, session, uid.clone(), LANG, false, organizer);
        let attendee = Party {
            name: whole.trainer.full_name.clone(),
            address: address.clone(),
        };
        let mail = NewMail {
            purpose,
            recipient_key: format!("teaching:{}", whole.row.id),
            workshop_id: Some(view.row.id),
            to_address: address.clone(),
            calendar: Some(written(method, event, attendee, Answer::Awaited)),
            calendar_key: Some(uid),
            ..letter.mail(organizer)?
        };
        self.push_mail(&**tx, vec![mail], now).await?;
        Ok(())
    }
}
