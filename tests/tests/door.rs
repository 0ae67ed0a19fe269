//! Checking in through the JSON door: harmless however often it is repeated.

use blackbox::{
    Api, Engine, Server, changed, delegate, in_hours, on_each_database, publish, workshop,
};
use futures::future::join_all;
use serde_json::{Value, json};

on_each_database!(
    a_seat_is_admitted_once,
    the_same_scan_is_answered_alike,
    others_are_refused_with_a_reason,
    two_scans_at_once_admit_once,
);

struct Door {
    server: Server,
    api: Api,
    session: i64,
    registrations: String,
}

impl Door {
    /// A workshop with one seat, and its door.
    async fn open(engine: Engine) -> Self {
        let server = Server::new(engine).await;
        let organizer = server.api("organizer");
        // Door staff stand there from three hours before.
        let hours =
            json!({ "starts_at": in_hours(1), "ends_at": in_hours(5), "closes_at": in_hours(1) });
        let registrations = publish(&organizer, &changed(&workshop("w", 1), hours)).await;
        let seen = organizer.get("/api/v1/workshops/w").await.expect(200);
        Self {
            api: server.api("door"),
            session: seen["sessions"][0]["id"].as_i64().expect("no session"),
            registrations,
            server,
        }
    }

    async fn register(&self, number: u32) -> String {
        let organizer = self.server.api("organizer");
        let answer = organizer.post(&self.registrations, &delegate(number)).await;
        let code = answer.expect(201)["code"].as_str().map(str::to_owned);
        code.expect("no code")
    }

    async fn scan(&self, code: &str, nonce: &str) -> Value {
        let body = self.body(code, nonce);
        self.api
            .post("/api/v1/workshops/w/checkins", &body)
            .await
            .expect(200)
    }

    fn body(&self, code: &str, nonce: &str) -> Value {
        json!({ "code": code, "session": self.session, "nonce": nonce, "at": in_hours(0) })
    }

    async fn attendances(&self) -> Value {
        let organizer = self.server.api("organizer");
        let summary = organizer.get("/api/v1/programme/summary").await;
        summary.expect(200)["attendances"].clone()
    }
}

async fn a_seat_is_admitted_once(engine: Engine) {
    let door = Door::open(engine).await;
    let code = door.register(1).await;
    assert_eq!(
        door.attendances().await,
        0,
        "a registration is no attendance"
    );
    assert_eq!(door.scan(&code, "n-1").await["outcome"], "admitted");
    // However the code is typed.
    let typed = format!("{} {}", code[..4].to_lowercase(), &code[4..]);
    assert_eq!(door.scan(&typed, "n-2").await["outcome"], "already");
    assert_eq!(door.attendances().await, 1);
}

async fn the_same_scan_is_answered_alike(engine: Engine) {
    let door = Door::open(engine).await;
    let code = door.register(1).await;
    let first = door.scan(&code, "n-1").await;
    assert_eq!(first["outcome"], "admitted");
    // Sent again after the line was cut, for example.
    assert_eq!(door.scan(&code, "n-1").await["outcome"], first["outcome"]);
    assert_eq!(door.attendances().await, 1);
}

async fn others_are_refused_with_a_reason(engine: Engine) {
    let door = Door::open(engine).await;
    let (_seated, waiting) = (door.register(1).await, door.register(2).await);
    let organizer = door.server.api("organizer");
    let elsewhere = publish(&organizer, &workshop("elsewhere", 1)).await;
    let stranger = organizer.post(&elsewhere, &delegate(3)).await.expect(201);
    let stranger = stranger["code"].as_str().expect("no code");
    let refused = [
        ("22222222", "unknown"),
        ("not a code, surely", "unknown"),
        (&waiting, "waitlisted"),
        (stranger, "wrong_workshop"),
    ];
    for (number, (code, reason)) in refused.into_iter().enumerate() {
        let answer = door.scan(code, &format!("n-{number}")).await;
        assert_eq!(answer["outcome"], "refused", "{code}");
        assert_eq!(answer["reason"], reason, "{code}");
    }
    let body = changed(&door.body(&waiting, "n-9"), json!({ "session": 999_999 }));
    let answer = door.api.post("/api/v1/workshops/w/checkins", &body).await;
    assert_eq!(answer.problems(), ["session: unknown_session"]);
    assert_eq!(door.attendances().await, 0);
}

async fn two_scans_at_once_admit_once(engine: Engine) {
    let door = Door::open(engine).await;
    let code = door.register(1).await;
    let nonces: Vec<_> = (0..12).map(|number| format!("n-{number}")).collect();
    let outcomes = join_all(nonces.iter().map(|nonce| door.scan(&code, nonce))).await;
    let count = |outcome: &str| {
        outcomes
            .iter()
            .filter(|said| said["outcome"] == outcome)
            .count()
    };
    assert_eq!(
        (count("admitted"), count("already")),
        (1, 11),
        "{outcomes:?}"
    );
    assert_eq!(door.attendances().await, 1);
}
