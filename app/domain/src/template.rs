//! The words of mails that organisers may change: a text with places to be
//! filled in, checked when it is saved and filled in one pass.
//!
//! A place is a word in single braces, such as `{ten}`. The words are
//! Vietnamese without marks, in the texts of both languages: most who edit are
//! Vietnamese organisers, keyboards differ about marks, and one spelling lets a
//! sentence be copied from one language into the other. Marks, capitals and
//! spaces are forgiven when typed, and stored as the one spelling.

use crate::coded::coded;
use crate::typed::optional_text;
use crate::{Coded, Problems, Reason, clean_line, fold};

/// The longest subject.
pub const MAX_SUBJECT: u32 = 200;

coded! {
    /// What a mail is about whose words organisers may change.
    TemplateOccasion {
        /// A seat is booked.
        Confirmation = "confirmation",
        /// On the waiting list.
        Waitlisted = "waitlisted",
        /// A freed seat is offered.
        Offered = "offered",
        /// The workshop is near.
        Reminder = "reminder",
        /// Another time or place.
        Moved = "moved",
        /// The workshop was called off.
        Cancelled = "cancelled",
        /// Materials are handed out.
        Materials = "materials",
        /// What people thought of it is asked for.
        Evaluation = "evaluation",
        /// A certificate is ready.
        Certificate = "certificate",
        /// An establishment is invited to name delegates.
        Invitation = "invitation",
        /// The link to a registration that was lost.
        LostLink = "lost_link",
    }
}

coded! {
    /// A place in a text that is filled in for each mail.
    Placeholder {
        /// Whom the mail greets.
        Name = "ten",
        /// The title of the workshop.
        Workshop = "hoi_thao",
        /// Its day and hours.
        When = "thoi_gian",
        /// Its places.
        Where = "dia_diem",
        /// How somebody with a seat takes part: at the door, by the link, or
        /// either; may be empty.
        Joining = "cach_du",
        /// The code that lets somebody in at the door.
        Code = "ma",
        /// Until when a seat is held, or an answer awaited.
        Until = "han",
        /// The invited establishment.
        Establishment = "don_vi",
        /// How many delegates it may name.
        Quota = "so_dai_bieu",
        /// Who organises.
        Organizer = "ban_to_chuc",
        /// Why it was moved or called off; may be empty.
        Reason = "ly_do",
    }
}

impl TemplateOccasion {
    /// What its text may have filled in: what is known whenever such a mail is
    /// written. A change is told to all in the same words, so without a name.
    #[must_use]
    pub fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder::{
            Code, Establishment, Joining, Name, Organizer, Quota, Reason, Until, When, Where,
            Workshop,
        };
        match self {
            Self::Confirmation | Self::Reminder => {
                &[Name, Workshop, When, Where, Joining, Code, Organizer]
            }
            Self::Offered => &[Name, Workshop, When, Where, Until, Organizer],
            Self::Moved | Self::Cancelled => &[Workshop, When, Where, Reason, Organizer],
            Self::Invitation => &[
                Name,
                Establishment,
                Quota,
                Workshop,
                When,
                Where,
                Until,
                Organizer,
            ],
            Self::Waitlisted
            | Self::Materials
            | Self::Evaluation
            | Self::Certificate
            | Self::LostLink => &[Name, Workshop, When, Where, Organizer],
        }
    }

    /// As [`TemplateOccasion::placeholders`], for the subject.
    pub fn subject_placeholders(self) -> impl Iterator<Item = Placeholder> {
        let all = self.placeholders().iter().copied();
        all.filter(|place| place.fits_subject())
    }
}

impl Placeholder {
    /// As it stands in a text.
    #[must_use]
    pub fn written(self) -> String {
        format!("{{{}}}", self.code())
    }

    /// Whether it may stand in a subject: what is a sentence of its own may
    /// not.
    #[must_use]
    pub fn fits_subject(self) -> bool {
        !matches!(self, Self::Reason | Self::Joining)
    }

    /// The place with this word, with or without marks and capitals.
    fn find(word: &str) -> Option<Self> {
        Self::from_code(&fold(word.trim()).replace([' ', '-'], "_"))
    }
}

/// The words of one mail in one language, with places to be filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateText {
    /// One line.
    pub subject: String,
    /// One paragraph a line.
    pub body: String,
}

impl TemplateText {
    /// Subject and body with the places filled in. The subject stays one line,
    /// whatever is filled in.
    #[must_use]
    pub fn filled(&self, values: &[(Placeholder, String)]) -> Self {
        let subject = render(&self.subject, values);
        Self {
            subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
            body: render(&self.body, values),
        }
    }
}

/// Both languages of an occasion as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateForm {
    /// Vietnamese subject.
    pub subject_vi: String,
    /// Vietnamese body.
    pub body_vi: String,
    /// English subject.
    pub subject_en: String,
    /// English body.
    pub body_en: String,
    /// Which words were looked at when the form was opened.
    pub seen: String,
}

impl TemplateForm {
    /// Checks every field and says all that is wrong at once: the words in
    /// Vietnamese and in English.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self, occasion: TemplateOccasion) -> Result<[TemplateText; 2], Problems> {
        let mut problems = Problems::default();
        let subject_vi = problems.take("template_subject_vi", subject(&self.subject_vi, occasion));
        let body_vi = problems.take("template_body_vi", body(&self.body_vi, occasion));
        let subject_en = problems.take("template_subject_en", subject(&self.subject_en, occasion));
        let body_en = problems.take("template_body_en", body(&self.body_en, occasion));
        match (subject_vi, body_vi, subject_en, body_en) {
            (Some(subject_vi), Some(body_vi), Some(subject_en), Some(body_en)) => Ok([
                TemplateText {
                    subject: subject_vi,
                    body: body_vi,
                },
                TemplateText {
                    subject: subject_en,
                    body: body_en,
                },
            ]),
            _ => Err(problems),
        }
    }
}

fn subject(typed: &str, occasion: TemplateOccasion) -> Result<String, Reason> {
    let allowed: Vec<Placeholder> = occasion.subject_placeholders().collect();
    in_one_spelling(&clean_line(typed, MAX_SUBJECT)?, &allowed)
}

fn body(typed: &str, occasion: TemplateOccasion) -> Result<String, Reason> {
    let text = optional_text(typed)?;
    if text.is_empty() {
        return Err(Reason::Required);
    }
    in_one_spelling(&text, occasion.placeholders())
}

/// The text with its places as they are stored.
pub(crate) fn in_one_spelling(text: &str, allowed: &[Placeholder]) -> Result<String, Reason> {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Brace(_) => return Err(Reason::LooseBrace),
            Piece::Place(word) => match Placeholder::find(word) {
                Some(place) if allowed.contains(&place) => out.push_str(&place.written()),
                _ => {
                    let allowed: Vec<String> = allowed.iter().map(|one| one.written()).collect();
                    return Err(Reason::NotAPlaceholder {
                        what: format!("{{{word}}}"),
                        allowed: allowed.join(" "),
                    });
                }
            },
        }
    }
    Ok(out)
}

/// The text with its places filled in, in a single pass: braces in a value
/// stay what they are. A place without a value is left out; what is no place
/// stays as it stands. Values become no markup here: whoever shows the text
/// escapes it.
#[must_use]
pub fn render(template: &str, values: &[(Placeholder, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Brace(brace) => out.push(brace),
            Piece::Place(word) => match Placeholder::find(word) {
                Some(place) => {
                    let value = values.iter().find(|(of, _)| *of == place);
                    out.push_str(value.map_or("", |(_, value)| value));
                }
                None => {
                    out.push('{');
                    out.push_str(word);
                    out.push('}');
                }
            },
        }
    }
    out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// What stands between two braces of one line.
    Place(&'a str),
    /// A brace that has no partner.
    Brace(char),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (piece, length) = match first {
            '{' => {
                let inside = &rest[1..];
                match inside.find(['{', '}', '\n']) {
                    Some(end) if inside[end..].starts_with('}') => {
                        (Piece::Place(&inside[..end]), end + 2)
                    }
                    _ => (Piece::Brace('{'), 1),
                }
            }
            '}' => (Piece::Brace('}'), 1),
            _ => {
                let end = rest.find(['{', '}']).unwrap_or(rest.len());
                (Piece::Text(&rest[..end]), end)
            }
        };
        rest = &rest[length..];
        Some(piece)
    })
}

#[cfg(test)]
mod tests;
