//! The register of what was handed out: entered, sent, taken back, exported.

use crate::kit::{
    Kit, ORGANIZER, attend, deliver, is_problem, known_establishment, number, upload, upload_said,
};
use crate::on_both;
use chrono::Duration;
use domain::{AccountRole, Channel, DistributionForm, Lang, MaterialForm};
use service::entity::{audit, distribution};
use service::{DistributedBy, DistributionFilter, Failure, Shelf};

on_both!(
    several_are_entered_at_once_and_taken_back,
    what_stands_is_not_entered_again,
    two_who_enter_the_same_at_once_enter_it_once,
    mails_that_were_sent_are_entries,
    a_mail_is_remembered_with_what_it_led_to,
    the_director_reads_the_register_and_enters_nothing,
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

/// What mails brought, by title and number of people.
async fn mailed(kit: &Kit) -> Vec<(String, u32)> {
    let all = DistributionFilter::default();
    let found = kit.services.distributions(&ORGANIZER, &all).await.unwrap();
    let mut mailed: Vec<(String, u32)> = found
        .rows
        .iter()
        .filter_map(|row| match row.by {
            DistributedBy::Mails(people) => Some((row.document.title(Lang::Vi).to_owned(), people)),
            DistributedBy::Hand { .. } => None,
        })
        .collect();
    mailed.sort();
    mailed
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
    let entered = services
        .enter_distribution(&ORGANIZER, &form(material, &[one, other]))
        .await;
    let batch = entered.unwrap().batch.unwrap();
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
    let line = "20/11/2026;Sổ tay;Kỹ năng đánh giá sản xuất sạch hơn (03/12/2026);HTX Lá Biếc";
    assert!(
        file.starts_with('\u{FEFF}') && file.contains(line),
        "{file}"
    );
    assert!(!file.contains(";=1+1"), "a formula: {file}");
    let DistributedBy::Hand { id, .. } = found.rows[0].by else {
        panic!("{found:?}")
    };
    services.undo_distribution(&ORGANIZER, id).await.unwrap();
    for _ in 0..2 {
        let undone = services.undo_distributions(&ORGANIZER, &batch).await;
        undone.unwrap();
    }
    let found = services.distributions(&ORGANIZER, &all).await.unwrap();
    assert_eq!(found.found, 0);
    let log = kit.all(audit::Entity).await;
    let undone = number(&log, |line| line.deed == "undo_distribution");
    assert_eq!(undone, 2, "what was undone before is not undone again");
    let unknown = services.undo_distributions(&ORGANIZER, "nowhere").await;
    assert!(matches!(unknown, Err(Failure::NotFound)), "{unknown:?}");
}

async fn what_stands_is_not_entered_again(kit: &Kit) {
    kit.workshop("w", 5).await;
    let material = upload(kit, "Sổ tay.pdf", PDF).await.unwrap().material_id;
    let one = known_establishment(kit, "HTX Lá Biếc").await;
    let other = known_establishment(kit, "CSSX Ba Rạng").await;
    let enter = async |form: &DistributionForm| {
        let entered = kit.services.enter_distribution(&ORGANIZER, form).await;
        let entered = entered.unwrap();
        assert_eq!(entered.batch.is_some(), entered.new > 0);
        ((entered.new, entered.stood), entered.batch)
    };
    let (first, _) = enter(&form(material, &[one])).await;
    assert_eq!(first, (1, 0));
    let (both, batch) = enter(&form(material, &[one, other])).await;
    assert_eq!(both, (1, 1));
    let (again, none) = enter(&form(material, &[one, other])).await;
    assert_eq!((again, none), ((0, 2), None));
    let log = kit.all(audit::Entity).await;
    let entered = number(&log, |line| line.deed == "enter_distribution");
    assert_eq!(entered, 2, "nothing was entered the third time");
    let printed = DistributionForm {
        channel: "print".to_owned(),
        ..form(material, &[one])
    };
    assert_eq!(enter(&printed).await.0, (1, 0), "in another way");
    let earlier = DistributionForm {
        day: "2026-11-19".to_owned(),
        ..form(material, &[one])
    };
    assert_eq!(enter(&earlier).await.0, (1, 0), "on another day");
    let undone = kit
        .services
        .undo_distributions(&ORGANIZER, &batch.unwrap())
        .await;
    undone.unwrap();
    let (once_more, _) = enter(&form(material, &[one, other])).await;
    assert_eq!(
        once_more,
        (1, 1),
        "what was taken back can be entered again"
    );
}

async fn two_who_enter_the_same_at_once_enter_it_once(kit: &Kit) {
    kit.workshop("w", 5).await;
    let material = upload(kit, "Sổ tay.pdf", PDF).await.unwrap().material_id;
    let one = known_establishment(kit, "HTX Lá Biếc").await;
    let other = known_establishment(kit, "CSSX Ba Rạng").await;
    let entered = kit
        .race(4, move |services, _| async move {
            let form = form(material, &[one, other]);
            let entered = services.enter_distribution(&ORGANIZER, &form).await;
            entered.unwrap()
        })
        .await;
    assert_eq!(number(&entered, |one| one.new == 2), 1, "{entered:?}");
    assert_eq!(number(&entered, |one| one.stood == 2), 3, "{entered:?}");
    assert_eq!(kit.count(distribution::Entity).await, 2);
}

async fn mails_that_were_sent_are_entries(kit: &Kit) {
    kit.workshop("w", 9).await;
    upload(kit, "a.pdf", PDF).await.unwrap();
    attend(kit, 1, "a@example.com", true).await;
    attend(kit, 1001, "b@example.com", true).await;
    let services = &kit.services;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    assert!(mailed(kit).await.is_empty(), "nothing has left");
    deliver(services).await;
    kit.clock.advance(Duration::hours(1));
    upload(kit, "later.pdf", PDF).await.unwrap();
    assert_eq!(mailed(kit).await, [("a".to_owned(), 2)]);
}

async fn a_mail_is_remembered_with_what_it_led_to(kit: &Kit) {
    kit.workshop("w", 9).await;
    let first = upload(kit, "a.pdf", PDF).await.unwrap().material_id;
    let second = upload(kit, "b.pdf", PDF).await.unwrap().material_id;
    let said = |visibility: &str, timing: &str| MaterialForm {
        visibility: visibility.to_owned(),
        timing: timing.to_owned(),
        ..MaterialForm::default()
    };
    let after = said("attended", "after_session");
    let after = upload_said(kit, "w".into(), &after, "c.pdf", PDF).await;
    after.unwrap();
    let form = said("registered", "");
    let shared = upload_said(kit, Shelf::Programme, &form, "d.pdf", PDF);
    shared.await.unwrap();
    let services = &kit.services;
    let withdraw = async |id, withdrawn| {
        let done = services.withdraw_material(&ORGANIZER, "w".into(), id, withdrawn);
        done.await.unwrap();
    };
    withdraw(second, true).await;
    attend(kit, 1, "a@example.com", true).await;
    attend(kit, 2, "b@example.com", true).await;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    deliver(services).await;
    kit.clock.advance(Duration::hours(1));
    withdraw(second, false).await;
    withdraw(first, true).await;
    let one = |title: &str, people: u32| (title.to_owned(), people);
    assert_eq!(mailed(kit).await, [one("a", 2), one("d", 2)]);
    attend(kit, 3, "c@example.com", true).await;
    services.send_materials(&ORGANIZER, "w").await.unwrap();
    deliver(services).await;
    kit.clock.advance(Duration::days(11));
    withdraw(first, true).await;
    assert_eq!(
        mailed(kit).await,
        [one("a", 2), one("b", 1), one("d", 3)],
        "what became of them since changes nothing"
    );
    let log = kit.all(audit::Entity).await;
    let withdrawn = number(&log, |line| line.deed == "withdraw_material");
    assert_eq!(withdrawn, 2, "what is withdrawn is not withdrawn again");
}

async fn the_director_reads_the_register_and_enters_nothing(kit: &Kit) {
    kit.workshop("w", 5).await;
    let material = upload(kit, "Sổ tay.pdf", PDF).await.unwrap().material_id;
    let one = known_establishment(kit, "HTX Lá Biếc").await;
    let director = kit.staff(AccountRole::Director, &[]).await;
    let trainer = kit.staff(AccountRole::Trainer, &["w"]).await;
    let services = &kit.services;
    let form = &form(material, &[one]);
    let entered = services.enter_distribution(&ORGANIZER, form).await;
    let batch = entered.unwrap().batch.unwrap();
    let all = DistributionFilter::default();
    let found = services.distributions(&director, &all).await.unwrap();
    assert_eq!(found.found, 1);
    let file = services.export_distributions(&director, &all, Lang::Vi);
    assert!(!file.await.unwrap().is_empty());
    let enters = services.enter_distribution(&director, form).await;
    assert!(matches!(enters, Err(Failure::Forbidden)), "{enters:?}");
    let undoes = services.undo_distributions(&director, &batch).await;
    assert!(matches!(undoes, Err(Failure::Forbidden)), "{undoes:?}");
    let page = services.distribution_page(&director, None, "").await;
    assert!(matches!(page, Err(Failure::Forbidden)));
    let reads = services.distributions(&trainer, &all).await;
    assert!(matches!(reads, Err(Failure::Forbidden)));
}
