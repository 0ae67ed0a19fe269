//! Files of delegates: uploaded, looked at, registered as a whole, taken back as
//! a whole.

mod answers;
mod files;
mod known;
mod make;
mod page;
mod places;
mod read;
mod rejected;
mod run;
mod take_back;
mod trace;
mod undo;

use read::Table;

pub use page::{Fate, ImportPage, PreviewRow};
pub use undo::ImportUndone;

use crate::audit::{Entry, record};
use crate::entity::{Code, import, import_heading};
use crate::files::UploadFailure;
use crate::workshop::lock_by_slug;
use crate::{Actor, Conflict, Failure, Services, WorkshopView};
use bytes::Bytes;
use domain::{
    Coded, ImportColumn, ImportField, ImportQuestion, ImportRow, ImportState, MAX_IMPORT_BYTES,
    MAX_IMPORT_ROWS, Phase, QuestionKind, Reason, clean_file_name, find_headings, fold_heading,
    fullest_row, guess_columns, is_list, read_row,
};
use futures::TryStreamExt;
use futures::stream::Stream;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// How a file is read, as the organiser said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Reading {
    /// The row with the headings, from 0.
    headings: usize,
    /// What each column holds.
    columns: Vec<Option<ImportColumn>>,
    /// Whether people are written to.
    mails: bool,
}

/// A file's rows and how they are read.
struct Sheet {
    rows: Vec<Vec<String>>,
    /// See [`Table`].
    thousandths: HashSet<(usize, usize)>,
    reading: Reading,
    questions: Vec<ImportQuestion>,
}

impl Sheet {
    fn headings(&self) -> &[String] {
        self.rows
            .get(self.reading.headings)
            .map_or(&[], Vec::as_slice)
    }

    /// The first cell with something in it below each heading.
    fn samples(&self) -> Vec<String> {
        let below = self
            .rows
            .get(self.reading.headings + 1..)
            .unwrap_or_default();
        let first = |at: usize| {
            let mut cells = below.iter().filter_map(|row| row.get(at));
            cells.find(|cell| !cell.trim().is_empty())
        };
        let columns = 0..self.headings().len();
        columns
            .map(|at| first(at).cloned().unwrap_or_default())
            .collect()
    }

    /// The rows below the headings that are not blank, with their numbers in
    /// the file, from 1.
    fn people(&self) -> Vec<(usize, ImportRow)> {
        let rows = self.rows.iter().enumerate().skip(self.reading.headings + 1);
        rows.map(|(at, row)| {
            let row = self.meant(at, row);
            (
                at + 1,
                read_row(&row, &self.reading.columns, &self.questions),
            )
        })
        .filter(|(_, row)| *row != ImportRow::Blank)
        .collect()
    }

    /// A row whose numbers of three decimals are not taken for thousands, where
    /// a number is asked for.
    fn meant<'a>(&self, at: usize, row: &'a [String]) -> Cow<'a, [String]> {
        let mut row = Cow::Borrowed(row);
        for (column, means) in self.reading.columns.iter().enumerate() {
            let Some(ImportColumn::Answer(id)) = means else {
                continue;
            };
            let is_number = |one: &ImportQuestion| {
                one.asked.id == *id && one.asked.kind == QuestionKind::Number
            };
            if self.thousandths.contains(&(at, column))
                && self.questions.iter().any(is_number)
                && let Some(cell) = row.to_mut().get_mut(column)
            {
                cell.push('0');
            }
        }
        row
    }
}

impl Services {
    /// Takes a file for a workshop; nothing is registered yet. The columns are
    /// guessed from its headings. Returns the key of the import.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at `file`: too large, too many rows, empty,
    /// neither a workbook nor comma-separated text, or no list; [`Conflict::NotAllowedNow`]
    /// for a workshop that is not published or is over; as [`Services::staff_workshop`].
    pub async fn upload_import<S, E>(
        &self,
        actor: &Actor,
        slug: &str,
        file_name: &str,
        content: S,
    ) -> Result<i64, Failure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
    {
        let view = self.manage_people(actor, slug).await?;
        if !matches!(view.phase, Phase::Upcoming | Phase::Running) {
            return Err(Failure::Conflict(Conflict::NotAllowedNow));
        }
        let in_file = |reason| Failure::problem("file", reason);
        let name = &clean_file_name(file_name).map_err(in_file)?;
        let upload = self.files.put(content, MAX_IMPORT_BYTES).await;
        let upload = &upload.map_err(|failure| match failure {
            UploadFailure::TooLarge => in_file(Reason::FileTooLarge(5)),
            UploadFailure::Broken => in_file(Reason::FileEmpty),
            UploadFailure::Store(failure) => failure,
        })?;
        let saved = self.take_import(actor, &view, name, &upload.key).await;
        if saved.as_ref().is_err_and(Failure::is_refusal) {
            // The database does not know of it.
            if let Err(failure) = self.files.delete(&upload.key).await {
                tracing::warn!(%failure, "a refused file could not be removed");
            }
        }
        saved
    }

    async fn take_import(
        &self,
        actor: &Actor,
        view: &WorkshopView,
        name: &str,
        key: &str,
    ) -> Result<i64, Failure> {
        let Table { rows, thousandths } = self.import_rows(key).await?;
        if !is_list(&rows) {
            return Err(Failure::problem("file", Reason::NotAList));
        }
        let questions = answers::asked_in_files(self.db.read(), view.row.id).await?;
        // A heading may be remembered for a question of another workshop.
        let meant = |memory: &str| match ImportField::from_code(memory) {
            Some(field) => Some(ImportColumn::Field(field)),
            None => questions
                .iter()
                .find(|question| question.memory() == memory)
                .map(|question| ImportColumn::Answer(question.asked.id)),
        };
        let remembered: HashMap<String, ImportColumn> = import_heading::Entity::find()
            .all(self.db.read())
            .await?
            .into_iter()
            .filter_map(|row| Some((row.folded, meant(&row.field)?)))
            .collect();
        let headings = find_headings(&rows).unwrap_or_else(|| fullest_row(&rows));
        let columns = guess_columns(&rows[headings], &questions, |heading| {
            remembered.get(heading).copied()
        });
        let sheet = Sheet {
            rows,
            thousandths,
            reading: Reading {
                headings,
                columns,
                mails: false,
            },
            questions,
        };
        let total = sheet.rows.len() - headings - 1;
        if total > MAX_IMPORT_ROWS {
            let most = i64::try_from(MAX_IMPORT_ROWS).unwrap_or(i64::MAX);
            return Err(Failure::problem("file", Reason::TooManyRows(most)));
        }
        let columns = &serde_json::to_string(&sheet.reading).map_err(Failure::internal)?;
        let workshop_id = view.row.id;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = import::ActiveModel {
                    workshop_id: Set(workshop_id),
                    file_name: Set(name.to_owned()),
                    storage_key: Set(key.to_owned()),
                    columns: Set(columns.clone()),
                    state: Set(Code(ImportState::Uploaded)),
                    total: Set(i64::try_from(total).unwrap_or(0)),
                    done: Set(0),
                    made: Set(0),
                    same: Set(0),
                    rejected: Set(0),
                    created_by: Set(actor.label()),
                    created_at: Set(now),
                    finished_at: Set(None),
                    undone_at: Set(None),
                    ..Default::default()
                };
                Ok(row.insert(&*tx).await?.id)
            })
            .await
    }

    /// Says what the columns hold, and remembers it for the next file with the
    /// same headings.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at `columns` when a field is in two columns or there
    /// is none for the name or the establishment; [`Conflict::NotAllowedNow`]
    /// once it runs; [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn set_import_columns(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        columns: &[Option<ImportColumn>],
    ) -> Result<(), Failure> {
        let view = self.manage_people(actor, slug).await?;
        let row = import_of(self.db.read(), view.row.id, id).await?;
        let mut sheet = self.sheet(&row).await?;
        let wide = sheet.headings().len();
        let questions = &sheet.questions;
        // What is not asked here, or no longer, is read as nothing.
        let memory = |column: ImportColumn| match column {
            ImportColumn::Field(field) => Some(field.code().to_owned()),
            ImportColumn::Answer(id) => questions
                .iter()
                .find(|question| question.asked.id == id)
                .map(ImportQuestion::memory),
        };
        let columns = columns
            .iter()
            .map(|column| column.filter(|column| memory(*column).is_some()));
        let columns = columns.chain(std::iter::repeat(None)).take(wide);
        sheet.reading.columns = columns.collect();
        check_columns(&sheet.reading.columns)?;
        let said: &Vec<_> = &sheet
            .headings()
            .iter()
            .zip(&sheet.reading.columns)
            .filter_map(|(heading, column)| Some((fold_heading(heading), memory((*column)?)?)))
            .filter(|(heading, _)| !heading.is_empty())
            .collect();
        let reading = &serde_json::to_string(&sheet.reading).map_err(Failure::internal)?;
        self.db
            .write(|tx| async move {
                let row = import_of(&*tx, view.row.id, id).await?;
                require_waiting(&row)?;
                let mut row = row.into_active_model();
                row.columns = Set(reading.clone());
                row.update(&*tx).await?;
                for (heading, field) in said {
                    let heading = import_heading::ActiveModel {
                        folded: Set(heading.clone()),
                        field: Set(field.clone()),
                        ..Default::default()
                    };
                    let known = OnConflict::column(import_heading::Column::Folded)
                        .update_column(import_heading::Column::Field)
                        .to_owned();
                    import_heading::Entity::insert(heading)
                        .on_conflict(known)
                        .exec_without_returning(&*tx)
                        .await?;
                }
                Ok(())
            })
            .await
    }

    /// Has a file registered in the background, people written to or not. Who
    /// confirms second is told that it runs.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at `columns` as
    /// [`Services::set_import_columns`]; [`Conflict::NotAllowedNow`] when it
    /// runs or ran, or the workshop is not published or over;
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn confirm_import(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        mails: bool,
    ) -> Result<(), Failure> {
        self.manage_people(actor, slug).await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let workshop_id = workshop.id;
                run::require_open(&tx, &workshop, now).await?;
                let row = import_of(&*tx, workshop_id, id).await?;
                require_waiting(&row)?;
                let mut reading = reading_of(&row)?;
                check_columns(&reading.columns)?;
                reading.mails = mails;
                let mut row = row.into_active_model();
                row.columns = Set(serde_json::to_string(&reading).map_err(Failure::internal)?);
                row.state = Set(Code(ImportState::Running));
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: "confirm_import",
                    noun: "workshop",
                    id: workshop_id,
                    before: None,
                    after: Some(json!({ "import": id })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
            .inspect(|()| self.import_bell.notify_one())
    }

    /// The imports of a workshop, latest first.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn imports(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<(WorkshopView, Vec<import::Model>), Failure> {
        let view = self.manage_people(actor, slug).await?;
        let rows = import::Entity::find()
            .filter(import::Column::WorkshopId.eq(view.row.id))
            .order_by_desc(import::Column::Id)
            .all(self.db.read())
            .await?;
        Ok((view, rows))
    }

    /// The file of an import with how it is read.
    async fn sheet(&self, row: &import::Model) -> Result<Sheet, Failure> {
        let Table { rows, thousandths } = self.import_rows(&row.storage_key).await?;
        Ok(Sheet {
            rows,
            thousandths,
            reading: reading_of(row)?,
            questions: answers::asked_in_files(self.db.read(), row.workshop_id).await?,
        })
    }

    async fn import_rows(&self, key: &str) -> Result<Table, Failure> {
        let content = self.files.get(key).await?;
        let content: Vec<u8> = content
            .try_fold(Vec::new(), |mut all, part| async move {
                all.extend_from_slice(&part);
                Ok(all)
            })
            .await
            .map_err(Failure::internal)?;
        tokio::task::spawn_blocking(move || read::table(&content))
            .await
            // A file that makes the reader panic is no table either.
            .unwrap_or(Err(Reason::NotATable))
            .map_err(|reason| Failure::problem("file", reason))
    }
}

async fn import_of(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    id: i64,
) -> Result<import::Model, Failure> {
    import::Entity::find_by_id(id)
        .filter(import::Column::WorkshopId.eq(workshop_id))
        .one(tx)
        .await?
        .ok_or(Failure::NotFound)
}

fn reading_of(row: &import::Model) -> Result<Reading, Failure> {
    serde_json::from_str(&row.columns).map_err(Failure::internal)
}

/// Demands that nothing has been registered from it yet.
fn require_waiting(row: &import::Model) -> Result<(), Failure> {
    match *row.state {
        ImportState::Uploaded | ImportState::Failed => Ok(()),
        _ => Err(Failure::Conflict(Conflict::NotAllowedNow)),
    }
}

fn check_columns(columns: &[Option<ImportColumn>]) -> Result<(), Failure> {
    let times = |column| columns.iter().filter(|one| **one == Some(column)).count();
    let needed = [ImportField::FullName, ImportField::Establishment];
    let mut needed = needed.into_iter().map(ImportColumn::Field);
    if needed.any(|column| times(column) == 0) {
        return Err(Failure::problem("columns", Reason::ColumnsNeeded));
    }
    if columns.iter().flatten().any(|column| times(*column) > 1) {
        return Err(Failure::problem("columns", Reason::ColumnTwice));
    }
    Ok(())
}
