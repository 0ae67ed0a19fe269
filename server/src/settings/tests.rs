//! Which setting counts, and which is refused.

use super::*;
use std::fs;

fn given(listen: &str) -> Given {
    Given {
        listen: Some(listen.to_owned()),
        ..Given::default()
    }
}

#[tokio::test]
async fn flags_and_environment_go_before_the_file_and_that_before_defaults() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.toml");
    fs::write(
        &path,
        "listen = \"127.0.0.1:4000\"\nPUBLIC_URL = \"https://a.example.vn\"\n",
    )
    .unwrap();
    let read = |given| Settings::read(given, Some(&path)).unwrap();
    let settings = read(given("127.0.0.1:5000"));
    assert_eq!(settings.listen.port(), 5000);
    assert_eq!(settings.mail_from, "taphuan@a.example.vn");
    let settings = read(Given::default());
    assert_eq!(settings.listen.port(), 4000);
    // An empty variable is one that is not set.
    assert_eq!(read(given(" ")).listen.port(), 4000);
    let url = settings.public_url(settings.listen).unwrap();
    assert_eq!(url.as_str(), "https://a.example.vn/");
    assert_eq!(
        settings.database_url,
        "sqlite://./data/taphuan.sqlite?mode=rwc"
    );
}

#[tokio::test]
async fn defaults_fit_together() {
    let settings = Settings::resolve(Given::default()).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:3000");
    let bound = "127.0.0.1:4321".parse().unwrap();
    let url = settings.public_url(bound).unwrap();
    assert_eq!(url.as_str(), "http://127.0.0.1:4321/");
    assert_eq!(settings.mail_from, "taphuan@localhost.localdomain");
    assert_eq!(settings.upload_mb, 200);
    assert!(settings.smtp.is_none() && settings.secret.is_none());
    assert!(settings.storage_url.path().ends_with("/data/files/"));
}

#[test]
fn a_file_says_settings_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.toml");
    for wrong in ["lisen = \"127.0.0.1:1\"", "listen = [1]", "listen ="] {
        fs::write(&path, wrong).unwrap();
        let stop = given::file(Some(&path)).unwrap_err();
        assert!(stop.to_string().contains("settings.toml"), "{stop}");
        assert_eq!(stop.code(), 2);
    }
    let missing = folder.path().join("missing.toml");
    assert!(given::file(Some(&missing)).is_err());
}

#[tokio::test]
async fn a_wrong_setting_is_named_and_no_password_repeated() {
    let wrong = |name: &str, value: &str| {
        let mut given = Given::default();
        let value = Some(value.to_owned());
        match name {
            "DATABASE_URL" => given.database_url = value,
            "LISTEN" => given.listen = value,
            "PUBLIC_URL" => given.public_url = value,
            "SMTP_URL" => given.smtp_url = value,
            "MAIL_FROM" => {
                given.smtp_url = Some("smtp://localhost".to_owned());
                given.mail_from = value;
            }
            "MAIL_CONNECTIONS" => given.mail_connections = value,
            "MAIL_PER_MINUTE" => given.mail_per_minute = value,
            "STORAGE_URL" => given.storage_url = value,
            "SECRET_KEY" => given.secret_key = value,
            "LIMITS" => given.limits = value,
            "UPLOAD_MB" => given.upload_mb = value,
            _ => given.log = value,
        }
        let stop = Settings::resolve(given).unwrap_err();
        assert!(stop.to_string().contains(name), "{name}: {stop}");
        assert!(!stop.to_string().contains("geheim"), "{stop}");
        assert_eq!(stop.code(), 2);
    };
    for (name, value) in [
        ("DATABASE_URL", "mysql://u:geheim@h/d"),
        ("DATABASE_URL", "sqlite::memory:"),
        ("DATABASE_URL", "taphuan.sqlite"),
        ("LISTEN", "nowhere"),
        ("LISTEN", "3000"),
        ("PUBLIC_URL", "taphuan.example.vn"),
        ("PUBLIC_URL", "https://example.vn/taphuan"),
        ("PUBLIC_URL", "ftp://example.vn"),
        ("SMTP_URL", "http://h"),
        ("SMTP_URL", "mail.example.vn"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_CONNECTIONS", "0"),
        ("MAIL_CONNECTIONS", "51"),
        ("MAIL_PER_MINUTE", "0"),
        ("MAIL_PER_MINUTE", "many"),
        ("STORAGE_URL", "floppy:a"),
        ("STORAGE_URL", "data/files"),
        ("SECRET_KEY", "geheim"),
        ("LIMITS", "a few"),
        ("UPLOAD_MB", "0"),
        ("UPLOAD_MB", "a lot"),
        ("LOG", "service=loud"),
    ] {
        wrong(name, value);
    }
}

#[test]
fn localhost_is_an_address() {
    assert_eq!(
        listen("localhost:0").unwrap().to_string(),
        "127.0.0.1:0".to_owned()
    );
    assert!(listen("[::1]:3000").unwrap().is_ipv6());
}

#[test]
fn mail_comes_from_a_domain() {
    for (url, from) in [
        ("https://taphuan.example.vn", "taphuan@taphuan.example.vn"),
        ("http://localhost:3000", "taphuan@localhost.localdomain"),
        ("http://192.168.1.4", "taphuan@localhost.localdomain"),
    ] {
        assert_eq!(mail_from(Some(&Url::parse(url).unwrap())), from);
    }
}

#[test]
fn passwords_are_not_shown() {
    assert_eq!(
        shown("postgres://u:geheim@db.example.vn/taphuan"),
        "postgres://u:-@db.example.vn/taphuan"
    );
    assert_eq!(shown("sqlite://./a.sqlite"), "sqlite://./a.sqlite");
}
