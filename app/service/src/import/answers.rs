//! What a file answers to the questions of its workshop.

use super::known::{AT_ONCE, Meant};
use crate::entity::{answer, person, registration};
use crate::question::{QuestionView, rows_of};
use crate::{Failure, Tx};
use domain::ImportQuestion;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use std::collections::HashMap;

/// The questions of a workshop as a file may answer them, also those that
/// organisers alone answer.
pub(super) async fn asked_in_files(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<Vec<ImportQuestion>, Failure> {
    let rows = rows_of(tx, workshop_id).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let view = QuestionView { row, answered: 0 };
            let row = &view.row;
            ImportQuestion::new(
                view.asked(),
                [&row.label_vi, &row.label_en],
                [row.choices_vi.as_str(), row.choices_en.as_str()],
            )
        })
        .collect())
}

/// The answers of those who are new, in their order, by the key of the person.
pub(super) fn answers_by_person<'a>(
    new: &[Meant<'a>],
    persons: &[person::Model],
) -> HashMap<i64, &'a [(i64, String)]> {
    let each = new.iter().zip(persons);
    let answered = each.filter(|(one, _)| !one.row.answers.is_empty());
    answered
        .map(|(one, person)| (person.id, one.row.answers.as_slice()))
        .collect()
}

/// Writes the answers of registrations just made.
pub(super) async fn keep(
    tx: &Tx,
    made: &[registration::Model],
    answers: &HashMap<i64, &[(i64, String)]>,
) -> Result<(), Failure> {
    let of = |row: &registration::Model| {
        let answers = answers.get(&row.person_id).copied().unwrap_or_default();
        let id = row.id;
        answers
            .iter()
            .map(move |(question, value)| answer::ActiveModel {
                registration_id: Set(id),
                question_id: Set(*question),
                value: Set(value.clone()),
                ..Default::default()
            })
    };
    let rows: Vec<_> = made.iter().flat_map(of).collect();
    for chunk in rows.chunks(AT_ONCE) {
        answer::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(&**tx)
            .await?;
    }
    Ok(())
}

/// Forgets the answers of registrations that an undoing cancelled.
pub(super) async fn forget(tx: &Tx, registrations: &[i64]) -> Result<(), Failure> {
    for ids in registrations.chunks(AT_ONCE) {
        answer::Entity::delete_many()
            .filter(answer::Column::RegistrationId.is_in(ids.iter().copied()))
            .exec(&**tx)
            .await?;
    }
    Ok(())
}
