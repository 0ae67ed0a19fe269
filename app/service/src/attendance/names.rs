//! Who did something, by name: the rows keep keys alone.

use crate::entity::{account, door_device, door_link};
use crate::{Failure, Services};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// The names behind labels of actors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(HashMap<String, String>);

impl Names {
    /// The name, if there is one.
    pub(crate) fn known(&self, label: &str) -> Option<&str> {
        let name = self.0.get(label).map(String::as_str);
        name.filter(|name| !name.is_empty())
    }

    /// The name; the label itself where nobody has one.
    pub(crate) fn of(&self, label: &str) -> String {
        self.known(label).unwrap_or(label).to_owned()
    }
}

impl Services {
    /// The names of accounts and of devices at the door: a device that came by
    /// a link has the name of the link too.
    pub(crate) async fn names_of<'a>(
        &self,
        labels: impl IntoIterator<Item = &'a str>,
    ) -> Result<Names, Failure> {
        let (mut accounts, mut devices) = (Vec::new(), Vec::new());
        for label in labels {
            match label.split_once(':') {
                Some(("account", id)) => accounts.extend(id.parse::<i64>()),
                Some(("device", id)) => devices.extend(id.parse::<i64>()),
                _ => {}
            }
        }
        accounts.sort_unstable();
        accounts.dedup();
        devices.sort_unstable();
        devices.dedup();
        let mut names = HashMap::new();
        if !accounts.is_empty() {
            let rows = account::Entity::find()
                .filter(account::Column::Id.is_in(accounts))
                .all(self.db.read())
                .await?;
            names.extend(
                rows.into_iter()
                    .map(|row| (format!("account:{}", row.id), row.name)),
            );
        }
        if !devices.is_empty() {
            let rows = door_device::Entity::find()
                .filter(door_device::Column::Id.is_in(devices))
                .all(self.db.read())
                .await?;
            let links: HashMap<i64, String> = door_link::Entity::find()
                .filter(
                    door_link::Column::Id.is_in(rows.iter().filter_map(|device| device.link_id)),
                )
                .all(self.db.read())
                .await?
                .into_iter()
                .map(|link| (link.id, link.label))
                .collect();
            names.extend(rows.into_iter().map(|device| {
                let link = device.link_id.and_then(|id| links.get(&id));
                let parts = [link.map_or("", String::as_str), &device.name];
                let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                (format!("device:{}", device.id), known.join(" · "))
            }));
        }
        Ok(Names(names))
    }
}
