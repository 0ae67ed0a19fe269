//! Who is the same person, and which establishment the same.

use crate::coded::coded;
use crate::{RegistrationState, fold, same_name};

coded! {
    /// What two rows may be the same of.
    LikenessNoun {
        /// Two persons.
        Person = "person",
        /// Two establishments.
        Establishment = "establishment",
    }
}

coded! {
    /// Why two rows may be one.
    LikenessReason {
        /// The same name at the same establishment, with other contacts.
        NameAndPlace = "name_and_place",
        /// The same phone or address, with a name nearly the same.
        ContactAndName = "contact_and_name",
        /// The same tax code.
        TaxCode = "tax_code",
        /// Nearly the same name.
        Name = "name",
        /// An organiser says so.
        Organizer = "organizer",
    }
}

coded! {
    /// What became of a likeness.
    LikenessState {
        /// Nobody has looked at it.
        Open = "open",
        /// Both are one; can be undone.
        Merged = "merged",
        /// They are two.
        Apart = "apart",
    }
}

/// What is known of a person when asking who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonTraits<'a> {
    /// Họ và tên.
    pub full_name: &'a str,
    /// The phone, as stored.
    pub phone: Option<&'a str>,
    /// The address, as stored.
    pub email: Option<&'a str>,
    /// The key of the establishment.
    pub establishment: i64,
}

/// What is known of an establishment when asking which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EstablishmentTraits<'a> {
    /// The name without its legal form, as [`crate::fold_establishment`] gives.
    pub name_key: &'a str,
    /// The tax code, if it is known.
    pub tax_code: Option<&'a str>,
}

/// Whether two rows are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They are one.
    Same,
    /// Somebody must look.
    Unsure(LikenessReason),
    /// They are two.
    Different,
}

impl Likeness {
    /// Why two persons of the register are to be judged, if they are; also two
    /// who surely are one: what stands in two rows is made one by an organiser
    /// alone. `same_place` is whether they belong to one establishment.
    #[must_use]
    pub fn to_be_judged(self, same_place: bool) -> Option<LikenessReason> {
        match self {
            Self::Different => None,
            Self::Unsure(reason) => Some(reason),
            Self::Same if same_place => Some(LikenessReason::NameAndPlace),
            Self::Same => Some(LikenessReason::ContactAndName),
        }
    }
}

/// Whether two persons are one.
///
/// Sure is the same name (as [`same_name`] judges) with the same phone, with
/// the same address, or at the same establishment where one of them gave no
/// phone and nothing speaks against it. The same name at one establishment with
/// two phones or two addresses may be one person who has two, and a nearly equal name with a contact in common may be a
/// slip of typing: somebody must look. A phone or mailbox alone makes nobody
/// the same, since colleagues share them; nor does a name alone.
#[must_use]
pub fn person_likeness(a: PersonTraits<'_>, b: PersonTraits<'_>) -> Likeness {
    let both = |a: Option<&str>, b: Option<&str>| a.is_some() && a == b;
    let contact = both(a.phone, b.phone) || both(a.email, b.email);
    let other_mailbox = a.email.is_some() && b.email.is_some();
    let place = a.establishment == b.establishment;
    if same_name(a.full_name, b.full_name) {
        match (contact, place) {
            (true, _) => Likeness::Same,
            (false, true) if (a.phone.is_none() || b.phone.is_none()) && !other_mailbox => {
                Likeness::Same
            }
            (false, true) => Likeness::Unsure(LikenessReason::NameAndPlace),
            (false, false) => Likeness::Different,
        }
    } else if contact && nearly_same(&fold(a.full_name), &fold(b.full_name)) {
        Likeness::Unsure(LikenessReason::ContactAndName)
    } else {
        Likeness::Different
    }
}

/// Whether two establishments may be one: never without somebody looking. Two
/// tax codes are two establishments, whatever their names; the same tax code,
/// or a name nearly the same, may be one.
#[must_use]
pub fn establishment_likeness(a: EstablishmentTraits<'_>, b: EstablishmentTraits<'_>) -> Likeness {
    match (a.tax_code, b.tax_code) {
        (Some(one), Some(other)) if one == other => Likeness::Unsure(LikenessReason::TaxCode),
        (Some(_), Some(_)) => Likeness::Different,
        _ if nearly_same_long(a.name_key, b.name_key) => Likeness::Unsure(LikenessReason::Name),
        _ => Likeness::Different,
    }
}

/// The fewest letters of a name of which one may be a slip: `Ba Rạng` and `Bà
/// Rằng` have more than `Tư` and `Út`.
pub(crate) const LONG_NAME: usize = 6;

fn nearly_same_long(a: &str, b: &str) -> bool {
    let fewest = letters(a).len().min(letters(b).len());
    a == b || (fewest >= LONG_NAME && nearly_same(a, b))
}

/// Whether two folded names are equal, of the same words in another order or
/// with other spaces, or one letter apart. [`crate::person_keys`] and
/// [`crate::establishment_keys`] find by this.
fn nearly_same(a: &str, b: &str) -> bool {
    let (one, other) = (letters(a), letters(b));
    one == other || sorted_words(a) == sorted_words(b) || is_one_apart(&one, &other)
}

pub(crate) fn letters(name: &str) -> Vec<char> {
    name.chars().filter(|c| *c != ' ').collect()
}

pub(crate) fn sorted_words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    words.sort_unstable();
    words
}

/// Whether one letter is another, too many or missing. Another digit is no slip:
/// what is numbered differently is two.
fn is_one_apart(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let ahead = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let skip = usize::from(long.len() == short.len());
    let slipped = long.get(ahead..=ahead).into_iter().flatten();
    let slipped = slipped.chain(short.get(ahead..ahead + skip).into_iter().flatten());
    ahead < long.len()
        && short.get(ahead + skip..) == long.get(ahead + 1..)
        && !slipped.copied().any(char::is_numeric)
}

/// Which of two standing registrations of one person for one workshop stays:
/// the one with which the person came, else the one with a seat, else the one
/// that a seat is held for, else the older. Whether the person came, the state
/// and the key are of each.
#[must_use]
pub fn first_stays(
    first: (bool, RegistrationState, i64),
    second: (bool, RegistrationState, i64),
) -> bool {
    let rank = |(came, state, id): (bool, RegistrationState, i64)| {
        let worth = match state {
            RegistrationState::Booked => 0,
            RegistrationState::Offered => 1,
            _ => 2,
        };
        (!came, worth, id)
    };
    rank(first) < rank(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person<'a>(
        full_name: &'a str,
        phone: &'a str,
        email: &'a str,
        establishment: i64,
    ) -> PersonTraits<'a> {
        let some = |text: &'a str| (!text.is_empty()).then_some(text);
        PersonTraits {
            full_name,
            phone: some(phone),
            email: some(email),
            establishment,
        }
    }

    #[test]
    fn the_table_of_persons() {
        use Likeness::{Different, Same, Unsure};
        use LikenessReason::{ContactAndName, NameAndPlace};
        let an = person("Lê Văn An", "+84950000001", "an@x.vn", 1);
        for (other, expected) in [
            (person("LE VAN AN", "+84950000001", "", 2), Same),
            (person("Lê Văn An", "+84950000002", "an@x.vn", 2), Same),
            (person("Lê Văn An", "", "", 1), Same),
            (person("Lê Văn An", "", "", 2), Different),
            (
                person("Lê Văn An", "", "khac@x.vn", 1),
                Unsure(NameAndPlace),
            ),
            (
                person("Lê Văn An", "+84950000002", "", 1),
                Unsure(NameAndPlace),
            ),
            (person("Lê Văn An", "+84950000002", "", 2), Different),
            (
                person("Lê Văn Anh", "+84950000001", "", 1),
                Unsure(ContactAndName),
            ),
            (
                person("An Lê Văn", "", "an@x.vn", 2),
                Unsure(ContactAndName),
            ),
            (
                person("Lê Văn Ân", "+84950000001", "", 2),
                Unsure(ContactAndName),
            ),
            // Colleagues share a phone and a mailbox.
            (
                person("Trần Thị Hoa", "+84950000001", "an@x.vn", 1),
                Different,
            ),
            (person("Lê Văn Anh", "", "", 1), Different),
        ] {
            assert_eq!(person_likeness(an, other), expected, "{other:?}");
            assert_eq!(person_likeness(other, an), expected, "{other:?}");
        }
        // Nothing in common is nothing: no phone is not the same phone.
        let nobody = person("Lê Văn An", "", "", 1);
        let elsewhere = person("Lê Văn An", "", "", 2);
        assert_eq!(person_likeness(nobody, elsewhere), Different);
    }

    #[test]
    fn the_table_of_establishments() {
        use Likeness::{Different, Unsure};
        let firm = |name_key, tax_code| EstablishmentTraits { name_key, tax_code };
        for (a, b, expected) in [
            (
                ("rang dong xanh", None),
                ("rang dong xanh", None),
                Unsure(LikenessReason::Name),
            ),
            (
                ("rang dong xanh", None),
                ("rangdong xanh", None),
                Unsure(LikenessReason::Name),
            ),
            (
                ("rang dong xanh", None),
                ("rang dong xan", Some("1")),
                Unsure(LikenessReason::Name),
            ),
            (
                ("rang dong xanh", None),
                ("xanh rang dong", None),
                Unsure(LikenessReason::Name),
            ),
            (
                ("rang dong xanh", Some("1")),
                ("sao khoi", Some("1")),
                Unsure(LikenessReason::TaxCode),
            ),
            (
                ("rang dong xanh", Some("1")),
                ("rang dong xanh", Some("2")),
                Different,
            ),
            (("hai con", None), ("hai luoi", None), Different),
            (("tu nang", None), ("tu nan", None), Different),
            (("sau gao", None), ("sau song", None), Different),
        ] {
            let (a, b) = (firm(a.0, a.1), firm(b.0, b.1));
            assert_eq!(establishment_likeness(a, b), expected, "{a:?} {b:?}");
            assert_eq!(establishment_likeness(b, a), expected, "{b:?} {a:?}");
        }
    }

    #[test]
    fn one_letter_apart() {
        let apart = |a: &str, b: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            is_one_apart(&letters(a), &letters(b))
        };
        assert!(apart("an", "anh") && apart("hoa", "hoe") && apart("an", "n"));
        assert!(!apart("an", "anhh") && !apart("ab", "cd") && !apart("abc", "cab"));
        assert!(!apart("an", "an"), "equal is not one apart");
        for (one, other) in [
            ("so 1", "so 2"),
            ("so 1", "so 11"),
            ("so 1", "so l"),
            ("so", "so 1"),
        ] {
            assert!(!apart(one, other) && !apart(other, one), "{one} {other}");
        }
        assert!(apart("to 1 an", "to 1 anh"), "the number is the same");
    }

    #[test]
    fn who_came_stays_else_who_has_a_seat_else_the_older() {
        use RegistrationState::{Booked, Offered, Requested, Waitlisted};
        assert!(first_stays((true, Booked, 9), (false, Booked, 1)));
        assert!(!first_stays((false, Booked, 1), (true, Booked, 9)));
        assert!(first_stays((false, Booked, 1), (false, Booked, 2)));
        assert!(!first_stays((true, Booked, 2), (true, Booked, 1)));
        assert!(!first_stays((false, Requested, 1), (false, Booked, 9)));
        assert!(!first_stays((false, Waitlisted, 1), (false, Offered, 9)));
    }
}
