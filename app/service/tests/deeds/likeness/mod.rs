//! Who is the same person, and which establishment the same.

mod by_hand;
mod firms;
mod mails;
mod together;

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, named, number, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{
    AccountRole, Lang, LikenessNoun, LikenessReason, LikenessState, RegistrationForm,
    RegistrationState::{Booked, Cancelled, Offered, Requested, Waitlisted},
    WorkshopForm,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, NotSet};
use service::entity::{audit, likeness, outbox, person, registration};
use service::{Actor, Conflict, ContactForm, Failure, MergeChoice, Registered, ScanRequest};

on_both!(
    the_rule_recognises_and_notes_who_may_be_one,
    a_merge_moves_registrations_and_is_undone,
    of_two_for_one_workshop_the_one_who_came_stays,
    a_freed_seat_goes_to_the_queue_and_the_older_stays,
    two_judgements_at_once_are_one,
    nobody_is_registered_for_a_row_that_was_merged,
    merges_are_undone_in_their_order,
    two_merged_into_one_are_undone_from_the_last,
    what_was_put_right_since_a_merge_stays,
    a_seat_stays_whichever_row_is_older,
    pairs_are_kept_apart_and_looked_at_again,
    everything_is_looked_through_once,
    only_organisers_judge,
);

/// Somebody with a phone and an address of their own.
fn somebody(name: &str, phone: &str, email: &str) -> RegistrationForm {
    RegistrationForm {
        email: email.to_owned(),
        ..named(name, phone)
    }
}

/// The same name at the same establishment, with two phones: for two workshops.
async fn unsure(kit: &Kit) -> (Registered, Registered, i64) {
    kit.workshop("a", 5).await;
    kit.workshop("b", 5).await;
    let one = somebody("Lê Văn An", "0950000001", "");
    let other = somebody("Lê Văn An", "0950000002", "");
    let first = kit.register("a", &one).await;
    let second = kit.register("b", &other).await;
    let id = open(kit).await[0].id;
    (first, second, id)
}

pub(crate) async fn open(kit: &Kit) -> Vec<likeness::Model> {
    let rows = kit.all(likeness::Entity).await.into_iter();
    rows.filter(|row| *row.state == LikenessState::Open)
        .collect()
}

pub(crate) async fn row_of(kit: &Kit, one: &Registered) -> registration::Model {
    let find = registration::Entity::find_by_id(one.id);
    let row = find.one(kit.services.db().read()).await.unwrap();
    row.unwrap()
}

async fn come(kit: &Kit, slug: &str, one: &Registered) {
    let services = &kit.services;
    let session = services.door(&ORGANIZER, slug).await.unwrap().session.id;
    let scan = ScanRequest {
        code: one.code.clone(),
        session,
        nonce: format!("n{}", one.id),
        at: None,
    };
    services.check_in(&ORGANIZER, slug, &scan).await.unwrap();
}

async fn merge(kit: &Kit, id: i64) -> Result<(), Failure> {
    let all = MergeChoice::default();
    kit.services.merge(&ORGANIZER, id, all).await
}

async fn undo(kit: &Kit, id: i64) -> Result<(), Failure> {
    let undone = kit.services.undo_judgement(&ORGANIZER, id).await;
    undone.map(drop)
}

async fn the_rule_recognises_and_notes_who_may_be_one(kit: &Kit) {
    let slugs = ["w1", "w2", "w3", "w4", "w5", "w6"];
    for slug in slugs {
        kit.workshop(slug, 20).await;
    }
    let register = async |slug: &str, form: RegistrationForm| {
        let made = kit.register(slug, &form).await;
        row_of(kit, &made).await.person_id
    };
    let an = register("w1", somebody("Lê Văn An", "0950000001", "an@example.com")).await;
    let by_phone = somebody("LE VAN AN", "0950 000 001", "");
    assert_eq!(register("w2", by_phone).await, an);
    let mut by_address = somebody("Lê Văn An", "0950000009", "an@example.com");
    by_address.establishment = "DNTN Sông Gió".to_owned();
    assert_eq!(register("w3", by_address).await, an);
    assert!(open(kit).await.is_empty());
    // A colleague with the same phone and mailbox is somebody else.
    let colleague = somebody("Trần Thị Hoa", "0950000001", "an@example.com");
    assert_ne!(register("w1", colleague).await, an);
    // The same name elsewhere is somebody else.
    let mut elsewhere = somebody("Lê Văn An", "0950000003", "");
    elsewhere.establishment = "HTX Lá Biếc".to_owned();
    assert_ne!(register("w4", elsewhere).await, an);
    assert!(open(kit).await.is_empty());
    let numbers = register("w5", somebody("Lê Văn An", "0950000004", "")).await;
    let typo = register("w6", somebody("Lê Văn Anh", "0950000001", "")).await;
    let noted = open(kit).await;
    let noted: Vec<_> = noted
        .iter()
        .map(|row| (*row.noun, row.first_id, row.second_id, *row.reason))
        .collect();
    let person = LikenessNoun::Person;
    assert_eq!(
        noted,
        [
            (person, an, numbers, LikenessReason::NameAndPlace),
            (person, an, typo, LikenessReason::ContactAndName),
        ]
    );
}

async fn a_merge_moves_registrations_and_is_undone(kit: &Kit) {
    let (first, second, id) = unsure(kit).await;
    come(kit, "a", &first).await;
    come(kit, "b", &second).await;
    let services = &kit.services;
    let persons = async || services.summary(&ORGANIZER).await.unwrap().tally.persons;
    assert_eq!(persons().await, 2);
    let queue = services.merge_queue(&ORGANIZER, LikenessState::Open).await;
    let pair = queue.unwrap().pairs.remove(0);
    assert_eq!(pair.first.phone.as_deref(), Some("+84950000001"));
    assert!(pair.second.workshops[0].2, "came");
    let newer = MergeChoice {
        phone: true,
        ..MergeChoice::default()
    };
    services.merge(&ORGANIZER, id, newer).await.unwrap();
    assert_eq!(persons().await, 1);
    let person = row_of(kit, &first).await.person_id;
    assert_eq!(row_of(kit, &second).await.person_id, person);
    let find = person::Entity::find_by_id(person);
    let kept = find.one(services.db().read()).await.unwrap().unwrap();
    assert_eq!(kept.phone.as_deref(), Some("+84950000002"));
    is_conflict(merge(kit, id).await, Conflict::NotAllowedNow);
    // Who gives the old number is the kept one.
    kit.workshop("c", 5).await;
    let later = somebody("Lê Văn An", "0950000002", "");
    let later = kit.register("c", &later).await;
    assert_eq!(row_of(kit, &later).await.person_id, person);
    undo(kit, id).await.unwrap();
    assert_eq!(persons().await, 2);
    assert_ne!(row_of(kit, &second).await.person_id, person);
    let find = person::Entity::find_by_id(person);
    let kept = find.one(services.db().read()).await.unwrap().unwrap();
    assert_eq!(kept.phone.as_deref(), Some("+84950000001"));
    assert_eq!(row_of(kit, &later).await.person_id, person, "came after");
    let deeds = kit.all(audit::Entity).await;
    for deed in ["merge", "undo_judgement"] {
        assert_eq!(
            number(&deeds, |row| row.deed == deed && row.noun == "likeness"),
            1
        );
    }
}

/// Two registrations for one workshop of persons who may be one.
async fn doubled(kit: &Kit, seats: u32) -> (Registered, Registered, i64) {
    kit.workshop("w", seats).await;
    let one = somebody("Lê Văn An", "0950000001", "an@example.com");
    let other = somebody("Lê Văn An", "0950000002", "an2@example.com");
    let first = kit.register("w", &one).await;
    let second = kit.register("w", &other).await;
    let id = open(kit).await[0].id;
    (first, second, id)
}

async fn of_two_for_one_workshop_the_one_who_came_stays(kit: &Kit) {
    let (first, second, id) = doubled(kit, 5).await;
    come(kit, "w", &second).await;
    let mails = kit.count(outbox::Entity).await;
    merge(kit, id).await.unwrap();
    assert_eq!(*row_of(kit, &first).await.state, Cancelled);
    let stays = row_of(kit, &second).await;
    assert_eq!(*stays.state, Booked);
    assert_eq!(stays.person_id, row_of(kit, &first).await.person_id);
    assert_eq!(kit.count(outbox::Entity).await, mails, "nobody is told");
    undo(kit, id).await.unwrap();
    assert_eq!(*row_of(kit, &first).await.state, Booked);
    assert_ne!(
        row_of(kit, &second).await.person_id,
        row_of(kit, &first).await.person_id
    );
}

async fn a_freed_seat_goes_to_the_queue_and_the_older_stays(kit: &Kit) {
    let (first, second, id) = doubled(kit, 2).await;
    let waits = kit.register("w", &delegate(3)).await;
    assert_eq!(waits.state, Waitlisted);
    merge(kit, id).await.unwrap();
    assert_eq!(*row_of(kit, &first).await.state, Booked);
    assert_eq!(*row_of(kit, &second).await.state, Cancelled);
    assert_eq!(*row_of(kit, &waits).await.state, Offered);
    let over = kit.services.undo_judgement(&ORGANIZER, id).await;
    assert_eq!(over.unwrap(), ["w"], "three have one of two seats");
    kit.workshop("v", 1).await;
    let slugs = ["unknown", "v", "w"];
    let over = kit.services.overfull(&ORGANIZER, &slugs).await.unwrap();
    let over: Vec<_> = over
        .iter()
        .map(|(view, seats)| (view.row.slug.as_str(), seats.capacity, seats.given()))
        .collect();
    assert_eq!(over, [("w", 2, 3)]);
    let log = kit.all(audit::Entity).await;
    let over = log
        .iter()
        .find(|row| row.deed == "parted_over_capacity")
        .unwrap();
    assert_eq!(
        (over.noun.as_str(), over.actor.as_str()),
        ("workshop", "token:1")
    );
    let after: serde_json::Value = serde_json::from_str(over.after.as_deref().unwrap()).unwrap();
    assert_eq!(after, serde_json::json!({ "people": 1, "over": 1 }));
    assert_eq!(*row_of(kit, &second).await.state, Booked);
    assert_eq!(*row_of(kit, &waits).await.state, Offered, "was promised");
}

async fn two_judgements_at_once_are_one(kit: &Kit) {
    let (first, second, id) = unsure(kit).await;
    let answers = kit
        .race(6, move |services, n| async move {
            if n % 2 == 0 {
                services.merge(&ORGANIZER, id, MergeChoice::default()).await
            } else {
                services.keep_apart(&ORGANIZER, id).await
            }
        })
        .await;
    assert_eq!(number(&answers, Result::is_ok), 1, "{answers:?}");
    let merged = row_of(kit, &first).await.person_id == row_of(kit, &second).await.person_id;
    let state = *kit.all(likeness::Entity).await[0].state;
    assert_eq!(merged, state == LikenessState::Merged);
}

async fn nobody_is_registered_for_a_row_that_was_merged(kit: &Kit) {
    const CROWD: usize = 12;
    let (first, second, id) = unsure(kit).await;
    let gone = row_of(kit, &second).await.person_id;
    for n in 0..CROWD {
        kit.workshop(&format!("w{n}"), 5).await;
    }
    let answers = kit
        .race(CROWD + 1, move |services, n| async move {
            if n == CROWD / 2 {
                let choice = MergeChoice::default();
                return services.merge(&ORGANIZER, id, choice).await;
            }
            let slug = format!("w{}", if n > CROWD / 2 { n - 1 } else { n });
            let form = somebody("Lê Văn An", "0950000002", "");
            let done = services.register(&Actor::Anonymous, &slug, &form, Lang::Vi, None);
            done.await.map(drop)
        })
        .await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let rows = kit.all(registration::Entity).await;
    let kept = row_of(kit, &first).await.person_id;
    assert_eq!(number(&rows, |row| row.person_id == gone), 0);
    assert_eq!(number(&rows, |row| row.person_id == kept), CROWD + 2);
}

async fn merges_are_undone_in_their_order(kit: &Kit) {
    let (first, second, id) = unsure(kit).await;
    kit.workshop("c", 5).await;
    let third = somebody("Lê Văn An", "0950000003", "");
    let third = kit.register("c", &third).await;
    let pairs = open(kit).await;
    assert_eq!(pairs.len(), 3, "each with each");
    let between = |one: i64, other: i64| {
        let pair = pairs
            .iter()
            .find(|row| (row.first_id, row.second_id) == (one, other));
        pair.unwrap().id
    };
    let person = async |one: &Registered| row_of(kit, one).await.person_id;
    let (a, b, c) = (
        person(&first).await,
        person(&second).await,
        person(&third).await,
    );
    // The second into which the third was merged becomes the first.
    merge(kit, between(b, c)).await.unwrap();
    merge(kit, id).await.unwrap();
    assert_eq!(person(&third).await, a);
    let queue = kit.services.merge_queue(&ORGANIZER, LikenessState::Open);
    assert!(queue.await.unwrap().pairs.is_empty(), "all three are one");
    is_conflict(merge(kit, between(a, c)).await, Conflict::NotAllowedNow);
    is_conflict(undo(kit, between(b, c)).await, Conflict::NotAllowedNow);
    undo(kit, id).await.unwrap();
    undo(kit, between(b, c)).await.unwrap();
    let again = [
        person(&first).await,
        person(&second).await,
        person(&third).await,
    ];
    assert_eq!(again, [a, b, c]);
}

/// Three rows of one name: the second and the third are merged into the first.
async fn two_merges_into_one(kit: &Kit) -> (Registered, [i64; 2]) {
    let (first, _, one) = unsure(kit).await;
    kit.workshop("c", 5).await;
    kit.register("c", &somebody("Lê Văn An", "0950000003", ""))
        .await;
    let first_person = row_of(kit, &first).await.person_id;
    let rows = open(kit).await;
    let with_first = |row: &&likeness::Model| row.first_id == first_person && row.id != one;
    let other = rows.iter().find(with_first).unwrap().id;
    for id in [one, other] {
        merge(kit, id).await.unwrap();
        kit.clock.advance(Duration::minutes(1));
    }
    (first, [one, other])
}

async fn two_merged_into_one_are_undone_from_the_last(kit: &Kit) {
    let (_, [one, other]) = two_merges_into_one(kit).await;
    is_conflict(undo(kit, one).await, Conflict::NotAllowedNow);
    undo(kit, other).await.unwrap();
    undo(kit, one).await.unwrap();
    let mut phones: Vec<_> = kit
        .all(person::Entity)
        .await
        .into_iter()
        .filter_map(|row| row.phone)
        .collect();
    phones.sort();
    assert_eq!(phones, ["+84950000001", "+84950000002", "+84950000003"]);
}

async fn what_was_put_right_since_a_merge_stays(kit: &Kit) {
    let (first, second, id) = unsure(kit).await;
    let newer = MergeChoice {
        phone: true,
        ..MergeChoice::default()
    };
    kit.services.merge(&ORGANIZER, id, newer).await.unwrap();
    let on_file = async || {
        let id = row_of(kit, &first).await.person_id;
        let find = service::entity::person::Entity::find_by_id(id);
        let row = find.one(kit.services.db().read()).await.unwrap();
        row.unwrap().phone
    };
    assert_eq!(on_file().await.as_deref(), Some("+84950000002"));
    let new = ContactForm {
        phone: "0950 000 009".to_owned(),
        email: "moi@example.com".to_owned(),
        unreachable: false,
    };
    let ticket = kit.ticket(&second);
    kit.services.change_contact(&ticket, &new).await.unwrap();
    undo(kit, id).await.unwrap();
    assert_eq!(
        on_file().await.as_deref(),
        Some("+84950000009"),
        "not what it was before the merge"
    );
}

async fn a_seat_stays_whichever_row_is_older(kit: &Kit) {
    let form = WorkshopForm {
        mode: "approval".to_owned(),
        ..workshop_form("w", 5)
    };
    kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    kit.services.publish(&ORGANIZER, "w").await.unwrap();
    let asked = kit
        .register("w", &somebody("Lê Văn An", "0950000001", ""))
        .await;
    let other = somebody("Lê Văn An", "0950000002", "");
    let seated = kit
        .services
        .register(&ORGANIZER, "w", &other, Lang::Vi, None)
        .await
        .unwrap();
    let service::Registering::Done(seated) = seated else {
        panic!("registered already");
    };
    assert_eq!((asked.state, seated.state), (Requested, Booked));
    let id = open(kit).await[0].id;
    merge(kit, id).await.unwrap();
    assert_eq!(*row_of(kit, &asked).await.state, Cancelled);
    assert_eq!(*row_of(kit, &seated).await.state, Booked);
}

async fn pairs_are_kept_apart_and_looked_at_again(kit: &Kit) {
    let (_, _, id) = unsure(kit).await;
    let services = &kit.services;
    services.keep_apart(&ORGANIZER, id).await.unwrap();
    let state = async |state| {
        let queue = services.merge_queue(&ORGANIZER, state).await.unwrap();
        queue.pairs.len()
    };
    assert_eq!(state(LikenessState::Open).await, 0);
    assert_eq!(state(LikenessState::Apart).await, 1);
    is_conflict(merge(kit, id).await, Conflict::NotAllowedNow);
    undo(kit, id).await.unwrap();
    assert_eq!(state(LikenessState::Open).await, 1);
    is_conflict(undo(kit, id).await, Conflict::NotAllowedNow);
}

async fn everything_is_looked_through_once(kit: &Kit) {
    let (first, _, id) = unsure(kit).await;
    let services = &kit.services;
    services.keep_apart(&ORGANIZER, id).await.unwrap();
    // Written down twice before there was a rule.
    let find = person::Entity::find_by_id(row_of(kit, &first).await.person_id);
    let twin = find.one(services.db().read()).await.unwrap().unwrap();
    let twin = &twin;
    let made = services.db().write(|tx| async move {
        let row = person::ActiveModel {
            id: NotSet,
            ..twin.clone().into_active_model()
        };
        Ok(row.insert(&*tx).await?)
    });
    let made = made.await.unwrap().id;
    for new in [2, 0] {
        let number = services.find_likenesses(&ORGANIZER).await.unwrap();
        assert_eq!(
            number, new,
            "with each of the two; what was judged stays so"
        );
    }
    let pairs = open(kit).await;
    assert!(pairs.iter().all(|row| row.second_id == made), "{pairs:?}");
    assert_eq!(pairs[0].first_id, twin.id);
}

async fn only_organisers_judge(kit: &Kit) {
    let (_, _, id) = unsure(kit).await;
    let door = kit.staff(AccountRole::Door, &["a"]).await;
    let services = &kit.services;
    let refused = |result: Result<(), Failure>| {
        assert!(matches!(result, Err(Failure::Forbidden)), "{result:?}");
    };
    let state = LikenessState::Open;
    refused(services.merge_queue(&door, state).await.map(drop));
    refused(services.merge(&door, id, MergeChoice::default()).await);
    refused(services.find_likenesses(&door).await.map(drop));
    refused(services.keep_apart(&door, id).await);
    refused(services.undo_judgement(&door, id).await.map(drop));
}
