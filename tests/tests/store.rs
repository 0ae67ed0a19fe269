//! Materials in an S3-compatible store, by a real one: brought in parts, replaced, fetched in part,
//! withdrawn; and what is refused or breaks off leaves nothing behind.

use blackbox::{Engine, Organizer, S3, Server, Setup, pdf};
use futures::{StreamExt, stream};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method};
use std::io;
use std::time::{Duration, Instant};

const SHELF: &str = "/manage/materials";

/// The address of the only material in the library, and of its page.
async fn the_material(organizer: &Organizer) -> (String, String) {
    let library = organizer.api.get("/library").await.text();
    let id = library.split("href=\"/library/").nth(1);
    let id = id.and_then(|rest| rest.split('"').next());
    let id = id.expect("no link in the library");
    (format!("/library/{id}"), format!("{SHELF}/{id}"))
}

async fn begin() -> (S3, Server, Organizer) {
    let store = S3::start().await;
    let server = store
        .keeps_files_of(Setup::new(Engine::Sqlite))
        .start()
        .await;
    let organizer = Organizer::sign_in(&server).await;
    (store, server, organizer)
}

#[tokio::test]
async fn a_material_lives_in_an_s3_store() {
    let (store, server, organizer) = begin().await;
    let checked = server.run(&["check"], "");
    assert!(checked.status.success(), "{checked:?}");
    assert!(store.keys().await.is_empty(), "the check leaves nothing");

    // Several parts of five megabytes, and one that is shorter.
    let first = pdf(12);
    let answer = organizer
        .upload(SHELF, "Hướng dẫn.pdf", first.clone())
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let keys = store.keys().await;
    assert_eq!(keys.len(), 1);
    assert!(keys[0].starts_with("files/"), "{keys:?}");
    let (link, page) = the_material(&organizer).await;
    let public = &organizer.api;
    let whole = public.get(&link).await;
    assert_eq!(whole.status, 200);
    assert!(whole.bytes == first, "another content");
    let size = first.len();
    let around = 5 * 1024 * 1024 - 3;
    let request = public.request(Method::GET, &link);
    let range = format!("bytes={around}-{}", around + 9);
    let part = public.send(request.header("range", range)).await;
    assert_eq!(part.status, 206);
    assert_eq!(part.bytes, first[around..around + 10]);
    assert_eq!(
        part.header("content-range"),
        format!("bytes {around}-{}/{size}", around + 9)
    );

    // A new version takes its place; taken back, the old one is there again.
    let second = pdf(1);
    let answer = organizer
        .upload(&format!("{page}/replace"), "Bản mới.pdf", second.clone())
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(
        public.get(&link).await.bytes == second,
        "not the new version"
    );
    let answer = organizer
        .post(&format!("{page}/versions/2/withdraw"), &[])
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(
        public.get(&link).await.bytes == first,
        "not the old version"
    );
    assert_eq!(store.keys().await.len(), 2, "both are kept");
    let answer = organizer.post(&format!("{page}/withdraw"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_ne!(public.get(&link).await.status, 200, "it was withdrawn");
    let of_staff = organizer.get(&format!("{page}/versions/1")).await;
    assert!(of_staff.bytes == first, "organisers still have it");
}

#[tokio::test]
async fn what_is_refused_or_breaks_off_leaves_nothing_in_an_s3_store() {
    let (store, _server, organizer) = begin().await;
    let refused = organizer
        .upload(SHELF, "a.pdf", vec![b'M'; 6 * 1024 * 1024])
        .await;
    assert_eq!(refused.status, 422);

    let head = stream::iter([Ok::<_, io::Error>(bytes::Bytes::from(pdf(11)))]);
    let content = Body::wrap_stream(head.chain(stream::pending()));
    let form = Form::new().part("file", Part::stream(content).file_name("b.pdf"));
    let request = organizer.api.request(Method::POST, SHELF);
    let request = request.header("cookie", &organizer.cookie).multipart(form);
    let sending = tokio::spawn(request.send());
    until("nothing was stored yet", async || {
        !store.unfinished().await.is_empty()
    })
    .await;
    assert!(
        !sending.is_finished(),
        "it was answered before it was whole"
    );
    sending.abort();
    until("parts are left", async || {
        store.unfinished().await.is_empty()
    })
    .await;
    assert!(store.keys().await.is_empty(), "something was left behind");
}

async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(15);
    while !so().await {
        assert!(Instant::now() < deadline, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn memory_is_flat_under_ten_uploads_to_an_s3_store() {
    const MEGABYTES: usize = 30;
    let (store, server, organizer) = begin().await;
    let first = organizer.upload(SHELF, "a.pdf", pdf(12)).await;
    assert_eq!(first.status, 303);
    let before = server.peak_memory_mb();
    organizer.upload_ten(MEGABYTES).await;
    let after = server.peak_memory_mb();
    println!("ten uploads of {MEGABYTES} MB at once: {before:.0} MB before, {after:.0} MB at most");
    // Three parts of five megabytes each, however large the files are.
    assert!(after - before < 200.0, "{before:.0} MB, then {after:.0} MB");
    assert_eq!(store.keys().await.len(), 11);
}
