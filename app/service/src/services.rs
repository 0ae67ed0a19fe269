//! All deeds hang on this.

use crate::door::SealKeys;
use crate::frame::KeptFrame;
use crate::{Clock, Db, Failure, Files, Limits, Mailer, Secret};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore, watch};
use url::Url;

/// What the deeds need from outside.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:…` or `postgres:…`.
    pub database_url: String,
    /// `file:///…` or `s3://…`.
    pub storage_url: Url,
    /// Where people reach the server; stands in mails.
    pub public_url: Url,
    /// How mail leaves.
    pub mailer: Mailer,
    /// Signs addresses.
    pub secret: Secret,
    /// The clock.
    pub clock: Clock,
    /// Whether forms and tokens are limited; off for load tests alone.
    pub limits: bool,
    /// The largest material in megabytes.
    pub material_mb: u32,
}

/// The deeds, cheap to clone.
#[derive(Clone, Debug)]
pub struct Services {
    pub(crate) db: Db,
    pub(crate) files: Files,
    pub(crate) mailer: Mailer,
    pub(crate) secret: Secret,
    pub(crate) clock: Clock,
    pub(crate) public_url: Url,
    pub(crate) material_mb: u32,
    pub(crate) limits: Arc<Limits>,
    pub(crate) kept_frame: KeptFrame,
    /// Rung when a deed has pushed mail.
    pub(crate) outbox_bell: Arc<Notify>,
    /// Rung when somebody has confirmed an import.
    pub(crate) import_bell: Arc<Notify>,
    /// Imports that this process is going through, with the rows done so far.
    pub(crate) imports_running: Arc<Mutex<HashMap<i64, usize>>>,
    /// Set when the server stops: streams end.
    pub(crate) ending: Arc<watch::Sender<bool>>,
    /// Addresses to which lost links are to be sent.
    pub(crate) lost_links: Arc<Mutex<BTreeSet<String>>>,
    /// Rung when somebody has asked for a lost link.
    pub(crate) lost_bell: Arc<Notify>,
    /// Hashing a password takes 19 MiB; a few at a time keep memory flat.
    pub(crate) hashing: Arc<Semaphore>,
    /// Keys of the codes on the lists that devices at the door keep.
    pub(crate) seal_keys: SealKeys,
}

impl Services {
    /// Connects to the database and the store. Does not migrate.
    ///
    /// # Errors
    /// When the database or the store cannot be opened.
    pub async fn open(options: Options) -> Result<Self, Failure> {
        Ok(Self {
            db: Db::connect(&options.database_url).await?,
            files: Files::open(&options.storage_url)?,
            mailer: options.mailer,
            secret: options.secret,
            clock: options.clock,
            public_url: options.public_url,
            material_mb: options.material_mb,
            limits: Arc::new(Limits::new(options.limits)),
            kept_frame: KeptFrame::default(),
            outbox_bell: Arc::new(Notify::new()),
            import_bell: Arc::new(Notify::new()),
            imports_running: Arc::default(),
            ending: Arc::new(watch::Sender::new(false)),
            lost_links: Arc::default(),
            lost_bell: Arc::new(Notify::new()),
            hashing: Arc::new(Semaphore::new(2)),
            seal_keys: SealKeys::default(),
        })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails.
    pub async fn migrate(&self) -> Result<(), Failure> {
        self.db.migrate().await?;
        self.sort_names().await?;
        self.refold_establishments().await?;
        self.ensure_programme().await
    }

    /// The database, for the doors that answer whether it is there.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Where people reach the server.
    #[must_use]
    pub fn public_url(&self) -> &Url {
        &self.public_url
    }

    /// The largest material that is taken, in megabytes.
    #[must_use]
    pub fn material_mb(&self) -> u32 {
        self.material_mb
    }

    /// An absolute address on this server.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// Tries the database.
    ///
    /// # Errors
    /// When it does not answer within two seconds, or its schema is missing.
    pub async fn check_database(&self) -> Result<(), Failure> {
        use crate::entity::programme;
        use sea_orm::{EntityTrait, PaginatorTrait};
        let asked = programme::Entity::find().count(self.db.read());
        match tokio::time::timeout(Duration::from_secs(2), asked).await {
            Ok(answer) => answer.map(|_| ()).map_err(Failure::from),
            Err(_) => Err(Failure::internal("the database does not answer")),
        }
    }

    /// Tries the store: writes, reads and deletes a small file.
    ///
    /// # Errors
    /// What the store said.
    pub async fn check_storage(&self) -> Result<(), Failure> {
        self.files.check().await
    }

    /// Tries the mail server: connects and greets.
    ///
    /// # Errors
    /// What the server said.
    pub async fn check_mail(&self) -> Result<(), Failure> {
        self.mailer.check().await
    }
}
