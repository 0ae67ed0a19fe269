//! A load of some connections for some seconds.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// How long each figure is measured.
const SECONDS: u64 = 4;

/// Numbers the requests of the whole run, so that each is another person.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// What one load gave.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// Done a second.
    pub(crate) per_second: f64,
    /// Half of them took at most this long, in milliseconds.
    pub(crate) p50: f64,
    /// 99 of 100 took at most this long, in milliseconds.
    pub(crate) p99: f64,
}

impl Figure {
    /// From how long each took, and all of them together.
    pub(crate) fn of(mut took: Vec<Duration>, whole: Duration) -> Self {
        took.sort_unstable();
        let at = |share: f64| {
            let index = (took.len() as f64 * share) as usize;
            let took = took.get(index.min(took.len().saturating_sub(1)));
            took.map_or(0.0, |took| took.as_secs_f64() * 1000.0)
        };
        Self {
            per_second: took.len() as f64 / whole.as_secs_f64(),
            p50: at(0.5),
            p99: at(0.99),
        }
    }
}

/// Repeats a request on each connection until the time is up. A request that answers false had
/// nothing left to do, and ends its connection.
pub(crate) async fn measure<F>(connections: usize, request: impl Fn(u32) -> F) -> Figure
where
    F: Future<Output = bool>,
{
    let request = &request;
    let began = Instant::now();
    let until = began + Duration::from_secs(SECONDS);
    let each = (0..connections).map(|_| async move {
        let mut took = Vec::new();
        while Instant::now() < until {
            let start = Instant::now();
            if !request(NUMBER.fetch_add(1, Ordering::Relaxed)).await {
                break;
            }
            took.push(start.elapsed());
        }
        took
    });
    let took = futures::future::join_all(each).await.concat();
    Figure::of(took, began.elapsed())
}
