//! A phone on file is how a person is reached about everything: who merely names
//! somebody does not give it.

use crate::kit::{Kit, ORGANIZER, named, party, send_party};
use crate::on_both;
use service::entity::person;
use service::{ContactForm, PeopleQuery};

on_both!(
    a_stranger_gives_no_phone_to_somebody_known,
    who_left_the_phone_empty_fills_it_in_for_that_registration,
);

const PLACE: &str = "Hợp tác xã Lá Biếc";

async fn on_file(kit: &Kit) -> Option<String> {
    let mut all = kit.all(person::Entity).await;
    assert_eq!(all.len(), 1, "one person: {all:?}");
    all.remove(0).phone
}

/// The phone on the organiser's list of a workshop.
async fn listed(kit: &Kit, slug: &str) -> Option<String> {
    let query = PeopleQuery::default();
    let people = kit.services.people(&ORGANIZER, slug, &query, 1).await;
    people.unwrap().rows.remove(0).phone
}

fn typed(phone: &str) -> ContactForm {
    ContactForm {
        phone: phone.to_owned(),
        ..ContactForm::default()
    }
}

async fn a_stranger_gives_no_phone_to_somebody_known(kit: &Kit) {
    let services = &kit.services;
    for slug in ["w", "v"] {
        kit.workshop(slug, 5).await;
    }
    send_party(kit, "w", &party(&["Lê An"])).await;
    let mut stranger = named("Lê An", "0950 000 111");
    stranger.establishment = PLACE.to_owned();
    let ticket = kit.ticket(&kit.register("v", &stranger).await);
    assert_eq!(on_file(kit).await, None);
    // It is kept with the registration that it was given with, and with no other.
    assert_eq!(listed(kit, "v").await.as_deref(), Some("+84950000111"));
    assert_eq!(listed(kit, "w").await, None);
    let page = services.ticket(&ticket).await.unwrap();
    assert_eq!(page.phone.as_deref(), Some("+84950000111"));
    let sought = PeopleQuery {
        typed: "0950 000 111".to_owned(),
        ..PeopleQuery::default()
    };
    let found = async |slug| {
        let people = services.people(&ORGANIZER, slug, &sought, 1).await;
        people.unwrap().found
    };
    assert_eq!((found("v").await, found("w").await), (1, 0));
    let phone = typed("0950 000 222");
    let changed = services.change_contact(&ticket, &phone);
    changed.await.unwrap();
    assert_eq!(listed(kit, "v").await.as_deref(), Some("+84950000222"));
    assert_eq!((on_file(kit).await, listed(kit, "w").await), (None, None));
    // An organiser answers for the whole register.
    let all = PeopleQuery::default();
    let people = services.people(&ORGANIZER, "w", &all, 1);
    let id = people.await.unwrap().rows[0].id;
    let phone = typed("0950 000 333");
    let known = services.edit_contact(&ORGANIZER, "w", id, &phone);
    known.await.unwrap();
    for slug in ["w", "v"] {
        let phone = listed(kit, slug).await;
        assert_eq!(phone.as_deref(), Some("+84950000333"), "{slug}");
    }
    let page = services.ticket(&ticket).await.unwrap();
    assert_eq!((page.phone, page.phone_end.as_deref()), (None, Some("333")));
}

async fn who_left_the_phone_empty_fills_it_in_for_that_registration(kit: &Kit) {
    let services = &kit.services;
    for slug in ["w", "v"] {
        kit.workshop(slug, 5).await;
    }
    send_party(kit, "w", &party(&["Lê An"])).await;
    let token = send_party(kit, "v", &party(&["Lê An"])).await;
    let ticket = services.party(&token).await.unwrap().members[0]
        .ticket
        .clone();
    let phone = typed("0950 000 444");
    let changed = services.change_contact(&ticket, &phone);
    changed.await.unwrap();
    assert_eq!((on_file(kit).await, listed(kit, "w").await), (None, None));
    assert_eq!(listed(kit, "v").await.as_deref(), Some("+84950000444"));
    // Known by one registration alone, it is the person's to give.
    kit.workshop("u", 5).await;
    let token = send_party(kit, "u", &party(&["Lê Bình"])).await;
    let ticket = services.party(&token).await.unwrap().members[0]
        .ticket
        .clone();
    let phone = typed("0950 000 555");
    let changed = services.change_contact(&ticket, &phone);
    changed.await.unwrap();
    let binh = kit.all(person::Entity).await;
    let binh = binh.iter().find(|one| one.full_name == "Lê Bình").unwrap();
    assert_eq!(binh.phone.as_deref(), Some("+84950000555"));
}
