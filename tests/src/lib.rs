//! The kit of the black-box tests: the real server on a folder and a database of its own, its
//! JSON doors, its pages as a browser without JavaScript sees them, and real SMTP and S3 servers.
//!
//! Nothing here builds anything: `make test` does, and tells where things are in the environment
//! (`TAPHUAN_BIN`, `TAPHUAN_PYTHON`, `TEST_POSTGRES_URL`).

mod api;
mod command;
mod database;
mod fixture;
mod form;
mod html;
mod materials;
mod s3;
mod server;
mod smtp;

pub use api::{Answer, Api};
pub use command::{python, taphuan};
pub use database::{Database, Engine};
pub use fixture::{
    changed, delegate, in_hours, in_seconds, open_between, publish, schedule, signed_in, workshop,
};
pub use form::Form;
pub use html::{Tag, tags, text};
pub use materials::{Organizer, pdf};
pub use s3::S3;
pub use server::{Another, Server, Setup};
pub use smtp::{Mail, Part, SmtpSink};

/// Makes of each `async fn name(engine: Engine)` two tests: `sqlite::name` and `postgres::name`.
#[macro_export]
macro_rules! on_each_database {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test($crate::Engine::Sqlite).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test($crate::Engine::Postgres).await;
            })+
        }
    };
}
