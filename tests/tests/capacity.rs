//! Races: many at once, released by a barrier. That seats are lost without the lock is shown by
//! the service's own tests.

use blackbox::{Answer, Api, Engine, Server, delegate, on_each_database, publish, workshop};
use futures::future::join_all;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Barrier;

on_each_database!(
    two_hundred_for_ten_seats,
    twenty_times_the_same_request,
    twenty_times_the_same_person,
);

/// Sends `count` requests, each ready before the first is let go.
async fn at_once<F>(count: u32, send: impl Fn(u32) -> F) -> Vec<Answer>
where
    F: Future<Output = Answer> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(count as usize));
    let sending = (0..count).map(|number| {
        let (barrier, request) = (Arc::clone(&barrier), send(number));
        tokio::spawn(async move {
            barrier.wait().await;
            request.await
        })
    });
    let answers = join_all(sending).await.into_iter();
    answers
        .map(|answer| answer.expect("a request failed"))
        .collect()
}

fn register(
    api: &Api,
    path: &str,
    number: u32,
    key: Option<&str>,
) -> impl Future<Output = Answer> + use<> {
    let (api, path, key) = (api.clone(), path.to_owned(), key.map(str::to_owned));
    async move {
        match key {
            Some(key) => api.post_once(&path, &key, &delegate(number)).await,
            None => api.post(&path, &delegate(number)).await,
        }
    }
}

fn count(answers: &[Value], state: &str) -> usize {
    answers
        .iter()
        .filter(|answer| answer["state"] == state)
        .count()
}

async fn two_hundred_for_ten_seats(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let path = publish(&api, &workshop("full", 10)).await;
    let answers = at_once(200, |number| register(&api, &path, number, None)).await;
    let answers: Vec<_> = answers.iter().map(|answer| answer.expect(201)).collect();

    assert_eq!(
        (count(&answers, "booked"), count(&answers, "waitlisted")),
        (10, 190)
    );
    let codes: BTreeSet<_> = answers
        .iter()
        .filter_map(|answer| answer["code"].as_str())
        .collect();
    assert_eq!(codes.len(), 200, "a code was given twice");
    let mut positions: Vec<_> = answers
        .iter()
        .filter_map(|answer| answer["position"].as_u64())
        .collect();
    positions.sort_unstable();
    assert_eq!(positions, (1..=190).collect::<Vec<_>>());
    // Who comes later stands behind all of them.
    let late = api.post(&path, &delegate(200)).await.expect(201);
    assert_eq!(late["position"], 191, "{late}");
}

async fn twenty_times_the_same_request(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let path = publish(&api, &workshop("w", 30)).await;
    let answers = at_once(20, |_| register(&api, &path, 1, Some("once"))).await;
    let answers: BTreeSet<_> = answers
        .iter()
        .map(|answer| answer.expect(201).to_string())
        .collect();
    assert_eq!(answers.len(), 1, "told differently: {answers:?}");
    assert_eq!(seats_left(&api, &path, 30).await, 29);
}

async fn twenty_times_the_same_person(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let path = publish(&api, &workshop("w", 30)).await;
    let answers = at_once(20, |_| register(&api, &path, 1, None)).await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [[201].as_slice(), &[409; 19]].concat());
    assert_eq!(seats_left(&api, &path, 30).await, 29);
}

/// Fills the workshop and counts how many still got a seat.
async fn seats_left(api: &Api, path: &str, capacity: u32) -> usize {
    let filling = at_once(capacity, |number| register(api, path, 1000 + number, None)).await;
    let filling: Vec<_> = filling.iter().map(|answer| answer.expect(201)).collect();
    count(&filling, "booked")
}
