//! An offered seat: taken in time, or passed on; and requests that wait for a
//! decision.

use crate::kit::{
    Kit, ORGANIZER, delegate, deliver, is_conflict, mails, number, party, send_party, workshop_form,
};
use crate::on_both;
use chrono::Duration;
use domain::{
    Lang,
    RegistrationState::{Booked, Cancelled, Declined, Lapsed, Offered, Requested, Waitlisted},
    WorkshopForm,
};
use service::entity::{outbox, registration};
use service::{Actor, Conflict, Failure, Registered, Registering};

on_both!(
    an_offer_is_taken_by_its_holder_alone,
    an_offer_not_taken_in_time_passes_on,
    near_the_start_an_offer_is_short_and_never_outlasts_it,
    requests_undecided_at_closing_are_declined_and_told,
    a_form_opened_before_closing_has_a_minute,
    an_offer_accepted_as_it_expires_has_one_ending,
    the_last_seat_is_cancelled_accepted_and_wanted_at_once,
    fewer_seats_while_people_press_never_oversell,
    the_first_mail_says_who_named_somebody_and_asks,
);

/// One seat taken and some who wait; the seat is then given up.
async fn offered(kit: &Kit, slug: &str, waiting: usize) -> Vec<Registered> {
    kit.workshop(slug, 1).await;
    let mut people = Vec::new();
    for n in 0..=waiting {
        people.push(kit.register(slug, &delegate(n)).await);
    }
    kit.cancel(&people[0]).await;
    people
}

async fn states(kit: &Kit, people: &[Registered]) -> Vec<domain::RegistrationState> {
    let rows = kit.all(registration::Entity).await;
    let state = |one: &Registered| {
        rows.iter()
            .find(|row| row.id == one.id)
            .map(|row| *row.state)
    };
    people.iter().filter_map(state).collect()
}

async fn an_offer_is_taken_by_its_holder_alone(kit: &Kit) {
    let people = offered(kit, "w", 2).await;
    let services = &kit.services;
    let too_early = services.accept_offer(&kit.ticket(&people[2])).await;
    is_conflict(too_early, Conflict::NotAllowedNow);
    let forged = format!("{}-forged", people[1].code);
    assert!(matches!(
        services.accept_offer(&forged).await,
        Err(Failure::NotFound)
    ));
    let ticket = kit.ticket(&people[1]);
    assert!(
        services
            .ticket(&ticket)
            .await
            .unwrap()
            .offer_until
            .is_some()
    );
    for _ in 0..2 {
        services.accept_offer(&ticket).await.unwrap();
    }
    assert_eq!(states(kit, &people).await, [Cancelled, Booked, Waitlisted]);
    let mails = mails(kit).await;
    let confirmed = |mail: &outbox::Model| {
        mail.registration_id == Some(people[1].id) && mail.purpose == "confirmation"
    };
    assert_eq!(number(&mails, confirmed), 1);
}

async fn an_offer_not_taken_in_time_passes_on(kit: &Kit) {
    let people = offered(kit, "w", 2).await;
    let services = &kit.services;
    kit.clock
        .advance(Duration::hours(24) - Duration::seconds(1));
    assert_eq!(services.lapse_offers().await.unwrap(), 0);
    kit.clock.advance(Duration::seconds(1));
    let late = services.accept_offer(&kit.ticket(&people[1])).await;
    is_conflict(late, Conflict::OfferOver);
    // A server that was down for a day finds it by its state.
    kit.clock.advance(Duration::hours(20));
    assert_eq!(services.lapse_offers().await.unwrap(), 1);
    assert_eq!(services.lapse_offers().await.unwrap(), 0);
    assert_eq!(states(kit, &people).await, [Cancelled, Lapsed, Offered]);
    let mails = mails(kit).await;
    let purposes: Vec<_> = mails
        .iter()
        .filter(|mail| mail.registration_id == Some(people[1].id))
        .map(|mail| mail.purpose.as_str())
        .collect();
    assert_eq!(purposes, ["waitlisted", "offered", "lapsed"]);
}

async fn near_the_start_an_offer_is_short_and_never_outlasts_it(kit: &Kit) {
    kit.workshop("w", 1).await;
    let mut people = Vec::new();
    for n in 0..4 {
        people.push(kit.register("w", &delegate(n)).await);
    }
    let starts_at = kit.services.public_workshop("w").await.unwrap().starts_at();
    kit.clock
        .advance(starts_at - kit.now() - Duration::hours(6));
    kit.cancel(&people[0]).await;
    let until = kit.in_state(Offered).await[0].offer_until;
    assert_eq!(until, Some(kit.now() + Duration::hours(3)));
    kit.clock
        .advance(Duration::hours(5) + Duration::minutes(45));
    kit.services.lapse_offers().await.unwrap();
    let until = kit.in_state(Offered).await[0].offer_until;
    assert_eq!(until, Some(starts_at));
    kit.clock.advance(Duration::minutes(15));
    kit.services.lapse_offers().await.unwrap();
    assert_eq!(
        states(kit, &people).await,
        [Cancelled, Lapsed, Lapsed, Waitlisted],
        "no offer after the start"
    );
}

fn approval(slug: &str) -> WorkshopForm {
    WorkshopForm {
        mode: "approval".to_owned(),
        closes_at: "2026-12-01T17:00".to_owned(),
        ..workshop_form(slug, 5)
    }
}

async fn requests_undecided_at_closing_are_declined_and_told(kit: &Kit) {
    let services = &kit.services;
    services.schedule(&ORGANIZER, &approval("w")).await.unwrap();
    let view = services.publish(&ORGANIZER, "w").await.unwrap();
    let one = kit.register("w", &delegate(1)).await;
    assert_eq!(one.state, Requested);
    assert_eq!(services.decline_undecided().await.unwrap(), 0);
    kit.clock.advance(view.row.closes_at - kit.now());
    assert_eq!(services.decline_undecided().await.unwrap(), 1);
    assert_eq!(states(kit, std::slice::from_ref(&one)).await, [Declined]);
    let mails = mails(kit).await;
    let purposes: Vec<_> = mails.iter().map(|mail| mail.purpose.as_str()).collect();
    assert_eq!(purposes, ["requested", "declined"]);
}

async fn a_form_opened_before_closing_has_a_minute(kit: &Kit) {
    let form = WorkshopForm {
        closes_at: "2026-12-01T17:00".to_owned(),
        ..workshop_form("w", 5)
    };
    kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    let view = kit.services.publish(&ORGANIZER, "w").await.unwrap();
    let closes_at = view.row.closes_at;
    kit.clock
        .advance(closes_at - kit.now() + Duration::seconds(59));
    let send = async |n, opened_at| {
        let form = domain::RegistrationForm {
            opened_at,
            ..delegate(n)
        };
        let done = kit
            .services
            .register(&Actor::Anonymous, "w", &form, Lang::Vi, None);
        done.await
    };
    let before = Some(closes_at - Duration::minutes(5));
    assert!(send(1, before).await.is_ok());
    for opened in [None, Some(closes_at)] {
        let late = send(2, opened).await;
        is_conflict(late, Conflict::RegistrationClosed);
    }
    kit.clock.advance(Duration::seconds(1));
    let late = send(2, before).await;
    is_conflict(late, Conflict::RegistrationClosed);
}

/// When who presses and the worker start, in microseconds: so far apart that
/// both endings are seen, and so close that they meet.
const APART: [(u64, u64); 4] = [(0, 300_000), (500, 1000), (1000, 500), (300_000, 0)];

async fn an_offer_accepted_as_it_expires_has_one_ending(kit: &Kit) {
    let mut endings = [0, 0];
    // A day each; the workshop is ten days ahead.
    for round in 0..8_u64 {
        let slug = format!("w{round}");
        let people = offered(kit, &slug, 2).await;
        kit.clock
            .advance(Duration::hours(24) - Duration::milliseconds(1));
        let (ticket, clock) = (kit.ticket(&people[1]), kit.clock.clone());
        let answers = kit
            .race(2, move |services, n| {
                let (ticket, clock) = (ticket.clone(), clock.clone());
                async move {
                    let (first, second) = APART[(round % 4) as usize];
                    if n == 0 {
                        wait(first).await;
                        return services.accept_offer(&ticket).await.map(|()| 0);
                    }
                    wait(second).await;
                    clock.advance(Duration::milliseconds(1));
                    services.lapse_offers().await
                }
            })
            .await;
        let ending = states(kit, &people).await;
        match &answers[0] {
            Ok(_) => {
                assert_eq!(ending, [Cancelled, Booked, Waitlisted]);
                endings[0] += 1;
            }
            Err(Failure::Conflict(Conflict::OfferOver)) => {
                // The worker may have looked just before; its next look settles it.
                kit.services.lapse_offers().await.unwrap();
                assert_eq!(states(kit, &people).await, [Cancelled, Lapsed, Offered]);
                endings[1] += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(endings.iter().all(|times| *times > 0), "{endings:?}");
}

async fn wait(micros: u64) {
    tokio::time::sleep(std::time::Duration::from_micros(micros)).await;
}

async fn the_last_seat_is_cancelled_accepted_and_wanted_at_once(kit: &Kit) {
    const SEATS: usize = 4;
    kit.workshop("w", u32::try_from(SEATS).unwrap()).await;
    let mut people = Vec::new();
    for n in 0..10 {
        people.push(kit.register("w", &delegate(n)).await);
    }
    // Two offers stand, two seats are taken, four people wait.
    kit.cancel(&people[0]).await;
    kit.cancel(&people[1]).await;
    let tickets: Vec<String> = people.iter().map(|one| kit.ticket(one)).collect();
    let newcomers = kit
        .race(20, move |services, n| {
            let tickets = tickets.clone();
            async move {
                match n {
                    0 | 1 => services.cancel_by_ticket(&tickets[2]).await.map(|()| None),
                    2 | 3 => services.accept_offer(&tickets[4]).await.map(|()| None),
                    4 => services.cancel_by_ticket(&tickets[5]).await.map(|()| None),
                    _ => {
                        let form = delegate(100 + n);
                        services
                            .register(&Actor::Anonymous, "w", &form, Lang::Vi, None)
                            .await
                            .map(|done| match done {
                                Registering::Done(registered) => Some(registered.state),
                                Registering::Already => None,
                            })
                    }
                }
                .unwrap()
            }
        })
        .await;
    assert_eq!(number(&newcomers, |state| *state == Some(Waitlisted)), 15);
    assert_eq!(
        states(kit, &people).await,
        [
            Cancelled, Cancelled, Cancelled, Booked, Booked, Cancelled, Offered, Offered,
            Waitlisted, Waitlisted
        ],
        "two were taken, two are held for those who waited longest"
    );
}

/// The organiser starts before anybody presses, then later each round, so that
/// the seats are made fewer in time, and refused once too many are taken.
async fn fewer_seats_while_people_press_never_oversell(kit: &Kit) {
    let mut endings = [0, 0];
    for round in 0..10_u64 {
        let slug = format!("w{round}");
        kit.workshop(&slug, 12).await;
        let shared = slug.clone();
        let lowered = kit
            .race(21, move |services, n| {
                let slug = shared.clone();
                async move {
                    if n == 0 {
                        wait(round.saturating_sub(3) * 2_000).await;
                        let form = workshop_form(&slug, 4);
                        return services.revise(&ORGANIZER, &slug, &form).await.is_ok();
                    }
                    wait(if round < 3 { 20_000 } else { 0 }).await;
                    let form = delegate(n);
                    let done = services.register(&Actor::Anonymous, &slug, &form, Lang::Vi, None);
                    done.await.unwrap();
                    false
                }
            })
            .await[0];
        endings[usize::from(lowered)] += 1;
        let view = kit.services.public_workshop(&slug).await.unwrap();
        let mut booked = kit.in_state(Booked).await;
        booked.retain(|row| row.workshop_id == view.row.id);
        assert_eq!(view.capacity(), if lowered { 4 } else { 12 });
        assert_eq!(booked.len(), view.capacity() as usize);
    }
    assert!(endings.iter().all(|times| *times > 0), "{endings:?}");
}

async fn the_first_mail_says_who_named_somebody_and_asks(kit: &Kit) {
    kit.workshop("w", 1).await;
    let seat = kit.register("w", &delegate(0)).await;
    let alone = kit.register("w", &delegate(1)).await;
    for name in ["Lê An", "Lê Bình"] {
        let mut form = party(&[name]);
        form.delegates[0].email = "an@example.com".to_owned();
        send_party(kit, "w", &form).await;
    }
    let asks = async |purpose: &str| -> Vec<(String, bool)> {
        let mut mails = mails(kit).await;
        mails.retain(|mail| mail.purpose == purpose);
        let asks = |text: &str| text.contains("đồng nghiệp") && text.contains("có đồng ý hay");
        let told = mails.into_iter();
        told.map(|mail| (mail.to_name, asks(&mail.body_text)))
            .collect()
    };
    let named = |name: &str, asked| (name.to_owned(), asked);
    let first = asks("waitlisted").await;
    assert_eq!(first[0], named(&delegate(1).full_name, false));
    assert_eq!(first[1..], [named("Lê An", true), named("Lê Bình", true)]);
    kit.cancel(&seat).await;
    kit.cancel(&alone).await;
    // That of the waiting list never left, so this is the first.
    assert_eq!(asks("offered").await[1..], [named("Lê An", true)]);
    deliver(&kit.services).await;
    kit.clock.advance(Duration::hours(25));
    kit.services.lapse_offers().await.unwrap();
    // Both have read by now who named them.
    assert_eq!(asks("lapsed").await, [named("Lê An", false)]);
    assert_eq!(asks("offered").await[2..], [named("Lê Bình", false)]);
}
