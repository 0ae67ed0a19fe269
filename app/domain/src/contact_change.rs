//! Whose word counts on how to reach a person.

/// Who changes a phone or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactBy {
    /// An organiser, who answers for the whole register; at the door whoever
    /// stands there says it to them.
    Organizer,
    /// The person, on the page of one registration.
    Holder,
    /// The establishment that named the person for one workshop, whoever else
    /// registers somebody, or whoever holds a page that does not show what is on
    /// file ([`may_see_contact`]).
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

/// Whether what is on file was given with a registration. What is not known was
/// given by nobody, so that who left a field empty does not fill it in for the
/// whole register later.
#[must_use]
pub fn is_given<T: PartialEq>(on_file: Option<&T>, given: Option<&T>) -> bool {
    on_file.is_some() && on_file == given
}

/// Whether a contact that is typed to register somebody who is known fills in
/// what is not on file. Who they are was told by a name and an establishment,
/// which everybody knows: a contact by which all their registrations are reached
/// is not a stranger's to give, so that it speaks for the new one alone.
#[must_use]
pub fn fills_contact(by: ContactBy) -> bool {
    match by {
        ContactBy::Organizer => true,
        ContactBy::Holder | ContactBy::Establishment => false,
    }
}

/// How somebody is reached about one registration: by what is on file, and where
/// nothing is, by what was given with it.
#[must_use]
pub fn reached_at<T>(on_file: Option<T>, given: Option<T>) -> Option<T> {
    on_file.or(given)
}

/// The phone by which somebody known is told from who is typed: that on file; where
/// nothing is, one given with a registration before, unless the typed one was, too.
/// So a namesake with a phone of their own is somebody else, though no phone is on
/// file; but nobody is known by a phone that only was given.
#[must_use]
pub fn telling_phone<'a>(
    on_file: Option<&'a str>,
    given: &'a [String],
    typed: Option<&str>,
) -> Option<&'a str> {
    let before = given.iter().any(|one| Some(one.as_str()) == typed);
    let other = given.first().filter(|_| !before);
    on_file.or(other.map(String::as_str))
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
    fn what_is_not_known_is_not_a_strangers_to_fill_in() {
        assert!(fills_contact(ContactBy::Organizer));
        assert!(!fills_contact(ContactBy::Establishment));
        let (none, some, other) = (None, Some(&"x"), Some(&"y"));
        assert!(is_given(some, some) && !is_given(some, other) && !is_given(some, none));
        assert!(!is_given(none, none), "given by nobody");
        let seen = may_see_contact(is_given(none, none), true);
        assert!(
            !seen,
            "so that whoever holds the page changes it for that page"
        );
        assert_eq!(reached_at(some, other), some);
        assert_eq!(reached_at(none, other), other, "of this registration alone");
        let given = ["a".to_owned(), "b".to_owned()];
        for (on_file, typed, telling) in [
            (Some("c"), Some("b"), Some("c")),
            (None, Some("b"), None),
            (None, Some("c"), Some("a")),
            (None, None, Some("a")),
        ] {
            assert_eq!(telling_phone(on_file, &given, typed), telling);
        }
        assert_eq!(telling_phone(None, &[], Some("b")), None);
    }

    #[test]
    fn the_last_contact_is_forgotten_knowingly() {
        let (some, none) = (&Some("x"), &None);
        assert!(becomes_unreachable([some, none], [none, none]));
        assert!(!becomes_unreachable([some, some], [none, some]));
        assert!(!becomes_unreachable([none, none], [none, none]), "was so");
    }
}
