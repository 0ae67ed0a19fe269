//! Who gets which version of a material, how often they fetched it, and links
//! that are taken back.

use crate::kit::{
    Kit, ORGANIZER, asking, attend, delegate, insert, sessions, teacher_with_account, token_of,
    upload, upload_said,
};
use crate::on_both;
use bytes::Bytes;
use chrono::Duration;
use domain::{AccountRole, MaterialForm, Sector};
use futures::{TryStreamExt, stream};
use sea_orm::Set;
use service::entity::{material_download, session};
use service::{Actor, Failure, LibraryFilter, Shelf};

on_both!(
    every_link_leads_to_the_newest_version_that_stands,
    what_is_for_whom_and_from_when,
    the_library_is_searched_without_accents,
    a_material_of_a_draft_is_not_public,
    fetching_is_counted_by_person,
    a_link_that_was_taken_back_says_so,
    trainers_see_their_own_sessions,
    part_of_a_file_is_read,
);

const PDF: &[u8] = include_bytes!("files/bai-giang.pdf");
const PNG: &[u8] = include_bytes!("files/so-do.png");

fn public(title: &str) -> MaterialForm {
    MaterialForm {
        title_vi: title.to_owned(),
        visibility: "public".to_owned(),
        ..MaterialForm::default()
    }
}

async fn titles(kit: &Kit, filter: &LibraryFilter) -> Vec<String> {
    let found = kit.services.library(filter).await.unwrap();
    let rows = found.rows.into_iter();
    rows.map(|(view, _)| view.row.title_vi).collect()
}

async fn every_link_leads_to_the_newest_version_that_stands(kit: &Kit) {
    kit.workshop("w", 5).await;
    let said = public("Một");
    let first = upload_said(kit, "w".into(), &said, "a.pdf", PDF).await;
    let id = first.unwrap().material_id;
    let services = &kit.services;
    let newest = async || {
        services
            .public_material(id)
            .await
            .map(|version| version.number)
    };
    let content = stream::iter([Ok::<_, String>(Bytes::from_static(PNG))]);
    let second = services.replace_material(&ORGANIZER, "w".into(), id, "b.png", content);
    assert_eq!(second.await.unwrap().version.number, 2);
    assert_eq!(newest().await.unwrap(), 2);
    let kept = services.staff_material(&ORGANIZER, "w".into(), id, Some(1));
    assert_eq!(
        kept.await.unwrap().file_name,
        "a.pdf",
        "the old one is kept"
    );
    let withdraw = services.withdraw_version(&ORGANIZER, "w".into(), id, 2, true);
    withdraw.await.unwrap();
    assert_eq!(newest().await.unwrap(), 1, "the replacement was wrong");
    let withdraw = services.withdraw_material(&ORGANIZER, "w".into(), id, true);
    withdraw.await.unwrap();
    assert!(matches!(newest().await, Err(Failure::NotFound)));
    let refused = stream::iter([Ok::<_, String>(Bytes::from_static(PDF))]);
    let refused = services.replace_material(&ORGANIZER, "w".into(), id, "c.png", refused);
    assert!(matches!(refused.await, Err(Failure::Invalid(_))));
    assert_eq!(kit.files("files").len(), 2);
}

async fn what_is_for_whom_and_from_when(kit: &Kit) {
    kit.workshop("w", 9).await;
    let said = |visibility: &str, timing: &str| MaterialForm {
        visibility: visibility.to_owned(),
        timing: timing.to_owned(),
        ..MaterialForm::default()
    };
    for (name, form) in [
        ("a.pdf", said("registered", "now")),
        ("b.pdf", said("attended", "now")),
        ("c.pdf", said("registered", "after_session")),
    ] {
        upload_said(kit, "w".into(), &form, name, PDF)
            .await
            .unwrap();
    }
    let shared = said("registered", "");
    upload_said(kit, Shelf::Programme, &shared, "d.pdf", PDF)
        .await
        .unwrap();
    let has_seat = kit.register("w", &delegate(1)).await;
    let came = attend(kit, 2, "b@example.com", true).await;
    let services = &kit.services;
    let names = async |ticket: String| {
        let link = services.material_link_by_ticket(&ticket).await.unwrap();
        let page = services.materials_page(&link.unwrap()).await.unwrap();
        let found = page.materials.iter();
        let names = found.map(|view| view.row.title_vi.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(kit.ticket(&has_seat)).await, ["a", "d"]);
    assert_eq!(names(kit.ticket(&came)).await, ["a", "b", "d"]);
    kit.clock.advance(Duration::days(11));
    assert_eq!(names(kit.ticket(&has_seat)).await, ["a", "c", "d"]);
    kit.clock.advance(Duration::days(-11));
    kit.cancel(&has_seat).await;
    let ticket = kit.ticket(&has_seat);
    let gone = services.material_link_by_ticket(&ticket).await;
    assert_eq!(gone.unwrap(), None);
}

async fn the_library_is_searched_without_accents(kit: &Kit) {
    kit.workshop("w", 5).await;
    let coconut = MaterialForm {
        kind: "guide".to_owned(),
        sectors: vec!["coconut".to_owned()],
        ..public("Tiết kiệm nước ngành dừa")
    };
    upload_said(kit, "w".into(), &coconut, "a.pdf", PDF)
        .await
        .unwrap();
    let shared = public("Biểu mẫu đánh giá");
    upload_said(kit, Shelf::Programme, &shared, "b.pdf", PDF)
        .await
        .unwrap();
    upload(kit, "c.pdf", PDF).await.unwrap();
    let later = MaterialForm {
        timing: "after_session".to_owned(),
        ..public("Sau hội thảo")
    };
    upload_said(kit, "w".into(), &later, "d.pdf", PDF)
        .await
        .unwrap();
    let both = ["Biểu mẫu đánh giá", "Tiết kiệm nước ngành dừa"];
    assert_eq!(titles(kit, &LibraryFilter::default()).await, both);
    let typed = |typed: &str| LibraryFilter {
        typed: typed.to_owned(),
        ..LibraryFilter::default()
    };
    assert_eq!(titles(kit, &typed("dua NUOC")).await, both[1..]);
    assert_eq!(titles(kit, &typed("tôm")).await, [""; 0]);
    let seafood = LibraryFilter {
        sector: Some(Sector::Seafood),
        ..LibraryFilter::default()
    };
    assert_eq!(titles(kit, &seafood).await, both[..1], "none is for all");
    let guides = LibraryFilter {
        kind: Some(domain::MaterialKind::Guide),
        ..LibraryFilter::default()
    };
    assert_eq!(titles(kit, &guides).await, both[1..]);
    kit.clock.advance(Duration::days(11));
    assert_eq!(titles(kit, &LibraryFilter::default()).await.len(), 3);
}

async fn a_material_of_a_draft_is_not_public(kit: &Kit) {
    let form = crate::kit::workshop_form("w", 5);
    kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    let said = public("Nháp");
    let made = upload_said(kit, "w".into(), &said, "a.pdf", PDF).await;
    let id = made.unwrap().material_id;
    assert_eq!(titles(kit, &LibraryFilter::default()).await, [""; 0]);
    let found = kit.services.public_material(id).await;
    assert!(matches!(found, Err(Failure::NotFound)));
    kit.services.publish(&ORGANIZER, "w").await.unwrap();
    assert!(kit.services.public_material(id).await.is_ok());
}

async fn fetching_is_counted_by_person(kit: &Kit) {
    kit.workshop("w", 9).await;
    let file = upload(kit, "a.pdf", PDF).await.unwrap();
    let one = attend(kit, 1, "a@example.com", true).await;
    let other = attend(kit, 2, "b@example.com", true).await;
    let services = &kit.services;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    for registered in [&one, &one, &other] {
        let token = token_of(kit, registered).await;
        let found = services.material_by_link(&token, file.material_id).await;
        let (link, version) = found.unwrap();
        services.count_fetch(&link, version.id).await.unwrap();
    }
    assert_eq!(kit.count(material_download::Entity).await, 2);
    let page = services.material_page(&ORGANIZER, "w".into(), file.material_id);
    let page = page.await.unwrap();
    assert_eq!((page.fetched.people, page.fetched.times), (2, 3));
    let mut times: Vec<i64> = page.fetched_by.iter().map(|one| one.times).collect();
    times.sort_unstable();
    assert_eq!(times, [1, 2]);
    let trainer = kit.staff(AccountRole::Trainer, &["w"]).await;
    let page = services.material_page(&trainer, "w".into(), file.material_id);
    let page = page.await.unwrap();
    assert_eq!(page.fetched.times, 3);
    assert!(page.fetched_by.is_empty(), "names are not for trainers");
}

async fn a_link_that_was_taken_back_says_so(kit: &Kit) {
    kit.workshop("w", 9).await;
    upload(kit, "a.pdf", PDF).await.unwrap();
    let one = attend(kit, 1, "a@example.com", true).await;
    let other = attend(kit, 2, "b@example.com", true).await;
    let services = &kit.services;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    let (mine, theirs) = (token_of(kit, &one).await, token_of(kit, &other).await);
    let withdraw = async |whose| {
        let done = services
            .withdraw_material_links(&ORGANIZER, "w", whose)
            .await;
        done.unwrap();
    };
    let is_withdrawn = async |token: &str| {
        let page = services.materials_page(token).await;
        matches!(page, Err(Failure::LinkWithdrawn))
    };
    withdraw(Some(one.id)).await;
    assert!(is_withdrawn(&mine).await);
    assert!(services.materials_page(&theirs).await.is_ok());
    let fresh = services.material_link_by_ticket(&kit.ticket(&one)).await;
    let fresh = fresh.unwrap().unwrap();
    assert!(
        services.materials_page(&fresh).await.is_ok(),
        "a new one works"
    );
    withdraw(None).await;
    for token in [&mine, &theirs, &fresh] {
        assert!(is_withdrawn(token).await);
    }
    let forged = fresh.replace(&one.code, &other.code);
    let forged = services.materials_page(&forged).await;
    assert!(matches!(forged, Err(Failure::NotFound)));
    let trainer = kit.staff(AccountRole::Trainer, &["w"]).await;
    let refused = services.withdraw_material_links(&trainer, "w", None).await;
    assert!(matches!(refused, Err(Failure::Forbidden)));
}

async fn trainers_see_their_own_sessions(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let first = &view.sessions[0];
    let second = session::ActiveModel {
        workshop_id: Set(view.row.id),
        position: Set(2),
        room: Set("B".to_owned()),
        address: Set(String::new()),
        starts_at: Set(first.ends_at + Duration::hours(1)),
        ends_at: Set(first.ends_at + Duration::hours(3)),
        ..Default::default()
    };
    insert(kit, second).await;
    let all = sessions(kit, "w").await;
    for (name, session) in [("a.pdf", Some(0)), ("b.pdf", Some(1)), ("c.pdf", None)] {
        let form = MaterialForm {
            session: session
                .map(|at: usize| all[at].id.to_string())
                .unwrap_or_default(),
            ..MaterialForm::default()
        };
        upload_said(kit, "w".into(), &form, name, PDF)
            .await
            .unwrap();
    }
    let trainer = kit.staff(AccountRole::Trainer, &[]).await;
    let services = &kit.services;
    let board = services.materials_board(&trainer, "w".into()).await;
    assert!(matches!(board, Err(Failure::Forbidden)), "not asked yet");
    let Actor::Account { id, .. } = trainer else {
        panic!("{trainer:?}")
    };
    let known = teacher_with_account(kit, "Lê Thị Nhung", None, Some(id)).await;
    let form = domain::TeachForm {
        expected: "Bài giảng".to_owned(),
        ..asking(all[1].id, known)
    };
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    let board = services
        .materials_board(&trainer, "w".into())
        .await
        .unwrap();
    let seen = board.materials.iter();
    let seen: Vec<&str> = seen.map(|(view, _)| view.row.title_vi.as_str()).collect();
    assert_eq!(seen, ["b", "c"]);
    let expected = board.expected.iter().map(|one| (one.what.as_str(), one.by));
    assert_eq!(expected.collect::<Vec<_>>(), [("Bài giảng", None)]);
    let taught = services.taught_workshops(&trainer).await.unwrap();
    assert_eq!(taught.len(), 1);
}

async fn part_of_a_file_is_read(kit: &Kit) {
    kit.workshop("w", 5).await;
    let file = upload(kit, "a.pdf", PDF).await.unwrap();
    let part = kit.services.material_content(&file, Some(5..20)).await;
    let part: Vec<Bytes> = part.unwrap().try_collect().await.unwrap();
    assert_eq!(part.concat(), PDF[5..20]);
}
