//! Telling people that the link to take part is another.

use super::tell::concerned;
use crate::calendar::Telling;
use crate::workshop::WorkshopView;
use crate::{Failure, Notice, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{CalendarMethod, Lang, Phase, RegistrationState};
use std::collections::HashSet;
use text::Words;

impl Services {
    /// Mails people with a seat that the link is another than it was, with the
    /// way to their own page, where it stands: a link that is mailed travels
    /// on. Nothing for a workshop that is not public or is over, and nothing
    /// while there is no link.
    pub(crate) async fn tell_new_link(
        &self,
        tx: &Tx,
        was: Option<&str>,
        view: &WorkshopView,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let is = view.online_link();
        if is.is_none() || is == was || !matches!(view.phase, Phase::Upcoming | Phase::Running) {
            return Ok(());
        }
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let telling = Telling {
            method: CalendarMethod::Publish,
            view,
            sessions: &[],
            organizer,
            invited: HashSet::new(),
        };
        let notices = [Lang::Vi, Lang::En].map(|lang| notice(view, lang, now));
        let mut mails = Vec::new();
        for (row, person) in concerned(tx, view.row.id, &[RegistrationState::Booked]).await? {
            let [vi, en] = &notices;
            let notice = match *row.lang {
                Lang::Vi => vi,
                Lang::En => en,
            };
            if let Some(person) = person {
                mails.extend(self.mails_to_registrant(&telling, &row, &person, notice)?);
            }
        }
        self.push_mail(&**tx, mails, now).await?;
        Ok(())
    }
}

fn notice(view: &WorkshopView, lang: Lang, now: DateTime<Utc>) -> Notice {
    let words = Words(lang);
    let args = [("title", view.title(lang).into())];
    Notice {
        // A link can change again: another mail, at another moment.
        purpose: format!("link-changed-{}", now.timestamp_millis()),
        subject: words.say_with("change-link-subject", &args),
        paragraphs: vec![words.say("change-link-body")],
        facts: Vec::new(),
        link: words.say("change-link"),
    }
}
