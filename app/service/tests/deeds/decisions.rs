//! What organisers decide over several people: a look first, then the deed.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, is_problem, number, party, send_party};
use crate::on_both;
use chrono::Duration;
use domain::{
    DelegateRow, LATE_DECISION, Lang, MessageForm, PeopleAct, PeopleFilter, PersonForm, Phone,
    Reason, RegistrationForm, RegistrationMode,
    RegistrationState::{self, Booked, Cancelled, Declined, Offered, Requested, Waitlisted},
};
use sea_orm::{EntityTrait, Set};
use service::entity::{Code, audit, outbox, registration, workshop};
use service::{
    Chosen, Conflict, DecisionDone, DecisionForm, DecisionPreview, Failure, PeopleQuery,
    Registered, WorkshopView,
};

on_both!(
    requests_are_granted_in_order_and_the_rest_waits,
    what_changed_since_the_look_is_left_alone_and_named,
    a_room_is_overfilled_by_a_tick_alone,
    cancelling_frees_seats_and_has_words_of_its_own,
    a_message_reaches_each_once,
    nobody_and_too_many_are_refused,
    offers_are_answered_by_phone,
    two_decisions_at_once_never_oversell,
    a_request_in_the_minute_of_grace_can_be_decided,
    who_is_declined_at_closing_without_mail_is_called,
    whoever_is_registered_anew_is_told_of_no_refusal,
);

/// A workshop where somebody decides.
async fn by_approval(kit: &Kit, seats: u32) -> WorkshopView {
    let view = kit.workshop("w", seats).await;
    let row = workshop::ActiveModel {
        id: Set(view.row.id),
        mode: Set(Code(RegistrationMode::Approval)),
        ..Default::default()
    };
    workshop::Entity::update(row)
        .exec(kit.services.db().read())
        .await
        .unwrap();
    view
}

async fn some(kit: &Kit, how_many: usize) -> Vec<Registered> {
    let mut people = Vec::new();
    for n in 0..how_many {
        people.push(kit.register("w", &delegate(n)).await);
    }
    people
}

fn ticked(people: &[Registered]) -> Chosen {
    Chosen::Ticked(people.iter().map(|one| one.id).collect())
}

async fn look(kit: &Kit, act: PeopleAct, chosen: &Chosen) -> DecisionPreview {
    let looked = kit.services.preview_decision(&ORGANIZER, "w", act, chosen);
    looked.await.unwrap()
}

async fn act(
    kit: &Kit,
    act: PeopleAct,
    preview: &DecisionPreview,
    over: bool,
) -> Result<DecisionDone, Failure> {
    let seen = preview.seen.clone();
    let form = DecisionForm { act, seen, over };
    kit.services.decide_people(&ORGANIZER, "w", &form).await
}

async fn states(kit: &Kit) -> Vec<RegistrationState> {
    let mut rows = kit.all(registration::Entity).await;
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(|row| *row.state).collect()
}

async fn purposes(kit: &Kit, id: i64) -> Vec<String> {
    let mut mails = kit.all(outbox::Entity).await;
    mails.sort_by_key(|mail| mail.id);
    mails.retain(|mail| mail.registration_id == Some(id));
    mails.into_iter().map(|mail| mail.purpose).collect()
}

async fn requests_are_granted_in_order_and_the_rest_waits(kit: &Kit) {
    by_approval(kit, 2).await;
    let people = some(kit, 4).await;
    // All that were found, whatever the order of the list.
    let found = Chosen::Found(PeopleQuery {
        part: Some(PeopleFilter::Requested),
        ..PeopleQuery::default()
    });
    let preview = look(kit, PeopleAct::Approve, &found).await;
    let becomes = |state| {
        number(&preview.rows, |(_, step)| {
            step.is_some_and(|step| step.becomes == state)
        })
    };
    assert_eq!(
        (preview.fitting(), becomes(Booked), becomes(Waitlisted)),
        (4, 2, 2)
    );
    assert_eq!(states(kit).await, [Requested; 4], "a look writes nothing");
    let done = act(kit, PeopleAct::Approve, &preview, false).await.unwrap();
    assert_eq!((done.done, done.skipped.len()), (4, 0));
    assert_eq!(states(kit).await, [Booked, Booked, Waitlisted, Waitlisted]);
    assert_eq!(
        purposes(kit, people[0].id).await,
        ["requested", "confirmation"]
    );
    assert_eq!(
        purposes(kit, people[3].id).await,
        ["requested", "waitlisted"]
    );
    let lines = kit.all(audit::Entity).await;
    let line = lines
        .iter()
        .find(|line| line.deed == "decide_people")
        .unwrap();
    assert_eq!(
        line.after.as_deref(),
        Some(r#"{"act":"approve","people":4}"#)
    );
    // Sent again, it finds everybody decided.
    let again = act(kit, PeopleAct::Approve, &preview, false).await.unwrap();
    assert_eq!((again.done, again.skipped.len()), (0, 4));
}

async fn what_changed_since_the_look_is_left_alone_and_named(kit: &Kit) {
    by_approval(kit, 5).await;
    let people = some(kit, 3).await;
    let preview = look(kit, PeopleAct::Decline, &ticked(&people)).await;
    kit.cancel(&people[1]).await;
    let done = act(kit, PeopleAct::Decline, &preview, false).await.unwrap();
    assert_eq!(done.done, 2);
    assert_eq!(done.skipped, [("Nguyễn Văn Số 1".to_owned(), Cancelled)]);
    assert_eq!(states(kit).await, [Declined, Cancelled, Declined]);
    assert_eq!(purposes(kit, people[2].id).await, ["requested", "declined"]);
}

async fn a_room_is_overfilled_by_a_tick_alone(kit: &Kit) {
    kit.workshop("w", 1).await;
    let people = some(kit, 3).await;
    let preview = look(kit, PeopleAct::Seat, &ticked(&people)).await;
    assert_eq!((preview.fitting(), preview.over), (2, 2), "one has a seat");
    let refused = act(kit, PeopleAct::Seat, &preview, false).await;
    is_problem(refused, "over");
    assert_eq!(states(kit).await, [Booked, Waitlisted, Waitlisted]);
    let done = act(kit, PeopleAct::Seat, &preview, true).await.unwrap();
    assert_eq!(done.done, 2);
    assert_eq!(states(kit).await, [Booked; 3]);
    let lines = kit.all(audit::Entity).await;
    let line = lines
        .iter()
        .find(|line| line.deed == "over_capacity")
        .unwrap();
    assert_eq!(line.after.as_deref(), Some(r#"{"over":2,"people":2}"#));
}

async fn cancelling_frees_seats_and_has_words_of_its_own(kit: &Kit) {
    kit.workshop("w", 1).await;
    let people = some(kit, 2).await;
    let preview = look(kit, PeopleAct::Cancel, &ticked(&people[..1])).await;
    act(kit, PeopleAct::Cancel, &preview, false).await.unwrap();
    assert_eq!(
        states(kit).await,
        [Cancelled, Offered],
        "the seat is passed on"
    );
    assert_eq!(
        purposes(kit, people[0].id).await,
        ["confirmation", "dropped"]
    );
    let mails = kit.all(outbox::Entity).await;
    let told = mails.iter().find(|mail| mail.purpose == "dropped").unwrap();
    assert!(
        !told.body_text.contains("theo yêu cầu"),
        "{}",
        told.body_text
    );
    kit.clock.advance(chrono::Duration::days(12));
    let preview = look(kit, PeopleAct::Cancel, &ticked(&people[1..])).await;
    let late = act(kit, PeopleAct::Cancel, &preview, false).await;
    is_conflict(late, Conflict::NotAllowedNow);
}

async fn a_message_reaches_each_once(kit: &Kit) {
    kit.workshop("w", 5).await;
    let people = some(kit, 2).await;
    let mut silent = delegate(2);
    silent.email = String::new();
    let silent = kit.register("w", &silent).await;
    let everybody = [people.clone(), vec![silent]].concat();
    let preview = look(kit, PeopleAct::Message, &ticked(&everybody)).await;
    assert_eq!(
        (preview.rows.len(), preview.to_call(PeopleAct::Message)),
        (3, 1)
    );
    let form = MessageForm {
        subject: "Gửi xe".to_owned(),
        text: "Cổng sau.\nMiễn phí.".to_owned(),
    };
    let send = async |form: &MessageForm, request: &str| {
        let sent = kit
            .services
            .message_people(&ORGANIZER, "w", &preview.seen, form, request);
        sent.await
    };
    let empty = send(&MessageForm::default(), "a").await;
    assert!(
        matches!(&empty, Err(Failure::Invalid(problems)) if problems.0.len() == 2),
        "{empty:?}"
    );
    let done = send(&form, "a").await.unwrap();
    assert_eq!((done.done, done.to_call), (2, 1));
    assert_eq!(send(&form, "a").await.unwrap().done, 0, "sent twice");
    assert_eq!(send(&form, "b").await.unwrap().done, 2, "another message");
    let purposes = purposes(kit, people[0].id).await;
    assert_eq!(purposes, ["confirmation", "message-a", "message-b"]);
    let mails = kit.all(outbox::Entity).await;
    let mail = mails
        .iter()
        .find(|mail| mail.purpose == "message-a")
        .unwrap();
    assert!(mail.body_text.contains("Cổng sau.") && mail.calendar.is_none());
    let lines = kit.all(audit::Entity).await;
    assert_eq!(number(&lines, |line| line.deed == "message_people"), 2);
}

async fn nobody_and_too_many_are_refused(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.workshop("other", 5).await;
    let elsewhere = kit.register("other", &delegate(1)).await;
    let look = async |chosen: Chosen| {
        let looked = kit
            .services
            .preview_decision(&ORGANIZER, "w", PeopleAct::Cancel, &chosen);
        looked.await.map(|_| ())
    };
    let says = async |chosen: Chosen, reason: Reason| match look(chosen).await {
        Err(Failure::Invalid(problems)) => assert_eq!(problems.of("chosen"), Some(&reason)),
        other => panic!("{other:?}"),
    };
    says(Chosen::Ticked(vec![]), Reason::Nobody).await;
    let other = ticked(std::slice::from_ref(&elsewhere));
    says(other, Reason::NotListed).await;
    says(Chosen::Ticked(vec![-5]), Reason::NotListed).await;
    let many = Chosen::Ticked((1..=2001).collect());
    is_problem(look(many).await, "chosen");
    // A key of another workshop, slipped into the confirmation.
    let form = DecisionForm {
        act: PeopleAct::Cancel,
        seen: format!("booked:{}", elsewhere.id),
        over: false,
    };
    let done = kit
        .services
        .decide_people(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    assert_eq!(done, DecisionDone::default());
    assert_eq!(states(kit).await, [Booked]);
}

async fn offers_are_answered_by_phone(kit: &Kit) {
    kit.workshop("w", 2).await;
    let mut people = some(kit, 2).await;
    for n in 2..5 {
        let mut silent = delegate(n);
        silent.email = String::new();
        people.push(kit.register("w", &silent).await);
    }
    kit.cancel(&people[0]).await;
    kit.cancel(&people[1]).await;
    let calls = async || kit.services.offers_to_call(&ORGANIZER).await.unwrap();
    let ids: Vec<i64> = calls().await.iter().map(|call| call.id).collect();
    assert_eq!(ids, [people[2].id, people[3].id]);
    let answer = async |at: usize, takes| {
        let answered = kit
            .services
            .answer_offer(&ORGANIZER, "w", people[at].id, takes);
        answered.await
    };
    answer(2, true).await.unwrap();
    answer(3, false).await.unwrap();
    assert_eq!(
        states(kit).await,
        [Cancelled, Cancelled, Booked, Cancelled, Offered],
        "the seat is passed on"
    );
    let ids: Vec<i64> = calls().await.iter().map(|call| call.id).collect();
    assert_eq!(ids, [people[4].id]);
    kit.clock.advance(chrono::Duration::days(2));
    assert!(calls().await.is_empty(), "the deadline has passed");
    for takes in [true, false] {
        is_conflict(answer(4, takes).await, Conflict::OfferOver);
    }
    // An old page gives up no seat that was taken meanwhile.
    is_conflict(answer(2, false).await, Conflict::NotAllowedNow);
    answer(3, false).await.unwrap();
    assert_eq!(
        states(kit).await,
        [Cancelled, Cancelled, Booked, Cancelled, Offered]
    );
}

async fn two_decisions_at_once_never_oversell(kit: &Kit) {
    by_approval(kit, 3).await;
    let people = some(kit, 6).await;
    let halves = [
        look(kit, PeopleAct::Approve, &ticked(&people[..3]))
            .await
            .seen,
        look(kit, PeopleAct::Approve, &ticked(&people[3..]))
            .await
            .seen,
    ];
    let done = kit
        .race(4, move |services, n| {
            let form = DecisionForm {
                act: PeopleAct::Approve,
                seen: halves[n % 2].clone(),
                over: false,
            };
            async move {
                services
                    .decide_people(&ORGANIZER, "w", &form)
                    .await
                    .unwrap()
            }
        })
        .await;
    let states = states(kit).await;
    assert_eq!(number(&states, |state| *state == Booked), 3);
    assert_eq!(number(&states, |state| *state == Waitlisted), 3);
    assert_eq!(done.iter().map(|one| one.done).sum::<u32>(), 6);
}

async fn a_request_in_the_minute_of_grace_can_be_decided(kit: &Kit) {
    let services = &kit.services;
    let view = by_approval(kit, 5).await;
    // Long before the workshop begins.
    let closes_at = view.starts_at() - Duration::days(2);
    let row = workshop::ActiveModel {
        id: Set(view.row.id),
        closes_at: Set(closes_at),
        ..Default::default()
    };
    let row = workshop::Entity::update(row).exec(services.db().read());
    row.await.unwrap();
    let early = some(kit, 1).await;
    kit.clock
        .advance(closes_at - kit.now() + Duration::seconds(59));
    let mut late = Vec::new();
    for n in [2, 3] {
        let form = RegistrationForm {
            opened_at: Some(closes_at - Duration::minutes(5)),
            ..delegate(n)
        };
        late.push(kit.register("w", &form).await);
    }
    assert_eq!(services.decline_undecided().await.unwrap(), 1);
    assert_eq!(states(kit).await, [Declined, Requested, Requested]);
    // What pages say is what happens.
    let until = async |one: &Registered| {
        let ticket = services.ticket(&kit.ticket(one)).await;
        ticket.unwrap().undecided_until
    };
    let begins = services.public_workshop("w").await.unwrap().starts_at();
    let last = begins.min(closes_at + LATE_DECISION);
    assert_eq!(
        (until(&early[0]).await, until(&late[0]).await),
        (closes_at, last)
    );
    let preview = look(kit, PeopleAct::Approve, &ticked(&late[..1])).await;
    act(kit, PeopleAct::Approve, &preview, false).await.unwrap();
    let begins = services.public_workshop("w").await.unwrap().starts_at();
    kit.clock.advance(LATE_DECISION.min(begins - kit.now()));
    assert_eq!(services.decline_undecided().await.unwrap(), 1);
    assert_eq!(states(kit).await, [Declined, Booked, Declined]);
}

async fn who_is_declined_at_closing_without_mail_is_called(kit: &Kit) {
    let services = &kit.services;
    let closes_at = by_approval(kit, 5).await.row.closes_at;
    some(kit, 1).await;
    let mut silent = Vec::new();
    for n in [1, 2] {
        let mut form = delegate(n);
        form.email = String::new();
        silent.push(kit.register("w", &form).await);
    }
    // Who registered them reads mail for one of these.
    send_party(kit, "w", &party(&["Lê An"])).await;
    let mut mute = party(&["Lê Bình"]);
    mute.contact_email = String::new();
    send_party(kit, "w", &mute).await;
    // Whoever decides by hand knows of it.
    let by_hand = look(kit, PeopleAct::Decline, &ticked(&silent[1..])).await;
    act(kit, PeopleAct::Decline, &by_hand, false).await.unwrap();
    kit.clock.advance(closes_at - kit.now());
    services.decline_undecided().await.unwrap();
    let calls = async || services.declines_to_call(&ORGANIZER).await.unwrap();
    let names = async || -> Vec<String> {
        let calls = calls().await.into_iter();
        calls.map(|call| call.full_name).collect()
    };
    assert_eq!(names().await, [delegate(1).full_name.as_str(), "Lê Bình"]);
    let zalo = calls().await.remove(1).zalo;
    assert!(zalo.contains("Lê Bình"), "{zalo}");
    for _ in 0..2 {
        let told = services.tell_declined(&ORGANIZER, "w", silent[0].id);
        told.await.unwrap();
    }
    assert_eq!(names().await, ["Lê Bình"]);
    kit.clock.advance(Duration::days(20));
    assert!(calls().await.is_empty(), "the workshop is over");
}

async fn whoever_is_registered_anew_is_told_of_no_refusal(kit: &Kit) {
    const CONTACT: &str = "+84950000999";
    let services = &kit.services;
    let row = by_approval(kit, 5).await.row;
    let contact = workshop::ActiveModel {
        id: Set(row.id),
        contact_phone: Set(CONTACT.to_owned()),
        ..Default::default()
    };
    workshop::Entity::update(contact)
        .exec(services.db().read())
        .await
        .unwrap();
    let mut mute = party(&["Lê Bình"]);
    mute.contact_email = String::new();
    send_party(kit, "w", &mute).await;
    kit.clock.advance(row.closes_at - kit.now());
    services.decline_undecided().await.unwrap();
    let calls = async || services.declines_to_call(&ORGANIZER).await.unwrap();
    let call = calls().await.remove(0);
    let via = ("Trần Thị Hoa".to_owned(), "+84950000700".to_owned());
    assert_eq!(call.via, Some(via));
    let zalo = &call.zalo;
    assert!(zalo.contains(&Phone::national(CONTACT)), "{zalo}");
    let form = PersonForm {
        person: DelegateRow {
            full_name: "Lê Bình".to_owned(),
            role: "technician".to_owned(),
            ..DelegateRow::default()
        },
        establishment: mute.establishment,
        locality: mute.locality,
        ..PersonForm::default()
    };
    let added = services.add_person(&ORGANIZER, "w", &form, Lang::Vi);
    added.await.unwrap();
    assert!(calls().await.is_empty());
    let told = services.tell_declined(&ORGANIZER, "w", call.id).await;
    is_conflict(told, Conflict::NotAllowedNow);
}
