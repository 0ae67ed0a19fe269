//! Who organises, who works, who comes, and from where.

use super::super::ACCOUNTS;
use super::super::plan::Plan;
use super::super::workshops::date;
use crate::entity::{Code, account, establishment, locality, organization, person, programme};
use crate::person::with_name;
use crate::{Failure, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{AccountRole, LocalityKind, fold, fold_establishment};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use std::collections::HashMap;

/// The first day of the programme; the demo knows no place from before.
const BEGINNING: NaiveDate = date(2007, 1, 1);
/// The last day of the districts.
const LAST_OF_DISTRICTS: NaiveDate = date(2025, 6, 30);
/// The first day of the communes that took their place.
const FIRST_OF_COMMUNES: NaiveDate = date(2025, 7, 1);

/// Each former district, and of the communes of today the one at its seat.
const PLACES: [(&str, &str); 9] = [
    ("TP Bến Tre", "Phường An Hội"),
    ("Châu Thành", "Xã Giao Long"),
    ("Bình Đại", "Xã Bình Đại"),
    ("Mỏ Cày Nam", "Xã Mỏ Cày"),
    ("Giồng Trôm", "Xã Giồng Trôm"),
    ("Ba Tri", "Xã Ba Tri"),
    ("Mỏ Cày Bắc", "Xã Phước Mỹ Trung"),
    ("Thạnh Phú", "Xã Thạnh Phú"),
    ("Chợ Lách", "Xã Chợ Lách"),
];

/// A place as it was and as it is.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The district: key and name.
    pub(super) then: (i64, &'static str),
    /// The commune: key and name.
    pub(super) now: (i64, &'static str),
}

/// Places by the name of the district.
pub(super) struct Places(HashMap<&'static str, Place>);

impl Places {
    /// The place of a district.
    pub(super) fn of(&self, district: &str) -> Result<Place, Failure> {
        let found = self.0.get(district).copied();
        found.ok_or_else(|| Failure::internal(format!("the demo has no district {district}")))
    }
}

/// Keys of the accounts.
#[derive(Default)]
pub(super) struct Staff {
    pub(super) organizer: i64,
    pub(super) trainer: i64,
    pub(super) door: i64,
    pub(super) director: i64,
}

/// Names the programme and its organiser.
pub(super) async fn programme(tx: &Tx, found: programme::Model) -> Result<i64, Failure> {
    let mut row = found.into_active_model();
    row.name_vi = Set("Chương trình sản xuất sạch hơn trong công nghiệp tỉnh Bến Tre".to_owned());
    row.name_en = Set("Cleaner production in the industry of Bến Tre province".to_owned());
    row.target = Set(600);
    row.starts_on = Set(Some(BEGINNING));
    row.is_demo = Set(true);
    let programme = row.update(&**tx).await?;
    let office = organization::Entity::find().one(&**tx).await?;
    let office = office.ok_or_else(|| Failure::internal("there is no organiser"))?;
    let mut office = office.into_active_model();
    office.name_vi =
        Set("Trung tâm Khuyến công và Tư vấn phát triển công nghiệp Bến Tre".to_owned());
    office.name_en = Set(
        "Bến Tre Centre for Industrial Promotion and Industrial Development Consulting".to_owned(),
    );
    office.address = Set("Phường An Hội, tỉnh Vĩnh Long".to_owned());
    office.phone = Set("0950 000 100".to_owned());
    office.email = Set("khuyencong@example.com".to_owned());
    office.update(&**tx).await?;
    Ok(programme.id)
}

/// Adds the demo accounts.
pub(super) async fn staff(
    tx: &Tx,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<Staff, Failure> {
    let mut staff = Staff::default();
    for (role, email, name) in ACCOUNTS {
        let row = account::ActiveModel {
            email: Set(email.to_owned()),
            name: Set(name.to_owned()),
            role: Set(Code(role)),
            password_hash: Set(password_hash.to_owned()),
            is_demo: Set(true),
            created_at: Set(now),
            disabled_at: Set(None),
            ..Default::default()
        }
        .insert(&**tx)
        .await?;
        match role {
            AccountRole::Organizer => staff.organizer = row.id,
            AccountRole::Trainer => staff.trainer = row.id,
            AccountRole::Door => staff.door = row.id,
            AccountRole::Director => staff.director = row.id,
        }
    }
    Ok(staff)
}

/// Adds the former districts and a commune of today for each.
pub(super) async fn places(tx: &Tx) -> Result<Places, Failure> {
    let mut places = HashMap::new();
    for (district, commune) in PLACES {
        let then = locality(district, LocalityKind::District, None);
        let then = then.insert(&**tx).await?.id;
        let now = locality(commune, LocalityKind::Commune, Some(then));
        let now = now.insert(&**tx).await?.id;
        let place = Place {
            then: (then, district),
            now: (now, commune),
        };
        places.insert(district, place);
    }
    Ok(Places(places))
}

fn locality(name: &str, kind: LocalityKind, predecessor_id: Option<i64>) -> locality::ActiveModel {
    let (valid_from, valid_to) = match kind {
        LocalityKind::District => (BEGINNING, Some(LAST_OF_DISTRICTS)),
        LocalityKind::Commune | LocalityKind::Province => (FIRST_OF_COMMUNES, None),
    };
    locality::ActiveModel {
        name: Set(name.to_owned()),
        folded: Set(fold(name)),
        kind: Set(Code(kind)),
        valid_from: Set(valid_from),
        valid_to: Set(valid_to),
        predecessor_id: Set(predecessor_id),
        is_demo: Set(true),
        ..Default::default()
    }
}

/// Adds the establishments; returns their keys in the order of the plan.
pub(super) async fn establishments(
    tx: &Tx,
    plan: &Plan,
    places: &Places,
    now: DateTime<Utc>,
) -> Result<Vec<i64>, Failure> {
    let mut keys = Vec::with_capacity(plan.establishments.len());
    for planned in &plan.establishments {
        let row = establishment::ActiveModel {
            name: Set(planned.name.clone()),
            folded: Set(fold(&planned.name)),
            name_key: Set(fold_establishment(&planned.name)),
            kind: Set(Some(Code(planned.kind))),
            sector: Set(Some(Code(planned.sector))),
            site: Set(Some(Code(planned.site))),
            locality_id: Set(Some(places.of(planned.locality)?.then.0)),
            tax_code: Set(planned.tax_code.clone()),
            // Real names too: what the demo says of them is assumed.
            is_demo: Set(true),
            created_at: Set(now),
            ..Default::default()
        };
        keys.push(row.insert(&**tx).await?.id);
    }
    Ok(keys)
}

/// Adds the persons; returns their keys in the order of the plan.
pub(super) async fn persons(
    tx: &Tx,
    plan: &Plan,
    establishments: &[i64],
    now: DateTime<Utc>,
) -> Result<Vec<i64>, Failure> {
    let mut keys = Vec::with_capacity(plan.persons.len());
    for planned in &plan.persons {
        let row = person::ActiveModel {
            phone: Set(Some(planned.phone.clone())),
            email: Set(planned.email.clone()),
            establishment_id: Set(establishments[planned.establishment]),
            is_demo: Set(true),
            created_at: Set(now),
            ..Default::default()
        };
        let row = with_name(row, &planned.full_name);
        keys.push(row.insert(&**tx).await?.id);
    }
    Ok(keys)
}
