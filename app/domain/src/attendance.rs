//! From what was scanned, signed and corrected to who attended.
//!
//! Per session (Totara's states, Indico#1963): not set, present, late, absent,
//! excused. Over the sessions: who attended the workshop, by its share.

use crate::coded::coded;
use chrono::{DateTime, Duration, Utc};

coded! {
    /// Whether somebody attended a session.
    AttendanceState {
        /// Not known before the session is over.
        NotSet = "not_set",
        /// There, in time.
        Present = "present",
        /// There, and later than the workshop's rule allows.
        Late = "late",
        /// Not seen when the session was over.
        Absent = "absent",
        /// Not there, with a reason that the organiser accepts.
        Excused = "excused",
    }
}

coded! {
    /// How far the figures of a session are.
    FiguresState {
        /// Still being collected: provisional.
        Open = "open",
        /// Put forward by one person, waiting for another: provisional.
        Proposed = "proposed",
        /// Signed off by a second person: verified.
        Locked = "locked",
    }
}

coded! {
    /// How what was scanned and what was signed differ.
    Difference {
        /// Scanned at the door, and no signature on the sheet.
        NotSigned = "not_signed",
        /// Signed the sheet, and not scanned at the door.
        NotScanned = "not_scanned",
    }
}

/// For how many minutes after its start people are in time, unless a workshop
/// says otherwise.
pub const LATE_AFTER: u16 = 15;

/// The share of the sessions, in percent, that makes an attendance of the
/// workshop, unless the workshop says otherwise.
pub const ATTENDED_SHARE: u8 = 50;

impl AttendanceState {
    /// What an organiser may correct to.
    pub const CORRECTIONS: [Self; 4] = [Self::Present, Self::Late, Self::Absent, Self::Excused];

    /// Whether it is one: somebody who is excused was not there.
    #[must_use]
    pub fn is_attended(self) -> bool {
        matches!(self, Self::Present | Self::Late)
    }
}

/// What is known of one person and one session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// When the person was checked in at the door, if that stands.
    pub scanned: Option<DateTime<Utc>>,
    /// The person signed the sheet.
    pub signed: bool,
    /// What an organiser corrected it to, if that stands.
    pub mark: Option<AttendanceState>,
}

impl Evidence {
    /// What it makes of the session: a correction outranks everything. A scan
    /// more than `late_after` minutes after the start is late, be there a
    /// signature or not; a signature alone says nothing about the time.
    #[must_use]
    pub fn attendance(
        self,
        (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
        late_after: u16,
        now: DateTime<Utc>,
    ) -> AttendanceState {
        if let Some(mark) = self.mark {
            return mark;
        }
        let deadline = starts_at + Duration::minutes(late_after.into());
        match self.scanned {
            Some(at) if at > deadline => AttendanceState::Late,
            Some(_) => AttendanceState::Present,
            None if self.signed => AttendanceState::Present,
            None if now >= ends_at => AttendanceState::Absent,
            None => AttendanceState::NotSet,
        }
    }
}

impl Evidence {
    /// Whether it says that the person was there.
    #[must_use]
    pub fn says_there(self) -> bool {
        let met = self.scanned.is_some() || self.signed;
        self.mark.map_or(met, AttendanceState::is_attended)
    }

    /// How scan and signature differ. There is nothing to compare where only
    /// one of both was used at a session, and nothing left once an organiser
    /// has corrected the attendance.
    #[must_use]
    pub fn difference(self, any_scanned: bool, any_signed: bool) -> Option<Difference> {
        if self.mark.is_some() || !any_scanned || !any_signed {
            return None;
        }
        match (self.scanned, self.signed) {
            (Some(_), false) => Some(Difference::NotSigned),
            (None, true) => Some(Difference::NotScanned),
            _ => None,
        }
    }
}

/// Whether so many sessions out of so many are an attendance of the workshop:
/// at least one, and at least `share` percent of them.
#[must_use]
pub fn attended_workshop(attended: u32, sessions: u32, share: u8) -> bool {
    attended > 0 && u64::from(attended) * 100 >= u64::from(share) * u64::from(sessions)
}

/// Whether somebody may sign off what another put forward: nobody signs the
/// own figures. Both are names as the log writes them.
#[must_use]
pub fn may_sign(proposed_by: &str, signer: &str) -> bool {
    proposed_by != signer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    fn at(typed: &str) -> DateTime<Utc> {
        parse_local(typed).unwrap()
    }

    #[test]
    fn a_session_from_its_evidence() {
        use AttendanceState::{Absent, Excused, Late, NotSet, Present};
        let session = (at("2026-11-26T07:30"), at("2026-11-26T11:30"));
        let (during, after) = (at("2026-11-26T09:00"), at("2026-11-26T11:30"));
        let known = |scanned: Option<&str>, signed, mark| Evidence {
            scanned: scanned.map(at),
            signed,
            mark,
        };
        for (evidence, now, expected) in [
            (known(None, false, None), during, NotSet),
            (known(None, false, None), after, Absent),
            (known(None, true, None), during, Present),
            (
                known(Some("2026-11-26T07:45"), false, None),
                during,
                Present,
            ),
            (known(Some("2026-11-26T07:46"), false, None), during, Late),
            (known(Some("2026-11-26T07:46"), true, None), after, Late),
            (
                known(Some("2026-11-26T07:46"), true, Some(Absent)),
                after,
                Absent,
            ),
            (known(None, false, Some(Excused)), during, Excused),
            (known(None, false, Some(Present)), after, Present),
        ] {
            assert_eq!(
                evidence.attendance(session, 15, now),
                expected,
                "{evidence:?}"
            );
        }
    }

    #[test]
    fn a_correction_alone_decides_who_was_there() {
        let known = |signed, mark| Evidence {
            signed,
            mark,
            ..Evidence::default()
        };
        assert!(known(true, None).says_there());
        assert!(!known(false, None).says_there());
        assert!(!known(true, Some(AttendanceState::Excused)).says_there());
        assert!(known(false, Some(AttendanceState::Late)).says_there());
    }

    #[test]
    fn scan_and_signature_are_compared_where_both_were_used() {
        let come = at("2026-11-26T07:30");
        let known = |scanned, signed| Evidence {
            scanned,
            signed,
            mark: None,
        };
        for (evidence, expected) in [
            (known(Some(come), true), None),
            (known(None, false), None),
            (known(Some(come), false), Some(Difference::NotSigned)),
            (known(None, true), Some(Difference::NotScanned)),
        ] {
            assert_eq!(evidence.difference(true, true), expected);
            assert_eq!(evidence.difference(true, false), None);
            assert_eq!(evidence.difference(false, true), None);
            let corrected = Evidence {
                mark: Some(AttendanceState::Excused),
                ..evidence
            };
            assert_eq!(corrected.difference(true, true), None);
        }
    }

    #[test]
    fn a_share_of_the_sessions_is_the_workshop() {
        for (attended, sessions, share, expected) in [
            (0, 0, 1, false),
            (0, 1, 1, false),
            (1, 1, 100, true),
            (1, 2, 50, true),
            (1, 2, 51, false),
            (1, 3, 50, false),
            (2, 3, 66, true),
            (2, 3, 67, false),
            (1, 20, 1, true),
        ] {
            assert_eq!(
                attended_workshop(attended, sessions, share),
                expected,
                "{attended} of {sessions}, {share} %"
            );
        }
    }

    #[test]
    fn nobody_signs_the_own_figures() {
        assert!(!may_sign("account:1", "account:1"));
        assert!(may_sign("account:1", "account:2"));
    }
}
