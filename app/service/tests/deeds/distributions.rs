//! The register of what was handed out: entered, sent, taken back, exported.

use crate::kit::{Kit, ORGANIZER, attend, is_conflict, is_problem, known_establishment, upload};
use crate::on_both;
use domain::{AccountRole, Channel, DistributionForm, Lang};
use service::{Conflict, DistributedBy, DistributionFilter, Failure};

on_both!(
    several_are_entered_at_once_and_taken_back,
    mails_that_were_sent_are_entries,
    only_organisers_read_the_register,
);

const PDF: &[u8] = include_bytes!("files/bai-giang.pdf");

fn form(material: i64, establishments: &[i64]) -> DistributionForm {
    DistributionForm {
        material: material.to_string(),
        channel: "visit".to_owned(),
        day: "2026-11-20".to_owned(),
        establishments: establishments.iter().map(i64::to_string).collect(),
        note: "=1+1".to_owned(),
    }
}

async fn several_are_entered_at_once_and_taken_back(kit: &Kit) {
    kit.workshop("w", 5).await;
    let material = upload(kit, "Sổ tay.pdf", PDF).await.unwrap().material_id;
    let one = known_establishment(kit, "HTX Lá Biếc").await;
    let other = known_establishment(kit, "CSSX Ba Rạng").await;
    let services = &kit.services;
    let wrong = services
        .enter_distribution(&ORGANIZER, &form(material + 9, &[one]))
        .await;
    is_problem(wrong, "material");
    let wrong = services
        .enter_distribution(&ORGANIZER, &form(material, &[one, 9999]))
        .await;
    is_problem(wrong, "establishments");
    let tomorrow = DistributionForm {
        day: "2026-11-24".to_owned(),
        ..form(material, &[one])
    };
    is_problem(
        services.enter_distribution(&ORGANIZER, &tomorrow).await,
        "day",
    );
    let batch = services
        .enter_distribution(&ORGANIZER, &form(material, &[one, other]))
        .await;
    let batch = batch.unwrap();
    let all = DistributionFilter::default();
    let found = services.distributions(&ORGANIZER, &all).await.unwrap();
    assert_eq!((found.found, found.establishments), (2, 2));
    assert_eq!(found.rows[0].establishment, "CSSX Ba Rạng");
    let filtered = DistributionFilter {
        typed: "la biec".to_owned(),
        channel: Some(Channel::Visit),
        material: Some(material),
    };
    let filtered = services.distributions(&ORGANIZER, &filtered).await.unwrap();
    assert_eq!(filtered.found, 1);
    let file = services
        .export_distributions(&ORGANIZER, &all, Lang::Vi)
        .await;
    let file = String::from_utf8(file.unwrap()).unwrap();
    assert!(
        file.starts_with('\u{FEFF}') && file.contains("20/11/2026;Sổ tay;HTX Lá Biếc"),
        "{file}"
    );
    assert!(!file.contains(";=1+1"), "a formula: {file}");
    let DistributedBy::Hand { id, .. } = found.rows[0].by else {
        panic!("{found:?}")
    };
    services.undo_distribution(&ORGANIZER, id).await.unwrap();
    services
        .undo_distributions(&ORGANIZER, &batch)
        .await
        .unwrap();
    let found = services.distributions(&ORGANIZER, &all).await.unwrap();
    assert_eq!(found.found, 0);
    let again = services.undo_distributions(&ORGANIZER, &batch).await;
    is_conflict(again, Conflict::NothingChanged);
}

async fn mails_that_were_sent_are_entries(kit: &Kit) {
    kit.workshop("w", 9).await;
    upload(kit, "a.pdf", PDF).await.unwrap();
    attend(kit, 1, "a@example.com", true).await;
    attend(kit, 1001, "b@example.com", true).await;
    let services = &kit.services;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    let all = DistributionFilter::default();
    let found = services.distributions(&ORGANIZER, &all).await.unwrap();
    assert_eq!(found.found, 0, "nothing has left");
    while services.deliver_due().await.unwrap() > 0 {}
    kit.clock.advance(chrono::Duration::hours(1));
    upload(kit, "later.pdf", PDF).await.unwrap();
    let found = services.distributions(&ORGANIZER, &all).await.unwrap();
    let mailed: u32 = found
        .rows
        .iter()
        .map(|row| match row.by {
            DistributedBy::Mails(people) => people,
            DistributedBy::Hand { .. } => 0,
        })
        .sum();
    assert_eq!(mailed, 2, "{found:?}");
    assert!(found.rows.iter().all(|row| row.title(Lang::Vi) == "a"));
}

async fn only_organisers_read_the_register(kit: &Kit) {
    let director = kit.staff(AccountRole::Director, &[]).await;
    let all = DistributionFilter::default();
    let read = kit.services.distributions(&director, &all).await;
    assert!(matches!(read, Err(Failure::Forbidden)));
}
