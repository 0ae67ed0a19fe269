//! What a workshop to come asks, what was answered, and who registered as a
//! group.

use super::{CHUNK, Fill};
use crate::Failure;
use crate::entity::{Code, answer, party, person, question, registration, workshop};
use crate::secret::random;
use domain::{Lang, QuestionKind, TicketCode};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};

impl Fill<'_> {
    /// Two questions, with the answers of those who gave any.
    pub(super) async fn questions(
        &self,
        workshop: &workshop::Model,
        rows: &[registration::Model],
    ) -> Result<(), Failure> {
        let ask = |position, kind, labels: [&str; 2], choices: [&str; 2]| question::ActiveModel {
            workshop_id: Set(workshop.id),
            position: Set(position),
            kind: Set(Code(kind)),
            label_vi: Set(labels[0].to_owned()),
            label_en: Set(labels[1].to_owned()),
            choices_vi: Set(choices[0].to_owned()),
            choices_en: Set(choices[1].to_owned()),
            required: Set(false),
            internal: Set(false),
            retired_at: Set(None),
            ..Default::default()
        };
        let source = ask(
            1,
            QuestionKind::One,
            [
                "Cơ sở dùng nước từ đâu là chính?",
                "Where does your water mainly come from?",
            ],
            [
                "Nước máy\nGiếng khoan\nSông rạch",
                "Mains\nWell\nRiver or canal",
            ],
        );
        let amount = ask(
            2,
            QuestionKind::Number,
            [
                "Mỗi ngày dùng khoảng bao nhiêu mét khối nước?",
                "About how many cubic metres of water a day?",
            ],
            ["", ""],
        );
        let source = source.insert(&**self.tx).await?.id;
        let amount = amount.insert(&**self.tx).await?.id;
        let mut answers = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            let mut add = |question_id, value: usize| {
                answers.push(answer::ActiveModel {
                    registration_id: Set(row.id),
                    question_id: Set(question_id),
                    value: Set(value.to_string()),
                    ..Default::default()
                });
            };
            if n % 4 != 3 {
                add(source, n % 3 + 1);
            }
            if n % 2 == 0 {
                add(amount, 4 + n * 7 % 60);
            }
        }
        for chunk in answers.chunks(CHUNK) {
            answer::Entity::insert_many(chunk.to_vec())
                .exec_without_returning(&**self.tx)
                .await?;
        }
        Ok(())
    }

    /// Those of the first establishment that sends two or more are a group,
    /// registered by the first of them.
    pub(super) async fn group(
        &self,
        workshop: &workshop::Model,
        rows: &[registration::Model],
    ) -> Result<(), Failure> {
        let Some(group) = colleagues(rows) else {
            return Ok(());
        };
        let contact = person::Entity::find_by_id(group[0].person_id);
        let contact = contact.one(&**self.tx).await?.ok_or(Failure::NotFound)?;
        let made = party::ActiveModel {
            workshop_id: Set(workshop.id),
            code: Set(TicketCode::from_random(random()).as_str().to_owned()),
            contact_name: Set(contact.full_name),
            contact_phone: Set(contact.phone.unwrap_or_else(|| CONTACT_PHONE.to_owned())),
            contact_email: Set(contact.email),
            lang: Set(Code(Lang::Vi)),
            created_at: Set(group[0].created_at),
            ..Default::default()
        }
        .insert(&**self.tx)
        .await?;
        for row in group {
            let mut row = row.into_active_model();
            row.party_id = Set(Some(made.id));
            row.update(&**self.tx).await?;
        }
        Ok(())
    }
}

/// A fictional phone, where a contact has none.
pub(super) const CONTACT_PHONE: &str = "+84950777001";

/// All of the first establishment of which there is more than one.
pub(super) fn colleagues(rows: &[registration::Model]) -> Option<Vec<registration::Model>> {
    rows.iter()
        .map(|one| {
            let place = one.establishment_id;
            let same = rows.iter().filter(|row| row.establishment_id == place);
            same.cloned().collect::<Vec<_>>()
        })
        .find(|group| group.len() > 1)
}
