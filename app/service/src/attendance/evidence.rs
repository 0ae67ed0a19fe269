//! What is known of who came, as queries. A check-in, a signature or a
//! correction says that somebody attended a session; a correction outranks the
//! others.

use crate::entity::{
    Code, attendance_mark, checkin, registration, session, session_lock, signature, workshop,
};
use domain::AttendanceState;
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, IntoColumnRef, IntoIden, Query, SelectStatement, UnionType,
};

const SESSION: &str = "session_id";
const REGISTRATION: &str = "registration_id";
const PAIR: &str = "pair";

/// The corrections that stand and say that somebody was there.
fn marked_there() -> SelectStatement {
    let there = AttendanceState::CORRECTIONS
        .into_iter()
        .filter(|state| state.is_attended())
        .map(Code);
    Query::select()
        .column((attendance_mark::Entity, attendance_mark::Column::SessionId))
        .column((
            attendance_mark::Entity,
            attendance_mark::Column::RegistrationId,
        ))
        .from(attendance_mark::Entity)
        .and_where(mark(attendance_mark::Column::UndoneAt).is_null())
        .and_where(mark(attendance_mark::Column::State).is_in(there))
        .take()
}

/// Whether a correction says something else than what was met.
fn outranked(session: Expr, registration: Expr) -> Expr {
    let corrected = Query::select()
        .expr(Expr::val(1))
        .from(attendance_mark::Entity)
        .and_where(mark(attendance_mark::Column::UndoneAt).is_null())
        .and_where(mark(attendance_mark::Column::SessionId).eq(session))
        .and_where(mark(attendance_mark::Column::RegistrationId).eq(registration))
        .take();
    Expr::exists(corrected)
}

/// The check-ins that stand and are not outranked by a correction.
fn checked_in() -> SelectStatement {
    let outranked = outranked(
        scan(checkin::Column::SessionId),
        scan(checkin::Column::RegistrationId),
    );
    Query::select()
        .column((checkin::Entity, checkin::Column::SessionId))
        .column((checkin::Entity, checkin::Column::RegistrationId))
        .from(checkin::Entity)
        .and_where(scan(checkin::Column::UndoneAt).is_null())
        .and_where(outranked.not())
        .take()
}

/// The signatures that stand and are not outranked by a correction.
fn signed() -> SelectStatement {
    let outranked = outranked(
        sign(signature::Column::SessionId),
        sign(signature::Column::RegistrationId),
    );
    Query::select()
        .column((signature::Entity, signature::Column::SessionId))
        .column((signature::Entity, signature::Column::RegistrationId))
        .from(signature::Entity)
        .and_where(sign(signature::Column::UndoneAt).is_null())
        .and_where(outranked.not())
        .take()
}

fn mark(column: attendance_mark::Column) -> Expr {
    Expr::col((attendance_mark::Entity, column))
}

fn scan(column: checkin::Column) -> Expr {
    Expr::col((checkin::Entity, column))
}

fn sign(column: signature::Column) -> Expr {
    Expr::col((signature::Entity, column))
}

/// Whether a registration came to any session. `registration` is the column
/// that holds its key in the query around this.
pub(crate) fn came_to_any(registration: impl IntoColumnRef + Clone) -> Expr {
    let scanned = checked_in()
        .and_where(scan(checkin::Column::RegistrationId).eq(Expr::col(registration.clone())))
        .take();
    let signed = signed()
        .and_where(sign(signature::Column::RegistrationId).eq(Expr::col(registration.clone())))
        .take();
    let marked = marked_there()
        .and_where(mark(attendance_mark::Column::RegistrationId).eq(Expr::col(registration)))
        .take();
    Expr::exists(scanned)
        .or(Expr::exists(signed))
        .or(Expr::exists(marked))
}

/// Keys of the registrations that came to any session.
pub(crate) fn came() -> SelectStatement {
    let pair = Alias::new(PAIR);
    Query::select()
        .distinct()
        .column((pair.clone(), Alias::new(REGISTRATION)))
        .from_subquery(pairs(), pair)
        .take()
}

/// Each session and registration of an attendance, once: where a correction
/// stands no check-in counts.
pub(crate) fn pairs() -> SelectStatement {
    checked_in()
        .union(UnionType::Distinct, signed())
        .union(UnionType::Distinct, marked_there())
        .take()
}

/// Keys of the registrations that attended their workshop, by its share of the
/// sessions (the rule of [`domain::attended_workshop`]). `verified`: by the
/// sessions alone whose figures are signed off.
pub(crate) fn attended(verified: bool) -> SelectStatement {
    let pair = Alias::new(PAIR).into_iden();
    let of_pair = |column: &'static str| Expr::col((pair.clone(), Alias::new(column)));
    let sessions = Query::select()
        .expr(Expr::col((session::Entity, session::Column::Id)).count())
        .from(session::Entity)
        .and_where(
            Expr::col((session::Entity, session::Column::WorkshopId))
                .equals((workshop::Entity, workshop::Column::Id)),
        )
        .take();
    let share = || Expr::col((workshop::Entity, workshop::Column::AttendedShare));
    let mut find = Query::select()
        .column((pair.clone(), Alias::new(REGISTRATION)))
        .from_subquery(pairs(), pair.clone())
        .inner_join(
            registration::Entity,
            of_pair(REGISTRATION).equals((registration::Entity, registration::Column::Id)),
        )
        .inner_join(
            workshop::Entity,
            Expr::col((workshop::Entity, workshop::Column::Id))
                .equals((registration::Entity, registration::Column::WorkshopId)),
        )
        .group_by_columns([(pair.clone(), Alias::new(REGISTRATION))])
        .group_by_columns([
            (workshop::Entity, workshop::Column::Id),
            (workshop::Entity, workshop::Column::AttendedShare),
        ])
        .and_having(
            of_pair(SESSION)
                .count()
                .mul(100)
                .gte(share().mul(Expr::SubQuery(None, Box::new(sessions.into())))),
        )
        .take();
    if verified {
        let locked = Query::select()
            .column(session_lock::Column::SessionId)
            .from(session_lock::Entity)
            .and_where(Expr::col(session_lock::Column::ReopenedAt).is_null())
            .and_where(Expr::col(session_lock::Column::SignedAt).is_not_null())
            .take();
        find.and_where(of_pair(SESSION).in_subquery(locked));
    }
    find
}
