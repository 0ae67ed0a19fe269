//! Programs are stopped, a full hall is not.

use blackbox::{Engine, Form, Server, Setup, on_each_database, publish, text, workshop};
use futures::future::join_all;
use std::time::Duration;
use tokio::time::sleep;

on_each_database!(
    a_hall_behind_one_address_registers_and_a_flood_does_not,
    who_is_taken_for_a_program_sends_once_more,
);

const PATH: &str = "/workshops/w/register";

/// Longer than the quickest that people type.
const TYPING: Duration = Duration::from_millis(2100);

async fn open(engine: Engine) -> Server {
    let server = Setup::new(engine).setting("LIMITS", "on").start().await;
    publish(&server.api("organizer"), &workshop("w", 600)).await;
    server
}

async fn filled(server: &Server, name: &str, phone: &str) -> Form {
    let page = server.public().get(PATH).await.text();
    Form::with_field(&page, PATH, "full_name")
        .set("full_name", name)
        .set("phone", phone)
        .set("role", "foreman")
        .set("establishment", "HTX Lá Biếc")
        .set("locality", "Ba Tri")
        .tick("reporting")
}

async fn a_hall_behind_one_address_registers_and_a_flood_does_not(engine: Engine) {
    let server = open(engine).await;
    let public = server.public();
    let form = &filled(&server, "", "").await;
    sleep(TYPING).await;
    let hall = (0..120_u8).map(|n| {
        let letters = [n / 26, n % 26].map(|at| char::from(b'a' + at));
        let name = format!("Lê Thị {}{}", letters[0], letters[1]);
        let form = form
            .clone()
            .set("full_name", &name)
            .set("phone", &format!("0951{n:06}"))
            .set_raw("request", &format!("hall-{n}"));
        let public = public.clone();
        async move { form.submit(&public).await }
    });
    for answer in join_all(hall).await {
        assert_eq!(answer.status, 303, "{}", text(&answer.text()));
    }
    let mut refused = None;
    for n in 0..400 {
        let answer = form.submit(&public).await;
        if answer.status == 429 {
            refused = Some((n, answer));
            break;
        }
        assert_eq!(answer.status, 422);
    }
    let (after, answer) = refused.expect("a flood is let through");
    assert!(after > 200, "refused after {after}");
    assert!(answer.header("retry-after").parse::<u32>().is_ok());
    assert!(text(&answer.text()).contains("nhiều yêu cầu"), "no words");
    assert_eq!(public.get(PATH).await.status, 200, "reading goes on");
}

async fn who_is_taken_for_a_program_sends_once_more(engine: Engine) {
    let server = open(engine).await;
    let public = server.public();
    let quick = filled(&server, "Lê Nhanh", "0951000001").await;
    let answer = quick.submit(&public).await;
    assert_eq!(answer.status, 422);
    let again = Form::with_field(&answer.text(), PATH, "full_name");
    assert_eq!(
        again.value("full_name"),
        "Lê Nhanh",
        "what was typed is kept"
    );
    assert_eq!(again.value("opened"), quick.value("opened"));
    let unopened = quick.clone().set_raw("opened", "1764000000000-forged");
    sleep(TYPING).await;
    assert_eq!(unopened.submit(&public).await.status, 422);
    let baited = again.clone().set("website", "http://example.com");
    assert_eq!(baited.submit(&public).await.status, 422);
    assert_eq!(again.submit(&public).await.status, 303);
}
