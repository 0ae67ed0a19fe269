//! What lies in the past is recorded, never planned by mistake; and all that
//! is wrong with a form is said at once.

use crate::kit::{Kit, ORGANIZER, delegate, move_form, workshop_form};
use crate::on_both;
use domain::{Allowing, Problems, Reason, SessionForm, WorkshopForm};
use service::Failure;

on_both!(
    a_past_workshop_is_recorded_when_it_is_said_to_be_held,
    a_session_of_a_draft_goes_into_the_past_only_when_it_was_held,
    a_copy_goes_into_the_past_only_when_it_was_held,
    what_is_published_does_not_move_into_the_past,
    settings_say_seats_and_fields_in_one_round,
);

async fn what_is_published_does_not_move_into_the_past(kit: &Kit) {
    let view = kit.workshop("w", 5).await;
    let back = (view.starts_at() - kit.now()).num_days() + 1;
    let form = move_form(kit, "w", -back).await;
    let found = problems(kit.services.move_workshop(&ORGANIZER, "w", &form).await);
    assert_eq!(found.of("starts_at-0"), Some(&Reason::InThePast));
    let after = kit.services.public_workshop("w").await.unwrap();
    assert_eq!(after.starts_at(), view.starts_at());
}

const HELD: Allowing = Allowing {
    clash: false,
    already_held: true,
};

fn problems(result: Result<impl std::fmt::Debug, Failure>) -> Problems {
    match result.unwrap_err() {
        Failure::Invalid(problems) => problems,
        other => panic!("{other}"),
    }
}

fn in_the_past(result: Result<impl std::fmt::Debug, Failure>) {
    let found = problems(result);
    assert_eq!(found.of("starts_at"), Some(&Reason::InThePast));
    assert_eq!(found.0.len(), 1, "{found:?}");
}

fn session(day: &str) -> SessionForm {
    SessionForm {
        room: "Hội trường B".to_owned(),
        starts_at: format!("{day}T13:30"),
        ends_at: format!("{day}T16:30"),
        ..SessionForm::default()
    }
}

async fn a_past_workshop_is_recorded_when_it_is_said_to_be_held(kit: &Kit) {
    let services = &kit.services;
    let past = WorkshopForm {
        session: session("2026-11-20"),
        ..workshop_form("w", 5)
    };
    in_the_past(services.schedule(&ORGANIZER, &past).await);
    let held = WorkshopForm {
        already_held: true,
        ..past.clone()
    };
    let made = services.schedule(&ORGANIZER, &held).await.unwrap();
    assert!(made.starts_at() < kit.now());
    // Its other settings can be changed; it needs no second saying.
    let renamed = WorkshopForm {
        title_vi: "Tên khác".to_owned(),
        ..past.clone()
    };
    services.revise(&ORGANIZER, "w", &renamed).await.unwrap();
    let earlier = WorkshopForm {
        session: session("2026-11-19"),
        ..past
    };
    in_the_past(services.revise(&ORGANIZER, "w", &earlier).await);
}

async fn a_session_of_a_draft_goes_into_the_past_only_when_it_was_held(kit: &Kit) {
    let services = &kit.services;
    let form = workshop_form("w", 5);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let past = session("2026-11-20");
    in_the_past(services.add_session(&ORGANIZER, "w", &past, false).await);
    services
        .add_session(&ORGANIZER, "w", &past, HELD)
        .await
        .unwrap();
    let found = services.staff_workshop(&ORGANIZER, domain::Act::ManageWorkshops, "w");
    let id = found.await.unwrap().sessions[0].id;
    let elsewhere = SessionForm {
        room: "Hội trường C".to_owned(),
        ..past
    };
    services
        .revise_session(&ORGANIZER, "w", id, &elsewhere, false)
        .await
        .unwrap();
    let earlier = session("2026-11-19");
    let moved = services.revise_session(&ORGANIZER, "w", id, &earlier, false);
    in_the_past(moved.await);
}

async fn a_copy_goes_into_the_past_only_when_it_was_held(kit: &Kit) {
    let services = &kit.services;
    let form = workshop_form("w", 5);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let copied = services.copy_workshop(&ORGANIZER, "w", "2026-11-20T07:30", false);
    in_the_past(copied.await);
    let copied = services.copy_workshop(&ORGANIZER, "w", "2026-11-20T07:30", HELD);
    assert!(copied.await.unwrap().starts_at() < kit.now());
}

async fn settings_say_seats_and_fields_in_one_round(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 3).await;
    for n in 1..=3 {
        kit.register("w", &delegate(n)).await;
    }
    let wrong = WorkshopForm {
        title_vi: String::new(),
        capacity: "2".to_owned(),
        contact_phone: "12".to_owned(),
        ..workshop_form("w", 3)
    };
    let found = problems(services.revise(&ORGANIZER, "w", &wrong).await);
    let fields: Vec<&str> = found.0.iter().map(|one| one.field.as_ref()).collect();
    assert_eq!(fields, ["title_vi", "contact_phone", "capacity"]);
    assert_eq!(found.of("capacity"), Some(&Reason::FewerThanBooked(3)));
}
