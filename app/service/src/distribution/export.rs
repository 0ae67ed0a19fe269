//! The register as a file.

use super::{DistributedBy, DistributionDocument, DistributionFilter};
use crate::audit::{Entry, record};
use crate::people::csv_in;
use crate::{Actor, Failure, Services};
use domain::{Lang, harmless, to_local};
use serde_json::json;
use text::Words;

impl Services {
    /// The entries found, as text that a spreadsheet in the reader's language
    /// opens as a table. The log keeps how many there were.
    ///
    /// # Errors
    /// As [`Services::distributions`].
    pub async fn export_distributions(
        &self,
        actor: &Actor,
        filter: &DistributionFilter,
        lang: Lang,
    ) -> Result<Vec<u8>, Failure> {
        let found = self.all_distributions(actor, filter).await?;
        let (now, number) = (self.clock.now(), found.found);
        self.db
            .write(|tx| async move {
                let entry = Entry {
                    deed: "export_distributions",
                    noun: "programme",
                    id: self.programme_row(&*tx).await?.id,
                    before: None,
                    after: Some(json!({ "entries": number })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await?;
        let words = Words(lang);
        let mut writer = csv_in(lang);
        let headings = [
            "field-day",
            "field-material",
            "manage-workshop",
            "distribution-establishment",
            "field-channel",
            "distribution-by",
            "field-distribution_note",
        ];
        writer
            .write_record(headings.map(|key| words.say(key)))
            .map_err(Failure::internal)?;
        for row in &found.rows {
            let by = match &row.by {
                DistributedBy::Hand { who, .. } => who.clone(),
                DistributedBy::Mails(people) => {
                    words.say_with("distribution-by-mails", &[("number", (*people).into())])
                }
            };
            let cells = [
                row.day.format("%d/%m/%Y").to_string(),
                row.document.title(lang).to_owned(),
                workshop(&row.document, words),
                row.establishment.clone(),
                words.term(row.channel),
                by,
                row.note.clone(),
            ];
            writer
                .write_record(cells.iter().map(|cell| harmless(cell).into_owned()))
                .map_err(Failure::internal)?;
        }
        writer
            .into_inner()
            .map_err(|error| Failure::internal(error.error()))
    }
}

/// The workshop of a document with its day: several have the same title.
fn workshop(document: &DistributionDocument, words: Words) -> String {
    let title = document.workshop(words.0).unwrap_or_default();
    match document.starts_at {
        Some(at) => format!("{title} ({})", words.date(to_local(at).date_naive())),
        None => title.to_owned(),
    }
}
