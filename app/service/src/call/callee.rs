//! Who is called.

use super::CallList;
use crate::entity::call;
use crate::{Failure, Tx};
use sea_orm::{EntityTrait, Set};

/// Somebody to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Callee {
    /// A registrant, by the key of the registration.
    Registration(i64),
    /// A trainer of the register.
    Trainer(i64),
    /// The contact of an establishment that was invited, by the key of the
    /// invitation.
    Contact(i64),
}

impl Callee {
    /// How a form names one: `registration-7`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Registration(id) => format!("registration-{id}"),
            Self::Trainer(id) => format!("trainer-{id}"),
            Self::Contact(id) => format!("contact-{id}"),
        }
    }

    /// Reads what [`Callee::code`] wrote.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let (kind, id) = code.rsplit_once('-')?;
        let id = id.parse().ok()?;
        match kind {
            "registration" => Some(Self::Registration(id)),
            "trainer" => Some(Self::Trainer(id)),
            "contact" => Some(Self::Contact(id)),
            _ => None,
        }
    }

    /// What the log calls the one, and the key.
    pub(super) fn noun(self) -> (&'static str, i64) {
        match self {
            Self::Registration(id) => ("registration", id),
            Self::Trainer(id) => ("trainer", id),
            Self::Contact(id) => ("invitation", id),
        }
    }

    pub(super) fn of(row: &call::Model) -> Option<Self> {
        let registration = row.registration_id.map(Self::Registration);
        let trainer = || row.trainer_id.map(Self::Trainer);
        let contact = || row.invitation_id.map(Self::Contact);
        registration.or_else(trainer).or_else(contact)
    }

    /// The row of one on a list, without anything said of it.
    pub(super) fn row(self, list: CallList) -> call::ActiveModel {
        let key = |found: Option<i64>| Set(found);
        let (change, campaign) = match list {
            CallList::Change(id) => (Some(id), None),
            CallList::Campaign(id) => (None, Some(id)),
        };
        let [registration, trainer, invitation] = match self {
            Self::Registration(id) => [Some(id), None, None],
            Self::Trainer(id) => [None, Some(id), None],
            Self::Contact(id) => [None, None, Some(id)],
        };
        call::ActiveModel {
            change_id: key(change),
            campaign_id: key(campaign),
            registration_id: key(registration),
            trainer_id: key(trainer),
            invitation_id: key(invitation),
            ..Default::default()
        }
    }
}

/// Puts them on a list.
pub(crate) async fn put_on_list(tx: &Tx, list: CallList, who: Vec<Callee>) -> Result<(), Failure> {
    let rows: Vec<_> = who.into_iter().map(|callee| callee.row(list)).collect();
    // SQLite takes some thousand values a statement.
    for rows in rows.chunks(500) {
        call::Entity::insert_many(rows.to_vec()).exec(&**tx).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_called_is_named_by_forms() {
        for who in [
            Callee::Registration(7),
            Callee::Trainer(1),
            Callee::Contact(30),
        ] {
            assert_eq!(Callee::parse(&who.code()), Some(who));
        }
        for wrong in ["", "7", "trainer-", "trainer-x", "guest-1"] {
            assert_eq!(Callee::parse(wrong), None, "{wrong}");
        }
    }
}
