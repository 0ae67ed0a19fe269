//! The database: connect, read, write. SQLite has one writer and a pool of
//! readers; PostgreSQL one pool.

use crate::Failure;
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::watch;

/// An open transaction, shared with the deed that runs in it.
pub type Tx = Arc<DatabaseTransaction>;

/// How often a deed is tried when the database asks for it.
const TRIES: u32 = 3;

/// The database.
#[derive(Clone, Debug)]
pub struct Db {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    version: Arc<watch::Sender<u64>>,
    /// The address of PostgreSQL, to listen to other servers on it.
    server: Option<Arc<str>>,
    reads: Arc<AtomicU64>,
}

impl Db {
    /// Connects. A SQLite file is created when missing.
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn connect(url: &str) -> Result<Self, Failure> {
        if url.starts_with("sqlite:") {
            let writer = Database::connect(sqlite(url, 1)).await?;
            let readers = Database::connect(sqlite(url, 4)).await?;
            Ok(Self::of(writer, readers, None))
        } else {
            let pool = Database::connect(postgres(url)).await?;
            Ok(Self::of(pool.clone(), pool, Some(url.into())))
        }
    }

    fn of(
        writer: DatabaseConnection,
        mut readers: DatabaseConnection,
        server: Option<Arc<str>>,
    ) -> Self {
        let reads = Arc::<AtomicU64>::default();
        let counted = Arc::clone(&reads);
        readers.set_metric_callback(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        Self {
            writer,
            readers,
            version: Arc::new(watch::Sender::new(0)),
            server,
            reads,
        }
    }

    /// How many statements this process has read with, outside transactions.
    /// Tests hold pages to a number of them that does not grow with the rows.
    #[must_use]
    pub fn reads(&self) -> u64 {
        self.reads.load(Ordering::Relaxed)
    }

    /// Rises with every deed that this process has committed: what was read
    /// since the last rise is still true, as far as this process knows.
    #[must_use]
    pub fn version(&self) -> u64 {
        *self.version.borrow()
    }

    /// Sees every rise of [`Db::version`] from now on.
    #[must_use]
    pub fn rises(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Says that something may have been written, here or by another server.
    pub(crate) fn rise(&self) {
        self.version.send_modify(|version| *version += 1);
    }

    /// The address of PostgreSQL; none on SQLite, where there is one server.
    pub(crate) fn server(&self) -> Option<&str> {
        self.server.as_deref()
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails; it is rolled back whole.
    pub async fn migrate(&self) -> Result<(), Failure> {
        Ok(Migrator::up(&self.writer, None).await?)
    }

    /// A connection for reading outside a transaction.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Runs a deed in one transaction: committed when it succeeds, rolled back
    /// when it fails. Tried again when the database was busy or broke a
    /// deadlock, or when another deed made the same row first, so the deed may
    /// have no side effect but rows.
    ///
    /// # Errors
    /// The deed's own failure, or the database's after three tries.
    pub async fn write<T, D, F>(&self, deed: D) -> Result<T, Failure>
    where
        D: Fn(Tx) -> F,
        F: Future<Output = Result<T, Failure>>,
    {
        let mut tries = 1;
        loop {
            match self.write_once(&deed).await {
                Err(failure)
                    if (failure.is_transient() || failure.is_unique_violation())
                        && tries < TRIES =>
                {
                    tracing::warn!(%failure, tries, "deed is tried again");
                    tokio::time::sleep(Duration::from_millis(20 * u64::from(tries))).await;
                    tries += 1;
                }
                done => return done,
            }
        }
    }

    async fn write_once<T, D, F>(&self, deed: &D) -> Result<T, Failure>
    where
        D: Fn(Tx) -> F,
        F: Future<Output = Result<T, Failure>>,
    {
        let options = TransactionOptions {
            // A deferred transaction that reads first cannot become a writer
            // when another has written meanwhile.
            sqlite_transaction_mode: (self.backend() == DbBackend::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = Arc::new(self.writer.begin_with_options(options).await?);
        let done = deed(Arc::clone(&tx)).await;
        let tx = Arc::into_inner(tx)
            .ok_or_else(|| Failure::internal("the transaction was kept past its deed"))?;
        match done {
            Ok(value) => {
                tx.commit().await?;
                self.rise();
                Ok(value)
            }
            Err(failure) => {
                // What the deed says is what matters; the connection that could
                // not roll back is closed, and the database does it then.
                if let Err(error) = tx.rollback().await {
                    tracing::warn!(%error, "a failed deed was not rolled back");
                }
                Err(failure)
            }
        }
    }
}

/// Lets one transaction at a time look for a row by a key and make it when it
/// is missing; held to the end of the transaction. On SQLite the writer's own
/// lock does. Returns whether others may have made the row meanwhile, so that
/// it is to be looked for again.
pub(crate) async fn lock_key(tx: &Tx, key: &str) -> Result<bool, Failure> {
    let backend = tx.get_database_backend();
    let may_have_waited = backend == DbBackend::Postgres;
    if may_have_waited {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        tx.execute_raw(Statement::from_sql_and_values(backend, lock, [key.into()]))
            .await?;
    }
    Ok(may_have_waited)
}

/// How many locks the names of each kind share: a file of thousands would fill
/// PostgreSQL's table of locks with one each.
const NAME_LOCKS: i64 = 1024;

/// As [`lock_key`], for the folded names of establishments and of persons that
/// are to be made; in one order whoever asks, so that two who make several at
/// once do not wait for each other. Who takes more than one name takes all of
/// them here, before any row of an establishment or a person.
pub(crate) async fn lock_names(
    tx: &Tx,
    establishments: &[String],
    persons: &[String],
) -> Result<bool, Failure> {
    let backend = tx.get_database_backend();
    if backend != DbBackend::Postgres || establishments.len() + persons.len() == 0 {
        return Ok(false);
    }
    let lock = "SELECT pg_advisory_xact_lock(kind, lock) FROM (\
        SELECT DISTINCT kind, (hashtextextended(name, 0) & ($3 - 1))::int AS lock FROM (\
        SELECT 1 AS kind, value AS name FROM jsonb_array_elements_text($1::text::jsonb) \
        UNION ALL \
        SELECT 2, value FROM jsonb_array_elements_text($2::text::jsonb)) AS names \
        ORDER BY kind, lock) AS locks";
    let list = |names| serde_json::to_string(names).map_err(Failure::internal);
    let values = [
        list(establishments)?.into(),
        list(persons)?.into(),
        NAME_LOCKS.into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(backend, lock, values))
        .await?;
    Ok(true)
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("journal_mode", "WAL")
                // An acknowledged registration may never be lost.
                .pragma("synchronous", "FULL")
        });
    options
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(16)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .test_before_acquire_if_idle_for(Duration::from_secs(5))
        .sqlx_logging(false);
    options
}
