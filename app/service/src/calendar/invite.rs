//! Invitations by mail (RFC 6047): one message a session, so that every
//! calendar program takes each of them.

use crate::entity::{Code, outbox, person, registration, session};
use crate::letter::Letter;
use crate::mail::workshop_facts;
use crate::outbox::NewMail;
use crate::{Failure, Organizer, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{CalendarMethod, DeliveryState, Lang, RegistrationState};
use sea_orm::sea_query::IntoCondition;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};
use text::Words;

/// The words of a mail about a registration, made by the deed that causes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Why the person is written to. A purpose reaches a registration once:
    /// one that can happen again carries a number, such as `moved-3`.
    pub purpose: String,
    /// The subject.
    pub subject: String,
    /// What is told, one paragraph each.
    pub paragraphs: Vec<String>,
    /// Facts after those of the workshop: a name and what it is.
    pub facts: Vec<(String, String)>,
    /// The words of the link to the registrant's page.
    pub link: String,
}

/// What a deed tells registrants of a workshop about its sessions, besides the
/// words.
pub(crate) struct Telling<'a> {
    /// Whether they are invited, or an invitation is cancelled.
    pub(crate) method: CalendarMethod,
    /// The workshop as it is after the deed.
    pub(crate) view: &'a WorkshopView,
    /// The sessions concerned.
    pub(crate) sessions: &'a [session::Model],
    /// Who signs.
    pub(crate) organizer: &'a Organizer,
    /// The names of the invitations that stand; read when one is cancelled.
    pub(crate) invited: HashSet<String>,
}

impl Services {
    /// Tells a registrant something about sessions of a workshop, with a
    /// calendar invitation or its cancellation for each. Returns how many
    /// mails are new.
    ///
    /// `view` is the workshop as it is after the deed; `row` holds the state
    /// after it.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::too_many_arguments, reason = "the parts of the mails")]
    pub async fn push_invitations(
        &self,
        tx: &Tx,
        method: CalendarMethod,
        view: &WorkshopView,
        sessions: &[session::Model],
        row: &registration::Model,
        person: &person::Model,
        notice: &Notice,
        now: DateTime<Utc>,
    ) -> Result<u64, Failure> {
        let keys = sessions
            .iter()
            .map(|session| self.registration_uid(row.id, session.id));
        let invited = match method {
            CalendarMethod::Cancel => {
                let which = outbox::Column::CalendarKey.is_in(keys);
                invited(&**tx, which.into_condition()).await?
            }
            CalendarMethod::Publish | CalendarMethod::Request => HashSet::new(),
        };
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let telling = Telling {
            method,
            view,
            sessions,
            organizer,
            invited,
        };
        let mails = self.mails_to_registrant(&telling, row, person, notice)?;
        self.push_mail(&**tx, mails, now).await
    }

    /// The mails that tell one registrant. The first has the words of the
    /// notice and the first session; every further session has a short mail of
    /// its own. Whoever has no seat is told without an invitation; what nobody
    /// was invited to is not cancelled. None without an address.
    ///
    /// # Errors
    /// When a mail cannot be written.
    pub(crate) fn mails_to_registrant(
        &self,
        telling: &Telling<'_>,
        row: &registration::Model,
        person: &person::Model,
        notice: &Notice,
    ) -> Result<Vec<NewMail>, Failure> {
        let Some(address) = &row.email else {
            return Ok(Vec::new());
        };
        let &Telling {
            method,
            view,
            sessions,
            organizer,
            ..
        } = telling;
        let mut invitations = sessions.iter().filter_map(|session| {
            let uid = self.registration_uid(row.id, session.id);
            let concerns = match method {
                CalendarMethod::Publish => false,
                CalendarMethod::Request => *row.state == RegistrationState::Booked,
                CalendarMethod::Cancel => telling.invited.contains(&uid),
            };
            concerns.then(|| {
                let name = &person.full_name;
                let file = self.invitation(method, view, session, row, name, organizer);
                (session, uid, file)
            })
        });
        let link = self.link(&format!("/my/{}", self.ticket_token(&row.code)));
        let asked = &organizer.answering_for(view);
        let mail = |notice: &Notice, facts, invitation: Option<(String, String)>| {
            let letter = Letter {
                lang: *row.lang,
                name: person.full_name.clone(),
                subject: notice.subject.clone(),
                paragraphs: notice.paragraphs.clone(),
                facts,
                link: Some((notice.link.clone(), link.clone())),
            };
            let (calendar_key, calendar) = invitation.unzip();
            Ok::<_, Failure>(NewMail {
                purpose: notice.purpose.clone(),
                recipient_key: format!("registration:{}", row.id),
                workshop_id: Some(row.workshop_id),
                registration_id: Some(row.id),
                to_address: address.clone(),
                calendar,
                calendar_key,
                ..letter.mail(asked)?
            })
        };
        let mut facts = workshop_facts(view, *row.lang);
        facts.extend(notice.facts.iter().cloned());
        let first = invitations.next().map(|(_, uid, file)| (uid, file));
        let mut mails = vec![mail(notice, facts, first)?];
        for (session, uid, file) in invitations {
            let notice = session_notice(method, view, session, row, notice);
            let facts = session_facts(view, session, *row.lang);
            mails.push(mail(&notice, facts, Some((uid, file)))?);
        }
        Ok(mails)
    }
}

/// The names of the invitations, of those asked about, that left or are
/// leaving just now and were not cancelled since. One that was withheld in
/// time was never seen.
pub(crate) async fn invited(
    tx: &impl ConnectionTrait,
    which: Condition,
) -> Result<HashSet<String>, Failure> {
    let mut invited = last_of(tx, &which, "METHOD:REQUEST").await?;
    let cancelled = last_of(tx, &which, "METHOD:CANCEL").await?;
    invited.retain(|key, last| cancelled.get(key).is_none_or(|cancel| cancel < last));
    Ok(invited.into_keys().collect())
}

/// The last mail of a method that left or is leaving, by calendar key.
async fn last_of(
    tx: &impl ConnectionTrait,
    which: &Condition,
    method: &str,
) -> Result<HashMap<String, i64>, Failure> {
    let gone = [
        DeliveryState::Sent,
        DeliveryState::Sending,
        DeliveryState::Retry,
        DeliveryState::Queued,
    ];
    let rows: Vec<(String, i64)> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::CalendarKey)
        .column_as(outbox::Column::Id.max(), "last")
        .filter(which.clone())
        .filter(outbox::Column::CalendarKey.is_not_null())
        .filter(outbox::Column::Calendar.contains(method))
        .filter(outbox::Column::State.is_in(gone.map(Code)))
        .group_by(outbox::Column::CalendarKey)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The short words that go along with a further session.
fn session_notice(
    method: CalendarMethod,
    view: &WorkshopView,
    session: &session::Model,
    row: &registration::Model,
    notice: &Notice,
) -> Notice {
    let words = Words(*row.lang);
    let number = view.sessions.iter().position(|each| each.id == session.id);
    let number = i64::try_from(number.unwrap_or(0) + 1).unwrap_or(0);
    let key = match method {
        CalendarMethod::Cancel => "mail-session-cancelled",
        CalendarMethod::Publish | CalendarMethod::Request => "mail-session",
    };
    let args = [
        ("number", number.into()),
        ("title", view.title(*row.lang).into()),
    ];
    Notice {
        purpose: format!("{}-session-{}", notice.purpose, session.id),
        subject: words.say_with(&format!("{key}-subject"), &args),
        paragraphs: vec![words.say_with(&format!("{key}-body"), &args)],
        facts: Vec::new(),
        link: notice.link.clone(),
    }
}

/// When and where one session is.
pub(crate) fn session_facts(
    view: &WorkshopView,
    session: &session::Model,
    lang: Lang,
) -> Vec<(String, String)> {
    let words = Words(lang);
    vec![
        (
            words.say("mail-fact-workshop"),
            super::session_title(view, session, lang),
        ),
        (
            words.say("mail-fact-when"),
            words.period(session.starts_at, session.ends_at),
        ),
        (words.say("mail-fact-where"), view.place_of(session, lang)),
    ]
}
