//! Trainers are asked to teach, and answer.

use crate::kit::{Kit, ORGANIZER, asking, read_alike, teacher_with_account, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{AccountRole, Lang, TeachForm, TeachingState};
use sea_orm::{EntityTrait, QueryOrder};
use service::entity::{audit, outbox, teaching};
use service::{Actor, Conflict, Failure, Services};

on_both!(
    a_trainer_is_asked_by_mail_and_answers_by_the_link,
    asking_again_changes_what_is_expected_and_the_same_again_nothing,
    a_question_taken_back_is_cancelled_in_the_calendar,
    the_answer_is_open_until_the_session_begins,
    a_trainer_answers_signed_in_and_nobody_for_another,
    what_is_wrong_is_said_field_by_field,
    nobody_teaches_in_two_places_at_once_unless_that_is_said,
    who_declined_and_teaches_elsewhere_cannot_accept_any_more,
    what_was_called_off_is_not_taken_back_again,
);

const EXPECTED: &str = "Bài giảng; phiếu bài tập";

async fn trainer_of(kit: &Kit, email: Option<&str>, account_id: Option<i64>) -> i64 {
    teacher_with_account(kit, "Lê Thị Nhung", email, account_id).await
}

async fn ask(
    services: &Services,
    session: i64,
    trainer: i64,
    expected: &str,
) -> Result<(), Failure> {
    let form = TeachForm {
        expected: expected.to_owned(),
        expected_by: "2026-12-01T17:00".to_owned(),
        ..asking(session, trainer)
    };
    services.ask_to_teach(&ORGANIZER, "w", &form).await
}

async fn mails(kit: &Kit) -> Vec<outbox::Model> {
    let find = outbox::Entity::find().order_by_asc(outbox::Column::Id);
    find.all(kit.services.db().read()).await.unwrap()
}

async fn only(kit: &Kit) -> teaching::Model {
    let mut rows = kit.all(teaching::Entity).await;
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

fn token(mail: &outbox::Model) -> String {
    let link = mail.body_text.split_whitespace();
    let link = link.filter_map(|word| word.split_once("/teach/"));
    link.map(|(_, token)| token.to_owned()).next().unwrap()
}

async fn a_trainer_is_asked_by_mail_and_answers_by_the_link(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let trainer = trainer_of(kit, Some("nhung@example.com"), None).await;
    let services = &kit.services;
    ask(services, view.sessions[0].id, trainer, EXPECTED)
        .await
        .unwrap();
    let mail = mails(kit).await.remove(0);
    assert!(mail.body_text.contains(EXPECTED), "{}", mail.body_text);
    let uid = format!("teaching-{}@127.0.0.1", only(kit).await.id);
    assert_eq!(mail.calendar_key.as_ref(), Some(&uid));
    std::fs::create_dir_all(kit.path("mail")).unwrap();
    let read = read_alike(&kit.path("mail"), &[mail.calendar.clone().unwrap()]);
    assert_eq!(read[0]["uid"], uid.as_str());
    assert_eq!(read[0]["method"], "REQUEST");
    assert_eq!(read[0]["attendee"][2], "NEEDS-ACTION");

    let token = token(&mail);
    let asked = services.teaching_by_link(&token).await.unwrap();
    assert_eq!(
        (asked.state, asked.open),
        (Some(TeachingState::Asked), true)
    );
    assert_eq!(asked.expected, EXPECTED);
    for (accept, state) in [
        (true, TeachingState::Accepted),
        (false, TeachingState::Declined),
        (false, TeachingState::Declined),
        (true, TeachingState::Accepted),
    ] {
        services.answer_by_link(&token, accept).await.unwrap();
        let board = services.teachings_of(&ORGANIZER, "w").await.unwrap();
        assert_eq!(*board.sessions[0].asked[0].0.state, state);
        assert_eq!(board.sessions[0].asked[0].0.answered_at, Some(kit.now()));
    }
    let log = kit.all(audit::Entity).await;
    let answers = log.iter().filter(|line| line.deed == "answer_teaching");
    assert_eq!(answers.count(), 3);
    let log = services.workshop_log(&ORGANIZER, view.row.id).await;
    let said = log.unwrap().into_iter();
    let who = said.filter(|line| line.deed.ends_with("teach") || line.deed.ends_with("teaching"));
    let who: Vec<_> = who.map(|line| line.person).collect();
    assert_eq!(who, vec![Some("Lê Thị Nhung".to_owned()); 4]);
    for wrong in ["", "1", "1-x", "x-y", &format!("2{token}")] {
        let found = services.teaching_by_link(wrong).await;
        assert!(matches!(found, Err(Failure::NotFound)), "{wrong}");
        let answered = services.answer_by_link(wrong, true).await;
        assert!(matches!(answered, Err(Failure::NotFound)), "{wrong}");
    }
}

async fn asking_again_changes_what_is_expected_and_the_same_again_nothing(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let session = view.sessions[0].id;
    let trainer = trainer_of(kit, Some("nhung@example.com"), None).await;
    ask(&kit.services, session, trainer, EXPECTED)
        .await
        .unwrap();
    ask(&kit.services, session, trainer, EXPECTED)
        .await
        .unwrap();
    assert_eq!(mails(kit).await.len(), 1);
    let token = token(&mails(kit).await[0]);
    kit.services.answer_by_link(&token, true).await.unwrap();
    kit.clock.advance(Duration::minutes(1));
    ask(&kit.services, session, trainer, "Chỉ bài giảng")
        .await
        .unwrap();
    assert_eq!(mails(kit).await.len(), 2);
    let row = only(kit).await;
    assert_eq!(
        (*row.state, row.expected.as_str()),
        (TeachingState::Asked, "Chỉ bài giảng")
    );
    let nowhere = trainer_of(kit, None, None).await;
    ask(&kit.services, session, nowhere, "").await.unwrap();
    assert_eq!(mails(kit).await.len(), 2, "they are called");
}

async fn a_question_taken_back_is_cancelled_in_the_calendar(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    kit.workshop("other", 9).await;
    let (services, session) = (&kit.services, view.sessions[0].id);
    let trainer = trainer_of(kit, Some("nhung@example.com"), None).await;
    ask(services, session, trainer, EXPECTED).await.unwrap();
    let id = only(kit).await.id;
    let elsewhere = services.withdraw_teaching(&ORGANIZER, "other", id).await;
    assert!(matches!(elsewhere, Err(Failure::NotFound)));
    services
        .withdraw_teaching(&ORGANIZER, "w", id)
        .await
        .unwrap();
    services
        .withdraw_teaching(&ORGANIZER, "w", id)
        .await
        .unwrap();
    assert_eq!(mails(kit).await.len(), 1, "it was withheld in time");

    ask(services, session, trainer, EXPECTED).await.unwrap();
    while services.deliver_due().await.unwrap() > 0 {}
    let again = only(kit).await.id;
    assert_ne!(again, id, "calendars know each question by its key");
    services
        .withdraw_teaching(&ORGANIZER, "w", again)
        .await
        .unwrap();
    let written = mails(kit).await;
    assert_eq!(written.len(), 3);
    let cancel = written[2].calendar.as_ref().unwrap();
    assert!(
        cancel.contains("METHOD:CANCEL\r\n") && cancel.contains("SEQUENCE:1\r\n"),
        "{cancel}"
    );
    assert_eq!(written[1].calendar_key, written[2].calendar_key);
    let gone = services.teaching_by_link(&token(&written[1])).await;
    assert!(matches!(gone, Err(Failure::NotFound)));
}

async fn the_answer_is_open_until_the_session_begins(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let trainer = trainer_of(kit, Some("nhung@example.com"), None).await;
    let services = &kit.services;
    ask(services, view.sessions[0].id, trainer, "")
        .await
        .unwrap();
    let token = token(&mails(kit).await[0]);
    kit.clock
        .advance(view.starts_at() - kit.now() - Duration::seconds(1));
    services.answer_by_link(&token, true).await.unwrap();
    kit.clock.advance(Duration::seconds(1));
    let late = services.answer_by_link(&token, false).await;
    assert!(matches!(late, Err(Failure::Expired)), "{late:?}");
    let late = services.teaching_by_link(&token).await;
    assert!(matches!(late, Err(Failure::Expired)), "{late:?}");
    let id = only(kit).await.id;
    for late in [
        services.withdraw_teaching(&ORGANIZER, "w", id).await,
        ask(services, view.sessions[0].id, trainer, "x").await,
    ] {
        assert!(
            matches!(late, Err(Failure::Conflict(Conflict::NotAllowedNow))),
            "{late:?}"
        );
    }
}

async fn a_trainer_answers_signed_in_and_nobody_for_another(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let actor = kit.staff(AccountRole::Trainer, &[]).await;
    let Actor::Account { id: account, .. } = actor else {
        panic!("an account signs in");
    };
    let (services, session) = (&kit.services, view.sessions[0].id);
    let own = trainer_of(kit, None, Some(account)).await;
    let other = trainer_of(kit, None, None).await;
    ask(services, session, own, EXPECTED).await.unwrap();
    ask(services, session, other, "").await.unwrap();
    let rows = kit.all(teaching::Entity).await;
    let of = |trainer: i64| {
        rows.iter()
            .find(|row| row.trainer_id == trainer)
            .unwrap()
            .id
    };
    services
        .answer_teaching(&actor, of(own), true)
        .await
        .unwrap();
    let foreign = services.answer_teaching(&actor, of(other), true).await;
    assert!(matches!(foreign, Err(Failure::NotFound)), "{foreign:?}");
    let organizer = services.answer_teaching(&ORGANIZER, of(own), true).await;
    assert!(
        matches!(organizer, Err(Failure::Forbidden)),
        "{organizer:?}"
    );
    let anybody = services.my_teachings(&Actor::Anonymous).await;
    assert!(matches!(anybody, Err(Failure::SignInNeeded)));
    let mine = services.my_teachings(&actor).await.unwrap();
    assert_eq!(mine.len(), 1);
    assert_eq!(
        (mine[0].id, mine[0].state),
        (Some(of(own)), Some(TeachingState::Accepted))
    );
    assert_eq!(mine[0].headcount.as_ref().unwrap().seats.capacity, 9);
    assert!(!mine[0].is_late(kit.now()));
    assert!(mine[0].is_late(view.starts_at()), "due two days before");

    // The session stands in the trainer's calendar without an assignment.
    let address = services.feed_address(&actor, Lang::Vi).await.unwrap().url;
    let token = address
        .rsplit('/')
        .next()
        .unwrap()
        .strip_suffix(".ics")
        .unwrap();
    let feed = services.private_calendar(token, Lang::Vi).await.unwrap();
    let feed = feed.replace("\r\n ", "");
    assert!(feed.contains(&format!("UID:session-{session}@")), "{feed}");
    assert!(
        feed.contains("STATUS:CONFIRMED") && feed.contains("phiếu bài tập"),
        "{feed}"
    );
    services
        .answer_teaching(&actor, of(own), false)
        .await
        .unwrap();
    let feed = services.private_calendar(token, Lang::Vi).await.unwrap();
    assert!(!feed.contains("BEGIN:VEVENT"), "{feed}");
}

async fn what_is_wrong_is_said_field_by_field(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let services = &kit.services;
    let problems = async |form: &TeachForm| match services.ask_to_teach(&ORGANIZER, "w", form).await
    {
        Err(Failure::Invalid(problems)) => problems
            .0
            .iter()
            .map(|problem| problem.field.clone().into_owned())
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let wrong = TeachForm {
        trainer_id: "x".to_owned(),
        ..TeachForm::default()
    };
    assert_eq!(problems(&wrong).await, ["session", "trainer_id"]);
    let unknown = asking(view.sessions[0].id, 77);
    assert_eq!(problems(&unknown).await, ["trainer_id"]);
    assert_eq!(problems(&asking(77, 77)).await, ["session"]);
    let door = kit.staff(AccountRole::Door, &["w"]).await;
    let answer = services.teachings_of(&door, "w").await;
    assert!(matches!(answer, Err(Failure::Forbidden)));
}

/// Two workshops at one time, and a trainer who is asked at the first.
async fn at_once(kit: &Kit) -> (i64, i64, i64) {
    let first = kit.workshop("w", 9).await.sessions[0].id;
    let mut form = workshop_form("other", 9);
    form.session.room = "Hội trường B".to_owned();
    let other = kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    let trainer = trainer_of(kit, Some("nhung@example.com"), None).await;
    ask(&kit.services, first, trainer, "").await.unwrap();
    (first, other.sessions[0].id, trainer)
}

async fn nobody_teaches_in_two_places_at_once_unless_that_is_said(kit: &Kit) {
    let (_, other, trainer) = at_once(kit).await;
    let services = &kit.services;
    let mut form = asking(other, trainer);
    let answer = services.ask_to_teach(&ORGANIZER, "other", &form).await;
    assert!(
        matches!(&answer, Err(Failure::Invalid(problems)) if problems.of("trainer_id").is_some()),
        "{answer:?}"
    );
    form.allow_clash = true;
    services
        .ask_to_teach(&ORGANIZER, "other", &form)
        .await
        .unwrap();
    let overridden = async || -> Vec<audit::Model> {
        let log = kit.all(audit::Entity).await;
        log.into_iter()
            .filter(|line| line.deed == "override_clash")
            .collect()
    };
    let line = overridden().await.remove(0);
    assert!(line.after.unwrap().contains("\"w\""));
    // What was allowed once is not asked about again.
    form.allow_clash = false;
    form.expected = "Chỉ bài giảng".to_owned();
    services
        .ask_to_teach(&ORGANIZER, "other", &form)
        .await
        .unwrap();
    assert_eq!(overridden().await.len(), 1);
}

async fn who_declined_and_teaches_elsewhere_cannot_accept_any_more(kit: &Kit) {
    let (_, other, trainer) = at_once(kit).await;
    let services = &kit.services;
    let token = token(&mails(kit).await[0]);
    services.answer_by_link(&token, false).await.unwrap();
    // Who declined is free again, without any override.
    let form = asking(other, trainer);
    services
        .ask_to_teach(&ORGANIZER, "other", &form)
        .await
        .unwrap();
    let late = services.answer_by_link(&token, true).await;
    assert!(
        matches!(late, Err(Failure::Conflict(Conflict::TeachesElsewhere))),
        "{late:?}"
    );
    let asked = services.teaching_by_link(&token).await.unwrap();
    assert_eq!(asked.state, Some(TeachingState::Declined));
}

async fn what_was_called_off_is_not_taken_back_again(kit: &Kit) {
    let view = kit.workshop("w", 9).await;
    let trainer = trainer_of(kit, Some("nhung@example.com"), None).await;
    let services = &kit.services;
    ask(services, view.sessions[0].id, trainer, "")
        .await
        .unwrap();
    while services.deliver_due().await.unwrap() > 0 {}
    kit.call_off("w").await;
    let before = mails(kit).await.len();
    let id = only(kit).await.id;
    let late = services.withdraw_teaching(&ORGANIZER, "w", id).await;
    assert!(
        matches!(late, Err(Failure::Conflict(Conflict::NotAllowedNow))),
        "{late:?}"
    );
    assert_eq!(mails(kit).await.len(), before);
}
