//! Figures that change while people look: the board of a hall. Whoever looks is
//! told that something was written, and reads again what is so now.
//!
//! On one server every deed's commit is heard. Other servers on the same
//! PostgreSQL are told by NOTIFY, which carries nothing else.

use crate::entity::{Code, checkin, establishment, registration, session};
use crate::{Actor, Failure, Services, Tx, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{Act, DelegateRole, EstablishmentKind, RegistrationState};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, JoinType, QueryFilter, QuerySelect,
    QueryTrait, RelationTrait, Statement,
};
use sqlx::postgres::PgListener;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;

/// What servers on one PostgreSQL call to each other on.
const CHANNEL: &str = "taphuan_attendance";

/// How long what comes close together is gathered before it is told.
const GATHER: Duration = Duration::from_millis(150);

/// How often figures are read again although nobody told of a change.
const AT_LEAST: Duration = Duration::from_secs(10);

/// How many have come, of how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardLine<T> {
    /// Of whom.
    pub key: T,
    /// Came.
    pub arrived: u32,
    /// Hold a seat.
    pub expected: u32,
}

/// The figures of a hall: numbers and establishments, no names of people.
#[derive(Clone, Debug)]
pub struct Board {
    /// The workshop.
    pub workshop: WorkshopView,
    /// The session that runs, else the next, else the last.
    pub session: session::Model,
    /// All together.
    pub all: BoardLine<()>,
    /// By role, in the order of the list; those nobody has are left out.
    pub by_role: Vec<BoardLine<DelegateRole>>,
    /// By establishment, most expected first, then by name; households, whose
    /// names are as good as those of persons, together and without a name.
    pub by_establishment: Vec<BoardLine<Option<String>>>,
    /// When it was read.
    pub as_of: DateTime<Utc>,
}

/// Tells that figures may have changed.
#[derive(Debug)]
pub struct News {
    rises: watch::Receiver<u64>,
    ending: watch::Receiver<bool>,
}

impl News {
    /// Waits for the next change, and gathers those that come with it. False
    /// when the server stops.
    pub async fn next(&mut self) -> bool {
        if *self.ending.borrow() {
            return false;
        }
        // A word from another server may have been lost with its connection.
        tokio::select! {
            () = tokio::time::sleep(AT_LEAST) => return true,
            ended = self.ending.wait_for(|ending| *ending) => {
                drop(ended);
                return false;
            }
            risen = self.rises.changed() => if risen.is_err() {
                return false;
            },
        }
        tokio::time::sleep(GATHER).await;
        self.rises.mark_unchanged();
        true
    }
}

/// Tells the other servers, once the transaction is committed, that somebody
/// registered, came or went.
pub(crate) async fn tell_others(tx: &Tx) -> Result<(), Failure> {
    let backend = tx.get_database_backend();
    if backend == DbBackend::Postgres {
        let notify = "SELECT pg_notify($1, '')";
        let values = [CHANNEL.into()];
        tx.execute_raw(Statement::from_sql_and_values(backend, notify, values))
            .await?;
    }
    Ok(())
}

impl Services {
    /// Tells of every change from now on.
    #[must_use]
    pub fn news(&self) -> News {
        News {
            rises: self.db.rises(),
            ending: self.ending.subscribe(),
        }
    }

    /// Ends whatever [`Services::news`] is waited for: the server stops.
    pub fn end_streams(&self) {
        self.ending.send_replace(true);
    }

    /// Hears other servers on the same PostgreSQL for as long as the connection
    /// holds; on SQLite there are none, and this never ends.
    ///
    /// # Errors
    /// When the connection cannot be made or breaks.
    pub async fn hear_others(&self) -> Result<(), Failure> {
        let Some(address) = self.db.server() else {
            return std::future::pending().await;
        };
        let mut listener = PgListener::connect(address)
            .await
            .map_err(Failure::internal)?;
        listener.listen(CHANNEL).await.map_err(Failure::internal)?;
        // What was told while nobody listened.
        self.db.rise();
        loop {
            // None: the connection broke and was made anew; what was told
            // meanwhile is lost.
            listener.try_recv().await.map_err(Failure::internal)?;
            self.db.rise();
        }
    }

    /// The board of a workshop's hall.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::SignInNeeded`], [`Failure::Forbidden`]
    /// unless the actor checks people in there or reads the programme.
    pub async fn board(&self, actor: &Actor, slug: &str) -> Result<Board, Failure> {
        let act = if actor.may(Act::ReadProgramme) {
            Act::ReadProgramme
        } else {
            Act::CheckIn
        };
        let workshop = self.staff_workshop(actor, act, slug).await?;
        let now = self.clock.now();
        let session = workshop.session_at(now).ok_or(Failure::NotFound)?.clone();
        // Somebody who was merged may have come under another registration.
        let own = Alias::new("own");
        let same = Query::select()
            .column((own.clone(), registration::Column::Id))
            .from_as(registration::Entity, own.clone())
            .and_where(
                Expr::col((own.clone(), registration::Column::WorkshopId)).eq(workshop.row.id),
            )
            .and_where(
                Expr::col((own, registration::Column::PersonId))
                    .equals((registration::Entity, registration::Column::PersonId)),
            )
            .take();
        let here = Expr::exists(
            checkin::Entity::find()
                .select_only()
                .column(checkin::Column::Id)
                .filter(checkin::Column::SessionId.eq(session.id))
                .filter(checkin::Column::UndoneAt.is_null())
                .filter(
                    Expr::col((checkin::Entity, checkin::Column::RegistrationId)).in_subquery(same),
                )
                .into_query(),
        );
        let rows: Vec<Counted> = registration::Entity::find()
            .select_only()
            .column(registration::Column::Role)
            .column(establishment::Column::Kind)
            .column(establishment::Column::Name)
            .expr_as(here, HERE)
            .column_as(
                Expr::col((registration::Entity, registration::Column::Id)).count(),
                "number",
            )
            .join(
                JoinType::InnerJoin,
                registration::Relation::Establishment.def(),
            )
            .filter(registration::Column::WorkshopId.eq(workshop.row.id))
            .filter(registration::Column::State.eq(Code(RegistrationState::Booked)))
            .group_by(registration::Column::Role)
            .group_by(establishment::Column::Kind)
            .group_by(establishment::Column::Name)
            .group_by(Expr::col(HERE))
            .into_tuple()
            .all(self.db.read())
            .await?;
        Ok(counted(workshop, session, &rows, now))
    }
}

/// A role, an establishment by kind and name, whether they came, and how many.
type Counted = (
    Code<DelegateRole>,
    Option<Code<EstablishmentKind>>,
    String,
    bool,
    i64,
);

/// Whether somebody came to the session, in the query of the board.
const HERE: &str = "here";

fn counted(
    workshop: WorkshopView,
    session: session::Model,
    rows: &[Counted],
    as_of: DateTime<Utc>,
) -> Board {
    let (mut all, mut roles, mut places) = ((0, 0), BTreeMap::new(), BTreeMap::new());
    for (role, kind, name, here, number) in rows {
        let number = u32::try_from(*number).unwrap_or(0);
        let add = |cell: &mut (u32, u32)| {
            cell.0 += if *here { number } else { 0 };
            cell.1 += number;
        };
        add(&mut all);
        add(roles.entry(**role).or_default());
        let kind = kind.map(|kind| *kind);
        let named = EstablishmentKind::is_named_in_public(kind, name);
        let place = named.then(|| name.clone());
        add(places.entry(place).or_default());
    }
    let mut by_establishment: Vec<_> = places.into_iter().map(line).collect();
    by_establishment.sort_by_key(|line| std::cmp::Reverse(line.expected));
    Board {
        workshop,
        session,
        all: line(((), all)),
        by_role: roles.into_iter().map(line).collect(),
        by_establishment,
        as_of,
    }
}

fn line<T>((key, (arrived, expected)): (T, (u32, u32))) -> BoardLine<T> {
    BoardLine {
        key,
        arrived,
        expected,
    }
}
