//! Attendance of one session, side by side: registered, scanned, signed, and
//! what was made of it.

use super::lock::locks_of;
use super::names::Names;
use super::who::{Counted, who_counts};
use crate::entity::{Code, likeness, registration, session, session_lock};
use crate::{Actor, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Act, AttendanceState, Coded, DelegateRole, Difference, FiguresState, LikenessNoun,
    LikenessState, RegistrationState,
};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
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
    /// The key of what was put forward, which is what is signed.
    pub lock: Option<i64>,
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
    /// Everybody with a seat or any evidence, each person once, in the
    /// Vietnamese order of names; those who were put forward, once the figures
    /// are. Empty for who may not read names.
    pub rows: Vec<AttendanceRow>,
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
        let sessions = view.sessions.iter().map(|row| row.id);
        let mut locks = locks_of(self.db.read(), sessions).await?;
        let states = view.sessions.iter().map(|row| {
            let lock = locks.get(&row.id);
            lock.map_or(FiguresState::Open, session_lock::Model::state)
        });
        let states = states.collect();
        let lock = locks.remove(&session.id);
        let stands = lock.as_ref().map(|lock| lock.id);
        let people = who_counts(self.db.read(), &session, stands).await?;
        let labels = people.iter().flat_map(Counted::labels);
        let names = self.names_of(labels.chain(signers(&lock))).await?;
        let alike = self.alike_at(session.workshop_id, &people).await?;
        let late_after = u16::try_from(view.row.late_after).unwrap_or(u16::MAX);
        let hours = (session.starts_at, session.ends_at);
        let any_scanned = people.iter().any(|one| one.scan.is_some());
        let any_signed = people.iter().any(|one| one.signature.is_some());
        let rows: Vec<AttendanceRow> = people
            .into_iter()
            .map(|one| {
                let evidence = one.evidence();
                let found = evidence.attendance(hours, late_after, now);
                let alike = alike.get(&one.row.person_id).cloned();
                AttendanceRow {
                    // What was put forward stays as it was.
                    attendance: one.kept.unwrap_or(found),
                    difference: evidence.difference(any_scanned, any_signed),
                    alike: alike.unwrap_or_default(),
                    ..shown(one, &names)
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

    /// Of everybody who came, who may be one person by a likeness that nobody
    /// has judged: names by person.
    async fn alike_at(
        &self,
        workshop_id: i64,
        people: &[Counted],
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
            .filter(|one| one.evidence().says_there())
            .map(|one| (one.row.person_id, one.row.full_name.as_str()))
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
        lock: lock.map(|lock| lock.id),
        own: lock.is_some_and(|lock| !domain::may_sign(&lock.proposed_by, &actor.label())),
    }
}

fn shown(one: Counted, names: &Names) -> AttendanceRow {
    let row = one.row;
    AttendanceRow {
        scanned: one.scan.map(|scan| SeenAtDoor {
            at: scan.at,
            by: names.of(&scan.actor),
            offline: scan.offline,
        }),
        signed: one.signature.map(|(sheet, by)| SignedOnPaper {
            sheet,
            by: names.of(&by),
        }),
        mark: one.mark.map(|mark| Correction {
            state: *mark.state,
            by: names.of(&mark.actor),
            reason: mark.reason,
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
