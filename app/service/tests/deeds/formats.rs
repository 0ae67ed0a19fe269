//! How people take part, where, and what a public workshop may not lose.

use crate::kit::{
    Kit, ORGANIZER, at, delegate, hall, in_room, is_conflict, is_problem, mails, move_form,
    session_at, sessions, workshop_form,
};
use crate::on_both;
use domain::{Lang, RoomForm, SessionForm, VenueForm, WorkshopForm, WorkshopFormat};
use service::Conflict;

on_both!(
    each_session_needs_its_place_before_it_is_public,
    what_is_public_keeps_what_it_needed,
    another_way_to_take_part_is_a_move,
    two_who_edit_at_once_are_told,
    a_retired_room_is_copied_as_words,
    a_corrected_address_is_taken_over_and_told,
    mails_say_every_place_and_none_of_an_online_workshop,
    registration_ends_with_the_start_of_the_last_session_after_a_move,
);

const LINK: &str = "https://meet.example.com/a";

fn online(slug: &str) -> WorkshopForm {
    let form = workshop_form(slug, 9);
    WorkshopForm {
        format: "online".to_owned(),
        online_link: LINK.to_owned(),
        session: SessionForm {
            room: String::new(),
            ..form.session.clone()
        },
        ..form
    }
}

async fn each_session_needs_its_place_before_it_is_public(kit: &Kit) {
    let services = &kit.services;
    services.schedule(&ORGANIZER, &online("w")).await.unwrap();
    let second = session_at("", "2026-12-04T07:30", "2026-12-04T11:30");
    services
        .add_session(&ORGANIZER, "w", &second, false)
        .await
        .unwrap();
    // The form of settings has no place to fill in then.
    let in_person = WorkshopForm {
        format: "in_person".to_owned(),
        ..online("w")
    };
    let view = services.revise(&ORGANIZER, "w", &in_person).await.unwrap();
    assert!(view.missing().of("room").is_some());
    assert_eq!(view.placeless().unwrap().id, view.sessions[0].id);
    is_problem(services.publish(&ORGANIZER, "w").await, "room");
    for session in &view.sessions {
        let form = SessionForm {
            room: "Hội trường B".to_owned(),
            ..service::session_form(session)
        };
        is_problem(services.publish(&ORGANIZER, "w").await, "room");
        services
            .revise_session(&ORGANIZER, "w", session.id, &form, false)
            .await
            .unwrap();
    }
    let view = services.publish(&ORGANIZER, "w").await.unwrap();
    assert!(view.missing().is_empty());
}

async fn what_is_public_keeps_what_it_needed(kit: &Kit) {
    let services = &kit.services;
    services.schedule(&ORGANIZER, &online("w")).await.unwrap();
    let no_title = WorkshopForm {
        title_en: String::new(),
        ..online("w")
    };
    services.revise(&ORGANIZER, "w", &no_title).await.unwrap();
    services
        .revise(&ORGANIZER, "w", &online("w"))
        .await
        .unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    is_problem(
        services.revise(&ORGANIZER, "w", &no_title).await,
        "title_en",
    );
    let no_link = WorkshopForm {
        online_link: String::new(),
        ..online("w")
    };
    is_problem(
        services.revise(&ORGANIZER, "w", &no_link).await,
        "online_link",
    );
    let hybrid = WorkshopForm {
        format: "hybrid".to_owned(),
        ..online("w")
    };
    is_problem(services.revise(&ORGANIZER, "w", &hybrid).await, "format");
}

async fn another_way_to_take_part_is_a_move(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let registered = kit.register("w", &delegate(0)).await;
    let mut form = move_form(kit, "w", 0).await;
    form.format = "online".to_owned();
    is_problem(
        services.preview_move(&ORGANIZER, "w", &form).await,
        "online_link",
    );
    form.online_link = LINK.to_owned();
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    let (was, is) = &preview.sessions[0];
    let said = |one: &service::SessionSnapshot| one.said(text::Words(Lang::En));
    assert!(said(was).contains("Hội trường A"), "{}", said(was));
    assert!(
        !said(is).contains("Hội trường A") && said(is).contains("Online"),
        "{}",
        said(is)
    );
    let (after, change) = services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    assert_eq!(*after.row.format, WorkshopFormat::Online);
    assert_eq!((after.row.version, after.sessions[0].sequence), (2, 1));
    assert_eq!(after.online_link(), Some(LINK));
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    assert_eq!(page.changed.sessions, preview.sessions);
    let told = mails(kit).await.pop().unwrap();
    assert_eq!(told.registration_id, Some(registered.id));
    let file = told.calendar.unwrap().replace("\r\n ", "");
    assert!(
        file.contains("SEQUENCE:1\r\n") && file.contains("METHOD:REQUEST\r\n"),
        "{file}"
    );
    assert!(!file.contains("Hội trường A"), "{file}");
    assert!(!file.contains(LINK), "calendars are shared");
    assert_eq!(services.changes(after.row.id).await.unwrap().len(), 1);
    // The same again, and a link by itself, are no move.
    let mut again = move_form(kit, "w", 0).await;
    again.format = "online".to_owned();
    again.online_link = "https://meet.example.com/b".to_owned();
    let again = services.move_workshop(&ORGANIZER, "w", &again).await;
    is_conflict(again, Conflict::NothingChanged);
}

async fn two_who_edit_at_once_are_told(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let form = |seats: u32| WorkshopForm {
        version: view.row.version.to_string(),
        ..workshop_form("w", seats)
    };
    let first = kit.services.revise(&ORGANIZER, "w", &form(10)).await;
    assert_eq!(first.unwrap().row.version, view.row.version + 1);
    let late = kit.services.revise(&ORGANIZER, "w", &form(11)).await;
    is_conflict(late, Conflict::Outdated);
    let seen = kit.services.public_workshop("w").await.unwrap();
    assert_eq!(seen.capacity(), 10);
}

async fn a_retired_room_is_copied_as_words(kit: &Kit) {
    let services = &kit.services;
    let room = hall(kit, 50).await;
    let form = in_room("w", room, false);
    let view = services.schedule(&ORGANIZER, &form).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    kit.call_off("w").await;
    let venue = kit.all(service::entity::venue::Entity).await[0].id;
    services
        .retire_room(&ORGANIZER, venue, room, true)
        .await
        .unwrap();
    let copy = services
        .copy_workshop(&ORGANIZER, "w", "2027-01-07T08:00", false)
        .await
        .unwrap();
    let (old, new) = (&view.sessions[0], &copy.sessions[0]);
    assert_eq!((old.room_id, new.room_id), (Some(room), None));
    assert_eq!((&new.room, &new.address), (&old.room, &old.address));
}

async fn a_corrected_address_is_taken_over_and_told(kit: &Kit) {
    let services = &kit.services;
    let room = hall(kit, 50).await;
    let form = in_room("w", room, false);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    let venue = kit.all(service::entity::venue::Entity).await[0].id;
    let outdated = async || {
        let view = services.venue(&ORGANIZER, venue).await.unwrap();
        services.outdated_uses(&ORGANIZER, &view).await.unwrap()
    };
    assert_eq!(outdated().await, []);
    let corrected = VenueForm {
        name: "Khách sạn Hùng Vương".to_owned(),
        address: "148 Hùng Vương".to_owned(),
        directions: "Qua cầu, rẽ phải".to_owned(),
    };
    services
        .revise_venue(&ORGANIZER, venue, &corrected)
        .await
        .unwrap();
    let found = outdated().await;
    assert_eq!((found.len(), found[0].slug.as_str()), (1, "w"));
    let form = move_form(kit, "w", 0).await;
    let (after, _) = services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    assert_eq!(after.sessions[0].address, "148 Hùng Vương");
    assert_eq!(after.sessions[0].room_id, Some(room));
    assert_eq!(outdated().await, []);
    let directions = services.directions(&after.sessions).await.unwrap();
    assert_eq!(directions[&room], "Qua cầu, rẽ phải");
    let larger = RoomForm {
        name: "Hội trường nhỏ".to_owned(),
        capacity: "40".to_owned(),
    };
    services
        .revise_room(&ORGANIZER, venue, room, &larger)
        .await
        .unwrap();
    assert_eq!(outdated().await.len(), 1, "a room too");
}

async fn mails_say_every_place_and_none_of_an_online_workshop(kit: &Kit) {
    let services = &kit.services;
    let form = workshop_form("two", 9);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let next = session_at("Xưởng", "2026-12-03T13:30", "2026-12-03T16:30");
    services
        .add_session(&ORGANIZER, "two", &next, false)
        .await
        .unwrap();
    services.publish(&ORGANIZER, "two").await.unwrap();
    let mut form = online("online");
    form.session.starts_at = "2026-12-05T07:30".to_owned();
    form.session.ends_at = "2026-12-05T11:30".to_owned();
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let view = services.publish(&ORGANIZER, "online").await.unwrap();
    assert_eq!(view.places(Lang::Vi), [view.room_said(Lang::Vi)]);
    kit.register("two", &delegate(0)).await;
    kit.register("online", &delegate(0)).await;
    let bodies: Vec<String> = mails(kit)
        .await
        .into_iter()
        .map(|mail| mail.body_text)
        .collect();
    assert!(bodies[0].contains("Hội trường A; Xưởng"), "{}", bodies[0]);
    let where_to = view.room_said(Lang::Vi);
    assert!(!where_to.is_empty());
    let last = bodies.last().unwrap();
    assert!(last.contains(&where_to), "{last}");
    assert!(!last.contains("Khi đến"), "nobody arrives: {last}");
    let at_home = "Liên kết ở trang đăng ký";
    assert!(last.contains(at_home) && !last.contains(LINK), "{last}");
    assert!(!bodies[0].contains(at_home), "{}", bodies[0]);
}

async fn registration_ends_with_the_start_of_the_last_session_after_a_move(kit: &Kit) {
    let services = &kit.services;
    let form = workshop_form("w", 9);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let next = session_at("Xưởng", "2026-12-05T13:30", "2026-12-05T16:30");
    services
        .add_session(&ORGANIZER, "w", &next, false)
        .await
        .unwrap();
    let late = |closes_at: &str| WorkshopForm {
        closes_at: closes_at.to_owned(),
        ..workshop_form("w", 9)
    };
    let after = services
        .revise(&ORGANIZER, "w", &late("2026-12-05T13:31"))
        .await;
    is_problem(after, "closes_at");
    let last = late("2026-12-05T13:30");
    services.revise(&ORGANIZER, "w", &last).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    let mut form = move_form(kit, "w", 0).await;
    form.sessions[1].1.starts_at = "2026-12-04T13:30".to_owned();
    form.sessions[1].1.ends_at = "2026-12-04T16:30".to_owned();
    let (after, _) = services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    assert_eq!(after.row.closes_at, at("2026-12-04T13:30"));
    assert_eq!(sessions(kit, "w").await.len(), 2);
}
