//! A message as typed.

use super::{Audience, AudienceForm, CampaignPurpose, SharedMailbox, Timing, TimingForm};
use crate::template::{MAX_SUBJECT, in_one_spelling};
use crate::typed::{optional_text, term_or};
use crate::{Lang, Placeholder, Problems, Reason, TemplateText, clean_line};
use chrono::{DateTime, Utc};

/// A message as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignForm {
    /// The subject in Vietnamese.
    pub subject_vi: String,
    /// What it says in Vietnamese; one paragraph a line.
    pub body_vi: String,
    /// The subject in English.
    pub subject_en: String,
    /// What it says in English.
    pub body_en: String,
    /// The code of a [`CampaignPurpose`].
    pub purpose: String,
    /// The code of a [`SharedMailbox`].
    pub shared: String,
    /// To whom it goes.
    pub audience: AudienceForm,
    /// When it leaves.
    pub timing: TimingForm,
    /// Names the message as it was when the form was opened; empty for a new
    /// one.
    pub version: String,
}

/// A message that can leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCampaign {
    /// The subject in Vietnamese.
    pub subject_vi: String,
    /// What it says in Vietnamese.
    pub body_vi: String,
    /// The subject in English.
    pub subject_en: String,
    /// What it says in English.
    pub body_en: String,
    /// What it is for.
    pub purpose: CampaignPurpose,
    /// What people who share a mailbox get.
    pub shared: SharedMailbox,
    /// To whom it goes.
    pub audience: Audience,
    /// When it leaves.
    pub timing: Timing,
}

impl NewCampaign {
    /// Whether it says the same to the same people as another, whenever.
    #[must_use]
    pub fn says_as(&self, other: &Self) -> bool {
        let timing = other.timing;
        Self {
            timing,
            ..self.clone()
        } == *other
    }

    /// What it says in a language, with its places to be filled in.
    #[must_use]
    pub fn words(&self, lang: Lang) -> TemplateText {
        TemplateText {
            subject: lang.choose(&self.subject_vi, &self.subject_en).to_owned(),
            body: lang.choose(&self.body_vi, &self.body_en).to_owned(),
        }
    }

    /// What it says in a language, with these values in its places.
    #[must_use]
    pub fn filled(&self, lang: Lang, values: &[(Placeholder, String)]) -> TemplateText {
        self.words(lang).filled(values)
    }
}

impl CampaignForm {
    /// Checks a message of a workshop with these sessions, which lasts from
    /// `starts` to `ends`: both languages are filled in, as long as a template
    /// may be, with no places but [`CampaignForm::PLACES`]. What invites to
    /// workshops to come goes to each alone: by its link one person stops such
    /// mails, and none of those who share the mailbox (RFC 8058 has one link a
    /// mail).
    ///
    /// # Errors
    /// All [`Problems`], in the order of the fields.
    pub fn check(
        &self,
        sessions: &[i64],
        (starts, ends): (DateTime<Utc>, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Result<NewCampaign, Problems> {
        let mut problems = Problems::default();
        let audience = self.audience.check(sessions, &mut problems);
        let purpose = term_or(&self.purpose, CampaignPurpose::Organising);
        let purpose = problems.take("campaign_purpose", purpose);
        let shared = match term_or(&self.shared, SharedMailbox::Each) {
            Ok(SharedMailbox::One) if purpose == Some(CampaignPurpose::Invitations) => {
                Err(Reason::OneEach)
            }
            checked => checked,
        };
        let shared = problems.take("shared", shared);
        let subject_vi = problems.take("subject_vi", subject(&self.subject_vi));
        let body_vi = problems.take("body_vi", text(&self.body_vi));
        let subject_en = problems.take("subject_en", subject(&self.subject_en));
        let body_en = problems.take("body_en", text(&self.body_en));
        let timing = self.timing.check(starts, ends, now, &mut problems);
        let checked = || {
            Some(NewCampaign {
                subject_vi: subject_vi?,
                body_vi: body_vi?,
                subject_en: subject_en?,
                body_en: body_en?,
                purpose: purpose?,
                shared: shared?,
                audience: audience?,
                timing: timing?,
            })
        };
        checked().ok_or(problems)
    }
}

fn subject(typed: &str) -> Result<String, Reason> {
    let places = CampaignForm::PLACES.into_iter();
    let allowed: Vec<Placeholder> = places.filter(|place| place.fits_subject()).collect();
    in_one_spelling(&clean_line(typed, MAX_SUBJECT)?, &allowed)
}

fn text(typed: &str) -> Result<String, Reason> {
    match optional_text(typed)? {
        text if text.is_empty() => Err(Reason::Required),
        text => in_one_spelling(&text, &CampaignForm::PLACES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    fn check(form: &CampaignForm) -> Result<NewCampaign, Problems> {
        let at = |typed| parse_local(typed).unwrap();
        let span = (at("2026-12-03T07:30"), at("2026-12-03T11:30"));
        form.check(&[1], span, at("2026-11-23T08:00"))
    }

    fn good() -> CampaignForm {
        CampaignForm {
            subject_vi: " Nhắc  lịch ".to_owned(),
            body_vi: "Một.\n\n Hai.".to_owned(),
            subject_en: "Reminder".to_owned(),
            body_en: "One.".to_owned(),
            audience: AudienceForm {
                states: vec!["booked".to_owned()],
                ..AudienceForm::default()
            },
            timing: TimingForm {
                timing: "now".to_owned(),
                ..TimingForm::default()
            },
            ..CampaignForm::default()
        }
    }

    #[test]
    fn both_languages_are_filled_in() {
        let message = check(&good()).unwrap();
        let vi = message.words(Lang::Vi);
        assert_eq!(
            (vi.subject.as_str(), vi.body.as_str()),
            ("Nhắc lịch", "Một.\n\nHai.")
        );
        assert_eq!(message.words(Lang::En).subject, "Reminder");
        let problems = check(&CampaignForm::default()).unwrap_err();
        for field in ["subject_vi", "body_vi", "subject_en", "body_en"] {
            assert_eq!(problems.of(field), Some(&Reason::Required), "{field}");
        }
        for (field, reason) in [
            ("states", Reason::NoneChosen),
            ("campaign_timing", Reason::NotAChoice),
        ] {
            assert_eq!(problems.of(field), Some(&reason), "{field}");
        }
    }

    #[test]
    fn a_subject_is_as_long_as_that_of_a_template_and_has_no_sentence() {
        let with = |subject: &str| {
            check(&CampaignForm {
                subject_en: subject.to_owned(),
                ..good()
            })
        };
        let longest = "x".repeat(200);
        assert_eq!(with(&longest).map(|one| one.subject_en), Ok(longest));
        for wrong in ["x".repeat(201), "{cach_du}".to_owned()] {
            assert!(with(&wrong).unwrap_err().of("subject_en").is_some());
        }
    }

    #[test]
    fn places_are_those_of_a_message_and_filled_in_once() {
        let form = CampaignForm {
            subject_vi: "Nhắc {Hội thảo}".to_owned(),
            body_vi: "Chào {ten}, mã {ma}.".to_owned(),
            ..good()
        };
        let message = check(&form).unwrap();
        assert_eq!(message.subject_vi, "Nhắc {hoi_thao}");
        let values = [
            (Placeholder::Name, "An {ma}".to_owned()),
            (Placeholder::Code, "2222 3333".to_owned()),
            (Placeholder::Workshop, "Dừa".to_owned()),
        ];
        let filled = message.filled(Lang::Vi, &values);
        assert_eq!(
            (filled.subject.as_str(), filled.body.as_str()),
            ("Nhắc Dừa", "Chào An {ma}, mã 2222 3333.")
        );
        for wrong in ["{han}", "{khong_co}", "một { ngoặc"] {
            let form = CampaignForm {
                body_en: wrong.to_owned(),
                ..good()
            };
            let problems = check(&form).unwrap_err();
            assert!(problems.of("body_en").is_some(), "{wrong}");
        }
    }

    #[test]
    fn what_invites_goes_to_each_alone() {
        for (purpose, shared, problem) in [
            ("organising", "one", None),
            ("organising", "each", None),
            ("invitations", "each", None),
            ("invitations", "one", Some(&Reason::OneEach)),
            ("invitations", "none", Some(&Reason::NotAChoice)),
        ] {
            let form = CampaignForm {
                purpose: purpose.to_owned(),
                shared: shared.to_owned(),
                ..good()
            };
            let checked = check(&form);
            let problems = checked.as_ref().err();
            assert_eq!(
                problems.and_then(|found| found.of("shared")),
                problem,
                "{purpose} {shared}"
            );
        }
    }
}
