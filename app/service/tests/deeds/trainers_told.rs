//! Trainers are told of moves and cancellations, whether they were asked or
//! stand in the agenda alone.

use crate::kit::{Kit, ORGANIZER, asking, line, move_form, session_at, teacher, workshop_form};
use crate::on_both;
use domain::TellForm;
use service::entity::outbox;
use service::{Callee, Reach};

on_both!(all_who_teach_are_told_with_what_they_have_in_their_calendars);

/// The mails to an address of a purpose: what their calendar files say.
async fn files(kit: &Kit, address: &str, purpose: &str) -> Vec<Option<&'static str>> {
    let mails = kit.all(outbox::Entity).await;
    let found = mails
        .into_iter()
        .filter(|mail| mail.to_address == address && mail.purpose.starts_with(purpose));
    found
        .map(|mail| {
            let file = mail.calendar?;
            let methods = ["REQUEST", "CANCEL"];
            methods
                .into_iter()
                .find(|method| file.contains(&format!("METHOD:{method}")))
        })
        .collect()
}

async fn all_who_teach_are_told_with_what_they_have_in_their_calendars(kit: &Kit) {
    let services = &kit.services;
    let form = workshop_form("w", 20);
    let first = services.schedule(&ORGANIZER, &form).await.unwrap().sessions[0].id;
    let next = session_at("Hội trường B", "2026-12-04T07:30", "2026-12-04T11:30");
    services
        .add_session(&ORGANIZER, "w", &next, false)
        .await
        .unwrap();
    let view = services.publish(&ORGANIZER, "w").await.unwrap();
    let second = view.sessions[1].id;
    let address = |name: &str| format!("{name}@example.com");
    let [named, asked, late] = ["named", "asked", "late"].map(address);
    let of_agenda = teacher(kit, "Lê Thị Sạch", Some(&named)).await;
    let silent = teacher(kit, "Trần Văn Lặng", None).await;
    let of_question = teacher(kit, "Võ Thị Hỏi", Some(&asked)).await;
    let of_late = teacher(kit, "Hồ Văn Muộn", Some(&late)).await;
    let rows = [
        line("07:30", "08:00", "Khai mạc", Some(of_agenda)),
        line("08:00", "09:00", "Nước", Some(silent)),
        line("09:00", "10:00", "Điện", Some(of_question)),
    ];
    for session in [first, second] {
        services
            .save_agenda(&ORGANIZER, "w", session, &rows, false)
            .await
            .unwrap();
    }
    let ask = async |session: i64, trainer: i64| {
        let form = asking(session, trainer);
        services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    };
    ask(first, of_question).await;
    while services.deliver_due().await.unwrap() > 0 {}

    let form = move_form(kit, "w", 7).await;
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!(preview.trainers, Reach { mail: 2, call: 1 });
    let text = preview.to_trainers.paragraphs.join("\n");
    assert!(!text.contains("mã đã in"), "{text}");
    let (_, change) = services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    let called: Vec<_> = page.trainers.iter().map(|row| row.who).collect();
    assert_eq!(called, [Callee::Trainer(silent)]);
    assert_eq!(page.told, 3, "trainers count, by mail or by a call");
    let moved = kit.all(outbox::Entity).await;
    let moved = moved
        .iter()
        .filter(|mail| mail.purpose.starts_with("moved-2"));
    assert!(moved.clone().count() > 0);
    for mail in moved {
        assert!(!mail.body_text.contains("mã đã in"), "{}", mail.body_text);
    }
    assert_eq!(files(kit, &named, "moved-2").await, [None], "once");
    assert_eq!(files(kit, &asked, "moved-2").await, [Some("REQUEST")]);

    // What was asked just now does not leave any more.
    ask(second, of_late).await;
    let mut form = TellForm::everybody(2);
    form.note_vi = "Mưa bão".to_owned();
    services.call_off(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!(files(kit, &named, "cancelled-3").await, [None]);
    assert_eq!(files(kit, &asked, "cancelled-3").await, [Some("CANCEL")]);
    assert_eq!(files(kit, &late, "cancelled-3").await, [None]);
    let all = kit.all(outbox::Entity).await;
    assert!(all.iter().all(|mail| !mail.to_address.is_empty()));
}
