//! Whom others named and nobody has written to yet: the first mail says who did,
//! and asks for consent (Decree 356/2025), whatever else it is about.

use super::Occasion;
use crate::calendar::Notice;
use crate::entity::{Code, consent, outbox, registration};
use crate::letter::paragraphs;
use crate::{Failure, Tx};
use domain::{DeliveryState, RegistrationSource};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;
use text::Words;

/// Who named a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedBy {
    Organizer,
    Establishment,
    Colleague,
}

impl NamedBy {
    /// Who did; none where the person registered alone.
    pub(super) fn of(row: &registration::Model) -> Option<Self> {
        match *row.source {
            RegistrationSource::Staff | RegistrationSource::Import => Some(Self::Organizer),
            RegistrationSource::Nomination => Some(Self::Establishment),
            source if !source.is_by_others() && row.party_id.is_none() => None,
            _ if row.invitation_id.is_some() => Some(Self::Establishment),
            _ => Some(Self::Colleague),
        }
    }
}

impl Occasion {
    /// Whether its mails say by themselves who named a person, and ask.
    pub(super) fn asks(self) -> bool {
        matches!(self, Self::Nominated | Self::Added)
    }
}

/// Which of these were named by others, have not been asked, and have got no
/// mail yet.
pub(crate) async fn unasked<'a>(
    tx: &Tx,
    rows: impl Iterator<Item = &'a registration::Model>,
) -> Result<HashSet<i64>, Failure> {
    const GONE: [DeliveryState; 4] = [
        DeliveryState::Queued,
        DeliveryState::Sending,
        DeliveryState::Retry,
        DeliveryState::Sent,
    ];
    let named = rows.filter(|row| row.email.is_some() && NamedBy::of(row).is_some());
    let named: Vec<i64> = named.map(|row| row.id).collect();
    let mut found = HashSet::new();
    // SQLite takes some thousand values a statement.
    for ids in named.chunks(500) {
        let written_to = Query::select()
            .expr(Expr::val(1))
            .from(outbox::Entity)
            .and_where(
                Expr::col((outbox::Entity, outbox::Column::RegistrationId))
                    .equals((registration::Entity, registration::Column::Id)),
            )
            .and_where(outbox::Column::State.is_in(GONE.map(Code)))
            .to_owned();
        let asked = Query::select()
            .expr(Expr::val(1))
            .from(consent::Entity)
            .and_where(
                Expr::col((consent::Entity, consent::Column::RegistrationId))
                    .equals((registration::Entity, registration::Column::Id)),
            )
            .to_owned();
        let ids: Vec<i64> = registration::Entity::find()
            .select_only()
            .column(registration::Column::Id)
            .filter(registration::Column::Id.is_in(ids.iter().copied()))
            .filter(Expr::exists(written_to).not())
            .filter(Expr::exists(asked).not())
            .into_tuple()
            .all(&**tx)
            .await?;
        found.extend(ids);
    }
    Ok(found)
}

impl Notice {
    /// With who named the person in front, and the question of consent while the
    /// registration stands, if the person is among the unasked.
    #[must_use]
    pub(crate) fn asking(mut self, row: &registration::Model, unasked: &HashSet<i64>) -> Self {
        let Some(by) = NamedBy::of(row).filter(|_| unasked.contains(&row.id)) else {
            return self;
        };
        let words = Words(*row.lang);
        let mut said = paragraphs(&match by {
            NamedBy::Organizer => words.say("mail-named-organizer"),
            NamedBy::Establishment => words.say("mail-named-establishment"),
            NamedBy::Colleague => words.say("mail-named-colleague"),
        });
        if row.state.is_active() {
            said.push(words.say("mail-named-ask"));
        }
        said.append(&mut self.paragraphs);
        self.paragraphs = said;
        self
    }
}
