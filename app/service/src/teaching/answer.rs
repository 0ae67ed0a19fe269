//! The trainer's answer, by the link of the mail or signed in.

use super::find::AskedTeaching;
use super::{Whole, booking, is_open, terms, whole};
use crate::audit::{Entry, record};
use crate::entity::{Code, teaching, trainer};
use crate::workshop::{find_clashes, lock_by_id, lock_schedule};
use crate::{Actor, Conflict, Failure, Services};
use domain::TeachingState;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};

/// What the signature of an answer link is for.
const PURPOSE: &str = "teaching";

impl Services {
    /// The last part of the address where a trainer answers. Keys are never
    /// used twice, so the link of a question taken back leads nowhere.
    #[must_use]
    pub fn teaching_token(&self, row: &teaching::Model) -> String {
        let id = row.id.to_string();
        format!("{id}-{}", self.secret.sign(PURPOSE, &id))
    }

    /// What a trainer is asked, by the link of the mail.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong link, or when the question was taken
    /// back; [`Failure::Expired`] once the session has begun.
    pub async fn teaching_by_link(&self, token: &str) -> Result<AskedTeaching, Failure> {
        let whole = self.teaching_of_link(token).await?;
        if whole.session.starts_at <= self.clock.now() {
            return Err(Failure::Expired);
        }
        Ok(self.asked(whole))
    }

    /// Answers by the link of the mail. One's mind may be changed until the
    /// session begins. What is declined is cancelled in the trainer's calendar;
    /// who accepts after all is invited anew.
    ///
    /// # Errors
    /// As [`Services::teaching_by_link`]; [`Conflict::NotAllowedNow`] when the
    /// workshop is called off; [`Conflict::TeachesElsewhere`] when whoever had
    /// declined has been taken for another workshop meanwhile.
    pub async fn answer_by_link(&self, token: &str, accept: bool) -> Result<(), Failure> {
        let whole = self.teaching_of_link(token).await?;
        if whole.session.starts_at <= self.clock.now() {
            return Err(Failure::Expired);
        }
        self.answer(&Actor::Anonymous, whole.row.id, accept).await
    }

    /// Answers as a trainer who is signed in.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for what another trainer was asked;
    /// [`Conflict::NotAllowedNow`] once the session has begun or the workshop
    /// is called off; [`Conflict::TeachesElsewhere`] as by the link;
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn answer_teaching(
        &self,
        actor: &Actor,
        id: i64,
        accept: bool,
    ) -> Result<(), Failure> {
        let account = trainer_account(actor)?;
        let whole = whole(self.db.read(), id, self.clock.now()).await?;
        let whole = whole.filter(|whole| whole.trainer.account_id == Some(account));
        let whole = whole.ok_or(Failure::NotFound)?;
        self.answer(actor, whole.row.id, accept).await
    }

    async fn answer(&self, actor: &Actor, id: i64, accept: bool) -> Result<(), Failure> {
        let now = self.clock.now();
        let state = if accept {
            TeachingState::Accepted
        } else {
            TeachingState::Declined
        };
        self.db
            .write(|tx| async move {
                let found = whole(&*tx, id, now).await?.ok_or(Failure::NotFound)?;
                lock_by_id(&tx, found.view.row.id).await?;
                let found = whole(&*tx, id, now).await?.ok_or(Failure::NotFound)?;
                if !is_open(&found.view, &found.session, now) {
                    return Err(Failure::Conflict(Conflict::NotAllowedNow));
                }
                if *found.row.state == state {
                    return Ok(());
                }
                // Whoever had declined counted as free meanwhile.
                if accept && *found.row.state == TeachingState::Declined {
                    lock_schedule(&tx).await?;
                    let own = Some(found.view.row.id);
                    let booking = booking(&found.session, found.trainer.id);
                    if !find_clashes(&*tx, own, &[booking]).await?.is_empty() {
                        return Err(Failure::Conflict(Conflict::TeachesElsewhere));
                    }
                }
                let before = terms(&found.row);
                let again = accept && *found.row.state == TeachingState::Declined;
                let round = found.row.round + i64::from(again);
                let mut row = found.row.clone().into_active_model();
                row.state = Set(Code(state));
                row.round = Set(round);
                row.answered_at = Set(Some(now));
                let row = row.update(&*tx).await?;
                let entry = Entry {
                    deed: "answer_teaching",
                    noun: "workshop",
                    id: found.view.row.id,
                    before: Some(before),
                    after: Some(terms(&row)),
                };
                record(&*tx, actor, now, entry).await?;
                let whole = Whole { row, ..found };
                match state {
                    TeachingState::Declined => self.mail_declined(&tx, &whole, now).await,
                    _ if again => self.mail_accepted(&tx, &whole, now).await,
                    _ => Ok(()),
                }
            })
            .await
            .inspect(|()| self.ring_outbox())
    }

    /// Whom the link of a question asks.
    pub(crate) async fn trainer_of_link(&self, token: &str) -> Result<trainer::Model, Failure> {
        Ok(self.teaching_of_link(token).await?.trainer)
    }

    async fn teaching_of_link(&self, token: &str) -> Result<Whole, Failure> {
        let (id, signature) = token.split_once('-').ok_or(Failure::NotFound)?;
        if !self.secret.verify(PURPOSE, id, signature) {
            return Err(Failure::NotFound);
        }
        let id: i64 = id.parse().map_err(|_| Failure::NotFound)?;
        let found = whole(self.db.read(), id, self.clock.now()).await?;
        found.ok_or(Failure::NotFound)
    }
}

/// The account of a trainer who is signed in.
pub(super) fn trainer_account(actor: &Actor) -> Result<i64, Failure> {
    actor.require(domain::Act::UploadMaterials)?;
    match actor {
        Actor::Account { id, .. } => Ok(*id),
        _ => Err(Failure::Forbidden),
    }
}
