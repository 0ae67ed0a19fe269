//! Moving and calling off, and who is told.

use crate::kit::{
    Kit, ORGANIZER, at, delegate, is_conflict, is_problem, move_form, session_at, sessions,
    workshop_form,
};
use crate::on_both;
use chrono::Duration;
use domain::{DeliveryState, Phase, RegistrationState, TellForm, WorkshopForm};
use service::Conflict;
use service::entity::{outbox, workshop_change};
use std::collections::HashSet;

on_both!(
    a_move_tells_everybody_once_and_codes_stay_valid,
    a_move_is_refused_when_the_workshop_changed_meanwhile,
    calling_off_withholds_and_tells,
    nobody_is_invited_again_to_what_was_called_off,
    every_person_is_told_of_every_session,
    a_cancellation_is_sent_once,
    people_with_a_seat_are_told_of_another_link,
    who_was_offered_a_seat_or_asks_for_one_is_told_too,
);

async fn who_was_offered_a_seat_or_asks_for_one_is_told_too(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 1).await;
    let first = kit.register("w", &delegate(0)).await;
    let offered = kit.register("w", &delegate(1)).await;
    kit.cancel(&first).await;
    let earlier = kit.now() + Duration::hours(10);
    let mut form = move_form(kit, "w", 0).await;
    let local = |at| domain::to_local(at).format("%Y-%m-%dT%H:%M").to_string();
    form.sessions[0].1.starts_at = local(earlier);
    form.sessions[0].1.ends_at = local(earlier + Duration::hours(4));
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!((preview.booked.all(), preview.waiting.all()), (0, 1));
    services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    let rows = kit.in_state(RegistrationState::Offered).await;
    assert_eq!(
        rows[0].offer_until,
        Some(earlier),
        "no offer outlasts the start"
    );
    kit.call_off("w").await;
    let mails = kit.all(outbox::Entity).await;
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.registration_id == Some(offered.id))
        .filter(|mail| !matches!(mail.purpose.as_str(), "waitlisted" | "offered"))
        .collect();
    assert_eq!(told.len(), 2, "of the move and of calling off: {told:?}");
}

async fn a_move_tells_everybody_once_and_codes_stay_valid(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 2).await;
    let first = kit.register("w", &delegate(0)).await;
    for n in 1..3 {
        kit.register("w", &delegate(n)).await;
    }
    let nothing = move_form(kit, "w", 0).await;
    is_conflict(
        services.move_workshop(&ORGANIZER, "w", &nothing).await,
        Conflict::NothingChanged,
    );
    let form = move_form(kit, "w", 7).await;
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!((preview.booked.mail, preview.booked.call), (2, 0));
    assert_eq!(preview.waiting.mail, 1);
    let closes = ("closes_at", at("2026-12-03T07:30"), at("2026-12-10T07:30"));
    assert_eq!(preview.deadlines, [closes], "what moves along is said");
    assert_eq!(
        kit.all(workshop_change::Entity).await.len(),
        0,
        "looking changes nothing"
    );
    let (after, change) = services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    assert_eq!(after.starts_at(), at("2026-12-10T07:30"));
    assert_eq!((after.row.version, after.sessions[0].sequence), (2, 1));
    assert_eq!(
        after.row.closes_at,
        at("2026-12-10T07:30"),
        "registration closes later too"
    );
    let lines = services
        .workshop_log(&ORGANIZER, after.row.id)
        .await
        .unwrap();
    let noted = lines[0].changes.iter().any(|one| one.field == "closes_at");
    assert!(noted, "{:?}", lines[0]);
    let mails = kit.all(outbox::Entity).await;
    let moved: Vec<_> = mails
        .iter()
        .filter(|mail| mail.purpose.starts_with("moved-2"))
        .collect();
    assert_eq!(moved.len(), 3);
    let invited: Vec<_> = moved
        .iter()
        .filter_map(|mail| mail.calendar.as_deref())
        .collect();
    assert_eq!(invited.len(), 2, "who waits gets no invitation");
    for calendar in invited {
        assert!(calendar.contains("METHOD:REQUEST") && calendar.contains("SEQUENCE:1"));
        assert!(calendar.contains("20261210T073000"), "{calendar}");
    }
    let subject = &preview.messages[0].subject;
    assert!(
        moved.iter().all(|mail| mail.subject == *subject),
        "as previewed"
    );
    let once = |words: &str| words.contains("Trước: ") && !words.contains("Nay: ");
    assert!(moved.iter().all(|mail| once(&mail.body_text)));
    let ticket = services.ticket(&kit.ticket(&first)).await.unwrap();
    assert_eq!(ticket.code, first.code);
    assert_eq!(ticket.changes.len(), 1);
    assert_eq!(
        ticket.changes[0].sessions[0].0.starts_at,
        at("2026-12-03T07:30")
    );
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    assert_eq!(page.told, 3);
    assert!(
        page.messages[0].zalo.contains("10/12/2026"),
        "{}",
        page.messages[0].zalo
    );
    // A change of settings raises no sequence.
    services
        .revise(&ORGANIZER, "w", &workshop_form("w", 5))
        .await
        .unwrap();
    let now = sessions(kit, "w").await;
    assert_eq!(
        (now[0].sequence, now[0].starts_at),
        (1, at("2026-12-10T07:30"))
    );
}

async fn a_move_is_refused_when_the_workshop_changed_meanwhile(kit: &Kit) {
    kit.workshop("w", 2).await;
    kit.register("w", &delegate(0)).await;
    let (one, other) = (move_form(kit, "w", 7).await, move_form(kit, "w", 8).await);
    let tries = [one, other].map(|form| {
        let services = kit.services.clone();
        tokio::spawn(async move { services.move_workshop(&ORGANIZER, "w", &form).await })
    });
    let mut moved = 0;
    for one in tries {
        match one.await.unwrap() {
            Ok(_) => moved += 1,
            Err(failure) => is_conflict(Err::<(), _>(failure), Conflict::Outdated),
        }
    }
    assert_eq!(
        (moved, kit.all(workshop_change::Entity).await.len()),
        (1, 1)
    );
}

async fn calling_off_withholds_and_tells(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 1).await;
    kit.register("w", &delegate(0)).await;
    while services.deliver_due().await.unwrap() > 0 {}
    kit.register("w", &delegate(1)).await;
    let mut form = TellForm::everybody(1);
    is_problem(services.call_off(&ORGANIZER, "w", &form).await, "note_vi");
    form.note_vi = "Hội trường ngập nước.".to_owned();
    let (after, _) = services.call_off(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!(after.phase, Phase::Cancelled);
    is_conflict(
        services
            .call_off(
                &ORGANIZER,
                "w",
                &TellForm {
                    version: "2".to_owned(),
                    ..form
                },
            )
            .await,
        Conflict::NotAllowedNow,
    );
    let mails = kit.all(outbox::Entity).await;
    let waiting = mails
        .iter()
        .find(|mail| mail.purpose == "waitlisted")
        .unwrap();
    assert_eq!(*waiting.state, DeliveryState::Withheld);
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.purpose == "cancelled-2")
        .collect();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|mail| mail.body_text.contains("ngập nước")));
    let calendars: Vec<_> = told
        .iter()
        .filter_map(|mail| mail.calendar.as_deref())
        .collect();
    assert_eq!(calendars.len(), 1, "only who was invited");
    assert!(calendars[0].contains("METHOD:CANCEL") && calendars[0].contains("STATUS:CANCELLED"));
}

async fn nobody_is_invited_again_to_what_was_called_off(kit: &Kit) {
    kit.workshop("w", 2).await;
    kit.register("w", &delegate(0)).await;
    kit.call_off("w").await;
    let mails = kit.all(outbox::Entity).await;
    let withheld = mails.iter().find(|mail| mail.purpose == "confirmation");
    let withheld = withheld.unwrap();
    assert_eq!(*withheld.state, DeliveryState::Withheld);
    let again = kit.services.send_again(&ORGANIZER, withheld.id).await;
    is_conflict(again, Conflict::NotAllowedNow);
}

async fn mails(kit: &Kit, purpose: &str) -> Vec<outbox::Model> {
    let mails = kit.all(outbox::Entity).await;
    let found = mails.into_iter();
    found
        .filter(|mail| mail.purpose.starts_with(purpose))
        .collect()
}

fn says(mail: &outbox::Model, words: &str) -> bool {
    mail.calendar
        .as_ref()
        .is_some_and(|file| file.contains(words))
}

async fn every_person_is_told_of_every_session(kit: &Kit) {
    let services = &kit.services;
    let form = workshop_form("w", 20);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    for day in [4, 5] {
        let (from, to) = (
            format!("2026-12-0{day}T07:30"),
            format!("2026-12-0{day}T11:30"),
        );
        let session = session_at("Hội trường B", &from, &to);
        services
            .add_session(&ORGANIZER, "w", &session, false)
            .await
            .unwrap();
    }
    services.publish(&ORGANIZER, "w").await.unwrap();
    for n in 0..23 {
        kit.register("w", &delegate(n)).await;
    }
    while services.deliver_due().await.unwrap() > 0 {}
    let form = move_form(kit, "w", 7).await;
    services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    kit.call_off("w").await;
    for (purpose, method) in [
        ("moved-2", "METHOD:REQUEST"),
        ("cancelled-3", "METHOD:CANCEL"),
    ] {
        let told = mails(kit, purpose).await;
        assert_eq!(told.len(), 20 * 3 + 3, "{purpose}");
        let people: HashSet<_> = told.iter().map(|mail| mail.registration_id).collect();
        assert_eq!(people.len(), 23, "{purpose}");
        let with_file: Vec<_> = told.iter().filter(|mail| says(mail, method)).collect();
        let keys: HashSet<_> = with_file.iter().map(|mail| &mail.calendar_key).collect();
        assert_eq!((with_file.len(), keys.len()), (60, 60), "{purpose}");
    }
}

async fn a_cancellation_is_sent_once(kit: &Kit) {
    kit.workshop("w", 2).await;
    let registered = kit.register("w", &delegate(0)).await;
    while kit.services.deliver_due().await.unwrap() > 0 {}
    kit.call_off("w").await;
    kit.cancel(&registered).await;
    let given_up = mails(kit, "cancelled").await;
    let cancels = given_up.iter().filter(|mail| says(mail, "METHOD:CANCEL"));
    assert_eq!((given_up.len(), cancels.count()), (2, 1));
}

async fn people_with_a_seat_are_told_of_another_link(kit: &Kit) {
    let services = &kit.services;
    let with = |link: &str| WorkshopForm {
        format: "hybrid".to_owned(),
        online_link: link.to_owned(),
        ..workshop_form("w", 1)
    };
    let (old, new) = ("https://meet.example.com/a", "https://meet.example.com/b");
    services.schedule(&ORGANIZER, &with(old)).await.unwrap();
    services.revise(&ORGANIZER, "w", &with(new)).await.unwrap();
    services.revise(&ORGANIZER, "w", &with(old)).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    let seated = kit.register("w", &delegate(0)).await;
    kit.register("w", &delegate(1)).await;
    services.revise(&ORGANIZER, "w", &with(old)).await.unwrap();
    assert!(
        mails(kit, "link-changed").await.is_empty(),
        "nothing is new"
    );
    services.revise(&ORGANIZER, "w", &with(new)).await.unwrap();
    let told = mails(kit, "link-changed").await;
    assert_eq!(told.len(), 1, "who waits has no link");
    assert_eq!(told[0].registration_id, Some(seated.id));
    assert_eq!(told[0].calendar, None);
    let body = &told[0].body_text;
    assert!(body.contains(&kit.ticket(&seated)), "{body}");
    assert!(!body.contains(new), "{body}");
    kit.clock.advance(Duration::seconds(1));
    services.revise(&ORGANIZER, "w", &with(old)).await.unwrap();
    assert_eq!(mails(kit, "link-changed").await.len(), 2, "and again");
    kit.cancel(&seated).await;
    assert!(
        mails(kit, "link-changed")
            .await
            .iter()
            .filter(|mail| mail.registration_id == Some(seated.id))
            .all(|mail| *mail.state == DeliveryState::Withheld)
    );
}
