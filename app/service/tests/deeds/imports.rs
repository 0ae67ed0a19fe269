//! Files of delegates: looked at, registered as a whole, taken back as a whole.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, is_problem, named, number};
use crate::on_both;
use bytes::Bytes;
use calamine::{Reader, Xlsx};
use domain::{
    ImportColumn, ImportField, ImportNote, ImportState, Lang, Phone, Reason, RegistrationSource,
    RegistrationState::{Booked, Cancelled, Offered, Waitlisted},
};
use futures::stream;
use service::entity::{audit, consent, establishment, outbox, person, registration};
use service::{Conflict, Failure, Fate, ImportPage, ScanRequest};
use std::time::Instant;

on_both!(
    a_file_is_looked_at_and_registered_as_a_whole,
    who_stands_on_the_list_or_twice_in_the_file_is_the_same,
    one_person_in_two_rows_takes_one_seat,
    rows_have_the_numbers_of_the_file,
    nothing_is_uploaded_to_what_is_over,
    bad_files_are_answered_beside_the_field,
    columns_are_changed_and_remembered,
    two_who_confirm_register_once,
    people_are_written_to_only_when_asked,
    an_import_is_taken_back_but_for_those_who_came,
    what_a_server_left_behind_is_done_by_the_next,
    five_thousand_rows_take_seconds,
    five_thousand_people_are_written_to_in_seconds,
);

async fn rows_have_the_numbers_of_the_file(kit: &Kit) {
    kit.workshop("w", 9).await;
    let file = "\n\n\nHọ và tên,Đơn vị,SĐT\n\n\nLê An,Năm Lúa,123\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    let numbers: Vec<_> = page(kit, id)
        .await
        .rows
        .iter()
        .map(|row| row.number)
        .collect();
    assert_eq!(numbers, [7]);
}

async fn nothing_is_uploaded_to_what_is_over(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.clock.advance(chrono::Duration::days(30));
    is_conflict(
        upload(kit, "w", FILE.as_bytes()).await,
        Conflict::NotAllowedNow,
    );
    assert_eq!(kit.count(service::entity::import::Entity).await, 0);
}

async fn one_person_in_two_rows_takes_one_seat(kit: &Kit) {
    kit.workshop("w", 9).await;
    let file = "Họ và tên,Đơn vị,SĐT,Email\n\
        Lê An,Năm Lúa,0950000001,\n\
        Lê An,Năm Lúa,,\n\
        Lê Bình,Năm Lúa,0950000002,binh@example.com\n\
        Lê Bình,Bảy Hạt,0950000003,binh@example.com\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    assert_eq!(kit.count(registration::Entity).await, 2);
    assert_eq!(kit.count(person::Entity).await, 2);
    // Known by now, each by another trait.
    kit.workshop("v", 9).await;
    let mut form = crate::kit::named("Lê An", "0950 000 001");
    form.establishment = "Năm Lúa".to_owned();
    kit.register("v", &form).await;
    assert_eq!(kit.count(person::Entity).await, 2);
}

pub(crate) const FILE: &str = "\
DANH SÁCH ĐẠI BIỂU,,,,\n\
TT,Họ và tên,Chức vụ,Đơn vị,SĐT,Email\n\
1,Lê  An,Giám đốc,Cơ sở Năm Lúa,0950000001,an@example.com\n\
2,Trần Bình,Kỹ thuật,CSSX Năm Lúa,01681234567,\n\
3,12,,Cơ sở Năm Lúa,123,x\n\
,,,,,\n\
4,Võ Chi,Chủ cơ sở,HTX Lá Biếc,,chi@example.com\n";

pub(crate) async fn upload(kit: &Kit, slug: &str, content: &[u8]) -> Result<i64, Failure> {
    upload_named(kit, slug, "danh sách.csv", content).await
}

pub(crate) async fn upload_named(
    kit: &Kit,
    slug: &str,
    name: &str,
    content: &[u8],
) -> Result<i64, Failure> {
    let content = Bytes::copy_from_slice(content);
    let parts = stream::iter([Ok::<_, std::io::Error>(content)]);
    kit.services
        .upload_import(&ORGANIZER, slug, name, parts)
        .await
}

pub(crate) async fn confirm(kit: &Kit, slug: &str, id: i64) {
    let confirmed = kit.services.confirm_import(&ORGANIZER, slug, id, false);
    confirmed.await.unwrap();
}

async fn page(kit: &Kit, id: i64) -> ImportPage {
    kit.services.import_page(&ORGANIZER, "w", id).await.unwrap()
}

pub(crate) async fn run(kit: &Kit, id: i64, mails: bool) {
    kit.services
        .confirm_import(&ORGANIZER, "w", id, mails)
        .await
        .unwrap();
    assert_eq!(kit.services.run_imports().await.unwrap(), 1);
}

async fn a_file_is_looked_at_and_registered_as_a_whole(kit: &Kit) {
    kit.workshop("w", 2).await;
    let id = upload(kit, "w", FILE.as_bytes()).await.unwrap();
    let look = page(kit, id).await;
    assert_eq!(look.headings[1], "Họ và tên");
    assert_eq!(
        look.columns[4],
        Some(ImportColumn::Field(ImportField::Phone))
    );
    let new = look.count(|fate| *fate == Fate::New);
    assert_eq!(
        (look.rows.len(), new, look.count(Fate::is_wrong)),
        (4, 3, 1)
    );
    assert_eq!(look.seated, 2);
    let notes: Vec<_> = look.rows.iter().map(|row| row.notes.clone()).collect();
    let modern = Phone::parse("0381234567").unwrap();
    assert_eq!(notes[1], [ImportNote::NewNumber(modern)]);
    assert!(!look.rows[0].is_noted() && look.rows[1].is_noted());
    assert_eq!(look.rows[2].number, 5, "as the file counts");
    assert_eq!(
        kit.count(registration::Entity).await,
        0,
        "nothing is written"
    );
    run(kit, id, false).await;
    let done = page(kit, id).await.row;
    assert_eq!(*done.state, ImportState::Done);
    assert_eq!(
        (done.made, done.same, done.rejected, done.done),
        (3, 0, 1, 4)
    );
    let mut rows = kit.all(registration::Entity).await;
    rows.sort_by_key(|row| row.id);
    let states: Vec<_> = rows.iter().map(|row| *row.state).collect();
    assert_eq!(
        states,
        [Booked, Booked, Waitlisted],
        "in the order of the file"
    );
    assert!(
        rows.iter()
            .all(|row| *row.source == RegistrationSource::Import)
    );
    assert_eq!(rows[0].import_id, Some(id));
    let persons = kit.all(person::Entity).await;
    let binh = persons
        .iter()
        .find(|row| row.full_name == "Trần Bình")
        .unwrap();
    assert_eq!(binh.phone.as_deref(), Some("+84381234567"));
    assert_eq!(binh.lowered, "trần bình");
    assert_eq!(
        kit.count(establishment::Entity).await,
        2,
        "one spelled in two ways"
    );
    assert_eq!(kit.count(consent::Entity).await, 0, "consent is pending");
    assert_eq!(kit.count(outbox::Entity).await, 0, "nobody is written to");
    let lines = kit.all(audit::Entity).await;
    assert_eq!(number(&lines, |line| line.deed == "register"), 3);
    // The rows left out, to be mended.
    let file = kit.services.rejected_rows(&ORGANIZER, "w", id, Lang::Vi);
    let file = file.await.unwrap();
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(file.content)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |row, column| range.get_value((row, column)).unwrap().to_string();
    assert_eq!(
        (range.height(), text(0, 1), text(1, 4)),
        (2, "Họ và tên".into(), "123".into())
    );
    assert!(text(1, 6).contains("Điện thoại"), "{}", text(1, 6));
}

async fn who_stands_on_the_list_or_twice_in_the_file_is_the_same(kit: &Kit) {
    kit.workshop("w", 10).await;
    let mut known = named("Lê An", "0950000001");
    known.establishment = "Nơi khác".to_owned();
    kit.register("w", &known).await;
    let twice = format!("{FILE}5,TRAN BINH,,CSSX Năm Lúa,0381234567,\n6,Võ Chi,,Lá Biếc,,\n");
    let id = upload(kit, "w", twice.as_bytes()).await.unwrap();
    let fates: Vec<_> = page(kit, id)
        .await
        .rows
        .into_iter()
        .map(|row| row.fate)
        .collect();
    assert_eq!(fates[0], Fate::Same, "same name and phone");
    assert_eq!(
        fates[4..],
        [Fate::Again(4), Fate::Again(7)],
        "further up in the file"
    );
    run(kit, id, false).await;
    let done = page(kit, id).await.row;
    assert_eq!((done.made, done.same, done.rejected), (2, 3, 1));
    assert_eq!(kit.count(registration::Entity).await, 3);
    // The same file again registers nobody.
    let again = upload(kit, "w", twice.as_bytes()).await.unwrap();
    assert_eq!(page(kit, again).await.count(|fate| *fate == Fate::New), 0);
}

async fn bad_files_are_answered_beside_the_field(kit: &Kit) {
    kit.workshop("w", 10).await;
    for content in [&b""[..], b"PK\x03\x04rubbish", b"\x89PNG\r\n\x1a\n\0\0"] {
        is_problem(upload(kit, "w", content).await, "file");
    }
    // A letter, and a list of names alone.
    for content in [
        "Kính gửi Trung tâm,\nĐơn vị cử người dự.\n",
        "Lê An\nLê Bình\n",
    ] {
        let refused = upload(kit, "w", content.as_bytes()).await;
        assert!(
            matches!(&refused, Err(Failure::Invalid(problems))
                if problems.of("file") == Some(&Reason::NotAList)),
            "{refused:?}"
        );
    }
    let large = vec![b'a'; 5 * 1024 * 1024 + 1];
    is_problem(upload(kit, "w", &large).await, "file");
    let long = format!("Họ tên,Đơn vị\n{}", "An,X\n".repeat(5001));
    is_problem(upload(kit, "w", long.as_bytes()).await, "file");
    assert!(kit.files("files").is_empty(), "no refused file is kept");
}

async fn columns_are_changed_and_remembered(kit: &Kit) {
    kit.workshop("w", 10).await;
    let file = "Người dự,Nơi làm\nLê An,Năm Lúa\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    assert_eq!(page(kit, id).await.columns, [None, None]);
    let confirmed = kit.services.confirm_import(&ORGANIZER, "w", id, false);
    is_problem(confirmed.await, "columns");
    let set = async |columns: &[Option<ImportColumn>]| {
        let set = kit
            .services
            .set_import_columns(&ORGANIZER, "w", id, columns);
        set.await
    };
    let [name, place] = [ImportField::FullName, ImportField::Establishment]
        .map(|field| Some(ImportColumn::Field(field)));
    let both = [name, place];
    is_problem(set(&[name]).await, "columns");
    is_problem(set(&[name, name]).await, "columns");
    set(&both).await.unwrap();
    assert_eq!(page(kit, id).await.count(|fate| *fate == Fate::New), 1);
    let next = upload(kit, "w", file.as_bytes()).await.unwrap();
    assert_eq!(page(kit, next).await.columns, both);
    run(kit, id, false).await;
    is_conflict(set(&both).await, Conflict::NotAllowedNow);
}

async fn two_who_confirm_register_once(kit: &Kit) {
    kit.workshop("w", 10).await;
    let id = upload(kit, "w", FILE.as_bytes()).await.unwrap();
    let done = kit
        .race(4, move |services, _| async move {
            let confirmed = services.confirm_import(&ORGANIZER, "w", id, false).await;
            let ran = services.run_imports().await;
            (confirmed.is_ok(), ran.is_ok())
        })
        .await;
    assert_eq!(number(&done, |(confirmed, _)| *confirmed), 1);
    assert!(done.iter().all(|(_, ran)| *ran), "{done:?}");
    assert_eq!(kit.count(registration::Entity).await, 3);
    assert_eq!(*page(kit, id).await.row.state, ImportState::Done);
}

async fn people_are_written_to_only_when_asked(kit: &Kit) {
    kit.workshop("w", 2).await;
    let id = upload(kit, "w", FILE.as_bytes()).await.unwrap();
    run(kit, id, true).await;
    let mut purposes: Vec<_> = kit.all(outbox::Entity).await;
    purposes.sort_by_key(|mail| mail.id);
    let purposes: Vec<_> = purposes.into_iter().map(|mail| mail.purpose).collect();
    assert_eq!(purposes, ["added", "waitlisted"], "one has no address");
    kit.services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    let mails = kit.all(outbox::Entity).await;
    assert_eq!(number(&mails, |mail| mail.purpose == "dropped"), 2);
}

async fn an_import_is_taken_back_but_for_those_who_came(kit: &Kit) {
    kit.workshop("w", 3).await;
    let id = upload(kit, "w", FILE.as_bytes()).await.unwrap();
    let early = kit.services.undo_import(&ORGANIZER, "w", id).await;
    is_conflict(early, Conflict::NotAllowedNow);
    run(kit, id, false).await;
    let waits = kit.register("w", &delegate(1)).await;
    assert_eq!(waits.state, Waitlisted);
    let first = kit.in_state(Booked).await.remove(0);
    let session = kit.services.door(&ORGANIZER, "w").await.unwrap().session.id;
    let scan = ScanRequest {
        code: first.code.clone(),
        session,
        nonce: "n".to_owned(),
        at: None,
    };
    kit.services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    let undone = kit.services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(undone.cancelled, 2);
    assert_eq!(undone.stay, [("Lê An".to_owned(), Booked)]);
    assert_eq!(kit.in_state(Cancelled).await.len(), 2);
    let offered = kit.in_state(Offered).await;
    assert_eq!(offered.len(), 1, "a freed seat is passed on");
    assert_eq!(*page(kit, id).await.row.state, ImportState::Undone);
    let again = kit.services.undo_import(&ORGANIZER, "w", id).await;
    is_conflict(again, Conflict::NotAllowedNow);
}

async fn what_a_server_left_behind_is_done_by_the_next(kit: &Kit) {
    kit.workshop("w", 10).await;
    let id = upload(kit, "w", FILE.as_bytes()).await.unwrap();
    let confirmed = kit.services.confirm_import(&ORGANIZER, "w", id, false);
    confirmed.await.unwrap();
    assert_eq!(kit.count(registration::Entity).await, 0);
    let next = kit.another().await;
    assert_eq!(next.run_imports().await.unwrap(), 1);
    assert_eq!(kit.count(registration::Entity).await, 3);
    assert_eq!(next.run_imports().await.unwrap(), 0);
    // What cannot be registered says so, and nothing was written.
    let late = upload(kit, "w", FILE.replace("Lê  An", "Lê Muộn").as_bytes())
        .await
        .unwrap();
    let confirmed = kit.services.confirm_import(&ORGANIZER, "w", late, false);
    confirmed.await.unwrap();
    kit.clock.advance(chrono::Duration::days(30));
    kit.services.run_imports().await.unwrap();
    assert_eq!(*page(kit, late).await.row.state, ImportState::Failed);
    assert_eq!(kit.count(registration::Entity).await, 3);
}

async fn five_thousand_rows_take_seconds(kit: &Kit) {
    kit.workshop("w", 3000).await;
    let rows = (0..5000).map(|n| format!("Nguyễn Văn Số {n}x,Cơ sở {},09{n:08}\n", n % 400));
    let file = format!("Họ tên,Đơn vị,SĐT\n{}", rows.collect::<String>());
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    let began = Instant::now();
    run(kit, id, false).await;
    let took = began.elapsed();
    assert!(took.as_secs() < 30, "{took:?}");
    assert_eq!(kit.in_state(Booked).await.len(), 3000);
    assert_eq!(kit.in_state(Waitlisted).await.len(), 2000);
    assert_eq!(kit.count(establishment::Entity).await, 400);
}

async fn five_thousand_people_are_written_to_in_seconds(kit: &Kit) {
    kit.workshop("w", 3000).await;
    let row = |n| {
        let place = n % 400;
        format!("Nguyễn Văn Số {n}x,Cơ sở {place},09{n:08},so{n}@example.com\n")
    };
    let file = (0..5000).map(row).collect::<String>();
    let file = format!("Họ tên,Đơn vị,SĐT,Email\n{file}");
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    let began = Instant::now();
    run(kit, id, true).await;
    let took = began.elapsed();
    println!("registered and written to: {took:?}");
    assert!(took.as_secs() < 30, "{took:?}");
    assert_eq!(kit.count(outbox::Entity).await, 5000);
    let began = Instant::now();
    let undone = kit.services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    let took = began.elapsed();
    println!("taken back and told: {took:?}");
    assert_eq!(undone.cancelled, 5000);
    assert!(took.as_secs() < 60, "{took:?}");
}
