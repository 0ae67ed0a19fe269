//! Who is the same person, and which establishment the same.

use crate::coded::coded;

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
