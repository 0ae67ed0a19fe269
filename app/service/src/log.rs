//! The log of a workshop, read back from the audit rows.

use crate::entity::{account, audit};
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::Act;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// One line of the log.
#[derive(Clone, Debug)]
pub struct LogLine {
    /// When.
    pub at: DateTime<Utc>,
    /// The account's name, or how the audit calls the actor.
    pub who: String,
    /// The deed; its words are under `deed-{deed}`.
    pub deed: String,
    /// What it changed, or what it noted.
    pub changes: Vec<Change>,
}

/// One value that a deed changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is, as the deed calls it.
    pub field: String,
    /// What it was; none when the deed noted no value or an empty one.
    pub before: Option<LogValue>,
    /// What it is now; none when the value was taken away.
    pub after: Option<LogValue>,
}

/// A value in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogValue {
    /// Text, or the code of a term.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A moment.
    Time(DateTime<Utc>),
}

/// Lines that are shown.
const LINES: u64 = 50;

impl Services {
    /// The latest lines of a workshop's log, newest first.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`] unless the actor
    /// may read the log.
    pub async fn workshop_log(
        &self,
        actor: &Actor,
        workshop_id: i64,
    ) -> Result<Vec<LogLine>, Failure> {
        actor.require(Act::ReadLog)?;
        let rows = audit::Entity::find()
            .filter(audit::Column::Noun.eq("workshop"))
            .filter(audit::Column::NounId.eq(workshop_id))
            .order_by_desc(audit::Column::Id)
            .limit(LINES)
            .all(self.db.read())
            .await?;
        let names: HashMap<i64, String> = account::Entity::find()
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|account| (account.id, account.name))
            .collect();
        Ok(rows.into_iter().map(|row| line(row, &names)).collect())
    }
}

fn line(row: audit::Model, names: &HashMap<i64, String>) -> LogLine {
    let account = row.actor.strip_prefix("account:");
    let name = account.and_then(|id| names.get(&id.parse().ok()?));
    LogLine {
        at: row.at,
        who: name.cloned().unwrap_or(row.actor),
        deed: row.deed,
        changes: changes(row.before.as_deref(), row.after.as_deref(), names),
    }
}

/// The values that differ, in the order of their names.
fn changes(before: Option<&str>, after: Option<&str>, names: &HashMap<i64, String>) -> Vec<Change> {
    let (before, after) = (object(before), object(after));
    after
        .iter()
        .map(|(field, value)| Change {
            before: before.get(field).and_then(|was| spoken(field, was, names)),
            after: spoken(field, value, names),
            field: field.clone(),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

fn object(json: Option<&str>) -> Map<String, Value> {
    let parsed = json.and_then(|json| serde_json::from_str(json).ok());
    parsed.unwrap_or_default()
}

/// A value as the log shows it; accounts by their names.
fn spoken(field: &str, value: &Value, names: &HashMap<i64, String>) -> Option<LogValue> {
    match value {
        Value::Null => None,
        Value::Number(number) => number.as_i64().map(LogValue::Number),
        Value::Array(items) => {
            let named = |item: &Value| match (field, item.as_i64()) {
                ("accounts", Some(id)) => names.get(&id).cloned().unwrap_or(id.to_string()),
                _ => item
                    .as_str()
                    .map_or_else(|| item.to_string(), str::to_owned),
            };
            let mut list: Vec<String> = items.iter().map(named).collect();
            list.sort();
            text(&list.join(", "))
        }
        Value::String(string) => match DateTime::parse_from_rfc3339(string) {
            Ok(at) => Some(LogValue::Time(at.with_timezone(&Utc))),
            Err(_) => text(string),
        },
        other => text(&other.to_string()),
    }
}

fn text(text: &str) -> Option<LogValue> {
    (!text.is_empty()).then(|| LogValue::Text(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_shown() {
        let names = HashMap::from([(7, "Lê Thị Cửa".to_owned())]);
        let before = r#"{"room":"A","capacity":40,"title_en":"","accounts":[]}"#;
        let after = r#"{"room":"A","capacity":60,"title_en":"Title","accounts":[7],
            "starts_at":"2026-11-26T00:30:00Z"}"#;
        let found = changes(Some(before), Some(after), &names);
        let fields: Vec<&str> = found.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["accounts", "capacity", "starts_at", "title_en"]);
        assert_eq!(found[0].before, None);
        assert_eq!(
            found[0].after,
            Some(LogValue::Text("Lê Thị Cửa".to_owned()))
        );
        assert_eq!(found[1].before, Some(LogValue::Number(40)));
        assert!(matches!(found[2].after, Some(LogValue::Time(_))));
        assert_eq!(changes(None, Some("no JSON"), &names), []);
    }
}
