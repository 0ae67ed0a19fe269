//! The programme page: for organisers what waits for them and what comes next,
//! then the figures, which print on one sheet.

use super::attention::Waits;
use super::{attention, breakdown, figures, workshops};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{notice, tone};
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, Coded, DelegateRole, DeliveryState, Sector, SiteType, UNCLASSIFIED};
use service::{ProgrammeView, Unsettled};
use std::collections::HashMap;

/// `GET /programme`
pub(crate) async fn programme(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let data = cx.services.programme(&cx.actor).await?;
    let failed = failed_mails(&cx).await?;
    let unsettled = unsettled(&cx, &data).await?;
    let alike = if cx.actor.may(Act::ManageWorkshops) {
        cx.services.likenesses_waiting(&cx.actor).await?
    } else {
        0
    };
    let conflicts = if cx.actor.may(Act::ManageWorkshops) {
        cx.services.count_door_conflicts(&cx.actor).await?
    } else {
        HashMap::new()
    };
    let too_large = if cx.actor.may(Act::ManageWorkshops) {
        cx.services.groups_beyond_room(&cx.actor).await?
    } else {
        HashMap::new()
    };
    let offers = if cx.actor.may(Act::ReadPeople) {
        cx.services.offers_to_call(&cx.actor).await?
    } else {
        Vec::new()
    };
    let declines = if cx.actor.may(Act::ReadPeople) {
        cx.services.declines_to_call(&cx.actor).await?
    } else {
        Vec::new()
    };
    let title = cx
        .lang()
        .choose(&data.row.name_vi, &data.row.name_en)
        .to_owned();
    let to_sign = cx.services.count_figures_to_sign(&cx.actor).await?;
    let saved = Fields::of_query(uri.query()).text("done") == "saved";
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || {
            let waits = Waits {
                failed,
                alike,
                unsettled,
                conflicts,
                too_large,
                offers,
                declines,
            };
            body(&inner, title, &data, &waits, to_sign, saved)
        })
        .await)
}

/// The way to the figures that wait for a signature.
fn sign_link(cx: &Cx, number: u64) -> Option<impl IntoView + use<>> {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    (number > 0).then(|| {
        let words = cx.say_with("programme-to-sign", &[("number", number.into())]);
        view! {
            <p class="no-print"><a class="button button--secondary" href=crate::attendance::WAITING>{words}</a></p>
        }
    })
}

/// Mails that failed for good, for who may read mail.
async fn failed_mails(cx: &Cx) -> Result<u32, Oops> {
    if !cx.actor.may(Act::ReadMail) {
        return Ok(0);
    }
    let counts = cx.services.outbox_counts(&cx.actor).await?;
    let failed = counts
        .iter()
        .find(|(state, _)| *state == DeliveryState::Failed);
    Ok(failed.map_or(0, |(_, number)| *number))
}

/// What of the schedules is to be settled, for who may.
async fn unsettled(cx: &Cx, data: &ProgrammeView) -> Result<HashMap<i64, Unsettled>, Oops> {
    if !cx.actor.may(Act::ManageWorkshops) {
        return Ok(HashMap::new());
    }
    let views = data.workshops.iter().map(|(view, _)| view);
    Ok(cx.services.unsettled(&cx.actor, views).await?)
}

fn body(
    cx: &Cx,
    title: String,
    data: &ProgrammeView,
    waits: &Waits,
    to_sign: u64,
    saved: bool,
) -> impl IntoView + use<> {
    let organizes = cx.actor.may(Act::ManageWorkshops);
    let done = saved.then(|| {
        notice(
            tone::OK,
            cx.say("programme-saved-title"),
            cx.say("programme-saved"),
        )
    });
    let first = (organizes && !data.workshops.is_empty())
        .then(|| attention::view(cx, data, waits).into_any());
    let settings = organizes.then(|| {
        view! { <p class="no-print"><a href="/programme/settings">{cx.say("programme-settings-link")}</a></p> }
    });
    let materials = organizes.then(|| {
        view! {
            <p class="no-print"><a href=crate::materials::PROGRAMME>{cx.say("materials-programme-title")}</a></p>
        }
    });
    let handed_out = cx.actor.may(Act::ReadDistribution).then(|| {
        view! { <p class="no-print"><a href=crate::distribution::PATH>{cx.say("distribution-title")}</a></p> }
    });
    view! {
        {done}
        <h1>{title}</h1>
        {sign_link(cx, to_sign)}
        {first}
        {figures::headline(cx, &data.summary).into_any()}
        {rest(cx, data, organizes)}
        <p class="no-print"><a href=crate::annual_plan::PATH>{cx.say("plan-link")}</a></p>
        {materials}
        {handed_out}
        {settings}
    }
}

/// Below the headline: the first act of a new programme, else the breakdowns.
fn rest(cx: &Cx, data: &ProgrammeView, organizes: bool) -> AnyView {
    if data.workshops.is_empty() {
        let act = organizes.then(|| {
            view! {
                <p><a class="button" href="/manage/workshops/new">{cx.say("programme-empty-act")}</a></p>
            }
        });
        let words = if organizes {
            cx.say("programme-empty")
        } else {
            cx.say("programme-empty-reader")
        };
        return view! {
            <h2>{cx.say("programme-empty-title")}</h2>
            <div class="empty">
                <p>{words}</p>
                {act}
            </div>
        }
        .into_any();
    }
    let now = cx.words.stamp(cx.services.clock().now());
    view! {
        {figures::funnel(cx, &data.summary, organizes).into_any()}
        {breakdowns(cx, data, organizes)}
        {workshops::table(cx, &data.workshops, organizes).into_any()}
        {unreached(cx, data).into_any()}
        <p class="muted small">{cx.say_with("programme-as-of", &[("at", now.into())])}</p>
    }
    .into_any()
}

fn breakdowns(cx: &Cx, data: &ProgrammeView, organizes: bool) -> AnyView {
    let tally = &data.summary.tally;
    if tally.attendances == 0 {
        return view! { <p class="muted">{cx.say("programme-nobody-yet")}</p> }.into_any();
    }
    let officials = (tally.officials > 0).then(|| {
        let words = cx.say_with("programme-officials", &[("number", tally.officials.into())]);
        view! { <p>{words}</p> }
    });
    let unclassified = [&tally.by_sector, &tally.by_site]
        .into_iter()
        .flatten()
        .any(|cell| cell.key == UNCLASSIFIED && cell.attendances > 0);
    let classify = (organizes && unclassified).then(|| {
        let words = cx.say("establishments-unclassified-link");
        view! { <p class="no-print"><a href=crate::establishments::PATH>{words}</a></p> }
    });
    view! {
        <h2 class="no-print">{cx.say("programme-who")}</h2>
        <div class="split">
            <div class="stack">
                {breakdown::table(cx, cx.say("programme-by-role"), &tally.by_role, term::<DelegateRole>).into_any()}
                {breakdown::table(cx, cx.say("programme-by-sector"), &tally.by_sector, term::<Sector>).into_any()}
            </div>
            <div class="stack">
                {breakdown::table(cx, cx.say("programme-by-site"), &tally.by_site, term::<SiteType>).into_any()}
                {breakdown::table(cx, cx.say("programme-by-locality"), &tally.by_locality, locality).into_any()}
            </div>
        </div>
        {classify}
        {officials}
    }
    .into_any()
}

/// The words for a row of a closed list, or for what is in no list.
fn term<T: Coded>(cx: &Cx, key: &str) -> String {
    T::from_code(key).map_or_else(|| cx.say("unclassified"), |term| cx.words.term(term))
}

/// A locality is called by its name at the event.
fn locality(cx: &Cx, key: &str) -> String {
    if key == UNCLASSIFIED {
        cx.say("unclassified")
    } else {
        key.to_owned()
    }
}

/// Names on paper; the sheet has room for no more.
const PRINTED: usize = 8;

/// Establishments that nobody has attended from.
fn unreached(cx: &Cx, data: &ProgrammeView) -> Option<impl IntoView + use<>> {
    let (number, names) = &data.unreached;
    let known = data.summary.tally.attendances > 0 || *number > 0;
    known.then(|| {
        let number = i64::try_from(*number).unwrap_or(i64::MAX);
        let title = cx.say_with("programme-unreached", &[("number", number.into())]);
        let printed = &names[..names.len().min(PRINTED)];
        view! {
            <h2 class="no-print" id="unreached">{title.clone()}</h2>
            <p class="no-print">{listed(cx, number, names)}</p>
            <div class="print-only"><p><strong>{title}". "</strong>{listed(cx, number, printed)}</p></div>
        }
    })
}

/// Some names, and how many more there are.
fn listed(cx: &Cx, number: i64, names: &[String]) -> String {
    if number == 0 {
        return cx.say("programme-unreached-none");
    }
    let more = number - i64::try_from(names.len()).unwrap_or(number);
    let names = names.join("; ");
    if more > 0 {
        let more = cx.say_with("programme-unreached-more", &[("number", more.into())]);
        format!("{names}. {more}")
    } else {
        format!("{names}.")
    }
}
