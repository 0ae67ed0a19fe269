//! Documents as the register names them: several have the same title.

use crate::Failure;
use crate::entity::{material, session, workshop};
use chrono::{DateTime, Utc};
use domain::Lang;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use std::sync::Arc;

/// A document as the register names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistributionDocument {
    /// Its key.
    pub id: i64,
    title_vi: String,
    title_en: String,
    /// The titles of its workshop; none for what is of the whole programme.
    workshop: Option<(String, String)>,
    /// When what it belongs to begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// Whether it belongs to one session of its workshop.
    pub of_session: bool,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

impl DistributionDocument {
    /// Its title in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.choose(&self.title_vi, &self.title_en)
    }

    /// The title of its workshop in a language.
    #[must_use]
    pub fn workshop(&self, lang: Lang) -> Option<&str> {
        let titles = self.workshop.as_ref();
        titles.map(|(vi, en)| lang.choose(vi, en))
    }
}

/// All documents, the latest first, withdrawn ones too: what was handed out
/// stays so.
pub(super) async fn documents(
    db: &impl ConnectionTrait,
) -> Result<Vec<Arc<DistributionDocument>>, Failure> {
    let rows = material::Entity::find()
        .order_by_desc(material::Column::Id)
        .all(db)
        .await?;
    let mut workshops: Vec<i64> = rows.iter().filter_map(|row| row.workshop_id).collect();
    workshops.sort_unstable();
    workshops.dedup();
    let titles: HashMap<i64, (String, String)> = workshop::Entity::find()
        .select_only()
        .columns([
            workshop::Column::Id,
            workshop::Column::TitleVi,
            workshop::Column::TitleEn,
        ])
        .filter(workshop::Column::Id.is_in(workshops.clone()))
        .into_tuple::<(i64, String, String)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(id, vi, en)| (id, (vi, en)))
        .collect();
    let sessions: Vec<(i64, i64, DateTime<Utc>)> = session::Entity::find()
        .select_only()
        .columns([
            session::Column::Id,
            session::Column::WorkshopId,
            session::Column::StartsAt,
        ])
        .filter(session::Column::WorkshopId.is_in(workshops))
        .into_tuple()
        .all(db)
        .await?;
    let (mut of_session, mut of_workshop) = (HashMap::new(), HashMap::new());
    for (id, workshop, starts_at) in sessions {
        of_session.insert(id, starts_at);
        let first = of_workshop.entry(workshop).or_insert(starts_at);
        *first = starts_at.min(*first);
    }
    let named = rows.into_iter().map(|row| DistributionDocument {
        id: row.id,
        workshop: row.workshop_id.and_then(|id| titles.get(&id).cloned()),
        starts_at: match (row.session_id, row.workshop_id) {
            (Some(session), _) => of_session.get(&session).copied(),
            (None, Some(workshop)) => of_workshop.get(&workshop).copied(),
            (None, None) => None,
        },
        of_session: row.session_id.is_some(),
        withdrawn: row.withdrawn_at.is_some(),
        title_vi: row.title_vi,
        title_en: row.title_en,
    });
    Ok(named.map(Arc::new).collect())
}
