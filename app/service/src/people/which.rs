//! Who is looked for, as conditions over registrations joined with persons and
//! establishments.

use super::PeopleQuery;
use crate::attendance::came_to_any;
use crate::checkin::like;
use crate::entity::{Code, consent, establishment, person, registration};
use crate::reachable::{phone_fails, phone_of, unreached_by_mail};
use domain::{
    Coded, ContactFilter, PeopleFilter, Purpose, RegistrationSource, RegistrationState, Sought,
    TicketCode,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition};

/// Everything that is looked for but the part.
pub(super) fn matches(query: &PeopleQuery) -> Condition {
    let mut which = Condition::all();
    let sought = Sought::new(&query.typed);
    if !sought.is_empty() {
        which = which.add(typed(&query.typed, &sought));
    }
    if let Some(role) = query.role {
        which = which.add(registration::Column::Role.eq(Code(role)));
    }
    if let Some(source) = query.source {
        which = which.add(registration::Column::Source.eq(Code(source)));
    }
    if query.consent_pending {
        which = which.add(consent_pending());
    }
    match query.contact {
        None => which,
        Some(ContactFilter::ToCall) => which.add(unreached_by_mail()).add(phone_fails().not()),
        Some(ContactFilter::None) => which
            .add(unreached_by_mail())
            .add(phone_of().is_null().or(phone_fails())),
    }
}

/// Every word in the name or the establishment; or the code; or a part of the
/// phone.
fn typed(typed: &str, sought: &Sought) -> Condition {
    let words = sought.words().map(|(_, folded)| {
        Condition::any()
            .add(Expr::col((person::Entity, person::Column::Folded)).like(like(folded)))
            .add(
                Expr::col((establishment::Entity, establishment::Column::Folded))
                    .like(like(folded)),
            )
    });
    let mut any = Condition::any().add(words.fold(Condition::all(), Condition::add));
    if let Some(code) = TicketCode::parse(typed) {
        any = any.add(registration::Column::Code.eq(code.as_str()));
    }
    if let Some(digits) = phone_digits(typed) {
        any = any.add(phone_of().like(like(&digits)));
    }
    any
}

/// The digits of what may be a part of a phone, as they stand in a stored one.
fn phone_digits(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_phone = |sign: char| sign.is_ascii_digit() || " .-+()".contains(sign);
    if !typed.chars().all(is_phone) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let national = match digits.strip_prefix("84") {
        Some(rest) if typed.starts_with('+') => rest,
        _ => digits.strip_prefix('0').unwrap_or(&digits),
    };
    (national.len() >= 3).then(|| national.to_owned())
}

/// Whether every word stands in the name with its accents.
pub(super) fn exact(sought: &Sought) -> Condition {
    let name = || Expr::col((person::Entity, person::Column::Lowered));
    let words = sought.words().map(|(typed, _)| name().like(like(typed)));
    words.fold(Condition::all(), Condition::add)
}

/// Whether every word stands in the name, accents aside.
pub(super) fn named(sought: &Sought) -> Condition {
    let name = || Expr::col((person::Entity, person::Column::Folded));
    let words = sought.words().map(|(_, folded)| name().like(like(folded)));
    words.fold(Condition::all(), Condition::add)
}

/// Whether somebody came to any session.
pub(super) fn came() -> Expr {
    came_to_any((registration::Entity, registration::Column::Id))
}

/// Whether the person was never asked: no consent to reporting was ever given.
pub(super) fn consent_pending() -> Expr {
    let given = Query::select()
        .expr(Expr::val(1))
        .from(consent::Entity)
        .and_where(of_registration((
            consent::Entity,
            consent::Column::RegistrationId,
        )))
        .and_where(
            Expr::col((consent::Entity, consent::Column::Purpose)).eq(Code(Purpose::Reporting)),
        )
        .to_owned();
    Expr::exists(given).not()
}

/// Whether a column names the registration that is looked at.
pub(crate) fn of_registration(column: impl sea_orm::sea_query::IntoColumnRef) -> Expr {
    Expr::col(column).equals((registration::Entity, registration::Column::Id))
}

/// The part as the domain has it: [`PeopleFilter::holds`] is asked about every
/// source and state, come or not, so that there is one rule.
pub(super) fn part_condition(part: PeopleFilter, came: &Expr) -> Condition {
    let (come, absent) = (kinds(part, true), kinds(part, false));
    if come == absent {
        return of_kinds(&come);
    }
    let both = Condition::all();
    Condition::any()
        .add(both.clone().add(came.clone()).add(of_kinds(&come)))
        .add(both.add(came.clone().not()).add(of_kinds(&absent)))
}

type Kinds = Vec<(Vec<RegistrationSource>, Vec<RegistrationState>)>;

/// The states that a part holds, with the sources that have the same ones.
fn kinds(part: PeopleFilter, came: bool) -> Kinds {
    let mut kinds = Kinds::new();
    for source in RegistrationSource::ALL.iter().copied() {
        let states = RegistrationState::ALL.iter().copied();
        let states: Vec<_> = states
            .filter(|state| part.holds(source, *state, came))
            .collect();
        match kinds.iter_mut().find(|(_, others)| *others == states) {
            Some((sources, _)) => sources.push(source),
            None => kinds.push((vec![source], states)),
        }
    }
    kinds.retain(|(_, states)| !states.is_empty());
    kinds
}

fn of_kinds(kinds: &Kinds) -> Condition {
    // Nothing is in an empty list, where an empty condition holds for all.
    let none = Condition::any().add(Expr::val(1).eq(0));
    kinds.iter().fold(none, |any, (sources, states)| {
        any.add(
            Condition::all()
                .add(registration::Column::Source.is_in(sources.iter().copied().map(Code)))
                .add(registration::Column::State.is_in(states.iter().copied().map(Code))),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_phone_is_sought_as_it_is_stored() {
        for (typed, sought) in [
            ("0950 123", Some("950123")),
            ("+84 950", Some("950")),
            ("123.456", Some("123456")),
            ("12", None),
            ("0950a", None),
            ("", None),
        ] {
            assert_eq!(phone_digits(typed).as_deref(), sought, "{typed}");
        }
    }
}
