//! What a workshop asks of its registrants beside the usual fields.

mod answers;

pub use answers::AnswerSheet;

pub(crate) use answers::{AnswerTable, keep_answers};

use crate::audit::{Entry, record};
use crate::entity::{Code, answer, question};
use crate::workshop::lock_by_slug;
use crate::{Actor, Failure, Services, Tx, WorkshopView};
use chrono::NaiveDate;
use domain::{
    Act, Answered, Asked, Lang, MAX_QUESTIONS, NewQuestion, QuestionForm, QuestionKind, Reason,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use text::Words;

/// A question with how many answered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// The row.
    pub row: question::Model,
    /// How many registrations have an answer.
    pub answered: u64,
}

impl QuestionView {
    /// The question in a language; Vietnamese where there is no English.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        lang.choose(&self.row.label_vi, &self.row.label_en)
    }

    /// The choices in a language, in the order of their numbers.
    #[must_use]
    pub fn choices(&self, lang: Lang) -> Vec<String> {
        let lines = lang.choose(&self.row.choices_vi, &self.row.choices_en);
        lines.lines().map(str::to_owned).collect()
    }

    /// What decides whether an answer is well formed.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked {
            id: self.row.id,
            kind: *self.row.kind,
            choices: self.row.choices_vi.lines().count(),
            required: self.row.required,
        }
    }

    /// A kept answer in words: choices by their names, days and decimals as
    /// they are written elsewhere.
    #[must_use]
    pub fn spoken(&self, kept: &str, lang: Lang) -> String {
        match *self.row.kind {
            QuestionKind::Number if lang == Lang::Vi => return kept.replace('.', ","),
            QuestionKind::Text | QuestionKind::Number => return kept.to_owned(),
            QuestionKind::Date => {
                let day = NaiveDate::parse_from_str(kept, "%Y-%m-%d");
                return day.map_or_else(|_| kept.to_owned(), |day| Words(lang).date(day));
            }
            QuestionKind::One | QuestionKind::Several => {}
        }
        let choices = self.choices(lang);
        let names: Vec<&str> = kept
            .split(',')
            .filter_map(|number| number.parse::<usize>().ok()?.checked_sub(1))
            .filter_map(|at| choices.get(at).map(String::as_str))
            .collect();
        names.join("; ")
    }
}

impl Services {
    /// The workshop and its questions in their order.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; [`Failure::SignInNeeded`] or
    /// [`Failure::Forbidden`].
    pub async fn questions(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<(WorkshopView, Vec<QuestionView>), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let workshop = self.find_workshop(slug).await?;
        let questions = questions_of(self.db.read(), workshop.row.id).await?;
        Ok((workshop, questions))
    }

    /// The questions that registrants of a public workshop are asked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn asked_of_registrants(
        &self,
        workshop_id: i64,
    ) -> Result<Vec<QuestionView>, Failure> {
        let mut questions = questions_of(self.db.read(), workshop_id).await?;
        questions.retain(|question| !question.row.internal);
        Ok(questions)
    }

    /// Adds a question at the end.
    ///
    /// # Errors
    /// [`Failure::Invalid`], also beyond [`MAX_QUESTIONS`]; as
    /// [`Services::questions`].
    pub async fn add_question(
        &self,
        actor: &Actor,
        slug: &str,
        form: &QuestionForm,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let new = &form.check(None).map_err(Failure::Invalid)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let known = rows_of(&*tx, workshop.id).await?;
                if known.len() >= MAX_QUESTIONS {
                    return Err(Failure::problem("label_vi", Reason::TooManyQuestions));
                }
                let row = question::ActiveModel {
                    workshop_id: Set(workshop.id),
                    position: Set(known.last().map_or(1, |last| last.position + 1)),
                    retired_at: Set(None),
                    ..filled(Default::default(), new)
                };
                let row = row.insert(&*tx).await?;
                let entry = Entry {
                    deed: "add_question",
                    noun: "workshop",
                    id: workshop.id,
                    before: None,
                    after: Some(values(&row)),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// Changes a question. Of one that was answered the kind stays, and each
    /// choice that somebody made.
    ///
    /// # Errors
    /// As [`Services::add_question`].
    pub async fn revise_question(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        form: &QuestionForm,
    ) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let questions = questions_of(&*tx, workshop.id).await?;
                let known = questions.iter().find(|question| question.row.id == id);
                let known = known.ok_or(Failure::NotFound)?;
                let answered = match known.answered {
                    0 => None,
                    _ => Some(answered(&tx, known).await?),
                };
                let new = form.check(answered.as_ref());
                let new = &new.map_err(Failure::Invalid)?;
                let row = filled(known.row.clone().into_active_model(), new);
                let row = row.update(&*tx).await?;
                let entry = Entry {
                    deed: "revise_question",
                    noun: "workshop",
                    id: workshop.id,
                    before: Some(values(&known.row)),
                    after: Some(values(&row)),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// Asks a question no longer. One that nobody answered is deleted; the
    /// answers to others stay.
    ///
    /// # Errors
    /// As [`Services::questions`].
    pub async fn remove_question(&self, actor: &Actor, slug: &str, id: i64) -> Result<(), Failure> {
        actor.require(Act::ManageWorkshops)?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                let workshop = lock_by_slug(&tx, slug).await?;
                let questions = questions_of(&*tx, workshop.id).await?;
                let known = questions.into_iter().find(|question| question.row.id == id);
                let known = known.ok_or(Failure::NotFound)?;
                let entry = Entry {
                    deed: "remove_question",
                    noun: "workshop",
                    id: workshop.id,
                    before: Some(values(&known.row)),
                    after: None,
                };
                if known.answered == 0 {
                    known.row.delete(&*tx).await?;
                } else {
                    let mut row = known.row.into_active_model();
                    row.retired_at = Set(Some(now));
                    row.update(&*tx).await?;
                }
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

/// A question as it was answered: which of its choices somebody made.
async fn answered(tx: &Tx, known: &QuestionView) -> Result<Answered, Failure> {
    let kept: Vec<String> = answer::Entity::find()
        .select_only()
        .column(answer::Column::Value)
        .distinct()
        .filter(answer::Column::QuestionId.eq(known.row.id))
        .into_tuple()
        .all(&**tx)
        .await?;
    let numbers = kept.iter().flat_map(|kept| kept.split(','));
    let numbers = numbers.filter_map(|number| number.parse().ok());
    let lines = |choices: &str| choices.lines().map(str::to_owned).collect();
    Ok(Answered {
        kind: *known.row.kind,
        choices_vi: lines(&known.row.choices_vi),
        choices_en: lines(&known.row.choices_en),
        chosen: numbers.collect(),
    })
}

fn filled(row: question::ActiveModel, new: &NewQuestion) -> question::ActiveModel {
    question::ActiveModel {
        kind: Set(Code(new.kind)),
        label_vi: Set(new.label_vi.clone()),
        label_en: Set(new.label_en.clone()),
        choices_vi: Set(new.choices_vi.join("\n")),
        choices_en: Set(new.choices_en.join("\n")),
        required: Set(new.required),
        internal: Set(new.internal),
        ..row
    }
}

fn values(row: &question::Model) -> Value {
    json!({ "question": row.label_vi, "question_kind": row.kind.0 })
}

/// The questions still asked, in their order.
pub(crate) async fn rows_of(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<Vec<question::Model>, Failure> {
    Ok(question::Entity::find()
        .filter(question::Column::WorkshopId.eq(workshop_id))
        .filter(question::Column::RetiredAt.is_null())
        .order_by_asc(question::Column::Position)
        .all(tx)
        .await?)
}

async fn questions_of(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<Vec<QuestionView>, Failure> {
    let rows = rows_of(tx, workshop_id).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let answered: Vec<(i64, i64)> = answer::Entity::find()
        .select_only()
        .column(answer::Column::QuestionId)
        .column_as(Expr::col(answer::Column::Id).count(), "number")
        .filter(answer::Column::QuestionId.is_in(rows.iter().map(|row| row.id)))
        .group_by(answer::Column::QuestionId)
        .into_tuple()
        .all(tx)
        .await?;
    let answered: HashMap<i64, i64> = answered.into_iter().collect();
    Ok(rows
        .into_iter()
        .map(|row| QuestionView {
            answered: answered
                .get(&row.id)
                .and_then(|number| u64::try_from(*number).ok())
                .unwrap_or(0),
            row,
        })
        .collect())
}

/// The questions of one workshop, asked anew by another.
pub(crate) async fn copy_questions(tx: &Tx, from: i64, to: i64) -> Result<(), Failure> {
    use sea_orm::NotSet;
    let rows: Vec<question::ActiveModel> = rows_of(&**tx, from)
        .await?
        .into_iter()
        .map(|row| question::ActiveModel {
            id: NotSet,
            workshop_id: Set(to),
            ..row.into_active_model().reset_all()
        })
        .collect();
    if !rows.is_empty() {
        question::Entity::insert_many(rows)
            .exec_without_returning(&**tx)
            .await?;
    }
    Ok(())
}
