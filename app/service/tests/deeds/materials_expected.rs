//! What trainers are expected to bring, and what is handed out again.

use crate::kit::{
    Kit, ORGANIZER, asking, is_conflict, number, session_at, teacher, teacher_with_account, upload,
    workshop_form,
};
use crate::on_both;
use bytes::Bytes;
use chrono::Duration;
use domain::{AccountRole, MaterialForm, TeachForm};
use futures::stream;
use service::entity::{audit, material, material_version};
use service::{Actor, Conflict, Shelf};

on_both!(
    what_was_brought_is_not_missing_any_more,
    what_anybody_brings_to_the_only_session_is_brought_to_it,
    what_is_withdrawn_or_there_already_stays_so,
);

const PDF: &[u8] = include_bytes!("files/bai-giang.pdf");

async fn what_was_brought_is_not_missing_any_more(kit: &Kit) {
    let services = &kit.services;
    let form = workshop_form("w", 9);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let next = session_at("Hội trường B", "2026-12-04T07:30", "2026-12-04T11:30");
    let added = services.add_session(&ORGANIZER, "w", &next, false);
    added.await.unwrap();
    let view = services.publish(&ORGANIZER, "w").await.unwrap();
    let actor = kit.staff(AccountRole::Trainer, &[]).await;
    let Actor::Account { id: account, .. } = &actor else {
        panic!("an account signs in");
    };
    let trainer = teacher_with_account(kit, "Lê Thị Nhung", None, Some(*account)).await;
    let by = "2026-12-01T17:00";
    let form = TeachForm {
        expected: "Bài giảng".to_owned(),
        expected_by: by.to_owned(),
        ..asking(view.sessions[0].id, trainer)
    };
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    // Whether the organiser's first page, their list of trainers and the
    // trainer's own list say that it is missing, and how much was brought.
    let missing = async || {
        let views = [services.public_workshop("w").await.unwrap()];
        let unsettled = services.unsettled(&ORGANIZER, &views).await.unwrap();
        let attention = unsettled.get(&view.row.id);
        let attention = attention.is_some_and(|one| one.missing.contains_key("Lê Thị Nhung"));
        let board = services.teachings_of(&ORGANIZER, "w").await.unwrap();
        let (row, _) = &board.sessions[0].asked[0];
        let board = board.sessions[0].lacks(row, kit.now());
        let mine = services.my_teachings(&actor).await.unwrap().remove(0);
        ([attention, board, mine.is_late(kit.now())], mine.brought)
    };
    assert_eq!(missing().await, ([false; 3], 0), "there is time");
    let due = domain::parse_local(by).unwrap();
    kit.clock.advance(due - kit.now() + Duration::minutes(1));
    assert_eq!(missing().await, ([true; 3], 0));
    // An organiser's file for all of two sessions is not the trainer's.
    upload(kit, "a.pdf", PDF).await.unwrap();
    assert_eq!(missing().await, ([true; 3], 0));
    let content = stream::iter([Ok::<_, String>(Bytes::from_static(PDF))]);
    let said = MaterialForm::default();
    let brought = services.upload_material(&actor, "w".into(), &said, "b.pdf", content);
    let id = brought.await.unwrap().version.material_id;
    assert_eq!(missing().await, ([false; 3], 1));
    let board = services.materials_board(&actor, "w".into()).await.unwrap();
    assert_eq!(board.expected[0].brought, 1);
    let withdraw = services.withdraw_material(&actor, "w".into(), id, true);
    withdraw.await.unwrap();
    assert_eq!(missing().await, ([true; 3], 0), "taken back");
    kit.clock.advance(view.ends_at() - kit.now());
    assert_eq!(missing().await, ([false; 3], 0), "nobody waits any more");
}

/// The form brings a file to the whole workshop unless something else is chosen.
async fn what_anybody_brings_to_the_only_session_is_brought_to_it(kit: &Kit) {
    let services = &kit.services;
    let view = kit.workshop("w", 9).await;
    let trainer = teacher(kit, "Lê Thị Nhung", None).await;
    let form = TeachForm {
        expected: "Bài giảng".to_owned(),
        expected_by: "2026-12-01T17:00".to_owned(),
        ..asking(view.sessions[0].id, trainer)
    };
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    kit.clock.advance(view.starts_at() - kit.now());
    let lacks = async || {
        let board = services.teachings_of(&ORGANIZER, "w").await.unwrap();
        let (row, _) = &board.sessions[0].asked[0];
        board.sessions[0].lacks(row, kit.now())
    };
    assert!(lacks().await);
    upload(kit, "a.pdf", PDF).await.unwrap();
    assert!(!lacks().await);
}

async fn what_is_withdrawn_or_there_already_stays_so(kit: &Kit) {
    kit.workshop("w", 9).await;
    let services = &kit.services;
    let id = upload(kit, "a.pdf", PDF).await.unwrap().material_id;
    let whole = async |withdrawn| {
        let shelf = Shelf::Workshop("w");
        let done = services.withdraw_material(&ORGANIZER, shelf, id, withdrawn);
        done.await.unwrap();
        kit.clock.advance(Duration::minutes(1));
        kit.all(material::Entity).await.remove(0).withdrawn_at
    };
    assert_eq!(whole(false).await, None);
    let first = whole(true).await;
    assert!(first.is_some());
    assert_eq!(whole(true).await, first, "a second press changes nothing");
    assert_eq!(whole(false).await, None);
    let log = kit.all(audit::Entity).await;
    let of = |deed: &str| number(&log, |line| line.deed == deed);
    assert_eq!((of("withdraw_material"), of("restore_material")), (1, 1));
    // Its only version goes with it alone, also from a page that knew of another.
    let version = services.withdraw_version(&ORGANIZER, "w".into(), id, 1, true);
    is_conflict(version.await, Conflict::NotAllowedNow);
    let rows = kit.all(material_version::Entity).await;
    assert_eq!(rows[0].withdrawn_at, None);
}
