//! A message that begins from the words of an occasion, and the places that
//! the words of a message may have filled in.

use super::{AudienceForm, CameTo, CampaignForm, CampaignPurpose, SharedMailbox, TimingForm};
use crate::{
    CampaignTiming, Coded, Placeholder, Problems, RegistrationState, TemplateOccasion,
    TemplateText, TimeUnit,
};
use chrono::{DateTime, Utc};

/// The occasions whose words a message may begin from: those that hold for
/// everybody who gets it. Offers, changes, materials, invitations and lost
/// links are sent by deeds of their own, with links that a message has not.
/// What asks for an opinion and what hands a certificate over join them once a
/// registrant's page has either.
pub const BEGINNINGS: [TemplateOccasion; 3] = [
    TemplateOccasion::Reminder,
    TemplateOccasion::Confirmation,
    TemplateOccasion::Waitlisted,
];

impl CampaignForm {
    /// What the words of a message may have filled in for each recipient.
    pub const PLACES: [Placeholder; 7] = [
        Placeholder::Name,
        Placeholder::Workshop,
        Placeholder::When,
        Placeholder::Where,
        Placeholder::Joining,
        Placeholder::Code,
        Placeholder::Organizer,
    ];

    /// An empty message to those with a seat, to leave now.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            purpose: CampaignPurpose::Organising.code().to_owned(),
            shared: SharedMailbox::Each.code().to_owned(),
            audience: AudienceForm {
                states: vec![RegistrationState::Booked.code().to_owned()],
                ..AudienceForm::default()
            },
            timing: TimingForm {
                timing: CampaignTiming::Now.code().to_owned(),
                unit: TimeUnit::Days.code().to_owned(),
                ..TimingForm::default()
            },
            ..Self::default()
        }
    }

    /// A message in the words of one of the [`BEGINNINGS`], Vietnamese and
    /// English, to those whom it is for and at its time: a reminder a day
    /// ahead, what asks for an opinion two hours after the end.
    #[must_use]
    pub fn begin(occasion: TemplateOccasion, [vi, en]: [TemplateText; 2]) -> Self {
        let mut form = Self {
            subject_vi: vi.subject,
            body_vi: vi.body,
            subject_en: en.subject,
            body_en: en.body,
            ..Self::blank()
        };
        let relative = |kind: CampaignTiming, amount: &str, unit: TimeUnit| TimingForm {
            timing: kind.code().to_owned(),
            amount: amount.to_owned(),
            unit: unit.code().to_owned(),
            ..TimingForm::default()
        };
        match occasion {
            TemplateOccasion::Waitlisted => {
                form.audience.states = vec![RegistrationState::Waitlisted.code().to_owned()];
            }
            TemplateOccasion::Reminder => {
                form.timing = relative(CampaignTiming::BeforeStart, "1", TimeUnit::Days);
            }
            TemplateOccasion::Evaluation => {
                form.audience.came = CameTo::Some.code();
                form.timing = relative(CampaignTiming::AfterEnd, "2", TimeUnit::Hours);
            }
            TemplateOccasion::Certificate => form.audience.came = CameTo::Some.code(),
            _ => {}
        }
        form
    }

    /// The same, to leave now where its moment has passed for a workshop from
    /// `starts` to `ends`.
    #[must_use]
    pub fn now_if_late(
        self,
        (starts, ends): (DateTime<Utc>, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Self {
        let mut problems = Problems::default();
        match self.timing.check(starts, ends, now, &mut problems) {
            Some(_) => self,
            None => self.leaving_now(),
        }
    }

    /// The same, to leave now.
    #[must_use]
    pub fn leaving_now(self) -> Self {
        Self {
            timing: Self::blank().timing,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Timing, parse_local};

    #[test]
    fn every_beginning_can_leave_as_it_is_and_has_only_places_that_are_filled_in() {
        let at = |typed| parse_local(typed).unwrap();
        let span = (at("2026-12-03T07:30"), at("2026-12-03T11:30"));
        let later = [TemplateOccasion::Evaluation, TemplateOccasion::Certificate];
        for occasion in BEGINNINGS.into_iter().chain(later) {
            let places: Vec<String> = occasion
                .placeholders()
                .iter()
                .map(|place| place.written())
                .collect();
            let text = |lang: &str| TemplateText {
                subject: format!("{lang} {{hoi_thao}}"),
                body: format!("{lang} {}", places.join(" ")),
            };
            let form = CampaignForm::begin(occasion, [text("vi"), text("en")]);
            let message = form.check(&[1], span, at("2026-11-23T08:00"));
            let message = message.unwrap_or_else(|problems| panic!("{occasion}: {problems:?}"));
            let came = matches!(
                occasion,
                TemplateOccasion::Evaluation | TemplateOccasion::Certificate
            );
            assert_eq!(message.audience.came == CameTo::Some, came, "{occasion}");
            let timing = match occasion {
                TemplateOccasion::Reminder => Timing::BeforeStart(24 * 60),
                TemplateOccasion::Evaluation => Timing::AfterEnd(2 * 60),
                _ => Timing::Now,
            };
            assert_eq!(message.timing, timing, "{occasion}");
            assert_eq!(message.subject_vi, "vi {hoi_thao}");
        }
    }

    #[test]
    fn a_beginning_whose_moment_has_passed_leaves_now() {
        let at = |typed| parse_local(typed).unwrap();
        let span = (at("2026-12-03T07:30"), at("2026-12-03T11:30"));
        let text = || TemplateText {
            subject: "S".to_owned(),
            body: "B".to_owned(),
        };
        for (now, timing) in [
            ("2026-12-02T07:29", "before_start"),
            ("2026-12-02T07:30", "now"),
        ] {
            let form = CampaignForm::begin(TemplateOccasion::Reminder, [text(), text()]);
            let form = form.now_if_late(span, at(now));
            assert_eq!(form.timing.timing, timing, "{now}");
            assert!(form.check(&[1], span, at(now)).is_ok(), "{now}");
        }
    }
}
