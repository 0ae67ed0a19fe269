//! Short ways to several delegates by one contact.

use super::{Kit, nominee_row};
use domain::{Lang, PartyForm};
use service::RegisteringParty;

pub(crate) fn party(names: &[&str]) -> PartyForm {
    PartyForm {
        contact_name: "Trần Thị Hoa".to_owned(),
        contact_phone: "0950 000 700".to_owned(),
        contact_email: "hoa@example.com".to_owned(),
        establishment: "Hợp tác xã Lá Biếc".to_owned(),
        locality: "Xã Ba Tri".to_owned(),
        told: true,
        delegates: names.iter().map(|name| nominee_row(name)).collect(),
        opened_at: None,
    }
}

/// Registers a group; the last part of the address of its page.
pub(crate) async fn send_party(kit: &Kit, slug: &str, form: &PartyForm) -> String {
    let done = kit.services.register_party(slug, form, Lang::Vi, None);
    match done.await.unwrap() {
        RegisteringParty::Done(token) => token,
        RegisteringParty::Already => panic!("registered already"),
    }
}
