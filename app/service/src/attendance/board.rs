//! Attendance of one session, side by side: registered, scanned, signed, and
//! what was made of it.

use super::lock::locks_of;
use super::names::Names;
use crate::entity::{
    Code, attendance_mark, checkin, establishment, likeness, person, registration, session,
    session_lock, sheet, sheet_entry, signature,
};
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, AttendanceState, Coded, DelegateRole, Difference, Evidence, FiguresState, LikenessNoun,
    LikenessState, RegistrationState,
};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use std::collections::HashMap;

/// A scan at the door.
#[derive(Clone, Debug)]
pub struct SeenAtDoor {
    /// When.
    pub at: DateTime<Utc>,
    /// The name of the account or the device.
    pub by: String,
    /// A device decided alone and handed it in later.
    pub offline: bool,
}

/// A signature on a sheet.
#[derive(Clone, Debug)]
pub struct SignedOnPaper {
    /// The number of the sheet.
    pub sheet: String,
    /// Who entered it.
    pub by: String,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct Correction {
    /// To what.
    pub state: AttendanceState,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One person and one session.
#[derive(Clone, Debug)]
pub struct AttendanceRow {
    /// The key of the registration.
    pub registration_id: i64,
    /// Name.
    pub full_name: String,
    /// Establishment.
    pub establishment: String,
    /// Role.
    pub role: DelegateRole,
    /// State of the registration.
    pub state: RegistrationState,
    /// The scan that stands.
    pub scanned: Option<SeenAtDoor>,
    /// The signature that stands.
    pub signed: Option<SignedOnPaper>,
    /// The correction that stands.
    pub mark: Option<Correction>,
    /// What it all makes.
    pub attendance: AttendanceState,
    /// How scan and signature differ.
    pub difference: Option<Difference>,
    /// Names of others who came too and may be the same person.
    pub alike: Vec<String>,
}

/// How far the figures of a session are, and who brought them there.
#[derive(Clone, Debug)]
pub struct Figures {
    /// How far.
    pub state: FiguresState,
    /// Who put them forward, and when.
    pub proposed: Option<(String, DateTime<Utc>)>,
    /// Who signed them, and when.
    pub signed: Option<(String, DateTime<Utc>)>,
    /// The one who asks put them forward, and so may not sign.
    pub own: bool,
}

/// One session as organisers and the director see it.
#[derive(Clone, Debug)]
pub struct AttendancePage {
    /// The workshop.
    pub workshop: WorkshopView,
    /// The session.
    pub session: session::Model,
    /// How far its figures are.
    pub figures: Figures,
    /// How far those of every session of the workshop are, in order.
    pub states: Vec<FiguresState>,
    /// How many of each state, in the order of the states.
    pub counts: Vec<(AttendanceState, u64)>,
    /// Of how many scan and signature differ.
    pub differing: u64,
    /// How many may be one person with somebody else who came.
    pub alike: u64,
    /// Whom devices let in alone and nobody has settled.
    pub unsettled: u64,
    /// Everybody with a seat or any evidence, in the Vietnamese order of
    /// names; empty for who may not read names.
    pub rows: Vec<AttendanceRow>,
}

#[derive(Debug, FromQueryResult)]
struct Flat {
    id: i64,
    person_id: i64,
    full_name: String,
    establishment: String,
    role: Code<DelegateRole>,
    state: Code<RegistrationState>,
}

/// What is known of a session, by registration.
#[derive(Default)]
struct Known {
    scans: HashMap<i64, checkin::Model>,
    signatures: HashMap<i64, (String, String)>,
    marks: HashMap<i64, attendance_mark::Model>,
}

impl Known {
    fn of(&self, id: i64) -> Evidence {
        Evidence {
            scanned: self.scans.get(&id).map(|scan| scan.at),
            signed: self.signatures.contains_key(&id),
            mark: self.marks.get(&id).map(|mark| *mark.state),
        }
    }

    fn labels(&self) -> impl Iterator<Item = &str> {
        let scans = self.scans.values().map(|scan| scan.actor.as_str());
        let signatures = self.signatures.values().map(|(_, by)| by.as_str());
        let marks = self.marks.values().map(|mark| mark.actor.as_str());
        scans.chain(signatures).chain(marks)
    }
}

impl Services {
    /// Attendance of a session: the one asked for, else the last that has
    /// begun, else the first. Who may sign figures without reading names sees
    /// the numbers alone.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn attendance_page(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: Option<i64>,
    ) -> Result<AttendancePage, Failure> {
        let view = self.staff_workshop(actor, Act::SignFigures, slug).await?;
        let now = self.clock.now();
        let begun = view.sessions.iter().rfind(|row| row.starts_at <= now);
        let session = match session_id {
            Some(id) => view.sessions.iter().find(|row| row.id == id),
            None => begun.or(view.sessions.first()),
        };
        let session = session.ok_or(Failure::NotFound)?.clone();
        let people = self.who_counts(&session).await?;
        let known = self.known_of(&session).await?;
        let sessions = view.sessions.iter().map(|row| row.id);
        let mut locks = locks_of(self.db.read(), sessions).await?;
        let states = view.sessions.iter().map(|row| {
            let lock = locks.get(&row.id);
            lock.map_or(FiguresState::Open, session_lock::Model::state)
        });
        let states = states.collect();
        let lock = locks.remove(&session.id);
        let names = self.names_of(known.labels().chain(signers(&lock))).await?;
        let alike = self.alike_at(session.workshop_id, &people, &known).await?;
        let late_after = u16::try_from(view.row.late_after).unwrap_or(u16::MAX);
        let hours = (session.starts_at, session.ends_at);
        let (any_scanned, any_signed) = people.iter().fold((false, false), |any, row| {
            let evidence = known.of(row.id);
            (
                any.0 || evidence.scanned.is_some(),
                any.1 || evidence.signed,
            )
        });
        let rows: Vec<AttendanceRow> = people
            .into_iter()
            .map(|row| {
                let evidence = known.of(row.id);
                AttendanceRow {
                    attendance: evidence.attendance(hours, late_after, now),
                    difference: evidence.difference(any_scanned, any_signed),
                    alike: alike.get(&row.person_id).cloned().unwrap_or_default(),
                    ..shown(row, &known, &names)
                }
            })
            .collect();
        let count = |is_so: &dyn Fn(&AttendanceRow) -> bool| {
            rows.iter().filter(|row| is_so(row)).count() as u64
        };
        let counts = AttendanceState::ALL
            .iter()
            .map(|state| (*state, count(&|row| row.attendance == *state)))
            .collect();
        Ok(AttendancePage {
            figures: figures(lock.as_ref(), &names, actor),
            counts,
            differing: count(&|row| row.difference.is_some()),
            alike: count(&|row| !row.alike.is_empty()),
            states,
            unsettled: crate::door::unsettled(self.db.read(), session.id).await?,
            rows: if actor.may(Act::ReadPeople) {
                rows
            } else {
                Vec::new()
            },
            workshop: view,
            session,
        })
    }

    /// Everybody with a seat, and everybody of whom something is known.
    async fn who_counts(&self, session: &session::Model) -> Result<Vec<Flat>, Failure> {
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
                    .add(known(marked)),
            )
            .order_by_asc(person::Column::SortKey)
            .order_by_asc(registration::Column::Id)
            .into_model::<Flat>()
            .all(self.db.read())
            .await?)
    }

    async fn known_of(&self, session: &session::Model) -> Result<Known, Failure> {
        let scans = checkin::Entity::find()
            .filter(checkin::Column::SessionId.eq(session.id))
            .filter(checkin::Column::UndoneAt.is_null())
            .all(self.db.read())
            .await?;
        let marks = attendance_mark::Entity::find()
            .filter(attendance_mark::Column::SessionId.eq(session.id))
            .filter(attendance_mark::Column::UndoneAt.is_null())
            .all(self.db.read())
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
            .all(self.db.read())
            .await?;
        Ok(Known {
            scans: scans
                .into_iter()
                .map(|row| (row.registration_id, row))
                .collect(),
            marks: marks
                .into_iter()
                .map(|row| (row.registration_id, row))
                .collect(),
            signatures: signatures
                .into_iter()
                .map(|(id, number, by)| (id, (number, by)))
                .collect(),
        })
    }

    /// Of everybody who came, who may be one person by a likeness that nobody
    /// has judged: names by person.
    async fn alike_at(
        &self,
        workshop_id: i64,
        people: &[Flat],
        known: &Known,
    ) -> Result<HashMap<i64, Vec<String>>, Failure> {
        let here = || {
            Query::select()
                .column(registration::Column::PersonId)
                .from(registration::Entity)
                .and_where(registration::Column::WorkshopId.eq(workshop_id))
                .take()
        };
        let pairs: Vec<(i64, i64)> = likeness::Entity::find()
            .select_only()
            .columns([likeness::Column::FirstId, likeness::Column::SecondId])
            .filter(likeness::Column::Noun.eq(Code(LikenessNoun::Person)))
            .filter(likeness::Column::State.eq(Code(LikenessState::Open)))
            .filter(likeness::Column::FirstId.in_subquery(here()))
            .filter(likeness::Column::SecondId.in_subquery(here()))
            .into_tuple()
            .all(self.db.read())
            .await?;
        let came: HashMap<i64, &str> = people
            .iter()
            .filter(|row| known.of(row.id).says_there())
            .map(|row| (row.person_id, row.full_name.as_str()))
            .collect();
        let mut alike: HashMap<i64, Vec<String>> = HashMap::new();
        for (first, second) in pairs {
            if let (Some(one), Some(other)) = (came.get(&first), came.get(&second)) {
                alike.entry(first).or_default().push((*other).to_owned());
                alike.entry(second).or_default().push((*one).to_owned());
            }
        }
        Ok(alike)
    }
}

/// The labels of who put figures forward and signed them.
fn signers(lock: &Option<session_lock::Model>) -> impl Iterator<Item = &str> {
    lock.iter().flat_map(|lock| {
        std::iter::once(lock.proposed_by.as_str()).chain(lock.signed_by.as_deref())
    })
}

fn figures(lock: Option<&session_lock::Model>, names: &Names, actor: &Actor) -> Figures {
    Figures {
        state: lock.map_or(FiguresState::Open, session_lock::Model::state),
        proposed: lock.map(|lock| (names.of(&lock.proposed_by), lock.proposed_at)),
        signed: lock.and_then(|lock| {
            let by = lock.signed_by.as_deref()?;
            Some((names.of(by), lock.signed_at?))
        }),
        own: lock.is_some_and(|lock| !domain::may_sign(&lock.proposed_by, &actor.label())),
    }
}

fn shown(row: Flat, known: &Known, names: &Names) -> AttendanceRow {
    let scan = known.scans.get(&row.id);
    let mark = known.marks.get(&row.id);
    AttendanceRow {
        scanned: scan.map(|scan| SeenAtDoor {
            at: scan.at,
            by: names.of(&scan.actor),
            offline: scan.offline,
        }),
        signed: known
            .signatures
            .get(&row.id)
            .map(|(sheet, by)| SignedOnPaper {
                sheet: sheet.clone(),
                by: names.of(by),
            }),
        mark: mark.map(|mark| Correction {
            state: *mark.state,
            reason: mark.reason.clone(),
            by: names.of(&mark.actor),
            at: mark.at,
        }),
        registration_id: row.id,
        full_name: row.full_name,
        establishment: row.establishment,
        role: *row.role,
        state: *row.state,
        attendance: AttendanceState::NotSet,
        difference: None,
        alike: Vec::new(),
    }
}
