//! Whose matter the failure of a mail was, and mails by when they were tried:
//! an address is not to blame for a server that refuses everybody.

use crate::table::{index, text_null};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::Statement;

/// See the module.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_mail_failure"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut alter = Table::alter();
        alter.table("outbox").add_column(text_null("failure"));
        manager.alter_table(alter).await?;
        manager.create_index(index("outbox", &["taken_at"])).await?;
        let db = manager.get_connection();
        let failed = Statement::from_string(manager.get_database_backend(), FAILED_BEFORE);
        for row in db.query_all_raw(failed).await? {
            let id: i64 = row.try_get_by_index(0)?;
            let state: String = row.try_get_by_index(1)?;
            let error: String = row.try_get_by_index(2)?;
            let failure = judged(&error, state == "failed");
            let set = format!("UPDATE outbox SET failure = '{failure}' WHERE id = {id}");
            db.execute_unprepared(&set).await?;
        }
        Ok(())
    }
}

const FAILED_BEFORE: &str = "SELECT id, state, error FROM outbox \
     WHERE error IS NOT NULL AND state IN ('failed', 'retry')";

/// What failed before is judged by the words that were kept, as the domain judges
/// at the time of this migration: a copy of its rule, since a migration stays as
/// it is.
fn judged(error: &str, for_good: bool) -> &'static str {
    let code = |kind: &str| {
        let (code, words) = error.strip_prefix(kind)?.split_once(')')?;
        Some((code.parse::<u16>().ok()?, words))
    };
    if let Some((code, _)) = code("transient error (") {
        return if matches!(code, 421 | 454) {
            "server"
        } else {
            "passing"
        };
    }
    if let Some((code, words)) = code("permanent error (") {
        return match code {
            421 | 454 => "server",
            400..=499 => "passing",
            _ if is_of_mailbox(code, words) => "mailbox",
            _ => "server",
        };
    }
    // What lettre says of an address that is none.
    let no_address = ["Missing domain or user", "Invalid ", "Unbalanced "];
    if no_address.iter().any(|words| error.starts_with(words)) {
        "mailbox"
    } else if for_good {
        "mail"
    } else {
        "connection"
    }
}

fn is_of_mailbox(code: u16, words: &str) -> bool {
    let said = words.split_whitespace().filter(|word| !word.contains('@'));
    let said = said.collect::<Vec<_>>().join(" ").to_lowercase();
    let speaks = |parts: &[&str]| parts.iter().any(|part| said.contains(part));
    match enhanced(words) {
        Some((1, 7 | 8)) => false,
        Some((1, 0)) => !speaks(&OF_THE_SERVER),
        Some((1 | 2, _)) => true,
        Some((4, 1) | (5, 0)) => speaks(&["recipient", "mailbox", "user"]),
        None | Some((0, _)) => match code {
            550 | 551 | 553 => !speaks(&OF_THE_SERVER),
            554 => speaks(&["user"]) && speaks(&["account"]),
            _ => false,
        },
        Some(_) => false,
    }
}

fn enhanced(words: &str) -> Option<(u16, u16)> {
    let is_part = |sign: char| sign.is_ascii_digit() || sign == '.';
    words.split(|sign: char| !is_part(sign)).find_map(|token| {
        let rest = token.trim_end_matches('.').strip_prefix("5.")?;
        let (subject, detail) = rest.split_once('.')?;
        Some((subject.parse().ok()?, detail.parse().ok()?))
    })
}

const OF_THE_SERVER: [&str; 13] = [
    "relay",
    "sender",
    "authenti",
    "spam",
    "spf",
    "policy",
    "denied",
    "blocked",
    "blacklist",
    "blocklist",
    "dnsbl",
    " is listed",
    "are listed",
];
