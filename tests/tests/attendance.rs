//! Attendance over HTTP: what is large passes, and fifty devices at once count
//! everybody once.

use blackbox::{
    Api, Engine, Form, Server, changed, delegate, in_hours, on_each_database, publish, signed_in,
    workshop,
};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;

on_each_database!(
    photos_of_several_megabytes_are_kept,
    a_batch_of_a_thousand_scans_is_taken,
    fifty_devices_at_once_count_everybody_once,
);

/// A workshop that begins in an hour.
struct Hall {
    server: Server,
    session: i64,
    codes: Vec<String>,
}

impl Hall {
    async fn open(engine: Engine, people: u32) -> Self {
        let server = Server::new(engine).await;
        let organizer = server.api("organizer");
        let hours =
            json!({ "starts_at": in_hours(1), "ends_at": in_hours(5), "closes_at": in_hours(1) });
        let registrations = publish(&organizer, &changed(&workshop("w", 700), hours)).await;
        let mut codes = Vec::new();
        for number in 0..people {
            let answer = organizer.post(&registrations, &delegate(number)).await;
            let code = answer.expect(201)["code"].as_str().map(str::to_owned);
            codes.push(code.expect("no code"));
        }
        let seen = organizer.get("/api/v1/workshops/w").await.expect(200);
        Self {
            session: seen["sessions"][0]["id"].as_i64().expect("no session"),
            server,
            codes,
        }
    }

    async fn attendances(&self) -> Value {
        let organizer = self.server.api("organizer");
        let summary = organizer.get("/api/v1/programme/summary").await;
        summary.expect(200)["attendances"].clone()
    }
}

/// A form with files, as a browser sends it.
async fn upload(api: &Api, cookie: &str, path: &str, files: &[(&str, &[u8])]) -> u16 {
    let mut body = Vec::new();
    for (name, content) in files {
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--cut--\r\n");
    let request = api
        .request(Method::POST, path)
        .header("content-type", "multipart/form-data; boundary=cut")
        .header("cookie", cookie);
    api.send(request.body(body)).await.status
}

async fn photos_of_several_megabytes_are_kept(engine: Engine) {
    let hall = Hall::open(engine, 0).await;
    let cookie = signed_in(&hall.server, "organizer").await;
    let mut photo = b"\x89PNG\r\n\x1a\n".to_vec();
    photo.resize(6 * 1024 * 1024, 7);
    let path = format!("/manage/workshops/w/attendance/{}/photos", hall.session);
    let public = hall.server.public();
    let files: [(&str, &[u8]); 2] = [("phieu-1.png", &photo), ("phieu-2.png", &photo)];
    assert_eq!(upload(&public, &cookie, &path, &files).await, 303);
    let list = public.request(Method::GET, &path).header("cookie", &cookie);
    let list = public.send(list).await.text();
    for name in ["phieu-1.png", "phieu-2.png"] {
        assert!(list.contains(name), "{name} is not kept");
    }
    let mut large = b"\x89PNG\r\n\x1a\n".to_vec();
    large.resize(26 * 1024 * 1024, 7);
    let refused = upload(&public, &cookie, &path, &[("phieu-3.png", &large)]).await;
    assert_eq!(refused, 422, "over 25 MB");
}

async fn a_batch_of_a_thousand_scans_is_taken(engine: Engine) {
    let hall = Hall::open(engine, 4).await;
    let door = hall.server.api("door");
    let scan = |n: usize| {
        json!({
            "code": hall.codes[n % 4], "nonce": format!("a nonce that is as long as one may be {n:060}"),
            "at": in_hours(0), "let_in": false,
        })
    };
    let batch = |number: usize| {
        json!({
            "session": hall.session, "device_now": in_hours(0),
            "scans": (0..number).map(scan).collect::<Vec<_>>(),
        })
    };
    let path = "/api/v1/workshops/w/checkins/batch";
    let answer = door.post(path, &batch(1000)).await.expect(200);
    let answers = answer.as_array().expect("no list");
    let admitted = answers.iter().filter(|one| one["outcome"] == "admitted");
    assert_eq!((answers.len(), admitted.count()), (1000, 4));
    assert_eq!(hall.attendances().await, 4);
    let more = door.post(path, &batch(1001)).await;
    assert_eq!(more.status, 422, "{}", more.text());
}

/// A browser that opened the door's link, as its cookie.
async fn device(public: &Api, link: &str) -> String {
    let answer = public.submit(link, &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let cookie = answer.header("set-cookie");
    cookie.split(';').next().expect("no device").to_owned()
}

/// The address of a new link to the door.
async fn door_link(hall: &Hall) -> String {
    let cookie = signed_in(&hall.server, "organizer").await;
    let public = hall.server.public();
    let keys = "/manage/workshops/w/keys";
    let page = async || {
        let request = public.request(Method::GET, keys).header("cookie", &cookie);
        public.send(request).await.text()
    };
    let form = Form::with_field(&page().await, keys, "label");
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&form.fields)
        .finish();
    let made = public
        .request(Method::POST, &form.action)
        .header("cookie", &cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    assert_eq!(public.send(made).await.status, 303);
    let page = page().await;
    let start = page.find("/door/enter/").expect("no link");
    let rest = &page[start..];
    let end = rest.find(['"', '<', ' ']).unwrap_or(rest.len());
    rest[..end].to_owned()
}

/// Each device meets twelve of sixty people, so that every code is scanned at
/// ten doors, hands in what it met, and hands it in again, all at once.
async fn fifty_devices_at_once_count_everybody_once(engine: Engine) {
    const DEVICES: usize = 50;
    let hall = &Hall::open(engine, 60).await;
    let public = &hall.server.public();
    let link = door_link(hall).await;
    let mut devices = Vec::new();
    for _ in 0..DEVICES {
        devices.push(device(public, &link).await);
    }
    let tokens: HashSet<&String> = devices.iter().collect();
    assert_eq!(tokens.len(), DEVICES, "each is a device of its own");
    let at = now();
    let send = async |number: usize| {
        let scans: Vec<Value> = (0..12)
            .map(|n| {
                let code = &hall.codes[(number * 6 + n * 5) % 60];
                let nonce = format!("{number}-{n}");
                json!({ "nonce": nonce, "at": at, "let_in": true, "what": { "code": code } })
            })
            .collect();
        let batch = json!({
            "session": hall.session, "device_now": at, "waiting": 0, "scans": scans,
        });
        let request = public
            .request(Method::POST, "/door/w/sync")
            .header("cookie", &devices[number]);
        let answer = public.send(request.json(&batch)).await.expect(200);
        let answers = answer["answers"].as_array().expect("no answers");
        answers
            .iter()
            .map(|one| (one["outcome"] == "admitted", one["conflict"] == true))
            .collect::<Vec<_>>()
    };
    // Every batch is on its way twice.
    let answers = join_all((0..2 * DEVICES).map(|n| send(n % DEVICES))).await;
    let (first, second) = answers.split_at(DEVICES);
    for (one, again) in first.iter().zip(second) {
        assert_eq!(one, again, "a batch sent twice is answered alike");
    }
    let all = first.concat();
    let admitted = all.iter().filter(|(admitted, _)| *admitted).count();
    let conflicts = all.iter().filter(|(_, conflict)| *conflict).count();
    assert_eq!((admitted, conflicts), (60, DEVICES * 12 - 60));
    assert_eq!(hall.attendances().await, 60);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server under test lives by the system's clock too"
)]
fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}
