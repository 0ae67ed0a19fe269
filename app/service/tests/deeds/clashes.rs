//! Rooms and trainers cannot be in two places at once.

use crate::kit::{
    Kit, ORGANIZER, hall, in_room, is_problem, line, sessions, teacher, workshop_form,
};
use crate::on_both;
use domain::{SessionForm, TellForm, WorkshopForm};
use service::entity::audit;

on_both!(
    a_taken_room_is_refused_unless_that_is_said,
    two_organisers_cannot_take_one_room_at_once,
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

async fn two_organisers_cannot_take_one_room_at_once(kit: &Kit) {
    let room = hall(kit, 100).await;
    let tries = (0..8).map(|n| {
        let services = kit.services.clone();
        tokio::spawn(async move {
            services
                .schedule(&ORGANIZER, &in_room(&format!("w{n}"), room, false))
                .await
                .is_ok()
        })
    });
    let mut taken = 0;
    for one in tries.collect::<Vec<_>>() {
        taken += u32::from(one.await.unwrap());
    }
    assert_eq!(taken, 1);
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
