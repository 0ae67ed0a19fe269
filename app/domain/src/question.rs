//! Questions that one workshop asks of its registrants, and their answers.

use crate::coded::coded;
use crate::number::plain_number;
use crate::typed::{optional_line, term_or};
use crate::{Problems, Reason, clean_line, fold, normalise};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

coded! {
    /// What kind of answer a question takes.
    QuestionKind {
        /// A line of text.
        Text = "text",
        /// One of the choices.
        One = "one",
        /// Any of the choices.
        Several = "several",
        /// A number.
        Number = "number",
        /// A day.
        Date = "date",
    }
}

impl QuestionKind {
    /// Whether the answer is among choices.
    #[must_use]
    pub fn has_choices(self) -> bool {
        matches!(self, Self::One | Self::Several)
    }
}

/// The most questions a workshop asks: a form on a phone stays short.
pub const MAX_QUESTIONS: usize = 10;

/// The most choices of one question.
pub const MAX_CHOICES: usize = 20;

const LONGEST_ANSWER: u32 = 500;

/// A question as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionForm {
    /// The code of a [`QuestionKind`]; text when empty.
    pub kind: String,
    /// The question in Vietnamese.
    pub label_vi: String,
    /// In English; may be empty.
    pub label_en: String,
    /// The choices in Vietnamese, one a line.
    pub choices_vi: String,
    /// The choices in English, in the same order; may be empty.
    pub choices_en: String,
    /// Whether it must be answered to register.
    pub required: bool,
    /// Whether organisers answer it, and registrants never see it.
    pub internal: bool,
}

/// A question that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuestion {
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// The question in Vietnamese.
    pub label_vi: String,
    /// In English, or empty.
    pub label_en: String,
    /// The choices in Vietnamese.
    pub choices_vi: Vec<String>,
    /// The choices in English: as many, or none.
    pub choices_en: Vec<String>,
    /// Whether it must be answered to register.
    pub required: bool,
    /// Whether organisers answer it.
    pub internal: bool,
}

impl QuestionForm {
    /// Checks every field and says all that is wrong at once. `answered` is the
    /// question as it was answered already, if it was: answers name choices by
    /// their number, so its kind stays, and each choice that somebody made stays
    /// on its line with its words; they may be spelt otherwise.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self, answered: Option<&Answered>) -> Result<NewQuestion, Problems> {
        let mut problems = Problems::default();
        let kind = problems.take("question_kind", term_or(&self.kind, QuestionKind::Text));
        if let (Some(kind), Some(answered)) = (kind, answered)
            && kind != answered.kind
        {
            problems.add("question_kind", Reason::Answered);
        }
        let label_vi = problems.take("label_vi", clean_line(&self.label_vi, 200));
        let label_en = problems.take("label_en", optional_line(&self.label_en, 200));
        let (mut choices_vi, mut choices_en) = (Vec::new(), Vec::new());
        if kind.is_some_and(QuestionKind::has_choices) {
            choices_vi = lines(&self.choices_vi);
            choices_en = lines(&self.choices_en);
            let different: BTreeSet<&String> = choices_vi.iter().collect();
            let all_differ = different.len() == choices_vi.len();
            if !all_differ || !(2..=MAX_CHOICES).contains(&choices_vi.len()) {
                problems.add("choices_vi", Reason::FewChoices);
            } else if let Some(choice) = answered
                .and_then(|answered| changed(&answered.choices_vi, &choices_vi, &answered.chosen))
            {
                problems.add("choices_vi", choice);
            }
            if !choices_en.is_empty() && choices_en.len() != choices_vi.len() {
                problems.add("choices_en", Reason::ChoicesDiffer);
            } else if let Some(choice) = answered
                .filter(|_| !choices_en.is_empty())
                .and_then(|answered| changed(&answered.choices_en, &choices_en, &answered.chosen))
            {
                problems.add("choices_en", choice);
            }
        }
        match (kind, label_vi, label_en) {
            (Some(kind), Some(label_vi), Some(label_en)) if problems.is_empty() => {
                Ok(NewQuestion {
                    kind,
                    label_vi,
                    label_en,
                    choices_vi,
                    choices_en,
                    required: self.required,
                    internal: self.internal,
                })
            }
            _ => Err(problems),
        }
    }
}

/// A question as it was answered already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What kind of answer it took.
    pub kind: QuestionKind,
    /// The choices in Vietnamese.
    pub choices_vi: Vec<String>,
    /// The choices in English; may be none.
    pub choices_en: Vec<String>,
    /// The numbers of the choices that somebody made, from 1.
    pub chosen: BTreeSet<usize>,
}

/// The first choice, of those that somebody made, that does not stand on its line
/// any more: it moved, went, or says something else. Capitals and full stops may
/// be put right, and accents put to words that had none: others would make
/// another word, as they make “Bơ” of “Bò”. None of a language that had no words.
fn changed(before: &[String], after: &[String], chosen: &BTreeSet<usize>) -> Option<Reason> {
    // Signs within the words stay: “< 50” is not “> 50”.
    let bare = |line: String| line.trim_matches([' ', '.', ',', ';', ':']).to_owned();
    let words = |line: &str| bare(normalise(line).to_lowercase());
    let same = |was: &str, is: &str| {
        let (old, plain) = (words(was), bare(fold(was)));
        old == words(is) || (old == plain && plain == bare(fold(is)))
    };
    let mut chosen = chosen.iter().filter_map(|number| number.checked_sub(1));
    chosen.find_map(|at| {
        let was = before.get(at)?;
        let stays = after.get(at).is_some_and(|is| same(was, is));
        (!stays).then(|| Reason::ChoiceMade(was.clone()))
    })
}

/// The lines that are not empty, each 200 characters at most.
fn lines(typed: &str) -> Vec<String> {
    typed
        .lines()
        .filter_map(|line| clean_line(line, 200).ok())
        .collect()
}

/// What of a question decides whether an answer to it is well formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The key of the question.
    pub id: i64,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// How many choices it has.
    pub choices: usize,
    /// Whether it must be answered.
    pub required: bool,
}

/// Answers as typed, by the key of the question; several for boxes.
pub type Answers = BTreeMap<i64, Vec<String>>;

/// Checks the answers to all that is asked, and returns them as they are kept:
/// a choice by its number from 1, several with commas, a day as ISO 8601.
/// What was not answered is left out. Problems stand at `answers.{id}`.
pub fn check_answers(
    asked: &[Asked],
    typed: &Answers,
    problems: &mut Problems,
) -> Vec<(i64, String)> {
    let mut kept = Vec::new();
    for question in asked {
        let values: Vec<&str> = typed
            .get(&question.id)
            .into_iter()
            .flatten()
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
            .collect();
        let checked = if values.is_empty() {
            if question.required {
                Err(Reason::Required)
            } else {
                continue;
            }
        } else {
            check_answer(*question, &values)
        };
        if let Some(answer) = problems.take(format!("answers.{}", question.id), checked) {
            kept.push((question.id, answer));
        }
    }
    kept
}

pub(crate) fn check_answer(question: Asked, values: &[&str]) -> Result<String, Reason> {
    let choice = |value: &str| {
        let number = value.parse::<usize>().ok();
        number
            .filter(|number| (1..=question.choices).contains(number))
            .ok_or(Reason::NotAChoice)
    };
    let first = values.first().copied().unwrap_or_default();
    match question.kind {
        QuestionKind::Text => clean_line(first, LONGEST_ANSWER),
        QuestionKind::One => choice(first).map(|number| number.to_string()),
        // Separators alone.
        QuestionKind::Several if values.is_empty() => Err(Reason::NotAChoice),
        QuestionKind::Several => {
            let mut numbers = values
                .iter()
                .map(|value| choice(value))
                .collect::<Result<Vec<_>, _>>()?;
            numbers.sort_unstable();
            numbers.dedup();
            let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
            Ok(numbers.join(","))
        }
        QuestionKind::Number => plain_number(first).ok_or(Reason::NotANumber),
        QuestionKind::Date => ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
            .iter()
            .find_map(|form| NaiveDate::parse_from_str(first, form).ok())
            // A year of two digits would be one of the first century.
            .filter(|day| (1900..2200).contains(&day.year()))
            .map(|day| day.format("%Y-%m-%d").to_string())
            .ok_or(Reason::NotADay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(kind: &str, choices: &str) -> QuestionForm {
        QuestionForm {
            kind: kind.into(),
            label_vi: "Anh/Chị ăn chay không?".into(),
            choices_vi: choices.into(),
            ..QuestionForm::default()
        }
    }

    fn asked(kind: QuestionKind, required: bool) -> Asked {
        Asked {
            id: 7,
            kind,
            choices: 3,
            required,
        }
    }

    fn said(problems: &Problems) -> Vec<String> {
        problems
            .0
            .iter()
            .map(|one| format!("{} {}", one.field, one.reason.code()))
            .collect()
    }

    #[test]
    fn choices_are_lines_and_as_many_in_english() {
        let new = form("one", " Có \n\nKhông\n").check(None).unwrap();
        assert_eq!(new.choices_vi, ["Có", "Không"]);
        assert!(
            form("text", "a\nb")
                .check(None)
                .unwrap()
                .choices_vi
                .is_empty()
        );
        let one = form("several", "Có").check(None).unwrap_err();
        assert_eq!(said(&one), ["choices_vi few_choices"]);
        let twice = form("one", "Có\nCó").check(None).unwrap_err();
        assert_eq!(said(&twice), ["choices_vi few_choices"]);
        let uneven = QuestionForm {
            choices_en: "Yes".into(),
            label_vi: String::new(),
            ..form("one", "Có\nKhông")
        };
        assert_eq!(
            said(&uneven.check(None).unwrap_err()),
            ["label_vi required", "choices_en choices_differ"]
        );
    }

    #[test]
    fn what_was_answered_keeps_its_kind_and_choices() {
        let lines = |typed: &str| typed.lines().map(str::to_owned).collect();
        let known = Answered {
            kind: QuestionKind::One,
            choices_vi: lines("Chay\nMặn\nKhông ăn"),
            choices_en: lines("Vegetarian\nMeat\nNothing"),
            chosen: BTreeSet::from([1, 3]),
        };
        let other = form("number", "").check(Some(&known)).unwrap_err();
        assert_eq!(said(&other), ["question_kind answered"]);
        for (choices, moved) in [
            ("Chay\nMặn\nKhông ăn", None),
            // Spelling, more choices, and what nobody chose.
            ("CHAY.\nThịt\nkho\u{302}ng  ăn\nKhác", None),
            // Accents that were missing, and others than were there.
            ("Cháy\nMặn\nKhông ăn", None),
            ("Chay\nMặn\nKhống ăn", Some("Không ăn")),
            ("Chay\nMặn\nKhong an", Some("Không ăn")),
            // One goes and one comes: everybody would move.
            ("Chay\nKhông ăn\nKhác", Some("Không ăn")),
            ("Mặn\nChay\nKhông ăn", Some("Chay")),
            ("Chay\nMặn", Some("Không ăn")),
            ("Chay\nMặn\nCó ăn", Some("Không ăn")),
        ] {
            let checked = form("one", choices).check(Some(&known));
            let found = checked.err().map(|problems| problems.0[0].reason.clone());
            let moved = moved.map(|choice| Reason::ChoiceMade(choice.to_owned()));
            assert_eq!(found, moved, "{choices}");
        }
        let english = QuestionForm {
            choices_en: "Meat\nVegetarian\nNothing".into(),
            ..form("one", "Chay\nMặn\nKhông ăn")
        };
        let swapped = english.check(Some(&known)).unwrap_err();
        assert_eq!(said(&swapped), ["choices_en choice_made"]);
    }

    #[test]
    fn answers_of_each_kind() {
        use QuestionKind::{Date, Number, One, Several, Text};
        for (kind, typed, kept) in [
            (Text, &[" ăn  chay "][..], Ok("ăn chay")),
            (One, &["2"], Ok("2")),
            (One, &["4"], Err("not_a_choice")),
            (Several, &["3", "1", "3"], Ok("1,3")),
            (Several, &["1", "0"], Err("not_a_choice")),
            (Number, &["1.234"], Ok("1234")),
            (Number, &["-1 234 567"], Ok("-1234567")),
            (Number, &["1.250,5"], Ok("1250.5")),
            (Number, &["ba"], Err("not_a_number")),
            (Number, &["99999999999"], Err("not_a_number")),
            (Date, &["2026-12-03"], Ok("2026-12-03")),
            (Date, &["03/12/2026"], Ok("2026-12-03")),
            (Date, &["3.12.2026"], Ok("2026-12-03")),
            (Date, &["03/12/26"], Err("not_a_day")),
            (Date, &["31/02/2026"], Err("not_a_day")),
            (Text, &["  "], Err("required")),
        ] {
            let typed = Answers::from([(7, typed.iter().map(|one| (*one).to_owned()).collect())]);
            let mut problems = Problems::default();
            let got = check_answers(&[asked(kind, true)], &typed, &mut problems);
            match kept {
                Ok(kept) => assert_eq!(got, [(7, kept.to_owned())]),
                Err(code) => assert_eq!(said(&problems), [format!("answers.7 {code}")]),
            }
        }
        let mut problems = Problems::default();
        let none = check_answers(&[asked(Text, false)], &Answers::new(), &mut problems);
        assert!(none.is_empty() && problems.is_empty());
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(value in any::<String>(), kind in 0_usize..5) {
            use crate::Coded;
            let typed = Answers::from([(7, vec![value])]);
            let _ = check_answers(&[asked(QuestionKind::ALL[kind], true)], &typed, &mut Problems::default());
        }
    }
}
