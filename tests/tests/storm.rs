//! Six hundred mails through everything that a mail server may do, and through
//! a server that dies again and again: none is lost, and a repeat is known by
//! its Message-ID.

use blackbox::{Api, publish, signed_in, workshop};
use blackbox::{Engine, Mail, Server, Setup, SmtpSink, changed, delegate, on_each_database};
use futures::stream::{self, StreamExt};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use tokio::time::sleep;

on_each_database!(
    whatever_the_mail_server_does_nobody_is_lost_and_nobody_written_to_twice,
    killed_twenty_times_while_mail_leaves,
    one_click_stops_a_kind_of_mail,
);

const PEOPLE: u32 = 600;

/// What every twentieth address meets; see `tests/smtp/sink.py`.
const MOODS: [&str; 5] = ["421", "450", "452", "550", "drop"];

fn address(number: u32) -> String {
    let mood = match number {
        // Two of four connections at most are held for half a minute.
        7 | 11 => "hang",
        _ if number % 20 < 5 => MOODS[number as usize % 20],
        _ => "fine",
    };
    format!("n{number}.{mood}@example.com")
}

async fn register_all(api: &Api, registrations: &str) {
    let sent = stream::iter(0..PEOPLE).map(|number| async move {
        let body = changed(&delegate(number), json!({ "email": address(number) }));
        let _ = api.post(registrations, &body).await.expect(201);
    });
    sent.buffer_unordered(8).collect::<Vec<()>>().await;
}

/// As if the wait before the next tries were over.
async fn hurry(server: &Server) {
    server
        .sql("UPDATE outbox SET next_at = '2020-01-01T00:00:00+00:00' WHERE state = 'retry'")
        .await;
}

/// The Message-IDs that each recipient got, in the order of their arrival.
fn by_recipient(mails: &[Mail]) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::<String, Vec<String>>::new();
    for mail in mails {
        let ids = found.entry(mail.rcpt_to.join(",")).or_default();
        ids.push(mail.header("message-id").to_owned());
    }
    found
}

async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(150);
    while !so().await {
        assert!(Instant::now() < deadline, "{what}");
        sleep(Duration::from_millis(250)).await;
    }
}

async fn whatever_the_mail_server_does_nobody_is_lost_and_nobody_written_to_twice(engine: Engine) {
    let mut sink = SmtpSink::stopped();
    // It is down while the first people register.
    let server = Setup::new(engine).smtp(sink.port).start().await;
    let api = &server.api("organizer");
    let registrations = publish(api, &workshop("w", PEOPLE)).await;
    register_all(api, &registrations).await;
    sink.run(&["--moody"]);
    let began = Instant::now();

    let expected: BTreeSet<String> = (0..PEOPLE)
        .map(address)
        .filter(|address| !address.contains(".550@"))
        .collect();
    let dropped = expected
        .iter()
        .filter(|address| address.contains(".drop@"))
        .count();
    let all = expected.len() + dropped;
    until("not all mails arrived", async || {
        hurry(&server).await;
        sink.count() >= all
    })
    .await;
    println!(
        "{engine:?}: {all} mails in {:.1} s",
        began.elapsed().as_secs_f32()
    );
    let mails = sink.wait_for(all).await;
    let found = by_recipient(&mails);
    assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), expected);
    for (address, ids) in &found {
        let times = if address.contains(".drop@") { 2 } else { 1 };
        assert_eq!(ids.len(), times, "{address}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 1, "{address}");
    }
    let defects: Vec<_> = mails
        .iter()
        .filter(|mail| !mail.defects.is_empty())
        .collect();
    assert!(defects.is_empty(), "{defects:#?}");
}

async fn killed_twenty_times_while_mail_leaves(engine: Engine) {
    let mut sink = SmtpSink::stopped();
    let mut server = Setup::new(engine).smtp(sink.port).start().await;
    let api = &server.api("organizer");
    let registrations = publish(api, &workshop("w", PEOPLE)).await;
    register_all(api, &registrations).await;
    sink.run(&["--delay", "0.05"]);
    for kill in 0..20_u64 {
        // Not always at the same point of a mail's way.
        sleep(Duration::from_millis(40 + kill * 37 % 300)).await;
        server.kill();
        server
            .sql("UPDATE outbox SET taken_at = '2020-01-01T00:00:00+00:00' WHERE taken_at IS NOT NULL")
            .await;
        hurry(&server).await;
        server.restart().await;
    }
    let everybody: BTreeSet<String> = (0..PEOPLE).map(address).collect();
    let reached = || by_recipient(&sink.mails());
    until("not everybody was reached", async || {
        hurry(&server).await;
        sink.count() >= everybody.len() && reached().len() == everybody.len()
    })
    .await;
    let found = reached();
    assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), everybody);
    for (address, ids) in &found {
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            1,
            "{address}: a repeat that nobody knows for one"
        );
    }
    // A server that dies has as many mails in hand as connections.
    let twice: usize = found.values().map(|ids| ids.len() - 1).sum();
    println!("{engine:?}: {twice} repeats after 20 kills");
    assert!(twice <= 20 * 4, "{twice} repeats");
}

/// Registers and checks in somebody who wants the materials, brings one, and
/// sends it.
async fn mail_materials(server: &Server) {
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 9)).await;
    let consents = json!({ "reporting": true, "materials": true, "invitations": false });
    let body = changed(
        &delegate(1),
        json!({ "email": "an@example.com", "consents": consents }),
    );
    let registered = api.post(&registrations, &body).await.expect(201);
    let seen = api.get("/api/v1/workshops/w").await.expect(200);
    let scan = json!({
        "code": registered["code"],
        "session": seen["sessions"][0]["id"],
        "nonce": "storm",
    });
    let came = api.post("/api/v1/workshops/w/checkins", &scan).await;
    assert!(came.status < 300, "{}", came.text());
    let (public, cookie) = (server.public(), &signed_in(server, "organizer").await);
    let path = "/manage/workshops/w/materials";
    let file = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n%PDF-1.4\n%%EOF\n\r\n--cut--\r\n";
    for (path, kind, body) in [
        (path.to_owned(), "multipart/form-data; boundary=cut", file),
        (
            format!("{path}/send"),
            "application/x-www-form-urlencoded",
            "",
        ),
    ] {
        let request = public
            .request(reqwest::Method::POST, &path)
            .header("content-type", kind)
            .header("cookie", cookie)
            .body(body);
        assert_eq!(public.send(request).await.status, 303, "{path}");
    }
}

async fn one_click_stops_a_kind_of_mail(engine: Engine) {
    let sink = SmtpSink::start();
    let server = Setup::new(engine).smtp(sink.port).start().await;
    let public = server.public();
    mail_materials(&server).await;
    let materials = || {
        let mut mails = sink.mails().into_iter();
        mails.find(|mail| !mail.header("list-unsubscribe").is_empty())
    };
    until("no mail", async || materials().is_some()).await;
    let mail = materials().expect("just seen");
    assert_eq!(
        mail.header("list-unsubscribe-post"),
        "List-Unsubscribe=One-Click"
    );
    let address = mail.header("list-unsubscribe");
    let address = address.trim_matches(['<', '>']);
    let path = address.strip_prefix(&server.base).expect("this server");
    for kind in ["text/plain", "text/html"] {
        assert!(mail.part(kind).content.contains(address), "{kind}");
    }
    // Looking does nothing; a mail program sends one POST without a cookie.
    let form = "<form method=\"post\"";
    assert!(public.get(path).await.text().contains(form));
    assert!(public.get(path).await.text().contains(form));
    assert_eq!(post(&public, path, None).await, 200);
    let webmail = Some("https://webmail.example.com");
    assert_eq!(
        post(&public, path, webmail).await,
        200,
        "once more is harmless"
    );
    let page = public.get(path).await.text();
    assert!(page.contains("name=\"again\""), "{page}");

    for wrong in [
        "/unsubscribe/materials/ABCDEFGH-forged",
        "/unsubscribe/reporting/ABCDEFGH-forged",
        "/unsubscribe/all/x",
    ] {
        assert_eq!(public.get(wrong).await.status, 404, "{wrong}");
        assert_eq!(post(&public, wrong, None).await, 404, "{wrong}");
        assert_eq!(post(&public, wrong, webmail).await, 404, "{wrong}");
    }
    assert_eq!(post(&public, "/my", webmail).await, 403, "nothing else");
}

/// What a mail program sends (RFC 8058); one on the web, from its own site.
async fn post(public: &Api, path: &str, site: Option<&str>) -> u16 {
    let mut request = public
        .request(reqwest::Method::POST, path)
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(site) = site {
        request = request
            .header("origin", site)
            .header("sec-fetch-site", "cross-site");
    }
    public
        .send(request.body("List-Unsubscribe=One-Click"))
        .await
        .status
}
