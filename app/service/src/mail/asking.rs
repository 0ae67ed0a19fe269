//! Whom others named and nobody has written to yet: the first mail says who did,
//! and asks for consent (Decree 356/2025), whatever else it is about.

use super::Occasion;
use crate::calendar::Notice;
use crate::entity::{Code, consent, outbox, registration};
use crate::letter::paragraphs;
use crate::{Failure, PersonRow, Tx};
use domain::{DeliveryState, Lang, RegistrationSource};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
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
        Self::by(*row.source, row.party_id, row.invitation_id)
    }

    fn by(
        source: RegistrationSource,
        party_id: Option<i64>,
        invitation_id: Option<i64>,
    ) -> Option<Self> {
        match source {
            RegistrationSource::Staff | RegistrationSource::Import => Some(Self::Organizer),
            RegistrationSource::Nomination => Some(Self::Establishment),
            source if !source.is_by_others() && party_id.is_none() => None,
            _ if invitation_id.is_some() => Some(Self::Establishment),
            _ => Some(Self::Colleague),
        }
    }
}

/// A registration, as far as it tells who named the person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    id: i64,
    by: Option<NamedBy>,
    lang: Lang,
    stands: bool,
    has_mailbox: bool,
}

impl From<&registration::Model> for Named {
    fn from(row: &registration::Model) -> Self {
        Self {
            id: row.id,
            by: NamedBy::of(row),
            lang: *row.lang,
            stands: row.state.is_active(),
            has_mailbox: row.email.is_some(),
        }
    }
}

impl From<&PersonRow> for Named {
    fn from(row: &PersonRow) -> Self {
        Self {
            id: row.id,
            by: NamedBy::by(row.source, row.party_id, row.invitation_id),
            lang: row.lang,
            stands: row.state.is_active(),
            has_mailbox: row.email.is_some(),
        }
    }
}

impl Named {
    /// Who named the person, and the question of consent while the registration
    /// stands; nothing unless the person is among the unasked.
    pub(crate) fn said(self, unasked: &HashSet<i64>) -> Vec<String> {
        let Some(by) = self.by.filter(|_| unasked.contains(&self.id)) else {
            return Vec::new();
        };
        let words = Words(self.lang);
        let mut said = paragraphs(&match by {
            NamedBy::Organizer => words.say("mail-named-organizer"),
            NamedBy::Establishment => words.say("mail-named-establishment"),
            NamedBy::Colleague => words.say("mail-named-colleague"),
        });
        if self.stands {
            said.push(words.say("mail-named-ask"));
        }
        said
    }
}

impl Occasion {
    /// Whether its mails say by themselves who named a person, and ask.
    pub(super) fn asks(self) -> bool {
        matches!(self, Self::Nominated | Self::Added)
    }
}

/// Which of these were named by others, have not been asked, and have got no
/// mail yet. One that was withheld or given up told nobody.
pub(crate) async fn unasked(
    tx: &Tx,
    rows: impl Iterator<Item: Into<Named>>,
) -> Result<HashSet<i64>, Failure> {
    unasked_besides(&**tx, rows, None).await
}

/// As [`unasked`], whatever the mails of one message to many said: those are
/// being written.
pub(crate) async fn unasked_besides(
    db: &impl ConnectionTrait,
    rows: impl Iterator<Item: Into<Named>>,
    campaign_id: Option<i64>,
) -> Result<HashSet<i64>, Failure> {
    const GONE: [DeliveryState; 4] = [
        DeliveryState::Queued,
        DeliveryState::Sending,
        DeliveryState::Retry,
        DeliveryState::Sent,
    ];
    let named: Vec<i64> = rows
        .map(Into::<Named>::into)
        .filter(|row| row.has_mailbox && row.by.is_some())
        .map(|row| row.id)
        .collect();
    let campaign = || Expr::col((outbox::Entity, outbox::Column::CampaignId));
    // Keys begin at 1.
    let of_others = campaign()
        .is_null()
        .or(campaign().ne(campaign_id.unwrap_or(0)));
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
            .and_where(of_others.clone())
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
            .all(db)
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
        let mut said = Named::from(row).said(unasked);
        said.append(&mut self.paragraphs);
        self.paragraphs = said;
        self
    }
}
