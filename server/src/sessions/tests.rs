//! Sessions against a real database.

use super::*;
use axum::body::Body;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::routing::get;
use axum::{Router, middleware};
use service::{Clock, Mailer, Options, Secret};
use tower::ServiceExt;
use url::Url;

async fn services(folder: &std::path::Path, clock: Clock) -> Services {
    let services = Services::open(Options {
        database_url: format!("sqlite://{}", folder.join("test.sqlite").display()),
        storage_url: Url::from_directory_path(folder).unwrap(),
        public_url: Url::parse("http://127.0.0.1:3000").unwrap(),
        mailer: Mailer::folder(folder, "a@example.com").unwrap(),
        secret: Secret::new(&"k".repeat(32)).unwrap(),
        clock,
        limits: true,
        material_mb: domain::MATERIAL_MB,
    });
    let services = services.await.unwrap();
    services.migrate().await.unwrap();
    services
}

fn record(data: Value) -> Record {
    Record {
        id: Id::default(),
        data: HashMap::from([(SESSION_ACCOUNT.to_owned(), data)]),
        expiry_date: OffsetDateTime::now_utc() + Duration::hours(1),
    }
}

#[tokio::test]
async fn the_store_keeps_and_forgets() {
    let folder = tempfile::tempdir().unwrap();
    let services = services(folder.path(), Clock::system()).await;
    let store = Store(services.clone());
    let mut kept = record(7.into());
    store.create(&mut kept).await.unwrap();
    let found = store.load(&kept.id).await.unwrap().unwrap();
    assert_eq!(found.data, kept.data);
    assert_eq!(
        found.expiry_date.unix_timestamp(),
        kept.expiry_date.unix_timestamp()
    );
    kept.data.insert("more".to_owned(), true.into());
    store.save(&kept).await.unwrap();
    let found = store.load(&kept.id).await.unwrap().unwrap();
    assert_eq!(found.data.len(), 2);
    // The token itself is nowhere in the row.
    let json = services
        .load_sign_in(&kept.id.to_string())
        .await
        .unwrap()
        .unwrap();
    assert!(!json.contains(&kept.id.to_string()));

    store.delete(&kept.id).await.unwrap();
    assert_eq!(store.load(&kept.id).await.unwrap(), None);
    // A page that was on its way does not bring it back.
    store.save(&kept).await.unwrap();
    assert_eq!(store.load(&kept.id).await.unwrap(), None);
}

#[tokio::test]
async fn what_has_expired_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store(services(folder.path(), Clock::system()).await);
    let mut old = record(7.into());
    old.expiry_date = OffsetDateTime::now_utc() - Duration::seconds(2);
    store.create(&mut old).await.unwrap();
    assert_eq!(store.load(&old.id).await.unwrap(), None);
}

async fn visit(app: &Router, path: &str, cookie: Option<&str>) -> Option<String> {
    let mut request = Request::builder().uri(path);
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let cookie = response.headers().get(SET_COOKIE)?;
    Some(cookie.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn only_a_sign_in_sets_a_cookie_and_use_prolongs_it() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing_at(chrono::DateTime::UNIX_EPOCH + chrono::Duration::days(9_000));
    let services = services(folder.path(), clock.clone()).await;
    let sign_in = |session: Session| async move {
        session.insert(SESSION_ACCOUNT, 7_i64).await.unwrap();
    };
    let app = Router::new()
        .route("/sign-in", get(sign_in))
        .route("/", get(|| async {}))
        .layer(middleware::from_fn_with_state(services.clone(), stay))
        .layer(layer(services, true));
    assert_eq!(visit(&app, "/", None).await, None);
    let removed = visit(&app, "/", Some("taphuan=nonsense")).await.unwrap();
    assert!(removed.contains("Max-Age=0"), "{removed}");
    let cookie = visit(&app, "/sign-in", None).await.unwrap();
    for part in [
        "taphuan=",
        "HttpOnly",
        "SameSite=Lax",
        "Secure",
        "Path=/",
        "Max-Age=43200",
    ] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    let cookie = cookie.split(';').next().unwrap().to_owned();
    assert!(visit(&app, "/", Some(&cookie)).await.is_some());
    assert_eq!(visit(&app, "/", Some(&cookie)).await, None);
    clock.advance(chrono::Duration::minutes(11));
    assert!(visit(&app, "/", Some(&cookie)).await.is_some());
}
