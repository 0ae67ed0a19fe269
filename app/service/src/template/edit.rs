//! Reading and changing the words of mails.

use super::{Templates, built_in};
use crate::audit::{Entry, record};
use crate::db::lock_key;
use crate::entity::{Code, account, message_template};
use crate::secret::hash_token;
use crate::{Actor, Conflict, Failure, Services, Tx};
use chrono::{DateTime, Utc};
use domain::{Act, Coded, Lang, TemplateForm, TemplateOccasion, TemplateText};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use serde_json::{Value, json};

/// An occasion on the list, and who changed its words last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRow {
    /// What it is about.
    pub occasion: TemplateOccasion,
    /// The languages whose words were changed.
    pub changed: Vec<Lang>,
    /// When last, and by whom; none where all is built in.
    pub last: Option<(DateTime<Utc>, String)>,
}

/// The words of an occasion, to be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateView {
    /// The occasion and its state.
    pub row: TemplateRow,
    /// The words as they stand.
    pub form: TemplateForm,
    /// The words that are built in.
    pub built_in: TemplateForm,
}

impl Services {
    /// All occasions, and which of them have words of the organisers' own.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub async fn templates(&self, actor: &Actor) -> Result<Vec<TemplateRow>, Failure> {
        actor.require(Act::EditTemplates)?;
        let rows = message_template::Entity::find().all(self.db.read()).await?;
        let accounts = account::Entity::find().all(self.db.read()).await?;
        let of = |occasion| row_of(occasion, &rows, &accounts);
        Ok(TemplateOccasion::ALL.iter().copied().map(of).collect())
    }

    /// The words of an occasion in both languages.
    ///
    /// # Errors
    /// As [`Services::templates`].
    pub async fn template(
        &self,
        actor: &Actor,
        occasion: TemplateOccasion,
    ) -> Result<TemplateView, Failure> {
        actor.require(Act::EditTemplates)?;
        let db = self.db.read();
        let rows = message_template::Entity::find().all(db).await?;
        let accounts = account::Entity::find().all(db).await?;
        let built_in = [Lang::Vi, Lang::En].map(|lang| built_in(occasion, lang));
        Ok(TemplateView {
            row: row_of(occasion, &rows, &accounts),
            form: filled(words_of(db, occasion).await?),
            built_in: filled(built_in),
        })
    }

    /// Changes the words of an occasion for all mails that are written from
    /// then on. What is typed as it is built in stays built in.
    ///
    /// # Errors
    /// [`Failure::Invalid`]; [`Conflict::Outdated`] when somebody changed them
    /// since they were looked at; as [`Services::templates`].
    pub async fn save_template(
        &self,
        actor: &Actor,
        occasion: TemplateOccasion,
        form: &TemplateForm,
    ) -> Result<(), Failure> {
        actor.require(Act::EditTemplates)?;
        let texts = &form.check(occasion).map_err(Failure::Invalid)?;
        self.put_template(actor, occasion, &form.seen, texts).await
    }

    /// Goes back to the words that are built in, in both languages.
    ///
    /// # Errors
    /// As [`Services::save_template`].
    pub async fn reset_template(
        &self,
        actor: &Actor,
        occasion: TemplateOccasion,
        seen: &str,
    ) -> Result<(), Failure> {
        actor.require(Act::EditTemplates)?;
        let texts = [Lang::Vi, Lang::En].map(|lang| built_in(occasion, lang));
        self.put_template(actor, occasion, seen, &texts).await
    }

    async fn put_template(
        &self,
        actor: &Actor,
        occasion: TemplateOccasion,
        looked_at: &str,
        texts: &[TemplateText; 2],
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_key(&tx, &format!("message_template:{occasion}")).await?;
                let before = words_of(&*tx, occasion).await?;
                if seen(&before) != looked_at {
                    return Err(Failure::Conflict(Conflict::Outdated));
                }
                for (lang, (was, is)) in [Lang::Vi, Lang::En]
                    .into_iter()
                    .zip(before.iter().zip(texts))
                    .filter(|(_, (was, is))| was != is)
                {
                    put(&tx, actor, (occasion, lang), was, is, now).await?;
                }
                Ok(())
            })
            .await
            .inspect(|()| self.kept_frame.forget())
    }
}

/// Writes the words of one language down, or takes them away where they are as
/// built in.
async fn put(
    tx: &Tx,
    actor: &Actor,
    (occasion, lang): (TemplateOccasion, Lang),
    was: &TemplateText,
    is: &TemplateText,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let found = message_template::Entity::find()
        .filter(message_template::Column::Occasion.eq(Code(occasion)))
        .filter(message_template::Column::Lang.eq(Code(lang)))
        .one(&**tx)
        .await?;
    let written = |row: message_template::ActiveModel| message_template::ActiveModel {
        occasion: Set(Code(occasion)),
        lang: Set(Code(lang)),
        subject: Set(is.subject.clone()),
        body: Set(is.body.clone()),
        changed_at: Set(now),
        changed_by: Set(actor.label()),
        ..row
    };
    let (deed, id) = match found {
        Some(row) if *is == built_in(occasion, lang) => {
            message_template::Entity::delete_by_id(row.id)
                .exec(&**tx)
                .await?;
            ("reset_template", row.id)
        }
        Some(row) => {
            let row = written(row.into_active_model()).update(&**tx).await?;
            ("edit_template", row.id)
        }
        None => {
            let row = written(Default::default()).insert(&**tx).await?;
            ("edit_template", row.id)
        }
    };
    let noted = |text: &TemplateText| -> Value {
        json!({ "occasion": occasion, "lang": lang, "subject": text.subject, "body": text.body })
    };
    let entry = Entry {
        deed,
        noun: "message_template",
        id,
        before: Some(noted(was)),
        after: Some(noted(is)),
    };
    record(&**tx, actor, now, entry).await
}

/// The words as they stand, in Vietnamese and English.
async fn words_of(
    db: &impl ConnectionTrait,
    occasion: TemplateOccasion,
) -> Result<[TemplateText; 2], Failure> {
    let templates = Templates::load(db).await?;
    Ok([Lang::Vi, Lang::En].map(|lang| templates.text(occasion, lang)))
}

/// A form that is opened on these words.
fn filled(texts: [TemplateText; 2]) -> TemplateForm {
    let seen = seen(&texts);
    let [vi, en] = texts;
    TemplateForm {
        seen,
        subject_vi: vi.subject,
        body_vi: vi.body,
        subject_en: en.subject,
        body_en: en.body,
    }
}

/// Tells words from others: a form that was opened on one says so when it comes
/// back.
fn seen(texts: &[TemplateText; 2]) -> String {
    let parts: Vec<[&str; 2]> = texts
        .iter()
        .map(|text| [text.subject.as_str(), text.body.as_str()])
        .collect();
    hash_token(&json!(parts).to_string())[..16].to_owned()
}

fn row_of(
    occasion: TemplateOccasion,
    rows: &[message_template::Model],
    accounts: &[account::Model],
) -> TemplateRow {
    let mut own: Vec<&message_template::Model> = rows
        .iter()
        .filter(|row| *row.occasion == occasion)
        .collect();
    own.sort_by_key(|row| *row.lang);
    let last = own.iter().max_by_key(|row| row.changed_at);
    let name = |label: &str| {
        let id: Option<i64> = label
            .strip_prefix("account:")
            .and_then(|id| id.parse().ok());
        let account = accounts.iter().find(|account| Some(account.id) == id);
        account.map_or_else(|| label.to_owned(), |account| account.name.clone())
    };
    TemplateRow {
        occasion,
        changed: own.iter().map(|row| *row.lang).collect(),
        last: last.map(|row| (row.changed_at, name(&row.changed_by))),
    }
}
