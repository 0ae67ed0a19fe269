//! The demo programme: fills an empty database. What is filled in is planned
//! without a clock and without chance; codes alone are random.

mod establishments;
mod fill;
mod materials;
mod names;
mod plan;
mod upcoming;
mod workshops;

use crate::audit::{Entry, record};
use crate::entity::{account, establishment, person, workshop};
use crate::files::Held;
use crate::{Actor, Conflict, Failure, Services};
use domain::AccountRole;
use fill::Fill;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::json;

/// The password of every demo account: anybody may know it, and it works on a
/// loopback address only.
const PASSWORD: &str = "demo-taphuan";

/// The accounts of a demo database, one per role: address and name.
const ACCOUNTS: [(AccountRole, &str, &str); 4] = [
    (
        AccountRole::Organizer,
        "organizer@example.com",
        "Huỳnh Thị Kim Loan",
    ),
    (
        AccountRole::Trainer,
        "trainer@example.com",
        "Trần Hữu Phước",
    ),
    (AccountRole::Door, "door@example.com", "Lê Thị Cẩm Nhung"),
    (
        AccountRole::Director,
        "director@example.com",
        "Nguyễn Thành Trung",
    ),
];

/// How to sign in to a demo database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSignIns {
    /// The password of all of them.
    pub password: &'static str,
    /// One account per role, by its address.
    pub accounts: Vec<(AccountRole, String)>,
}

/// How to sign in to a demo database.
#[must_use]
pub fn demo_sign_ins() -> DemoSignIns {
    let accounts = ACCOUNTS.iter();
    DemoSignIns {
        password: PASSWORD,
        accounts: accounts
            .map(|(role, email, _)| (*role, (*email).to_owned()))
            .collect(),
    }
}

impl Services {
    /// Fills an empty database with the demo programme, in one transaction.
    ///
    /// # Errors
    /// [`Conflict::NotEmpty`] when there is a workshop, an account, a person
    /// or an establishment already.
    pub async fn fill_demo(&self) -> Result<DemoSignIns, Failure> {
        let plan = &plan::plan();
        let password_hash = &self.hash_password(PASSWORD).await?;
        let now = self.clock.now();
        if !is_empty(self.db.read()).await? {
            return Err(Failure::Conflict(Conflict::NotEmpty));
        }
        let mut files = fill::files(self).await?;
        files.iter_mut().flatten().for_each(Held::take_in_hand);
        let held = &files;
        let filled = self
            .db
            .write(|tx| async move {
                if !is_empty(&*tx).await? {
                    return Err(Failure::Conflict(Conflict::NotEmpty));
                }
                let programme = self.programme_row(&*tx).await?;
                let fill = Fill::begin(self, &tx, plan, programme, password_hash, now).await?;
                fill.registers().await?;
                let past = fill.held().await?;
                let upcoming = fill.upcoming().await?;
                fill.materials(held).await?;
                let entry = Entry {
                    deed: "fill_demo",
                    noun: "programme",
                    id: fill.programme_id(),
                    before: None,
                    after: Some(json!({ "registrations": past + upcoming })),
                };
                record(&*tx, &Actor::System, now, entry).await
            })
            .await;
        if filled.as_ref().is_err_and(Failure::is_refusal) {
            for held in files.into_iter().flatten() {
                held.discard().await;
            }
        }
        filled?;
        self.kept_frame.forget();
        Ok(demo_sign_ins())
    }
}

async fn is_empty(tx: &impl ConnectionTrait) -> Result<bool, Failure> {
    Ok(workshop::Entity::find().count(tx).await? == 0
        && account::Entity::find().count(tx).await? == 0
        && person::Entity::find().count(tx).await? == 0
        && establishment::Entity::find().count(tx).await? == 0)
}
