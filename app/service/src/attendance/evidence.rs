//! What is known of who came, as queries. A check-in, a signature or a
//! correction says that somebody attended a session; a correction outranks the
//! others.

use crate::entity::{
    Code, attendance_mark, checkin, registration, session, session_lock, session_lock_row,
    signature, workshop,
};
use domain::{AttendanceState, RegistrationState};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, IntoColumnRef, IntoIden, JoinType, Query, SelectStatement,
    UnionType,
};

const SESSION: &str = "session_id";
const REGISTRATION: &str = "registration_id";
const PERSON: &str = "person_id";
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

/// Whether a correction says something else than what was met, under this
/// registration of the person or another.
fn outranked(session: Expr, met: Expr) -> Expr {
    let corrected = Alias::new("corrected");
    let person = Query::select()
        .column(registration::Column::PersonId)
        .from(registration::Entity)
        .and_where(Expr::col((registration::Entity, registration::Column::Id)).eq(met))
        .take();
    let same = Expr::col((corrected.clone(), registration::Column::PersonId))
        .eq(Expr::SubQuery(None, Box::new(person.into())));
    let found = Query::select()
        .expr(Expr::val(1))
        .from(attendance_mark::Entity)
        .join_as(
            JoinType::InnerJoin,
            registration::Entity,
            corrected.clone(),
            mark(attendance_mark::Column::RegistrationId)
                .equals((corrected, registration::Column::Id)),
        )
        .and_where(mark(attendance_mark::Column::UndoneAt).is_null())
        .and_where(mark(attendance_mark::Column::SessionId).eq(session))
        .and_where(same)
        .take();
    Expr::exists(found)
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
    came_by(checked_in(), registration)
}

/// As [`came_to_any`], whatever check-ins to this session say.
pub(crate) fn came_besides(registration: impl IntoColumnRef + Clone, session: i64) -> Expr {
    let elsewhere = checked_in()
        .and_where(scan(checkin::Column::SessionId).ne(session))
        .take();
    came_by(elsewhere, registration)
}

/// Whether a registration came to this session.
pub(crate) fn came_to_session(registration: impl IntoColumnRef + Clone, session: i64) -> Expr {
    let scanned = checked_in()
        .and_where(scan(checkin::Column::SessionId).eq(session))
        .take();
    let signed = signed()
        .and_where(sign(signature::Column::SessionId).eq(session))
        .take();
    let marked = marked_there()
        .and_where(mark(attendance_mark::Column::SessionId).eq(session))
        .take();
    met_by([scanned, signed, marked], registration)
}

fn came_by(scanned: SelectStatement, registration: impl IntoColumnRef + Clone) -> Expr {
    met_by([scanned, signed(), marked_there()], registration)
}

/// Whether one of scans, signatures and corrections is of a registration.
fn met_by(
    [mut scanned, mut signed, mut marked]: [SelectStatement; 3],
    registration: impl IntoColumnRef + Clone,
) -> Expr {
    let scanned = scanned
        .and_where(scan(checkin::Column::RegistrationId).eq(Expr::col(registration.clone())))
        .take();
    let signed = signed
        .and_where(sign(signature::Column::RegistrationId).eq(Expr::col(registration.clone())))
        .take();
    let marked = marked
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

/// The attendances of workshops, by their share of the sessions (the rule of
/// [`domain::attended_workshop`]): a row a person and workshop, with the
/// registration that stands for it – the one with a seat, else the first.
/// Where the figures of a session are put forward, those who were put forward
/// count as they were then. `verified`: by the sessions alone whose figures
/// are signed off.
pub(crate) fn attended(verified: bool) -> SelectStatement {
    let met = Alias::new(PAIR).into_iden();
    let of_met = |column: &'static str| Expr::col((met.clone(), Alias::new(column)));
    let sessions = Query::select()
        .expr(Expr::col((session::Entity, session::Column::Id)).count())
        .from(session::Entity)
        .and_where(
            Expr::col((session::Entity, session::Column::WorkshopId))
                .equals((workshop::Entity, workshop::Column::Id)),
        )
        .take();
    let share = || Expr::col((workshop::Entity, workshop::Column::AttendedShare));
    let id = || Expr::col((registration::Entity, registration::Column::Id));
    let booked = Expr::col((registration::Entity, registration::Column::State))
        .eq(Code(RegistrationState::Booked));
    let seated = Expr::case(booked, id());
    let stands = Func::coalesce([Expr::Case(Box::new(seated)).min(), id().min()]);
    let mut all = kept(verified);
    if !verified {
        all.union(UnionType::Distinct, met_by_person());
    }
    Query::select()
        .expr_as(stands, Alias::new(REGISTRATION))
        .from_subquery(all, met.clone())
        .inner_join(
            registration::Entity,
            of_met(REGISTRATION).equals((registration::Entity, registration::Column::Id)),
        )
        .inner_join(
            workshop::Entity,
            Expr::col((workshop::Entity, workshop::Column::Id))
                .equals((registration::Entity, registration::Column::WorkshopId)),
        )
        .group_by_columns([
            (workshop::Entity, workshop::Column::Id),
            (workshop::Entity, workshop::Column::AttendedShare),
        ])
        .group_by_columns([(met.clone(), Alias::new(PERSON))])
        .and_having(
            of_met(SESSION)
                .count_distinct()
                .mul(100)
                .gte(share().mul(Expr::SubQuery(None, Box::new(sessions.into())))),
        )
        .take()
}

/// The person for whom a registration counts at all sessions: who it was when
/// the figures of one were put forward, else who it is. One who was merged
/// meanwhile is neither counted twice nor loses a session.
fn counted_person(registration: Expr, is: Expr) -> Expr {
    let (kept, lock) = (Alias::new("kept"), Alias::new("kept_lock"));
    let of_kept = |column| Expr::col((kept.clone(), column));
    let was = Query::select()
        .expr(of_kept(session_lock_row::Column::PersonId).min())
        .from_as(session_lock_row::Entity, kept.clone())
        .join_as(
            JoinType::InnerJoin,
            session_lock::Entity,
            lock.clone(),
            of_kept(session_lock_row::Column::LockId)
                .equals((lock.clone(), session_lock::Column::Id)),
        )
        .and_where(Expr::col((lock, session_lock::Column::ReopenedAt)).is_null())
        .and_where(of_kept(session_lock_row::Column::RegistrationId).eq(registration))
        .take();
    Func::coalesce([Expr::SubQuery(None, Box::new(was.into())), is]).into()
}

/// Session, registration and person of what was put forward and stands;
/// `signed`: of what is signed off alone.
fn kept(signed: bool) -> SelectStatement {
    let there = AttendanceState::CORRECTIONS
        .into_iter()
        .filter(|state| state.is_attended())
        .map(Code);
    let row = |column| Expr::col((session_lock_row::Entity, column));
    let lock = |column| Expr::col((session_lock::Entity, column));
    let mut find = Query::select()
        .column((session_lock::Entity, session_lock::Column::SessionId))
        .column((
            session_lock_row::Entity,
            session_lock_row::Column::RegistrationId,
        ))
        .expr_as(
            counted_person(
                row(session_lock_row::Column::RegistrationId),
                row(session_lock_row::Column::PersonId),
            ),
            Alias::new(PERSON),
        )
        .from(session_lock_row::Entity)
        .inner_join(
            session_lock::Entity,
            row(session_lock_row::Column::LockId)
                .equals((session_lock::Entity, session_lock::Column::Id)),
        )
        .and_where(lock(session_lock::Column::ReopenedAt).is_null())
        .and_where(row(session_lock_row::Column::State).is_in(there))
        .take();
    if signed {
        find.and_where(lock(session_lock::Column::SignedAt).is_not_null());
    }
    find
}

/// Session, registration and person of what was met at sessions whose figures
/// nobody has put forward.
fn met_by_person() -> SelectStatement {
    let met = Alias::new("met");
    let of_met = |column: &'static str| Expr::col((met.clone(), Alias::new(column)));
    let locked = Query::select()
        .column(session_lock::Column::SessionId)
        .from(session_lock::Entity)
        .and_where(Expr::col(session_lock::Column::ReopenedAt).is_null())
        .take();
    Query::select()
        .column((met.clone(), Alias::new(SESSION)))
        .column((met.clone(), Alias::new(REGISTRATION)))
        .expr_as(
            counted_person(
                of_met(REGISTRATION),
                Expr::col((registration::Entity, registration::Column::PersonId)),
            ),
            Alias::new(PERSON),
        )
        .from_subquery(pairs(), met.clone())
        .inner_join(
            registration::Entity,
            of_met(REGISTRATION).equals((registration::Entity, registration::Column::Id)),
        )
        .and_where(of_met(SESSION).not_in_subquery(locked))
        .take()
}
