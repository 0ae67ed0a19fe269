//! The rows that were left out, as a file to be mended and brought again.

use super::page::Fate;
use super::{Sheet, import_of};
use crate::people::Exported;
use crate::{Actor, Failure, Services};
use domain::{ImportColumn, ImportRow, Lang, Problem};
use rust_xlsxwriter::{Format, Workbook};
use text::Words;

impl Services {
    /// A workbook with the rows that are not well formed, each with what is
    /// wrong in a last column; the other columns are as in the file, so that it
    /// can be mended and brought again.
    ///
    /// # Errors
    /// [`Failure::NotFound`], also when the file is kept no longer; as [`Services::staff_workshop`].
    pub async fn rejected_rows(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        lang: Lang,
    ) -> Result<Exported, Failure> {
        let view = self.manage_people(actor, slug).await?;
        let row = import_of(self.db.read(), view.row.id, id).await?;
        if row.storage_key.is_empty() {
            return Err(Failure::NotFound);
        }
        let sheet = self.sheet(&row).await?;
        let words = Words(lang);
        let content = tokio::task::spawn_blocking(move || workbook(words, &sheet));
        Ok(Exported {
            name: format!("{}-{id}.xlsx", words.say("import-rejected-name")),
            content: content.await.map_err(Failure::internal)??,
        })
    }
}

fn workbook(words: Words, sheet: &Sheet) -> Result<Vec<u8>, Failure> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let page = book
        .add_worksheet_with_constant_memory()
        .map_err(Failure::internal)?;
    let headings = sheet.headings().to_vec();
    let last = headings.len();
    let why = words.say("import-why");
    for (column, heading) in (0..).zip(headings.iter().chain([&why])) {
        page.write_string_with_format(0, column, fitting(heading), &bold)
            .map_err(Failure::internal)?;
    }
    let wrong = sheet
        .people()
        .into_iter()
        .filter_map(|(number, row)| match row {
            ImportRow::Wrong(problems) => Some((number, problems)),
            ImportRow::Person(_) | ImportRow::Blank => None,
        });
    for (line, (number, problems)) in (1..).zip(wrong) {
        let mut cells = sheet
            .meant(number - 1, &sheet.rows[number - 1])
            .into_owned();
        cells.resize(last, String::new());
        let said: Vec<String> = problems
            .0
            .iter()
            .map(|one| said(words, sheet, one))
            .collect();
        cells.push(said.join(" "));
        for (column, cell) in (0..).zip(cells) {
            page.write_string(line, column, fitting(&cell))
                .map_err(Failure::internal)?;
        }
    }
    book.save_to_buffer().map_err(Failure::internal)
}

/// As much of a text as a cell of a workbook holds.
fn fitting(text: &str) -> String {
    const LONGEST: usize = 32_000;
    // A cell counts UTF-16 units; none of a letter is more than two of them.
    text.chars().take(LONGEST / 2).collect()
}

fn said(words: Words, sheet: &Sheet, problem: &Problem) -> String {
    let question = match ImportColumn::from_code(&problem.field) {
        Some(ImportColumn::Answer(id)) => sheet.questions.iter().find(|one| one.asked.id == id),
        _ => None,
    };
    let field = match question {
        Some(question) => question.label(words.0).to_owned(),
        None => words.say(&format!("field-{}", problem.field)),
    };
    format!("{field}: {}", words.problem(problem))
}

impl Fate {
    /// Whether a row is left out.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        matches!(self, Self::Wrong(_))
    }
}
