//! The register of trainers.

use crate::kit::{Kit, ORGANIZER};
use crate::on_both;
use domain::{AccountRole, Reason, TrainerForm};
use service::entity::audit;
use service::{Actor, Failure};

on_both!(
    trainers_are_listed_by_given_name_and_found_without_accents,
    an_account_belongs_to_one_trainer,
    a_retired_trainer_is_offered_no_longer,
    only_organisers_keep_trainers,
);

fn trainer(full_name: &str) -> TrainerForm {
    TrainerForm {
        full_name: full_name.to_owned(),
        affiliation: "Trung tâm Khuyến công".to_owned(),
        fields: "Chế biến dừa".to_owned(),
        phone: "0950 123 456".to_owned(),
        ..TrainerForm::default()
    }
}

fn reason(failure: Failure, field: &str) -> Option<Reason> {
    match failure {
        Failure::Invalid(problems) => problems.of(field).cloned(),
        other => panic!("{other}"),
    }
}

async fn trainers_are_listed_by_given_name_and_found_without_accents(kit: &Kit) {
    let services = &kit.services;
    for name in ["Trần Văn Út", "Lê Thị Ân", "Đỗ Văn Bình"] {
        services
            .add_trainer(&ORGANIZER, &trainer(name))
            .await
            .unwrap();
    }
    let all = services.trainers(&ORGANIZER, "").await.unwrap();
    let names: Vec<&str> = all
        .rows
        .iter()
        .map(|one| one.row.full_name.as_str())
        .collect();
    assert_eq!(names, ["Lê Thị Ân", "Đỗ Văn Bình", "Trần Văn Út"]);
    for (typed, number) in [
        ("binh", 1),
        ("che bien DUA", 3),
        ("khuyen cong", 3),
        ("x", 0),
    ] {
        let found = services.trainers(&ORGANIZER, typed).await.unwrap();
        assert_eq!((found.all, found.rows.len()), (3, number), "{typed}");
    }
    let twice = services
        .add_trainer(&ORGANIZER, &trainer("LE THI AN"))
        .await;
    let twice = reason(twice.unwrap_err(), "full_name");
    assert_eq!(twice, Some(Reason::NameTaken));
    let mut namesake = trainer("Lê Thị Ân");
    namesake.affiliation = "Sở Công Thương".to_owned();
    services.add_trainer(&ORGANIZER, &namesake).await.unwrap();
    let log = kit.all(audit::Entity).await;
    for row in log {
        let after = row.after.unwrap_or_default();
        assert!(!after.contains("Ân") && !after.contains("+84"), "{after}");
    }
}

async fn an_account_belongs_to_one_trainer(kit: &Kit) {
    let services = &kit.services;
    let Actor::Account { id: account, .. } = kit.staff(AccountRole::Trainer, &[]).await else {
        panic!("no account");
    };
    let Actor::Account { id: door, .. } = kit.staff(AccountRole::Door, &[]).await else {
        panic!("no account");
    };
    let linked = |name: &str, account: i64| TrainerForm {
        account: account.to_string(),
        ..trainer(name)
    };
    let first = services
        .add_trainer(&ORGANIZER, &linked("Lê Thị Nhung", account))
        .await;
    let first = first.unwrap();
    for (id, expected) in [
        (account, Reason::AccountTaken),
        (door, Reason::NotAChoice),
        (account + 99, Reason::NotAChoice),
    ] {
        let made = services
            .add_trainer(&ORGANIZER, &linked("Trần Văn Út", id))
            .await;
        assert_eq!(reason(made.unwrap_err(), "account"), Some(expected));
    }
    let offered = services.accounts_to_choose(&ORGANIZER, None).await.unwrap();
    assert_eq!(offered, []);
    let own = services.accounts_to_choose(&ORGANIZER, Some(first)).await;
    assert_eq!(own.unwrap()[0].0, account);
    let kept = linked("Lê Thị Hồng Nhung", account);
    services
        .revise_trainer(&ORGANIZER, first, &kept)
        .await
        .unwrap();
    let rows = services.trainers(&ORGANIZER, "").await.unwrap().rows;
    let shown = rows[0].account.as_deref().unwrap();
    assert!(shown.contains("trainer@example.org"), "{shown}");
    let freed = trainer("Lê Thị Hồng Nhung");
    services
        .revise_trainer(&ORGANIZER, first, &freed)
        .await
        .unwrap();
    let other = services
        .add_trainer(&ORGANIZER, &linked("Trần Văn Út", account))
        .await;
    other.unwrap();
}

async fn a_retired_trainer_is_offered_no_longer(kit: &Kit) {
    let services = &kit.services;
    let id = services
        .add_trainer(&ORGANIZER, &trainer("Trần Văn Út"))
        .await;
    let id = id.unwrap();
    let offered = || async { services.trainers_to_choose(&ORGANIZER).await.unwrap() };
    let words = "Trần Văn Út (Trung tâm Khuyến công)".to_owned();
    assert_eq!(offered().await, [(id, words)]);
    services.retire_trainer(&ORGANIZER, id, true).await.unwrap();
    assert_eq!(offered().await, []);
    assert!(
        services
            .trainer(&ORGANIZER, id)
            .await
            .unwrap()
            .retired_at
            .is_some()
    );
    services
        .retire_trainer(&ORGANIZER, id, false)
        .await
        .unwrap();
    assert_eq!(offered().await.len(), 1);
    let nobody = services.retire_trainer(&ORGANIZER, id + 1, true).await;
    assert!(matches!(nobody, Err(Failure::NotFound)));
}

async fn only_organisers_keep_trainers(kit: &Kit) {
    let services = &kit.services;
    for role in [AccountRole::Trainer, AccountRole::Director] {
        let actor = kit.staff(role, &[]).await;
        let made = services.add_trainer(&actor, &trainer("Trần Văn Út")).await;
        assert!(matches!(made, Err(Failure::Forbidden)), "{role}");
        let read = services.trainers(&actor, "").await;
        assert!(matches!(read, Err(Failure::Forbidden)), "{role}");
    }
    let nobody = services.trainers_to_choose(&Actor::Anonymous).await;
    assert!(matches!(nobody, Err(Failure::SignInNeeded)));
}
