//! Sessions, agendas, clashes, copies, moves, calling off, minimums, closing.

use crate::kit::{Kit, ORGANIZER, delegate, named, workshop_form};
use crate::on_both;
use chrono::{DateTime, Duration, Utc};
use domain::{
    AgendaRow, DeliveryState, MoveForm, Phase, RegistrationState, SessionForm, TeachForm, TellForm,
    WorkshopForm, parse_local,
};
use sea_orm::ActiveModelTrait;
use sea_orm::{EntityTrait, IntoActiveModel, Set};
use service::entity::{
    Code, agenda_item, audit, call, outbox, room, session, trainer, venue, workshop,
    workshop_change,
};
use service::{Conflict, Failure, session_form};

on_both!(
    a_draft_gets_sessions_in_order_and_loses_them,
    an_agenda_is_kept_and_replaced,
    a_session_of_a_draft_takes_its_agenda_and_trainers_along,
    a_taken_room_is_refused_unless_that_is_said,
    two_organisers_cannot_take_one_room_at_once,
    a_trainer_speaks_at_one_place_at_a_time,
    a_copy_is_a_draft_with_the_same_distances,
    a_move_tells_everybody_once_and_codes_stay_valid,
    a_move_is_refused_when_the_workshop_changed_meanwhile,
    calling_off_withholds_and_tells,
    nobody_is_invited_again_to_what_was_called_off,
    whoever_has_no_working_address_is_called,
    a_missed_minimum_is_told_once_and_decided,
    closed_figures_stay_as_they_are,
    fewer_seats_than_people_are_refused_with_the_number,
    the_rule_of_giving_up_holds,
);

fn at(typed: &str) -> DateTime<Utc> {
    parse_local(typed).unwrap()
}

fn session_at(room: &str, from: &str, to: &str) -> SessionForm {
    SessionForm {
        room: room.to_owned(),
        starts_at: from.to_owned(),
        ends_at: to.to_owned(),
        ..SessionForm::default()
    }
}

async fn insert<A>(kit: &Kit, row: A) -> <A::Entity as EntityTrait>::Model
where
    A: ActiveModelTrait + sea_orm::ActiveModelBehavior + Send + Clone + Sync,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A> + Send,
{
    let db = kit.services.db();
    db.write(|tx| {
        let row = row.clone();
        async move { Ok(row.insert(&*tx).await?) }
    })
    .await
    .unwrap()
}

async fn hall(kit: &Kit, seats: i64) -> i64 {
    let venue = insert(
        kit,
        venue::ActiveModel {
            name: Set("Khách sạn Hùng Vương".to_owned()),
            folded: Set("khach san hung vuong".to_owned()),
            address: Set("Đường Hùng Vương".to_owned()),
            directions: Set(String::new()),
            is_demo: Set(false),
            created_at: Set(kit.now()),
            retired_at: Set(None),
            ..Default::default()
        },
    )
    .await;
    let room = room::ActiveModel {
        venue_id: Set(venue.id),
        name: Set("Hội trường lớn".to_owned()),
        capacity: Set(seats),
        retired_at: Set(None),
        ..Default::default()
    };
    insert(kit, room).await.id
}

async fn teacher(kit: &Kit, name: &str) -> i64 {
    let row = trainer::ActiveModel {
        full_name: Set(name.to_owned()),
        folded: Set(domain::fold(name)),
        affiliation: Set("Viện Môi trường".to_owned()),
        fields: Set(String::new()),
        phone: Set(None),
        email: Set(None),
        account_id: Set(None),
        is_demo: Set(false),
        created_at: Set(kit.now()),
        retired_at: Set(None),
        ..Default::default()
    };
    insert(kit, row).await.id
}

fn in_room(slug: &str, room_id: i64, allow_clash: bool) -> WorkshopForm {
    let form = workshop_form(slug, 40);
    WorkshopForm {
        session: SessionForm {
            room_id: room_id.to_string(),
            ..form.session.clone()
        },
        allow_clash,
        ..form
    }
}

fn line(from: &str, to: &str, title: &str, trainer: Option<i64>) -> AgendaRow {
    AgendaRow {
        from: from.to_owned(),
        to: to.to_owned(),
        title_vi: title.to_owned(),
        title_en: String::new(),
        trainer_id: trainer.map(|id| id.to_string()).unwrap_or_default(),
    }
}

async fn sessions(kit: &Kit, slug: &str) -> Vec<session::Model> {
    let found = kit
        .services
        .staff_workshop(&ORGANIZER, domain::Act::ManageWorkshops, slug);
    found.await.unwrap().sessions
}

fn is_problem(result: Result<impl std::fmt::Debug, Failure>, field: &str) {
    assert!(
        matches!(&result, Err(Failure::Invalid(problems)) if problems.of(field).is_some()),
        "{result:?}"
    );
}

fn is_conflict(result: Result<impl std::fmt::Debug, Failure>, conflict: Conflict) {
    assert!(
        matches!(&result, Err(Failure::Conflict(found)) if *found == conflict),
        "{result:?}"
    );
}

async fn a_draft_gets_sessions_in_order_and_loses_them(kit: &Kit) {
    let services = &kit.services;
    services
        .schedule(&ORGANIZER, &workshop_form("w", 40))
        .await
        .unwrap();
    let afternoon = session_at("Hội trường B", "2026-12-03T13:30", "2026-12-03T16:30");
    services
        .add_session(&ORGANIZER, "w", &afternoon, false)
        .await
        .unwrap();
    let before = session_at("Hội trường C", "2026-12-02T13:30", "2026-12-02T16:30");
    services
        .add_session(&ORGANIZER, "w", &before, false)
        .await
        .unwrap();
    let rooms: Vec<_> = sessions(kit, "w")
        .await
        .into_iter()
        .map(|s| (s.position, s.room))
        .collect();
    assert_eq!(rooms[0], (1, "Hội trường C".to_owned()));
    assert_eq!(rooms[2], (3, "Hội trường B".to_owned()));
    let overlapping = session_at("Khác", "2026-12-03T16:00", "2026-12-03T17:00");
    is_problem(
        services
            .add_session(&ORGANIZER, "w", &overlapping, true)
            .await,
        "starts_at",
    );
    let first = sessions(kit, "w").await[0].id;
    services
        .remove_session(&ORGANIZER, "w", first)
        .await
        .unwrap();
    assert_eq!(sessions(kit, "w").await.len(), 2);
    services.publish(&ORGANIZER, "w").await.unwrap();
    is_conflict(
        services.add_session(&ORGANIZER, "w", &before, false).await,
        Conflict::NotAllowedNow,
    );
}

async fn an_agenda_is_kept_and_replaced(kit: &Kit) {
    let services = &kit.services;
    services
        .schedule(&ORGANIZER, &workshop_form("w", 40))
        .await
        .unwrap();
    let id = sessions(kit, "w").await[0].id;
    let trainer = teacher(kit, "Lê Thị Sạch").await;
    let rows = [
        line("09:00", "11:00", "Thực hành", None),
        AgendaRow::default(),
        line("07:30", "09:00", "Khai mạc", Some(trainer)),
    ];
    services
        .save_agenda(&ORGANIZER, "w", id, &rows, false)
        .await
        .unwrap();
    let agendas = services.agendas(&sessions(kit, "w").await).await.unwrap();
    let titles: Vec<_> = agendas[&id]
        .iter()
        .map(|item| item.title_vi.as_str())
        .collect();
    assert_eq!(titles, ["Khai mạc", "Thực hành"]);
    assert_eq!(agendas[&id][0].trainer.as_ref().unwrap().1, "Lê Thị Sạch");
    is_problem(
        services
            .save_agenda(
                &ORGANIZER,
                "w",
                id,
                &[line("06:00", "07:00", "Sớm", None)],
                false,
            )
            .await,
        "from-0",
    );
    is_problem(
        services
            .save_agenda(
                &ORGANIZER,
                "w",
                id,
                &[line("08:00", "09:00", "Ai", Some(999))],
                false,
            )
            .await,
        "trainer_id",
    );
    services
        .save_agenda(&ORGANIZER, "w", id, &[], false)
        .await
        .unwrap();
    assert!(kit.all(agenda_item::Entity).await.is_empty());
}

async fn a_session_of_a_draft_takes_its_agenda_and_trainers_along(kit: &Kit) {
    let services = &kit.services;
    let view = services
        .schedule(&ORGANIZER, &workshop_form("w", 40))
        .await
        .unwrap();
    let id = view.sessions[0].id;
    let trainer = teacher(kit, "Lê Thị Sạch").await;
    let db = kit.services.db();
    db.write(|tx| async move {
        let found = trainer::Entity::find_by_id(trainer).one(&*tx).await?;
        let mut row = found.unwrap().into_active_model();
        row.email = Set(Some("sach@example.com".to_owned()));
        Ok(row.update(&*tx).await?)
    })
    .await
    .unwrap();
    let rows = [line("08:00", "09:00", "Nước", Some(trainer))];
    services
        .save_agenda(&ORGANIZER, "w", id, &rows, false)
        .await
        .unwrap();
    let form = TeachForm {
        session: id.to_string(),
        trainer_id: trainer.to_string(),
        ..TeachForm::default()
    };
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    let later = SessionForm {
        starts_at: "2026-12-04T08:30".to_owned(),
        ends_at: "2026-12-04T12:30".to_owned(),
        ..view.first_session_form()
    };
    for _ in 0..2 {
        services
            .revise_session(&ORGANIZER, "w", id, &later, false)
            .await
            .unwrap();
    }
    let now = sessions(kit, "w").await;
    assert_eq!(now[0].sequence, 1, "the same again raises nothing");
    let agendas = services.agendas(&now).await.unwrap();
    assert_eq!(agendas[&id][0].starts_at, at("2026-12-04T09:00"));
    let afternoon = session_at("Hội trường B", "2026-12-05T13:30", "2026-12-05T16:30");
    services
        .add_session(&ORGANIZER, "w", &afternoon, false)
        .await
        .unwrap();
    services.remove_session(&ORGANIZER, "w", id).await.unwrap();
    let mails = kit.all(outbox::Entity).await;
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to_address == "sach@example.com")
        .filter_map(|mail| mail.calendar.as_deref())
        .map(|calendar| {
            (
                calendar.contains("METHOD:REQUEST"),
                calendar.contains("SEQUENCE:1"),
            )
        })
        .collect();
    assert_eq!(told, [(true, false), (true, true)], "asked, then moved");
    assert!(
        mails
            .iter()
            .all(|mail| *mail.state == DeliveryState::Withheld),
        "and taken back before anything left"
    );
}

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
    let trainer = teacher(kit, "Lê Thị Sạch").await;
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

async fn a_copy_is_a_draft_with_the_same_distances(kit: &Kit) {
    let services = &kit.services;
    let form = WorkshopForm {
        minimum: "10".to_owned(),
        roles: vec!["foreman".to_owned()],
        ..workshop_form("w", 40)
    };
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let afternoon = session_at("Hội trường B", "2026-12-03T13:30", "2026-12-03T16:30");
    services
        .add_session(&ORGANIZER, "w", &afternoon, false)
        .await
        .unwrap();
    let id = sessions(kit, "w").await[0].id;
    let rows = [line("07:30", "09:00", "Khai mạc", None)];
    services
        .save_agenda(&ORGANIZER, "w", id, &rows, false)
        .await
        .unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    is_problem(
        services.copy_workshop(&ORGANIZER, "w", "soon", false).await,
        "starts_at",
    );
    let copy = services
        .copy_workshop(&ORGANIZER, "w", "2027-01-07T08:00", false)
        .await
        .unwrap();
    assert_eq!((copy.phase, copy.row.version), (Phase::Draft, 1));
    assert_ne!(copy.row.slug, "w");
    assert_eq!(copy.row.roles, "foreman");
    assert_eq!(copy.sessions[1].starts_at, at("2027-01-07T14:00"));
    assert_eq!(copy.row.minimum_by, Some(at("2027-01-04T08:00")));
    let agendas = services.agendas(&copy.sessions).await.unwrap();
    assert_eq!(
        agendas[&copy.sessions[0].id][0].ends_at,
        at("2027-01-07T09:30")
    );
    assert_eq!(
        sessions(kit, "w").await[0].starts_at,
        at("2026-12-03T07:30")
    );
}

async fn move_form(kit: &Kit, slug: &str, days: i64) -> MoveForm {
    let found = kit.services.public_workshop(slug).await.unwrap();
    let local = |at: DateTime<Utc>| {
        domain::to_local(at + Duration::days(days))
            .format("%Y-%m-%dT%H:%M")
            .to_string()
    };
    MoveForm {
        sessions: found
            .sessions
            .iter()
            .map(|session| {
                let form = SessionForm {
                    starts_at: local(session.starts_at),
                    ends_at: local(session.ends_at),
                    ..session_form(session)
                };
                (session.id, form)
            })
            .collect(),
        allow_clash: false,
        tell: TellForm::everybody(found.row.version),
    }
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

async fn whoever_has_no_working_address_is_called(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(0)).await;
    let mut silent = named("Trần Thị Không Thư", "0959111222");
    silent.email = String::new();
    kit.register("w", &silent).await;
    kit.register("w", &delegate(2)).await;
    let refused = kit
        .all(outbox::Entity)
        .await
        .into_iter()
        .find(|mail| mail.to_name.ends_with('2'));
    let mut refused = refused.unwrap().into_active_model();
    refused.state = Set(Code(DeliveryState::Failed));
    let db = kit.services.db();
    db.write(|tx| {
        let row = refused.clone();
        async move { Ok(row.update(&*tx).await?) }
    })
    .await
    .unwrap();
    let form = move_form(kit, "w", 7).await;
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!((preview.booked.mail, preview.booked.call), (1, 2));
    let (_, change) = services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    assert_eq!(page.calls.len(), 2);
    let silent = page.calls.iter().find(|row| row.email.is_none()).unwrap();
    assert_eq!(silent.full_name, "Trần Thị Không Thư");
    for _ in 0..2 {
        services
            .mark_call(&ORGANIZER, "w", change, silent.registration_id, true)
            .await
            .unwrap();
    }
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    assert_eq!(
        page.calls.last().unwrap().registration_id,
        silent.registration_id,
        "who was reached comes last"
    );
    services
        .mark_call(&ORGANIZER, "w", change, silent.registration_id, false)
        .await
        .unwrap();
    assert!(
        kit.all(call::Entity)
            .await
            .iter()
            .all(|row| row.reached_at.is_none())
    );
    is_not_found(services.mark_call(&ORGANIZER, "w", change, 999, true).await);
}

fn is_not_found(result: Result<(), Failure>) {
    assert!(matches!(result, Err(Failure::NotFound)), "{result:?}");
}

async fn a_missed_minimum_is_told_once_and_decided(kit: &Kit) {
    let services = &kit.services;
    services
        .add_account(
            domain::AccountRole::Organizer,
            "hoa@example.com",
            "Hoa",
            "Mật khẩu rất dài 1",
        )
        .await
        .unwrap();
    for slug in ["few", "enough"] {
        let form = WorkshopForm {
            minimum: "2".to_owned(),
            ..workshop_form(slug, 40)
        };
        services.schedule(&ORGANIZER, &form).await.unwrap();
        services.publish(&ORGANIZER, slug).await.unwrap();
        kit.register(slug, &delegate(0)).await;
    }
    kit.register("enough", &delegate(1)).await;
    assert_eq!(services.alert_minimums().await.unwrap(), 0, "not yet");
    is_conflict(
        services
            .go_ahead(&ORGANIZER, "none")
            .await
            .map_err(|failure| match failure {
                Failure::NotFound => Failure::Conflict(Conflict::NotAllowedNow),
                other => other,
            }),
        Conflict::NotAllowedNow,
    );
    // The server was down for a day when it fell due.
    kit.clock.advance(Duration::days(8));
    assert_eq!(services.alert_minimums().await.unwrap(), 1);
    assert_eq!(services.alert_minimums().await.unwrap(), 0, "once");
    let mails = kit.all(outbox::Entity).await;
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.purpose.starts_with("minimum-"))
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to_address, "hoa@example.com");
    services.go_ahead(&ORGANIZER, "few").await.unwrap();
    is_conflict(
        services.go_ahead(&ORGANIZER, "few").await,
        Conflict::NotAllowedNow,
    );
    let rows = kit.all(workshop::Entity).await;
    assert!(rows.iter().any(|row| row.minimum_settled_at.is_some()));
}

async fn closed_figures_stay_as_they_are(kit: &Kit) {
    let services = &kit.services;
    let session = kit.workshop("w", 2).await.sessions[0].id;
    let booked = kit.register("w", &delegate(0)).await;
    is_conflict(
        services.close(&ORGANIZER, "w").await,
        Conflict::NotAllowedNow,
    );
    kit.clock.advance(Duration::days(11));
    assert_eq!(
        services.close(&ORGANIZER, "w").await.unwrap().phase,
        Phase::Closed
    );
    let scan = service::ScanRequest {
        code: booked.code.clone(),
        session,
        nonce: "n".to_owned(),
        at: None,
    };
    let refused = services
        .check_in(&ORGANIZER, "w", &scan)
        .await
        .unwrap()
        .outcome;
    assert!(
        matches!(refused, domain::CheckinOutcome::Refused(_)),
        "{refused:?}"
    );
    is_conflict(
        services
            .undo_check_in(&ORGANIZER, "w", session, booked.id)
            .await,
        Conflict::NotAllowedNow,
    );
    is_conflict(
        services
            .revise(
                &ORGANIZER,
                "w",
                &WorkshopForm {
                    opens_at: "2026-11-01T08:00".to_owned(),
                    ..workshop_form("w", 3)
                },
            )
            .await,
        Conflict::NotAllowedNow,
    );
    assert_eq!(services.summary(&ORGANIZER).await.unwrap().held, 1);
    services.reopen(&ORGANIZER, "w").await.unwrap();
    let admitted = services
        .check_in(&ORGANIZER, "w", &scan)
        .await
        .unwrap()
        .outcome;
    assert_eq!(admitted, domain::CheckinOutcome::Admitted);
}

async fn fewer_seats_than_people_are_refused_with_the_number(kit: &Kit) {
    kit.workshop("w", 3).await;
    for n in 0..3 {
        kit.register("w", &delegate(n)).await;
    }
    let fewer = kit
        .services
        .revise(&ORGANIZER, "w", &workshop_form("w", 2))
        .await;
    let Err(Failure::Invalid(problems)) = fewer else {
        panic!("{fewer:?}");
    };
    assert_eq!(
        problems.of("capacity"),
        Some(&domain::Reason::FewerThanBooked(3))
    );
}

async fn the_rule_of_giving_up_holds(kit: &Kit) {
    let services = &kit.services;
    let rules = [("never", "", false), ("until", "2026-11-25T08:00", true)];
    for (rule, until, early) in rules {
        let form = WorkshopForm {
            cancel_rule: rule.to_owned(),
            cancel_until: until.to_owned(),
            ..workshop_form(rule, 5)
        };
        services.schedule(&ORGANIZER, &form).await.unwrap();
        services.publish(&ORGANIZER, rule).await.unwrap();
        let booked = kit.register(rule, &delegate(0)).await;
        let token = kit.ticket(&booked);
        assert_eq!(
            services.ticket(&token).await.unwrap().can_cancel,
            early,
            "{rule}"
        );
    }
    let token = {
        let booked = kit.in_state(RegistrationState::Booked).await;
        let last = booked.last().unwrap();
        services.ticket_token(&last.code)
    };
    kit.clock.advance(Duration::days(3));
    is_conflict(
        services.cancel_by_ticket(&token).await,
        Conflict::NotAllowedNow,
    );
}
