//! An import as its organiser sees it.

use super::import_of;
use super::known::{Known, Meant, Met};
use crate::entity::import;
use crate::registration::count_seats;
use crate::{Actor, Failure, Services, WorkshopView};
use domain::{
    ImportColumn, ImportNote, ImportQuestion, ImportRow, ImportState, ImportedPerson, Problems,
    RegistrationMode, RegistrationState, place_newcomers,
};

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Is registered.
    New,
    /// Stands on the list already.
    Same,
    /// Is the same person as in this row further up.
    Again(usize),
    /// Is left out, and why.
    Wrong(Problems),
}

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// Its number in the file, from 1.
    pub number: usize,
    /// What stands in it.
    pub cells: Vec<String>,
    /// What becomes of it.
    pub fate: Fate,
    /// What of it is not taken although it is registered.
    pub left_out: Problems,
    /// What of it is written down as something else than what stands in it.
    pub notes: Vec<ImportNote>,
}

impl PreviewRow {
    /// Whether there is something to look at, although nothing is wrong.
    #[must_use]
    pub fn is_noted(&self) -> bool {
        let again = matches!(self.fate, Fate::Again(_));
        again || !self.left_out.is_empty() || !self.notes.is_empty()
    }
}

/// An import with what its rows come to.
#[derive(Clone, Debug)]
pub struct ImportPage {
    /// The workshop.
    pub view: WorkshopView,
    /// The import.
    pub row: import::Model,
    /// The headings of the file.
    pub headings: Vec<String>,
    /// What stands below each heading first, to tell what it means.
    pub samples: Vec<String>,
    /// What each column holds.
    pub columns: Vec<Option<ImportColumn>>,
    /// What the workshop asks beside the usual fields.
    pub questions: Vec<ImportQuestion>,
    /// The rows; none once they are registered.
    pub rows: Vec<PreviewRow>,
    /// How many of those that are new find a seat as things stand; the others
    /// wait.
    pub seated: u32,
    /// Once it was taken back: who stayed, and where their registration stands.
    pub stayed: Vec<(String, RegistrationState)>,
    /// How many rows have been gone through, while it runs in this process.
    pub progress: Option<usize>,
}

impl ImportPage {
    /// How many rows come to a fate.
    #[must_use]
    pub fn count(&self, is_so: impl Fn(&Fate) -> bool) -> usize {
        self.rows.iter().filter(|row| is_so(&row.fate)).count()
    }
}

impl Services {
    /// An import: before it runs, what would become of each row; while it runs,
    /// how far it is; afterwards what came of it.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn import_page(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<ImportPage, Failure> {
        let view = self.manage_people(actor, slug).await?;
        let row = import_of(self.db.read(), view.row.id, id).await?;
        let mut page = ImportPage {
            headings: Vec::new(),
            samples: Vec::new(),
            columns: Vec::new(),
            questions: Vec::new(),
            rows: Vec::new(),
            seated: 0,
            stayed: self.stayed_of(&row).await?,
            progress: self.import_progress(id),
            view,
            row,
        };
        if !matches!(*page.row.state, ImportState::Uploaded | ImportState::Failed) {
            return Ok(page);
        }
        let sheet = self.sheet(&page.row).await?;
        page.headings = sheet.headings().to_vec();
        page.samples = sheet.samples();
        page.columns.clone_from(&sheet.reading.columns);
        let read = sheet.people();
        let fates = self.fates(page.view.row.id, &read).await?;
        page.questions.clone_from(&sheet.questions);
        page.rows = read
            .iter()
            .zip(fates)
            .map(|((number, row), fate)| PreviewRow {
                number: *number,
                cells: sheet.rows[number - 1].clone(),
                left_out: registered(row, &fate)
                    .map_or_else(Problems::default, |person| person.left_out.clone()),
                notes: registered(row, &fate).map_or_else(Vec::new, |person| person.notes.clone()),
                fate,
            })
            .collect();
        let mut seats = count_seats(self.db.read(), &page.view.row).await?;
        for _ in 0..page.count(|fate| *fate == Fate::New) {
            let state = place_newcomers(RegistrationMode::Open, seats, 1);
            seats.add(state, 1);
            page.seated += u32::from(state == RegistrationState::Booked);
        }
        Ok(page)
    }

    /// What becomes of each row.
    pub(super) async fn fates(
        &self,
        workshop_id: i64,
        rows: &[(usize, ImportRow)],
    ) -> Result<Vec<Fate>, Failure> {
        let people: Vec<&ImportedPerson> = people_of(rows).collect();
        let known = Known::of(self.db.read(), workshop_id, &people).await?;
        let mut met = Met::default();
        let mut meant = known.meant.iter();
        Ok(rows
            .iter()
            .map(|(number, row)| match row {
                ImportRow::Blank => Fate::Same,
                ImportRow::Wrong(problems) => Fate::Wrong(problems.clone()),
                // Those of the file are meant in their order.
                ImportRow::Person(_) => meant
                    .next()
                    .map_or(Fate::Same, |one| fate(&known, &mut met, *one, *number)),
            })
            .collect())
    }
}

pub(super) fn people_of(rows: &[(usize, ImportRow)]) -> impl Iterator<Item = &ImportedPerson> {
    rows.iter().filter_map(|(_, row)| match row {
        ImportRow::Person(person) => Some(person.as_ref()),
        ImportRow::Blank | ImportRow::Wrong(_) => None,
    })
}

/// Whom a row registers.
fn registered<'a>(row: &'a ImportRow, fate: &Fate) -> Option<&'a ImportedPerson> {
    match (row, fate) {
        (ImportRow::Person(person), Fate::New) => Some(person),
        _ => None,
    }
}

/// Whether somebody is new; `row` is the number of the row.
pub(super) fn fate<'a>(known: &Known<'_>, met: &mut Met<'a>, one: Meant<'a>, row: usize) -> Fate {
    let person = known.person(one);
    let before = met.before(one, person.map(|person| person.id), row);
    if person.is_some_and(|person| known.stands(person)) {
        Fate::Same
    } else {
        before.map_or(Fate::New, Fate::Again)
    }
}
