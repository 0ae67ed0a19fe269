//! Drafts: their sessions, agendas and copies.

use crate::kit::{
    Kit, ORGANIZER, asking, at, is_conflict, is_problem, line, session_at, sessions, teacher,
    workshop_form,
};
use crate::on_both;
use domain::{AgendaRow, DeliveryState, Phase, SessionForm, WorkshopForm};
use service::Conflict;
use service::entity::{agenda_item, outbox};

on_both!(
    a_draft_gets_sessions_in_order_and_loses_them,
    an_agenda_is_kept_and_replaced,
    a_session_of_a_draft_takes_its_agenda_and_trainers_along,
    a_copy_is_a_draft_whose_other_days_keep_their_hours,
);

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
    let trainer = teacher(kit, "Lê Thị Sạch", None).await;
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
    let trainer = teacher(kit, "Lê Thị Sạch", Some("sach@example.com")).await;
    let rows = [line("08:00", "09:00", "Nước", Some(trainer))];
    services
        .save_agenda(&ORGANIZER, "w", id, &rows, false)
        .await
        .unwrap();
    let form = asking(id, trainer);
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

async fn a_copy_is_a_draft_whose_other_days_keep_their_hours(kit: &Kit) {
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
    let next_day = session_at("Hội trường B", "2026-12-04T07:30", "2026-12-04T11:30");
    services
        .add_session(&ORGANIZER, "w", &next_day, false)
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
    assert_eq!(copy.sessions[2].starts_at, at("2027-01-08T07:30"));
    assert_eq!(copy.row.minimum_by, Some(at("2027-01-04T07:30")));
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
