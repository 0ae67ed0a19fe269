//! The changes of the board, as server-sent events. Whoever looks is authorised
//! anew for each, so a revoked device sees no more; the stream ends with the
//! server, and now and then, so that a session that ended is noticed.

use super::page::shown;
use super::shown::Shown;
use crate::render::{Cx, Oops};
use axum::extract::Path;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::stream::{Stream, unfold};
use service::News;
use std::convert::Infallible;
use std::time::{Duration, Instant};

/// `GET /door/{slug}/board/events`: what the board shows, now and after every change.
pub(super) async fn stream(cx: Cx, Path(slug): Path<String>) -> Result<impl IntoResponse, Oops> {
    // Asked before the first reading, so that nothing falls between.
    let news = cx.services.news();
    let first = shown(&cx, &cx.services.board(&cx.actor, &slug).await?);
    let looking = Looking {
        since: Instant::now(),
        cx,
        slug,
        news,
        last: None,
        next: Some(first),
    };
    let headers = [("x-accel-buffering", "no")];
    Ok((
        headers,
        Sse::new(events(looking)).keep_alive(KeepAlive::default()),
    ))
}

/// For how long somebody looks before asking again.
const LONGEST: Duration = Duration::from_secs(900);

struct Looking {
    since: Instant,
    cx: Cx,
    slug: String,
    news: News,
    last: Option<Shown>,
    /// What is to be told at once.
    next: Option<Shown>,
}

impl Looking {
    /// The next that differs from what was told last; none at the end.
    async fn wait(&mut self) -> Option<Shown> {
        if let Some(first) = self.next.take() {
            return Some(first);
        }
        // The browser connects again, and says anew who it is.
        while self.since.elapsed() < LONGEST && self.news.next().await {
            let board = self.cx.services.board(&self.cx.actor, &self.slug).await;
            let now = shown(&self.cx, &board.ok()?);
            if self.last.as_ref() != Some(&now) {
                return Some(now);
            }
        }
        None
    }
}

fn events(looking: Looking) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(looking, |mut looking| async {
        let news = looking.wait().await?;
        let event = Event::default().json_data(&news).ok()?;
        looking.last = Some(news);
        Some((Ok(event), looking))
    })
}
