//! Things to send.

use crate::{Api, Form, Server};
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde_json::{Value, json};

/// The moment this many seconds from now, as the JSON doors write it.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the server under test lives by the system's clock too"
)]
pub fn in_seconds(seconds: i64) -> String {
    let at: DateTime<Utc> = Utc::now() + Duration::seconds(seconds);
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// As [`in_seconds`].
#[must_use]
pub fn in_hours(hours: i64) -> String {
    in_seconds(hours * 3600)
}

/// A workshop tomorrow, open for registration since yesterday.
#[must_use]
pub fn workshop(slug: &str, capacity: u32) -> Value {
    json!({
        "slug": slug,
        "title_vi": "Kỹ năng đánh giá sản xuất sạch hơn",
        "title_en": "Cleaner-production assessment skills",
        "room": "Hội trường Sở Công Thương",
        "starts_at": in_hours(24),
        "ends_at": in_hours(28),
        "opens_at": in_hours(-24),
        "closes_at": in_hours(23),
        "capacity": capacity,
    })
}

/// The same, with registration open between these hours from now.
#[must_use]
pub fn open_between(slug: &str, opens: i64, closes: i64) -> Value {
    changed(
        &workshop(slug, 30),
        json!({ "opens_at": in_hours(opens), "closes_at": in_hours(closes) }),
    )
}

/// The `number`th delegate: another person, phone and establishment for each number.
#[must_use]
pub fn delegate(number: u32) -> Value {
    let roles = ["manager", "technician", "foreman", "owner"];
    json!({
        "full_name": format!("Nguyễn Thị Thử {}", letters(number)),
        "phone": format!("095{number:07}"),
        "role": roles[number as usize % roles.len()],
        "establishment": format!("CSSX Thử {}", number % 7),
        "locality": "Giồng Trôm",
        "consents": { "reporting": true, "materials": false, "invitations": false },
    })
}

/// A copy with some fields replaced.
///
/// # Panics
/// When either is no object.
#[must_use]
pub fn changed(body: &Value, with: Value) -> Value {
    let (mut body, with) = match (body.clone(), with) {
        (Value::Object(body), Value::Object(with)) => (body, with),
        other => panic!("not objects: {other:?}"),
    };
    body.extend(with);
    Value::Object(body)
}

/// Schedules a workshop; still a draft.
pub async fn schedule(api: &Api, body: &Value) {
    let _ = api.post("/api/v1/workshops", body).await.expect(201);
}

/// Schedules a workshop and publishes it; the address of its registrations.
///
/// # Panics
/// When it cannot be published.
pub async fn publish(api: &Api, body: &Value) -> String {
    schedule(api, body).await;
    let slug = body["slug"].as_str().expect("no slug");
    let path = format!("/api/v1/workshops/{slug}");
    let published = api.post(&format!("{path}/publish"), &json!({})).await;
    assert!(
        matches!(published.status, 200 | 204),
        "publish: {} {}",
        published.status,
        published.text()
    );
    format!("{path}/registrations")
}

/// The cookie of somebody with this role who signed in.
pub async fn signed_in(server: &Server, role: &str) -> String {
    let (public, password) = (server.public(), "Mật khẩu rất dài 1");
    let email = format!("{role}@example.com");
    server.account(role, &email, password);
    let page = public.get("/sign-in").await.text();
    let form = Form::with_field(&page, "/sign-in", "email")
        .set("email", &email)
        .set("password", password);
    let cookie = form.submit(&public).await.header("set-cookie");
    let cookie = cookie.split(';').next().map(str::to_owned);
    cookie.unwrap_or_default()
}

/// A number in letters: names have no digits.
fn letters(mut number: u32) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return name;
        }
    }
}
