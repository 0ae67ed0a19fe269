//! The words of mails: those that are built in, and those that organisers
//! changed.

mod edit;
mod look;
mod recipient;
mod sample;
mod trial;
mod values;

pub use edit::{TemplateRow, TemplateView};
pub use look::{PreviewForm, TemplateMail, TemplatePreview};
pub(crate) use sample::CODE as EXAMPLE_CODE;
pub(crate) use trial::Trial;
pub(crate) use values::{joining, values_of, workshop_values};

use crate::entity::message_template;
use crate::letter::paragraphs;
use crate::{Failure, Services};
use domain::{Coded, Lang, Placeholder, TemplateOccasion, TemplateText};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::HashMap;
use text::Words;

/// The words that organisers changed; what is not here is as it is built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Templates(HashMap<(TemplateOccasion, Lang), TemplateText>);

impl Templates {
    /// All of them: a few rows, read along with who organises, not with every
    /// mail.
    pub(crate) async fn load(tx: &impl ConnectionTrait) -> Result<Self, Failure> {
        let rows = message_template::Entity::find().all(tx).await?;
        let changed = rows.into_iter().map(|row| {
            let text = TemplateText {
                subject: row.subject,
                body: row.body,
            };
            ((*row.occasion, *row.lang), text)
        });
        Ok(Self(changed.collect()))
    }

    /// The words as organisers changed them, if they did.
    pub(crate) fn changed(&self, occasion: TemplateOccasion, lang: Lang) -> Option<&TemplateText> {
        self.0.get(&(occasion, lang))
    }

    /// The words as they stand.
    pub(crate) fn text(&self, occasion: TemplateOccasion, lang: Lang) -> TemplateText {
        let changed = self.changed(occasion, lang).cloned();
        changed.unwrap_or_else(|| built_in(occasion, lang))
    }

    /// Subject and paragraphs with the places filled in.
    pub(crate) fn filled(
        &self,
        occasion: TemplateOccasion,
        lang: Lang,
        values: &[(Placeholder, String)],
    ) -> (String, Vec<String>) {
        let filled = self.text(occasion, lang).filled(values);
        (filled.subject, paragraphs(&filled.body))
    }

    /// As they would be with these words for an occasion.
    pub(crate) fn with(
        mut self,
        occasion: TemplateOccasion,
        lang: Lang,
        text: TemplateText,
    ) -> Self {
        if text == built_in(occasion, lang) {
            self.0.remove(&(occasion, lang));
        } else {
            self.0.insert((occasion, lang), text);
        }
        self
    }
}

/// The words that are built in, with the places to be filled in.
pub(crate) fn built_in(occasion: TemplateOccasion, lang: Lang) -> TemplateText {
    let (subject, body) = match occasion {
        TemplateOccasion::Confirmation => ("mail-confirmation-subject", "mail-confirmation-body"),
        TemplateOccasion::Waitlisted => ("mail-waitlisted-subject", "mail-waitlisted-body"),
        TemplateOccasion::Offered => ("mail-offered-subject", "mail-offered-body"),
        TemplateOccasion::Reminder => ("mail-reminder-subject", "mail-reminder-body"),
        TemplateOccasion::Moved => ("change-moved-subject", "change-moved-body"),
        TemplateOccasion::Cancelled => ("change-cancelled-subject", "change-cancelled-body"),
        TemplateOccasion::Materials => ("mail-materials-subject", "mail-materials-body"),
        TemplateOccasion::Evaluation => ("mail-evaluation-subject", "mail-evaluation-body"),
        TemplateOccasion::Certificate => ("mail-certificate-subject", "mail-certificate-body"),
        TemplateOccasion::Invitation => ("mail-invited-subject", "mail-invited-body"),
        TemplateOccasion::LostLink => ("mail-lost-link-subject", "mail-lost-link-body"),
    };
    let words = Words(lang);
    let places: Vec<_> = Placeholder::ALL
        .iter()
        .map(|place| (named(*place), place.written().into()))
        .collect();
    TemplateText {
        subject: words.say_with(subject, &places),
        body: words.say_with(body, &places),
    }
}

/// What the files of words call a place.
fn named(place: Placeholder) -> &'static str {
    match place {
        Placeholder::Name => "name",
        Placeholder::Workshop => "title",
        Placeholder::When => "when",
        Placeholder::Where => "where",
        Placeholder::Joining => "joining",
        Placeholder::Code => "code",
        Placeholder::Until => "by",
        Placeholder::Establishment => "establishment",
        Placeholder::Quota => "quota",
        Placeholder::Organizer => "organizer",
        Placeholder::Reason => "reason",
    }
}

impl Services {
    /// Subject and body of an occasion as they stand, with the places to be
    /// filled in by [`domain::template::render`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn template_words(
        &self,
        db: &impl ConnectionTrait,
        occasion: TemplateOccasion,
        lang: Lang,
    ) -> Result<(String, String), Failure> {
        let text = self.frame_in(db).await?.templates.text(occasion, lang);
        Ok((text.subject, text.body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TemplateForm;

    #[test]
    fn what_is_built_in_passes_the_check_and_comes_out_of_it_as_it_was() {
        for occasion in TemplateOccasion::ALL.iter().copied() {
            let [vi, en] = [Lang::Vi, Lang::En].map(|lang| built_in(occasion, lang));
            let form = TemplateForm {
                subject_vi: vi.subject.clone(),
                body_vi: vi.body.clone(),
                subject_en: en.subject.clone(),
                body_en: en.body.clone(),
                seen: String::new(),
            };
            assert_eq!(form.check(occasion), Ok([vi.clone(), en.clone()]));
            assert!(vi.subject.contains("{hoi_thao}"), "{occasion}");
            assert_ne!(vi.body, en.body, "{occasion}");
        }
    }

    #[test]
    fn what_is_typed_as_built_in_changes_nothing() {
        let (occasion, lang) = (TemplateOccasion::Offered, Lang::En);
        let own = TemplateText {
            subject: "S".to_owned(),
            body: "B {ten}".to_owned(),
        };
        let templates = Templates::default().with(occasion, lang, own.clone());
        assert_eq!(templates.changed(occasion, lang), Some(&own));
        assert_eq!(templates.changed(occasion, Lang::Vi), None);
        let values = [(Placeholder::Name, "An {ma}\n\nHai".to_owned())];
        let (subject, paragraphs) = templates.filled(occasion, lang, &values);
        assert_eq!(
            (subject.as_str(), paragraphs),
            ("S", vec!["B An {ma}".to_owned(), "Hai".to_owned()])
        );
        let back = templates.with(occasion, lang, built_in(occasion, lang));
        assert_eq!(back, Templates::default());
    }
}
