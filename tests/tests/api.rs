//! The JSON doors: who gets in, what they are told.

use blackbox::{Engine, Server, changed, delegate, on_each_database, open_between, publish};
use blackbox::{schedule, workshop};
use reqwest::Method;
use serde_json::{Value, json};

on_each_database!(
    healthy_and_ready,
    nobody_gets_in_without_a_token,
    each_role_has_its_limits,
    the_description_names_every_door,
    from_a_draft_to_a_seat,
    problems_are_said_field_by_field,
    a_person_is_registered_once,
    a_repeated_request_is_answered_once,
    outside_the_window_nobody_is_registered,
    nonsense_is_refused_politely,
    nothing_personal_is_logged,
);

const DOORS: [(&str, &str); 8] = [
    ("get", "/api/v1/workshops"),
    ("get", "/api/v1/workshops/{slug}"),
    ("post", "/api/v1/workshops"),
    ("post", "/api/v1/workshops/{slug}/publish"),
    ("post", "/api/v1/workshops/{slug}/registrations"),
    ("post", "/api/v1/workshops/{slug}/checkins"),
    ("post", "/api/v1/workshops/{slug}/checkins/batch"),
    ("get", "/api/v1/programme/summary"),
];

async fn healthy_and_ready(engine: Engine) {
    let server = Server::new(engine).await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(server.public().get(path).await.status, 200, "{path}");
    }
}

async fn nobody_gets_in_without_a_token(engine: Engine) {
    let server = Server::new(engine).await;
    publish(&server.api("organizer"), &workshop("w", 5)).await;
    let strangers = [
        server.public(),
        server.public().with_token("taphuan_wrong"),
        server.public().with_token(""),
    ];
    for (method, path) in DOORS {
        let path = path.replace("{slug}", "w");
        let method: Method = method.to_uppercase().parse().expect("no method");
        for stranger in &strangers {
            let request = stranger.request(method.clone(), &path).json(&json!({}));
            let answer = stranger.send(request).await;
            assert_eq!(answer.status, 401, "{method} {path}: {}", answer.text());
            assert!(!answer.text().contains("Hội trường"), "{path} tells");
        }
    }
}

async fn each_role_has_its_limits(engine: Engine) {
    let server = Server::new(engine).await;
    let registrations = publish(&server.api("organizer"), &workshop("w", 5)).await;
    for role in ["door", "trainer", "director"] {
        let api = server.api(role);
        let post = [
            ("/api/v1/workshops", workshop("other", 5)),
            ("/api/v1/workshops/w/publish", json!({})),
            (registrations.as_str(), delegate(1)),
        ];
        for (path, body) in post {
            let answer = api.post(path, &body).await;
            assert_eq!(answer.status, 403, "{role} {path}: {}", answer.text());
        }
        let summary = api.get("/api/v1/programme/summary").await.status;
        assert_eq!(
            summary,
            if role == "director" { 200 } else { 403 },
            "{role}"
        );
    }
    let known = server.api("organizer").get("/api/v1/workshops/other").await;
    assert_eq!(known.status, 404);
}

async fn the_description_names_every_door(engine: Engine) {
    let server = Server::new(engine).await;
    let description = server
        .public()
        .get("/api/v1/openapi.json")
        .await
        .expect(200);
    let version = description["openapi"].as_str().unwrap_or_default();
    assert!(version.starts_with("3."), "openapi: {version}");
    for (method, path) in DOORS
        .into_iter()
        .chain([("get", "/healthz"), ("get", "/readyz")])
    {
        let door = &description["paths"][path][method];
        assert!(door["responses"].is_object(), "{method} {path} is missing");
    }
}

async fn from_a_draft_to_a_seat(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let body = workshop("ky-nang", 1);
    schedule(&api, &body).await;
    assert_eq!(server.public().get("/workshops/ky-nang").await.status, 404);
    let registrations = "/api/v1/workshops/ky-nang/registrations";
    let early = api.post(registrations, &delegate(1)).await.status;
    assert!(
        matches!(early, 404 | 409),
        "registered for a draft: {early}"
    );

    let taken = api.post("/api/v1/workshops", &body).await;
    assert_eq!(taken.problems(), ["slug: slug_taken"]);
    publish(&api, &workshop("another", 1)).await;
    let published = api
        .post("/api/v1/workshops/ky-nang/publish", &json!({}))
        .await;
    assert!(matches!(published.status, 200 | 204));
    let again = api
        .post("/api/v1/workshops/ky-nang/publish", &json!({}))
        .await;
    assert_eq!(again.status, 409, "published twice: {}", again.text());

    let seen = api.get("/api/v1/workshops/ky-nang").await.expect(200);
    assert_eq!(seen["title_vi"], body["title_vi"]);
    assert_eq!(seen["capacity"], 1);
    assert_eq!(moment(&seen["opens_at"]), moment(&body["opens_at"]));
    let session = &seen["sessions"][0];
    assert!(session["id"].is_i64(), "no id of the session: {seen}");
    assert_eq!(moment(&session["starts_at"]), moment(&body["starts_at"]));
    let list = api.get("/api/v1/workshops").await.expect(200);
    assert!(list.to_string().contains("ky-nang") && list.to_string().contains("another"));

    let first = api.post(registrations, &delegate(1)).await.expect(201);
    assert_eq!(first["state"], "booked", "{first}");
    assert_eq!(first["code"].as_str().map(str::len), Some(8), "{first}");
    for (number, position) in [(2, 1), (3, 2)] {
        let next = api.post(registrations, &delegate(number)).await.expect(201);
        assert_eq!(next["state"], "waitlisted", "{next}");
        assert_eq!(next["position"], position, "{next}");
    }
}

async fn problems_are_said_field_by_field(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 5)).await;
    let wrong = changed(
        &delegate(1),
        json!({ "full_name": "12", "phone": "123", "email": "x", "role": "king", "locality": "",
                "consents": { "reporting": false, "materials": true, "invitations": true } }),
    );
    assert_eq!(
        api.post(&registrations, &wrong).await.problems(),
        [
            "full_name: not_a_name",
            "phone: not_a_phone",
            "email: not_an_email",
            "role: not_a_choice",
            "locality: required",
            "consents.reporting: consent_needed",
        ]
    );
    let wrong = changed(
        &workshop("Not A Slug", 0),
        json!({ "title_vi": " ", "ends_at": blackbox::in_hours(2), "closes_at": blackbox::in_hours(-30) }),
    );
    let said = api.post("/api/v1/workshops", &wrong).await.problems();
    for problem in [
        "slug: not_a_slug",
        "title_vi: required",
        "ends_at: end_not_after_start",
        "capacity: not_in_range",
        "closes_at: end_not_after_start",
    ] {
        assert!(
            said.iter().any(|known| known == problem),
            "{problem}: {said:?}"
        );
    }
}

async fn a_person_is_registered_once(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 5)).await;
    let body = changed(
        &delegate(1),
        json!({ "full_name": "Đỗ Thị Ở", "phone": "0951234567" }),
    );
    let first = api.post(&registrations, &body).await.expect(201);
    // However the same name and phone are written.
    for (name, phone) in [
        ("Đỗ Thị Ở", "0951234567"),
        (" ĐỖ  THỊ Ở", "+84 951.234.567"),
    ] {
        let again = changed(&body, json!({ "full_name": name, "phone": phone }));
        let answer = api.post(&registrations, &again).await;
        assert_eq!(answer.status, 409, "{}", answer.text());
        let code = first["code"].as_str().expect("no code");
        assert!(!answer.text().contains(code), "a stranger is told the code");
    }
    // A shared phone makes nobody the same person.
    let colleague = changed(&body, json!({ "full_name": "Lê Văn Chín" }));
    let _ = api.post(&registrations, &colleague).await.expect(201);
}

async fn a_repeated_request_is_answered_once(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 2)).await;
    let first = api.post_once(&registrations, "k-1", &delegate(1)).await;
    for _ in 0..2 {
        let again = api.post_once(&registrations, "k-1", &delegate(1)).await;
        assert_eq!((again.status, again.text()), (201, first.text()));
    }
    assert_eq!(first.expect(201)["state"], "booked");
    let other = api.post_once(&registrations, "k-1", &delegate(2)).await;
    assert_eq!(other.status, 409, "{}", other.text());
    // The same key of another token is another key.
    let elsewhere = server.api("organizer");
    let next = elsewhere
        .post_once(&registrations, "k-1", &delegate(3))
        .await;
    assert_eq!(next.expect(201)["state"], "booked");
    // Two seats, two people: a repeat took none.
    let third = api.post(&registrations, &delegate(4)).await.expect(201);
    assert_eq!(third["position"], 1, "{third}");
}

async fn outside_the_window_nobody_is_registered(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    for (slug, opens, closes) in [("closed", -24, -1), ("not-yet", 1, 20)] {
        let registrations = publish(&api, &open_between(slug, opens, closes)).await;
        let answer = api.post(&registrations, &delegate(1)).await;
        assert_eq!(answer.status, 409, "{slug}: {}", answer.text());
    }
    let unknown = "/api/v1/workshops/nowhere/registrations";
    assert_eq!(api.post(unknown, &delegate(1)).await.status, 404);
}

async fn nonsense_is_refused_politely(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 5)).await;
    let bodies: [&[u8]; 8] = [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"{\"full_name\":7}",
        b"{\"full_name\":\"A\\u0000B\",\"phone\":\"0950000001\"}",
        b"{\"consents\":[true]}",
    ];
    let deep = vec![b'['; 20_000];
    let doors = [
        registrations.as_str(),
        "/api/v1/workshops",
        "/api/v1/workshops/w/checkins",
    ];
    for door in doors {
        for body in bodies.into_iter().chain([deep.as_slice()]) {
            for kind in ["application/json", "text/plain"] {
                let answer = api.post_raw(door, kind, body.to_vec()).await;
                let said = String::from_utf8_lossy(&body[..body.len().min(60)]);
                assert!(
                    (400..500).contains(&answer.status),
                    "{door} {said}: {}",
                    answer.status
                );
            }
        }
    }
    let huge = format!("{{\"full_name\":\"{}\"}}", "x".repeat(8 << 20));
    let answer = api
        .post_raw(&registrations, "application/json", huge.into())
        .await;
    assert!(matches!(answer.status, 413 | 422), "{}", answer.status);
}

async fn nothing_personal_is_logged(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 1)).await;
    let secret = json!({ "full_name": "Huỳnh Thị Kín", "phone": "0957654321", "email": "kin@example.com",
                         "establishment": "CSSX Bí Mật" });
    for number in 0..2 {
        let body = changed(&delegate(number), secret.clone());
        let _ = api.post(&registrations, &body).await;
    }
    let wrong = changed(&delegate(3), changed(&secret, json!({ "role": "?" })));
    assert_eq!(api.post(&registrations, &wrong).await.status, 422);
    let log = server.log();
    for word in ["Kín", "kin@", "957654321", "Bí Mật", "taphuan_"] {
        assert!(!log.contains(word), "{word} is in the log");
    }
}

fn moment(value: &Value) -> i64 {
    let said = value.as_str().unwrap_or_default();
    chrono::DateTime::parse_from_rfc3339(said)
        .unwrap_or_else(|error| panic!("{value} is no RFC 3339: {error}"))
        .timestamp()
}
