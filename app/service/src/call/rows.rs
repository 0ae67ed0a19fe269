//! Those on a list of calls with all that a caller needs.

use super::{Callee, Listed};
use crate::Failure;
use crate::entity::{call, establishment, invitation, party, person, registration, trainer};
use crate::reachable::phone_fails;
use chrono::{DateTime, Utc};
use domain::{CallOutcome, CallStanding, call_standing, name_sort_key, reached_at};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use std::collections::{HashMap, HashSet};

/// Somebody to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRow {
    /// Who it is.
    pub who: Callee,
    /// Name; may be empty for the contact of an establishment.
    pub full_name: String,
    /// Phone, if known.
    pub phone: Option<String>,
    /// Whether that number was said to be wrong.
    pub phone_fails: bool,
    /// Name and phone of the colleague or contact who registered them.
    pub via: Option<(String, String)>,
    /// Whether that number was said to be wrong.
    pub via_fails: bool,
    /// An address that does not work, if there is one.
    pub email: Option<String>,
    /// Establishment, or a trainer's affiliation.
    pub establishment: String,
    /// What came of it last, and when that was marked.
    pub marked: Option<(CallOutcome, DateTime<Utc>)>,
    /// Where they stand.
    pub standing: CallStanding,
}

/// Whose number is to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// Their own.
    Own,
    /// That of who registered them.
    Via,
}

impl CallRow {
    /// Whose number is to be called: their own, unless it is wrong; then that
    /// of who registered them. None when no number is left.
    #[must_use]
    pub fn tried(&self) -> Option<Tried> {
        if self.phone.is_some() && !self.phone_fails {
            Some(Tried::Own)
        } else if self.via.is_some() && !self.via_fails {
            Some(Tried::Via)
        } else {
            None
        }
    }

    /// Puts the mark beside what is known, and says what follows.
    fn standing(mut self, mark: Option<&call::Model>) -> Self {
        let outcome = mark.and_then(|row| Some((*row.outcome?, row.marked_at?)));
        let said = matches!(outcome, Some((CallOutcome::WrongNumber, _)));
        let via = self.via.as_ref().map(|(_, phone)| phone);
        // That of who registered them is called once their own is wrong.
        let own_wrong =
            mark.is_some_and(|row| row.phone == self.phone && (said || row.via_phone.is_some()));
        self.phone_fails = self.phone.is_some() && (self.phone_fails || own_wrong);
        self.via_fails =
            said && via.is_some() && mark.is_some_and(|row| row.via_phone.as_ref() == via);
        self.marked = outcome;
        let reachable = self.tried().is_some();
        self.standing = call_standing(outcome.map(|(outcome, _)| outcome), reachable);
        self
    }
}

/// The keys of those of one kind.
fn keys(listed: &Listed, of: fn(Callee) -> Option<i64>) -> Vec<i64> {
    listed.keys().copied().filter_map(of).collect()
}

fn mark(listed: &Listed, who: Callee) -> Option<&call::Model> {
    listed.get(&who)?.as_ref()
}

/// Registrants: by where they stand, then by given name.
pub(crate) async fn registrants(
    db: &impl ConnectionTrait,
    listed: &Listed,
) -> Result<Vec<CallRow>, Failure> {
    let ids = keys(listed, |who| match who {
        Callee::Registration(id) => Some(id),
        _ => None,
    });
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wrong: Vec<i64> = registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .join(JoinType::InnerJoin, registration::Relation::Person.def())
        .filter(registration::Column::Id.is_in(ids.iter().copied()))
        .filter(phone_fails())
        .into_tuple()
        .all(db)
        .await?;
    let wrong: HashSet<i64> = wrong.into_iter().collect();
    let found = registration::Entity::find()
        .filter(registration::Column::Id.is_in(ids))
        .find_also_related(person::Entity)
        .all(db)
        .await?;
    let rows = || found.iter().map(|(row, _)| row);
    let places = establishments(db, rows().map(|row| row.establishment_id)).await?;
    let parties: HashMap<i64, party::Model> = party::Entity::find()
        .filter(party::Column::Id.is_in(rows().filter_map(|row| row.party_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let invitations: HashMap<i64, invitation::Model> = invitation::Entity::find()
        .filter(invitation::Column::Id.is_in(rows().filter_map(|row| row.invitation_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let via = |row: &registration::Model| {
        let party = row.party_id.and_then(|id| parties.get(&id));
        let party = party.map(|party| (party.contact_name.clone(), party.contact_phone.clone()));
        let invitation = || {
            let contact = invitations.get(&row.invitation_id?)?;
            Some((contact.contact_name.clone(), contact.contact_phone.clone()?))
        };
        party
            .or_else(invitation)
            .filter(|(_, phone)| !phone.is_empty())
    };
    let mut rows: Vec<CallRow> = found
        .iter()
        .filter_map(|(row, person)| {
            let person = person.as_ref()?;
            let who = Callee::Registration(row.id);
            let one = CallRow {
                who,
                full_name: person.full_name.clone(),
                phone: reached_at(person.phone.clone(), row.phone.clone()),
                phone_fails: wrong.contains(&row.id),
                via: via(row),
                via_fails: false,
                email: row.email.clone(),
                establishment: places
                    .get(&row.establishment_id)
                    .cloned()
                    .unwrap_or_default(),
                marked: None,
                standing: CallStanding::ToCall,
            };
            Some(one.standing(mark(listed, who)))
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.standing, name_sort_key(&row.full_name)));
    Ok(rows)
}

/// Trainers, in the same order.
pub(crate) async fn trainers(
    db: &impl ConnectionTrait,
    listed: &Listed,
) -> Result<Vec<CallRow>, Failure> {
    let ids = keys(listed, |who| match who {
        Callee::Trainer(id) => Some(id),
        _ => None,
    });
    let found = trainer::Entity::find()
        .filter(trainer::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let mut rows: Vec<CallRow> = found
        .into_iter()
        .map(|row| {
            let who = Callee::Trainer(row.id);
            let one = CallRow {
                who,
                full_name: row.full_name,
                phone: row.phone,
                phone_fails: false,
                via: None,
                via_fails: false,
                email: row.email,
                establishment: row.affiliation,
                marked: None,
                standing: CallStanding::ToCall,
            };
            one.standing(mark(listed, who))
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.standing, name_sort_key(&row.full_name)));
    Ok(rows)
}

/// Contacts of invitations: by where they stand, then by establishment.
pub(crate) async fn contacts(
    db: &impl ConnectionTrait,
    listed: &Listed,
) -> Result<Vec<CallRow>, Failure> {
    let ids = keys(listed, |who| match who {
        Callee::Contact(id) => Some(id),
        _ => None,
    });
    let found = invitation::Entity::find()
        .filter(invitation::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let places = establishments(db, found.iter().map(|row| row.establishment_id)).await?;
    let mut rows: Vec<CallRow> = found
        .into_iter()
        .map(|row| {
            let who = Callee::Contact(row.id);
            let one = CallRow {
                who,
                full_name: row.contact_name,
                phone: row.contact_phone,
                phone_fails: false,
                via: None,
                via_fails: false,
                email: row.contact_email,
                establishment: places
                    .get(&row.establishment_id)
                    .cloned()
                    .unwrap_or_default(),
                marked: None,
                standing: CallStanding::ToCall,
            };
            one.standing(mark(listed, who))
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.standing, domain::fold(&row.establishment)));
    Ok(rows)
}

/// The names of establishments, by their keys.
async fn establishments(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, String>, Failure> {
    let rows = establishment::Entity::find()
        .filter(establishment::Column::Id.is_in(ids))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
