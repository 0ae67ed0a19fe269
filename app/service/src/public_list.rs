//! The public list of workshops: to come and past, with filters.

use crate::entity::{Code, locality, workshop};
use crate::{Failure, Services, WorkshopView};
use domain::{Fit, Month, Sector, Sought, WorkshopState, split_codes};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Workshops on one page of the list.
const LISTED: usize = 20;

/// What the public looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicFilter {
    /// What is over, instead of what is to come.
    pub past: bool,
    /// With a session in this month.
    pub month: Option<Month>,
    /// Meant for this sector, or for all.
    pub sector: Option<Sector>,
    /// A locality, or words in the room or the address of a session.
    pub place: String,
    /// Words in titles, summaries and rooms.
    pub typed: String,
    /// The page, from 1; what lies beyond the last shows the last.
    pub page: usize,
}

impl PublicFilter {
    /// Whether it leaves anything out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        self.month.is_some()
            || self.sector.is_some()
            || !Sought::new(&self.place).is_empty()
            || !Sought::new(&self.typed).is_empty()
    }
}

/// One page of what was found.
#[derive(Clone, Debug)]
pub struct PublicList {
    /// The workshops: those to come soonest first, those past latest first;
    /// among what was looked for, exact accents first.
    pub rows: Vec<WorkshopView>,
    /// How many were found in all.
    pub found: usize,
    /// The page that is shown, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// The months in which something of the tab takes place.
    pub months: BTreeSet<Month>,
    /// The localities of the register in which something of the tab takes
    /// place, as rooms and addresses name them.
    pub localities: BTreeSet<String>,
}

impl Services {
    /// Public workshops, to come or past. One that was called off stays in
    /// the list, since old invitations lie about.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn public_list(&self, filter: &PublicFilter) -> Result<PublicList, Failure> {
        let now = self.clock.now();
        let rows = workshop::Entity::find()
            .filter(workshop::Column::State.ne(Code(WorkshopState::Draft)))
            .filter(workshop::Column::PublishedAt.is_not_null())
            .all(self.db.read())
            .await?;
        let mut views = self.with_sessions(rows, now).await?;
        views.retain(|view| (view.ends_at() <= now) == filter.past);
        let months = views.iter().flat_map(months_of).collect();
        let localities = self.localities_of(&views).await?;
        let (typed, place) = (Sought::new(&filter.typed), Sought::new(&filter.place));
        let mut found: Vec<(Fit, WorkshopView)> = views
            .into_iter()
            .filter(|view| {
                filter
                    .month
                    .is_none_or(|month| months_of(view).contains(&month))
            })
            .filter(|view| filter.sector.is_none_or(|sector| is_for(view, sector)))
            .filter(|view| place.fit(&places(view)).is_some())
            .filter_map(|view| Some((typed.fit(&said(&view))?, view)))
            .collect();
        if filter.past {
            found.sort_by_key(|(fit, view)| (*fit, Reverse(view.starts_at())));
        } else {
            found.sort_by_key(|(fit, view)| (*fit, view.starts_at()));
        }
        let pages = found.len().div_ceil(LISTED).max(1);
        let page = filter.page.clamp(1, pages);
        Ok(PublicList {
            found: found.len(),
            rows: found
                .into_iter()
                .map(|(_, view)| view)
                .skip((page - 1) * LISTED)
                .take(LISTED)
                .collect(),
            page,
            pages,
            months,
            localities,
        })
    }

    async fn localities_of(&self, views: &[WorkshopView]) -> Result<BTreeSet<String>, Failure> {
        let names: BTreeSet<String> = locality::Entity::find()
            .select_only()
            .column(locality::Column::Name)
            .into_tuple::<String>()
            .all(self.db.read())
            .await?
            .into_iter()
            .collect();
        let places: Vec<String> = views.iter().map(places).collect();
        let named = |name: &String| {
            let sought = Sought::new(name);
            places.iter().any(|place| sought.fit(place).is_some())
        };
        Ok(names.into_iter().filter(named).collect())
    }
}

fn months_of(view: &WorkshopView) -> BTreeSet<Month> {
    let starts = view.sessions.iter().map(|session| session.starts_at);
    starts.filter_map(Month::of).collect()
}

/// Whether a workshop is meant for a sector: a list of none is for all.
fn is_for(view: &WorkshopView, sector: Sector) -> bool {
    let sectors: Vec<Sector> = split_codes(&view.row.sectors);
    sectors.is_empty() || sectors.contains(&sector)
}

fn places(view: &WorkshopView) -> String {
    let places = view.sessions.iter();
    places
        .map(|session| format!("{} {} ", session.room, session.address))
        .collect()
}

/// Everything that a search looks into.
fn said(view: &WorkshopView) -> String {
    let row = &view.row;
    let texts = [
        &row.title_vi,
        &row.title_en,
        &row.summary_vi,
        &row.summary_en,
    ];
    let rooms = view.sessions.iter().map(|session| &session.room);
    let mut said = String::new();
    for text in texts.into_iter().chain(rooms) {
        said.push_str(text);
        said.push('\n');
    }
    said
}
