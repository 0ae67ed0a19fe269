//! Venues and rooms: entered once, retired without a loss.

use crate::kit::{Kit, ORGANIZER, workshop_form};
use crate::on_both;
use chrono::TimeDelta;
use domain::{AccountRole, Reason, RoomForm, VenueForm};
use service::entity::{audit, venue};
use service::{Actor, Conflict, Failure};

on_both!(
    a_venue_is_entered_once_however_it_is_spelled,
    two_who_enter_the_same_make_one,
    rooms_are_offered_until_they_or_their_venue_retire,
    what_is_needed_by_a_workshop_to_come_does_not_retire,
    a_room_never_retires_under_a_copy,
    only_organisers_keep_the_register,
);

fn venue(name: &str) -> VenueForm {
    VenueForm {
        name: name.to_owned(),
        address: "Phường An Hội".to_owned(),
        directions: String::new(),
    }
}

fn room(name: &str, capacity: &str) -> RoomForm {
    RoomForm {
        name: name.to_owned(),
        capacity: capacity.to_owned(),
    }
}

fn reason(failure: Failure, field: &str) -> Option<Reason> {
    match failure {
        Failure::Invalid(problems) => problems.of(field).cloned(),
        other => panic!("{other}"),
    }
}

async fn a_venue_is_entered_once_however_it_is_spelled(kit: &Kit) {
    let services = &kit.services;
    let hotel = venue("Khách sạn Hùng Vương");
    let id = services.add_venue(&ORGANIZER, &hotel).await.unwrap();
    let again = services
        .add_venue(&ORGANIZER, &venue("KHACH SAN  hung vuong"))
        .await;
    let refused = reason(again.unwrap_err(), "venue_name");
    assert_eq!(refused, Some(Reason::NameTaken));
    let other = services.add_venue(&ORGANIZER, &venue("Trung tâm")).await;
    let other = other.unwrap();
    let renamed = services.revise_venue(&ORGANIZER, other, &hotel).await;
    assert_eq!(
        reason(renamed.unwrap_err(), "venue_name"),
        Some(Reason::NameTaken)
    );
    let same = services
        .revise_venue(&ORGANIZER, id, &venue("Khách sạn Hùng Vương 2"))
        .await;
    same.unwrap();

    let found = services.venues(&ORGANIZER, "hung vuong").await.unwrap();
    assert_eq!((found.all, found.rows.len()), (2, 1));
    assert_eq!(found.rows[0].row.name, "Khách sạn Hùng Vương 2");
    let found = services.venues(&ORGANIZER, "an hoi").await.unwrap();
    assert_eq!(found.rows.len(), 2, "found by the address");
    let deeds: Vec<_> = kit.all(audit::Entity).await;
    let deeds: Vec<&str> = deeds.iter().map(|row| row.deed.as_str()).collect();
    assert_eq!(deeds, ["add_venue", "add_venue", "revise_venue"]);
}

async fn two_who_enter_the_same_make_one(kit: &Kit) {
    let done = kit.race(4, |services, _| async move {
        let form = venue("Hội trường Sở");
        services.add_venue(&ORGANIZER, &form).await.is_ok()
    });
    let done = done.await;
    assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
    assert_eq!(kit.count(venue::Entity).await, 1);
}

async fn rooms_are_offered_until_they_or_their_venue_retire(kit: &Kit) {
    let services = &kit.services;
    let hotel = services.add_venue(&ORGANIZER, &venue("Khách sạn")).await;
    let hotel = hotel.unwrap();
    let hall = services.add_venue(&ORGANIZER, &venue("Hội trường")).await;
    let hall = hall.unwrap();
    let one = services
        .add_room(&ORGANIZER, hotel, &room("Phòng 1", "120"))
        .await;
    let one = one.unwrap();
    let big = services
        .add_room(&ORGANIZER, hall, &room("Phòng 1", "300"))
        .await;
    let big = big.unwrap();
    let twice = services
        .add_room(&ORGANIZER, hotel, &room("PHONG 1", "20"))
        .await;
    let twice = reason(twice.unwrap_err(), "room_name");
    assert_eq!(twice, Some(Reason::NameTaken));

    let offered = || async { services.rooms_to_choose(&ORGANIZER).await.unwrap() };
    let both = [
        (big, "Hội trường – Phòng 1 (300)".to_owned()),
        (one, "Khách sạn – Phòng 1 (120)".to_owned()),
    ];
    assert_eq!(offered().await, both);
    let larger = room("Phòng 1", "130");
    let foreign = services.revise_room(&ORGANIZER, hall, one, &larger).await;
    assert!(matches!(foreign, Err(Failure::NotFound)), "{foreign:?}");
    let revised = services.revise_room(&ORGANIZER, hotel, one, &larger).await;
    revised.unwrap();

    let retired = services.retire_room(&ORGANIZER, hotel, one, true).await;
    retired.unwrap();
    assert_eq!(offered().await.len(), 1);
    let view = services.venue(&ORGANIZER, hotel).await.unwrap();
    assert!(view.rooms[0].is_retired() && !view.is_retired());
    let restored = services.retire_room(&ORGANIZER, hotel, one, false).await;
    restored.unwrap();
    services
        .retire_venue(&ORGANIZER, hotel, true)
        .await
        .unwrap();
    let left: Vec<i64> = offered().await.into_iter().map(|(id, _)| id).collect();
    assert_eq!(left, [big]);
    let all = services.venues(&ORGANIZER, "").await.unwrap();
    assert!(all.rows[1].is_retired(), "kept, and last");
    services
        .retire_venue(&ORGANIZER, hotel, false)
        .await
        .unwrap();
    assert_eq!(offered().await.len(), 2);
}

async fn what_is_needed_by_a_workshop_to_come_does_not_retire(kit: &Kit) {
    let services = &kit.services;
    let hotel = services.add_venue(&ORGANIZER, &venue("Khách sạn")).await;
    let hotel = hotel.unwrap();
    let mut rooms = Vec::new();
    for name in ["Phòng 1", "Phòng 2"] {
        let form = room(name, "120");
        let made = services.add_room(&ORGANIZER, hotel, &form).await;
        rooms.push(made.unwrap());
    }
    let (used, free) = (rooms[0], rooms[1]);
    let mut form = workshop_form("w", 5);
    form.session.room = String::new();
    form.session.room_id = used.to_string();
    services.schedule(&ORGANIZER, &form).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();

    let in_use = |done: Result<(), Failure>| {
        assert!(
            matches!(done, Err(Failure::Conflict(Conflict::InUse))),
            "{done:?}"
        );
    };
    in_use(services.retire_room(&ORGANIZER, hotel, used, true).await);
    in_use(services.retire_venue(&ORGANIZER, hotel, true).await);
    let retired = services.retire_room(&ORGANIZER, hotel, free, true).await;
    retired.unwrap();
    let uses = services.uses_of_rooms(&ORGANIZER, &rooms).await.unwrap();
    let uses: Vec<(i64, &str)> = uses
        .iter()
        .map(|one| (one.room_id, one.slug.as_str()))
        .collect();
    assert_eq!(uses, [(used, "w")]);
    assert_eq!(
        kit.all(audit::Entity).await.last().unwrap().deed,
        "retire_room"
    );

    kit.call_off("w").await;
    let retired = services.retire_room(&ORGANIZER, hotel, used, true).await;
    retired.expect("a workshop that is called off needs no room");
    let back = services.retire_room(&ORGANIZER, hotel, used, false).await;
    back.unwrap();
    form.slug = "again".to_owned();
    services.schedule(&ORGANIZER, &form).await.unwrap();
    in_use(services.retire_venue(&ORGANIZER, hotel, true).await);
    kit.clock.advance(TimeDelta::days(30));
    let retired = services.retire_venue(&ORGANIZER, hotel, true).await;
    retired.expect("what was held there needs it no more");
}

/// What is copied is over, so the room may retire while the copy is made.
async fn a_room_never_retires_under_a_copy(kit: &Kit) {
    let services = &kit.services;
    let hotel = services.add_venue(&ORGANIZER, &venue("Khách sạn")).await;
    let hotel = hotel.unwrap();
    let hall = room("Phòng 1", "120");
    let used = services.add_room(&ORGANIZER, hotel, &hall).await.unwrap();
    let mut form = workshop_form("w", 5);
    form.session.room = String::new();
    form.session.room_id = used.to_string();
    services.schedule(&ORGANIZER, &form).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    kit.clock.advance(TimeDelta::days(30));
    for round in 1..=8 {
        let done = kit.race(2, move |services, n| async move {
            let day = format!("2027-02-{round:02}T08:00");
            match n {
                0 => services
                    .copy_workshop(&ORGANIZER, "w", &day, false)
                    .await
                    .is_ok(),
                _ => services
                    .retire_room(&ORGANIZER, hotel, used, true)
                    .await
                    .is_ok(),
            }
        });
        let done = done.await;
        assert!(done[0], "a copy is made in any case");
        let copies = services.workshops(&ORGANIZER).await.unwrap();
        let copy = copies.iter().max_by_key(|view| view.row.id).unwrap();
        let taken = copy.sessions[0].room_id.is_some();
        assert_ne!(taken, done[1], "in use, or retired");
        assert!(!copy.sessions[0].room.is_empty());
        if done[1] {
            let back = services.retire_room(&ORGANIZER, hotel, used, false).await;
            back.unwrap();
        } else {
            // The next round begins with a room that nothing needs.
            kit.call_off(&copy.row.slug).await;
        }
    }
}

async fn only_organisers_keep_the_register(kit: &Kit) {
    let services = &kit.services;
    for role in [AccountRole::Trainer, AccountRole::Director] {
        let actor = kit.staff(role, &[]).await;
        let made = services.add_venue(&actor, &venue("Nhà văn hóa")).await;
        assert!(matches!(made, Err(Failure::Forbidden)), "{role}");
        let read = services.rooms_to_choose(&actor).await;
        assert!(matches!(read, Err(Failure::Forbidden)), "{role}");
    }
    let nobody = services.venues(&Actor::Anonymous, "").await;
    assert!(matches!(nobody, Err(Failure::SignInNeeded)));
}
