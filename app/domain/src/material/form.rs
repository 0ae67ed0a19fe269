//! What is said of a material.

use super::{MaterialKind, MaterialTiming, MaterialType, MaterialVisibility};
use crate::{Coded, Problems, Reason, Sector, clean_line, optional_line};

/// The longest title.
const LONGEST_TITLE: u32 = 200;

/// The longest note on rights.
const LONGEST_RIGHTS: u32 = 200;

/// What was typed of a material, kept whole. What is empty has a default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaterialForm {
    /// The title; by default the name of the file.
    pub title_vi: String,
    /// The title in English; by default none.
    pub title_en: String,
    /// The code of what it is for; by default guessed from the file.
    pub kind: String,
    /// Who holds the rights and what may be done with it; may be empty.
    pub rights: String,
    /// The code of for whom it is; by default those who came.
    pub visibility: String,
    /// The code of from when; by default now.
    pub timing: String,
    /// The key of the session it belongs to; by default none.
    pub session: String,
    /// The codes of the sectors it is for; none is all.
    pub sectors: Vec<String>,
}

/// A material, well formed. What is none was left to its default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMaterial {
    /// The title, if one was typed.
    pub title_vi: Option<String>,
    /// The title in English; may be empty.
    pub title_en: String,
    /// What it is for, if it was said.
    pub kind: Option<MaterialKind>,
    /// Rights; may be empty.
    pub rights: String,
    /// For whom.
    pub visibility: MaterialVisibility,
    /// From when.
    pub timing: MaterialTiming,
    /// The session it belongs to.
    pub session_id: Option<i64>,
    /// The sectors it is for; none is all.
    pub sectors: Vec<Sector>,
}

impl MaterialForm {
    /// Checks it against the sessions that it may belong to; none for what
    /// belongs to the whole programme.
    ///
    /// # Errors
    /// Problems with `material_title_vi`, `material_title_en`,
    /// `material_kind`, `rights`, `visibility`, `timing`, `session` and
    /// `sectors`, all at once.
    pub fn check(&self, sessions: &[i64], in_workshop: bool) -> Result<NewMaterial, Problems> {
        let mut problems = Problems::default();
        let title_vi = match clean_line(&self.title_vi, LONGEST_TITLE) {
            Err(Reason::Required) => Ok(None),
            checked => checked.map(Some),
        };
        let title_vi = problems.take("material_title_vi", title_vi);
        let title_en = optional_line(&self.title_en, LONGEST_TITLE);
        let title_en = problems.take("material_title_en", title_en);
        let kind = problems.take("material_kind", chosen(&self.kind));
        let rights = problems.take("rights", optional_line(&self.rights, LONGEST_RIGHTS));
        let visibility = problems.take("visibility", chosen(&self.visibility));
        let timing = chosen(&self.timing).map(|timing| timing.unwrap_or(MaterialTiming::Now));
        let waits_for_nothing = timing == Ok(MaterialTiming::AfterSession) && !in_workshop;
        let timing = if waits_for_nothing {
            Err(Reason::NotAChoice)
        } else {
            timing
        };
        let timing = problems.take("timing", timing);
        let session_id = problems.take("session", session(&self.session, sessions));
        let sectors = self.sectors.iter().map(|code| Sector::from_code(code));
        let sectors = sectors.collect::<Option<Vec<_>>>();
        let sectors = problems.take("sectors", sectors.ok_or(Reason::NotAChoice));
        match (
            title_vi, title_en, kind, rights, visibility, timing, session_id, sectors,
        ) {
            (
                Some(title_vi),
                Some(title_en),
                Some(kind),
                Some(rights),
                Some(visibility),
                Some(timing),
                Some(session_id),
                Some(sectors),
            ) => Ok(NewMaterial {
                title_vi,
                title_en,
                kind,
                rights,
                visibility: visibility.unwrap_or(MaterialVisibility::Attended),
                timing,
                session_id,
                sectors,
            }),
            _ => Err(problems),
        }
    }

    /// As [`MaterialForm::check`], for a material that is there: its title and
    /// what it is for are said.
    ///
    /// # Errors
    /// As [`MaterialForm::check`], all at once.
    pub fn check_whole(
        &self,
        sessions: &[i64],
        in_workshop: bool,
    ) -> Result<NewMaterial, Problems> {
        let mut problems = Problems::default();
        for (field, typed) in [
            ("material_title_vi", &self.title_vi),
            ("material_kind", &self.kind),
        ] {
            if typed.trim().is_empty() {
                problems.add(field, Reason::Required);
            }
        }
        match self.check(sessions, in_workshop) {
            Ok(new) if problems.is_empty() => Ok(new),
            Ok(_) => Err(problems),
            Err(others) => {
                problems.0.extend(others.0);
                Err(problems)
            }
        }
    }
}

fn chosen<T: Coded>(code: &str) -> Result<Option<T>, Reason> {
    match code.trim() {
        "" => Ok(None),
        code => T::from_code(code).map(Some).ok_or(Reason::NotAChoice),
    }
}

fn session(typed: &str, sessions: &[i64]) -> Result<Option<i64>, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let id = typed.parse().ok().filter(|id| sessions.contains(id));
    id.map(Some).ok_or(Reason::UnknownSession)
}

/// The title of a material that nobody titled: the name of its file without
/// the ending.
#[must_use]
pub fn title_of_file(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.replace('_', " ");
    let title = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        name.to_owned()
    } else {
        title
    }
}

/// What a file is for when nobody said.
#[must_use]
pub fn guessed_kind(file: MaterialType) -> MaterialKind {
    match file {
        MaterialType::Pptx => MaterialKind::Slides,
        MaterialType::Xlsx => MaterialKind::Form,
        _ => MaterialKind::Handout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_has_a_default() {
        let new = MaterialForm::default().check(&[], true).unwrap();
        assert_eq!(
            (&new.title_vi, new.kind, new.session_id),
            (&None, None, None)
        );
        assert_eq!(new.visibility, MaterialVisibility::Attended);
        assert_eq!(new.timing, MaterialTiming::Now);
        assert_eq!(title_of_file("Bài_giảng  sấy.v2.pdf"), "Bài giảng sấy.v2");
        assert_eq!(title_of_file("_.pdf"), "_.pdf");
        assert_eq!(guessed_kind(MaterialType::Pptx), MaterialKind::Slides);
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let form = MaterialForm {
            title_vi: "a".repeat(201),
            kind: "film".to_owned(),
            visibility: "nobody".to_owned(),
            timing: "later".to_owned(),
            session: "9".to_owned(),
            sectors: vec!["gold".to_owned()],
            ..MaterialForm::default()
        };
        let problems = form.check(&[1, 2], true).unwrap_err();
        let fields: Vec<&str> = problems.0.iter().map(|one| one.field.as_ref()).collect();
        assert_eq!(
            fields,
            [
                "material_title_vi",
                "material_kind",
                "visibility",
                "timing",
                "session",
                "sectors"
            ]
        );
    }

    #[test]
    fn what_is_there_has_a_title_and_a_kind() {
        let form = MaterialForm {
            rights: "x".repeat(201),
            ..MaterialForm::default()
        };
        let problems = form.check_whole(&[], true).unwrap_err();
        let fields: Vec<&str> = problems.0.iter().map(|one| one.field.as_ref()).collect();
        assert_eq!(fields, ["material_title_vi", "material_kind", "rights"]);
    }

    #[test]
    fn what_belongs_to_the_programme_waits_for_no_session() {
        let form = MaterialForm {
            timing: "after_session".to_owned(),
            ..MaterialForm::default()
        };
        assert!(form.check(&[], true).is_ok());
        let problems = form.check(&[], false).unwrap_err();
        assert_eq!(problems.of("timing"), Some(&Reason::NotAChoice));
    }
}
