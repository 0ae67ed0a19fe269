//! What every test needs: a fresh database of each kind, a standing clock, and
//! short ways to what is not tested.

mod calendar;
mod campaign;
mod forms;
mod invited;
mod materials;
mod party;
mod schedule;
mod smtp;

pub(crate) use calendar::{deliver, mails, read_alike, tell};
pub(crate) use campaign::{campaign_mails, look_at, make, message, started, to_booked};
pub(crate) use forms::{delegate, named, walk_in, workshop_form};
pub(crate) use invited::{
    invited, invited_elsewhere, inviting, known_establishment, link_of, named_standing, nominate,
    nominating, nomination, nominee_row,
};
pub(crate) use materials::{attend, token_of, upload, upload_said};
pub(crate) use party::{party, send_party};
pub(crate) use schedule::{
    asking, at, hall, in_room, insert, is_conflict, is_not_found, is_problem, line, move_form,
    session_at, sessions, teacher, teacher_with_account,
};
pub(crate) use smtp::Sink;

use chrono::{DateTime, Utc};
use domain::{AccountRole, Lang, RegistrationForm, RegistrationState, TellForm, WalkInForm};
use futures::FutureExt;
use sea_orm::{
    ColumnTrait, ConnectOptions, ConnectionTrait, Database, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use service::entity::{Code, registration};
use service::{
    Actor, Clock, DoorPerson, Mailer, Options, Registered, Registering, Secret, Services,
    WalkingIn, WorkshopView,
};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::Barrier;
use url::Url;

/// Organisers, by a token: it needs no account.
pub(crate) const ORGANIZER: Actor = Actor::Token {
    id: 1,
    role: AccountRole::Organizer,
};

/// Runs each rule on both databases, each time on a fresh one.
#[macro_export]
macro_rules! on_both {
    ($($rule:ident),+ $(,)?) => {$(
        mod $rule {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                $crate::kit::Kit::sqlite().await.holds(super::$rule).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                $crate::kit::Kit::postgres().await.holds(super::$rule).await;
            }
        }
    )+};
}

/// One test's world.
pub(crate) struct Kit {
    pub(crate) services: Services,
    pub(crate) clock: Clock,
    folder: TempDir,
    database_url: String,
    /// The PostgreSQL server to drop the database from.
    server: Option<String>,
}

impl Kit {
    pub(crate) async fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("taphuan.db").display());
        Self::open(folder, url, None).await
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("TEST_POSTGRES_URL").expect(
            "TEST_POSTGRES_URL must name a PostgreSQL server: run the tests through `make test`",
        );
        let name = format!("test_{}", &service::random_token()[..16])
            .to_lowercase()
            .replace('-', "_");
        administer(&server, &format!("CREATE DATABASE {name}")).await;
        let mut url = Url::parse(&server).unwrap();
        url.set_path(&name);
        Self::open(TempDir::new().unwrap(), url.into(), Some(server)).await
    }

    async fn open(folder: TempDir, database_url: String, server: Option<String>) -> Self {
        let clock = Clock::standing_at("2026-11-23T01:00:00Z".parse().unwrap());
        let mailer = mail_folder(&folder.path().join("mail"));
        let services = open(
            &folder,
            &database_url,
            mailer,
            &clock,
            "http://127.0.0.1:3000",
        )
        .await;
        services.migrate().await.unwrap();
        Self {
            services,
            clock,
            folder,
            database_url,
            server,
        }
    }

    /// Lets a rule run and clears away, whether it held or not.
    pub(crate) async fn holds(self, rule: impl AsyncFnOnce(&Self)) {
        let held = AssertUnwindSafe(rule(&self)).catch_unwind().await;
        let Self {
            services,
            database_url,
            server,
            ..
        } = self;
        drop(services);
        if let Some(server) = server {
            let name = database_url.rsplit('/').next().unwrap();
            administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        if let Err(panic) = held {
            resume_unwind(panic);
        }
    }

    /// Another server process on the same database, store and clock.
    pub(crate) async fn another(&self) -> Services {
        let mailer = mail_folder(&self.path("mail"));
        self.another_with(mailer, "http://127.0.0.1:3000").await
    }

    pub(crate) async fn another_with(&self, mailer: Mailer, public_url: &str) -> Services {
        open(
            &self.folder,
            &self.database_url,
            mailer,
            &self.clock,
            public_url,
        )
        .await
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The names of the files in one of the folders.
    pub(crate) fn files(&self, name: &str) -> Vec<String> {
        let found = std::fs::read_dir(self.path(name)).unwrap();
        let names = found.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    /// A public workshop ten days ahead, open for registration.
    pub(crate) async fn workshop(&self, slug: &str, seats: u32) -> WorkshopView {
        let form = workshop_form(slug, seats);
        self.services.schedule(&ORGANIZER, &form).await.unwrap();
        self.services.publish(&ORGANIZER, slug).await.unwrap()
    }

    /// Calls a workshop off, with a reason.
    pub(crate) async fn call_off(&self, slug: &str) {
        let view = self.services.public_workshop(slug).await;
        let mut form = TellForm::everybody(view.map_or(1, |view| view.row.version));
        form.note_vi = "Mưa bão".to_owned();
        self.services
            .call_off(&ORGANIZER, slug, &form)
            .await
            .unwrap();
    }

    /// A registration that must succeed.
    pub(crate) async fn register(&self, slug: &str, form: &RegistrationForm) -> Registered {
        let done = self
            .services
            .register(&Actor::Anonymous, slug, form, Lang::Vi, None);
        match done.await.unwrap() {
            Registering::Done(registered) => registered,
            Registering::Already => panic!("{} is registered already", form.full_name),
        }
    }

    /// The last part of the address of a registrant's page.
    pub(crate) fn ticket(&self, registered: &Registered) -> String {
        self.services.ticket_token(&registered.code)
    }

    /// Somebody who signs in, assigned to workshops.
    pub(crate) async fn staff(&self, role: AccountRole, slugs: &[&str]) -> Actor {
        let email = format!("{role}@example.org");
        let made = self
            .services
            .add_account(role, &email, "Lê Thị Nhung", "long enough");
        let id = made.await.unwrap().id;
        for slug in slugs {
            self.services.assign(&ORGANIZER, slug, &[id]).await.unwrap();
        }
        self.services.actor_by_account(id).await.unwrap()
    }

    /// A walk-in who must get in.
    pub(crate) async fn let_in(&self, form: &WalkInForm, how: impl Into<WalkingIn>) -> DoorPerson {
        let done = self.services.walk_in(&ORGANIZER, "w", form, how).await;
        done.unwrap().person.unwrap()
    }

    /// Gives up a registration.
    pub(crate) async fn cancel(&self, registered: &Registered) {
        let ticket = self.ticket(registered);
        self.services.cancel_by_ticket(&ticket).await.unwrap();
    }

    /// The registrations of a state, in order of arrival.
    pub(crate) async fn in_state(&self, state: RegistrationState) -> Vec<registration::Model> {
        registration::Entity::find()
            .filter(registration::Column::State.eq(Code(state)))
            .order_by_asc(registration::Column::Id)
            .all(self.services.db().read())
            .await
            .unwrap()
    }

    /// How many rows a table has.
    pub(crate) async fn count<E: EntityTrait<Model: Send + Sync>>(&self, _: E) -> u64 {
        E::find().count(self.services.db().read()).await.unwrap()
    }

    /// All rows of a table.
    pub(crate) async fn all<E: EntityTrait>(&self, _: E) -> Vec<E::Model> {
        E::find().all(self.services.db().read()).await.unwrap()
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Does something `times` times at once and waits for all of them.
    pub(crate) async fn race<T, F>(
        &self,
        times: usize,
        act: impl Fn(Services, usize) -> F + Send + Sync + 'static,
    ) -> Vec<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send,
    {
        let (act, line) = (Arc::new(act), Arc::new(Barrier::new(times)));
        let runners: Vec<_> = (0..times)
            .map(|n| {
                let (act, line) = (Arc::clone(&act), Arc::clone(&line));
                let services = self.services.clone();
                tokio::spawn(async move {
                    line.wait().await;
                    act(services, n).await
                })
            })
            .collect();
        let mut results = Vec::with_capacity(times);
        for runner in runners {
            results.push(runner.await.unwrap());
        }
        results
    }
}

/// How many values are so.
pub(crate) fn number<T>(values: &[T], is_so: impl Fn(&T) -> bool) -> usize {
    values.iter().filter(|value| is_so(value)).count()
}

pub(crate) fn mail_folder(folder: &std::path::Path) -> Mailer {
    Mailer::folder(folder, "taphuan@example.com").unwrap()
}

async fn open(
    folder: &TempDir,
    database_url: &str,
    mailer: Mailer,
    clock: &Clock,
    public_url: &str,
) -> Services {
    Services::open(Options {
        database_url: database_url.to_owned(),
        storage_url: Url::from_directory_path(folder.path().join("files")).unwrap(),
        public_url: Url::parse(public_url).unwrap(),
        mailer,
        secret: Secret::new(&"k".repeat(32)).unwrap(),
        clock: clock.clone(),
        limits: false,
        material_mb: domain::MATERIAL_MB,
    })
    .await
    .unwrap()
}

async fn administer(server: &str, statement: &str) {
    let mut options = ConnectOptions::new(server);
    options.max_connections(1).sqlx_logging(false);
    let server = Database::connect(options).await.unwrap();
    server.execute_unprepared(statement).await.unwrap();
    server.close().await.unwrap();
}
