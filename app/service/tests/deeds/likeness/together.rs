//! Judging while others register and files are brought.

use super::{doubled, merge, open, row_of, somebody, undo, unsure};
use crate::imports::{confirm, upload};
use crate::kit::{Kit, ORGANIZER, delegate, number};
use crate::on_both;
use domain::{DelegateRow, Lang, LikenessNoun, LikenessReason, LikenessState, PartyForm};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, IntoActiveModel, NotSet, Set, Statement,
};
use service::entity::{Code, establishment, likeness, person, registration};
use service::{Actor, MergeChoice};
use std::time::Duration;

on_both!(
    nobody_is_imported_for_a_row_that_is_merged,
    who_registers_while_being_imported_is_one_person,
    an_import_notes_who_may_be_one,
    nobody_waits_for_another_in_a_circle,
    what_is_one_already_hides_nothing,
);

async fn nobody_is_imported_for_a_row_that_is_merged(kit: &Kit) {
    let (first, second, id) = unsure(kit).await;
    let gone = row_of(kit, &second).await.person_id;
    let firm = row_of(kit, &first).await.establishment_id;
    let mut typo = delegate(7);
    typo.establishment = "Rạng Đông Xan".to_owned();
    let elsewhere = row_of(kit, &kit.register("a", &typo).await).await;
    let pairs = open(kit).await;
    let firms = pairs
        .iter()
        .find(|row| *row.noun == LikenessNoun::Establishment);
    let firms = firms.unwrap().id;
    for round in 0..6 {
        let slug = format!("w{round}");
        kit.workshop(&slug, 900).await;
        let others = (0..300).map(|n| format!("Lê Số {round} {n},Rạng Đông Xan,\n"));
        let file = format!(
            "Họ tên,Đơn vị,SĐT\nLê Văn An,Rạng Đông Xanh,0950000002\n{}",
            others.collect::<String>()
        );
        let import = upload(kit, &slug, file.as_bytes()).await.unwrap();
        confirm(kit, &slug, import).await;
        kit.race(2, move |services, n| async move {
            if n == 0 {
                services.run_imports().await.unwrap();
                return;
            }
            tokio::time::sleep(Duration::from_millis(12 * round)).await;
            for id in [id, firms] {
                let choice = MergeChoice::default();
                services.merge(&ORGANIZER, id, choice).await.unwrap();
            }
        })
        .await;
        let rows = kit.all(registration::Entity).await;
        assert_eq!(number(&rows, |row| row.person_id == gone), 0, "{round}");
        let place = elsewhere.establishment_id;
        assert_eq!(number(&rows, |row| row.establishment_id == place), 0);
        assert!(number(&rows, |row| row.establishment_id == firm) > 300);
        for id in [firms, id] {
            undo(kit, id).await.unwrap();
        }
    }
}

async fn who_registers_while_being_imported_is_one_person(kit: &Kit) {
    const PEOPLE: usize = 200;
    kit.workshop("w", 900).await;
    kit.workshop("v", 900).await;
    let rows = (0..PEOPLE).map(|n| format!("Lê Số {n},Năm Lúa,09{n:08}\n"));
    let file = format!("Họ tên,Đơn vị,SĐT\n{}", rows.collect::<String>());
    let import = upload(kit, "w", file.as_bytes()).await.unwrap();
    confirm(kit, "w", import).await;
    kit.race(5, |services, n| async move {
        if n == 0 {
            services.run_imports().await.unwrap();
            return;
        }
        for at in (n - 1..PEOPLE).step_by(16) {
            let mut form = somebody(&format!("Lê Số {at}"), &format!("09{at:08}"), "");
            form.establishment = "Năm Lúa".to_owned();
            let done = services.register(&Actor::Anonymous, "v", &form, Lang::Vi, None);
            done.await.unwrap();
        }
    })
    .await;
    assert_eq!(kit.count(person::Entity).await, PEOPLE as u64);
    assert_eq!(kit.count(establishment::Entity).await, 1);
}

async fn an_import_notes_who_may_be_one(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.workshop("v", 9).await;
    let mut known = somebody("Lê Văn An", "0950000001", "");
    known.establishment = "Rạng Đông Xanh".to_owned();
    kit.register("v", &known).await;
    let file = "Họ tên,Đơn vị,SĐT\n\
        Lê Văn An,Rạng Đông Xanh,0950000002\n\
        Võ Thị Chi,Rạng Đông Xan,0950000003\n\
        Võ Thị Chii,Năm Lúa,0950000003\n\
        Trần Bình,Năm Lúa,0950000003\n";
    let import = upload(kit, "w", file.as_bytes()).await.unwrap();
    confirm(kit, "w", import).await;
    kit.services.run_imports().await.unwrap();
    let mut noted: Vec<_> = open(kit).await.iter().map(|row| *row.reason).collect();
    noted.sort_by_key(|reason| format!("{reason:?}"));
    let expected = [
        LikenessReason::ContactAndName,
        LikenessReason::Name,
        LikenessReason::NameAndPlace,
    ];
    assert_eq!(noted, expected);
    // A search finds nothing that was missed.
    assert_eq!(kit.services.find_likenesses(&ORGANIZER).await.unwrap(), 0);
}

/// How many deadlocks the database has broken.
async fn deadlocks(kit: &Kit) -> i64 {
    let db = kit.services.db();
    if db.backend() != DbBackend::Postgres {
        return 0;
    }
    // A connection reports what it saw a second later at the latest.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    for _ in 0..16 {
        kit.count(person::Entity).await;
    }
    let asked = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    let asked = Statement::from_string(DbBackend::Postgres, asked);
    let row = db.read().query_one_raw(asked).await.unwrap().unwrap();
    row.try_get("", "deadlocks").unwrap()
}

async fn nobody_waits_for_another_in_a_circle(kit: &Kit) {
    let (_, _, id) = doubled(kit, 900).await;
    for slug in ["x", "y"] {
        kit.workshop(slug, 900).await;
    }
    for round in 0..5 {
        kit.race(9, move |services, n| async move {
            if n == 0 {
                let choice = MergeChoice::default();
                return services.merge(&ORGANIZER, id, choice).await.unwrap();
            }
            if n < 5 {
                let phone = ["0950000001", "0950000002"][n % 2];
                let form = somebody("Lê Văn An", phone, "");
                let done = services.register(&Actor::Anonymous, "w", &form, Lang::Vi, None);
                done.await.unwrap();
                return;
            }
            let mut names = vec![format!("Lê Bình {round}"), format!("Võ Chi {round}")];
            if n % 2 == 0 {
                names.reverse();
            }
            let form = party(names);
            let slug = ["x", "y"][n % 2];
            let done = services.register_party(slug, &form, Lang::Vi, None);
            done.await.unwrap();
        })
        .await;
        undo(kit, id).await.unwrap();
    }
    assert_eq!(deadlocks(kit).await, 0);
    let people = kit.all(person::Entity).await;
    assert_eq!(people.len(), 2 + 2 * 5, "each is one person");
}

fn party(names: Vec<String>) -> PartyForm {
    let row = |full_name| DelegateRow {
        full_name,
        role: "technician".to_owned(),
        ..DelegateRow::default()
    };
    PartyForm {
        contact_name: "Trần Thị Hoa".to_owned(),
        contact_phone: "0950 000 700".to_owned(),
        contact_email: "hoa@example.com".to_owned(),
        establishment: "Công ty TNHH Rạng Đông Xanh".to_owned(),
        locality: "Xã Ba Tri".to_owned(),
        told: true,
        delegates: names.into_iter().map(row).collect(),
        opened_at: None,
    }
}

async fn what_is_one_already_hides_nothing(kit: &Kit) {
    const TWINS: usize = 60;
    let (first, second, id) = unsure(kit).await;
    let people = kit.all(person::Entity).await;
    let of = |id| people.iter().find(|row| row.id == id).unwrap();
    let kept = of(row_of(kit, &first).await.person_id);
    let other = row_of(kit, &second).await.person_id;
    let made = kit.services.db().write(|tx| async move {
        // Noted before the only pair that is still to be judged.
        let pair = <likeness::Entity as sea_orm::EntityTrait>::find_by_id(id);
        let pair = pair.one(&*tx).await?.unwrap();
        pair.clone().into_active_model().delete(&*tx).await?;
        let note = async |first, second| {
            let row = likeness::ActiveModel {
                id: NotSet,
                first_id: Set(first),
                second_id: Set(second),
                ..pair.clone().into_active_model().reset_all()
            };
            row.insert(&*tx).await.map(drop)
        };
        for _ in 0..TWINS {
            let row = person::ActiveModel {
                id: NotSet,
                merged_into_id: Set(Some(kept.id)),
                ..kept.clone().into_active_model().reset_all()
            };
            let twin = row.insert(&*tx).await?;
            note(kept.id, twin.id).await?;
        }
        note(kept.id, other).await?;
        Ok(())
    });
    made.await.unwrap();
    let state = LikenessState::Open;
    assert_eq!(number(&open(kit).await, |row| row.state == Code(state)), 61);
    let before = kit.services.db().reads();
    let queue = kit.services.merge_queue(&ORGANIZER, state).await.unwrap();
    let reads = kit.services.db().reads() - before;
    assert!(
        (1..20).contains(&reads),
        "not one for each of {TWINS}: {reads}"
    );
    assert_eq!(queue.pairs.len(), 1);
    assert_eq!(
        (queue.pairs[0].first.id, queue.pairs[0].second.id),
        (kept.id, other)
    );
    assert_eq!(queue.parts[0], (state, 1));
    merge(kit, queue.pairs[0].row.id).await.unwrap();
}
