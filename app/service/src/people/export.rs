//! The list as a file: exactly those who are seen, all pages.

use super::{PeopleQuery, PersonRow};
use crate::audit::{Entry, record};
use crate::question::AnswerTable;
use crate::{Actor, Failure, Services};
use domain::{Act, Lang, Phone, TicketCode, harmless, list_separator};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::json;
use text::Words;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// For Excel and its like.
    Xlsx,
    /// Text with a separator, as a spreadsheet in the reader's language opens it
    /// ([`csv_in`]).
    Csv,
}

impl ExportFormat {
    /// The ending of its name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// A file of people.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
}

impl Services {
    /// The people found, in the order of the list, as a file. The log keeps
    /// what was asked for and how many there were; not what was typed, which
    /// may be a name.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn export_people(
        &self,
        actor: &Actor,
        slug: &str,
        query: &PeopleQuery,
        format: ExportFormat,
        lang: Lang,
    ) -> Result<Exported, Failure> {
        let view = self.staff_workshop(actor, Act::ReadPeople, slug).await?;
        let rows = self.find_people(view.row.id, query, None).await?;
        let answers = self.answer_table(view.row.id).await?;
        let now = self.clock.now();
        let after = &json!({
            "people": rows.len(),
            "file": format.ending(),
            "part": query.part,
            "role": query.role,
            "source": query.source,
            "contact": query.contact,
            "consent_pending": query.consent_pending,
            "searched": !query.typed.is_empty(),
        });
        let id = view.row.id;
        self.db
            .write(|tx| async move {
                let entry = Entry {
                    deed: "export_people",
                    noun: "workshop",
                    id,
                    before: None,
                    after: Some(after.clone()),
                };
                record(&*tx, actor, now, entry).await
            })
            .await?;
        let words = Words(lang);
        let content = tokio::task::spawn_blocking(move || match format {
            ExportFormat::Xlsx => xlsx(words, &rows, &answers),
            ExportFormat::Csv => csv_file(words, &rows, &answers),
        });
        Ok(Exported {
            name: format!(
                "{}-{}.{}",
                words.say("export-name"),
                view.row.slug,
                format.ending()
            ),
            content: content.await.map_err(Failure::internal)??,
        })
    }
}

/// The usual columns, and one for each question of the workshop.
fn headings(words: Words, answers: &AnswerTable) -> Vec<String> {
    let usual = [
        words.say("field-full_name"),
        words.say("field-role"),
        words.say("field-establishment"),
        words.say("field-locality"),
        words.say("field-phone"),
        words.say("field-email"),
        words.say("manage-state"),
        words.say("people-source"),
        words.say("field-code"),
        words.say("export-registered-at"),
        words.say("export-offer-until"),
        words.say("manage-attended-at"),
        words.say("people-consent-pending"),
    ];
    usual.into_iter().chain(answers.headings(words.0)).collect()
}

fn cells(words: Words, row: &PersonRow, answers: &AnswerTable) -> Vec<String> {
    let stamp = |at: Option<_>| at.map_or_else(String::new, |at| words.stamp(at));
    let offered = row.state == domain::RegistrationState::Offered;
    let usual = [
        row.full_name.clone(),
        words.term(row.role),
        row.establishment.clone(),
        row.locality.clone(),
        row.phone
            .as_deref()
            .map_or_else(String::new, Phone::national),
        row.email.clone().unwrap_or_default(),
        words.term(row.state),
        words.term(row.source),
        TicketCode::spaced(&row.code),
        words.stamp(row.created_at),
        stamp(row.offer_until.filter(|_| offered)),
        stamp(row.attended_at),
        if row.consent_pending {
            words.say("people-consent-pending")
        } else {
            String::new()
        },
    ];
    let answers = answers.cells(row.id, words.0);
    usual.into_iter().chain(answers).collect()
}

/// A worksheet in constant memory. Every cell is written as text, which no
/// program takes for a formula.
fn xlsx(words: Words, rows: &[PersonRow], answers: &AnswerTable) -> Result<Vec<u8>, Failure> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book
        .add_worksheet_with_constant_memory()
        .map_err(Failure::internal)?;
    for (column, width) in (0..).zip([28, 18, 36, 22, 15, 30, 20, 20, 12, 18, 18, 18, 20]) {
        sheet
            .set_column_width(column, width)
            .map_err(Failure::internal)?;
    }
    for (column, heading) in (0..).zip(headings(words, answers)) {
        sheet
            .write_string_with_format(0, column, heading, &bold)
            .map_err(Failure::internal)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells(words, row, answers)) {
            sheet
                .write_string(line, column, cell)
                .map_err(Failure::internal)?;
        }
    }
    book.save_to_buffer().map_err(Failure::internal)
}

/// A text file of cells, UTF-8 with a byte order mark, as Excel wants it.
pub(crate) fn csv_in(lang: Lang) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .delimiter(list_separator(lang))
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec())
}

fn csv_file(words: Words, rows: &[PersonRow], answers: &AnswerTable) -> Result<Vec<u8>, Failure> {
    let mut writer = csv_in(words.0);
    writer
        .write_record(headings(words, answers))
        .map_err(Failure::internal)?;
    for row in rows {
        let cells = cells(words, row, answers);
        let cells = cells.iter().map(|cell| harmless(cell).into_owned());
        writer.write_record(cells).map_err(Failure::internal)?;
    }
    writer
        .into_inner()
        .map_err(|error| Failure::internal(error.error()))
}
