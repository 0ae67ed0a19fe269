//! Several delegates by one contact: they keep together, and the contact is
//! none of them.

use crate::kit::{
    Kit, ORGANIZER, delegate, is_conflict, is_not_found, is_problem, mails, named, number, party,
    send_party, workshop_form,
};
use crate::on_both;
use domain::{
    DelegateRow, Lang,
    RegistrationState::{Booked, Cancelled, Offered, Waitlisted},
};
use service::entity::{consent, person, registration};
use service::{Conflict, Failure, RegisteringParty, RequestKey};

on_both!(
    a_group_gets_seats_together_and_nobody_consents_for_another,
    a_group_that_does_not_fit_waits_at_the_head,
    a_group_takes_its_offer_and_gives_up_one_by_one,
    one_mailbox_and_one_phone_for_all_are_no_obstacle,
    who_is_registered_already_is_left_as_is,
    one_form_sent_twice_at_once_makes_one_group,
    a_lost_link_to_the_group_goes_to_its_contact,
    a_group_larger_than_the_room_is_refused_or_stands_out,
);

async fn purposes(kit: &Kit) -> Vec<String> {
    let mails = mails(kit).await;
    mails.into_iter().map(|mail| mail.purpose).collect()
}

async fn a_group_gets_seats_together_and_nobody_consents_for_another(kit: &Kit) {
    kit.workshop("w", 5).await;
    let mut form = party(&["Lê An", "Lê Bình"]);
    form.delegates.push(DelegateRow::default());
    form.delegates[0].email = "an@example.com".to_owned();
    let token = send_party(kit, "w", &form).await;
    let page = kit.services.party(&token).await.unwrap();
    let names: Vec<_> = page
        .members
        .iter()
        .map(|one| (one.full_name.as_str(), one.state))
        .collect();
    assert_eq!(names, [("Lê An", Booked), ("Lê Bình", Booked)]);
    assert_eq!(page.contact_name, "Trần Thị Hoa");
    assert_eq!(
        kit.count(person::Entity).await,
        2,
        "the contact is no delegate"
    );
    assert_eq!(kit.count(consent::Entity).await, 0);
    assert_eq!(purposes(kit).await, ["nominated", "party"]);
}

async fn a_group_that_does_not_fit_waits_at_the_head(kit: &Kit) {
    kit.workshop("w", 3).await;
    let first = kit.register("w", &delegate(1)).await;
    let second = kit.register("w", &delegate(2)).await;
    let token = send_party(kit, "w", &party(&["Lê An", "Lê Bình", "Lê Chi"])).await;
    let single = kit.register("w", &delegate(3)).await;
    assert_eq!((single.state, single.position), (Waitlisted, Some(4)));
    let positions = async || {
        let page = kit.services.party(&token).await.unwrap();
        let positions: Vec<_> = page.members.iter().map(|one| one.position).collect();
        positions
    };
    assert_eq!(positions().await, [Some(1); 3]);
    kit.cancel(&first).await;
    assert_eq!(
        kit.in_state(Offered).await.len(),
        0,
        "two seats are free, and nobody behind the group gets one"
    );
    kit.cancel(&second).await;
    assert_eq!(kit.in_state(Offered).await.len(), 3, "all at once");
    let ticket = kit.services.ticket(&kit.ticket(&single)).await.unwrap();
    assert_eq!(ticket.position, Some(1));
}

async fn a_group_takes_its_offer_and_gives_up_one_by_one(kit: &Kit) {
    kit.workshop("w", 2).await;
    let first = kit.register("w", &delegate(1)).await;
    kit.register("w", &delegate(2)).await;
    let token = send_party(kit, "w", &party(&["Lê An"])).await;
    let services = &kit.services;
    let too_early = services.accept_party_offer(&token).await;
    is_conflict(too_early, Conflict::NotAllowedNow);
    kit.cancel(&first).await;
    services.accept_party_offer(&token).await.unwrap();
    services.accept_party_offer(&token).await.unwrap();
    let page = services.party(&token).await.unwrap();
    assert_eq!(page.members[0].state, Booked);
    let stranger = kit.register("w", &delegate(3)).await;
    is_not_found(services.cancel_in_party(&token, stranger.id).await);
    is_not_found(services.cancel_in_party("forged-token", stranger.id).await);
    let member = page.members[0].id;
    services.cancel_in_party(&token, member).await.unwrap();
    let page = services.party(&token).await.unwrap();
    assert_eq!(page.members[0].state, Cancelled);
    assert_eq!(kit.in_state(Offered).await[0].id, stranger.id);
}

async fn one_mailbox_and_one_phone_for_all_are_no_obstacle(kit: &Kit) {
    kit.workshop("w", 5).await;
    let mut form = party(&["Lê An", "Lê Bình", "Lê Chi"]);
    for row in &mut form.delegates {
        row.phone.clone_from(&form.contact_phone);
        row.email.clone_from(&form.contact_email);
    }
    send_party(kit, "w", &form).await;
    assert_eq!(kit.count(person::Entity).await, 3);
    assert_eq!(
        purposes(kit).await,
        ["nominated", "nominated", "nominated", "party"]
    );
}

async fn who_is_registered_already_is_left_as_is(kit: &Kit) {
    kit.workshop("w", 5).await;
    send_party(kit, "w", &party(&["Lê An", "Lê Bình"])).await;
    // Twice in one form, and again by another colleague.
    let token = send_party(kit, "w", &party(&["Lê An", "Lê Chi", "lê  chi"])).await;
    let page = kit.services.party(&token).await.unwrap();
    assert_eq!(page.members.len(), 1);
    assert_eq!(kit.count(registration::Entity).await, 3);
    let again = party(&["Lê Bình"]);
    let done = kit.services.register_party("w", &again, Lang::Vi, None);
    assert_eq!(done.await.unwrap(), RegisteringParty::Already);
}

async fn a_lost_link_to_the_group_goes_to_its_contact(kit: &Kit) {
    kit.workshop("w", 5).await;
    send_party(kit, "w", &party(&["Lê An", "Lê Bình"])).await;
    let services = &kit.services;
    for _ in 0..2 {
        services.send_lost_links("HOA@example.com").await.unwrap();
        services.send_lost_links("other@example.com").await.unwrap();
    }
    let of = async || purposes(kit).await.split_off(1);
    assert_eq!(of().await.len(), 1, "once a day");
    kit.clock.advance(chrono::Duration::days(1));
    services.send_lost_links("hoa@example.com").await.unwrap();
    assert_eq!(of().await.len(), 2);
    kit.clock.advance(chrono::Duration::days(20));
    services.send_lost_links("hoa@example.com").await.unwrap();
    assert_eq!(of().await.len(), 2, "nothing for what is over");
}

async fn one_form_sent_twice_at_once_makes_one_group(kit: &Kit) {
    kit.workshop("w", 9).await;
    let answers = kit
        .race(8, |services, _| async move {
            let form = party(&["Lê An", "Lê Bình"]);
            let key = RequestKey::new("web", "one-and-the-same", "body");
            services
                .register_party("w", &form, Lang::Vi, Some(&key))
                .await
                .unwrap()
        })
        .await;
    assert_eq!(number(&answers, |answer| *answer == answers[0]), 8);
    assert_eq!(kit.count(registration::Entity).await, 2);
    let empty = kit
        .services
        .register_party("w", &party(&[]), Lang::Vi, None)
        .await;
    assert!(
        matches!(&empty, Err(Failure::Invalid(problems))
            if problems.of("delegates.1.full_name").is_some()),
        "{empty:?}"
    );
}

async fn a_group_larger_than_the_room_is_refused_or_stands_out(kit: &Kit) {
    let view = kit.workshop("w", 4).await;
    let names = ["Lê An", "Lê Bình", "Lê Chi", "Lê Dung", "Lê Giang"];
    let services = &kit.services;
    let form = party(&names);
    let refused = services.register_party("w", &form, Lang::Vi, None).await;
    is_problem(refused, "delegates");
    assert_eq!(kit.count(registration::Entity).await, 0);
    kit.register("w", &delegate(1)).await;
    // Who stands on the list already does not count.
    let mut known = named("Lê An", "0950 000 123");
    known.establishment = "HTX Lá Biếc".to_owned();
    kit.register("w", &known).await;
    let token = send_party(kit, "w", &form).await;
    assert_eq!(kit.in_state(Waitlisted).await.len(), 4);
    let page = async || services.party(&token).await.unwrap();
    assert_eq!(page().await.too_large, None);
    let stuck = async || services.groups_beyond_room(&ORGANIZER).await.unwrap();
    assert!(stuck().await.is_empty());
    services
        .revise(&ORGANIZER, "w", &workshop_form("w", 3))
        .await
        .unwrap();
    let expected = std::collections::HashMap::from([(view.row.id, 4)]);
    assert_eq!(stuck().await, expected);
    assert_eq!(page().await.too_large, Some(4));
}
