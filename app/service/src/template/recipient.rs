//! Whom a mail is shown for: somebody real, or made up.

use super::sample;
use crate::entity::{Code, establishment, invitation, person, registration};
use crate::invitation::greeting;
use crate::letter::Greeting;
use crate::mail::Occasion;
use crate::{Failure, Services, WorkshopView};
use domain::{Lang, RegistrationState, TemplateOccasion};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use text::Words;

/// The most people to choose from, the newest.
const MOST_PEOPLE: u64 = 200;

/// Whom a mail is shown for.
pub(super) enum Recipient {
    Registrant(registration::Model, String),
    /// An invitation, with the name of the establishment.
    Invited(invitation::Model, String),
}

impl Recipient {
    pub(super) fn id(&self) -> i64 {
        match self {
            Self::Registrant(row, _) => row.id,
            Self::Invited(row, _) => row.id,
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Registrant(_, name) | Self::Invited(_, name) => name,
        }
    }

    pub(super) fn greeting(&self) -> Greeting {
        match self {
            Self::Registrant(..) => Greeting::Person,
            Self::Invited(row, _) => greeting(row),
        }
    }
}

impl Services {
    /// Nobody's: a delegate of the workshop, or an invitation to it, by a name.
    pub(super) fn made_up(
        &self,
        occasion: TemplateOccasion,
        view: &WorkshopView,
        name: String,
        lang: Lang,
    ) -> Recipient {
        let now = self.clock.now();
        if occasion == TemplateOccasion::Invitation {
            let row = sample::invitation(view, &name, lang, now);
            let place = Words(lang).say("templates-example-establishment");
            Recipient::Invited(row, place)
        } else {
            Recipient::Registrant(sample::registrant(view, lang, now), name)
        }
    }
}

/// Where a registration stands whose mails these are.
fn told_of(occasion: TemplateOccasion) -> Code<RegistrationState> {
    Code(match occasion {
        TemplateOccasion::Waitlisted => RegistrationState::Waitlisted,
        TemplateOccasion::Offered => RegistrationState::Offered,
        _ => RegistrationState::Booked,
    })
}

/// The workshop asked for, else that of the newest recipient, else the latest.
pub(super) async fn chosen<'a>(
    db: &impl ConnectionTrait,
    occasion: TemplateOccasion,
    slug: &str,
    views: &'a [WorkshopView],
) -> Result<Option<&'a WorkshopView>, Failure> {
    if !slug.is_empty() {
        let found = views.iter().find(|view| view.row.slug == slug);
        return found.map(Some).ok_or(Failure::NotFound);
    }
    let newest: Option<i64> = if occasion == TemplateOccasion::Invitation {
        invitation::Entity::find()
            .select_only()
            .column(invitation::Column::WorkshopId)
            .filter(invitation::Column::WithdrawnAt.is_null())
            .order_by_desc(invitation::Column::Id)
            .into_tuple()
            .one(db)
            .await?
    } else {
        let find = registration::Entity::find()
            .select_only()
            .column(registration::Column::WorkshopId)
            .order_by_desc(registration::Column::Id);
        let fitting = find
            .clone()
            .filter(registration::Column::State.eq(told_of(occasion)));
        match fitting.into_tuple::<i64>().one(db).await? {
            None => find.into_tuple().one(db).await?,
            found => found,
        }
    };
    let of_newest = views.iter().find(|view| Some(view.row.id) == newest);
    Ok(of_newest.or(views.first()))
}

/// Who could get such a mail about a workshop: first those who do get it as
/// they stand, each newest first.
pub(super) async fn recipients(
    db: &impl ConnectionTrait,
    occasion: TemplateOccasion,
    workshop_id: i64,
) -> Result<Vec<Recipient>, Failure> {
    if occasion == TemplateOccasion::Invitation {
        let rows = invitation::Entity::find()
            .find_also_related(establishment::Entity)
            .filter(invitation::Column::WorkshopId.eq(workshop_id))
            .filter(invitation::Column::WithdrawnAt.is_null())
            .order_by_desc(invitation::Column::Id)
            .limit(MOST_PEOPLE)
            .all(db)
            .await?;
        let invited = rows
            .into_iter()
            .filter_map(|(row, place)| Some(Recipient::Invited(row, place?.name)));
        return Ok(invited.collect());
    }
    let find = registration::Entity::find()
        .find_also_related(person::Entity)
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .order_by_desc(registration::Column::Id);
    let state = told_of(occasion);
    let fitting = find.clone().filter(registration::Column::State.eq(state));
    let mut rows = fitting.limit(MOST_PEOPLE).all(db).await?;
    if occasion == TemplateOccasion::Confirmation {
        // Whom others named reads another mail first.
        rows.sort_by_key(|(row, _)| Occasion::of_seat(row) != Occasion::Confirmation);
    }
    let left = MOST_PEOPLE.saturating_sub(u64::try_from(rows.len()).unwrap_or(MOST_PEOPLE));
    let others = find.filter(registration::Column::State.ne(state));
    rows.extend(others.limit(left).all(db).await?);
    let registered = rows
        .into_iter()
        .filter_map(|(row, person)| Some(Recipient::Registrant(row, person?.full_name)));
    Ok(registered.collect())
}
