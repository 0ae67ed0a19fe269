//! The log of a workshop, read back from the audit rows.

use crate::attendance::Names;
use crate::entity::{account, audit, person, registration};
use crate::workshop::names_of as trainer_names;
use crate::{Actor, Failure, Services};
use chrono::{DateTime, Utc};
use domain::Act;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// One line of the log.
#[derive(Clone, Debug)]
pub struct LogLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub who: LogActor,
    /// The deed; its words are under `deed-{deed}`.
    pub deed: String,
    /// Whom it concerns, where that is one person.
    pub person: Option<String>,
    /// What it changed, or what it noted.
    pub changes: Vec<Change>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogActor {
    /// An account, by its name.
    Account(String),
    /// A device at the door, by its name.
    Device(String),
    /// A program with a token.
    Token,
    /// Everybody: by a public page.
    Public,
    /// The system itself.
    System,
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

/// Deeds about one person that stand in the log of the workshop.
const OF_PEOPLE: [&str; 2] = ["correct_attendance", "undo_correction"];

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
        let own = Query::select()
            .column(registration::Column::Id)
            .from(registration::Entity)
            .and_where(registration::Column::WorkshopId.eq(workshop_id))
            .to_owned();
        let of_workshop = Condition::all()
            .add(audit::Column::Noun.eq("workshop"))
            .add(audit::Column::NounId.eq(workshop_id));
        // Who corrects whether somebody attended changes the figures.
        let of_people = Condition::all()
            .add(audit::Column::Noun.eq("registration"))
            .add(audit::Column::Deed.is_in(OF_PEOPLE))
            .add(audit::Column::NounId.in_subquery(own));
        let rows = audit::Entity::find()
            .filter(Condition::any().add(of_workshop).add(of_people))
            .order_by_desc(audit::Column::Id)
            .limit(LINES)
            .all(self.db.read())
            .await?;
        let accounts: HashMap<i64, String> = account::Entity::find()
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|account| (account.id, account.name))
            .collect();
        let actors = self
            .names_of(rows.iter().map(|row| row.actor.as_str()))
            .await?;
        let concerned = rows.iter().filter(|row| row.noun == "registration");
        let people: HashMap<i64, String> = registration::Entity::find()
            .find_also_related(person::Entity)
            .filter(registration::Column::Id.is_in(concerned.map(|row| row.noun_id)))
            .all(self.db.read())
            .await?
            .into_iter()
            .filter_map(|(row, person)| Some((row.id, person?.full_name)))
            .collect();
        let trainers = rows.iter().filter_map(trainer_of).collect();
        let trainers = trainer_names(self.db.read(), &trainers).await?;
        let concerned = |row: &audit::Model| match row.noun.as_str() {
            "registration" => people.get(&row.noun_id).cloned(),
            _ => trainers.get(&trainer_of(row)?).cloned(),
        };
        let lines = rows.into_iter().map(|row| LogLine {
            at: row.at,
            who: who(&row.actor, &actors),
            person: concerned(&row),
            changes: changes(row.before.as_deref(), row.after.as_deref(), &accounts),
            deed: row.deed,
        });
        Ok(lines.collect())
    }
}

/// The trainer whom a deed concerns, where it noted one.
fn trainer_of(row: &audit::Model) -> Option<i64> {
    let noted = row.after.as_deref().or(row.before.as_deref());
    object(noted).get("trainer")?.as_i64()
}

fn who(label: &str, names: &Names) -> LogActor {
    match label.split_once(':').map_or(label, |(kind, _)| kind) {
        "device" => LogActor::Device(names.of(label)),
        "token" => LogActor::Token,
        "public" => LogActor::Public,
        "system" => LogActor::System,
        _ => LogActor::Account(names.of(label)),
    }
}

/// The values that differ, in the order of their names.
fn changes(before: Option<&str>, after: Option<&str>, names: &HashMap<i64, String>) -> Vec<Change> {
    let taken_away = after.is_none();
    let (before, after) = (object(before), object(after));
    let fields = if taken_away { &before } else { &after };
    fields
        .keys()
        .map(|field| Change {
            before: before.get(field).and_then(|was| spoken(field, was, names)),
            after: after.get(field).and_then(|is| spoken(field, is, names)),
            field: field.clone(),
        })
        // Which session a deed was about is said, though it changes none.
        .filter(|change| change.field == "session" || change.before != change.after)
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
        // Where it took place is said, and what was taken away.
        let was = r#"{"session":3,"state":"excused"}"#;
        let fields =
            |found: Vec<Change>| found.into_iter().map(|one| one.field).collect::<Vec<_>>();
        let again = r#"{"session":3,"state":"present"}"#;
        assert_eq!(
            fields(changes(Some(was), Some(again), &names)),
            ["session", "state"]
        );
        assert_eq!(
            fields(changes(Some(was), None, &names)),
            ["session", "state"]
        );
    }
}
