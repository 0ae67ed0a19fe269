//! Mail over a real SMTP conversation, and through faults.

use blackbox::{Engine, Form, Mail, Organizer, Server, Setup, SmtpSink, on_each_database};
use blackbox::{changed, delegate, publish, text, workshop};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::time::sleep;

on_each_database!(
    every_door_confirms_by_mail,
    a_refused_address_harms_nobody_else,
    a_server_out_of_order_blames_no_address_and_is_told_of,
    killed_between_the_commit_and_the_mail,
    killed_with_the_mail_in_hand,
);

const NAME: &str = "Nguyễn Thị Hồng Ở";
const TITLE: &str = "Kỹ năng đánh giá sản xuất sạch hơn";

/// As if the lease of a mail in hand and the wait before the next try were over.
async fn let_time_pass(server: &Server) {
    const PAST: [&str; 2] = [
        "UPDATE outbox SET next_at = '2020-01-01T00:00:00+00:00'",
        "UPDATE outbox SET taken_at = '2020-01-01T00:00:00+00:00' WHERE taken_at IS NOT NULL",
    ];
    for statement in PAST {
        server.sql(statement).await;
    }
}

fn with_email(number: u32, email: &str) -> serde_json::Value {
    changed(
        &delegate(number),
        json!({ "full_name": NAME, "email": email }),
    )
}

/// What every confirmation has, in whatever language.
fn check(mail: &Mail, to: &str, title: &str) {
    assert_eq!(mail.rcpt_to, [to]);
    assert!(mail.defects.is_empty(), "{:?}", mail.defects);
    assert!(
        mail.header("subject").contains(title),
        "{}",
        mail.header("subject")
    );
    assert!(mail.header("to").contains(NAME), "{}", mail.header("to"));
    for name in ["from", "date", "message-id"] {
        assert!(!mail.header(name).is_empty(), "no {name}");
    }
    assert!(
        mail.types
            .iter()
            .any(|kind| kind == "multipart/alternative"),
        "{:?}",
        mail.types
    );
    for kind in ["text/plain", "text/html"] {
        let content = &mail.part(kind).content;
        assert!(
            content.contains(NAME) && content.contains(title),
            "{kind}: {content}"
        );
        assert!(content.contains("/my/"), "{kind} has no link: {content}");
    }
    let calendar = mail.part("text/calendar");
    assert_eq!(
        calendar.parameters.get("method").map(String::as_str),
        Some("REQUEST"),
        "an invitation, no file"
    );
    assert!(
        calendar.content.contains("BEGIN:VEVENT"),
        "{}",
        calendar.content
    );
    assert!(
        calendar.content.contains("\r\n"),
        "lines of a calendar end in CRLF"
    );
}

async fn every_door_confirms_by_mail(engine: Engine) {
    let sink = SmtpSink::start();
    let server = Setup::new(engine).smtp(sink.port).start().await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("ky-nang", 3)).await;

    let _ = api
        .post(&registrations, &with_email(1, "api@example.com"))
        .await
        .expect(201);
    let path = "/workshops/ky-nang/register";
    let public = server.public();
    let english = "Cleaner-production assessment skills";
    for (lang, email) in [("vi", "vi@example.com"), ("en", "en@example.com")] {
        let page = public.get_in(lang, path).await;
        assert_eq!(page.status, 200);
        let form = Form::with_field(&page.text(), path, "full_name")
            .set("full_name", NAME)
            .set(
                "phone",
                if lang == "vi" {
                    "0951111111"
                } else {
                    "0952222222"
                },
            )
            .set("email", email)
            .set("role", "owner")
            .set("establishment", "CSSX Năm Lúa")
            .set("locality", "Ba Tri")
            .tick("reporting");
        let fields = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&form.fields)
            .finish();
        let request = public
            .request(reqwest::Method::POST, &form.action)
            .header("cookie", format!("lang={lang}"))
            .header("content-type", "application/x-www-form-urlencoded");
        let sent = public.send(request.body(fields)).await;
        assert_eq!(sent.status, 303, "{}", blackbox::text(&sent.text()));
    }
    let mails = sink.wait_for(3).await;
    for (email, title) in [
        ("api@example.com", TITLE),
        ("vi@example.com", TITLE),
        ("en@example.com", english),
    ] {
        let mail = mails.iter().find(|mail| mail.rcpt_to == [email]);
        check(
            mail.unwrap_or_else(|| panic!("no mail for {email}")),
            email,
            title,
        );
    }
    // The link leads to the page of the registration.
    let text = &mails[0].part("text/plain").content;
    let link = text.split_whitespace().find(|word| word.contains("/my/"));
    assert_eq!(
        public.get(link.expect("no link")).await.status,
        200,
        "{text}"
    );

    // Waiting is told too, answers go to the workshop's own contact; no
    // address, no mail.
    server
        .sql("UPDATE workshop SET contact_email = 'lop@example.com'")
        .await;
    let _ = api
        .post(&registrations, &with_email(4, "late@example.com"))
        .await
        .expect(201);
    let _ = api.post(&registrations, &delegate(5)).await.expect(201);
    let mails = sink.wait_for(4).await;
    let late = mails
        .iter()
        .find(|mail| mail.rcpt_to == ["late@example.com"]);
    let late = late.expect("nobody is told of waiting");
    assert!(late.header("subject").contains(TITLE));
    assert_eq!(late.header("reply-to"), "lop@example.com");
}

async fn a_refused_address_harms_nobody_else(engine: Engine) {
    let mut sink = SmtpSink::stopped();
    sink.run(&[
        "--answer",
        "gone@example.com=550",
        "--answer",
        "busy@example.com=450",
    ]);
    let server = Setup::new(engine).smtp(sink.port).start().await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 9)).await;
    for (number, name) in ["gone", "busy", "a", "b"].into_iter().enumerate() {
        let body = with_email(number as u32, &format!("{name}@example.com"));
        let _ = api.post(&registrations, &body).await.expect(201);
    }
    let mails = sink.wait_for(2).await;
    let mut reached: Vec<_> = mails.iter().flat_map(|mail| mail.rcpt_to.clone()).collect();
    reached.sort();
    assert_eq!(reached, ["a@example.com", "b@example.com"]);
}

async fn a_server_out_of_order_blames_no_address_and_is_told_of(engine: Engine) {
    let mut sink = SmtpSink::stopped();
    sink.run(&["--data", "500 out of order"]);
    let server = Setup::new(engine).smtp(sink.port).start().await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 9)).await;
    for number in 0..3 {
        let body = with_email(number, &format!("n{number}@example.com"));
        let _ = api.post(&registrations, &body).await.expect(201);
    }
    let organizer = Organizer::sign_in(&server).await;
    let refuses = "Máy chủ thư không nhận thư của hệ thống";
    let page = async |path: &str| organizer.get(path).await.text();
    // The filter says it once, and each mail.
    let all = |shown: &str| shown.matches("Không gửi được").count() == 4;
    until_mails(&organizer, |shown| shown.contains(refuses) && all(shown)).await;
    let shown = page("/mail").await;
    assert!(text(&shown).contains("out of order"), "{}", text(&shown));
    assert!(
        shown.contains("/mail/failed/again"),
        "one way for all of them"
    );
    let to_call = page("/manage/workshops/w/people?contact=to_call").await;
    assert!(!to_call.contains("n1@example.com"), "{}", text(&to_call));

    // Mended: all are sent again, once, whoever presses too.
    sink.run(&[]);
    for number in [3, 0] {
        let sent = organizer.post("/mail/failed/again", &[]).await;
        let expected = format!("/mail?done=again&number={number}");
        assert_eq!((sent.status, sent.header("location")), (303, expected));
    }
    let shown = text(&page("/mail?done=again&number=0").await);
    assert!(shown.contains("đã được cho gửi lại trước đó"), "{shown}");
    let mut reached = sink.wait_for(3).await;
    reached.sort_by_key(|mail| mail.rcpt_to.clone());
    assert_eq!(reached[1].rcpt_to, ["n1@example.com"]);
    until_mails(&organizer, |shown| !shown.contains(refuses)).await;
}

/// Waits until the Mail page shows this.
async fn until_mails(organizer: &Organizer, shows: impl Fn(&str) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(40);
    loop {
        let shown = organizer.get("/mail").await.text();
        if shows(&shown) {
            return;
        }
        assert!(Instant::now() < deadline, "{}", text(&shown));
        sleep(Duration::from_millis(200)).await;
    }
}

async fn killed_between_the_commit_and_the_mail(engine: Engine) {
    // Nothing listens where mail should go.
    let mut sink = SmtpSink::stopped();
    let mut server = Setup::new(engine).smtp(sink.port).start().await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 5)).await;
    let _ = api
        .post(&registrations, &with_email(1, "safe@example.com"))
        .await
        .expect(201);
    server.kill();

    let_time_pass(&server).await;
    sink.run(&[]);
    server.restart().await;
    check(&sink.wait_for(1).await[0], "safe@example.com", TITLE);
    still_registered(&server, &registrations).await;
}

async fn killed_with_the_mail_in_hand(engine: Engine) {
    let mut sink = SmtpSink::stopped();
    sink.run(&["--delay", "30"]);
    let mut server = Setup::new(engine).smtp(sink.port).start().await;
    let api = server.api("organizer");
    let registrations = publish(&api, &workshop("w", 5)).await;
    let _ = api
        .post(&registrations, &with_email(1, "safe@example.com"))
        .await
        .expect(201);
    // Long enough to be in the middle of the conversation.
    sleep(Duration::from_millis(1500)).await;
    server.kill();
    sink.stop();
    assert!(sink.mails().is_empty(), "it was to be in hand");

    let_time_pass(&server).await;
    sink.run(&[]);
    server.restart().await;
    check(&sink.wait_for(1).await[0], "safe@example.com", TITLE);
    still_registered(&server, &registrations).await;
}

async fn still_registered(server: &Server, registrations: &str) {
    let api = server.api("organizer");
    let again = api
        .post(registrations, &with_email(1, "safe@example.com"))
        .await;
    assert_eq!(again.status, 409, "the registration is lost");
}
