//! The table and the file.

use crate::load::Figure;
use blackbox::Engine;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::Path;

/// One line of the table.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    engine: &'static str,
    what: String,
    connections: Option<usize>,
    per_second: Option<f64>,
    p50_ms: Option<f64>,
    p99_ms: Option<f64>,
    ratio_to_yardstick: Option<f64>,
    peak_memory_mb: Option<f64>,
}

impl Row {
    pub(crate) fn new(
        engine: Engine,
        what: &str,
        connections: usize,
        figure: &Figure,
        per: Option<&Figure>,
    ) -> Self {
        Self {
            engine: name(engine),
            what: what.to_owned(),
            connections: Some(connections),
            per_second: Some(figure.per_second),
            p50_ms: Some(figure.p50),
            p99_ms: Some(figure.p99),
            ratio_to_yardstick: per.map(|per| figure.per_second / per.per_second),
            peak_memory_mb: None,
        }
    }

    /// The most memory that the server held since its start.
    pub(crate) fn memory(engine: Engine, what: &str, megabytes: f64) -> Self {
        Self {
            engine: name(engine),
            what: what.to_owned(),
            connections: None,
            per_second: None,
            p50_ms: None,
            p99_ms: None,
            ratio_to_yardstick: None,
            peak_memory_mb: Some(megabytes),
        }
    }
}

fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}

/// A table in Markdown.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut out = String::from(
        "| engine | what | connections | per second | p50 ms | p99 ms | ratio to yardstick |\n\
         |---|---|---:|---:|---:|---:|---:|\n",
    );
    for row in rows {
        let number = |value: Option<f64>, digits: usize| {
            value.map_or_else(String::new, |value| format!("{value:.digits$}"))
        };
        let (connections, per_second) = match row.peak_memory_mb {
            Some(memory) => (String::new(), format!("{memory:.0} MB")),
            None => (
                row.connections.map_or_else(String::new, |n| n.to_string()),
                number(row.per_second, 0),
            ),
        };
        let _ = writeln!(
            out,
            "| {} | {} | {connections} | {per_second} | {} | {} | {} |",
            row.engine,
            row.what,
            number(row.p50_ms, 2),
            number(row.p99_ms, 2),
            number(row.ratio_to_yardstick, 2),
        );
    }
    out
}

/// Writes `target/bench.json` in the work tree.
pub(crate) fn save(rows: &[Row]) -> std::io::Result<()> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    std::fs::create_dir_all(&target)?;
    std::fs::write(
        target.join("bench.json"),
        serde_json::to_string_pretty(rows)?,
    )
}
