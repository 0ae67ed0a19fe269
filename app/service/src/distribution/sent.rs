//! Mails with materials that were sent, as entries of the register.

use crate::Failure;
use crate::entity::{Code, material, outbox, registration};
use crate::likeness::Roots;
use crate::mailing::PURPOSE;
use crate::material::{MaterialView, find_views};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{DeliveryState, Viewer, sees, to_local};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, HashMap};

/// A document, an establishment, and the day on which mails took the one to
/// people of the other.
pub(super) type SentKey = (i64, i64, NaiveDate);

/// To how many people of an establishment a document was sent, by day. A mail
/// leads to all that its workshop hands out at that moment.
pub(super) async fn sent(
    db: &impl ConnectionTrait,
    roots: &Roots,
) -> Result<BTreeMap<SentKey, u32>, Failure> {
    let mails = outbox::Entity::find()
        .filter(outbox::Column::Purpose.eq(PURPOSE))
        .filter(outbox::Column::State.eq(Code(DeliveryState::Sent)))
        .all(db)
        .await?;
    let ids = mails.iter().filter_map(|mail| mail.registration_id);
    let of: HashMap<i64, i64> = registration::Entity::find()
        .filter(registration::Column::Id.is_in(ids))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, roots.of(row.establishment_id)))
        .collect();
    let workshops = mails.iter().filter_map(|mail| mail.workshop_id);
    let find = material::Entity::find().filter(material::Column::WorkshopId.is_in(workshops));
    let mut shelves: HashMap<i64, Vec<MaterialView>> = HashMap::new();
    for view in find_views(db, find).await? {
        if let Some(id) = view.row.workshop_id {
            shelves.entry(id).or_default().push(view);
        }
    }
    let mut found = BTreeMap::new();
    for mail in mails {
        let establishment = mail.registration_id.and_then(|id| of.get(&id));
        let shelf = mail.workshop_id.and_then(|id| shelves.get(&id));
        let (Some(establishment), Some(at)) = (establishment, mail.sent_at) else {
            continue;
        };
        let day = to_local(at).date_naive();
        let seen = shelf.into_iter().flatten().filter(|view| was_out(view, at));
        for view in seen {
            *found.entry((view.row.id, *establishment, day)).or_default() += 1;
        }
    }
    Ok(found)
}

/// Whether a material was handed out at a moment to those who had come.
fn was_out(view: &MaterialView, at: DateTime<Utc>) -> bool {
    let row = &view.row;
    let seen = sees(
        Viewer::Attended,
        *row.visibility,
        *row.timing,
        view.ends_at,
        at,
    );
    seen && row.created_at <= at && row.withdrawn_at.is_none_or(|gone| gone > at)
}
