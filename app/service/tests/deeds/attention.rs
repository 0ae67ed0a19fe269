//! What of the schedules waits for an organiser.

use crate::kit::{Kit, ORGANIZER, asking, hall, in_room, line, teacher};
use crate::on_both;
use chrono::Duration;
use domain::AccountRole;
use service::{Actor, Failure, Unsettled, WorkshopView};
use std::collections::{BTreeSet, HashMap};

on_both!(
    a_room_and_a_trainer_needed_twice_stand_there_until_one_is_called_off,
    a_refusal_stands_there_until_somebody_else_is_asked,
);

/// Two public workshops in one room at one time.
async fn two(kit: &Kit) -> [WorkshopView; 2] {
    let room = hall(kit, 100).await;
    let mut made = Vec::new();
    for slug in ["a", "b"] {
        let form = in_room(slug, room, true);
        kit.services.schedule(&ORGANIZER, &form).await.unwrap();
        made.push(kit.services.publish(&ORGANIZER, slug).await.unwrap());
    }
    made.try_into().unwrap()
}

async fn board(kit: &Kit, actor: &Actor) -> Result<HashMap<i64, Unsettled>, Failure> {
    let programme = kit.services.programme(&ORGANIZER).await.unwrap();
    let views = programme.workshops.iter().map(|(view, _)| view);
    kit.services.unsettled(actor, views).await
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

async fn a_room_and_a_trainer_needed_twice_stand_there_until_one_is_called_off(kit: &Kit) {
    let [a, b] = two(kit).await;
    // Another, at the same time and in no room of the register.
    kit.workshop("elsewhere", 9).await;
    let trainer = teacher(kit, "Lê Thị Sạch", None).await;
    let rows = [line("08:00", "09:00", "Nước", Some(trainer))];
    let agenda = kit
        .services
        .save_agenda(&ORGANIZER, "a", a.sessions[0].id, &rows, false);
    agenda.await.unwrap();
    let mut form = asking(b.sessions[0].id, trainer);
    form.allow_clash = true;
    let asked = kit.services.ask_to_teach(&ORGANIZER, "b", &form);
    asked.await.unwrap();
    let found = board(kit, &ORGANIZER).await.unwrap();
    let clash = Unsettled {
        clashes: names(&["Hội trường lớn, Khách sạn Hùng Vương", "Lê Thị Sạch"]),
        clash_at: Some(a.starts_at()),
        ..Unsettled::default()
    };
    let expected = HashMap::from([(a.row.id, clash.clone()), (b.row.id, clash)]);
    assert_eq!(found, expected);
    let door = kit.staff(AccountRole::Door, &[]).await;
    let refused = board(kit, &door).await;
    assert!(matches!(refused, Err(Failure::Forbidden)), "{refused:?}");
    kit.call_off("b").await;
    assert_eq!(board(kit, &ORGANIZER).await.unwrap(), HashMap::new());
}

async fn a_refusal_stands_there_until_somebody_else_is_asked(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let services = &kit.services;
    let (session, id) = (view.sessions[0].id, view.row.id);
    let first = teacher(kit, "Lê Thị Sạch", None).await;
    let second = teacher(kit, "Trần Văn Nước", None).await;
    let ask = async |trainer: i64| {
        let form = asking(session, trainer);
        services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
        kit.clock.advance(Duration::minutes(1));
    };
    let declined = async || {
        let found = board(kit, &ORGANIZER).await.unwrap().remove(&id);
        found.unwrap_or_default().declined
    };
    let decline = async |trainer: i64| {
        let rows = kit.all(service::entity::teaching::Entity).await;
        let row = rows.iter().find(|row| row.trainer_id == trainer).unwrap();
        let token = services.teaching_token(row);
        services.answer_by_link(&token, false).await.unwrap();
        kit.clock.advance(Duration::minutes(1));
    };
    ask(first).await;
    assert_eq!(declined().await, names(&[]));
    decline(first).await;
    assert_eq!(declined().await, names(&["Lê Thị Sạch"]));
    ask(second).await;
    assert_eq!(declined().await, names(&[]), "somebody else was asked");
    decline(second).await;
    assert_eq!(declined().await, names(&["Trần Văn Nước"]));
    kit.clock.advance(view.starts_at() - kit.now());
    assert_eq!(declined().await, names(&[]), "it is too late to ask");
}
