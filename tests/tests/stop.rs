//! Starting and stopping: one clear sentence when it cannot start, nothing cut off when it stops.

use blackbox::{
    Engine, Server, Setup, SmtpSink, changed, delegate, on_each_database, publish, workshop,
};
use serde_json::json;
use std::net::TcpListener;
use std::process::{Output, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

on_each_database!(
    a_request_in_flight_is_finished,
    the_mail_in_hand_is_finished
);

const SOON: Duration = Duration::from_secs(20);

async fn a_request_in_flight_is_finished(engine: Engine) {
    let mut server = Server::new(engine).await;
    let token = server.token("organizer");
    let path = publish(&server.public().with_token(&token), &workshop("w", 5)).await;
    let body = delegate(1).to_string();
    let (first, second) = body.as_bytes().split_at(body.len() / 2);

    let address = server.base.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).await.expect("no connection");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("cut off");
    stream.write_all(first).await.expect("cut off");
    stream.flush().await.expect("cut off");
    sleep(Duration::from_millis(300)).await;
    server.terminate();
    sleep(Duration::from_millis(500)).await;
    assert!(
        TcpStream::connect(&address).await.is_err(),
        "still takes new requests"
    );

    stream.write_all(second).await.expect("cut off");
    let mut answer = String::new();
    let read = timeout(SOON, stream.read_to_string(&mut answer)).await;
    assert!(matches!(read, Ok(Ok(_))), "cut off: {read:?} {answer}");
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(server.ended(SOON).await.code(), Some(0));
}

async fn the_mail_in_hand_is_finished(engine: Engine) {
    let mut sink = SmtpSink::stopped();
    sink.run(&["--delay", "3"]);
    let mut server = Setup::new(engine).smtp(sink.port).start().await;
    let api = server.api("organizer");
    let path = publish(&api, &workshop("w", 5)).await;
    let body = changed(&delegate(1), json!({ "email": "last@example.com" }));
    let _ = api.post(&path, &body).await.expect(201);
    sleep(Duration::from_secs(1)).await;
    server.terminate();
    assert_eq!(server.ended(SOON).await.code(), Some(0));
    sink.wait_for(1).await;
    // And it is known to be sent.
    server.restart().await;
    sleep(Duration::from_secs(2)).await;
    sink.wait_for(1).await;
}

/// A start that fails says why in one sentence, before anything else.
fn refused(server: &Server, name: &str, value: &str, about: &str) {
    let mut child = server
        .command(&["serve"])
        .env("LISTEN", "127.0.0.1:0")
        .env(name, value)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("taphuan cannot be started");
    for _ in 0..200 {
        if child.try_wait().expect("cannot wait").is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().ok();
    let Output { status, stderr, .. } = child.wait_with_output().expect("cannot wait");
    let said = String::from_utf8_lossy(&stderr).into_owned();
    assert!(
        !status.success() && status.code().is_some(),
        "started with {name}={value}: {said}"
    );
    assert!(
        said.contains(about),
        "{name}={value} is answered without {about}: {said}"
    );
    assert!(!said.contains("panicked"), "{said}");
    assert!(
        said.trim().lines().count() <= 2,
        "not one clear sentence: {said}"
    );
}

#[tokio::test]
async fn a_wrong_setting_is_named() {
    let server = Server::new(Engine::Sqlite).await;
    let taken = TcpListener::bind("127.0.0.1:0").expect("no port");
    let taken = taken.local_addr().expect("no address").to_string();
    let port = taken.rsplit(':').next().unwrap_or_default();
    for (name, value, about) in [
        ("LISTEN", taken.as_str(), port),
        ("LISTEN", "nowhere", "LISTEN"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL"),
        ("PUBLIC_URL", "not an address", "PUBLIC_URL"),
        ("SMTP_URL", "http://x", "SMTP_URL"),
        ("STORAGE_URL", "floppy:a", "STORAGE_URL"),
        ("DATA_DIR", "/proc/nowhere", "/proc/nowhere"),
    ] {
        refused(&server, name, value, about);
    }
}
