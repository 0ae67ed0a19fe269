//! Telling people that the link to take part is another.

use super::reach::dead_addresses;
use super::tell::{concerned, purpose};
use super::{Change, write_down};
use crate::calendar::Telling;
use crate::call::{CallList, Callee, put_on_list};
use crate::mail::unasked;
use crate::workshop::WorkshopView;
use crate::{Actor, Failure, Notice, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{CalendarMethod, ChangeKind, Lang, Phase, RegistrationState};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use std::collections::HashSet;
use text::Words;

impl Services {
    /// Tells people with a seat that the link is another than it was: by mail,
    /// with the way to their own page, where it stands, since a link that is
    /// mailed travels on; and whoever no mail reaches stands on a list of
    /// calls. Nothing for a workshop that is not public or is over, nothing
    /// while there is no link, and nothing without anybody who has a seat.
    pub(crate) async fn tell_new_link(
        &self,
        tx: &Tx,
        actor: &Actor,
        was: Option<&str>,
        view: &WorkshopView,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let is = view.online_link();
        if is.is_none() || is == was || !matches!(view.phase, Phase::Upcoming | Phase::Running) {
            return Ok(());
        }
        let people = concerned(tx, view.row.id, &[RegistrationState::Booked]).await?;
        if people.is_empty() {
            return Ok(());
        }
        let change = Change {
            kind: ChangeKind::Link,
            before: Vec::new(),
            after: Vec::new(),
            deadlines: Vec::new(),
        };
        let no_notes = [&String::new(), &String::new()];
        let change = write_down(tx, actor, view, no_notes, &change, now).await?;
        let organizer = &self.frame_in(&**tx).await?.organizer;
        let telling = Telling {
            method: CalendarMethod::Publish,
            view,
            sessions: &[],
            organizer,
            invited: HashSet::new(),
        };
        let dead = dead_addresses(&**tx, view.row.id).await?;
        let unasked = unasked(tx, people.iter().map(|(row, _)| row)).await?;
        let notices = [Lang::Vi, Lang::En].map(|lang| notice(view, lang));
        let (mut mails, mut calls, mut told) = (Vec::new(), Vec::new(), 0);
        for (row, person) in people {
            let [vi, en] = &notices;
            let notice = match *row.lang {
                Lang::Vi => vi,
                Lang::En => en,
            };
            let Some(person) = person else { continue };
            told += 1;
            let address = row.email.as_ref();
            if address.is_none_or(|address| dead.contains(address)) {
                calls.push(Callee::Registration(row.id));
            }
            let notice = notice.clone().asking(&row, &unasked);
            mails.extend(self.mails_to_registrant(&telling, &row, &person, &notice)?);
        }
        self.push_mail(&**tx, mails, now).await?;
        put_on_list(tx, CallList::Change(change.id), calls).await?;
        let mut change = change.into_active_model();
        change.told = Set(told);
        change.update(&**tx).await?;
        Ok(())
    }
}

fn notice(view: &WorkshopView, lang: Lang) -> Notice {
    let words = Words(lang);
    let args = [("title", view.title(lang).into())];
    Notice {
        purpose: purpose(ChangeKind::Link, view.row.version),
        subject: words.say_with("change-link-subject", &args),
        paragraphs: vec![words.say("change-link-body")],
        facts: Vec::new(),
        link: words.say("change-link"),
    }
}
