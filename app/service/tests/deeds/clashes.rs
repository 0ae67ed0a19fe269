//! Rooms and trainers cannot be in two places at once.

use crate::kit::{
    Kit, ORGANIZER, hall, in_room, is_problem, line, number, session_at, sessions, teacher,
    workshop_form,
};
use crate::on_both;
use domain::{SessionForm, TellForm, WorkshopForm};
use service::entity::{audit, session};
use std::sync::Arc;
use tokio::sync::Barrier;

on_both!(
    a_taken_room_is_refused_unless_that_is_said,
    two_organisers_cannot_take_one_room_at_once,
    a_deed_that_looks_before_it_locks_takes_a_room_twice_in_this_harness,
    a_trainer_speaks_at_one_place_at_a_time,
);

async fn a_taken_room_is_refused_unless_that_is_said(kit: &Kit) {
    let services = &kit.services;
    let room = hall(kit, 100).await;
    services
        .schedule(&ORGANIZER, &in_room("a", room, false))
        .await
        .unwrap();
    is_problem(
        services
            .schedule(&ORGANIZER, &in_room("b", room, false))
            .await,
        "room_id",
    );
    let later = |from: &str, to: &str| WorkshopForm {
        session: SessionForm {
            starts_at: from.to_owned(),
            ends_at: to.to_owned(),
            ..in_room("b", room, false).session
        },
        ..in_room("b", room, false)
    };
    // It begins as the other ends.
    services
        .schedule(&ORGANIZER, &later("2026-12-03T11:30", "2026-12-03T12:30"))
        .await
        .unwrap();
    is_problem(
        services
            .revise(
                &ORGANIZER,
                "b",
                &later("2026-12-03T11:29", "2026-12-03T12:30"),
            )
            .await,
        "room_id",
    );
    services
        .schedule(&ORGANIZER, &in_room("c", room, true))
        .await
        .unwrap();
    let log = kit.all(audit::Entity).await;
    let overridden: Vec<_> = log
        .iter()
        .filter(|row| row.deed == "override_clash")
        .collect();
    assert_eq!(overridden.len(), 1);
    assert!(overridden[0].after.as_deref().unwrap().contains("\"a\""));
    // What is called off needs no room.
    for slug in ["a", "c"] {
        let mut form = TellForm::everybody(1);
        form.note_vi = "Mưa bão".to_owned();
        services.call_off(&ORGANIZER, slug, &form).await.unwrap();
    }
    services
        .schedule(&ORGANIZER, &in_room("d", room, false))
        .await
        .unwrap();
}

/// Drafts that can take a session in the same room at the same time, and the
/// session. Each is locked for itself, so that the schedule alone is in the way.
async fn rivals(kit: &Kit) -> (Vec<String>, SessionForm) {
    let room = hall(kit, 100).await;
    let slugs: Vec<String> = (0..RIVALS).map(|n| format!("w{n}")).collect();
    for slug in &slugs {
        let form = workshop_form(slug, 40);
        kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    }
    let session = session_at("", "2026-12-04T07:30", "2026-12-04T11:30");
    let room_id = room.to_string();
    (slugs, SessionForm { room_id, ..session })
}

const RIVALS: usize = 8;

async fn rooms_taken(kit: &Kit, form: &SessionForm) -> usize {
    let all = kit.all(session::Entity).await;
    number(&all, |row| {
        row.room_id.map(|id| id.to_string()).as_ref() == Some(&form.room_id)
    })
}

async fn two_organisers_cannot_take_one_room_at_once(kit: &Kit) {
    let (slugs, form) = rivals(kit).await;
    let wanted = form.clone();
    let taken = kit
        .race(RIVALS, move |services, n| {
            let (slug, form) = (slugs[n].clone(), wanted.clone());
            async move {
                let added = services.add_session(&ORGANIZER, &slug, &form, false).await;
                if added.is_err() {
                    is_problem(added, "room_id");
                    return 0;
                }
                1
            }
        })
        .await;
    assert_eq!(taken.iter().sum::<usize>(), 1);
    assert_eq!(rooms_taken(kit, &form).await, 1);
}

/// The negative control: looking outside the lock books the room twice. All look before the
/// first of them books, so that it shows however the threads are run.
async fn a_deed_that_looks_before_it_locks_takes_a_room_twice_in_this_harness(kit: &Kit) {
    let (slugs, form) = rivals(kit).await;
    let wanted = form.clone();
    let looked = Arc::new(Barrier::new(RIVALS));
    kit.race(RIVALS, move |services, n| {
        let (slug, form, looked) = (slugs[n].clone(), wanted.clone(), looked.clone());
        async move {
            let wanted = [(form.check(true).unwrap(), None)];
            let clashes = services.clashes_with(&ORGANIZER, None, &wanted).await;
            looked.wait().await;
            if clashes.unwrap().is_empty() {
                let added = services.add_session(&ORGANIZER, &slug, &form, true).await;
                added.unwrap();
            }
        }
    })
    .await;
    assert!(
        rooms_taken(kit, &form).await > 1,
        "the harness cannot see a room taken twice"
    );
}

async fn a_trainer_speaks_at_one_place_at_a_time(kit: &Kit) {
    let services = &kit.services;
    let trainer = teacher(kit, "Lê Thị Sạch", None).await;
    for slug in ["a", "b"] {
        services
            .schedule(&ORGANIZER, &workshop_form(slug, 40))
            .await
            .unwrap();
    }
    let [a, b] = [
        sessions(kit, "a").await[0].id,
        sessions(kit, "b").await[0].id,
    ];
    let rows = [line("08:00", "09:00", "Nước", Some(trainer))];
    services
        .save_agenda(&ORGANIZER, "a", a, &rows, false)
        .await
        .unwrap();
    // Saving the same agenda again is no clash with itself.
    services
        .save_agenda(&ORGANIZER, "a", a, &rows, false)
        .await
        .unwrap();
    is_problem(
        services.save_agenda(&ORGANIZER, "b", b, &rows, false).await,
        "trainer_id",
    );
    services
        .save_agenda(&ORGANIZER, "b", b, &rows, true)
        .await
        .unwrap();
}
