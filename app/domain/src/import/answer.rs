//! What a workshop asks beside the usual fields, as files answer it.

use super::fold_heading;
use crate::question::check_answer;
use crate::{Asked, Lang, QuestionKind, Reason, normalise};
use std::collections::HashMap;

/// A question of the workshop, with the words that a file has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportQuestion {
    /// What decides whether an answer is well formed.
    pub asked: Asked,
    /// The question in Vietnamese and in English, where it has one.
    labels: [String; 2],
    /// The number of each choice by its folded name, in both languages.
    choices: HashMap<String, usize>,
}

impl ImportQuestion {
    /// A question with its labels and its choices, a list for each language.
    #[must_use]
    pub fn new(asked: Asked, labels: [&str; 2], choices: [&str; 2]) -> Self {
        let mut known = HashMap::new();
        for lines in choices {
            for (at, choice) in lines.lines().enumerate() {
                known.entry(fold_heading(choice)).or_insert(at + 1);
            }
        }
        Self {
            asked,
            labels: labels.map(str::to_owned),
            choices: known,
        }
    }

    /// Under what headings of it are remembered, for whatever workshop asks the
    /// same.
    #[must_use]
    pub fn memory(&self) -> String {
        format!("question:{}", fold_heading(&self.labels[0]))
    }

    /// The question in a language; Vietnamese where there is no English.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        lang.choose(&self.labels[0], &self.labels[1])
    }

    /// Whether a folded heading is one of its labels.
    #[must_use]
    pub fn is_headed(&self, heading: &str) -> bool {
        !heading.is_empty() && self.labels.iter().any(|one| fold_heading(one) == heading)
    }

    /// The answer that stands in a cell, as it is kept: choices by their names
    /// or their numbers, several of them separated by semicolons or commas.
    /// None where nothing stands: who brings a file may leave open what
    /// registrants must answer.
    ///
    /// # Errors
    /// The [`Reason`] of the question's own rule.
    pub fn read(&self, cell: &str) -> Result<Option<String>, Reason> {
        let cell = normalise(cell);
        if cell.is_empty() {
            return Ok(None);
        }
        let typed = match self.asked.kind {
            QuestionKind::One => vec![self.chosen(&cell)],
            QuestionKind::Several => self.all_chosen(&cell),
            QuestionKind::Text | QuestionKind::Number | QuestionKind::Date => vec![cell],
        };
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        check_answer(self.asked, &typed).map(Some)
    }

    /// The number of a choice that is named; as it stands otherwise.
    fn chosen(&self, typed: &str) -> String {
        let named = self.choices.get(&fold_heading(typed));
        named.map_or_else(|| typed.trim().to_owned(), usize::to_string)
    }

    /// The name of a choice may have a comma, so that the whole goes first.
    fn all_chosen(&self, cell: &str) -> Vec<String> {
        let is_one = |part: &str| self.choices.contains_key(&fold_heading(part));
        let mut typed = Vec::new();
        for part in cell.split(';').filter(|part| !part.trim().is_empty()) {
            if is_one(part) {
                typed.push(self.chosen(part));
            } else {
                let parts = part.split(',').filter(|part| !part.trim().is_empty());
                typed.extend(parts.map(|part| self.chosen(part)));
            }
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: QuestionKind) -> ImportQuestion {
        let asked = Asked {
            id: 7,
            kind,
            choices: 3,
            required: true,
        };
        ImportQuestion::new(
            asked,
            ["Ăn gì?", ""],
            ["Chay\nCá, tôm\nThịt", "Vegetarian\nFish\nMeat"],
        )
    }

    #[test]
    fn cells_are_read_by_the_rule_of_the_question() {
        use QuestionKind::{Date, Number, One, Several, Text};
        for (kind, cell, kept) in [
            (Text, " không  có ", Ok(Some("không có"))),
            (Text, "  ", Ok(None)),
            (One, "CHAY", Ok(Some("1"))),
            (One, "ca, tom", Ok(Some("2"))),
            (One, "meat", Ok(Some("3"))),
            (One, "2", Ok(Some("2"))),
            (One, "Trứng", Err(Reason::NotAChoice)),
            (Several, "Thịt; Cá, tôm", Ok(Some("2,3"))),
            (Several, "Meat, Vegetarian", Ok(Some("1,3"))),
            (Several, "1,3", Ok(Some("1,3"))),
            (Several, "1; Trứng", Err(Reason::NotAChoice)),
            (Several, ";", Err(Reason::NotAChoice)),
            (Number, "1.234", Ok(Some("1234"))),
            (Date, "3/2/2026", Ok(Some("2026-02-03"))),
            (Date, "03/02/2026", Ok(Some("2026-02-03"))),
            (Date, "03-02-2026", Ok(Some("2026-02-03"))),
            (Date, "03.02.2026", Ok(Some("2026-02-03"))),
            (Date, "2026-02-03", Ok(Some("2026-02-03"))),
            (Date, "31/02/2026", Err(Reason::NotADay)),
            (Date, "03/02/26", Err(Reason::NotADay)),
        ] {
            let read = question(kind).read(cell);
            assert_eq!(read, kept.map(|kept| kept.map(str::to_owned)), "{cell}");
        }
    }

    #[test]
    fn headings_are_labels_in_either_language() {
        let question = question(QuestionKind::Text);
        assert!(question.is_headed("an gi"));
        assert!(!question.is_headed(""));
        assert_eq!(question.memory(), "question:an gi");
    }
}
