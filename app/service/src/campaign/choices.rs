//! What the form of a message offers.

use crate::entity::{establishment, registration};
use crate::{Actor, Failure, Services, WorkshopView};
use domain::{
    AudienceForm, BEGINNINGS, CampaignForm, Coded, Lang, NewCampaign, TemplateOccasion, Timing,
    TimingForm, WorkshopState, to_local,
};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};

/// What can be chosen for an audience, besides closed lists and sessions.
#[derive(Clone, Debug)]
pub struct CampaignChoices {
    /// The workshop.
    pub view: WorkshopView,
    /// Establishments of those who registered, by name.
    pub establishments: Vec<(i64, String)>,
    /// Their localities, by name.
    pub localities: Vec<String>,
}

impl Services {
    /// What can be chosen for an audience.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn campaign_choices(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<CampaignChoices, Failure> {
        let view = self.manage_people(actor, slug).await?;
        let of_workshop = registration::Column::WorkshopId.eq(view.row.id);
        let mut establishments: Vec<(i64, String)> = registration::Entity::find()
            .select_only()
            .distinct()
            .column(registration::Column::EstablishmentId)
            .column(establishment::Column::Name)
            .join(
                JoinType::InnerJoin,
                registration::Relation::Establishment.def(),
            )
            .filter(of_workshop.clone())
            .into_tuple()
            .all(self.db.read())
            .await?;
        establishments.sort_by_cached_key(|(_, name)| domain::fold(name));
        let mut localities: Vec<String> = registration::Entity::find()
            .select_only()
            .distinct()
            .column(registration::Column::LocalityName)
            .filter(of_workshop)
            .filter(registration::Column::LocalityName.ne(""))
            .into_tuple()
            .all(self.db.read())
            .await?;
        localities.sort_by_cached_key(|name| domain::fold(name));
        Ok(CampaignChoices {
            view,
            establishments,
            localities,
        })
    }

    /// A message that begins from the words of an occasion as they stand, and
    /// is not sent: to whom and when it is usually sent, or now where that time
    /// has passed.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an occasion that is none of [`BEGINNINGS`]; as
    /// [`Services::staff_workshop`].
    pub async fn begin_campaign(
        &self,
        actor: &Actor,
        slug: &str,
        occasion: TemplateOccasion,
    ) -> Result<CampaignForm, Failure> {
        let view = self.manage_people(actor, slug).await?;
        if !BEGINNINGS.contains(&occasion) {
            return Err(Failure::NotFound);
        }
        let templates = self.frame().await?.templates;
        let words = [Lang::Vi, Lang::En].map(|lang| templates.text(occasion, lang));
        let form = CampaignForm::begin(occasion, words);
        // Of a workshop that was called off people are told at once.
        if *view.row.state == WorkshopState::Cancelled {
            return Ok(form.leaving_now());
        }
        let span = (view.starts_at(), view.ends_at());
        Ok(form.now_if_late(span, self.clock.now()))
    }
}

/// A message as the form that changes it.
#[must_use]
pub fn campaign_form(message: &NewCampaign) -> CampaignForm {
    let (amount, unit) = match message.timing {
        Timing::BeforeStart(minutes) | Timing::AfterEnd(minutes) => {
            let (amount, unit) = Timing::length(minutes);
            (amount.to_string(), unit.code().to_owned())
        }
        Timing::Now | Timing::At(_) => (String::new(), String::new()),
    };
    CampaignForm {
        subject_vi: message.subject_vi.clone(),
        body_vi: message.body_vi.clone(),
        subject_en: message.subject_en.clone(),
        body_en: message.body_en.clone(),
        purpose: message.purpose.code().to_owned(),
        shared: message.shared.code().to_owned(),
        audience: AudienceForm::from(&message.audience),
        timing: TimingForm {
            timing: message.timing.kind().code().to_owned(),
            send_at: match message.timing {
                Timing::At(at) => to_local(at).format("%Y-%m-%dT%H:%M").to_string(),
                _ => String::new(),
            },
            amount,
            unit,
        },
        version: String::new(),
    }
}
