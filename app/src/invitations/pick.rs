//! Choosing establishments to invite. Names may be persons' names, so what is
//! typed travels in bodies, never in addresses; what is chosen goes to the second
//! step by keys.

use super::{details, path};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, MAX_INVITED, Problems, Reason, Sector, SiteType, check_number_invited};
use service::{Failure, Invitable, InvitableRow, InviteFilter, Invited};

/// How many delegates each may name unless the organiser says otherwise.
const QUOTA: &str = "2";

/// What was typed and chosen.
#[derive(Clone, Debug)]
pub(super) struct Picked {
    pub(super) filter: InviteFilter,
    pub(super) chosen: Vec<i64>,
    pub(super) quota: String,
    pub(super) problems: Problems,
}

impl Picked {
    fn of(fields: &Fields) -> Self {
        let filter = InviteFilter {
            typed: fields.text("q").trim().chars().take(100).collect(),
            sector: Sector::from_code(&fields.text("sector")),
            site: SiteType::from_code(&fields.text("site")),
            locality: fields.text("locality_id").parse().ok(),
            unreached: fields.ticked("unreached"),
        };
        let quota: String = fields.text("quota_each").trim().chars().take(10).collect();
        Self {
            filter,
            chosen: fields
                .all("chosen")
                .filter_map(|id| id.parse().ok())
                .collect(),
            quota: if quota.is_empty() {
                QUOTA.to_owned()
            } else {
                quota
            },
            problems: Problems::default(),
        }
    }
}

/// `GET /manage/workshops/{slug}/invitations/new`
pub(super) async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    page(&cx, &slug, Picked::of(&Fields::default())).await
}

/// `GET /manage/workshops/{slug}/invitations/new/details`: the second step, with
/// those chosen by their keys.
pub(super) async fn second(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let picked = Picked::of(&Fields::of_query(uri.query()));
    if (1..=MAX_INVITED).contains(&picked.chosen.len()) {
        return details::first(&cx, &slug, &picked).await;
    }
    Ok(see_other(&action(&slug)))
}

/// Where both steps are sent.
pub(super) fn action(slug: &str) -> String {
    format!("{}/new", path(slug))
}

/// `POST /manage/workshops/{slug}/invitations/new`: a search, a choice, or the
/// invitations themselves.
pub(super) async fn act(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let mut picked = Picked::of(&fields);
    match fields.text("act").as_str() {
        "all" => {
            let found = found(&cx, &slug, &picked).await?;
            let shown = found.rows.iter().map(|row| row.id);
            let new: Vec<i64> = shown.filter(|id| !picked.chosen.contains(id)).collect();
            picked.chosen.extend(new);
            page(&cx, &slug, picked).await
        }
        "next" if picked.chosen.is_empty() => {
            picked.problems = Problems::one("establishments", Reason::NoneChosen);
            page(&cx, &slug, picked).await
        }
        "next" if picked.chosen.len() > MAX_INVITED => {
            let problem = check_number_invited(picked.chosen.len());
            picked.problems.take("establishments", problem);
            page(&cx, &slug, picked).await
        }
        // A page of its own, to which the way back of a browser leads.
        "next" => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("quota_each", &picked.quota);
            for id in &picked.chosen {
                query.append_pair("chosen", &id.to_string());
            }
            let query = query.finish();
            Ok(see_other(&format!("{}/details?{query}", action(&slug))))
        }
        "make" => {
            let form = details::typed(&fields);
            if form.rows.is_empty() {
                // The choice comes first; the deadline has a default after it.
                picked.problems = Problems::one("establishments", Reason::NoneChosen);
                return page(&cx, &slug, picked).await;
            }
            match cx.services.invite(&cx.actor, &slug, &form).await {
                Ok(invited) => {
                    let Invited {
                        made,
                        known,
                        contacts,
                        kept,
                    } = invited;
                    Ok(see_other(&format!(
                        "{}?done=made&made={made}&known={known}&contacts={contacts}&kept={kept}",
                        path(&slug)
                    )))
                }
                Err(Failure::Invalid(problems)) => details::again(&cx, &slug, form, problems).await,
                Err(failure) => Err(failure.into()),
            }
        }
        _ => page(&cx, &slug, picked).await,
    }
}

async fn found(cx: &Cx, slug: &str, picked: &Picked) -> Result<Invitable, Oops> {
    let found =
        cx.services
            .establishments_to_invite(&cx.actor, slug, &picked.filter, &picked.chosen);
    Ok(found.await?)
}

async fn page(cx: &Cx, slug: &str, picked: Picked) -> Result<Response, Oops> {
    let data = found(cx, slug, &picked).await?;
    let page = Page::staff(&cx.say("invite-new-title"))
        .wide()
        .checked(&picked.problems);
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &data, &picked)).await)
}

fn body(cx: &Cx, data: &Invitable, picked: &Picked) -> impl IntoView + use<> {
    let slug = &data.view.row.slug;
    let (back, action) = (path(slug), action(slug));
    let title = data.view.title(cx.lang()).to_owned();
    let content = if data.rows.is_empty() {
        view! { <div class="empty"><p>{cx.say("invite-not-found")}</p></div> }.into_any()
    } else {
        view! {
            {table(cx, &data.rows, &picked.chosen, cx.say("invite-new-title"))}
            <p><button class="button button--quiet" type="submit" name="act" value="all">
                {cx.say("invite-all-found")}
            </button></p>
        }
        .into_any()
    };
    let more = (data.found > data.rows.len()).then(|| {
        let shown = i64::try_from(data.rows.len()).unwrap_or(0);
        view! { <p class="muted">{cx.say_with("invite-found-more", &[("shown", shown.into())])}</p> }
    });
    let count = i64::try_from(data.found).unwrap_or(i64::MAX);
    let problem = picked.problems.0.iter();
    let problem = problem.filter(|one| one.field == "establishments");
    let problem: Vec<_> = problem
        .map(|one| view! { <p class="problem">{cx.words.problem(one)}</p> })
        .collect();
    view! {
        {error_summary(cx, &picked.problems)}
        <h1>{cx.say("invite-new-title")}</h1>
        <p><a href=back>{title}</a></p>
        <form method="post" action=action novalidate=true>
            {filters(cx, data, &picked.filter).into_any()}
            {chosen(cx, data, picked)}
            <p id="establishments" tabindex="-1" role="status">
                {cx.say_with("invite-found", &[("count", count.into())])}" "
                <a class="only-narrow" href="#quota_each">{cx.say("invite-to-quota")}</a>
            </p>
            {problem}
            {more}
            {content}
            {Field::line(cx, &picked.problems, "quota_each", "invite-quota-each", &picked.quota)
                .hint(cx.say("invite-quota-each-hint")).inputmode("numeric").short().view()}
            <div class="form-actions form-actions--stay">
                <button class="button" type="submit" name="act" value="next">{cx.say("invite-next")}</button>
            </div>
        </form>
    }
}

fn filters(cx: &Cx, data: &Invitable, filter: &InviteFilter) -> impl IntoView + use<> {
    let none = Problems::default();
    let any = || vec![(String::new(), cx.say("invite-any"))];
    let mut sectors = any();
    let terms = Sector::ALL.iter().copied();
    sectors.extend(terms.map(|term| (term.code().to_owned(), cx.words.term(term))));
    let mut sites = any();
    let terms = SiteType::ALL.iter().copied();
    sites.extend(terms.map(|term| (term.code().to_owned(), cx.words.term(term))));
    let mut places = any();
    let known = data.localities.iter();
    places.extend(known.map(|(id, name)| (id.to_string(), name.clone())));
    let select = |name, label, chosen: &str, options| {
        Field::line(cx, &none, name, label, chosen)
            .kind(Kind::Select(options))
            .view()
            .into_any()
    };
    let locality = filter.locality.map(|id| id.to_string());
    view! {
        <div class="filters" role="search">
            <div class="field">
                <label for="q">{cx.say("invite-search")}</label>
                <input id="q" name="q" type="search" value=filter.typed.clone() maxlength="100" autocomplete="off" />
            </div>
            {select("sector", "field-sector", filter.sector.map_or("", Coded::code), sectors)}
            {select("site", "field-site", filter.site.map_or("", Coded::code), sites)}
            {select("locality_id", "invite-locality", &locality.unwrap_or_default(), places)}
            <label class="choice">
                <input type="checkbox" name="unreached" value="on" checked=filter.unreached />
                <span>{cx.say("invite-unreached")}</span>
            </label>
            <button class="button button--secondary" type="submit" name="act" value="find">
                {cx.say("invite-find")}
            </button>
        </div>
    }
}

/// What was chosen before and is not among what is found now.
fn chosen(cx: &Cx, data: &Invitable, picked: &Picked) -> Option<AnyView> {
    let hidden: Vec<InvitableRow> = data
        .chosen
        .iter()
        .filter(|row| !data.rows.contains(row))
        .cloned()
        .collect();
    (!hidden.is_empty()).then(|| {
        view! {
            <h2>{cx.say("invite-chosen")}</h2>
            {table(cx, &hidden, &picked.chosen, cx.say("invite-chosen"))}
        }
        .into_any()
    })
}

fn table(cx: &Cx, rows: &[InvitableRow], chosen: &[i64], caption: String) -> AnyView {
    let unknown = || cx.say("unclassified");
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let ticked = chosen.contains(&row.id);
            let sector = row.sector.map_or_else(unknown, |term| cx.words.term(term));
            let site = row.site.map_or_else(unknown, |term| cx.words.term(term));
            let reached = if row.reached {
                cx.say("invite-reached-yes")
            } else {
                cx.say("invite-reached-no")
            };
            view! {
                <tr>
                    <th scope="row">
                        <label class="choice">
                            <input type="checkbox" name="chosen" value=row.id.to_string() checked=ticked />
                            <span>{row.name.clone()}</span>
                        </label>
                    </th>
                    <td data-label=cx.say("field-sector")>{sector}</td>
                    <td data-label=cx.say("field-site")>{site}</td>
                    <td data-label=cx.say("invite-locality")>{row.locality.clone()}</td>
                    <td data-label=cx.say("invite-reached")>{reached}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <table class="table table--cards">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-establishment")}</th>
                    <th scope="col">{cx.say("field-sector")}</th>
                    <th scope="col">{cx.say("field-site")}</th>
                    <th scope="col">{cx.say("invite-locality")}</th>
                    <th scope="col">{cx.say("invite-reached")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
