//! What waits for an organiser, and which workshops come next.

use crate::html::*;
use crate::people;
use crate::render::Cx;
use crate::ui::phase_badge;
use domain::{Month, Need, Phase, need, to_local};
use service::{DeclineCall, Headcount, OfferCall, ProgrammeView, Unsettled, WorkshopView};
use std::collections::{BTreeSet, HashMap};

/// Workshops shown as next.
const NEXT: usize = 3;

/// What waits beside the workshops' own needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Waits {
    /// Mails that failed for good.
    pub(super) failed: u32,
    /// Pairs of records that may be one.
    pub(super) alike: u64,
    /// Schedules to be settled, by workshop.
    pub(super) unsettled: HashMap<i64, Unsettled>,
    /// People whom devices let in alone and nobody has settled, by workshop.
    pub(super) conflicts: HashMap<i64, u32>,
    /// The largest group that waits for more seats than there are, by workshop.
    pub(super) too_large: HashMap<i64, u32>,
    /// Offered seats whose people are to be called.
    pub(super) offers: Vec<OfferCall>,
    /// Declined requests whose people are to be called.
    pub(super) declines: Vec<DeclineCall>,
}

/// For the screen alone: the printed sheet has the figures.
pub(super) fn view(cx: &Cx, data: &ProgrammeView, waits: &Waits) -> impl IntoView + use<> {
    let now = cx.services.clock().now();
    let mut items: Vec<AnyView> = Vec::new();
    if waits.failed > 0 {
        items.push(failed_mails(cx, waits.failed));
    }
    for (view, headcount) in &data.workshops {
        let Headcount { seats, funnel } = headcount;
        if let Some(need) = need(
            view.phase,
            view.starts_at(),
            now,
            *seats,
            funnel,
            view.minimum(),
        ) {
            items.push(waiting(cx, need, view, headcount));
        }
        if seats.requested > 0 && matches!(view.phase, Phase::Upcoming | Phase::Running) {
            items.push(requests(cx, view, seats.requested));
        }
        let too_large = waits.too_large.get(&view.row.id);
        if let (Some(size), Phase::Upcoming) = (too_large, view.phase) {
            items.push(group_too_large(cx, view, *size));
        }
        if let Some(unsettled) = waits.unsettled.get(&view.row.id) {
            items.extend(schedule(cx, view, unsettled));
        }
        if let Some(number) = waits.conflicts.get(&view.row.id) {
            items.push(conflicts(cx, view, *number));
        }
    }
    if waits.alike > 0 {
        items.push(alike(cx, waits.alike));
    }
    let calls = people::calls(cx, &waits.offers);
    let declines = people::declines(cx, &waits.declines);
    let items = if items.is_empty() && (calls.is_some() || declines.is_some()) {
        ().into_any()
    } else if items.is_empty() {
        view! { <p>{cx.say("programme-attention-none")}</p> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <div class="no-print">
            <h2>{cx.say("programme-attention")}</h2>
            {items}
            {calls}
            {declines}
            {next(cx, data).into_any()}
            <h2>{cx.say("programme-figures")}</h2>
        </div>
    }
}

fn failed_mails(cx: &Cx, failed: u32) -> AnyView {
    item(Item {
        title: cx.say_with("programme-need-mail", &[("number", failed.into())]),
        why: cx.say("programme-need-mail-why"),
        href: "/mail?state=failed".to_owned(),
        act: cx.say("programme-need-mail-act"),
    })
}

fn alike(cx: &Cx, number: u64) -> AnyView {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    item(Item {
        title: cx.say_with("merge-waiting", &[("number", number.into())]),
        why: cx.say("merge-waiting-why"),
        href: crate::merge::PATH.to_owned(),
        act: cx.say("merge-waiting-act"),
    })
}

/// People who ask for a seat, and when registration turns them down by itself.
fn requests(cx: &Cx, view: &WorkshopView, number: u32) -> AnyView {
    // All that stand once it has closed came within its grace.
    let by = view.undecided_until(cx.services.clock().now());
    let by = cx.words.day_time(by);
    let args = [("number", number.into()), ("by", by.into())];
    item(Item {
        title: view.title(cx.lang()).to_owned(),
        why: cx.say_with("programme-need-requests", &args),
        href: format!("/manage/workshops/{}/people?state=requested", view.row.slug),
        act: cx.say("programme-need-requests-act"),
    })
}

/// People whom devices let in alone, also after the figures were signed.
fn conflicts(cx: &Cx, view: &WorkshopView, number: u32) -> AnyView {
    item(Item {
        title: view.title(cx.lang()).to_owned(),
        why: cx.say_with("programme-need-conflicts", &[("number", number.into())]),
        href: format!("/manage/workshops/{}/conflicts", view.row.slug),
        act: cx.say("programme-need-conflicts-act"),
    })
}

/// A group for which there can never be enough seats, and behind it all others.
fn group_too_large(cx: &Cx, view: &WorkshopView, size: u32) -> AnyView {
    let args = [("size", size.into()), ("capacity", view.capacity().into())];
    item(Item {
        title: view.title(cx.lang()).to_owned(),
        why: cx.say_with("programme-need-group", &args),
        href: format!(
            "/manage/workshops/{}/people?state=waitlisted",
            view.row.slug
        ),
        act: cx.say("programme-need-full-act"),
    })
}

/// One thing to look after: what, why, and where it is done.
struct Item {
    title: String,
    why: String,
    href: String,
    act: String,
}

fn item(item: Item) -> AnyView {
    view! {
        <li class="list__item">
            <div class="list__body">
                <h3>{item.title}</h3>
                <p>{item.why}</p>
            </div>
            <div class="list__side">
                <a class="button button--secondary" href=item.href>{item.act}</a>
            </div>
        </li>
    }
    .into_any()
}

/// What of a workshop's schedule is to be settled.
fn schedule(cx: &Cx, view: &WorkshopView, unsettled: &Unsettled) -> Vec<AnyView> {
    let said = |key: &str, names: &BTreeSet<String>| {
        let names = names.iter().cloned().collect::<Vec<_>>().join(", ");
        let at = cx.words.day_time(view.starts_at());
        cx.say_with(key, &[("names", names.into()), ("at", at.into())])
    };
    let title = view.title(cx.lang());
    let declined = (!unsettled.declined.is_empty()).then(|| Item {
        title: title.to_owned(),
        why: said("programme-need-declined", &unsettled.declined),
        href: format!("/manage/workshops/{}/trainers", view.row.slug),
        act: cx.say("programme-need-declined-act"),
    });
    let missing = unsettled.missing.values().min().map(|by| {
        let names: Vec<String> = unsettled.missing.keys().cloned().collect();
        let by = cx.words.day_time(*by);
        let args = [("names", names.join(", ").into()), ("by", by.into())];
        Item {
            title: title.to_owned(),
            why: cx.say_with("programme-need-materials", &args),
            href: format!("/manage/workshops/{}/trainers", view.row.slug),
            act: cx.say("programme-need-materials-act"),
        }
    });
    let month = unsettled.clash_at.and_then(Month::of);
    let clash = month.map(|month| Item {
        title: title.to_owned(),
        why: said("programme-need-clash", &unsettled.clashes),
        href: format!("{}?month={month}", crate::planning::PATH),
        act: cx.say("programme-need-clash-act"),
    });
    let all = [declined, missing, clash];
    all.into_iter().flatten().map(item).collect()
}

/// A workshop that needs something.
fn waiting(cx: &Cx, need: Need, view: &WorkshopView, headcount: &Headcount) -> AnyView {
    let slug = &view.row.slug;
    let cockpit = format!("/manage/workshops/{slug}");
    let now = cx.services.clock().now();
    let days = to_local(view.starts_at()).date_naive() - to_local(now).date_naive();
    let args = [
        ("at", cx.words.day_time(view.starts_at()).into()),
        ("booked", headcount.seats.booked.into()),
        ("capacity", headcount.seats.capacity.into()),
        ("waiting", headcount.seats.waiting.into()),
        ("kept", headcount.seats.kept().into()),
        ("days", days.num_days().into()),
        ("minimum", view.row.minimum.unwrap_or(0).into()),
    ];
    let (why, href, act) = match need {
        Need::Publish => (
            cx.say_with("programme-need-publish", &args),
            cockpit,
            cx.say("programme-need-publish-act"),
        ),
        Need::UnderMinimum => (
            cx.say_with("programme-need-minimum", &args),
            cockpit,
            cx.say("programme-need-minimum-act"),
        ),
        Need::Full => (
            match headcount.seats.kept() {
                0 => cx.say_with("programme-need-full", &args),
                _ => cx.say_with("programme-need-kept", &args),
            },
            format!("{cockpit}/people?state=waitlisted"),
            cx.say("programme-need-full-act"),
        ),
        Need::FewRegistered => (
            cx.say_with("programme-need-few", &args),
            cockpit,
            cx.say("programme-need-few-act"),
        ),
        Need::NobodyCheckedIn => (
            cx.say_with("programme-need-checkin", &args),
            format!("/door/{slug}"),
            cx.say("programme-need-checkin-act"),
        ),
    };
    item(Item {
        title: view.title(cx.lang()).to_owned(),
        why,
        href,
        act,
    })
}

fn next(cx: &Cx, data: &ProgrammeView) -> Option<impl IntoView + use<>> {
    let mut coming: Vec<_> = data
        .workshops
        .iter()
        .filter(|(view, _)| matches!(view.phase, Phase::Upcoming | Phase::Running))
        .collect();
    coming.sort_by_key(|(view, _)| view.starts_at());
    let items: Vec<_> = coming
        .into_iter()
        .take(NEXT)
        .map(|(view, headcount)| coming_item(cx, view, headcount).into_any())
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <h2>{cx.say("programme-next")}</h2>
            <ul class="list">{items}</ul>
        }
    })
}

fn coming_item(cx: &Cx, view: &WorkshopView, headcount: &Headcount) -> impl IntoView + use<> {
    let slug = &view.row.slug;
    let href = format!("/manage/workshops/{slug}");
    let people = format!("{href}/people?state=booked");
    let seats = cx.say_with(
        "programme-next-seats",
        &[
            ("booked", headcount.seats.booked.into()),
            ("capacity", headcount.seats.capacity.into()),
        ],
    );
    let door = (view.phase == Phase::Running).then(|| {
        let href = format!("/door/{slug}");
        view! {
            {phase_badge(cx, view.phase)}
            <a class="button button--secondary" href=href>{cx.say("programme-next-door")}</a>
        }
    });
    view! {
        <li class="list__item">
            <p class="list__date"><strong>{cx.words.day(view.starts_at())}</strong>" "{cx.words.time(view.starts_at())}</p>
            <div class="list__body">
                <h3><a href=href>{view.title(cx.lang()).to_owned()}</a></h3>
                <p>{view.room().to_owned()}</p>
            </div>
            <div class="list__side"><p><a href=people>{seats}</a></p>{door}</div>
        </li>
    }
}
