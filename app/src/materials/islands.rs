//! How far a mailing is, kept up to date while it runs.
#![allow(missing_docs, reason = "the macro makes structs of the properties")]

use super::calls::sending_progress;
use super::shown::{Progress, ProgressWords};
use crate::html::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// The time between two looks.
const EVERY: Duration = Duration::from_secs(2);

#[derive(Clone, Copy)]
struct Watch {
    slug: StoredValue<String>,
    progress: RwSignal<Progress>,
    failed: RwSignal<bool>,
}

/// A bar and a sentence that follow a mailing until nothing is left to send.
#[island]
pub fn SendingProgress(
    /// The workshop.
    slug: String,
    /// The words.
    words: ProgressWords,
    /// How far it was when the page was made.
    first: Progress,
) -> impl IntoView {
    let watch = Watch {
        slug: StoredValue::new(slug.clone()),
        progress: RwSignal::new(first),
        failed: RwSignal::new(false),
    };
    Effect::new(move || watch.look_later());
    let again = format!("/manage/workshops/{slug}/materials#mails");
    let failed = words.failed;
    let progress = watch.progress;
    view! {
        <div class=move || tone(&progress.read())>
            <p role="status"><strong>{move || progress.read().line.clone()}</strong></p>
            <progress class="progress" aria-label=words.label
                max=move || progress.read().total value=move || progress.read().done></progress>
            {move || watch.failed.get().then(|| view! { <p class="muted">{failed.clone()}</p> })}
            <p><a href=again>{words.again}</a></p>
        </div>
    }
}

fn tone(progress: &Progress) -> &'static str {
    match (progress.open, progress.failed) {
        (0, 0) => "notice notice--ok",
        (0, _) => "notice notice--bad",
        _ => "notice notice--info",
    }
}

impl Watch {
    fn look_later(self) {
        if self.progress.with_untracked(|progress| progress.open) > 0 {
            set_timeout(move || spawn_local(self.look()), EVERY);
        }
    }

    async fn look(self) {
        match sending_progress(self.slug.get_value()).await {
            Ok(progress) => {
                self.failed.set(false);
                self.progress.set(progress);
            }
            Err(_) => self.failed.set(true),
        }
        self.look_later();
    }
}
