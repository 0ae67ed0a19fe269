//! Files of delegates after they were registered: what was done with people
//! since stays, and files are not kept for ever.

use crate::imports::{FILE, run, upload};
use crate::kit::{Kit, ORGANIZER, is_not_found, number};
use crate::on_both;
use chrono::Duration;
use domain::{Consents, ImportState, Lang, QuestionForm, RegistrationState::Cancelled};
use service::ContactForm;
use service::entity::{import, question, registration};

on_both!(
    who_said_something_since_stays,
    files_are_removed_when_nobody_needs_them,
    a_file_that_nobody_registered_is_forgotten,
);

async fn who_said_something_since_stays(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let question = QuestionForm {
        kind: "text".to_owned(),
        label_vi: "Bận tâm điều gì?".to_owned(),
        ..QuestionForm::default()
    };
    let asked = services.add_question(&ORGANIZER, "w", &question).await;
    asked.unwrap();
    let question = kit.all(question::Entity).await[0].id;
    let names = ["An", "Bình", "Chi", "Dung"];
    let rows = names.map(|name| format!("Lê {name},Năm Lúa\n"));
    let file = format!("Họ tên,Đơn vị\n{}", rows.concat());
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    let mut rows = kit.all(registration::Entity).await;
    rows.sort_by_key(|row| row.id);
    let ticket = |at: usize| services.ticket_token(&rows[at].code);
    let agrees = Consents {
        reporting: true,
        ..Consents::default()
    };
    services.set_consents(&ticket(0), agrees).await.unwrap();
    let answers = [(question, vec!["Nước thải".to_owned()])].into();
    services.set_answers(&ticket(1), &answers).await.unwrap();
    let contact = ContactForm {
        phone: "0950 000 009".to_owned(),
        ..ContactForm::default()
    };
    services.change_contact(&ticket(2), &contact).await.unwrap();
    let undone = services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    let stay: Vec<_> = undone.stay.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(stay, ["Lê An", "Lê Bình", "Lê Chi"]);
    let gone = kit.in_state(Cancelled).await;
    assert_eq!((undone.cancelled, gone.len()), (1, 1));
    assert_eq!(gone[0].id, rows[3].id);
}

async fn files_are_removed_when_nobody_needs_them(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let rejected = async |id| {
        let file = services.rejected_rows(&ORGANIZER, "w", id, Lang::Vi);
        file.await.map(drop)
    };
    let some_left_out = upload(kit, "w", FILE.as_bytes()).await.unwrap();
    run(kit, some_left_out, false).await;
    let all_taken = "Họ tên,Đơn vị\nLê Dung,Năm Lúa\n";
    let all_taken = upload(kit, "w", all_taken.as_bytes()).await.unwrap();
    run(kit, all_taken, false).await;
    assert_eq!(kit.files("files").len(), 2);
    assert_eq!(services.drop_import_files().await.unwrap(), 1);
    assert_eq!(kit.files("files").len(), 1, "nothing of it is to be mended");
    services
        .undo_import(&ORGANIZER, "w", some_left_out)
        .await
        .unwrap();
    kit.clock.advance(Duration::days(29));
    assert_eq!(services.drop_import_files().await.unwrap(), 0);
    rejected(some_left_out).await.unwrap();
    kit.clock.advance(Duration::days(2));
    assert_eq!(services.drop_import_files().await.unwrap(), 1);
    assert!(kit.files("files").is_empty());
    is_not_found(rejected(some_left_out).await);
    let page = services.import_page(&ORGANIZER, "w", some_left_out).await;
    assert_eq!(*page.unwrap().row.state, ImportState::Undone);
    assert_eq!(services.drop_import_files().await.unwrap(), 0, "once");
}

async fn a_file_that_nobody_registered_is_forgotten(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let id = upload(kit, "w", FILE.as_bytes()).await.unwrap();
    kit.clock.advance(Duration::days(29));
    assert_eq!(services.drop_import_files().await.unwrap(), 0);
    let later = upload(kit, "w", FILE.as_bytes()).await;
    assert!(later.is_err(), "the workshop is over");
    kit.clock.advance(Duration::days(2));
    assert_eq!(services.drop_import_files().await.unwrap(), 1);
    assert!(kit.files("files").is_empty());
    let page = services.import_page(&ORGANIZER, "w", id).await;
    is_not_found(page.map(drop));
    let rows = kit.all(import::Entity).await;
    assert_eq!(number(&rows, |row| row.id == id), 0);
}
