//! What registrants do on their own page.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, is_not_found, is_problem, mails, named};
use crate::on_both;
use chrono::Duration;
use domain::{
    Consents, DelegateRow, Lang, Purpose, RegistrationSource,
    RegistrationState::{Booked, Substituted},
};
use service::entity::{audit, consent, outbox, person, registration};
use service::{Conflict, ContactForm, Failure, ScanRequest};

on_both!(
    contacts_are_changed_and_stay_out_of_the_log,
    an_emptied_phone_stays_known_to_other_workshops,
    consents_are_withdrawn_and_given_with_proof,
    somebody_else_goes_instead,
    nobody_is_substituted_by_somebody_registered_or_after_coming,
    a_substitute_is_named_once_when_two_are_named_at_once,
    lost_links_go_to_the_contact_on_file_once_a_day,
    asking_for_a_link_looks_nothing_up,
);

async fn contacts_are_changed_and_stay_out_of_the_log(kit: &Kit) {
    kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let (services, ticket) = (&kit.services, kit.ticket(&one));
    let wrong = contact("12", "@");
    is_problem(services.change_contact(&ticket, &wrong).await, "phone");
    let new = contact("0120 345 6789", "MOI@example.com");
    services.change_contact(&ticket, &new).await.unwrap();
    let page = services.ticket(&ticket).await.unwrap();
    assert_eq!(page.phone.as_deref(), Some("+84703456789"));
    assert_eq!(
        page.email.as_deref().map(str::to_lowercase).as_deref(),
        Some("moi@example.com")
    );
    let mut nothing = contact("", "");
    let asked = services.change_contact(&ticket, &nothing).await;
    is_problem(asked, "unreachable");
    let kept = services.ticket(&ticket).await.unwrap();
    assert!(kept.phone.is_some() && kept.email.is_some());
    nothing.unreachable = true;
    services.change_contact(&ticket, &nothing).await.unwrap();
    // Nobody is asked twice.
    nothing.unreachable = false;
    services.change_contact(&ticket, &nothing).await.unwrap();
    let page = services.ticket(&ticket).await.unwrap();
    assert_eq!((page.phone, page.email), (None, None));
    let log = kit.all(audit::Entity).await;
    let said = format!("{log:?}");
    assert!(
        !said.contains("703456789") && !said.to_lowercase().contains("moi@"),
        "{said}"
    );
    is_not_found(services.change_contact("A-b", &nothing).await);
}

fn contact(phone: &str, email: &str) -> ContactForm {
    ContactForm {
        phone: phone.to_owned(),
        email: email.to_owned(),
        unreachable: false,
    }
}

async fn an_emptied_phone_stays_known_to_other_workshops(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.workshop("v", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let (services, ticket) = (&kit.services, kit.ticket(&one));
    let page = async || services.ticket(&ticket).await.unwrap();
    let known = page().await;
    kit.register("v", &delegate(1)).await;
    // The mailbox is of this registration, the phone of the person.
    services
        .change_contact(&ticket, &contact("", ""))
        .await
        .unwrap();
    assert_eq!(
        (page().await.phone, page().await.email),
        (known.phone, None)
    );
    let person = kit.all(person::Entity).await.remove(0);
    assert_eq!(person.email, known.email, "the other one's mail is known");
    let new = contact("0950000777", "");
    services.change_contact(&ticket, &new).await.unwrap();
    assert_eq!(page().await.phone.as_deref(), Some("+84950000777"));
    // An organiser's word counts for all of them.
    let nothing = ContactForm::default();
    let edit = services.edit_contact(&ORGANIZER, "w", one.id, &nothing);
    is_problem(edit.await, "unreachable");
    let meant = ContactForm {
        unreachable: true,
        ..nothing
    };
    let edit = services.edit_contact(&ORGANIZER, "w", one.id, &meant);
    edit.await.unwrap();
    assert_eq!(page().await.phone, None);
}

async fn consents_are_withdrawn_and_given_with_proof(kit: &Kit) {
    kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let (services, ticket) = (&kit.services, kit.ticket(&one));
    kit.clock.advance(Duration::hours(1));
    let fewer = Consents {
        reporting: true,
        ..Consents::default()
    };
    services.set_consents(&ticket, fewer).await.unwrap();
    services.set_consents(&ticket, fewer).await.unwrap();
    assert_eq!(services.ticket(&ticket).await.unwrap().consents, fewer);
    let withdrawn: Vec<_> = kit
        .all(consent::Entity)
        .await
        .into_iter()
        .filter(|row| row.withdrawn_at == Some(kit.now()))
        .map(|row| *row.purpose)
        .collect();
    assert_eq!(withdrawn, [Purpose::Materials, Purpose::Invitations]);
    let log = kit.all(audit::Entity).await;
    let lines = log.iter().filter(|line| line.deed == "withdraw_consent");
    assert_eq!(lines.count(), 2, "what does not change is not written");
    kit.clock.advance(Duration::hours(1));
    let more = Consents {
        materials: true,
        ..fewer
    };
    services.set_consents(&ticket, more).await.unwrap();
    assert_eq!(services.ticket(&ticket).await.unwrap().consents, more);
    let rows = kit.all(consent::Entity).await;
    let again = rows.iter().find(|row| *row.purpose == Purpose::Materials);
    assert_eq!(again.unwrap().given_at, kit.now());
}

async fn substitute(kit: &Kit, ticket: &str, form: &DelegateRow) -> Result<String, Failure> {
    kit.services.substitute(ticket, form, Lang::Vi).await
}

fn instead(name: &str) -> DelegateRow {
    DelegateRow {
        full_name: name.to_owned(),
        role: "foreman".to_owned(),
        phone: "0950 000 333".to_owned(),
        email: "thay@example.com".to_owned(),
    }
}

async fn somebody_else_goes_instead(kit: &Kit) {
    kit.workshop("w", 1).await;
    let holder = kit.register("w", &delegate(1)).await;
    let waiting = kit.register("w", &delegate(2)).await;
    let services = &kit.services;
    let token = services
        .substitute(&kit.ticket(&holder), &instead("Lê Thay"), Lang::Vi)
        .await
        .unwrap();
    let page = services.ticket(&token).await.unwrap();
    assert_eq!((page.full_name.as_str(), page.state), ("Lê Thay", Booked));
    assert_eq!(page.consents, Consents::default(), "asked in person");
    let passed_on = services.ticket(&kit.ticket(&holder)).await.unwrap();
    let (name, address) = passed_on.passed_on.unwrap();
    assert_eq!(name, "Lê Thay");
    assert!(address.ends_with(&token), "the holder passes it on");
    let rows = kit.all(registration::Entity).await;
    let old = rows.iter().find(|row| row.id == holder.id).unwrap();
    let new = rows
        .iter()
        .find(|row| Some(row.id) == old.substitute_id)
        .unwrap();
    assert_eq!(
        (*old.state, *new.source),
        (Substituted, RegistrationSource::Substitute)
    );
    assert_eq!(old.establishment_id, new.establishment_id);
    let waits = services.ticket(&kit.ticket(&waiting)).await.unwrap();
    assert_eq!(waits.position, Some(1), "the seat passes on, whoever waits");
    let mails = mails(kit).await;
    let purposes: Vec<_> = mails.iter().map(|mail| mail.purpose.as_str()).collect();
    assert_eq!(
        purposes,
        ["confirmation", "waitlisted", "substituted", "nominated"]
    );
    // The old code is of no use, and the waiting have no seat to pass on.
    let again = substitute(kit, &kit.ticket(&holder), &instead("Lê Khác")).await;
    is_conflict(again, Conflict::NotAllowedNow);
    let waits = substitute(kit, &kit.ticket(&waiting), &instead("Lê Khác")).await;
    is_conflict(waits, Conflict::NotAllowedNow);
}

async fn nobody_is_substituted_by_somebody_registered_or_after_coming(kit: &Kit) {
    kit.workshop("w", 3).await;
    let holder = kit.register("w", &delegate(1)).await;
    kit.register("w", &named("Lê Thay", "0950 000 333")).await;
    let (services, ticket) = (&kit.services, kit.ticket(&holder));
    let twice = substitute(kit, &ticket, &instead("Lê Thay")).await;
    is_problem(twice, "full_name");
    let empty = substitute(kit, &ticket, &DelegateRow::default()).await;
    is_problem(empty, "full_name");
    let session = services.door(&ORGANIZER, "w").await.unwrap().session.id;
    let scan = ScanRequest {
        code: holder.code.clone(),
        session,
        nonce: "n".to_owned(),
        at: None,
    };
    services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    let came = substitute(kit, &ticket, &instead("Lê Khác")).await;
    is_conflict(came, Conflict::NotAllowedNow);
    assert!(!services.ticket(&ticket).await.unwrap().can_substitute);
}

async fn a_substitute_is_named_once_when_two_are_named_at_once(kit: &Kit) {
    kit.workshop("w", 1).await;
    let holder = kit.register("w", &delegate(1)).await;
    let ticket = kit.ticket(&holder);
    let answers = kit
        .race(6, move |services, n| {
            let ticket = ticket.clone();
            async move {
                let form = instead(&format!("Lê Thay {}", ["A", "B", "C", "D", "E", "G"][n]));
                services.substitute(&ticket, &form, Lang::Vi).await.is_ok()
            }
        })
        .await;
    assert_eq!(crate::kit::number(&answers, |done| *done), 1);
    assert_eq!(kit.in_state(Booked).await.len(), 1);
}

async fn lost_links_go_to_the_contact_on_file_once_a_day(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.workshop("v", 5).await;
    let mut forms = [delegate(1), delegate(2)];
    for form in &mut forms {
        form.email = "chung@example.com".to_owned();
        kit.register("w", form).await;
    }
    kit.register("v", &forms[0]).await;
    let services = &kit.services;
    is_problem(services.send_lost_links("chung").await, "email");
    let sent = async || {
        let mails = kit.all(outbox::Entity).await;
        mails
            .iter()
            .filter(|mail| mail.purpose.starts_with("lost-link"))
            .map(|mail| mail.to_address.clone())
            .collect::<Vec<_>>()
    };
    for address in [
        "nobody@example.com",
        "Chung@example.com",
        "chung@example.com",
    ] {
        services.send_lost_links(address).await.unwrap();
    }
    assert_eq!(
        sent().await,
        ["chung@example.com"; 3],
        "one for each registration"
    );
    let mails = kit.all(outbox::Entity).await;
    let alarms = |mail: &outbox::Model| mail.body_text.contains("vừa đăng ký");
    assert!(!mails.iter().any(alarms), "they asked themselves");
    kit.clock.advance(Duration::hours(25));
    services.send_lost_links("chung@example.com").await.unwrap();
    assert_eq!(sent().await.len(), 6);
    kit.clock.advance(Duration::days(20));
    services.send_lost_links("chung@example.com").await.unwrap();
    assert_eq!(sent().await.len(), 6, "nothing for what is over");
    assert_eq!(kit.count(person::Entity).await, 2);
}

async fn asking_for_a_link_looks_nothing_up(kit: &Kit) {
    kit.workshop("w", 5).await;
    let mut one = delegate(1);
    one.email = "chung@example.com".to_owned();
    kit.register("w", &one).await;
    let services = &kit.services;
    is_problem(services.ask_for_lost_links("chung"), "email");
    for _ in 0..2 {
        for address in ["Chung@example.com", "khac@example.com"] {
            services.ask_for_lost_links(address).unwrap();
        }
    }
    assert_eq!(kit.count(outbox::Entity).await, 1, "the worker does it");
    assert_eq!(services.send_asked_links().await.unwrap(), 2);
    assert_eq!(kit.count(outbox::Entity).await, 2);
    assert_eq!(services.send_asked_links().await.unwrap(), 0);
}
