//! The board of a hall: told within a second, also by another server on the
//! same database, and closed when the server stops.

use blackbox::{
    Api, Engine, Form, Server, changed, delegate, in_hours, on_each_database, publish, signed_in,
    workshop,
};
use futures::StreamExt;
use futures::stream::BoxStream;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

on_each_database!(
    whoever_looks_is_told_within_a_second,
    who_registers_and_who_gives_up_is_told_within_a_second,
    streams_end_when_the_server_stops,
);

/// A workshop that begins in an hour, with one seat taken: server, session, code.
async fn begun(engine: Engine) -> (Server, i64, String) {
    let server = Server::new(engine).await;
    let organizer = server.api("organizer");
    let hours =
        json!({ "starts_at": in_hours(1), "ends_at": in_hours(5), "closes_at": in_hours(1) });
    let registrations = publish(&organizer, &changed(&workshop("w", 5), hours)).await;
    let answer = organizer.post(&registrations, &delegate(1)).await;
    let code = answer.expect(201)["code"].as_str().map(str::to_owned);
    let seen = organizer.get("/api/v1/workshops/w").await.expect(200);
    let session = seen["sessions"][0]["id"].as_i64().expect("no session");
    (server, session, code.expect("no code"))
}

/// What is told on a board, one at a time.
struct Board(BoxStream<'static, String>);

impl Board {
    async fn watch(api: &Api, cookie: &str) -> Self {
        let request = api.request(Method::GET, "/door/w/board/events");
        let answer = request.header("cookie", cookie).send().await;
        let answer = answer.expect("no answer");
        assert_eq!(answer.status(), 200);
        let parts = answer.bytes_stream().map(|part| {
            let part = part.unwrap_or_default();
            String::from_utf8_lossy(&part).into_owned()
        });
        Self(parts.boxed())
    }

    /// What is told next; none when the stream ends.
    async fn next(&mut self) -> Option<String> {
        loop {
            let part = self.0.next().await?;
            if let Some(data) = part.trim().strip_prefix("data:") {
                let told: Value = serde_json::from_str(data).expect("no JSON");
                return told["all"]["count"].as_str().map(str::to_owned);
            }
        }
    }
}

async fn check_in(server: &Server, session: i64, code: &str) {
    let body = json!({ "code": code, "session": session, "nonce": code });
    let door = server.api("door");
    let answer = door.post("/api/v1/workshops/w/checkins", &body).await;
    assert_eq!(answer.expect(200)["outcome"], "admitted");
}

async fn whoever_looks_is_told_within_a_second(engine: Engine) {
    let (server, session, code) = begun(engine).await;
    let cookie = signed_in(&server, "organizer").await;
    let stranger = server.public().get("/door/w/board/events").await;
    assert_ne!(stranger.status, 200, "the public sees a board");
    // Two servers on one PostgreSQL; SQLite has one.
    let other = (engine == Engine::Postgres).then(|| server.another());
    let watched = match &other {
        Some(other) => other.api().await,
        None => server.public(),
    };
    let mut board = Board::watch(&watched, &cookie).await;
    assert_eq!(board.next().await.as_deref(), Some("0 / 1"));
    check_in(&server, session, &code).await;
    let told = timeout(Duration::from_secs(1), board.next()).await;
    assert_eq!(told.expect("not within a second").as_deref(), Some("1 / 1"));
}

async fn who_registers_and_who_gives_up_is_told_within_a_second(engine: Engine) {
    let (server, ..) = begun(engine).await;
    let cookie = signed_in(&server, "organizer").await;
    let other = (engine == Engine::Postgres).then(|| server.another());
    let watched = match &other {
        Some(other) => other.api().await,
        None => server.public(),
    };
    let mut board = Board::watch(&watched, &cookie).await;
    assert_eq!(board.next().await.as_deref(), Some("0 / 1"));
    let path = "/workshops/w/register";
    let public = server.public();
    let page = public.get(path).await.text();
    let form = Form::with_field(&page, path, "full_name")
        .set("full_name", "Phạm Thị Út")
        .set("phone", "0950000099")
        .set("role", "foreman")
        .set("establishment", "HTX Lá Biếc")
        .set("locality", "Ba Tri")
        .tick("reporting");
    let made = form.submit(&public).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let told = timeout(Duration::from_secs(1), board.next()).await;
    assert_eq!(told.expect("not within a second").as_deref(), Some("0 / 2"));
    let mine = made.header("location");
    let mine = mine.split('?').next().unwrap_or_default();
    let cancel = format!("{mine}/cancel");
    let asked = public.get(&cancel).await.text();
    let forms = Form::all(&asked, &cancel);
    let done = forms.first().expect("no form").submit(&public).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let told = timeout(Duration::from_secs(1), board.next()).await;
    assert_eq!(told.expect("not within a second").as_deref(), Some("0 / 1"));
}

async fn streams_end_when_the_server_stops(engine: Engine) {
    let (mut server, ..) = begun(engine).await;
    let cookie = signed_in(&server, "organizer").await;
    let mut board = Board::watch(&server.public(), &cookie).await;
    board.next().await;
    server.terminate();
    let end = timeout(Duration::from_secs(5), board.next()).await;
    assert_eq!(end.expect("the stream goes on"), None);
    let ended = server.ended(Duration::from_secs(10)).await;
    assert_eq!(ended.code(), Some(0));
}
