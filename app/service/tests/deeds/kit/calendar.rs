//! Mails with invitations, and what two calendar programs make of a file.

use super::Kit;
use domain::CalendarMethod;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::Value;
use service::entity::{outbox, person, registration, workshop};
use service::{Notice, Registered, Services};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Reads each file with two independent parsers, which must agree on all of
/// it, and returns what both understood.
pub(crate) fn read_alike(folder: &Path, calendars: &[String]) -> Vec<Value> {
    let paths: Vec<PathBuf> = (0..calendars.len())
        .map(|n| folder.join(format!("{n}.ics")))
        .collect();
    for (path, calendar) in paths.iter().zip(calendars) {
        std::fs::write(path, calendar).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/calendar/read.py");
    let output = Command::new(python()).arg(script).args(&paths).output();
    let output = output.expect("Python with icalendar and vobject: run .ci/tools first");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "run .ci/tools first? {said}");
    let read: Vec<[Value; 2]> = serde_json::from_slice(&output.stdout).unwrap();
    read.into_iter()
        .map(|[one, other]| {
            assert_eq!(one, other, "two readers of one file");
            one
        })
        .collect()
}

/// `TAPHUAN_PYTHON`, or the one that `.ci/tools` set up.
fn python() -> PathBuf {
    if let Some(told) = env::var_os("TAPHUAN_PYTHON") {
        return told.into();
    }
    let cache = env::var_os("XDG_CACHE_HOME").map_or_else(
        || PathBuf::from(env::var_os("HOME").unwrap()).join(".cache"),
        PathBuf::from,
    );
    cache.join("taphuan/venv/bin/python3")
}

/// The mails in the order in which they were written.
pub(crate) async fn mails(kit: &Kit) -> Vec<outbox::Model> {
    let find = outbox::Entity::find().order_by_asc(outbox::Column::Id);
    find.all(kit.services.db().read()).await.unwrap()
}

pub(crate) async fn deliver(services: &Services) {
    while services.deliver_due().await.unwrap() > 0 {}
}

/// Tells a registrant about all sessions, as the deeds of moving and calling
/// off do.
pub(crate) async fn tell(
    kit: &Kit,
    registered: &Registered,
    method: CalendarMethod,
    purpose: &str,
) -> u64 {
    let services = &kit.services;
    let db = services.db();
    let row = registration::Entity::find_by_id(registered.id);
    let row = &row.one(db.read()).await.unwrap().unwrap();
    let person = person::Entity::find_by_id(row.person_id);
    let person = &person.one(db.read()).await.unwrap().unwrap();
    let slug = workshop::Entity::find_by_id(row.workshop_id);
    let slug = slug.one(db.read()).await.unwrap().unwrap().slug;
    let view = &services.public_workshop(&slug).await.unwrap();
    let notice = &Notice {
        purpose: purpose.to_owned(),
        subject: "Đổi giờ".to_owned(),
        paragraphs: vec!["Hội thảo đổi sang giờ khác.".to_owned()],
        facts: Vec::new(),
        link: "Mở trang đăng ký".to_owned(),
    };
    db.write(|tx| async move {
        let now = kit.now();
        services
            .push_invitations(&tx, method, view, &view.sessions, row, person, notice, now)
            .await
    })
    .await
    .unwrap()
}
