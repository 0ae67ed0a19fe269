//! Who sees a material, from when, and which version a link leads to.

use crate::coded::coded;
use chrono::{DateTime, Utc};

coded! {
    /// For whom a material is.
    MaterialVisibility {
        /// Everybody: it stands in the public library.
        Public = "public",
        /// Those who have a seat, and those who came.
        Registered = "registered",
        /// Those who came.
        Attended = "attended",
    }
}

coded! {
    /// From when a material is handed out.
    MaterialTiming {
        /// As soon as it is there.
        Now = "now",
        /// Once its session is over; for a workshop, the last one.
        AfterSession = "after_session",
    }
}

/// Who looks, from what is known of their registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Viewer {
    /// Anybody, or somebody who gave up the seat.
    Anybody,
    /// Has a seat.
    Registered,
    /// Came to a session.
    Attended,
}

impl Viewer {
    /// What a registration makes of somebody.
    #[must_use]
    pub fn of(has_seat: bool, came: bool) -> Self {
        match (has_seat, came) {
            (_, true) => Self::Attended,
            (true, false) => Self::Registered,
            (false, false) => Self::Anybody,
        }
    }
}

/// Whether a material is for somebody, now. `ends_at` is the end of what it
/// belongs to; what belongs to the whole programme has none, and waits for
/// nothing.
#[must_use]
pub fn sees(
    viewer: Viewer,
    visibility: MaterialVisibility,
    timing: MaterialTiming,
    ends_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> bool {
    let least = match visibility {
        MaterialVisibility::Public => Viewer::Anybody,
        MaterialVisibility::Registered => Viewer::Registered,
        MaterialVisibility::Attended => Viewer::Attended,
    };
    let due = match timing {
        MaterialTiming::Now => true,
        MaterialTiming::AfterSession => ends_at.is_none_or(|ends_at| ends_at <= now),
    };
    due && viewer >= least
}

/// A version of a material, as far as links care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaterialVersion {
    /// From 1; the newest has the highest.
    pub number: i64,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

/// The version that every link to a material leads to, whichever version it
/// was made for: the newest that was not withdrawn. None when all were.
#[must_use]
pub fn standing(versions: impl IntoIterator<Item = MaterialVersion>) -> Option<i64> {
    let standing = versions.into_iter().filter(|version| !version.withdrawn);
    standing.map(|version| version.number).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    #[test]
    fn each_sees_what_is_for_them_and_no_sooner() {
        use MaterialTiming::{AfterSession, Now};
        use MaterialVisibility::{Attended, Public, Registered};
        let now: DateTime<Utc> = "2026-11-30T02:00:00Z".parse().unwrap();
        let (over, running) = (Some(now), Some(now + Duration::seconds(1)));
        for (visibility, least) in [
            (Public, Viewer::Anybody),
            (Registered, Viewer::Registered),
            (Attended, Viewer::Attended),
        ] {
            for viewer in [Viewer::Anybody, Viewer::Registered, Viewer::Attended] {
                let may = viewer >= least;
                assert_eq!(sees(viewer, visibility, Now, running, now), may);
                assert_eq!(sees(viewer, visibility, AfterSession, over, now), may);
                assert_eq!(sees(viewer, visibility, AfterSession, None, now), may);
                assert!(!sees(viewer, visibility, AfterSession, running, now));
            }
        }
    }

    #[test]
    fn who_came_is_more_than_who_has_a_seat() {
        assert_eq!(Viewer::of(false, true), Viewer::Attended);
        assert_eq!(Viewer::of(true, false), Viewer::Registered);
        assert_eq!(Viewer::of(false, false), Viewer::Anybody);
    }

    #[test]
    fn every_link_leads_to_the_newest_version_that_stands() {
        let of = |marks: &[bool]| {
            let versions = (1..).zip(marks).map(|(number, withdrawn)| MaterialVersion {
                number,
                withdrawn: *withdrawn,
            });
            standing(versions.collect::<Vec<_>>().into_iter().rev())
        };
        assert_eq!(of(&[false]), Some(1));
        assert_eq!(of(&[false, false]), Some(2), "replaced");
        assert_eq!(of(&[true, false]), Some(2), "withdrawn, then replaced");
        assert_eq!(of(&[false, true]), Some(1), "the replacement was wrong");
        assert_eq!(of(&[true, true]), None);
        assert_eq!(of(&[]), None);
    }
}
