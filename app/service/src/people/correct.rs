//! A name that was misspelt, put right by an organiser.

use crate::audit::{Entry, record};
use crate::db::lock_names;
use crate::likeness::note_all_alike;
use crate::person::with_name;
use crate::registration::{load_of, person_of};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services};
use domain::{Problems, fold, person_name};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;

impl Services {
    /// Corrects how the name of a person of a workshop is spelt. It is the
    /// person's name in every workshop; code, page and seat stay, and so do the
    /// lists that were signed. Whoever may be the same by the new name is noted
    /// for an organiser to judge.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with a problem of `full_name`; as
    /// [`Services::person`].
    pub async fn correct_name(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        full_name: &str,
    ) -> Result<(), Failure> {
        let view = self.manage_people(actor, slug).await?;
        let workshop_id = view.row.id;
        let mut problems = Problems::default();
        let checked = problems.take("full_name", person_name(full_name));
        let name = &checked.ok_or(Failure::Invalid(problems))?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, workshop_id).await?;
                let row = load_of(&*tx, workshop_id, id).await?;
                // Nobody of this name is made meanwhile without being compared.
                lock_names(&tx, &[], &[fold(name)]).await?;
                let person = person_of(&*tx, &row).await?;
                if person.full_name == *name {
                    return Ok(());
                }
                let person = with_name(person.into_active_model(), name)
                    .update(&*tx)
                    .await?;
                note_all_alike(&tx, &[&person], now).await?;
                let entry = Entry {
                    deed: "correct_name",
                    noun: "registration",
                    id,
                    before: None,
                    // That it changed, not to what: the audit keeps no names.
                    after: Some(json!({ "full_name": true })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}
