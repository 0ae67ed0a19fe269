//! The messages of a workshop as its organisers see them.

use super::audience::{agreeing, establishment_of};
use super::count::{CampaignCount, counts};
use super::{find, message_of, moments, version_of};
use crate::call::{CallList, CallRow, Callee, Listed, listed, registrants};
use crate::entity::{
    Code, campaign, campaign_recipient, establishment, outbox, person, registration,
};
use crate::people::{Flat, PersonRow, select};
use crate::template::workshop_values;
use crate::{Actor, Failure, Organizer, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    CampaignPurpose, CampaignState, DeliveryState, Lang, NewCampaign, Placeholder, Purpose,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use std::collections::HashMap;

/// Recipients on one page.
const PAGE: u64 = 100;

/// A message, and where it stands.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// The row.
    pub row: campaign::Model,
    /// What it says, to whom and when.
    pub message: NewCampaign,
    /// Where it stands.
    pub state: CampaignState,
    /// When it is due; none for what leaves at once.
    pub due_at: Option<DateTime<Utc>>,
    /// What became of it.
    pub count: CampaignCount,
    /// Names it as it is: see [`domain::CampaignForm::version`].
    pub version: String,
    /// The subjects, with what is filled in of the workshop.
    subjects: [String; 2],
}

impl Campaign {
    /// The subject in a language; what is filled in of a person stands there as
    /// a place.
    #[must_use]
    pub fn subject(&self, lang: Lang) -> &str {
        let [vi, en] = &self.subjects;
        lang.choose(vi, en)
    }
}

/// The messages of a workshop.
#[derive(Clone, Debug)]
pub struct Campaigns {
    /// The workshop.
    pub view: WorkshopView,
    /// The newest first.
    pub rows: Vec<Campaign>,
}

/// Somebody whom a message was for.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct CampaignRecipient {
    /// The key of the registration.
    pub registration_id: i64,
    /// The name.
    pub full_name: String,
    /// The establishment.
    pub establishment: String,
    /// The mail; none when no address works.
    pub mail_id: Option<i64>,
    /// What became of it.
    pub state: Option<Code<DeliveryState>>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// The mail server's own words.
    pub error: Option<String>,
}

/// One message with all that became of it.
#[derive(Clone, Debug)]
pub struct CampaignPage {
    /// The workshop.
    pub view: WorkshopView,
    /// The message.
    pub campaign: Campaign,
    /// The name of the establishment it is for, if for one.
    pub establishment: Option<String>,
    /// Whom it was for, those asked for and on this page; by name.
    pub recipients: Vec<CampaignRecipient>,
    /// The page, from 1.
    pub page: u64,
    /// How many pages there are, at least 1.
    pub pages: u64,
    /// Who is to be called, each with the text for Zalo.
    pub calls: Vec<(CallRow, String)>,
}

impl Services {
    /// The messages of a workshop with their numbers, in a handful of queries.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn campaigns(&self, actor: &Actor, slug: &str) -> Result<Campaigns, Failure> {
        let view = self.manage_people(actor, slug).await?;
        let db = self.db.read();
        let rows = campaign::Entity::find()
            .filter(campaign::Column::WorkshopId.eq(view.row.id))
            .order_by_desc(campaign::Column::Id)
            .all(db)
            .await?;
        let mut counts = counts(db, rows.iter().map(|row| row.id)).await?;
        let organizer = &self.frame().await?.organizer;
        let rows = rows.into_iter().map(|row| {
            let count = counts.remove(&row.id).unwrap_or_default();
            campaign_in(&view, row, count, organizer)
        });
        Ok(Campaigns {
            rows: rows.collect::<Result<_, _>>()?,
            view,
        })
    }

    /// One message: its numbers, the mail to each – only those in a state,
    /// where one is asked for – and who is to be called.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn campaign(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        state: Option<DeliveryState>,
        page: u64,
    ) -> Result<CampaignPage, Failure> {
        let view = self.manage_people(actor, slug).await?;
        let db = self.db.read();
        let row = find(db, view.row.id, id).await?;
        let count = counts(db, [id].into_iter()).await?.remove(&id);
        let organizer = &self.frame().await?.organizer;
        let campaign = campaign_in(&view, row, count.unwrap_or_default(), organizer)?;
        let mut which = campaign_recipient::Entity::find()
            .filter(campaign_recipient::Column::CampaignId.eq(id))
            .join(
                JoinType::LeftJoin,
                campaign_recipient::Relation::Outbox.def(),
            );
        if let Some(state) = state {
            which = which.filter(outbox::Column::State.eq(Code(state)));
        }
        let pages = Ord::max(which.clone().count(db).await?.div_ceil(PAGE), 1);
        let page = page.clamp(1, pages);
        let recipients = which
            .select_only()
            .columns([
                campaign_recipient::Column::RegistrationId,
                campaign_recipient::Column::MailId,
            ])
            .columns([
                outbox::Column::State,
                outbox::Column::SentAt,
                outbox::Column::Error,
            ])
            .column(person::Column::FullName)
            .column_as(establishment::Column::Name, "establishment")
            .join(
                JoinType::InnerJoin,
                campaign_recipient::Relation::Registration.def(),
            )
            .join(JoinType::InnerJoin, registration::Relation::Person.def())
            .join(
                JoinType::InnerJoin,
                registration::Relation::Establishment.def(),
            )
            .order_by_asc(person::Column::SortKey)
            .order_by_asc(campaign_recipient::Column::Id)
            .offset((page - 1) * PAGE)
            .limit(PAGE)
            .into_model::<CampaignRecipient>()
            .all(db)
            .await?;
        Ok(CampaignPage {
            calls: self.campaign_calls(&view, &campaign).await?,
            establishment: establishment_of(db, &campaign.message.audience).await?,
            view,
            campaign,
            recipients,
            page,
            pages,
        })
    }

    /// Who is to be called, each with the text for Zalo in their language and
    /// with their own link.
    async fn campaign_calls(
        &self,
        view: &WorkshopView,
        campaign: &Campaign,
    ) -> Result<Vec<(CallRow, String)>, Failure> {
        let db = self.db.read();
        let rows = registrants(db, &calls_of(db, view.row.id, campaign.row.id).await?).await?;
        let ids = rows.iter().filter_map(|row| match row.who {
            Callee::Registration(id) => Some(id),
            _ => None,
        });
        let people: Vec<Flat> = select(view.row.id)
            .filter(registration::Column::Id.is_in(ids))
            .into_model()
            .all(db)
            .await?;
        let people = people.into_iter().map(PersonRow::from);
        let mut people: HashMap<i64, PersonRow> = people.map(|row| (row.id, row)).collect();
        // Who takes a consent back is not called for it either.
        if campaign.message.purpose == CampaignPurpose::Invitations {
            let agreeing = agreeing(db, view.row.id, Purpose::Invitations).await?;
            people.retain(|id, _| agreeing.contains(id));
        }
        let organizer = self.frame().await?.organizer;
        let with_text = rows.into_iter().filter_map(|row| {
            let Callee::Registration(id) = row.who else {
                return None;
            };
            let text = self.campaign_zalo(&campaign.message, view, people.get(&id)?, &organizer);
            Some((row, text))
        });
        Ok(with_text.collect())
    }
}

/// Who is to be called of a message of a workshop: those without a working
/// address when it left, and those whose mail was refused for good since.
pub(crate) async fn calls_of(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    id: i64,
) -> Result<Listed, Failure> {
    find(db, workshop_id, id).await?;
    let refused: Vec<i64> = campaign_recipient::Entity::find()
        .select_only()
        .column(campaign_recipient::Column::RegistrationId)
        .join(
            JoinType::InnerJoin,
            campaign_recipient::Relation::Outbox.def(),
        )
        .filter(campaign_recipient::Column::CampaignId.eq(id))
        .filter(outbox::Column::State.eq(Code(DeliveryState::Failed)))
        .into_tuple()
        .all(db)
        .await?;
    let refused = refused.into_iter().map(Callee::Registration);
    listed(db, CallList::Campaign(id), refused).await
}

fn campaign_in(
    view: &WorkshopView,
    row: campaign::Model,
    count: CampaignCount,
    organizer: &Organizer,
) -> Result<Campaign, Failure> {
    let message = message_of(&row)?;
    let subjects = [Lang::Vi, Lang::En].map(|lang| {
        let mut values = workshop_values(view, lang, organizer);
        let of_each = [Placeholder::Name, Placeholder::Code];
        values.extend(of_each.map(|place| (place, place.written())));
        message.filled(lang, &values).subject
    });
    Ok(Campaign {
        subjects,
        version: version_of(&row),
        state: moments(&row).state(count.to_leave()),
        due_at: message.timing.due_at(view.starts_at(), view.ends_at()),
        message,
        row,
        count,
    })
}
