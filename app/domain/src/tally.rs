//! The programme's figures, computed from rows. Attendances (lượt người) and
//! distinct persons (số người) are two numbers, never mixed, and a
//! registration is never an attendance.

use crate::{
    Coded, DelegateRole, Phase, RegistrationSource, RegistrationState, Sector, SiteType, fold,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::HashMap;

/// The key of what has no sector, site or locality yet.
pub const UNCLASSIFIED: &str = "unclassified";

/// One person attended one workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// Who.
    pub person: i64,
    /// When the person was checked in.
    pub at: DateTime<Utc>,
    /// In which role.
    pub role: DelegateRole,
    /// The establishment's sector, if known.
    pub sector: Option<Sector>,
    /// The establishment's site type, if known.
    pub site: Option<SiteType>,
    /// The locality's name at the event; empty if not known.
    pub locality: String,
}

/// One row of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The code of the term, or the name of the locality.
    pub key: String,
    /// Attendances.
    pub attendances: u32,
    /// Distinct persons; each is counted once, where they last attended.
    pub persons: u32,
}

/// The figures toward the target. Each breakdown adds up to both totals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Attendances that count toward the target.
    pub attendances: u32,
    /// Distinct persons behind them.
    pub persons: u32,
    /// Attendances of local officials: shown, not counted above.
    pub officials: u32,
    /// By role, in the order of the list.
    pub by_role: Vec<Cell>,
    /// By sector.
    pub by_sector: Vec<Cell>,
    /// By site type.
    pub by_site: Vec<Cell>,
    /// By locality however it is typed, under its most frequent spelling, most
    /// attendances first.
    pub by_locality: Vec<Cell>,
}

impl Tally {
    /// Counts. A person whose role or place changed is counted as a person
    /// where they last attended, so that persons add up too.
    #[must_use]
    pub fn of(rows: &[Attendance]) -> Self {
        let (counted, officials): (Vec<&Attendance>, Vec<&Attendance>) =
            rows.iter().partition(|row| row.role.counts_toward_target());
        let mut latest: HashMap<i64, &Attendance> = HashMap::new();
        for row in &counted {
            let last = latest.entry(row.person).or_insert(row);
            if row.at >= last.at {
                *last = row;
            }
        }
        let persons: Vec<&Attendance> = latest.into_values().collect();
        let breakdown = |terms: Vec<String>, key: fn(&Attendance) -> String| {
            cells(terms, &counted, &persons, key)
        };
        let roles = DelegateRole::ALL
            .iter()
            .filter(|role| role.counts_toward_target());
        let mut by_locality = breakdown(Vec::new(), |row| fold(&row.locality));
        let spellings = spellings(&counted);
        for cell in &mut by_locality {
            let spelling = spellings.get(&cell.key).copied();
            cell.key = spelling.unwrap_or(UNCLASSIFIED).to_owned();
        }
        by_locality.sort_by(|a, b| (b.attendances, &a.key).cmp(&(a.attendances, &b.key)));
        Self {
            attendances: count(counted.len()),
            persons: count(persons.len()),
            officials: count(officials.len()),
            by_role: breakdown(codes(roles), |row| row.role.code().to_owned()),
            by_sector: breakdown(codes(Sector::ALL), |row| coded(row.sector)),
            by_site: breakdown(codes(SiteType::ALL), |row| coded(row.site)),
            by_locality,
        }
    }
}

fn cells(
    terms: Vec<String>,
    attendances: &[&Attendance],
    persons: &[&Attendance],
    key: fn(&Attendance) -> String,
) -> Vec<Cell> {
    let mut cells: Vec<Cell> = terms.into_iter().map(empty_cell).collect();
    let mut at: HashMap<String, usize> = cells
        .iter()
        .enumerate()
        .map(|(i, cell)| (cell.key.clone(), i))
        .collect();
    let mut add = |row: &Attendance, person: bool| {
        let key = key(row);
        let index = *at.entry(key).or_insert_with_key(|key| {
            cells.push(empty_cell(key.clone()));
            cells.len() - 1
        });
        if person {
            cells[index].persons += 1;
        } else {
            cells[index].attendances += 1;
        }
    };
    attendances.iter().for_each(|row| add(row, false));
    persons.iter().for_each(|row| add(row, true));
    cells
}

fn empty_cell(key: String) -> Cell {
    Cell {
        key,
        attendances: 0,
        persons: 0,
    }
}

fn codes<'a, T: Coded>(terms: impl IntoIterator<Item = &'a T>) -> Vec<String> {
    terms
        .into_iter()
        .map(|term| term.code().to_owned())
        .collect()
}

fn coded<T: Coded>(term: Option<T>) -> String {
    term.map_or(UNCLASSIFIED, Coded::code).to_owned()
}

/// The most frequent spelling of each locality, by its folded name; of those
/// alike, the first by letters.
fn spellings<'a>(rows: &[&'a Attendance]) -> HashMap<String, &'a str> {
    let mut times: HashMap<&str, u32> = HashMap::new();
    for row in rows {
        *times.entry(&row.locality).or_default() += 1;
    }
    let mut times: Vec<(&str, u32)> = times.into_iter().collect();
    times.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    let mut spellings = HashMap::new();
    for (spelling, _) in times {
        let folded = fold(spelling);
        if !folded.is_empty() {
            spellings.entry(folded).or_insert(spelling);
        }
    }
    spellings
}

/// Counts fit: a programme reaches hundreds.
fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// What became of the people registered for workshops that have begun. It
/// stands beside the attendances and is never added to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Funnel {
    /// Registered before the day, whatever came of it.
    pub registered: u32,
    /// Of these, came themselves.
    pub attended: u32,
    /// Of these, somebody came instead.
    pub substituted: u32,
    /// Of these, cancelled.
    pub cancelled: u32,
    /// Of these, never got a seat.
    pub not_seated: u32,
    /// Of these, had a seat and did not come.
    pub no_shows: u32,
    /// Came instead of somebody registered.
    pub substitutes: u32,
    /// Came unregistered.
    pub walk_ins: u32,
}

impl Funnel {
    /// Adds another workshop's numbers.
    pub fn merge(&mut self, other: Self) {
        self.registered += other.registered;
        self.attended += other.attended;
        self.substituted += other.substituted;
        self.cancelled += other.cancelled;
        self.not_seated += other.not_seated;
        self.no_shows += other.no_shows;
        self.substitutes += other.substitutes;
        self.walk_ins += other.walk_ins;
    }

    /// All who came, registered or not.
    #[must_use]
    pub fn came(&self) -> u32 {
        self.attended + self.substitutes + self.walk_ins
    }

    /// What of a workshop's numbers stands in the programme's figures. Doors
    /// open before the start: of a workshop still to begin, only those who have
    /// come already, with those whose seat a substitute who has come took over.
    /// Nobody is missing before the end: whoever has not come by then is
    /// [`Funnel::awaited`].
    #[must_use]
    pub fn counted(self, phase: Phase) -> Self {
        match phase {
            Phase::Held | Phase::Closed => self,
            Phase::Running => Self {
                registered: self.registered - self.no_shows,
                no_shows: 0,
                ..self
            },
            Phase::Upcoming => Self {
                registered: self.attended + self.substituted.min(self.substitutes),
                substituted: self.substituted.min(self.substitutes),
                cancelled: 0,
                not_seated: 0,
                no_shows: 0,
                ..self
            },
            Phase::Draft | Phase::Cancelled => Self::default(),
        }
    }

    /// Registrations of a workshop that are not in the figures yet: of people
    /// who may still come.
    #[must_use]
    pub fn awaited(self, phase: Phase) -> u32 {
        match phase {
            Phase::Upcoming => self.no_shows + self.not_seated,
            Phase::Running => self.no_shows,
            Phase::Draft | Phase::Held | Phase::Closed | Phase::Cancelled => 0,
        }
    }

    /// Adds a number of registrations that share source, state and attendance.
    pub fn add(
        &mut self,
        source: RegistrationSource,
        state: RegistrationState,
        attended: bool,
        number: u32,
    ) {
        match source {
            RegistrationSource::WalkIn if attended => self.walk_ins += number,
            RegistrationSource::Substitute if attended => self.substitutes += number,
            RegistrationSource::WalkIn | RegistrationSource::Substitute => {}
            _ => {
                self.registered += number;
                *match state {
                    _ if attended => &mut self.attended,
                    RegistrationState::Substituted => &mut self.substituted,
                    RegistrationState::Cancelled => &mut self.cancelled,
                    RegistrationState::Requested
                    | RegistrationState::Declined
                    | RegistrationState::Waitlisted
                    | RegistrationState::Offered
                    | RegistrationState::Lapsed => &mut self.not_seated,
                    RegistrationState::Booked => &mut self.no_shows,
                } += number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn attendance() -> impl Strategy<Value = Attendance> {
        (
            0_i64..30,
            0_i64..9,
            0_usize..6,
            proptest::option::of(0_usize..6),
            proptest::option::of(0_usize..4),
            "[ab]?",
        )
            .prop_map(|(person, day, role, sector, site, locality)| Attendance {
                person,
                at: DateTime::<Utc>::UNIX_EPOCH + chrono::Duration::days(day),
                role: DelegateRole::ALL[role],
                sector: sector.map(|i| Sector::ALL[i]),
                site: site.map(|i| SiteType::ALL[i]),
                locality,
            })
    }

    proptest! {
        #[test]
        fn every_breakdown_adds_up_to_both_totals(rows in proptest::collection::vec(attendance(), 0..80)) {
            let tally = Tally::of(&rows);
            prop_assert_eq!(tally.attendances + tally.officials, count(rows.len()));
            for cells in [&tally.by_role, &tally.by_sector, &tally.by_site, &tally.by_locality] {
                prop_assert_eq!(cells.iter().map(|c| c.attendances).sum::<u32>(), tally.attendances);
                prop_assert_eq!(cells.iter().map(|c| c.persons).sum::<u32>(), tally.persons);
            }
        }
    }

    #[test]
    fn of_what_is_to_come_only_those_count_who_are_there() {
        let ahead = Funnel {
            registered: 9,
            attended: 2,
            substituted: 3,
            substitutes: 1,
            no_shows: 4,
            ..Funnel::default()
        };
        let counted = ahead.counted(Phase::Upcoming);
        // Of three whose seat another has, one has come already.
        assert_eq!((counted.registered, counted.substituted), (3, 1));
        assert_eq!((counted.no_shows, counted.came()), (0, ahead.came()));
        assert_eq!(ahead.awaited(Phase::Upcoming), 4);
        assert_eq!(ahead.counted(Phase::Held), ahead);
        assert_eq!(ahead.counted(Phase::Cancelled), Funnel::default());
        // While it runs nobody is missing yet.
        let running = ahead.counted(Phase::Running);
        assert_eq!((running.registered, running.no_shows), (5, 0));
        assert_eq!(running.came(), ahead.came());
        assert_eq!(ahead.awaited(Phase::Running), 4);
        assert_eq!(ahead.awaited(Phase::Held), 0);
    }

    #[test]
    fn a_locality_is_one_however_it_is_typed() {
        let typed = ["bến tre", "Bến Tre", "Ben tre", "Bến Tre", "", "Mỏ Cày"];
        let rows: Vec<Attendance> = (0..)
            .zip(typed)
            .map(|(person, locality)| Attendance {
                person,
                at: DateTime::<Utc>::UNIX_EPOCH,
                role: DelegateRole::Owner,
                sector: None,
                site: None,
                locality: locality.to_owned(),
            })
            .collect();
        let tally = Tally::of(&rows);
        let cells = tally.by_locality.iter();
        let cells: Vec<_> = cells
            .map(|cell| (cell.key.as_str(), cell.attendances, cell.persons))
            .collect();
        assert_eq!(
            cells,
            [("Bến Tre", 4, 4), ("Mỏ Cày", 1, 1), (UNCLASSIFIED, 1, 1)]
        );
    }

    #[test]
    fn an_official_is_shown_and_not_counted() {
        let official = Attendance {
            person: 1,
            at: DateTime::<Utc>::UNIX_EPOCH,
            role: DelegateRole::Official,
            sector: None,
            site: None,
            locality: String::new(),
        };
        let tally = Tally::of(&[official]);
        assert_eq!(
            (tally.attendances, tally.persons, tally.officials),
            (0, 0, 1)
        );
        assert!(tally.by_role.iter().all(|cell| cell.key != "official"));
    }

    #[test]
    fn the_funnel_adds_up() {
        use RegistrationSource::{Import, Online, Substitute, WalkIn};
        use RegistrationState::{Booked, Cancelled, Substituted, Waitlisted};
        let mut funnel = Funnel::default();
        for (source, state, attended, number) in [
            (Online, Booked, true, 500),
            (Import, Booked, true, 38),
            (Online, Substituted, false, 24),
            (Online, Cancelled, false, 42),
            (Online, Booked, false, 79),
            (Online, Waitlisted, false, 1),
            (Substitute, Booked, true, 24),
            (WalkIn, Booked, true, 38),
            (WalkIn, Booked, false, 5),
        ] {
            funnel.add(source, state, attended, number);
        }
        assert_eq!(
            funnel,
            Funnel {
                registered: 684,
                attended: 538,
                substituted: 24,
                cancelled: 42,
                not_seated: 1,
                no_shows: 79,
                substitutes: 24,
                walk_ins: 38,
            }
        );
        assert_eq!(funnel.came(), 600);
        assert_eq!(funnel.counted(Phase::Held), funnel);
        assert_eq!(funnel.counted(Phase::Cancelled), Funnel::default());
        let early = funnel.counted(Phase::Upcoming);
        assert_eq!(early.came(), funnel.came());
        assert_eq!(early.registered, early.attended + early.substituted);
    }
}
