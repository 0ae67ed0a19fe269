//! Paper: sheets as printed, rows entered afterwards, guests in blank rows,
//! photos.

use crate::kit::{
    Kit, ORGANIZER, at, delegate, is_conflict, is_not_found, is_problem, named, walk_in,
};
use crate::on_both;
use bytes::Bytes;
use domain::{
    AccountRole, AttendanceState, BLANK_ROWS, MaterialType, Reason, RegistrationState, SheetNumber,
};
use futures::{TryStreamExt, stream};
use sea_orm::EntityTrait;
use service::entity::{checkin, registration, sheet, sheet_entry, signature};
use service::{Conflict, Failure, Registered, ScanRequest, SheetGuest, SheetView};

on_both!(
    a_sheet_has_everybody_in_order_and_blank_rows,
    rows_are_signed_once_and_taken_back_whole,
    a_scan_stays_beside_the_signature,
    what_cannot_be_entered_is_said_and_nothing_is_written,
    who_signed_without_a_seat_gets_one,
    a_guest_is_registered_on_a_blank_row,
    an_entry_is_taken_back_with_seats_and_rows,
    entering_twice_at_once_signs_once,
    paper_waits_for_the_session_and_for_open_figures,
    photos_are_kept_by_their_content,
    paper_is_for_organisers,
);

const SLUG: &str = "w";

/// Registers people; the third is first by given name.
async fn people(kit: &Kit) -> Vec<Registered> {
    kit.workshop(SLUG, 20).await;
    let names = [
        ("Lê Văn Bình", "0950000001"),
        ("Trần Thị Chi", "0950000002"),
        ("Đỗ Văn An", "0950000003"),
        ("Phạm Văn Đạt", "0950000004"),
    ];
    let mut made = Vec::new();
    for (name, phone) in names {
        made.push(kit.register(SLUG, &named(name, phone)).await);
    }
    made
}

async fn session(kit: &Kit) -> i64 {
    crate::kit::sessions(kit, SLUG).await[0].id
}

/// Moves the clock to a moment on the day of the workshop.
fn until(kit: &Kit, moment: &str) {
    kit.clock.advance(at(moment) - kit.now());
}

async fn print(kit: &Kit) -> SheetView {
    let id = session(kit).await;
    let number = kit.services.print_sheet(&ORGANIZER, SLUG, id).await;
    read(kit, &number.unwrap()).await
}

async fn read(kit: &Kit, number: &SheetNumber) -> SheetView {
    let sheet = kit.services.sign_sheet(&ORGANIZER, SLUG, number.as_str());
    sheet.await.unwrap()
}

async fn enter(kit: &Kit, sheet: &SheetView, typed: &str) -> Result<service::Entered, Failure> {
    let number = sheet.number.as_str();
    kit.services
        .enter_rows(&ORGANIZER, SLUG, number, typed)
        .await
}

async fn signed(kit: &Kit, sheet: &SheetView) -> Vec<u32> {
    let rows = read(kit, &sheet.number).await.rows.into_iter();
    rows.filter(|row| row.signed)
        .map(|row| row.position)
        .collect()
}

async fn came(kit: &Kit) -> u32 {
    let cockpit = kit.services.cockpit(&ORGANIZER, SLUG).await.unwrap();
    cockpit.headcount.funnel.came()
}

async fn scan(kit: &Kit, who: &Registered) {
    let request = ScanRequest {
        code: who.code.clone(),
        session: session(kit).await,
        nonce: format!("n{}", who.id),
        at: None,
    };
    let done = kit.services.check_in(&ORGANIZER, SLUG, &request);
    assert!(done.await.unwrap().person.is_some());
}

fn guest(row: &str, name: &str) -> SheetGuest {
    SheetGuest {
        row: row.to_owned(),
        person: walk_in(name),
        another: false,
    }
}

async fn a_sheet_has_everybody_in_order_and_blank_rows(kit: &Kit) {
    let all = people(kit).await;
    kit.cancel(&all[1]).await;
    let sheet = print(kit).await;
    let names: Vec<&str> = sheet
        .rows
        .iter()
        .filter_map(|row| Some(row.person.as_ref()?.full_name.as_str()))
        .collect();
    assert_eq!(names, ["Đỗ Văn An", "Lê Văn Bình", "Phạm Văn Đạt"]);
    let positions: Vec<u32> = sheet.rows.iter().map(|row| row.position).collect();
    assert_eq!(positions, (1..=3 + BLANK_ROWS).collect::<Vec<_>>());
    assert!(sheet.qr_svg(1).unwrap().starts_with("<svg"));
    kit.register(SLUG, &delegate(9)).await;
    assert_eq!(read(kit, &sheet.number).await.rows.len(), 23, "as printed");
    let other = print(kit).await;
    assert_eq!(other.rows.len(), 24);
    assert_ne!(other.number, sheet.number);
}

async fn rows_are_signed_once_and_taken_back_whole(kit: &Kit) {
    people(kit).await;
    let sheet = print(kit).await;
    until(kit, "2026-12-03T12:00");
    let number = sheet.number.as_str();
    let code = sheet.number.row_code(4);
    let typed = format!("1-2\n{code}");
    let services = &kit.services;
    let look = services.look_at_rows(&ORGANIZER, SLUG, number, &typed);
    let look = look.await.unwrap();
    assert_eq!((look.fresh, look.already), (vec![1, 2, 4], vec![]));
    assert_eq!(
        kit.count(signature::Entity).await,
        0,
        "a look writes nothing"
    );
    let first = enter(kit, &sheet, &typed).await.unwrap();
    assert_eq!((first.signed, first.already), (3, 0));
    let again = enter(kit, &sheet, "1-3").await.unwrap();
    assert_eq!((again.signed, again.already), (1, 2));
    let nothing = enter(kit, &sheet, "1-4").await.unwrap();
    assert_eq!((nothing.signed, nothing.entry), (0, None));
    assert_eq!(came(kit).await, 4);
    assert_eq!(kit.count(checkin::Entity).await, 0, "no scan is made up");
    let undo = async |id| services.undo_entry(&ORGANIZER, SLUG, number, id).await;
    undo(first.entry.unwrap()).await.unwrap();
    undo(first.entry.unwrap()).await.unwrap();
    assert_eq!(signed(kit, &sheet).await, [3]);
    assert_eq!(came(kit).await, 1);
    assert_eq!(enter(kit, &sheet, "1").await.unwrap().signed, 1);
    let entries = read(kit, &sheet.number).await.entries;
    let shown: Vec<_> = entries
        .iter()
        .map(|row| (row.signatures, row.undone))
        .collect();
    assert_eq!(shown, [(1, false), (1, false), (0, true)]);
    is_not_found(undo(999).await);
}

async fn a_scan_stays_beside_the_signature(kit: &Kit) {
    let all = people(kit).await;
    let sheet = print(kit).await;
    until(kit, "2026-12-03T07:50");
    scan(kit, &all[2]).await;
    enter(kit, &sheet, "1-2").await.unwrap();
    let page = async || {
        let page = kit.services.attendance_page(&ORGANIZER, SLUG, None);
        page.await.unwrap().rows
    };
    let rows = page().await;
    let an = &rows[0];
    assert_eq!(an.full_name, "Đỗ Văn An");
    assert_eq!(an.scanned.as_ref().unwrap().at, kit.now());
    assert_eq!(an.signed.as_ref().unwrap().sheet, sheet.number.as_str());
    assert_eq!(an.attendance, AttendanceState::Late, "the scan says when");
    assert_eq!(rows[1].attendance, AttendanceState::Present);
    assert_eq!(came(kit).await, 2, "nobody counts twice");
    let id = session(kit).await;
    let undone = kit.services.undo_check_in(&ORGANIZER, SLUG, id, all[2].id);
    undone.await.unwrap();
    assert_eq!(page().await[0].attendance, AttendanceState::Present);
    assert_eq!(came(kit).await, 2, "the signature stands");
    // Whom a door hears of later is no conflict with paper.
    scan(kit, &all[0]).await;
    assert_eq!(page().await[1].scanned.as_ref().unwrap().at, kit.now());
}

async fn what_cannot_be_entered_is_said_and_nothing_is_written(kit: &Kit) {
    people(kit).await;
    kit.workshop("other", 5).await;
    let (sheet, other) = (print(kit).await, print(kit).await);
    until(kit, "2026-12-03T12:00");
    let foreign = other.number.row_code(1);
    for (typed, reason) in [
        ("", Reason::Required),
        ("1 x", Reason::NotRows("x".into())),
        (&format!("1 {foreign}"), Reason::OtherSheet(foreign.clone())),
        ("1 25", Reason::NoSuchRow("25".into())),
        ("1-5", Reason::BlankRow("5".into())),
    ] {
        match enter(kit, &sheet, typed).await {
            Err(Failure::Invalid(problems)) => assert_eq!(problems.of("rows"), Some(&reason)),
            other => panic!("{typed}: {other:?}"),
        }
    }
    assert_eq!(kit.count(sheet_entry::Entity).await, 0);
    for number in ["ZZZZZ", "x", ""] {
        let found = kit.services.sign_sheet(&ORGANIZER, SLUG, number).await;
        is_not_found(found.map(drop));
    }
    let number = sheet.number.as_str();
    let elsewhere = kit.services.sign_sheet(&ORGANIZER, "other", number).await;
    is_not_found(elsewhere.map(drop));
}

async fn who_signed_without_a_seat_gets_one(kit: &Kit) {
    let all = people(kit).await;
    let sheet = print(kit).await;
    kit.cancel(&all[2]).await;
    until(kit, "2026-12-03T12:00");
    let number = sheet.number.as_str();
    let look = kit.services.look_at_rows(&ORGANIZER, SLUG, number, "1-2");
    assert_eq!(look.await.unwrap().seated, [1]);
    let entered = enter(kit, &sheet, "1-2").await.unwrap();
    assert_eq!(entered.signed, 2);
    assert_eq!(signed(kit, &sheet).await, [1, 2]);
    assert_eq!(kit.in_state(RegistrationState::Booked).await.len(), 4);
    assert_eq!(enter(kit, &sheet, "1").await.unwrap().already, 1);
    let undone = kit
        .services
        .undo_entry(&ORGANIZER, SLUG, number, entered.entry.unwrap());
    undone.await.unwrap();
    assert_eq!(kit.in_state(RegistrationState::Booked).await.len(), 3);
    assert_eq!(came(kit).await, 0);
}

async fn a_guest_is_registered_on_a_blank_row(kit: &Kit) {
    let all = people(kit).await;
    let sheet = print(kit).await;
    until(kit, "2026-12-03T12:00");
    let number = sheet.number.as_str();
    let add = async |row: &str, name: &str| {
        let guest = guest(row, name);
        kit.services
            .add_on_sheet(&ORGANIZER, SLUG, number, &guest)
            .await
    };
    assert_eq!(add("5", "Ngô Thị Vãng Lai").await.unwrap().signed, 1);
    is_problem(add("5", "Ngô Thị Khác").await, "row");
    is_problem(add("1", "Ngô Thị Khác").await, "row");
    is_problem(add("25", "Ngô Thị Khác").await, "row");
    is_problem(add("", "Ngô Thị Khác").await, "row");
    is_problem(add("6", "").await, "full_name");
    let entered = enter(kit, &sheet, "5").await.unwrap();
    assert_eq!(entered.already, 1, "the row has somebody now");
    let known = SheetGuest {
        row: "6".to_owned(),
        person: domain::WalkInForm {
            establishment: "Công ty TNHH Rạng Đông Xanh".to_owned(),
            ..walk_in("Lê Văn Bình")
        },
        another: false,
    };
    let known = async |row: &str, another: bool| {
        let guest = SheetGuest {
            row: row.to_owned(),
            another,
            ..known.clone()
        };
        kit.services
            .add_on_sheet(&ORGANIZER, SLUG, number, &guest)
            .await
    };
    assert_eq!(known("6", false).await.unwrap().signed, 1);
    let rows = read(kit, &sheet.number).await.rows;
    assert_eq!(rows[5].person.as_ref().unwrap().registration_id, all[0].id);
    assert_eq!(kit.count(registration::Entity).await, 5);
    assert_eq!(came(kit).await, 2);
    // The same name once more is asked about: it may be a namesake.
    is_problem(known("7", false).await, "another");
    assert_eq!(known("7", true).await.unwrap().signed, 1);
    is_problem(known("7", true).await, "row");
    assert_eq!(came(kit).await, 3);
}

/// A guest in a blank row, and somebody who had left, waited again and came.
async fn an_entry_is_taken_back_with_seats_and_rows(kit: &Kit) {
    kit.workshop(SLUG, 1).await;
    let an = named("Lê Văn An", "0950000001");
    let first = kit.register(SLUG, &an).await;
    let sheet = print(kit).await;
    kit.cancel(&first).await;
    kit.register(SLUG, &named("Trần Thị Chi", "0950000002"))
        .await;
    let again = kit.register(SLUG, &an).await;
    until(kit, "2026-12-03T12:00");
    let number = sheet.number.as_str();
    let services = &kit.services;
    let undo = async |entered: service::Entered| {
        let entry = entered.entry.unwrap();
        let undone = services.undo_entry(&ORGANIZER, SLUG, number, entry).await;
        undone.unwrap();
    };
    let waits = async || {
        let waiting = kit.in_state(RegistrationState::Waitlisted).await;
        waiting.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    for _ in 0..2 {
        let entered = enter(kit, &sheet, "1").await.unwrap();
        assert_eq!(waits().await, [0; 0], "who signed has a seat");
        undo(entered).await;
        assert_eq!(waits().await, [again.id], "and waits as before");
        let row = &read(kit, &sheet.number).await.rows[0];
        assert_eq!(row.person.as_ref().unwrap().registration_id, first.id);
    }
    for name in ["Ngô Thị Vãng Lai", "Ngô Thị Khác"] {
        let guest = guest("2", name);
        let added = services.add_on_sheet(&ORGANIZER, SLUG, number, &guest);
        undo(added.await.unwrap()).await;
        let row = &read(kit, &sheet.number).await.rows[1];
        assert!(row.person.is_none(), "the row is free again");
    }
    assert_eq!(kit.in_state(RegistrationState::Booked).await.len(), 1);
}

async fn entering_twice_at_once_signs_once(kit: &Kit) {
    people(kit).await;
    let sheet = print(kit).await;
    until(kit, "2026-12-03T12:00");
    let number = sheet.number.clone();
    let done = kit
        .race(8, move |services, _| {
            let number = number.clone();
            async move {
                let done = services.enter_rows(&ORGANIZER, SLUG, number.as_str(), "1-4");
                done.await.unwrap()
            }
        })
        .await;
    assert_eq!(done.iter().map(|done| done.signed).sum::<usize>(), 4);
    assert_eq!(kit.count(signature::Entity).await, 4);
    assert_eq!(kit.count(sheet_entry::Entity).await, 1);
}

async fn paper_waits_for_the_session_and_for_open_figures(kit: &Kit) {
    let all = people(kit).await;
    kit.services
        .schedule(&ORGANIZER, &crate::kit::workshop_form("draft", 5))
        .await
        .unwrap();
    let sheet = print(kit).await;
    is_conflict(enter(kit, &sheet, "1").await, Conflict::NotAllowedNow);
    until(kit, "2026-12-03T12:00");
    let entered = enter(kit, &sheet, "1").await.unwrap();
    let (services, id) = (&kit.services, session(kit).await);
    let organizer = kit.staff(domain::AccountRole::Organizer, &[]).await;
    services
        .propose_figures(&organizer, SLUG, id)
        .await
        .unwrap();
    is_conflict(enter(kit, &sheet, "2").await, Conflict::FiguresLocked);
    let number = sheet.number.as_str();
    let undo = services.undo_entry(&ORGANIZER, SLUG, number, entered.entry.unwrap());
    is_conflict(undo.await, Conflict::FiguresLocked);
    let guest = guest("6", "Ngô Thị Khách");
    let add = services.add_on_sheet(&ORGANIZER, SLUG, number, &guest);
    is_conflict(add.await, Conflict::FiguresLocked);
    assert_eq!(kit.count(registration::Entity).await, all.len() as u64);
    let draft = crate::kit::sessions(kit, "draft").await[0].id;
    let early = services.print_sheet(&ORGANIZER, "draft", draft).await;
    is_conflict(early, Conflict::NotAllowedNow);
    let foreign = services.print_sheet(&ORGANIZER, SLUG, draft).await;
    is_not_found(foreign.map(drop));
    assert_eq!(kit.count(sheet::Entity).await, 1);
}

const PNG: &[u8] = include_bytes!("files/so-do.png");
const DOCX: &[u8] = include_bytes!("files/huong-dan.docx");

async fn photos_are_kept_by_their_content(kit: &Kit) {
    people(kit).await;
    let (services, id) = (&kit.services, session(kit).await);
    let upload = async |name: &str, content: &'static [u8]| {
        let parts = stream::iter([Ok::<_, String>(Bytes::from_static(content))]);
        services
            .upload_photo(&ORGANIZER, SLUG, id, name, parts)
            .await
    };
    let kept = upload("IMG_0001.HEIC", PNG).await.unwrap();
    assert_eq!(
        (kept.file_name.as_str(), *kept.kind),
        ("IMG_0001.HEIC.png", MaterialType::Png)
    );
    for (name, content) in [
        ("a.png", DOCX),
        ("a.png", b"<svg>" as &[u8]),
        ("a.pdf", b""),
    ] {
        is_problem(upload(name, content).await, "file");
    }
    assert_eq!(
        kit.files("files").len(),
        1,
        "nothing is left of the refused"
    );
    let open = services
        .open_photo(&ORGANIZER, SLUG, id, kept.id)
        .await
        .unwrap();
    let parts: Vec<Bytes> = open.content.try_collect().await.unwrap();
    assert_eq!(parts.concat(), PNG);
    let withdraw = async |gone| {
        services
            .withdraw_photo(&ORGANIZER, SLUG, id, kept.id, gone)
            .await
    };
    withdraw(true).await.unwrap();
    let photos = async || services.photos(&ORGANIZER, SLUG, id).await.unwrap().0;
    assert!(photos().await[0].withdrawn_at.is_some());
    withdraw(false).await.unwrap();
    assert!(photos().await[0].withdrawn_at.is_none());
    is_not_found(services.photos(&ORGANIZER, SLUG, id + 99).await.map(drop));
}

async fn paper_is_for_organisers(kit: &Kit) {
    people(kit).await;
    let (sheet, id) = (print(kit).await, session(kit).await);
    until(kit, "2026-12-03T12:00");
    let number = sheet.number.as_str();
    for role in [
        AccountRole::Director,
        AccountRole::Door,
        AccountRole::Trainer,
    ] {
        let slugs: &[&str] = if role.is_assigned() { &[SLUG] } else { &[] };
        let actor = &kit.staff(role, slugs).await;
        let services = &kit.services;
        let forbidden = [
            services.print_sheet(actor, SLUG, id).await.map(drop),
            services.sign_sheet(actor, SLUG, number).await.map(drop),
            services
                .enter_rows(actor, SLUG, number, "1")
                .await
                .map(drop),
            services
                .add_on_sheet(actor, SLUG, number, &guest("5", "A"))
                .await
                .map(drop),
            services.undo_entry(actor, SLUG, number, 1).await,
            services.photos(actor, SLUG, id).await.map(drop),
            services.session_sheets(actor, SLUG, id).await.map(drop),
        ];
        for answer in forbidden {
            assert!(
                matches!(answer, Err(Failure::Forbidden)),
                "{role}: {answer:?}"
            );
        }
    }
    assert!(
        signature::Entity::find()
            .one(kit.services.db().read())
            .await
            .unwrap()
            .is_none()
    );
}
