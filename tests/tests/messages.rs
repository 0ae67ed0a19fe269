//! A message to many over a real SMTP conversation, written on the pages of an organiser.

use blackbox::{Answer, Engine, Form, Mail, Organizer, Setup, SmtpSink, on_each_database};
use blackbox::{changed, delegate, publish, text, workshop};
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeSet;

on_each_database!(a_message_reaches_each_once_an_opt_out_is_ones_own_and_who_is_refused_is_called,);

const MESSAGES: &str = "/manage/workshops/w/messages";
const SHARED: &str = "van.phong@example.com";

/// Presses the button of a form that has this name.
async fn press(organizer: &Organizer, form: Form, button: &str) -> Answer {
    let form = form.set_raw(button, "on");
    organizer.post(&form.action, &form.fields).await
}

/// Writes a message, looks at whom it reaches, and lets it leave; the address of its page.
async fn send(organizer: &Organizer, purpose: &str, shared: &str, subject: &str) -> String {
    let new = format!("{MESSAGES}/new");
    let page = organizer.get(&new).await.text();
    let form = Form::with_field(&page, &new, "subject_vi")
        .set("campaign_purpose", purpose)
        .set("shared", shared)
        .set("subject_vi", subject)
        .set("body_vi", "Kính gửi {ten}.\nHội thảo {hoi_thao}.")
        .set("subject_en", "News")
        .set("body_en", "Dear {ten}.");
    let look = organizer.post(&form.action, &form.fields).await;
    assert_eq!(look.status, 200, "{}", text(&look.text()));
    let sent = press(
        organizer,
        Form::with_field(&look.text(), &new, "seen"),
        "confirm",
    )
    .await;
    assert_eq!(sent.status, 303, "{}", text(&sent.text()));
    let page = sent.header("location");
    page.split('?').next().unwrap_or_default().to_owned()
}

/// Whom mails with this subject greet, each once.
fn greeted(mails: &[Mail], subject: &str) -> BTreeSet<String> {
    let with = mails
        .iter()
        .filter(|mail| mail.header("subject") == subject);
    let mut greeted = BTreeSet::new();
    for mail in with {
        assert!(mail.defects.is_empty(), "{:?}", mail.defects);
        let content = &mail.part("text/plain").content;
        let name = content.split("Kính gửi ").last().expect("no greeting");
        let name = name.split('.').next().unwrap_or_default().to_owned();
        assert!(mail.header("to").contains(&name), "{}", mail.header("to"));
        assert!(greeted.insert(name), "twice: {content}");
    }
    greeted
}

async fn a_message_reaches_each_once_an_opt_out_is_ones_own_and_who_is_refused_is_called(
    engine: Engine,
) {
    let mut sink = SmtpSink::start();
    let server = Setup::new(engine).smtp(sink.port).start().await;
    let registrations = publish(&server.api("organizer"), &workshop("w", 9)).await;
    let api = server.api("organizer");
    let consents = json!({ "reporting": true, "materials": false, "invitations": true });
    for (number, name, email) in [
        (1, "Trần Thị An", "an@example.com"),
        (2, "Lê Văn Bình", SHARED),
        (3, "Phạm Thị Chi", SHARED),
        (4, "Võ Văn Dũng", "gone@example.com"),
    ] {
        let named = json!({ "full_name": name, "email": email, "consents": consents });
        let body = changed(&delegate(number), named);
        let _ = api.post(&registrations, &body).await.expect(201);
    }
    assert_eq!(sink.wait_for(4).await.len(), 4, "each has a seat");

    // One address is gone by now.
    sink.run(&["--answer", "gone@example.com=550"]);
    let organizer = Organizer::sign_in(&server).await;
    let first = send(&organizer, "invitations", "each", "Mời dự").await;
    let mails = sink.wait_for(7).await;
    let all = ["Trần Thị An", "Lê Văn Bình", "Phạm Thị Chi"];
    let all = |without: &str| -> BTreeSet<String> {
        let names = all.iter().filter(|name| **name != without);
        names.map(|name| (*name).to_owned()).collect()
    };
    assert_eq!(greeted(&mails, "Mời dự"), all(""));
    // The refused one is told by phone, and their Zalo text is at hand.
    let page = organizer.get(&first).await.text();
    let (_, calls) = page.split_once("id=\"calls\"").expect("nobody to call");
    let (calls, _) = calls
        .split_once("id=\"recipients\"")
        .expect("no recipients");
    let calls = text(calls);
    assert!(calls.contains("Võ Văn Dũng"), "{calls}");
    assert!(calls.contains("Kính gửi Võ Văn Dũng."), "{calls}");
    assert!(!calls.contains("Trần Thị An"), "{calls}");

    // One click of a mail program stops it for one of those who share the mailbox.
    let of = |name: &str| {
        let mut with = mails.iter().filter(|mail| mail.header("to").contains(name));
        with.find(|mail| mail.header("subject") == "Mời dự")
            .expect("no mail")
    };
    let (his, hers) = (of("Lê Văn Bình"), of("Phạm Thị Chi"));
    assert_eq!(
        his.header("list-unsubscribe-post"),
        "List-Unsubscribe=One-Click"
    );
    let stop = his.header("list-unsubscribe");
    assert_ne!(stop, hers.header("list-unsubscribe"), "one link each");
    let public = server.public();
    let request = public.request(Method::POST, stop.trim_matches(['<', '>']));
    let request = request
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click");
    assert_eq!(public.send(request).await.status, 200);
    send(&organizer, "invitations", "each", "Lại mời").await;
    let mails = sink.wait_for(9).await;
    assert_eq!(greeted(&mails, "Lại mời"), all("Lê Văn Bình"));

    // What this workshop needs reaches both, here in one mail that names them.
    send(&organizer, "organising", "one", "Nhắc lịch").await;
    let mails = sink.wait_for(11).await;
    let both = "Lê Văn Bình, Phạm Thị Chi".to_owned();
    let expected: BTreeSet<String> = ["Trần Thị An".to_owned(), both].into();
    assert_eq!(greeted(&mails, "Nhắc lịch"), expected);
    let ids: BTreeSet<&str> = mails.iter().map(|mail| mail.header("message-id")).collect();
    assert_eq!(ids.len(), mails.len());
}
