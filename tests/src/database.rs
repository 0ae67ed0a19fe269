//! A fresh database for each test.

use sqlx::{Connection as _, Executor, PgConnection, SqliteConnection};
use std::env;
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use tokio::runtime;
use url::Url;

/// The two databases that everything runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded: a file in the data folder.
    Sqlite,
    /// A server: a database of its own on `TEST_POSTGRES_URL`.
    Postgres,
}

/// An empty database; dropped with all that is in it.
#[derive(Debug)]
pub struct Database {
    /// What the server is given as `DATABASE_URL`.
    pub url: String,
    /// The server to drop it from, and its name there.
    of_postgres: Option<(String, String)>,
}

impl Database {
    /// A new database. SQLite's is a file in `folder`, made by the server.
    ///
    /// # Panics
    /// When there is no PostgreSQL to make it on.
    pub async fn new(engine: Engine, folder: &Path) -> Self {
        match engine {
            Engine::Sqlite => Self {
                url: format!("sqlite://{}", folder.join("taphuan.db").display()),
                of_postgres: None,
            },
            Engine::Postgres => Self::on_postgres().await,
        }
    }

    /// Runs a statement on it.
    pub(crate) async fn execute(&self, statement: &str) {
        if self.of_postgres.is_some() {
            execute(&self.url, statement).await;
        } else {
            let mut connection = SqliteConnection::connect(&self.url)
                .await
                .expect("the database cannot be opened");
            run(&mut connection, statement).await;
            connection.close().await.ok();
        }
    }

    async fn on_postgres() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let admin = env::var("TEST_POSTGRES_URL").expect(
            "TEST_POSTGRES_URL is not set: run `make test`, or `.ci/postgres cargo test …`",
        );
        let name = format!(
            "test_{}_{}",
            process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        execute(
            &admin,
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        )
        .await;
        let mut url = Url::parse(&admin).expect("TEST_POSTGRES_URL is no address");
        url.set_path(&name);
        Self {
            url: url.into(),
            of_postgres: Some((admin, name)),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some((admin, name)) = self.of_postgres.take() else {
            return;
        };
        // A runtime of its own: the test's may be ending, and is not to be blocked.
        let dropping = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("no runtime").block_on(execute(
                &admin,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            ));
        });
        if dropping.join().is_err() {
            eprintln!("a test database was left behind");
        }
    }
}

async fn execute(url: &str, statement: &str) {
    let mut connection = PgConnection::connect(url)
        .await
        .expect("TEST_POSTGRES_URL cannot be reached");
    run(&mut connection, statement).await;
    connection.close().await.ok();
}

async fn run<'c, E: Executor<'c>>(connection: E, statement: &str) {
    connection
        .execute(sqlx::AssertSqlSafe(statement))
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
}
