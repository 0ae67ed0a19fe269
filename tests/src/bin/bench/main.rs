//! `make bench`: the release server on a fresh database of each engine, beside yardsticks of the
//! same run: raw single-row commits at the same durability, and a static file of the same router.
//!
//! Prints a table for the README and writes `target/bench.json`.

mod list;
mod load;
mod report;
mod scene;
mod yardstick;

use blackbox::{Engine, Organizer, Server};
use list::{List, MANY};
use load::{Figure, measure};
use report::Row;
use scene::Scene;

/// Connections that are measured: one alone, and as many as a hall makes.
const CONNECTIONS: [usize; 2] = [1, 16];

#[tokio::main]
async fn main() {
    let mut rows = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        rows.extend(bench(engine).await);
        rows.extend(bench_list(engine).await);
    }
    rows.push(bench_uploads().await);
    print!("{}", report::table(&rows));
    if let Err(error) = report::save(&rows) {
        eprintln!("target/bench.json was not written: {error}");
    }
}

async fn bench(engine: Engine) -> Vec<Row> {
    let server = Server::new(engine).await;
    let scene = Scene::prepare(&server).await;
    let mut rows = Vec::new();
    for connections in CONNECTIONS {
        let raw = yardstick::commits(engine, connections).await;
        let file = measure(connections, |_| scene.get(scene.static_file())).await;
        let mut row = |what: &str, figure: Figure, per: Option<&Figure>| {
            rows.push(Row::new(engine, what, connections, &figure, per));
        };
        let form = measure(connections, |n| scene.register_by_form(n)).await;
        let api = measure(connections, |n| scene.register_by_api(n)).await;
        let checkins = measure(connections, |_| scene.check_in()).await;
        let home = measure(connections, |_| scene.get("/".to_owned())).await;
        let workshop = measure(connections, |_| scene.get(scene.workshop_page())).await;
        row("registrations, form", form, Some(&raw));
        row("registrations, API", api, Some(&raw));
        row("check-ins, API", checkins, Some(&raw));
        row("page /", home, Some(&file));
        row("page /workshops/{slug}", workshop, Some(&file));
        row("yardstick: raw commits", raw, None);
        row("yardstick: static file", file, None);
    }
    let memory = server.peak_memory_mb();
    rows.push(Row::memory(engine, "peak memory of the server", memory));
    rows
}

/// A server that takes ten files of 200 MB at once.
async fn bench_uploads() -> Row {
    let server = Server::new(Engine::Sqlite).await;
    Organizer::sign_in(&server).await.upload_ten(199).await;
    let what = "peak memory, ten uploads of 200 MB at once";
    Row::memory(Engine::Sqlite, what, server.peak_memory_mb())
}

/// The list of a workshop with many people, by one organiser.
async fn bench_list(engine: Engine) -> Vec<Row> {
    let mut server = Server::new(engine).await;
    let list = &List::prepare(&mut server).await;
    let mut rows = Vec::new();
    let mut row = |what: &str, figure: Figure| {
        let what = format!("list of {MANY}: {what}");
        rows.push(Row::new(engine, &what, 1, &figure, None));
    };
    row("first page", measure(1, |_| list.page(1)).await);
    row("last page", measure(1, |_| list.page(MANY)).await);
    row("search", measure(1, |_| list.search()).await);
    row("act on all found", measure(1, |_| list.all_found()).await);
    row("export", measure(1, |_| list.export()).await);
    rows
}
