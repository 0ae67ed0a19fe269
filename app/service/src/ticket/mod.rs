//! The registrant's own page: a signed, unguessable address.

mod consents;
pub(crate) use consents::write_consents;
mod contact;
mod lost;
mod substitute;

pub use contact::ContactForm;

pub(crate) use contact::{check_contact, write_contact};
pub(crate) use substitute::Passing;

use crate::entity::{Code, consent, person, registration};
use crate::registration::{active, has_come, offer_stands, position, stands_alone};
use crate::{Changed, Failure, Services, WorkshopView};
use chrono::{DateTime, Utc};
use domain::{
    Consents, Phase, Phone, RegistrationSource, RegistrationState, is_given, may_give_up,
    may_see_contact, may_substitute, reached_at,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// What the registrant sees.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The last part of the page's address.
    pub token: String,
    /// The registrant's name.
    pub full_name: String,
    /// The code for the door.
    pub code: String,
    /// The QR code that holds it, as SVG; none unless there is a seat.
    pub qr_svg: Option<String>,
    /// Seat, waiting list, or given up.
    pub state: RegistrationState,
    /// Whether this was given up and the person has another one for the same
    /// workshop, as after a merge.
    pub has_another: bool,
    /// The place on the waiting list, from 1.
    pub position: Option<u64>,
    /// Whether it can still be given up.
    pub can_cancel: bool,
    /// Until when an offered seat can be taken.
    pub offer_until: Option<DateTime<Utc>>,
    /// Whether somebody else may still go instead.
    pub can_substitute: bool,
    /// The phone on file, where this page may show it.
    pub phone: Option<String>,
    /// The last digits of a phone on file that this page does not show, nor
    /// change.
    pub phone_end: Option<String>,
    /// The address that mail about this registration goes to.
    pub email: Option<String>,
    /// How many questions the workshop asks.
    pub questions: usize,
    /// How many of them must still be answered.
    pub unanswered: usize,
    /// When a request is declined by itself.
    pub undecided_until: DateTime<Utc>,
    /// What was agreed to, and what not.
    pub consents: Consents,
    /// The workshop.
    pub workshop: WorkshopView,
    /// What has changed since the registration, newest first.
    pub changes: Vec<Changed>,
    /// Where to take part online, for people with a seat.
    pub online_link: Option<String>,
    /// Who goes instead, and the address of their page to be sent to them, while
    /// the workshop is ahead and the holder named them on this page. Where an
    /// establishment or an organiser did, it is not for the holder to see.
    pub passed_on: Option<(String, String)>,
}

const PURPOSE: &str = "registration";

impl Services {
    /// The last part of a registrant's address: the code and a signature.
    #[must_use]
    pub fn ticket_token(&self, code: &str) -> String {
        self.secret.token(PURPOSE, code)
    }

    /// What stands on the registrant's page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address.
    pub async fn ticket(&self, token: &str) -> Result<Ticket, Failure> {
        let row = self.registration_by_ticket(token).await?;
        let person = person::Entity::find_by_id(row.person_id)
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)?;
        let workshop = self.workshop_by_id(row.workshop_id).await?;
        let position = position(self.db.read(), &row).await?;
        let offered = offer_stands(self.db.read(), &row, self.clock.now()).await?;
        let consents = consent::Entity::find()
            .filter(consent::Column::RegistrationId.eq(row.id))
            .filter(consent::Column::WithdrawnAt.is_null())
            .all(self.db.read())
            .await?;
        let mut given = Consents::default();
        for consent in consents {
            given.set(*consent.purpose, true);
        }
        let sheet = self.sheet_of(&row, false).await?;
        let begun = workshop.phase != Phase::Upcoming;
        let rule = &workshop.row;
        let allowed = rule.cancel_rule.allows(rule.cancel_until, self.clock.now());
        let came = has_come(self.db.read(), row.id).await?;
        let mut changes = self.changes(workshop.row.id).await?;
        changes.retain(|change| change.at >= row.created_at);
        let elsewhere = !stands_alone(self.db.read(), &row).await?;
        let own = is_given(person.phone.as_ref(), row.phone.as_ref());
        let (phone, hidden) = match person.phone {
            Some(phone) if !may_see_contact(own, elsewhere) => (None, Some(phone)),
            on_file => (reached_at(on_file, row.phone.clone()), None),
        };
        let passed_on = match row.substitute_id {
            Some(id)
                if row.passed_on_at.is_some()
                    && matches!(workshop.phase, Phase::Upcoming | Phase::Running) =>
            {
                self.passed_on_to(id).await?
            }
            _ => None,
        };
        let has_another = *row.state == RegistrationState::Cancelled
            && active(self.db.read(), row.workshop_id, row.person_id)
                .await?
                .is_some();
        let seated = *row.state == RegistrationState::Booked && workshop.phase != Phase::Cancelled;
        Ok(Ticket {
            token: self.ticket_token(&row.code),
            full_name: person.full_name,
            qr_svg: seated.then(|| qr_svg(&row.code)).transpose()?,
            state: *row.state,
            has_another,
            position,
            can_cancel: may_give_up(*row.state, allowed, begun, came),
            can_substitute: may_substitute(*row.state, workshop.phase, came),
            offer_until: row.offer_until.filter(|_| offered),
            phone,
            phone_end: hidden.map(|phone| Phone::end(&phone).to_owned()),
            email: row.email,
            questions: sheet.questions.len(),
            unanswered: sheet.missing(),
            undecided_until: workshop.undecided_until(row.created_at),
            consents: given,
            code: row.code,
            changes,
            passed_on,
            online_link: workshop.online_link().filter(|_| seated).map(str::to_owned),
            workshop,
        })
    }

    async fn passed_on_to(&self, id: i64) -> Result<Option<(String, String)>, Failure> {
        let found = registration::Entity::find_by_id(id)
            .filter(registration::Column::Source.eq(Code(RegistrationSource::Substitute)))
            .filter(registration::Column::State.eq(Code(RegistrationState::Booked)))
            .find_also_related(person::Entity)
            .one(self.db.read())
            .await?;
        Ok(found.and_then(|(row, person)| {
            let address = self.link(&format!("/my/{}", self.ticket_token(&row.code)));
            Some((person?.full_name, address))
        }))
    }

    /// The QR code of a seat as a picture to keep, with the code it is to be
    /// named after.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong address, or without a seat.
    pub async fn ticket_picture(&self, token: &str) -> Result<(String, Vec<u8>), Failure> {
        let row = self.registration_by_ticket(token).await?;
        if *row.state != RegistrationState::Booked {
            return Err(Failure::NotFound);
        }
        let picture = qr_png(&row.code)?;
        Ok((row.code, picture))
    }

    pub(crate) async fn registration_by_ticket(
        &self,
        token: &str,
    ) -> Result<registration::Model, Failure> {
        let code = self.secret.code_of(PURPOSE, token);
        registration::Entity::find()
            .filter(registration::Column::Code.eq(code.ok_or(Failure::NotFound)?))
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)
    }
}

/// A QR code as PNG, eight dots a module, with the margin that ISO 18004 asks
/// for, in two colours.
fn qr_png(content: &str) -> Result<Vec<u8>, Failure> {
    const DOTS: usize = 8;
    const MARGIN: usize = 4;
    let qr = qr(content)?;
    let side = (qr.size + 2 * MARGIN) * DOTS;
    let is_dark = |dot: usize| (dot / DOTS).checked_sub(MARGIN).filter(|at| *at < qr.size);
    let dots: Vec<u8> = (0..side * side)
        .map(|dot| match (is_dark(dot / side), is_dark(dot % side)) {
            (Some(row), Some(column)) if qr[row][column].value() => 0,
            _ => 255,
        })
        .collect();
    let size = u32::try_from(side).map_err(Failure::internal)?;
    let mut picture = Vec::new();
    let mut encoder = png::Encoder::new(&mut picture, size, size);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(Failure::internal)?;
    writer.write_image_data(&dots).map_err(Failure::internal)?;
    writer.finish().map_err(Failure::internal)?;
    Ok(picture)
}

fn qr(content: &str) -> Result<fast_qr::QRCode, Failure> {
    fast_qr::QRBuilder::new(content)
        .ecl(fast_qr::ECL::M)
        .build()
        .map_err(|error| Failure::internal(format!("{error:?}")))
}

/// A QR code as SVG without a fixed size, black on white.
pub(crate) fn qr_svg(content: &str) -> Result<String, Failure> {
    use fast_qr::convert::{Builder, svg::SvgBuilder};
    Ok(SvgBuilder::default().margin(2).to_str(&qr(content)?))
}
