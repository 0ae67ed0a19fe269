//! The register of what was handed to which establishment, how and when.

use crate::coded::coded;
use crate::{Coded, Problems, Reason, optional_line};
use chrono::NaiveDate;

coded! {
    /// The way a document reached an establishment.
    Channel {
        /// By e-mail.
        Mail = "mail",
        /// Zalo.
        Zalo = "zalo",
        /// Bản in.
        Print = "print",
        /// Given during a visit.
        Visit = "visit",
    }
}

/// Establishments that are entered at once.
pub const MOST_ENTERED: usize = 500;

/// What was handed out, as typed, kept whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DistributionForm {
    /// The key of the document.
    pub material: String,
    /// The code of the way.
    pub channel: String,
    /// The day, as a date field sends it, or as people write it.
    pub day: String,
    /// The keys of the establishments.
    pub establishments: Vec<String>,
    /// Anything to add; may be empty.
    pub note: String,
}

/// What was handed out, well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDistribution {
    /// The key of the document.
    pub material_id: i64,
    /// The way.
    pub channel: Channel,
    /// The day.
    pub day: NaiveDate,
    /// The keys of the establishments, each once.
    pub establishments: Vec<i64>,
    /// Anything to add; may be empty.
    pub note: String,
}

impl DistributionForm {
    /// Checks it; `today` is the last day on which anything can have been
    /// handed out.
    ///
    /// # Errors
    /// Problems with `material`, `channel`, `day`, `establishments` and
    /// `distribution_note`, all at once.
    pub fn check(&self, today: NaiveDate) -> Result<NewDistribution, Problems> {
        let mut problems = Problems::default();
        let material = match self.material.trim() {
            "" => Err(Reason::NotChosen),
            key => key.parse().map_err(|_| Reason::NotAChoice),
        };
        let material = problems.take("material", material);
        let channel = match self.channel.trim() {
            "" => Err(Reason::NotChosen),
            code => Channel::from_code(code).ok_or(Reason::NotAChoice),
        };
        let channel = problems.take("channel", channel);
        let day = problems.take("day", day(&self.day, today));
        let establishments = problems.take("establishments", self.chosen());
        let note = problems.take("distribution_note", optional_line(&self.note, 200));
        match (material, channel, day, establishments, note) {
            (Some(material_id), Some(channel), Some(day), Some(establishments), Some(note)) => {
                Ok(NewDistribution {
                    material_id,
                    channel,
                    day,
                    establishments,
                    note,
                })
            }
            _ => Err(problems),
        }
    }

    fn chosen(&self) -> Result<Vec<i64>, Reason> {
        let keys = self.establishments.iter().map(|key| key.trim().parse());
        let mut keys: Vec<i64> = keys
            .collect::<Result<_, _>>()
            .map_err(|_| Reason::NotAChoice)?;
        keys.sort_unstable();
        keys.dedup();
        match keys.len() {
            0 => Err(Reason::NotChosen),
            many if many > MOST_ENTERED => Err(Reason::TooMany(
                i64::try_from(MOST_ENTERED).unwrap_or(i64::MAX),
            )),
            _ => Ok(keys),
        }
    }
}

fn day(typed: &str, today: NaiveDate) -> Result<NaiveDate, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    let formats = ["%Y-%m-%d", "%d/%m/%Y"];
    let day = formats
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(typed, format).ok());
    let first = NaiveDate::from_ymd_opt(2000, 1, 1);
    match day {
        Some(day) if day > today => Err(Reason::InTheFuture),
        Some(day) if first.is_some_and(|first| day >= first) => Ok(day),
        _ => Err(Reason::NotADay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> DistributionForm {
        DistributionForm {
            material: "3".to_owned(),
            channel: "zalo".to_owned(),
            day: "30/11/2026".to_owned(),
            establishments: vec!["9".to_owned(), "2".to_owned(), "9".to_owned()],
            note: String::new(),
        }
    }

    #[test]
    fn several_establishments_are_entered_at_once_and_each_once() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let new = form().check(today).unwrap();
        assert_eq!((new.material_id, new.channel), (3, Channel::Zalo));
        assert_eq!(new.establishments, [2, 9]);
        assert_eq!(new.day, today);
    }

    #[test]
    fn nothing_was_handed_out_tomorrow_or_to_nobody() {
        let yesterday = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        let problems = form().check(yesterday).unwrap_err();
        assert_eq!(problems.of("day"), Some(&Reason::InTheFuture));
        let problems = DistributionForm::default().check(yesterday).unwrap_err();
        for field in ["material", "channel", "establishments"] {
            assert_eq!(problems.of(field), Some(&Reason::NotChosen), "{field}");
        }
        assert_eq!(problems.of("day"), Some(&Reason::Required));
        let odd = DistributionForm {
            day: "1.2.2026".to_owned(),
            establishments: vec!["x".to_owned()],
            ..form()
        };
        let problems = odd.check(yesterday).unwrap_err();
        assert_eq!(problems.of("day"), Some(&Reason::NotADay));
        assert_eq!(problems.of("establishments"), Some(&Reason::NotAChoice));
    }
}
