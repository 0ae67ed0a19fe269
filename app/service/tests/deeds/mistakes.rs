//! The mistakes that people make with workshops, each with the test that shows
//! how it ends. Those that fit nowhere else stand here.

use crate::kit::{Kit, ORGANIZER, at, delegate, move_form, named, upload};
use crate::on_both;
use domain::{AttendanceState, Consents, Difference};
use service::entity::{call, outbox};
use service::{ContactForm, Registered, ScanRequest};
use std::path::Path;

on_both!(
    one_of_five_in_a_mailbox_opts_out_and_silences_nobody,
    a_wrong_phone_is_mended_by_whoever_calls,
    who_signs_for_somebody_else_is_seen_and_not_counted,
    a_wrong_version_of_the_slides_is_behind_no_link_any_more,
    who_registered_has_not_attended,
);

/// Each mistake, and where its test stands.
const MISTAKES: [(&str, &str, &str); 16] = [
    (
        "one firm spelled three ways",
        "likeness/firms.rs",
        "one_firm_spelled_three_ways_is_merged_with_its_history",
    ),
    (
        "a form sent twice",
        "races.rs",
        "a_double_submit_without_a_key_registers_once",
    ),
    (
        "registered twice, in another spelling",
        "likeness/mod.rs",
        "the_rule_recognises_and_notes_who_may_be_one",
    ),
    (
        "their own phone in every nominee's row",
        "parties.rs",
        "one_mailbox_and_one_phone_for_all_are_no_obstacle",
    ),
    (
        "one mailbox for five delegates",
        "mistakes.rs",
        "one_of_five_in_a_mailbox_opts_out_and_silences_nobody",
    ),
    (
        "no e-mail at all",
        "calls.rs",
        "whoever_has_no_working_address_is_called",
    ),
    (
        "a wrong phone",
        "mistakes.rs",
        "a_wrong_phone_is_mended_by_whoever_calls",
    ),
    (
        "a colleague with somebody else's code",
        "colleague.rs",
        "a_colleague_takes_the_seat_and_is_in",
    ),
    (
        "a late walk-in when the room is full",
        "door_list.rs",
        "a_walk_in_gets_in_when_the_room_is_full",
    ),
    (
        "moved at short notice, with the old printed invitation around",
        "changes.rs",
        "a_move_tells_everybody_once_and_codes_stay_valid",
    ),
    (
        "the network cut at the venue",
        "door_sync.rs",
        "a_batch_is_taken_once_however_often_it_is_sent",
    ),
    (
        "signing in for somebody else",
        "mistakes.rs",
        "who_signs_for_somebody_else_is_seen_and_not_counted",
    ),
    (
        "the wrong version of the slides sent to all",
        "mistakes.rs",
        "a_wrong_version_of_the_slides_is_behind_no_link_any_more",
    ),
    (
        "registrations reported as attendance",
        "mistakes.rs",
        "who_registered_has_not_attended",
    ),
    (
        "a file whose columns were mistaken",
        "import_undone.rs",
        "what_a_file_made_is_shown_nowhere_once_it_is_taken_back",
    ),
    (
        "a phone that a spreadsheet took for a number",
        "import_workbooks.rs",
        "a_workbook_with_a_title_numbers_and_dates_is_registered",
    ),
];

#[test]
fn every_mistake_has_its_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/deeds");
    for (mistake, file, test) in MISTAKES {
        let content = std::fs::read_to_string(folder.join(file)).unwrap();
        let stands = content.contains(&format!("async fn {test}(kit: &Kit)"));
        assert!(stands, "{mistake}: no {test} in {file}");
    }
}

fn until(kit: &Kit, moment: &str) {
    kit.clock.advance(at(moment) - kit.now());
}

async fn scan(kit: &Kit, who: &Registered) {
    let session = kit.services.door(&ORGANIZER, "w").await.unwrap().session.id;
    let request = ScanRequest {
        code: who.code.clone(),
        session,
        nonce: format!("n{}", who.id),
        at: None,
    };
    let done = kit.services.check_in(&ORGANIZER, "w", &request);
    assert!(done.await.unwrap().person.is_some());
}

async fn bring(kit: &Kit, name: &str) -> i64 {
    const SLIDES: &[u8] = include_bytes!("files/bai-giang.pdf");
    upload(kit, name, SLIDES).await.unwrap().material_id
}

async fn one_of_five_in_a_mailbox_opts_out_and_silences_nobody(kit: &Kit) {
    kit.workshop("w", 9).await;
    bring(kit, "bai-giang.pdf").await;
    let mut people = Vec::new();
    for n in 0..5 {
        let mut form = delegate(n);
        form.email = "van.phong@example.com".to_owned();
        form.consents.materials = true;
        people.push(kit.register("w", &form).await);
    }
    until(kit, "2026-12-03T07:30");
    for one in &people {
        scan(kit, one).await;
    }
    let ticket = kit.ticket(&people[2]);
    let nothing = Consents {
        reporting: true,
        ..Consents::default()
    };
    kit.services.set_consents(&ticket, nothing).await.unwrap();
    let sent = kit.services.send_materials(&ORGANIZER, "w").await;
    assert_eq!(sent.unwrap(), 4);
    let mails = kit.all(outbox::Entity).await.into_iter();
    let mut to: Vec<_> = mails
        .filter(|mail| mail.purpose == "materials")
        .filter_map(|mail| mail.registration_id)
        .collect();
    to.sort_unstable();
    let others = people.iter().filter(|one| one.id != people[2].id);
    assert_eq!(to, others.map(|one| one.id).collect::<Vec<_>>());
}

async fn a_wrong_phone_is_mended_by_whoever_calls(kit: &Kit) {
    kit.workshop("w", 9).await;
    let mut form = named("Trần Thị Sai Số", "0959 111 222");
    form.email = String::new();
    let one = kit.register("w", &form).await;
    let form = move_form(kit, "w", 7).await;
    let services = &kit.services;
    let moved = services.move_workshop(&ORGANIZER, "w", &form).await;
    let (_, change) = moved.unwrap();
    let calls = async || {
        services
            .change_page(&ORGANIZER, "w", change)
            .await
            .unwrap()
            .calls
    };
    assert_eq!(calls().await[0].phone.as_deref(), Some("+84959111222"));
    // Somebody at the establishment knows the right one.
    let right = ContactForm {
        phone: "0959 111 223".to_owned(),
        ..ContactForm::default()
    };
    let mended = services.edit_contact(&ORGANIZER, "w", one.id, &right);
    mended.await.unwrap();
    let listed = calls().await;
    assert_eq!(listed[0].phone.as_deref(), Some("+84959111223"));
    assert!(listed[0].marked.is_none(), "still to be told");
    let told = services.mark_call(
        &ORGANIZER,
        "w",
        service::CallList::Change(change),
        service::Callee::Registration(one.id),
        Some(domain::CallOutcome::Called),
    );
    told.await.unwrap();
    assert_eq!(kit.all(call::Entity).await.len(), 1);
    // Who registers with the right one is the same person.
    kit.workshop("v", 9).await;
    kit.register("v", &named("Trần Thị Sai Số", "0959 111 223"))
        .await;
    assert_eq!(kit.count(service::entity::person::Entity).await, 1);
}

async fn who_signs_for_somebody_else_is_seen_and_not_counted(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let mut people = Vec::new();
    for (name, phone) in [
        ("Lê Văn An", "0950000001"),
        ("Lê Văn Ba", "0950000002"),
        ("Lê Văn Hai", "0950000003"),
    ] {
        people.push(kit.register("w", &named(name, phone)).await);
    }
    until(kit, "2026-12-03T07:30");
    scan(kit, &people[0]).await;
    scan(kit, &people[1]).await;
    // One hand signs for two: the third never passed the door.
    let (services, session) = (&kit.services, w.sessions[0].id);
    let sheet = services
        .print_sheet(&ORGANIZER, "w", session)
        .await
        .unwrap();
    let entered = services.enter_rows(&ORGANIZER, "w", sheet.as_str(), "1-3");
    entered.await.unwrap();
    let page = async || {
        services
            .attendance_page(&ORGANIZER, "w", None)
            .await
            .unwrap()
    };
    let seen: Vec<_> = page().await.rows.iter().map(|row| row.difference).collect();
    assert_eq!(seen, [None, None, Some(Difference::NotScanned)]);
    let came = async || {
        let cockpit = services.cockpit(&ORGANIZER, "w").await.unwrap();
        cockpit.headcount.funnel.came()
    };
    assert_eq!(came().await, 3, "until somebody looks into it");
    let absent = AttendanceState::Absent;
    let hai = people[2].id;
    let corrected =
        services.correct_attendance(&ORGANIZER, "w", session, hai, absent, "Ba ký thay");
    corrected.await.unwrap();
    assert_eq!((came().await, page().await.differing), (2, 0));
}

async fn a_wrong_version_of_the_slides_is_behind_no_link_any_more(kit: &Kit) {
    kit.workshop("w", 9).await;
    let wrong = bring(kit, "ban-nhap.pdf").await;
    let mut form = delegate(1);
    form.consents.materials = true;
    let one = kit.register("w", &form).await;
    until(kit, "2026-12-03T07:30");
    scan(kit, &one).await;
    let services = &kit.services;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    let mails = kit.all(outbox::Entity).await;
    let mail = mails
        .iter()
        .find(|mail| mail.purpose == "materials")
        .unwrap();
    assert!(mail.calendar.is_none(), "mails have a link, and no file");
    let link = mail.body_text.split("/materials/").nth(1).unwrap();
    let link = link.split_whitespace().next().unwrap();
    let withdrawn = services.withdraw_material(&ORGANIZER, "w".into(), wrong, true);
    withdrawn.await.unwrap();
    let right = bring(kit, "bai-giang.pdf").await;
    let behind = services.materials_page(link).await.unwrap();
    let files: Vec<_> = behind.materials.iter().map(|view| view.row.id).collect();
    assert_eq!(files, [right]);
}

async fn who_registered_has_not_attended(kit: &Kit) {
    kit.workshop("w", 9).await;
    for n in 0..3 {
        kit.register("w", &delegate(n)).await;
    }
    until(kit, "2026-12-03T12:00");
    let cockpit = kit.services.cockpit(&ORGANIZER, "w").await.unwrap();
    let funnel = &cockpit.headcount.funnel;
    assert_eq!((funnel.registered, funnel.came()), (3, 0));
    let summary = kit.services.summary(&ORGANIZER).await.unwrap();
    assert_eq!(summary.tally.attendances, 0);
}
