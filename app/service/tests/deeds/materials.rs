//! Materials: taken in whole or not at all, and sent once to those who want them.

use crate::kit::{Kit, ORGANIZER, attend, delegate, number, token_of, upload};
use crate::on_both;
use bytes::Bytes;
use chrono::Duration;
use domain::{AccountRole, MaterialForm, MaterialType, Reason};
use futures::{StreamExt, TryStreamExt, stream};
use service::entity::{audit, material, material_version, outbox};
use service::{Conflict, Failure, MailingPlan, MailingProgress, Registered, ScanRequest, Shelf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

on_both!(
    a_file_is_kept_as_it_came,
    what_is_refused_leaves_nothing_behind,
    a_file_too_large_is_broken_off_and_leaves_nothing_behind,
    trainers_bring_files_to_their_own_workshops,
    materials_reach_those_who_came_and_agreed_and_each_once,
    there_must_be_something_to_send_and_somebody_to_get_it,
    a_personal_link_opens_the_files_until_it_expires,
    one_of_those_who_share_a_mailbox_opts_out_alone,
    a_mailed_link_leads_to_the_corrected_file,
);

const PDF: &[u8] = include_bytes!("files/bai-giang.pdf");
const DOCX: &[u8] = include_bytes!("files/huong-dan.docx");
const PNG: &[u8] = include_bytes!("files/so-do.png");

fn reason<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Option<Reason> {
    match answer {
        Err(Failure::Invalid(problems)) => problems.of("file").cloned(),
        other => panic!("{other:?}"),
    }
}

/// Nothing said of a material.
static FORM: LazyLock<MaterialForm> = LazyLock::new(MaterialForm::default);

async fn come(kit: &Kit, registered: &Registered) {
    let door = kit.services.door(&ORGANIZER, "w").await.unwrap();
    let scan = ScanRequest {
        code: registered.code.clone(),
        session: door.session.id,
        nonce: registered.code.clone(),
        at: None,
    };
    kit.services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
}

/// The whole content of a version.
async fn content(kit: &Kit, version: &material_version::Model) -> Vec<u8> {
    let open = kit.services.material_content(version, None).await.unwrap();
    let parts: Vec<Bytes> = open.try_collect().await.unwrap();
    parts.concat()
}

async fn a_file_is_kept_as_it_came(kit: &Kit) {
    kit.workshop("w", 5).await;
    for (name, sent, kind) in [
        ("Bài giảng.pdf", PDF, MaterialType::Pdf),
        ("C:\\Hướng dẫn.DOCX", DOCX, MaterialType::Docx),
        ("sơ đồ.png", PNG, MaterialType::Png),
    ] {
        let row = upload(kit, name, sent).await.unwrap();
        let found = (*row.file_type, row.size);
        assert_eq!(found, (kind, sent.len() as i64), "{name}");
        let open = kit
            .services
            .staff_material(&ORGANIZER, "w".into(), row.material_id, None);
        let open = open.await.unwrap();
        assert_eq!(content(kit, &open).await, sent);
        assert_eq!(open.file_name, name.replace("C:\\", ""));
    }
    assert_eq!(kit.files("files").len(), 3);
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "upload_material"), 3);
}

async fn what_is_refused_leaves_nothing_behind(kit: &Kit) {
    kit.workshop("w", 5).await;
    assert_eq!(
        reason(upload(kit, "a.pdf", PNG).await),
        Some(Reason::FileMismatch)
    );
    assert_eq!(
        reason(upload(kit, "a.pdf", b"<html>").await),
        Some(Reason::FileMismatch)
    );
    assert_eq!(
        reason(upload(kit, "a.pdf", b"").await),
        Some(Reason::FileEmpty)
    );
    assert_eq!(
        reason(upload(kit, "a.exe", PDF).await),
        Some(Reason::FileType)
    );
    assert_eq!(
        reason(upload(kit, " .. ", PDF).await),
        Some(Reason::Required)
    );
    let broken = stream::iter([Ok(Bytes::from_static(PDF)), Err("the line was cut")]);
    let broken = kit
        .services
        .upload_material(&ORGANIZER, "w".into(), &FORM, "a.pdf", broken);
    assert!(broken.await.is_err());
    let gone = stream::iter([Ok::<_, String>(Bytes::from_static(PDF))]);
    let gone = gone.chain(stream::pending());
    let gone = kit
        .services
        .upload_material(&ORGANIZER, "w".into(), &FORM, "a.pdf", gone);
    let cut = tokio::time::timeout(std::time::Duration::from_millis(300), gone);
    assert!(cut.await.is_err(), "whoever sends goes away");
    for _ in 0..100 {
        if kit.files("files").is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(kit.files("files"), [""; 0]);
    assert_eq!(kit.count(material::Entity).await, 0);
}

async fn a_file_too_large_is_broken_off_and_leaves_nothing_behind(kit: &Kit) {
    kit.workshop("w", 5).await;
    let megabyte = Bytes::from(vec![b'x'; 1024 * 1024]);
    let asked = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&asked);
    let endless = stream::repeat_with(move || {
        counting.fetch_add(1, Ordering::Relaxed);
        Ok::<_, String>(megabyte.clone())
    });
    let answer =
        kit.services
            .upload_material(&ORGANIZER, "w".into(), &FORM, "a.pdf", endless.take(1000));
    assert_eq!(reason(answer.await), Some(Reason::FileTooLarge(200)));
    assert_eq!(
        asked.load(Ordering::Relaxed),
        201,
        "no more is read than needed"
    );
    assert_eq!(kit.files("files"), [""; 0]);
}

async fn trainers_bring_files_to_their_own_workshops(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.workshop("other", 5).await;
    let trainer = kit.staff(AccountRole::Trainer, &["w"]).await;
    let bring = async |slug| {
        let content = stream::iter([Ok::<_, String>(Bytes::from_static(PDF))]);
        kit.services
            .upload_material(&trainer, Shelf::Workshop(slug), &FORM, "a.pdf", content)
            .await
    };
    let row = bring("w").await.unwrap().version;
    assert_eq!(row.uploaded_by, trainer.label());
    let other = bring("other").await;
    assert!(matches!(other, Err(Failure::Forbidden)), "{other:?}");
    let sent = kit.services.send_materials(&trainer, "w").await;
    assert!(matches!(sent, Err(Failure::Forbidden)), "{sent:?}");
    let id = row.material_id;
    let by_others = upload(kit, "b.pdf", PDF).await.unwrap().material_id;
    let withdraw = async |id| {
        let shelf = Shelf::Workshop("w");
        let services = &kit.services;
        services.withdraw_material(&trainer, shelf, id, true).await
    };
    assert!(matches!(withdraw(by_others).await, Err(Failure::Forbidden)));
    withdraw(id).await.unwrap();
    let elsewhere = kit
        .services
        .staff_material(&ORGANIZER, "other".into(), id, None);
    assert!(matches!(elsewhere.await.err(), Some(Failure::NotFound)));
    let content = stream::iter([Ok::<_, String>(Bytes::from_static(PDF))]);
    let shared = kit
        .services
        .upload_material(&trainer, Shelf::Programme, &FORM, "a.pdf", content);
    assert!(matches!(shared.await, Err(Failure::Forbidden)));
}

async fn materials_reach_those_who_came_and_agreed_and_each_once(kit: &Kit) {
    kit.workshop("w", 9).await;
    upload(kit, "a.pdf", PDF).await.unwrap();
    let mailbox = "vanphong@example.com";
    attend(kit, 1, mailbox, true).await;
    attend(kit, 2, mailbox, true).await;
    attend(kit, 3, "no.consent@example.com", false).await;
    attend(kit, 4, "", true).await;
    let absent = kit.register("w", &delegate(5)).await;
    let services = &kit.services;
    let plan = MailingPlan {
        attended: 4,
        consented: 3,
        without_address: 1,
        before: 0,
        to_send: 2,
    };
    assert_eq!(
        services.plan_materials(&ORGANIZER, "w").await.unwrap(),
        plan
    );
    assert_eq!(services.send_materials(&ORGANIZER, "w").await.unwrap(), 2);
    let again = services.send_materials(&ORGANIZER, "w").await;
    assert!(
        matches!(again, Err(Failure::Conflict(Conflict::NothingToSend))),
        "{again:?}"
    );
    come(kit, &absent).await;
    assert_eq!(
        services.send_materials(&ORGANIZER, "w").await.unwrap(),
        1,
        "who came late"
    );
    while services.deliver_due().await.unwrap() > 0 {}
    let mails = services.materials_mails(&ORGANIZER, "w").await.unwrap();
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.to_address.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, [delegate(5).email.as_str(), mailbox, mailbox]);
    let progress = MailingProgress {
        sent: 3,
        ..MailingProgress::default()
    };
    assert_eq!(
        services.materials_progress(&ORGANIZER, "w").await.unwrap(),
        progress
    );
}

async fn there_must_be_something_to_send_and_somebody_to_get_it(kit: &Kit) {
    kit.workshop("w", 9).await;
    let send = async || {
        let sent = kit.services.send_materials(&ORGANIZER, "w").await;
        matches!(sent, Err(Failure::Conflict(Conflict::NothingToSend)))
    };
    attend(kit, 1, "", true).await;
    assert!(send().await, "there is no material");
    let file = upload(kit, "a.pdf", PDF).await.unwrap();
    assert!(send().await, "nobody has an address");
    attend(kit, 2, "a@example.com", true).await;
    let withdraw = kit
        .services
        .withdraw_material(&ORGANIZER, "w".into(), file.material_id, true);
    withdraw.await.unwrap();
    assert!(send().await, "the only material was withdrawn");
}

async fn a_personal_link_opens_the_files_until_it_expires(kit: &Kit) {
    kit.workshop("w", 9).await;
    let file = upload(kit, "a.pdf", PDF).await.unwrap();
    let other = upload(kit, "b.png", PNG).await.unwrap();
    let one = attend(kit, 1, "a@example.com", true).await;
    kit.services.send_materials(&ORGANIZER, "w").await.unwrap();
    let token = token_of(kit, &one).await;
    let services = &kit.services;
    let page = services.materials_page(&token).await.unwrap();
    assert_eq!(page.materials.len(), 2);
    let fetch = async |id| services.material_by_link(&token, id).await;
    let (_, open) = fetch(file.material_id).await.unwrap();
    assert_eq!(content(kit, &open).await, PDF);

    let withdraw = services.withdraw_material(&ORGANIZER, "w".into(), file.material_id, true);
    withdraw.await.unwrap();
    let gone = fetch(file.material_id).await;
    assert!(matches!(gone.err(), Some(Failure::NotFound)), "withdrawn");
    assert!(fetch(other.material_id).await.is_ok());

    let code = &one.code;
    let expires = token.split('-').nth(1).unwrap();
    let later = expires.parse::<i64>().unwrap() + 86_400;
    for wrong in [
        token.replace(expires, &later.to_string()),
        token.replace(code, "22222222"),
        format!("{token}A"),
        services.ticket_token(code),
        code.clone(),
        String::new(),
    ] {
        let page = services.materials_page(&wrong).await;
        assert!(matches!(page, Err(Failure::NotFound)), "{wrong}");
    }
    kit.clock.advance(Duration::days(30) - Duration::seconds(1));
    assert!(services.materials_page(&token).await.is_ok());
    kit.clock.advance(Duration::seconds(1));
    let late = services.materials_page(&token).await;
    assert!(matches!(late, Err(Failure::Expired)), "{late:?}");
    let late = fetch(other.material_id).await;
    assert!(matches!(late.err(), Some(Failure::Expired)));
}

async fn one_of_those_who_share_a_mailbox_opts_out_alone(kit: &Kit) {
    kit.workshop("w", 9).await;
    upload(kit, "a.pdf", PDF).await.unwrap();
    let mailbox = "vanphong@example.com";
    let out = attend(kit, 1, mailbox, true).await;
    let stays = attend(kit, 2, mailbox, true).await;
    let services = &kit.services;
    let fewer = domain::Consents {
        reporting: true,
        ..domain::Consents::default()
    };
    let ticket = kit.ticket(&out);
    services.set_consents(&ticket, fewer).await.unwrap();
    assert_eq!(services.send_materials(&ORGANIZER, "w").await.unwrap(), 1);
    let mails = kit.all(outbox::Entity).await;
    let sent = mails.iter().filter(|mail| mail.purpose == "materials");
    let sent: Vec<_> = sent
        .map(|mail| (mail.registration_id, mail.to_address.as_str()))
        .collect();
    assert_eq!(sent, [(Some(stays.id), mailbox)]);
}

async fn a_mailed_link_leads_to_the_corrected_file(kit: &Kit) {
    kit.workshop("w", 9).await;
    let wrong = upload(kit, "bài giảng.pdf", PDF).await.unwrap();
    let one = attend(kit, 1, "a@example.com", true).await;
    let services = &kit.services;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    let token = token_of(kit, &one).await;
    let withdraw = services.withdraw_material(&ORGANIZER, "w".into(), wrong.material_id, true);
    withdraw.await.unwrap();
    let right = upload(kit, "bài giảng.docx", DOCX).await.unwrap();
    let page = services.materials_page(&token).await.unwrap();
    let listed: Vec<i64> = page.materials.iter().map(|view| view.row.id).collect();
    assert_eq!(listed, [right.material_id]);
    let (_, open) = services
        .material_by_link(&token, right.material_id)
        .await
        .unwrap();
    assert_eq!(content(kit, &open).await, DOCX);
}
