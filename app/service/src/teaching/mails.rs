//! What trainers are written to: the question with an invitation, and its
//! withdrawal. They are written to in Vietnamese.

use super::Whole;
use crate::calendar::{session_facts, was_invited, written};
use crate::entity::{Code, session, teaching, trainer};
use crate::letter::{Letter, paragraphs};
use crate::outbox::NewMail;
use crate::{Failure, Notice, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Answer, CalendarMethod, Lang, Party, TeachingState};
use sea_orm::{ColumnTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder};
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
        // Asked again: another mail, at another moment.
        let purpose = format!("teaching-asked-{}", whole.row.asked_at.timestamp_millis());
        let mut notice = notice("teaching-asked", purpose, whole.view.title(LANG));
        if !whole.row.expected.is_empty() {
            let fact = (words.say("teach-expected"), whole.row.expected.clone());
            notice.facts.push(fact);
        }
        if let Some(by) = whole.row.expected_by {
            let fact = (words.say("teach-expected-by"), words.day_time(by));
            notice.facts.push(fact);
        }
        let link = Some((
            words.say("mail-teaching-asked-link"),
            self.link(&format!("/teach/{}", self.teaching_token(&whole.row))),
        ));
        self.mail_trainer(tx, whole, &notice, link, CalendarMethod::Request, now)
            .await?;
        Ok(())
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
        let purpose = "teaching-withdrawn".to_owned();
        let notice = notice("teaching-withdrawn", purpose, whole.view.title(LANG));
        self.mail_trainer(tx, whole, &notice, None, CalendarMethod::Cancel, now)
            .await?;
        Ok(())
    }

    /// Tells those who were asked to teach at a session of a draft that it is
    /// at another time or place.
    pub(crate) async fn mail_session_moved(
        &self,
        tx: &Tx,
        view: &WorkshopView,
        session: &session::Model,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let purpose = format!("teaching-moved-{}", session.sequence);
        let notice = Notice {
            link: Words(LANG).say("change-teach-link"),
            ..notice("teaching-moved", purpose, view.title(LANG))
        };
        let sessions = std::slice::from_ref(session);
        self.push_teaching_invitations(tx, CalendarMethod::Request, view, sessions, &notice, now)
            .await?;
        Ok(())
    }

    /// Takes back all that trainers were asked for a session, which goes away.
    pub(crate) async fn withdraw_session(
        &self,
        tx: &Tx,
        session_id: i64,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let asked = teaching::Entity::find()
            .filter(teaching::Column::SessionId.eq(session_id))
            .all(&**tx)
            .await?;
        for row in asked {
            if let Some(whole) = super::whole(&**tx, row.id, now).await? {
                self.mail_withdrawn(tx, &whole, now).await?;
            }
            row.delete(&**tx).await?;
        }
        Ok(())
    }

    /// Tells those who teach at sessions of a workshop that these were moved
    /// or are called off, each with the calendar invitation or cancellation.
    /// Who declined is left alone. The words are the caller's, in Vietnamese;
    /// the link of the notice leads to the answer. Returns how many mails are
    /// new.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_teaching_invitations(
        &self,
        tx: &Tx,
        method: CalendarMethod,
        view: &WorkshopView,
        sessions: &[session::Model],
        notice: &Notice,
        now: DateTime<Utc>,
    ) -> Result<u64, Failure> {
        let mut pushed = 0;
        for session in sessions {
            let rows = teaching::Entity::find()
                .filter(teaching::Column::SessionId.eq(session.id))
                .filter(teaching::Column::State.ne(Code(TeachingState::Declined)))
                .order_by_asc(teaching::Column::Id)
                .find_also_related(trainer::Entity)
                .all(&**tx)
                .await?;
            for (row, trainer) in rows {
                let path = format!("/teach/{}", self.teaching_token(&row));
                let link = (method == CalendarMethod::Request)
                    .then(|| (notice.link.clone(), self.link(&path)));
                let whole = Whole {
                    row,
                    trainer: trainer.ok_or(Failure::NotFound)?,
                    session: session.clone(),
                    view: view.clone(),
                };
                pushed += self
                    .mail_trainer(tx, &whole, notice, link, method, now)
                    .await?;
            }
        }
        Ok(pushed)
    }

    async fn mail_trainer(
        &self,
        tx: &Tx,
        whole: &Whole,
        notice: &Notice,
        link: Option<(String, String)>,
        method: CalendarMethod,
        now: DateTime<Utc>,
    ) -> Result<u64, Failure> {
        let Some(address) = &whole.trainer.email else {
            return Ok(0);
        };
        let (view, session) = (&whole.view, &whole.session);
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let mut facts = session_facts(view, session, LANG);
        facts.extend(notice.facts.iter().cloned());
        let letter = Letter {
            lang: LANG,
            name: whole.trainer.full_name.clone(),
            subject: notice.subject.clone(),
            paragraphs: notice.paragraphs.clone(),
            facts,
            link,
        };
        let uid = self.teaching_uid(whole.row.id);
        let event = self.event(view, session, uid.clone(), LANG, false, organizer);
        let attendee = Party {
            name: whole.trainer.full_name.clone(),
            address: address.clone(),
        };
        let answer = match *whole.row.state {
            TeachingState::Accepted => Answer::Accepted,
            TeachingState::Asked | TeachingState::Declined => Answer::Awaited,
        };
        let mail = NewMail {
            purpose: notice.purpose.clone(),
            recipient_key: format!("teaching:{}", whole.row.id),
            workshop_id: Some(view.row.id),
            to_address: address.clone(),
            calendar: Some(written(method, event, attendee, answer)),
            calendar_key: Some(uid),
            ..letter.mail(organizer)?
        };
        self.push_mail(&**tx, vec![mail], now).await
    }
}

/// The words of a mail to a trainer about a workshop.
fn notice(key: &str, purpose: String, title: &str) -> Notice {
    let words = Words(LANG);
    let args = [("title", title.into())];
    Notice {
        purpose,
        subject: words.say_with(&format!("mail-{key}-subject"), &args),
        paragraphs: paragraphs(&words.say_with(&format!("mail-{key}-body"), &args)),
        ..Notice::default()
    }
}
