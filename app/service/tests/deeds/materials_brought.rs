//! Files that are sent twice, what is inside of archives, and what lies in the
//! store without a row.

use crate::imports::FILE;
use crate::kit::{Kit, ORGANIZER, number, sessions, upload};
use crate::on_both;
use bytes::Bytes;
use chrono::Duration;
use domain::{AccountRole, MaterialForm, Reason};
use futures::stream;
use service::entity::{audit, material, material_version};
use service::{Actor, Failure, Received, Shelf};
use std::fs::File;
use std::io::{Cursor, Write};
use std::time::SystemTime;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

on_both!(
    what_is_sent_twice_is_taken_once,
    two_that_come_at_once_are_one,
    the_same_file_is_no_new_version,
    archives_are_looked_into,
    what_nothing_names_is_swept_out,
    the_store_of_another_database_stays,
);

const PDF: &[u8] = include_bytes!("files/bai-giang.pdf");
const PNG: &[u8] = include_bytes!("files/so-do.png");

async fn bring(kit: &Kit, actor: &Actor, form: &MaterialForm, content: &'static [u8]) -> Received {
    let content = stream::iter([Ok::<_, String>(Bytes::from_static(content))]);
    let shelf = Shelf::Workshop("w");
    let brought = kit
        .services
        .upload_material(actor, shelf, form, "a.pdf", content);
    brought.await.unwrap()
}

async fn what_is_sent_twice_is_taken_once(kit: &Kit) {
    kit.workshop("w", 5).await;
    let said = MaterialForm::default();
    let first = bring(kit, &ORGANIZER, &said, PDF).await;
    assert!(!first.already);
    let again = bring(kit, &ORGANIZER, &said, PDF).await;
    assert!(again.already);
    assert_eq!(again.version, first.version);
    assert_eq!(kit.files("files").len(), 1);
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "upload_material"), 1);

    let of_session = MaterialForm {
        session: sessions(kit, "w").await[0].id.to_string(),
        ..MaterialForm::default()
    };
    let elsewhere = bring(kit, &ORGANIZER, &of_session, PDF).await;
    assert!(!elsewhere.already, "it belongs to a session");
    for other in [
        MaterialForm {
            visibility: "public".to_owned(),
            ..MaterialForm::default()
        },
        MaterialForm {
            timing: "after_session".to_owned(),
            ..MaterialForm::default()
        },
        MaterialForm {
            title_vi: "Bài giảng".to_owned(),
            ..MaterialForm::default()
        },
    ] {
        let wished = bring(kit, &ORGANIZER, &other, PDF).await;
        assert!(!wished.already, "{other:?} is another material");
        assert!(bring(kit, &ORGANIZER, &other, PDF).await.already);
    }
    let trainer = kit.staff(AccountRole::Trainer, &["w"]).await;
    let theirs = bring(kit, &trainer, &said, PDF).await;
    assert!(!theirs.already, "somebody else brought it");
    let id = first.version.material_id;
    let withdraw = kit
        .services
        .withdraw_material(&ORGANIZER, "w".into(), id, true);
    withdraw.await.unwrap();
    let typed = MaterialForm {
        title_vi: "a".to_owned(),
        ..MaterialForm::default()
    };
    let anew = bring(kit, &ORGANIZER, &typed, PDF).await;
    assert!(!anew.already, "it was withdrawn");
    assert_eq!(kit.count(material::Entity).await, 7);
    assert_eq!(kit.files("files").len(), 7);
}

async fn two_that_come_at_once_are_one(kit: &Kit) {
    kit.workshop("w", 5).await;
    let said = MaterialForm::default();
    let (one, other) = tokio::join!(
        bring(kit, &ORGANIZER, &said, PDF),
        bring(kit, &ORGANIZER, &said, PDF)
    );
    assert_ne!(one.already, other.already);
    assert_eq!(one.version, other.version);
    assert_eq!(kit.count(material::Entity).await, 1);
    assert_eq!(kit.files("files").len(), 1);
}

async fn the_same_file_is_no_new_version(kit: &Kit) {
    kit.workshop("w", 5).await;
    let id = upload(kit, "a.pdf", PDF).await.unwrap().material_id;
    let replace = async |name: &str, content: &'static [u8]| {
        let content = stream::iter([Ok::<_, String>(Bytes::from_static(content))]);
        let done = kit
            .services
            .replace_material(&ORGANIZER, "w".into(), id, name, content);
        let done = done.await.unwrap();
        (done.version.number, done.already)
    };
    assert_eq!(replace("b.pdf", PDF).await, (1, true));
    assert_eq!(replace("b.png", PNG).await, (2, false));
    assert_eq!(replace("b.png", PNG).await, (2, true));
    assert_eq!(replace("b.pdf", PDF).await, (3, false), "back to the first");
    assert_eq!(kit.count(material_version::Entity).await, 3);
    assert_eq!(kit.files("files").len(), 3);
}

/// An archive of files with these names.
fn archive(names: &[&str]) -> &'static [u8] {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in names {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(b"x").unwrap();
    }
    archive.finish().unwrap().into_inner().leak()
}

async fn archives_are_looked_into(kit: &Kit) {
    kit.workshop("w", 5).await;
    let document = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"];
    let with = |more: &'static str| archive(&[&document[..], &[more]].concat());
    let program = |name: &str| Reason::HasProgram(name.to_owned());
    for (name, content, reason) in [
        ("a.docx", archive(&["cai-dat.exe"]), program("cai-dat.exe")),
        ("a.docx", archive(&["bài.txt"]), Reason::FileMismatch),
        ("a.pptx", archive(&document), Reason::FileMismatch),
        ("a.docx", with("word/vbaProject.bin"), Reason::HasMacros),
        ("a.zip", archive(&["Main.class"]), program("Main.class")),
        ("a.zip", archive(&["a.pdf", "b/c.JS"]), program("b/c.JS")),
        ("a.zip", archive(&["bảng.xlsm"]), Reason::HasMacros),
        (
            "a.zip",
            &b"PK\x03\x04 and no more"[..],
            Reason::FileMismatch,
        ),
    ] {
        match upload(kit, name, content).await {
            Err(Failure::Invalid(problems)) => assert_eq!(problems.of("file"), Some(&reason)),
            other => panic!("{name}: {reason:?}, {other:?}"),
        }
    }
    assert_eq!(kit.files("files"), [""; 0]);
    upload(kit, "a.docx", archive(&document)).await.unwrap();
    let plain = archive(&["tài liệu/bài 1.pdf", "ảnh.jpg"]);
    upload(kit, "a.zip", plain).await.unwrap();
}

/// Puts a file into the store, or makes one that is there as old as that.
fn lies(kit: &Kit, name: &str, age: Duration) {
    let path = kit.path("files").join(name);
    let file = File::options().append(true).create(true).open(path);
    let changed_at = SystemTime::from(kit.now() - age);
    file.unwrap().set_modified(changed_at).unwrap();
}

const OLD: Duration = Duration::days(31);
const YOUNG: Duration = Duration::hours(23);

fn key(sign: &str) -> String {
    sign.repeat(32)
}

async fn what_nothing_names_is_swept_out(kit: &Kit) {
    let view = kit.workshop("w", 5).await;
    upload(kit, "a.pdf", PDF).await.unwrap();
    crate::imports::upload(kit, "w", FILE.as_bytes())
        .await
        .unwrap();
    let content = stream::iter([Ok::<_, String>(Bytes::from_static(PNG))]);
    let session = view.sessions[0].id;
    let photo = kit
        .services
        .upload_photo(&ORGANIZER, "w", session, "a.png", content);
    photo.await.unwrap();
    let named = kit.files("files");
    assert_eq!(named.len(), 3);
    for name in &named {
        lies(kit, name, OLD);
    }
    lies(kit, &key("a"), OLD);
    lies(kit, &format!("{}#1", key("b")), OLD);
    let mut stay = named;
    for (name, age) in [
        (key("c"), Duration::days(30) - Duration::hours(1)),
        (format!("{}#1", key("d")), YOUNG),
        ("GHI-CHU.txt".to_owned(), OLD),
    ] {
        lies(kit, &name, age);
        stay.push(name);
    }
    assert_eq!(kit.services.sweep_files().await.unwrap(), 2);
    let mut left = kit.files("files");
    left.sort();
    stay.sort();
    assert_eq!(left, stay);
    assert_eq!(kit.services.sweep_files().await.unwrap(), 0);
    kit.clock.advance(Duration::hours(3));
    assert_eq!(kit.services.sweep_files().await.unwrap(), 2, "old by now");
}

async fn the_store_of_another_database_stays(kit: &Kit) {
    for at in 0..21 {
        lies(kit, &format!("{at:032x}"), OLD);
    }
    lies(kit, &format!("{}#1", key("a")), OLD);
    assert_eq!(kit.services.sweep_files().await.unwrap(), 1);
    let left = kit.files("files");
    assert_eq!(left.len(), 21);
    assert!(left.iter().all(|name| !name.contains('#')));
}
