//! The demo programme, to the last digit, and the command line around it.

use blackbox::{Engine, Server, Setup, on_each_database, publish, workshop};
use serde_json::{Map, Value, json};

on_each_database!(
    the_figures_of_the_programme,
    the_demo_fills_only_an_empty_database,
    starting_again_adds_nothing,
);

/// A breakdown without what nobody belongs to.
fn present(breakdown: &Value) -> Value {
    let Some(all) = breakdown.as_object() else {
        panic!("no object of numbers: {breakdown}")
    };
    let some = all.iter().filter(|(_, number)| **number != 0);
    some.map(|(name, number)| (name.clone(), number.clone()))
        .collect::<Map<_, _>>()
        .into()
}

async fn check(server: &Server) {
    let summary = server
        .api("director")
        .get("/api/v1/programme/summary")
        .await
        .expect(200);
    for (name, number) in [
        ("attendances", 600),
        ("persons", 512),
        ("registrations", 684),
        ("target", 600),
    ] {
        assert_eq!(summary[name], number, "{name}");
    }
    let breakdowns = [
        (
            "by_role",
            json!({ "manager": 150, "technician": 174, "foreman": 126, "owner": 150 }),
        ),
        (
            "by_sector",
            json!({ "coconut": 228, "seafood": 156, "food": 60, "sugar": 48,
                              "tobacco": 30, "other": 78 }),
        ),
        (
            "by_site",
            json!({ "industrial_park": 96, "industrial_cluster": 90,
                            "craft_village": 132, "elsewhere": 282 }),
        ),
        (
            "by_locality",
            json!({ "TP Bến Tre": 150, "Châu Thành": 108, "Bình Đại": 84,
                                "Mỏ Cày Nam": 72, "Giồng Trôm": 60, "Ba Tri": 48,
                                "Mỏ Cày Bắc": 36, "Thạnh Phú": 24, "Chợ Lách": 18 }),
        ),
    ];
    for (name, expected) in breakdowns {
        assert_eq!(present(&summary[name]), expected, "{name}");
    }
}

async fn the_figures_of_the_programme(engine: Engine) {
    let server = Setup::new(engine).demo().start().await;
    check(&server).await;
    let workshops = server
        .api("organizer")
        .get("/api/v1/workshops")
        .await
        .expect(200);
    let workshops = workshops.to_string();
    for slug in [
        "gioi-thieu-sxsh-2008",
        "chia-se-nhan-rong-2010",
        "can-bang-vat-lieu",
    ] {
        assert!(workshops.contains(slug), "{slug} is missing");
    }
    // A newcomer reads how to get in, and nobody takes it for the real thing.
    let log = server.log();
    for word in [
        server.base.as_str(),
        "organizer@example.com",
        "door@example.com",
        "demo-taphuan",
    ] {
        assert!(log.contains(word), "serve --demo does not say {word}");
    }
}

async fn the_demo_fills_only_an_empty_database(engine: Engine) {
    let server = Server::new(engine).await;
    let filled = server.run(&["demo"], "");
    assert!(filled.status.success(), "{filled:?}");
    check(&server).await;
    let again = server.run(&["demo"], "");
    assert!(!again.status.success(), "filled twice: {again:?}");
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(
        said.trim().lines().count(),
        1,
        "not one clear sentence: {said}"
    );
    check(&server).await;

    let server = Server::new(engine).await;
    publish(&server.api("organizer"), &workshop("real", 10)).await;
    let refused = server.run(&["demo"], "");
    assert!(
        !refused.status.success(),
        "real data was mixed with the demo: {refused:?}"
    );
}

async fn starting_again_adds_nothing(engine: Engine) {
    let mut server = Setup::new(engine).demo().start().await;
    server.restart().await;
    check(&server).await;
}
