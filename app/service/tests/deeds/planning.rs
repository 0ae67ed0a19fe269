//! The planning calendar: sessions on their days, and what clashes.

use crate::kit::{Kit, ORGANIZER, workshop_form};
use crate::on_both;
use domain::{AccountRole, Month, Phase, TeachingState, TrainerForm};
use sea_orm::{ActiveModelTrait, Set};
use service::entity::{Code, session, teaching};
use service::{Actor, Failure, PlannedSession};

on_both!(
    every_session_stands_on_its_own_day,
    two_at_once_in_one_room_clash_until_one_is_called_off,
    a_trainer_cannot_be_in_two_places,
    only_organisers_see_the_calendar,
);

async fn december(kit: &Kit) -> Vec<PlannedSession> {
    let month = Month::parse("2026-12").unwrap();
    let planned = kit.services.planned_sessions(&ORGANIZER, month).await;
    planned.unwrap()
}

async fn schedule(kit: &Kit, slug: &str, room: &str, from: &str, to: &str) -> i64 {
    let mut form = workshop_form(slug, 5);
    form.session.room = room.to_owned();
    form.session.starts_at = format!("2026-12-{from}");
    form.session.ends_at = format!("2026-12-{to}");
    kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    let planned = december(kit).await;
    let one = planned.iter().find(|one| one.slug == slug).unwrap();
    one.row.id
}

async fn every_session_stands_on_its_own_day(kit: &Kit) {
    let first = schedule(kit, "w", "A", "03T07:30", "03T11:30").await;
    let row = december(kit).await[0].row.clone();
    let more = |position, starts_at: &str, ends_at: &str| session::ActiveModel {
        id: sea_orm::NotSet,
        position: Set(position),
        starts_at: Set(starts_at.parse().unwrap()),
        ends_at: Set(ends_at.parse().unwrap()),
        ..row.clone().into()
    };
    // The grid of December 2026 ends on Sunday, 3 January 2027.
    let other_days = [
        more(2, "2026-12-09T00:30:00Z", "2026-12-09T04:30:00Z"),
        more(3, "2027-01-03T00:30:00Z", "2027-01-03T04:30:00Z"),
        more(4, "2027-01-04T00:30:00Z", "2027-01-04T04:30:00Z"),
    ];
    for day in other_days {
        let written = kit.services.db().write(|tx| {
            let day = day.clone();
            async move { Ok(day.insert(&*tx).await?) }
        });
        written.await.unwrap();
    }
    let planned = december(kit).await;
    assert_eq!(planned.len(), 3);
    assert_eq!(planned[0].row.id, first);
    let days: Vec<i64> = planned.iter().map(|one| one.row.position).collect();
    assert_eq!(days, [planned[0].row.position, 2, 3]);
    assert!(
        planned
            .iter()
            .all(|one| one.phase == Phase::Draft && !one.room_clash)
    );
}

async fn two_at_once_in_one_room_clash_until_one_is_called_off(kit: &Kit) {
    schedule(kit, "a", "Hội trường A", "03T07:30", "03T11:30").await;
    schedule(kit, "b", "hoi truong A", "03T11:00", "03T12:00").await;
    schedule(kit, "after", "Hội trường A", "03T12:00", "03T13:00").await;
    schedule(kit, "elsewhere", "Hội trường B", "03T07:30", "03T11:30").await;
    let clashing = || async {
        let planned = december(kit).await;
        let planned = planned.into_iter().filter(|one| one.room_clash);
        planned.map(|one| one.slug).collect::<Vec<_>>()
    };
    assert_eq!(clashing().await, ["a", "b"]);
    kit.call_off("b").await;
    assert_eq!(clashing().await, Vec::<String>::new());
    let planned = december(kit).await;
    assert!(
        planned.iter().any(|one| one.phase == Phase::Cancelled),
        "it still stands there"
    );
}

async fn a_trainer_cannot_be_in_two_places(kit: &Kit) {
    let one = schedule(kit, "a", "A", "03T07:30", "03T11:30").await;
    let other = schedule(kit, "b", "B", "03T08:00", "03T10:00").await;
    let form = TrainerForm {
        full_name: "Trần Văn Út".to_owned(),
        ..TrainerForm::default()
    };
    let trainer = kit.services.add_trainer(&ORGANIZER, &form).await.unwrap();
    let now = kit.now();
    let asked = |session_id: i64| teaching::ActiveModel {
        session_id: Set(session_id),
        trainer_id: Set(trainer),
        state: Set(Code(TeachingState::Asked)),
        expected: Set(String::new()),
        expected_by: Set(None),
        asked_at: Set(now),
        answered_at: Set(None),
        ..Default::default()
    };
    let mut rows = Vec::new();
    for id in [one, other] {
        let row = asked(id);
        let written = kit.services.db().write(|tx| {
            let row = row.clone();
            async move { Ok(row.insert(&*tx).await?) }
        });
        rows.push(written.await.unwrap());
    }
    let planned = december(kit).await;
    assert_eq!(planned.len(), 2);
    for one in &planned {
        assert!(one.trainer_clash.contains("Trần Văn Út") && !one.room_clash);
    }
    let mut declined: teaching::ActiveModel = rows.remove(0).into();
    declined.state = Set(Code(TeachingState::Declined));
    let written = kit.services.db().write(|tx| {
        let row = declined.clone();
        async move { Ok(row.update(&*tx).await?) }
    });
    written.await.unwrap();
    let planned = december(kit).await;
    assert!(planned.iter().all(|one| one.trainer_clash.is_empty()));
}

async fn only_organisers_see_the_calendar(kit: &Kit) {
    let month = Month::parse("2026-12").unwrap();
    let director = kit.staff(AccountRole::Director, &[]).await;
    let read = kit.services.planned_sessions(&director, month).await;
    assert!(matches!(read, Err(Failure::Forbidden)));
    let read = kit
        .services
        .planned_sessions(&Actor::Anonymous, month)
        .await;
    assert!(matches!(read, Err(Failure::SignInNeeded)));
}
