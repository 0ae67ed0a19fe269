//! Who counts at a session, each person once, with all that is known of them:
//! somebody who was merged may hold several registrations of one workshop.

use crate::Failure;
use crate::entity::{
    Code, attendance_mark, checkin, establishment, person, registration, session, session_lock_row,
    sheet, sheet_entry, signature,
};
use domain::{AttendanceState, DelegateRole, Evidence, RegistrationState};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
};
use std::collections::{HashMap, HashSet};

/// A registration that counts.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Flat {
    pub(super) id: i64,
    pub(super) person_id: i64,
    pub(super) full_name: String,
    pub(super) establishment: String,
    pub(super) role: Code<DelegateRole>,
    pub(super) state: Code<RegistrationState>,
}

/// One person at a session.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// The registration that stands for the person.
    pub(super) row: Flat,
    /// The first scan that stands.
    pub(super) scan: Option<checkin::Model>,
    /// The number of the sheet that was signed, and who entered that.
    pub(super) signature: Option<(String, String)>,
    /// The correction that stands.
    pub(super) mark: Option<attendance_mark::Model>,
    /// What was put forward of the person, once the figures are.
    pub(super) kept: Option<AttendanceState>,
}

impl Counted {
    /// What is known, for the rules of the domain.
    pub(super) fn evidence(&self) -> Evidence {
        Evidence {
            scanned: self.scan.as_ref().map(|scan| scan.at),
            signed: self.signature.is_some(),
            mark: self.mark.as_ref().map(|mark| *mark.state),
        }
    }

    /// The labels of who scanned, entered and corrected.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        let scan = self.scan.iter().map(|scan| scan.actor.as_str());
        let signature = self.signature.iter().map(|(_, by)| by.as_str());
        let mark = self.mark.iter().map(|mark| mark.actor.as_str());
        scan.chain(signature).chain(mark)
    }
}

/// Everybody with a seat and everybody of whom something is known, in the
/// Vietnamese order of names. `lock`: those who were put forward instead, be
/// their registration what it may by now.
pub(super) async fn who_counts(
    tx: &impl ConnectionTrait,
    session: &session::Model,
    lock: Option<i64>,
) -> Result<Vec<Counted>, Failure> {
    let kept: HashMap<i64, AttendanceState> = match lock {
        None => HashMap::new(),
        Some(lock) => session_lock_row::Entity::find()
            .filter(session_lock_row::Column::LockId.eq(lock))
            .all(tx)
            .await?
            .into_iter()
            .map(|row| (row.registration_id, *row.state))
            .collect(),
    };
    let rows = registrations(tx, session, lock).await?;
    let known = Known::load(tx, session).await?;
    let stands: Vec<usize> = match lock {
        Some(_) => (0..rows.len())
            .filter(|at| kept.contains_key(&rows[*at].id))
            .collect(),
        None => one_each(&rows),
    };
    // What is known by other registrations of a person is that one's too.
    let mut others: HashMap<i64, Vec<i64>> = HashMap::new();
    let standing: HashSet<i64> = stands.iter().map(|at| rows[*at].id).collect();
    for row in rows.iter().filter(|row| !standing.contains(&row.id)) {
        others.entry(row.person_id).or_default().push(row.id);
    }
    Ok(stands
        .into_iter()
        .map(|at| {
            let row = rows[at].clone();
            let more = others.get(&row.person_id).map_or(&[][..], Vec::as_slice);
            let ids = std::iter::once(row.id).chain(more.iter().copied());
            Counted {
                kept: kept.get(&row.id).copied(),
                ..known.of(row, ids)
            }
        })
        .collect())
}

/// The registration that stands for each person: the one with a seat, else the
/// first.
fn one_each(rows: &[Flat]) -> Vec<usize> {
    let mut of: HashMap<i64, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let stands = of.entry(row.person_id).or_insert(at);
        if *row.state == RegistrationState::Booked && *rows[*stands].state != *row.state {
            *stands = at;
        }
    }
    let mut stands: Vec<usize> = of.into_values().collect();
    stands.sort_unstable();
    stands
}

async fn registrations(
    tx: &impl ConnectionTrait,
    session: &session::Model,
    lock: Option<i64>,
) -> Result<Vec<Flat>, Failure> {
    let known = |select: SelectStatement| registration::Column::Id.in_subquery(select);
    let scanned = Query::select()
        .column(checkin::Column::RegistrationId)
        .from(checkin::Entity)
        .and_where(checkin::Column::SessionId.eq(session.id))
        .and_where(checkin::Column::UndoneAt.is_null())
        .take();
    let signed = Query::select()
        .column(signature::Column::RegistrationId)
        .from(signature::Entity)
        .and_where(signature::Column::SessionId.eq(session.id))
        .and_where(signature::Column::UndoneAt.is_null())
        .take();
    let marked = Query::select()
        .column(attendance_mark::Column::RegistrationId)
        .from(attendance_mark::Entity)
        .and_where(attendance_mark::Column::SessionId.eq(session.id))
        .and_where(attendance_mark::Column::UndoneAt.is_null())
        .take();
    let kept = Query::select()
        .column(session_lock_row::Column::RegistrationId)
        .from(session_lock_row::Entity)
        .and_where(session_lock_row::Column::LockId.eq(lock))
        .take();
    let booked = registration::Column::State.eq(Code(RegistrationState::Booked));
    Ok(registration::Entity::find()
        .select_only()
        .columns([
            registration::Column::Id,
            registration::Column::PersonId,
            registration::Column::Role,
            registration::Column::State,
        ])
        .column(person::Column::FullName)
        .column_as(establishment::Column::Name, "establishment")
        .join(JoinType::InnerJoin, registration::Relation::Person.def())
        .join(
            JoinType::InnerJoin,
            registration::Relation::Establishment.def(),
        )
        .filter(registration::Column::WorkshopId.eq(session.workshop_id))
        .filter(
            Condition::any()
                .add(booked)
                .add(known(scanned))
                .add(known(signed))
                .add(known(marked))
                .add(known(kept)),
        )
        .order_by_asc(person::Column::SortKey)
        .order_by_asc(registration::Column::Id)
        .into_model::<Flat>()
        .all(tx)
        .await?)
}

/// What is known of a session, by registration.
struct Known {
    scans: HashMap<i64, checkin::Model>,
    signatures: HashMap<i64, (String, String)>,
    marks: HashMap<i64, attendance_mark::Model>,
}

impl Known {
    async fn load(tx: &impl ConnectionTrait, session: &session::Model) -> Result<Self, Failure> {
        let scans = checkin::Entity::find()
            .filter(checkin::Column::SessionId.eq(session.id))
            .filter(checkin::Column::UndoneAt.is_null())
            .all(tx)
            .await?;
        let marks = attendance_mark::Entity::find()
            .filter(attendance_mark::Column::SessionId.eq(session.id))
            .filter(attendance_mark::Column::UndoneAt.is_null())
            .all(tx)
            .await?;
        let signatures: Vec<(i64, String, String)> = signature::Entity::find()
            .select_only()
            .column(signature::Column::RegistrationId)
            .column(sheet::Column::Number)
            .column(sheet_entry::Column::TypedBy)
            .join(JoinType::InnerJoin, signature::Relation::SheetEntry.def())
            .join(JoinType::InnerJoin, sheet_entry::Relation::Sheet.def())
            .filter(signature::Column::SessionId.eq(session.id))
            .filter(signature::Column::UndoneAt.is_null())
            .into_tuple()
            .all(tx)
            .await?;
        Ok(Self {
            scans: by_registration(scans, |row| row.registration_id),
            marks: by_registration(marks, |row| row.registration_id),
            signatures: signatures
                .into_iter()
                .map(|(id, number, by)| (id, (number, by)))
                .collect(),
        })
    }

    /// What is known of a person by all of these registrations: the first scan,
    /// any signature, and of several corrections one that says that the person
    /// was there, else the latest.
    fn of(&self, row: Flat, ids: impl Iterator<Item = i64> + Clone) -> Counted {
        let scans = ids.clone().filter_map(|id| self.scans.get(&id));
        let marks = ids.clone().filter_map(|id| self.marks.get(&id));
        Counted {
            scan: scans.min_by_key(|scan| scan.at).cloned(),
            mark: marks
                .max_by_key(|mark| (mark.state.is_attended(), mark.at))
                .cloned(),
            signature: ids
                .filter_map(|id| self.signatures.get(&id))
                .next()
                .cloned(),
            kept: None,
            row,
        }
    }
}

fn by_registration<M>(rows: Vec<M>, key: impl Fn(&M) -> i64) -> HashMap<i64, M> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}
