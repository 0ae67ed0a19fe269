//! Mails with materials: what each leads to is noted as it is written, and is
//! an entry of the register once the mail has left.

use crate::Failure;
use crate::entity::{Code, material, material_mail, outbox, registration};
use crate::likeness::Roots;
use crate::mailing::PURPOSE;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{DeliveryState, to_local};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
    Set,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A document, an establishment, and the day on which mails took the one to
/// people of the other.
pub(super) type SentKey = (i64, i64, NaiveDate);

/// A document, to whom it was sent, when, and when it was withdrawn.
type Sent = (
    i64,
    Option<i64>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
);

/// Notes which materials the mails lead to that were just written to these
/// registrations of a workshop.
pub(crate) async fn note_mails(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
    registrations: &HashSet<i64>,
    materials: &[i64],
) -> Result<(), Failure> {
    let mails: Vec<(i64, Option<i64>)> = outbox::Entity::find()
        .select_only()
        .columns([outbox::Column::Id, outbox::Column::RegistrationId])
        .filter(outbox::Column::WorkshopId.eq(workshop_id))
        .filter(outbox::Column::Purpose.eq(PURPOSE))
        .into_tuple()
        .all(tx)
        .await?;
    let mut rows: Vec<material_mail::ActiveModel> = Vec::new();
    for (mail, to) in mails {
        if to.is_some_and(|id| registrations.contains(&id)) {
            rows.extend(materials.iter().map(|id| material_mail::ActiveModel {
                outbox_id: Set(mail),
                material_id: Set(*id),
                ..Default::default()
            }));
        }
    }
    // SQLite takes some thousand values a statement.
    for rows in rows.chunks(1000) {
        material_mail::Entity::insert_many(rows.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// To how many people of an establishment a document was sent, by day.
pub(super) async fn sent(
    db: &impl ConnectionTrait,
    roots: &Roots,
) -> Result<BTreeMap<SentKey, u32>, Failure> {
    let rows: Vec<Sent> = material_mail::Entity::find()
        .select_only()
        .column(material_mail::Column::MaterialId)
        .column(outbox::Column::RegistrationId)
        .column(outbox::Column::SentAt)
        .column(material::Column::WithdrawnAt)
        .join(JoinType::InnerJoin, material_mail::Relation::Outbox.def())
        .join(JoinType::InnerJoin, material_mail::Relation::Material.def())
        .filter(outbox::Column::State.eq(Code(DeliveryState::Sent)))
        .into_tuple()
        .all(db)
        .await?;
    let mailed = Query::select()
        .column(outbox::Column::RegistrationId)
        .from(outbox::Entity)
        .and_where(outbox::Column::Purpose.eq(PURPOSE))
        .to_owned();
    let of: HashMap<i64, i64> = registration::Entity::find()
        .select_only()
        .columns([
            registration::Column::Id,
            registration::Column::EstablishmentId,
        ])
        .filter(registration::Column::Id.in_subquery(mailed))
        .into_tuple::<(i64, i64)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let mut found = BTreeMap::new();
    for (material, to, at, withdrawn_at) in rows {
        let establishment = to.and_then(|id| of.get(&id));
        let (Some(establishment), Some(at)) = (establishment, at) else {
            continue;
        };
        // What was withdrawn before the mail left, and is so still, nobody got.
        if withdrawn_at.is_some_and(|gone| gone <= at) {
            continue;
        }
        let key = (
            material,
            roots.of(*establishment),
            to_local(at).date_naive(),
        );
        *found.entry(key).or_default() += 1;
    }
    Ok(found)
}
