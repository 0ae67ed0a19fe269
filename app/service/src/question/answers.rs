//! What one registrant answered.

use super::{QuestionView, questions_of};
use crate::audit::{Entry, record};
use crate::entity::{answer, question, registration};
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, Tx};
use domain::{Answers, Asked, Lang, Problems, check_answers};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::HashMap;

/// The questions to one registrant, and the answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerSheet {
    /// What is asked.
    pub questions: Vec<QuestionView>,
    /// What was answered, as a form takes it.
    pub answers: Answers,
}

impl AnswerSheet {
    /// How many questions that must be answered are not.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.questions
            .iter()
            .filter(|one| one.row.required && !self.answers.contains_key(&one.row.id))
            .count()
    }
}

/// All answers of a workshop, for a file: a column for each question that was
/// ever asked and is answered, or is asked still.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnswerTable {
    questions: Vec<QuestionView>,
    /// By registration and question.
    answers: HashMap<(i64, i64), String>,
}

impl AnswerTable {
    /// The questions, as headings.
    pub(crate) fn headings(&self, lang: Lang) -> impl Iterator<Item = String> {
        self.questions
            .iter()
            .map(move |question| question.label(lang).to_owned())
    }

    /// What one registrant answered, column by column.
    pub(crate) fn cells(&self, registration_id: i64, lang: Lang) -> impl Iterator<Item = String> {
        self.questions.iter().map(move |question| {
            let kept = self.answers.get(&(registration_id, question.row.id));
            kept.map_or_else(String::new, |kept| question.spoken(kept, lang))
        })
    }
}

impl Services {
    /// The answers of all registrants of a workshop.
    pub(crate) async fn answer_table(&self, workshop_id: i64) -> Result<AnswerTable, Failure> {
        let rows = question::Entity::find()
            .filter(question::Column::WorkshopId.eq(workshop_id))
            .order_by_asc(question::Column::Position)
            .all(self.db.read())
            .await?;
        if rows.is_empty() {
            return Ok(AnswerTable::default());
        }
        let questions = rows
            .into_iter()
            .map(|row| QuestionView { row, answered: 0 });
        let questions: Vec<QuestionView> = questions.collect();
        let answers = answer::Entity::find()
            .filter(answer::Column::QuestionId.is_in(questions.iter().map(|one| one.row.id)))
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|row| ((row.registration_id, row.question_id), row.value))
            .collect();
        Ok(AnswerTable { questions, answers })
    }

    /// What a registrant is asked, by the address of the page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address.
    pub async fn answer_sheet(&self, ticket: &str) -> Result<AnswerSheet, Failure> {
        let row = self.registration_by_ticket(ticket).await?;
        self.sheet_of(&row, false).await
    }

    /// Answers what is asked, by the registrant. What is left empty is
    /// forgotten.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Failure::NotFound`].
    pub async fn set_answers(&self, ticket: &str, typed: &Answers) -> Result<(), Failure> {
        let row = self.registration_by_ticket(ticket).await?;
        self.write_answers(&Actor::Anonymous, &row, typed, false)
            .await
    }

    /// What organisers know of one registrant, with the questions that they
    /// alone answer.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; [`Failure::SignInNeeded`] or
    /// [`Failure::Forbidden`].
    pub async fn answers_of(
        &self,
        actor: &Actor,
        slug: &str,
        registration_id: i64,
    ) -> Result<AnswerSheet, Failure> {
        self.manage_people(actor, slug).await?;
        let row = self.registration_at(slug, registration_id).await?;
        self.sheet_of(&row, true).await
    }

    /// Answers for a registrant, by an organiser; what must be answered may be
    /// left open.
    ///
    /// # Errors
    /// [`Failure::Invalid`]; as [`Services::answers_of`].
    pub async fn answer_for(
        &self,
        actor: &Actor,
        slug: &str,
        registration_id: i64,
        typed: &Answers,
    ) -> Result<(), Failure> {
        self.manage_people(actor, slug).await?;
        let row = self.registration_at(slug, registration_id).await?;
        self.write_answers(actor, &row, typed, true).await
    }

    async fn registration_at(
        &self,
        slug: &str,
        registration_id: i64,
    ) -> Result<registration::Model, Failure> {
        let workshop = self.find_workshop(slug).await?;
        registration::Entity::find_by_id(registration_id)
            .filter(registration::Column::WorkshopId.eq(workshop.row.id))
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)
    }

    pub(crate) async fn sheet_of(
        &self,
        row: &registration::Model,
        internal: bool,
    ) -> Result<AnswerSheet, Failure> {
        let questions = questions_for(self.db.read(), row.workshop_id, internal).await?;
        if questions.is_empty() {
            return Ok(AnswerSheet::default());
        }
        let kept = answer::Entity::find()
            .filter(answer::Column::RegistrationId.eq(row.id))
            .all(self.db.read())
            .await?;
        let answers = kept
            .into_iter()
            .map(|row| {
                let question = questions.iter().find(|one| one.row.id == row.question_id);
                let values = match question {
                    Some(one) if one.row.kind.has_choices() => {
                        row.value.split(',').map(str::to_owned).collect()
                    }
                    _ => vec![row.value],
                };
                (row.question_id, values)
            })
            .collect();
        Ok(AnswerSheet { questions, answers })
    }

    async fn write_answers(
        &self,
        actor: &Actor,
        row: &registration::Model,
        typed: &Answers,
        internal: bool,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, row.workshop_id).await?;
                let questions = questions_for(&*tx, row.workshop_id, internal).await?;
                let asked: Vec<Asked> = questions
                    .iter()
                    .map(|question| Asked {
                        required: question.row.required && !internal,
                        ..question.asked()
                    })
                    .collect();
                let mut problems = Problems::default();
                let answers = check_answers(&asked, typed, &mut problems);
                if !problems.is_empty() {
                    return Err(Failure::Invalid(problems));
                }
                answer::Entity::delete_many()
                    .filter(answer::Column::RegistrationId.eq(row.id))
                    .filter(answer::Column::QuestionId.is_in(asked.iter().map(|one| one.id)))
                    .exec(&*tx)
                    .await?;
                keep_answers(&tx, row.id, &answers).await?;
                let entry = Entry {
                    deed: "answer",
                    noun: "registration",
                    id: row.id,
                    before: None,
                    // How many, not what: the log has no personal data.
                    after: Some(json!({ "answers": answers.len() })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

async fn questions_for(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    internal: bool,
) -> Result<Vec<QuestionView>, Failure> {
    let mut questions = questions_of(tx, workshop_id).await?;
    questions.retain(|question| internal || !question.row.internal);
    Ok(questions)
}

/// Writes the answers of a registration that has none to these questions.
pub(crate) async fn keep_answers(
    tx: &Tx,
    registration_id: i64,
    answers: &[(i64, String)],
) -> Result<(), Failure> {
    if answers.is_empty() {
        return Ok(());
    }
    let rows = answers.iter().map(|(question, value)| answer::ActiveModel {
        registration_id: Set(registration_id),
        question_id: Set(*question),
        value: Set(value.clone()),
        ..Default::default()
    });
    answer::Entity::insert_many(rows)
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}
