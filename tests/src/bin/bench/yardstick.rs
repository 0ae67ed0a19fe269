//! Raw single-row commits of each engine, at the durability that the server has.

use crate::load::{Figure, measure};
use blackbox::{Database, Engine};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::str::FromStr as _;

const TABLE: &str = "CREATE TABLE yardstick (id BIGINT PRIMARY KEY, name TEXT NOT NULL)";
const ROW: &str = "INSERT INTO yardstick (id, name) VALUES ($1, 'Nguyễn Thị Thử')";

/// Commits a second of one row each, over this many connections. SQLite has one writer, as in
/// the server; the others wait for it.
pub(crate) async fn commits(engine: Engine, connections: usize) -> Figure {
    let folder = tempfile::tempdir().expect("no folder");
    let database = Database::new(engine, folder.path()).await;
    let most = u32::try_from(connections).unwrap_or(1);
    match engine {
        Engine::Sqlite => {
            let options = SqliteConnectOptions::from_str(&database.url)
                .expect("no address")
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full);
            let pool = SqlitePoolOptions::new()
                .max_connections(1)
                .connect_with(options)
                .await
                .expect("no database");
            sqlx::query(TABLE).execute(&pool).await.expect("no table");
            let figure = measure(connections, |n| {
                let row = sqlx::query(ROW).bind(i64::from(n));
                let pool = &pool;
                async move { row.execute(pool).await.is_ok() }
            })
            .await;
            pool.close().await;
            figure
        }
        Engine::Postgres => {
            let pool = PgPoolOptions::new()
                .max_connections(most)
                .connect(&database.url)
                .await
                .expect("no database");
            sqlx::query(TABLE).execute(&pool).await.expect("no table");
            let figure = measure(connections, |n| {
                let row = sqlx::query(ROW).bind(i64::from(n));
                let pool = &pool;
                async move { row.execute(pool).await.is_ok() }
            })
            .await;
            pool.close().await;
            figure
        }
    }
}
