//! The organisers' list of workshops, narrowed.

use crate::entity::trainer;
use crate::teaching::Taught;
use crate::{Actor, Failure, Headcount, Services, WorkshopView};
use chrono::Datelike;
use domain::{Sought, WorkshopKind, to_local};
use sea_orm::EntityTrait;
use std::collections::{BTreeSet, HashSet};

/// What organisers look for among workshops.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkshopFilter {
    /// The year of the first session, in Viet Nam.
    pub year: Option<i32>,
    /// What it is for.
    pub kind: Option<WorkshopKind>,
    /// Words in the room or the address of a session.
    pub place: String,
    /// Words in titles, summaries and the address of the page.
    pub typed: String,
    /// A trainer of the register who teaches there.
    pub trainer: Option<i64>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct FoundWorkshops {
    /// How many there are in all.
    pub all: usize,
    /// Those found, latest first; exact accents before others.
    pub rows: Vec<(WorkshopView, Headcount)>,
    /// The years in which there are workshops.
    pub years: BTreeSet<i32>,
}

impl Services {
    /// The organisers' list, narrowed.
    ///
    /// # Errors
    /// As [`Services::workshop_list`].
    pub async fn find_workshops(
        &self,
        actor: &Actor,
        filter: &WorkshopFilter,
    ) -> Result<FoundWorkshops, Failure> {
        let list = self.workshop_list(actor).await?;
        let taught = match filter.trainer {
            Some(id) => Some(self.taught_by(id).await?),
            None => None,
        };
        let all = list.len();
        let years = list.iter().map(|(view, _)| year(view)).collect();
        let (typed, place) = (Sought::new(&filter.typed), Sought::new(&filter.place));
        let mut found: Vec<_> = list
            .into_iter()
            .filter(|(view, _)| filter.year.is_none_or(|wanted| wanted == year(view)))
            .filter(|(view, _)| filter.kind.is_none_or(|kind| kind == *view.row.kind))
            .filter(|(view, _)| taught.as_ref().is_none_or(|ids| ids.contains(&view.row.id)))
            .filter(|(view, _)| place.fit(&places(view)).is_some())
            .filter_map(|one| Some((typed.fit(&said(&one.0))?, one)))
            .collect();
        found.sort_by_key(|(fit, _)| *fit);
        Ok(FoundWorkshops {
            all,
            rows: found.into_iter().map(|(_, one)| one).collect(),
            years,
        })
    }

    /// Workshops at which a trainer teaches – asked and not declined, or named
    /// in an agenda –, or to which their account is assigned.
    async fn taught_by(&self, trainer_id: i64) -> Result<HashSet<i64>, Failure> {
        let taught = Taught::of(self.db.read(), trainer_id).await?;
        let mut ids = taught.workshops(self.db.read()).await?;
        let row = trainer::Entity::find_by_id(trainer_id);
        let account = row
            .one(self.db.read())
            .await?
            .and_then(|row| row.account_id);
        if let Some(account) = account {
            ids.extend(self.assigned_to(account).await?);
        }
        Ok(ids)
    }
}

fn year(view: &WorkshopView) -> i32 {
    to_local(view.starts_at()).year()
}

fn places(view: &WorkshopView) -> String {
    let places = view.sessions.iter();
    places
        .map(|session| format!("{} {} ", session.room, session.address))
        .collect()
}

fn said(view: &WorkshopView) -> String {
    let row = &view.row;
    [
        &row.title_vi,
        &row.title_en,
        &row.summary_vi,
        &row.summary_en,
        &row.slug,
    ]
    .map(String::as_str)
    .join("\n")
}
