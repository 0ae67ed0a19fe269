//! Who checked somebody in, by a name that those at the door know.

use crate::Failure;
use crate::entity::{account, door_device, door_link};
use domain::CheckedBy;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};

/// The names of those who checked people in.
pub(crate) struct Checkers {
    accounts: HashMap<i64, String>,
    devices: HashMap<i64, String>,
}

impl Checkers {
    /// Reads the names of these, by the label of the actor and the device.
    pub(crate) async fn load<'a>(
        tx: &impl ConnectionTrait,
        them: impl Iterator<Item = (&'a str, Option<i64>)> + Clone,
    ) -> Result<Self, Failure> {
        let ids: HashSet<i64> = them.clone().filter_map(|(label, _)| key(label)).collect();
        let accounts = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::Name])
            .filter(account::Column::Id.is_in(ids))
            .into_tuple()
            .all(tx)
            .await?;
        let ids: HashSet<i64> = them.filter_map(|(_, device)| device).collect();
        let devices: Vec<(i64, String, Option<String>)> = door_device::Entity::find()
            .select_only()
            .columns([door_device::Column::Id, door_device::Column::Name])
            .column(door_link::Column::Label)
            .join(
                JoinType::LeftJoin,
                door_device::Entity::belongs_to(door_link::Entity)
                    .from(door_device::Column::LinkId)
                    .to(door_link::Column::Id)
                    .into(),
            )
            .filter(door_device::Column::Id.is_in(ids))
            .into_tuple()
            .all(tx)
            .await?;
        let devices = devices.into_iter().map(|(id, number, label)| {
            // A link may let in several phones.
            let name = match label.filter(|label| !label.is_empty()) {
                Some(label) => format!("{label} · {number}"),
                None => number,
            };
            (id, name)
        });
        Ok(Self {
            accounts: accounts.into_iter().collect(),
            devices: devices.collect(),
        })
    }

    /// The account, else the device; nobody for programs and accounts that are
    /// gone.
    pub(crate) fn name(&self, label: &str, device: Option<i64>) -> Option<CheckedBy> {
        let account = key(label).and_then(|id| self.accounts.get(&id));
        let device = device.and_then(|id| self.devices.get(&id));
        account
            .map(|name| CheckedBy::Account(name.clone()))
            .or(device.map(|name| CheckedBy::Device(name.clone())))
    }
}

/// The key of the account in an actor's label.
fn key(label: &str) -> Option<i64> {
    label.strip_prefix("account:")?.parse().ok()
}
