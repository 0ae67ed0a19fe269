//! What an answer does to a trainer's calendar, and what trainers see who were
//! not asked or not assigned.

use crate::kit::{
    Kit, ORGANIZER, asking, deliver, line, mails, session_at, teacher_with_account, workshop_form,
};
use crate::on_both;
use domain::{AccountRole, Act, Lang, TeachingState};
use service::entity::{outbox, teaching};
use service::{Actor, Failure, WorkshopFilter};

on_both!(
    what_is_declined_leaves_the_calendar_and_comes_back_under_another_name,
    what_is_declined_before_it_left_is_withheld,
    who_teaches_brings_materials_without_being_assigned,
    who_stands_in_a_public_agenda_sees_the_session,
    what_was_declined_is_not_in_the_feed_of_who_is_assigned,
    the_list_knows_who_teaches_by_the_agenda_and_not_who_declined,
    a_trainer_without_an_account_has_a_calendar_too,
);

fn account(actor: &Actor) -> i64 {
    match actor {
        Actor::Account { id, .. } => *id,
        _ => panic!("an account signs in"),
    }
}

/// Method and name of each calendar file, in the order of the mails.
async fn files(kit: &Kit) -> Vec<(&'static str, String)> {
    let mails = mails(kit).await;
    let files = mails.iter().filter_map(|mail| {
        let file = mail.calendar.as_ref()?;
        let method = ["REQUEST", "CANCEL"]
            .into_iter()
            .find(|method| file.contains(&format!("METHOD:{method}\r\n")))?;
        let key = mail.calendar_key.clone()?;
        assert!(file.contains(&format!("UID:{key}\r\n")), "{file}");
        Some((method, key))
    });
    files.collect()
}

async fn only(kit: &Kit) -> teaching::Model {
    kit.all(teaching::Entity).await.remove(0)
}

async fn feed(kit: &Kit, actor: &Actor) -> String {
    let address = kit.services.feed_address(actor, Lang::Vi).await.unwrap();
    let (_, file) = address.url.rsplit_once('/').unwrap();
    let token = file.strip_suffix(".ics").unwrap();
    let text = kit.services.private_calendar(token, Lang::Vi).await;
    text.unwrap().replace("\r\n ", "")
}

async fn what_is_declined_leaves_the_calendar_and_comes_back_under_another_name(kit: &Kit) {
    let services = &kit.services;
    let view = kit.workshop("w", 9).await;
    let form = asking(
        view.sessions[0].id,
        teacher_with_account(kit, "Lê Thị Nhung", Some("nhung@example.com"), None).await,
    );
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    let row = only(kit).await;
    let token = services.teaching_token(&row);
    deliver(services).await;
    let answer = async |accept| services.answer_by_link(&token, accept).await.unwrap();
    let first = format!("teaching-{}@127.0.0.1", row.id);
    let second = format!("teaching-{}-1@127.0.0.1", row.id);
    let third = format!("teaching-{}-2@127.0.0.1", row.id);
    let mut expected = vec![("REQUEST", first.clone())];
    assert_eq!(files(kit).await, expected);

    answer(true).await;
    assert_eq!(files(kit).await, expected, "it stands there already");
    answer(false).await;
    expected.push(("CANCEL", first));
    assert_eq!(files(kit).await, expected);
    answer(false).await;
    assert_eq!(files(kit).await, expected, "once");

    answer(true).await;
    expected.push(("REQUEST", second.clone()));
    assert_eq!(files(kit).await, expected);
    let back = mails(kit).await.pop().unwrap();
    let file = back.calendar.unwrap().replace("\r\n ", "");
    assert!(file.contains("PARTSTAT=ACCEPTED"), "{file}");
    deliver(services).await;
    answer(false).await;
    expected.push(("CANCEL", second));
    // Asked again it is another question to calendars, with the same answer page.
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    expected.push(("REQUEST", third.clone()));
    assert_eq!(files(kit).await, expected);
    let row = only(kit).await;
    assert_eq!((*row.state, row.round), (TeachingState::Asked, 2));
    deliver(services).await;
    let id = row.id;
    services
        .withdraw_teaching(&ORGANIZER, "w", id)
        .await
        .unwrap();
    expected.push(("CANCEL", third));
    assert_eq!(files(kit).await, expected);
}

async fn what_is_declined_before_it_left_is_withheld(kit: &Kit) {
    let services = &kit.services;
    let view = kit.workshop("w", 9).await;
    let trainer = teacher_with_account(kit, "Lê Thị Nhung", Some("nhung@example.com"), None).await;
    let form = asking(view.sessions[0].id, trainer);
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    let token = services.teaching_token(&only(kit).await);
    services.answer_by_link(&token, false).await.unwrap();
    let rows = kit.all(outbox::Entity).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(*rows[0].state, domain::DeliveryState::Withheld);
}

async fn who_teaches_brings_materials_without_being_assigned(kit: &Kit) {
    let services = &kit.services;
    let view = kit.workshop("w", 9).await;
    kit.workshop("other", 9).await;
    let actor = kit.staff(AccountRole::Trainer, &[]).await;
    let own = teacher_with_account(kit, "Lê Thị Nhung", None, Some(account(&actor))).await;
    let may = async |act| services.require_at(&actor, act, view.row.id).await;
    let forbidden = |answer: Result<(), Failure>| matches!(answer, Err(Failure::Forbidden));
    assert!(forbidden(may(Act::UploadMaterials).await));

    let form = asking(view.sessions[0].id, own);
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    may(Act::UploadMaterials).await.unwrap();
    assert!(forbidden(may(Act::CheckIn).await));
    let listed = services.taught_workshops(&actor).await.unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|one| one.view.row.slug.as_str())
        .collect();
    assert_eq!(listed, ["w"]);

    let id = only(kit).await.id;
    services.answer_teaching(&actor, id, false).await.unwrap();
    assert!(forbidden(may(Act::UploadMaterials).await));
    assert!(services.taught_workshops(&actor).await.unwrap().is_empty());
}

async fn who_stands_in_a_public_agenda_sees_the_session(kit: &Kit) {
    let services = &kit.services;
    let form = workshop_form("w", 9);
    let view = services.schedule(&ORGANIZER, &form).await.unwrap();
    let next = session_at("Hội trường B", "2026-12-04T07:30", "2026-12-04T11:30");
    services
        .add_session(&ORGANIZER, "w", &next, false)
        .await
        .unwrap();
    let session = view.sessions[0].id;
    let actor = kit.staff(AccountRole::Trainer, &[]).await;
    let own = teacher_with_account(kit, "Lê Thị Nhung", None, Some(account(&actor))).await;
    let rows = [line("07:30", "09:00", "Khai mạc", Some(own))];
    services
        .save_agenda(&ORGANIZER, "w", session, &rows, false)
        .await
        .unwrap();
    assert!(services.my_teachings(&actor).await.unwrap().is_empty());
    assert!(!feed(kit, &actor).await.contains("BEGIN:VEVENT"));

    services.publish(&ORGANIZER, "w").await.unwrap();
    let mine = services.my_teachings(&actor).await.unwrap();
    assert_eq!(mine.len(), 1);
    assert_eq!((mine[0].session.id, mine[0].id), (session, None));
    assert_eq!((mine[0].state, mine[0].open), (None, false));
    let text = feed(kit, &actor).await;
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "{text}");
    assert!(text.contains(&format!("UID:session-{session}@")), "{text}");
    services
        .require_at(&actor, Act::UploadMaterials, view.row.id)
        .await
        .unwrap();
}

async fn what_was_declined_is_not_in_the_feed_of_who_is_assigned(kit: &Kit) {
    let services = &kit.services;
    let view = kit.workshop("w", 9).await;
    let actor = kit.staff(AccountRole::Trainer, &["w"]).await;
    let own = teacher_with_account(kit, "Lê Thị Nhung", None, Some(account(&actor))).await;
    let form = asking(view.sessions[0].id, own);
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    assert!(feed(kit, &actor).await.contains("STATUS:TENTATIVE"));
    let id = only(kit).await.id;
    services.answer_teaching(&actor, id, false).await.unwrap();
    let text = feed(kit, &actor).await;
    assert!(!text.contains("BEGIN:VEVENT"), "{text}");
}

async fn the_list_knows_who_teaches_by_the_agenda_and_not_who_declined(kit: &Kit) {
    let services = &kit.services;
    let view = kit.workshop("w", 9).await;
    let session = view.sessions[0].id;
    let named = teacher_with_account(kit, "Lê Thị Nhung", None, None).await;
    let declined = teacher_with_account(kit, "Võ Thị Hỏi", None, None).await;
    let rows = [line("07:30", "09:00", "Khai mạc", Some(named))];
    services
        .save_agenda(&ORGANIZER, "w", session, &rows, false)
        .await
        .unwrap();
    let form = asking(session, declined);
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    let token = services.teaching_token(&only(kit).await);
    let found = async |trainer| {
        let filter = WorkshopFilter {
            trainer: Some(trainer),
            ..WorkshopFilter::default()
        };
        let found = services.find_workshops(&ORGANIZER, &filter).await;
        found.unwrap().rows.len()
    };
    assert_eq!((found(named).await, found(declined).await), (1, 1));
    services.answer_by_link(&token, false).await.unwrap();
    assert_eq!((found(named).await, found(declined).await), (1, 0));
    // Who declined stays a choice of the agenda's form.
    let rows = [line("07:30", "09:00", "Khai mạc", Some(declined))];
    services
        .save_agenda(&ORGANIZER, "w", session, &rows, true)
        .await
        .unwrap();
    // The organisers' page of trainers knows of the agenda, and whom it names.
    let page = services.teachings_of(&ORGANIZER, "w").await.unwrap();
    let of = &page.sessions[0];
    assert!(of.named.is_empty() && of.in_agenda.contains(&declined));
    let rows = [line("07:30", "09:00", "Khai mạc", Some(named))];
    let saved = services.save_agenda(&ORGANIZER, "w", session, &rows, false);
    saved.await.unwrap();
    let page = services.teachings_of(&ORGANIZER, "w").await.unwrap();
    let of = &page.sessions[0];
    let unasked: Vec<i64> = of.named.iter().map(|one| one.id).collect();
    assert_eq!(unasked, [named]);
    assert_eq!(of.asked[0].1.id, declined);
    let rows = [line("07:30", "09:00", "Khai mạc", Some(declined))];
    let saved = services.save_agenda(&ORGANIZER, "w", session, &rows, true);
    saved.await.unwrap();
    let agendas = services.agendas(&view.sessions).await.unwrap();
    let item = &agendas[&session][0];
    assert_eq!(item.trainer, None);
    assert_eq!(item.named, Some((declined, "Võ Thị Hỏi".to_owned())));
}

async fn a_trainer_without_an_account_has_a_calendar_too(kit: &Kit) {
    let services = &kit.services;
    let view = kit.workshop("w", 9).await;
    let session = view.sessions[0].id;
    let trainer = teacher_with_account(kit, "Lê Thị Nhung", None, None).await;
    let form = asking(session, trainer);
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    let link = services.teaching_token(&only(kit).await);
    let address = services.feed_by_teaching_link(&link, Lang::Vi).await;
    let address = address.unwrap().unwrap().url;
    let (_, file) = address.rsplit_once('/').unwrap();
    let token = file.strip_suffix(".ics").unwrap();
    let read = async |token: &str| services.private_calendar(token, Lang::Vi).await;
    let text = read(token).await.unwrap();
    assert!(text.contains(&format!("UID:session-{session}@")), "{text}");
    services.answer_by_link(&link, false).await.unwrap();
    assert!(!read(token).await.unwrap().contains("BEGIN:VEVENT"));
    for wrong in ["t", "t1", "t-", "tx-y", &format!("{token}x")] {
        let found = read(wrong).await;
        assert!(matches!(found, Err(Failure::NotFound)), "{wrong}");
    }
    let foreign = services.feed_by_teaching_link("1-x", Lang::Vi).await;
    assert!(matches!(foreign, Err(Failure::NotFound)));
    let actor = kit.staff(AccountRole::Trainer, &[]).await;
    let own = teacher_with_account(kit, "Võ Thị Hỏi", None, Some(account(&actor))).await;
    let form = asking(session, own);
    services.ask_to_teach(&ORGANIZER, "w", &form).await.unwrap();
    let rows = kit.all(teaching::Entity).await;
    let row = rows.iter().find(|row| row.trainer_id == own).unwrap();
    let link = services.teaching_token(row);
    let address = services.feed_by_teaching_link(&link, Lang::Vi).await;
    assert_eq!(address.unwrap(), None, "the account has its own");
}
