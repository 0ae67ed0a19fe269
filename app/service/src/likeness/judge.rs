//! Judging a likeness: one, or two; and taking either back.

use super::establishments::hold_two_firms;
use super::persons::{hold_two, lock_workshops_of};
use super::{hold_judgements, kept_establishment, kept_person};
use crate::audit::{Entry, record};
use crate::entity::{Code, establishment, likeness, person};
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Act, LikenessNoun, LikenessState};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;

/// Which row's data the kept one has: the newer one's where set, else the
/// older one's. What the older one lacks is taken from the newer anyway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeChoice {
    /// The name.
    pub name: bool,
    /// The phone.
    pub phone: bool,
    /// The address for mail.
    pub email: bool,
    /// The establishment of a person.
    pub establishment: bool,
}

impl Services {
    /// Makes two rows one: everything of the newer becomes the older one's,
    /// which stands for both. What was moved is kept for undoing.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for what was judged already;
    /// [`Failure::NotFound`]; [`Failure::SignInNeeded`] or
    /// [`Failure::Forbidden`].
    pub async fn merge(&self, actor: &Actor, id: i64, choice: MergeChoice) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = open(&tx, id).await?;
                let moved = match *row.noun {
                    LikenessNoun::Person => {
                        let (kept, gone) = persons_of(&tx, &row).await?;
                        self.merge_persons(&tx, actor, kept, gone, choice, now)
                            .await?
                    }
                    LikenessNoun::Establishment => {
                        let (kept, gone) = establishments_of(&tx, &row).await?;
                        self.merge_establishments(&tx, kept, gone, choice, now)
                            .await?
                    }
                };
                decide(&tx, actor, row, LikenessState::Merged, Some(moved), now).await
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Says that two rows are two.
    ///
    /// # Errors
    /// As [`Services::merge`].
    pub async fn keep_apart(&self, actor: &Actor, id: i64) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = open(&tx, id).await?;
                decide(&tx, actor, row, LikenessState::Apart, None, now).await
            })
            .await
    }

    /// Takes a judgement back: what was merged is two again, each with what
    /// was its own. Returns the addresses of workshops that give more seats than
    /// they have since.
    ///
    /// # Errors
    /// [`Conflict::NotAllowedNow`] for what is not judged, or when one of the
    /// two was merged again since: that is undone first; as
    /// [`Services::merge`].
    pub async fn undo_judgement(&self, actor: &Actor, id: i64) -> Result<Vec<String>, Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let row = locked(&tx, id).await?;
                let state = *row.state;
                let mut over = Vec::new();
                match (state, *row.noun) {
                    (LikenessState::Open, _) => {
                        return Err(Failure::Conflict(Conflict::NotAllowedNow));
                    }
                    (LikenessState::Apart, _) => {}
                    (LikenessState::Merged, _) if !is_latest(&tx, &row).await? => {
                        return Err(Failure::Conflict(Conflict::NotAllowedNow));
                    }
                    (LikenessState::Merged, LikenessNoun::Person) => {
                        over = self.part_persons(&tx, actor, read(&row)?, now).await?;
                    }
                    (LikenessState::Merged, LikenessNoun::Establishment) => {
                        self.part_establishments(&tx, read(&row)?).await?;
                    }
                }
                decide(&tx, actor, row, LikenessState::Open, None, now).await?;
                Ok(over)
            })
            .await
            .inspect(|_| self.ring_outbox())
    }
}

async fn locked(tx: &Tx, id: i64) -> Result<likeness::Model, Failure> {
    hold_judgements(tx).await?;
    let row = likeness::Entity::find_by_id(id).one(&**tx).await?;
    row.ok_or(Failure::NotFound)
}

async fn open(tx: &Tx, id: i64) -> Result<likeness::Model, Failure> {
    let row = locked(tx, id).await?;
    if *row.state == LikenessState::Open {
        Ok(row)
    } else {
        Err(Failure::Conflict(Conflict::NotAllowedNow))
    }
}

/// The establishments that stand for the two rows now, the older first, held. No
/// other judgement is made meanwhile.
async fn establishments_of(
    tx: &Tx,
    row: &likeness::Model,
) -> Result<(establishment::Model, establishment::Model), Failure> {
    let first = kept_establishment(&**tx, row.first_id).await?.id;
    let second = kept_establishment(&**tx, row.second_id).await?.id;
    let (older, newer) = in_order(first, second)?;
    hold_two_firms(tx, older, newer).await
}

/// Those who stand for the two rows now, the older first, held in this order,
/// after the workshops of both: whoever registers locks the workshop first and
/// the person then, too. No other judgement is made meanwhile.
async fn persons_of(
    tx: &Tx,
    row: &likeness::Model,
) -> Result<(person::Model, person::Model), Failure> {
    let root = async |id| {
        let row = person::Entity::find_by_id(id).one(&**tx).await?;
        Ok::<i64, Failure>(kept_person(&**tx, row.ok_or(Failure::NotFound)?).await?.id)
    };
    let (older, newer) = in_order(root(row.first_id).await?, root(row.second_id).await?)?;
    lock_workshops_of(tx, &[older, newer]).await?;
    hold_two(tx, older, newer).await
}

/// The older first; refused when they are one already.
fn in_order(one: i64, other: i64) -> Result<(i64, i64), Failure> {
    if one == other {
        return Err(Failure::Conflict(Conflict::NotAllowedNow));
    }
    Ok((one.min(other), one.max(other)))
}

/// Whether no later merge went into the same row: what each one made of it is
/// taken back from the last to the first.
async fn is_latest(tx: &Tx, row: &likeness::Model) -> Result<bool, Failure> {
    /// Of what was moved, into which row.
    #[derive(serde::Deserialize)]
    struct Into {
        kept: i64,
    }
    let into = read::<Into>(row)?.kept;
    let others = likeness::Entity::find()
        .filter(likeness::Column::Noun.eq(row.noun))
        .filter(likeness::Column::State.eq(Code(LikenessState::Merged)))
        .filter(likeness::Column::Id.ne(row.id))
        .filter(likeness::Column::DecidedAt.gt(row.decided_at))
        .all(&**tx)
        .await?;
    for other in &others {
        if read::<Into>(other)?.kept == into {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read<T: serde::de::DeserializeOwned>(row: &likeness::Model) -> Result<T, Failure> {
    let moved = row.moved.as_deref().unwrap_or_default();
    serde_json::from_str(moved).map_err(Failure::internal)
}

async fn decide(
    tx: &Tx,
    actor: &Actor,
    row: likeness::Model,
    state: LikenessState,
    moved: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let (id, was) = (row.id, *row.state);
    let pair = json!({ "state": state, "noun": *row.noun, "first": row.first_id, "second": row.second_id });
    let mut row = row.into_active_model();
    let judged = state != LikenessState::Open;
    row.state = Set(Code(state));
    row.moved = Set(moved);
    row.decided_at = Set(judged.then_some(now));
    row.decided_by = Set(judged.then(|| actor.label()));
    row.update(&**tx).await?;
    let entry = Entry {
        deed: match state {
            LikenessState::Merged => "merge",
            LikenessState::Apart => "keep_apart",
            LikenessState::Open => "undo_judgement",
        },
        noun: "likeness",
        id,
        before: Some(json!({ "state": was })),
        after: Some(pair),
    };
    record(&**tx, actor, now, entry).await
}
