//! Materials over the wire: downloads in part and whole, uploads that leave the memory flat, and
//! those that break off.

use blackbox::{
    Engine, Organizer, Server, Setup, on_each_database, pdf, publish, signed_in, workshop,
};
use futures::{StreamExt, stream};
use reqwest::Method;
use reqwest::multipart::{Form as Multipart, Part};
use serde_json::Value;
use std::fs;
use std::time::{Duration, SystemTime};

on_each_database!(
    a_public_material_is_fetched_whole_and_in_part,
    what_is_refused_is_said_beside_the_field,
    a_script_is_told_in_words_why_no_file_is_taken,
);

async fn a_public_material_is_fetched_whole_and_in_part(engine: Engine) {
    let server = Server::new(engine).await;
    let organizer = Organizer::sign_in(&server).await;
    let name = "Hướng dẫn nước (dừa).pdf";
    let answer = organizer.upload("/manage/materials", name, pdf(1)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let again = organizer.upload("/manage/materials", name, pdf(1)).await;
    assert_eq!(again.header("location"), "/manage/materials?done=known");
    assert_eq!(stored(&server), 1, "it was sent twice and taken once");
    let public = &organizer.api;
    let library = public.get("/library").await.text();
    let link = library.split("href=\"/library/").nth(1);
    let link = link.and_then(|rest| rest.split('"').next());
    let link = format!("/library/{}", link.expect("no link in the library"));

    let whole = public.get(&link).await;
    assert_eq!(whole.status, 200);
    assert!(whole.bytes == pdf(1), "another content");
    let said = whole.header("content-disposition");
    assert!(said.starts_with("attachment; filename=\""), "{said}");
    assert!(
        said.contains("filename*=UTF-8''H%C6%B0%E1%BB%9Bng%20d%E1%BA%ABn"),
        "{said}"
    );
    assert!(said.is_ascii(), "{said}");
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    assert_eq!(
        whole.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("content-type"), "application/pdf");
    let tag = whole.header("etag");
    let size = pdf(1).len();

    let with = async |pairs: &[(&str, &str)]| {
        let mut request = public.request(Method::GET, &link);
        for (name, value) in pairs {
            request = request.header(*name, *value);
        }
        public.send(request).await
    };
    let part = with(&[("range", "bytes=5-14"), ("if-range", &tag)]).await;
    assert_eq!(part.status, 206);
    assert_eq!(part.header("content-range"), format!("bytes 5-14/{size}"));
    assert_eq!(part.header("content-length"), "10");
    assert_eq!(part.bytes, pdf(1)[5..15]);
    let end = with(&[("range", "bytes=-3")]).await;
    assert_eq!((end.status, end.bytes.as_slice()), (206, &b"xxx"[..]));
    let changed = with(&[("range", "bytes=5-14"), ("if-range", "\"other\"")]).await;
    assert_eq!((changed.status, changed.bytes.len()), (200, size));
    let beyond = format!("bytes={size}-");
    let beyond = with(&[("range", &beyond)]).await;
    assert_eq!(beyond.status, 416);
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));
    let known = with(&[("if-none-match", &tag)]).await;
    assert_eq!((known.status, known.bytes.len()), (304, 0));
    let head = public.send(public.request(Method::HEAD, &link)).await;
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-length"), size.to_string());
}

async fn what_is_refused_is_said_beside_the_field(engine: Engine) {
    let setup = Setup::new(engine).setting("UPLOAD_MB", "1");
    let server = setup.start().await;
    publish(&server.api("organizer"), &workshop("w", 5)).await;
    let organizer = Organizer::sign_in(&server).await;
    let path = "/manage/workshops/w/materials";
    for (name, content) in [
        ("a.exe", b"MZ".to_vec()),
        ("a.pdf", b"MZ\0\0".to_vec()),
        ("a.pdf", Vec::new()),
        ("a.pdf", pdf(1)),
    ] {
        let answer = organizer.upload(path, name, content).await;
        assert_eq!(answer.status, 422, "{name}");
        let page = answer.text();
        assert!(page.contains("id=\"file-problem\""), "{page}");
        assert!(
            page.contains("aria-describedby=\"file-hint file-problem\""),
            "{page}"
        );
    }
    let Organizer { api, cookie } = &organizer;
    let form = Multipart::new()
        .text("visibility", "nobody")
        .part("file", Part::bytes(pdf(0)).file_name("a.pdf"));
    let request = api.request(Method::POST, path).header("cookie", cookie);
    let answer = api.send(request.multipart(form)).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("id=\"visibility-problem\""));
    assert_eq!(stored(&server), 0, "something was left behind");
}

async fn a_script_is_told_in_words_why_no_file_is_taken(engine: Engine) {
    let server = Server::new(engine).await;
    let api = server.public();
    let trainer = signed_in(&server, "trainer").await;
    let organizer = signed_in(&server, "organizer").await;
    let sent = async |path: &str, cookie: &str| {
        let form = Multipart::new().part("file", Part::bytes(pdf(0)).file_name("a.pdf"));
        let request = api.request(Method::POST, path).header("cookie", cookie);
        let request = request.header("accept", "application/json");
        let answer = api.send(request.multipart(form)).await;
        let said: Value = serde_json::from_slice(&answer.bytes).expect("no JSON");
        (answer.status, said)
    };
    let (status, said) = sent("/manage/materials", "").await;
    assert_eq!(status, 401);
    assert_eq!(said["sign_in"], "/sign-in?next=%2Fmanage%2Fmaterials");
    for (cookie, path, expected) in [
        (&trainer, "/manage/materials", 403),
        (&organizer, "/manage/workshops/nowhere/materials", 404),
        (&organizer, "/manage/materials/1/replace", 404),
    ] {
        let (status, said) = sent(path, cookie).await;
        assert_eq!(status, expected, "{path}: {said}");
        assert_eq!(said["sign_in"], Value::Null);
        assert_eq!(said["over"], true);
        assert!(said["problems"][0].is_string(), "{said}");
    }
}

fn stored(server: &Server) -> usize {
    fs::read_dir(server.folder().join("files")).map_or(0, Iterator::count)
}

async fn until_stored(server: &Server, number: usize) {
    for _ in 0..200 {
        if stored(server) == number {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(stored(server), number);
}

#[tokio::test]
async fn what_a_killed_server_left_is_swept_out_by_the_next() {
    let mut server = Server::new(Engine::Sqlite).await;
    let organizer = Organizer::sign_in(&server).await;
    let kept = organizer.upload("/manage/materials", "a.pdf", pdf(0)).await;
    assert_eq!(kept.status, 303);
    let head = stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from(pdf(3)))]);
    let content = reqwest::Body::wrap_stream(head.chain(stream::pending()));
    let form = Multipart::new().part("file", Part::stream(content).file_name("b.pdf"));
    let request = organizer.api.request(Method::POST, "/manage/materials");
    let request = request.header("cookie", &organizer.cookie).multipart(form);
    let sending = tokio::spawn(request.send());
    until_stored(&server, 2).await;
    server.kill();
    sending.abort();
    let long_ago = SystemTime::UNIX_EPOCH;
    let files = fs::read_dir(server.folder().join("files")).expect("no files");
    for entry in files {
        let path = entry.expect("no file").path();
        let file = fs::File::options().append(true).open(path);
        let aged = file.and_then(|file| file.set_modified(long_ago));
        aged.expect("it stays young");
    }
    assert_eq!(stored(&server), 2, "the next one has something to do");
    server.restart().await;
    until_stored(&server, 1).await;
    let library = organizer.api.get("/library").await;
    assert!(library.text().contains("href=\"/library/"), "it was named");
}

#[tokio::test]
async fn memory_is_flat_under_ten_uploads_at_once() {
    const MEGABYTES: usize = 30;
    let server = Server::new(Engine::Sqlite).await;
    let organizer = Organizer::sign_in(&server).await;
    // The first of everything takes memory once.
    let first = organizer.upload("/manage/materials", "a.pdf", pdf(1)).await;
    assert_eq!(first.status, 303);
    let before = server.peak_memory_mb();
    organizer.upload_ten(MEGABYTES).await;
    let after = server.peak_memory_mb();
    println!("ten uploads of {MEGABYTES} MB at once: {before:.0} MB before, {after:.0} MB at most");
    assert!(after - before < 100.0, "{before:.0} MB, then {after:.0} MB");
    assert_eq!(stored(&server), 11);
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing_behind() {
    let server = Server::new(Engine::Sqlite).await;
    let Organizer { api, cookie } = &Organizer::sign_in(&server).await;
    let head = stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from(pdf(3)))]);
    let content = reqwest::Body::wrap_stream(head.chain(stream::pending()));
    let form = Multipart::new().part("file", Part::stream(content).file_name("a.pdf"));
    let request = api.request(Method::POST, "/manage/materials");
    let sending = api.send(request.header("cookie", cookie).multipart(form));
    let cut = tokio::time::timeout(std::time::Duration::from_secs(2), sending);
    assert!(cut.await.is_err(), "it was answered before it was whole");
    for _ in 0..100 {
        if stored(&server) == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(stored(&server), 0, "half a file is left");
}
