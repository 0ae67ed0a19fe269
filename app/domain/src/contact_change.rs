//! Whose word counts on how to reach a person.

/// Who changes a phone or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactBy {
    /// An organiser, who answers for the whole register.
    Organizer,
    /// The person, on the page of one registration.
    Holder,
    /// The establishment that named the person for one workshop, or whoever
    /// holds a page that does not show what is on file ([`may_see_contact`]).
    Establishment,
}

/// Whether the page of one registration shows a contact that is on file: what
/// was given with the registration itself, or what is known by it alone. A name
/// and an establishment are enough to register somebody who is known, so that
/// what others gave is shown to nobody who did not give it.
#[must_use]
pub fn may_see_contact(given: bool, elsewhere: bool) -> bool {
    given || !elsewhere
}

/// What is on file for a person after a phone or an address was typed for one
/// registration; nothing typed is a wish to have it forgotten. `elsewhere` says
/// whether the person has other registrations, of which it speaks too.
///
/// - An organiser's word counts.
/// - A person known by this registration alone has what was typed for it.
/// - What is known from elsewhere is not an establishment's to change. The
///   person may replace it, but an emptied field speaks of this registration
///   alone: the others are still reached as before.
#[must_use]
pub fn contact_after<T>(
    known: Option<T>,
    typed: Option<T>,
    elsewhere: bool,
    by: ContactBy,
) -> Option<T> {
    match (by, elsewhere) {
        (ContactBy::Organizer, _) | (_, false) => typed,
        (ContactBy::Holder, true) => typed.or(known),
        (ContactBy::Establishment, true) => known,
    }
}

/// Whether a change would leave nobody able to reach somebody who could be
/// reached: that is asked for twice.
#[must_use]
pub fn becomes_unreachable<T>(before: [&Option<T>; 2], after: [&Option<T>; 2]) -> bool {
    before.iter().any(|contact| contact.is_some()) && after.iter().all(|contact| contact.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        use ContactBy::{Establishment, Holder, Organizer};
        let (old, new) = (Some("old"), Some("new"));
        for (by, elsewhere, typed, expected) in [
            (Organizer, true, new, new),
            (Organizer, true, None, None),
            (Organizer, false, None, None),
            (Holder, true, new, new),
            (Holder, true, None, old),
            (Holder, false, None, None),
            (Holder, false, new, new),
            (Establishment, true, new, old),
            (Establishment, true, None, old),
            (Establishment, false, new, new),
            (Establishment, false, None, None),
        ] {
            let after = contact_after(old, typed, elsewhere, by);
            assert_eq!(after, expected, "{by:?} {elsewhere} {typed:?}");
        }
        assert_eq!(contact_after(None, new, true, Establishment), None);
    }

    #[test]
    fn what_others_gave_is_seen_by_nobody_else() {
        assert!(!may_see_contact(false, true));
        assert!(may_see_contact(true, true));
        assert!(may_see_contact(false, false), "there are no others");
    }

    #[test]
    fn the_last_contact_is_forgotten_knowingly() {
        let (some, none) = (&Some("x"), &None);
        assert!(becomes_unreachable([some, none], [none, none]));
        assert!(!becomes_unreachable([some, some], [none, some]));
        assert!(!becomes_unreachable([none, none], [none, none]), "was so");
    }
}
