//! What trainers are written to: the question with an invitation, its
//! withdrawal, and what an answer does to their calendar. They are written to in Vietnamese.

use super::Whole;
use crate::calendar::{invited, session_facts, written};
use crate::entity::{Code, outbox, session, teaching, trainer};
use crate::letter::{Letter, paragraphs};
use crate::mail::workshop_facts;
use crate::outbox::NewMail;
use crate::workshop::trainers_of;
use crate::{Failure, Notice, Organizer, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Answer, CalendarMethod, Lang, Party, TeachingState};
use sea_orm::sea_query::IntoCondition;
use sea_orm::{ColumnTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeSet, HashSet};
use text::Words;

/// The language of trainers' mails; the register holds none.
const LANG: Lang = Lang::Vi;

impl Services {
    /// The name under which calendars know a teaching. What was cancelled there
    /// comes back under another name.
    pub(crate) fn teaching_uid(&self, row: &teaching::Model) -> String {
        let (id, host) = (row.id, self.host());
        match row.round {
            0 => format!("teaching-{id}@{host}"),
            round => format!("teaching-{id}-{round}@{host}"),
        }
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
        let (at, round) = (whole.row.asked_at.timestamp_millis(), whole.row.round);
        let purpose = format!("teaching-asked-{at}-{round}");
        let mut notice = notice("teaching-asked", purpose, whole.view.title(LANG));
        if !whole.row.expected.is_empty() {
            let fact = (words.say("teach-expected"), whole.row.expected.clone());
            notice.facts.push(fact);
        }
        if let Some(by) = whole.row.expected_by {
            let fact = (words.say("teach-expected-by"), words.day_time(by));
            notice.facts.push(fact);
        }
        let link = Some(self.answer_link(whole, "mail-teaching-asked-link"));
        self.mail_trainer(tx, whole, &notice, link, CalendarMethod::Request, now)
            .await
    }

    /// Mails that the question was taken back, if it was mailed.
    pub(super) async fn mail_withdrawn(
        &self,
        tx: &Tx,
        whole: &Whole,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let purpose = "teaching-withdrawn".to_owned();
        let notice = notice("teaching-withdrawn", purpose, whole.view.title(LANG));
        self.mail_cancelled(tx, whole, &notice, None, now).await
    }

    /// Takes what was declined out of the trainer's calendar, if it stands
    /// there.
    pub(super) async fn mail_declined(
        &self,
        tx: &Tx,
        whole: &Whole,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let purpose = format!("teaching-declined-{}", whole.row.round);
        let notice = notice("teaching-declined", purpose, whole.view.title(LANG));
        let link = Some(self.answer_link(whole, "change-teach-link"));
        self.mail_cancelled(tx, whole, &notice, link, now).await
    }

    /// Invites anew who had declined and accepts after all.
    pub(super) async fn mail_accepted(
        &self,
        tx: &Tx,
        whole: &Whole,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let purpose = format!("teaching-accepted-{}", whole.row.round);
        let notice = notice("teaching-accepted", purpose, whole.view.title(LANG));
        let link = Some(self.answer_link(whole, "change-teach-link"));
        self.mail_trainer(tx, whole, &notice, link, CalendarMethod::Request, now)
            .await
    }

    /// The words and the address of the page where a trainer answers.
    fn answer_link(&self, whole: &Whole, words: &str) -> (String, String) {
        let path = format!("/teach/{}", self.teaching_token(&whole.row));
        (Words(LANG).say(words), self.link(&path))
    }

    /// Mails the cancellation of an invitation, unless there is none to cancel:
    /// one that has not left does not leave any more.
    async fn mail_cancelled(
        &self,
        tx: &Tx,
        whole: &Whole,
        notice: &Notice,
        link: Option<(String, String)>,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let uid = self.teaching_uid(&whole.row);
        crate::outbox::withhold_of_key(&**tx, &uid).await?;
        let which = outbox::Column::CalendarKey.eq(&uid).into_condition();
        if invited(&**tx, which).await?.is_empty() {
            return Ok(());
        }
        self.mail_trainer(tx, whole, notice, link, CalendarMethod::Cancel, now)
            .await
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
        let mails = self
            .teaching_mails(tx, CalendarMethod::Request, view, sessions, &notice)
            .await?;
        let mails = mails.into_iter().map(|(_, mail)| mail).collect();
        self.push_mail(&**tx, mails, now).await?;
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

    /// Tells all who teach at sessions of a public workshop that these were
    /// moved or are called off: those who were asked with the invitation or
    /// its cancellation, and once whoever has none – named in the agenda alone,
    /// or asked by phone. Who declined is left alone. The words are the
    /// caller's, in Vietnamese; the link of the notice leads to the answer.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn tell_trainers(
        &self,
        tx: &Tx,
        method: CalendarMethod,
        view: &WorkshopView,
        sessions: &[session::Model],
        notice: &Notice,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let mails = self.teaching_mails(tx, method, view, sessions, notice);
        let (told, mut mails): (HashSet<i64>, Vec<NewMail>) = mails.await?.into_iter().unzip();
        let ids: Vec<i64> = sessions.iter().map(|session| session.id).collect();
        let taught = trainers_of(&**tx, &ids).await?;
        let others: BTreeSet<i64> = taught
            .into_values()
            .flatten()
            .filter(|id| !told.contains(id))
            .collect();
        let others = trainer::Entity::find()
            .filter(trainer::Column::Id.is_in(others))
            .filter(trainer::Column::Email.is_not_null())
            .order_by_asc(trainer::Column::Id)
            .all(&**tx)
            .await?;
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        for trainer in others {
            let link = Some((Words(LANG).say("teach-workshop"), page.clone()));
            let facts = workshop_facts(view, LANG);
            let mail = NewMail {
                recipient_key: format!("trainer:{}", trainer.id),
                ..mail_to(&trainer, view, notice, facts, link, organizer)?
            };
            mails.push(mail);
        }
        self.push_mail(&**tx, mails, now).await?;
        Ok(())
    }

    /// A mail for each question at the sessions that was not declined, with
    /// the trainer's key and the invitation, or its cancellation where there
    /// is one to cancel.
    async fn teaching_mails(
        &self,
        tx: &Tx,
        method: CalendarMethod,
        view: &WorkshopView,
        sessions: &[session::Model],
        notice: &Notice,
    ) -> Result<Vec<(i64, NewMail)>, Failure> {
        let rows = teaching::Entity::find()
            .filter(teaching::Column::SessionId.is_in(sessions.iter().map(|session| session.id)))
            .filter(teaching::Column::State.ne(Code(TeachingState::Declined)))
            .order_by_asc(teaching::Column::Id)
            .find_also_related(trainer::Entity)
            .all(&**tx)
            .await?;
        let keys = rows.iter().map(|(row, _)| self.teaching_uid(row));
        let which = outbox::Column::CalendarKey.is_in(keys).into_condition();
        let invited = invited(&**tx, which).await?;
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let mut mails = Vec::new();
        for (row, trainer) in rows {
            let cancels = method == CalendarMethod::Cancel;
            if cancels && !invited.contains(&self.teaching_uid(&row)) {
                continue;
            }
            let session = sessions.iter().find(|each| each.id == row.session_id);
            let path = format!("/teach/{}", self.teaching_token(&row));
            let link = (!cancels).then(|| (notice.link.clone(), self.link(&path)));
            let whole = Whole {
                row,
                trainer: trainer.ok_or(Failure::NotFound)?,
                session: session.cloned().ok_or(Failure::NotFound)?,
                view: view.clone(),
            };
            let mail = self.teaching_mail(&whole, notice, link, method, organizer)?;
            mails.extend(mail.map(|mail| (whole.trainer.id, mail)));
        }
        Ok(mails)
    }

    async fn mail_trainer(
        &self,
        tx: &Tx,
        whole: &Whole,
        notice: &Notice,
        link: Option<(String, String)>,
        method: CalendarMethod,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let mail = self.teaching_mail(whole, notice, link, method, organizer)?;
        self.push_mail(&**tx, Vec::from_iter(mail), now).await?;
        Ok(())
    }

    /// A mail about a question, with the invitation or its cancellation; none
    /// where no address is known.
    fn teaching_mail(
        &self,
        whole: &Whole,
        notice: &Notice,
        link: Option<(String, String)>,
        method: CalendarMethod,
        organizer: &Organizer,
    ) -> Result<Option<NewMail>, Failure> {
        let Some(address) = &whole.trainer.email else {
            return Ok(None);
        };
        let (view, session) = (&whole.view, &whole.session);
        let uid = self.teaching_uid(&whole.row);
        let event = self.event(view, session, uid.clone(), LANG, organizer);
        let attendee = Party {
            name: whole.trainer.full_name.clone(),
            address: address.clone(),
        };
        let answer = match *whole.row.state {
            TeachingState::Accepted => Answer::Accepted,
            TeachingState::Asked | TeachingState::Declined => Answer::Awaited,
        };
        let facts = session_facts(view, session, LANG);
        Ok(Some(NewMail {
            recipient_key: format!("teaching:{}", whole.row.id),
            calendar: Some(written(method, event, attendee, answer)),
            calendar_key: Some(uid),
            ..mail_to(&whole.trainer, view, notice, facts, link, organizer)?
        }))
    }
}

/// A mail to a trainer about a workshop; to whom it counts as sent is for the
/// caller to say.
fn mail_to(
    trainer: &trainer::Model,
    view: &WorkshopView,
    notice: &Notice,
    mut facts: Vec<(String, String)>,
    link: Option<(String, String)>,
    organizer: &Organizer,
) -> Result<NewMail, Failure> {
    facts.extend(notice.facts.iter().cloned());
    let letter = Letter {
        lang: LANG,
        name: trainer.full_name.clone(),
        subject: notice.subject.clone(),
        paragraphs: notice.paragraphs.clone(),
        facts,
        link,
    };
    Ok(NewMail {
        purpose: notice.purpose.clone(),
        workshop_id: Some(view.row.id),
        to_address: trainer.email.clone().unwrap_or_default(),
        ..letter.mail(&organizer.answering_for(view))?
    })
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
