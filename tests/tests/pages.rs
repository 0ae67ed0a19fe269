//! Public pages as they go over the wire: small, without scripts, guarded.

use blackbox::{Answer, Api, Engine, Form, Server, Setup, delegate, publish, tags, text, workshop};
use reqwest::Method;
use std::collections::BTreeSet;

/// What a public page may weigh on a first visit: HTML, CSS, fonts and pictures, compressed.
const BUDGET: usize = 40 * 1000;

const PAGES: [&str; 12] = [
    "/",
    "/workshops",
    "/workshops?when=past",
    "/workshops/tiet-kiem-nuoc-nganh-dua",
    "/workshops/tiet-kiem-nuoc-nganh-dua/register",
    "/workshops/can-bang-vat-lieu",
    "/workshops/can-bang-vat-lieu/register",
    "/workshops/gioi-thieu-sxsh-2008",
    "/library",
    "/library?q=dua&kind=guide",
    "/sign-in",
    "/privacy",
];

async fn compressed(api: &Api, path: &str) -> Answer {
    let request = api.request(Method::GET, path);
    let answer = api.send(request.header("accept-encoding", "br")).await;
    assert_eq!(answer.status, 200, "{path}");
    answer
}

/// What a browser fetches along with a page.
fn parts(html: &str) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for tag in tags(html) {
        let wanted = match tag.name.as_str() {
            "link" => {
                let kind = tag.get("rel").unwrap_or_default().to_ascii_lowercase();
                let loads = ["stylesheet", "icon", "preload", "modulepreload", "manifest"];
                loads
                    .iter()
                    .any(|rel| kind.contains(rel))
                    .then(|| tag.get("href"))
            }
            "img" | "iframe" | "video" | "embed" => Some(tag.get("src")),
            _ => None,
        };
        let address = wanted
            .flatten()
            .filter(|address| !address.starts_with("data:"));
        parts.extend(address.map(str::to_owned));
    }
    parts
}

/// The fonts and pictures that a stylesheet names.
fn named(css: &str) -> BTreeSet<String> {
    let pieces = css.split("url(").skip(1);
    let addresses = pieces.filter_map(|piece| Some(piece.split_once(')')?.0));
    addresses
        .map(|address| address.trim_matches(['"', '\'', ' ']).to_owned())
        .filter(|address| !address.starts_with("data:"))
        .collect()
}

#[tokio::test]
async fn public_pages_are_small_and_have_no_script() {
    let server = Setup::new(Engine::Sqlite).demo().start().await;
    let public = server.public();
    for lang in ["vi", "en"] {
        for path in PAGES {
            let sign = if path.contains('?') { '&' } else { '?' };
            let path = format!("{path}{sign}lang={lang}");
            let html = public.get(&path).await.text();
            let shown = tags(&html);
            let root = shown.iter().find(|tag| tag.name == "html");
            assert_eq!(root.and_then(|tag| tag.get("lang")), Some(lang), "{path}");
            for tag in &shown {
                // A data block is no script: nothing of it is run.
                let runs = tag.get("type") != Some("application/ld+json");
                assert!(tag.name != "script" || !runs, "{path} has a script");
                assert!(!tag.name.starts_with("leptos-"), "{path} has an island");
                assert!(!tag.has("onclick") && !tag.has("style"), "{path}: {tag:?}");
            }
            assert!(!html.contains(".wasm"), "{path} loads wasm");

            let page = compressed(&public, &path).await;
            assert_eq!(
                page.header("content-encoding"),
                "br",
                "{path} is not compressed"
            );
            let mut weights = vec![(page.bytes.len(), path.clone())];
            let mut waiting = parts(&html);
            let mut seen = BTreeSet::new();
            while let Some(part) = waiting.pop_first() {
                assert!(
                    part.starts_with('/') || part.starts_with(&server.base),
                    "{path} loads {part}"
                );
                if seen.insert(part.clone()) {
                    let answer = compressed(&public, &part).await;
                    let kept = answer.header("cache-control");
                    assert!(kept.contains("immutable"), "{part}: cache-control: {kept}");
                    weights.push((answer.bytes.len(), part.clone()));
                    if answer.header("content-type").starts_with("text/css") {
                        waiting.extend(named(&public.get(&part).await.text()));
                    }
                }
            }
            let total: usize = weights.iter().map(|(weight, _)| weight).sum();
            assert!(total <= BUDGET, "{path} weighs {total} bytes: {weights:?}");
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_guards() {
    let server = Setup::new(Engine::Sqlite).demo().start().await;
    let public = server.public();
    let css = parts(&public.get("/").await.text())
        .into_iter()
        .find(|part| part.contains(".css"))
        .expect("no stylesheet");
    let others = [
        "/nowhere",
        "/my/nowhere",
        "/programme",
        "/healthz",
        "/api/v1/workshops",
        &css,
    ];
    for path in PAGES.into_iter().chain(others) {
        let answer = public.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
        assert!(!policy.contains("'unsafe-eval'"), "{path}: {policy}");
        let framed = answer.header("x-frame-options").to_ascii_uppercase();
        assert!(
            policy.contains("frame-ancestors 'none'") || framed == "DENY",
            "{path} can be framed"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        for name in ["referrer-policy", "permissions-policy"] {
            assert!(!answer.header(name).is_empty(), "{path} has no {name}");
        }
        for name in ["server", "x-powered-by"] {
            assert!(answer.header(name).is_empty(), "{path} tells {name}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = Setup::new(Engine::Sqlite).demo().start().await;
    let public = server.public();
    for path in [
        "/nowhere",
        "/workshops/nowhere",
        "/workshops/nowhere/register",
        // A draft is not public.
        "/workshops/nhan-rong-lang-nghe",
        "/workshops/nhan-rong-lang-nghe/register",
        "/my/nowhere",
        "/materials/nowhere",
        "/library/9999",
        "/library/nowhere",
        "/api/v1/nowhere",
        "/assets/nowhere.css",
    ] {
        let answer = public.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    // Staff pages send strangers to the sign-in.
    for path in [
        "/programme",
        "/manage/workshops",
        "/manage/establishments",
        "/manage/materials",
        "/programme/distribution",
        "/mail",
        "/door",
        "/trainer",
    ] {
        let answer = public.get(path).await;
        let to = answer.header("location");
        assert!(
            answer.status == 303 || answer.status == 302,
            "{path}: {}",
            answer.status
        );
        assert!(to.contains("/sign-in"), "{path} sends to {to}");
    }
}

#[tokio::test]
async fn no_other_site_can_post() {
    let server = Server::new(Engine::Sqlite).await;
    publish(&server.api("organizer"), &workshop("w", 5)).await;
    let public = server.public();
    let form = "application/x-www-form-urlencoded";
    let foreign = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://evil.example"),
    ];
    for path in ["/workshops/w/register", "/sign-in"] {
        for (name, value) in foreign {
            let request = public
                .request(Method::POST, path)
                .header("content-type", form);
            let answer = public
                .send(request.header(name, value).body("full_name=x"))
                .await;
            assert_eq!(answer.status, 403, "{path} with {name}: {value}");
        }
        let request = public
            .request(Method::POST, path)
            .header("content-type", form);
        let own = request
            .header("sec-fetch-site", "same-origin")
            .header("origin", &server.base);
        let answer = public.send(own.body("full_name=x")).await;
        assert_ne!(answer.status, 403, "{path} from its own page");
    }
    // Programs with a token are no browsers.
    let api = server.api("organizer");
    let path = "/api/v1/workshops/w/registrations";
    assert_eq!(api.post(path, &delegate(1)).await.status, 201);
}

#[tokio::test]
async fn a_kept_page_follows_every_deed_and_is_nobodys() {
    let server = Server::new(Engine::Sqlite).await;
    let api = server.api("organizer");
    publish(&api, &workshop("w", 30)).await;
    let public = server.public();
    let page = async || text(&public.get_in("en", "/workshops/w").await.text());
    let path = "/api/v1/workshops/w/registrations";
    for number in 1..=20 {
        let answer = api.post(path, &delegate(number)).await;
        assert_eq!(answer.status, 201);
        let left = format!("{} of 30 left", 30 - number);
        for _ in 0..2 {
            let page = page().await;
            assert!(page.contains(&left), "not {left}: {page}");
        }
    }
    assert!(text(&public.get("/workshops/w").await.text()).contains("Đăng ký"));
    server.account("organizer", "hoa@example.com", "Mật khẩu rất dài 1");
    let form = Form::with_field(&public.get("/sign-in").await.text(), "/sign-in", "email")
        .set("email", "hoa@example.com")
        .set("password", "Mật khẩu rất dài 1");
    let answer = form.submit(&public).await;
    let cookie = answer.header("set-cookie");
    let cookie = cookie.split(';').next().unwrap_or_default();
    for _ in 0..2 {
        let request = public.request(Method::GET, "/").header("cookie", cookie);
        let mine = public.send(request).await.text();
        assert!(mine.contains("/sign-out"), "not signed in");
        let others = public.get("/").await.text();
        assert!(!others.contains("/sign-out"), "somebody else's page");
    }
}
