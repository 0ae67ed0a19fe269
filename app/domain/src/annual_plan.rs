//! What a year is to bring, as entered.

use crate::typed::{optional_line, optional_text};
use crate::{Problems, Reason};

/// The plan of a year as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanForm {
    /// The year.
    pub year: String,
    /// Workshops to be held.
    pub workshops: String,
    /// Delegates to attend.
    pub delegates: String,
    /// Who pays; may be empty.
    pub funding: String,
    /// May be empty.
    pub note: String,
}

/// The plan of a year that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    /// The year.
    pub year: i64,
    /// Workshops to be held.
    pub workshops: i64,
    /// Delegates to attend.
    pub delegates: i64,
    /// Who pays, or empty.
    pub funding: String,
    /// A note, or empty.
    pub note: String,
}

impl PlanForm {
    /// Checks every field and says all that is wrong at once.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self) -> Result<NewPlan, Problems> {
        let mut problems = Problems::default();
        let year = problems.take("plan_year", number(&self.year, 2000, 2100));
        let workshops = problems.take("plan_workshops", number(&self.workshops, 0, 1000));
        let delegates = problems.take("plan_delegates", number(&self.delegates, 0, 100_000));
        let funding = problems.take("plan_funding", optional_line(&self.funding, 300));
        let note = problems.take("plan_note", optional_text(&self.note));
        match (year, workshops, delegates, funding, note) {
            (Some(year), Some(workshops), Some(delegates), Some(funding), Some(note)) => {
                Ok(NewPlan {
                    year,
                    workshops,
                    delegates,
                    funding,
                    note,
                })
            }
            _ => Err(problems),
        }
    }
}

fn number(typed: &str, min: i64, max: i64) -> Result<i64, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    let number = typed.parse().ok();
    number
        .filter(|number| (min..=max).contains(number))
        .ok_or(Reason::NotInRange(min, max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_may_be_of_nothing_and_lies_in_this_century() {
        let form = PlanForm {
            year: " 2026 ".to_owned(),
            workshops: "0".to_owned(),
            delegates: "180".to_owned(),
            ..PlanForm::default()
        };
        let plan = form.check().unwrap();
        assert_eq!((plan.year, plan.workshops, plan.delegates), (2026, 0, 180));
        let form = PlanForm {
            year: "26".to_owned(),
            workshops: "-1".to_owned(),
            ..PlanForm::default()
        };
        let problems = form.check().unwrap_err();
        assert_eq!(
            problems.of("plan_year"),
            Some(&Reason::NotInRange(2000, 2100))
        );
        assert_eq!(
            problems.of("plan_workshops"),
            Some(&Reason::NotInRange(0, 1000))
        );
        assert_eq!(problems.of("plan_delegates"), Some(&Reason::Required));
    }
}
