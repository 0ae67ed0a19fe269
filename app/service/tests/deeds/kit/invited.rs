//! Short ways to invitations and what is answered.

use super::{Kit, ORGANIZER};
use domain::{DelegateRow, InviteForm, InviteRow, Lang, NominationForm};
use sea_orm::{ActiveModelTrait, Set};
use service::entity::{Code, establishment, invitation};
use service::{Failure, NominationPage};

pub(crate) fn nominee_row(name: &str) -> DelegateRow {
    DelegateRow {
        full_name: name.to_owned(),
        role: "technician".to_owned(),
        ..DelegateRow::default()
    }
}

pub(crate) fn nominating(names: &[&str]) -> NominationForm {
    NominationForm {
        contact_name: "Trần Thị Hoa".to_owned(),
        contact_phone: "0950 000 001".to_owned(),
        contact_email: "hoa@example.com".to_owned(),
        delegates: names.iter().map(|name| nominee_row(name)).collect(),
        opened_at: None,
    }
}

pub(crate) fn inviting(establishment: i64, quota: u32) -> InviteForm {
    InviteForm {
        rows: vec![InviteRow {
            establishment,
            quota: quota.to_string(),
            contact_email: "van.thu@example.com".to_owned(),
            ..InviteRow::default()
        }],
        lang: "vi".to_owned(),
        answer_by: "2026-12-01T17:00".to_owned(),
    }
}

/// An establishment that is known.
pub(crate) async fn known_establishment(kit: &Kit, name: &str) -> i64 {
    let row = establishment::ActiveModel {
        name: Set(name.to_owned()),
        folded: Set(domain::fold(name)),
        name_key: Set(domain::fold_establishment(name)),
        kind: Set(None),
        sector: Set(Some(Code(domain::Sector::Coconut))),
        site: Set(None),
        locality_id: Set(None),
        tax_code: Set(None),
        is_demo: Set(false),
        created_at: Set(kit.now()),
        merged_into_id: Set(None),
        ..Default::default()
    };
    let row = &row;
    let db = kit.services.db();
    let made = db.write(|tx| async move { Ok(row.clone().insert(&*tx).await?) });
    made.await.unwrap().id
}

/// The last part of the address of the only invitation's page.
pub(crate) async fn link_of(kit: &Kit, slug: &str, id: i64) -> String {
    let page = kit.services.invitation_page(&ORGANIZER, slug, id).await;
    let link = page.unwrap().letter.link;
    link.rsplit('/').next().unwrap().to_owned()
}

/// A workshop with one invitation; its key and its link.
pub(crate) async fn invited(kit: &Kit, seats: u32, quota: u32) -> (i64, String) {
    kit.workshop("w", seats).await;
    let place = known_establishment(kit, "HTX Lá Biếc").await;
    let form = inviting(place, quota);
    let made = kit.services.invite(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!(made.made, 1);
    let rows = kit.all(invitation::Entity).await;
    let id = rows[0].id;
    (id, link_of(kit, "w", id).await)
}

pub(crate) async fn nominate(kit: &Kit, link: &str, names: &[&str]) -> Result<(), Failure> {
    kit.services
        .nominate(link, &nominating(names), Lang::Vi)
        .await
}

pub(crate) async fn nomination(kit: &Kit, link: &str) -> NominationPage {
    kit.services.nomination(link).await.unwrap()
}

/// The delegates who stand, by name.
pub(crate) async fn named_standing(kit: &Kit, link: &str) -> Vec<String> {
    let nominees = nomination(kit, link).await.nominees.into_iter();
    nominees
        .filter(|one| one.state.is_active())
        .map(|one| one.full_name)
        .collect()
}

/// Another workshop with an invitation for two, for another establishment.
pub(crate) async fn invited_elsewhere(kit: &Kit) -> String {
    kit.workshop("v", 10).await;
    let place = known_establishment(kit, "DNTN Sông Gió").await;
    let services = &kit.services;
    let form = inviting(place, 2);
    services.invite(&ORGANIZER, "v", &form).await.unwrap();
    let list = services.invitations(&ORGANIZER, "v", None).await.unwrap();
    link_of(kit, "v", list.rows[0].row.id).await
}
