//! The public library: everything that is for everybody, without a script.

use crate::html::*;
use crate::render::{About, Cx, Fields, Oops, Page};
use crate::ui::page_links;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, MaterialKind, Sector};
use service::{Library, LibraryFilter, LibraryWorkshop, MaterialView};

/// Where it is.
pub(crate) const PATH: &str = "/library";

/// `GET /library`
pub(super) async fn list(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let filter = asked(&Fields::of_query(uri.query()));
    let found = cx.services.library(&filter).await?;
    let title = cx.say("library-title");
    let organizer = cx.organizer.name(cx.lang()).to_owned();
    let page = Page::public(&title).kept().about(About {
        description: cx.say_with("library-description", &[("organizer", organizer.into())]),
        path: PATH.to_owned(),
        data: None,
    });
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &filter, &found))
        .await)
}

fn asked(query: &Fields) -> LibraryFilter {
    LibraryFilter {
        typed: query.text("q").trim().chars().take(100).collect(),
        sector: Sector::from_code(&query.text("sector")),
        kind: MaterialKind::from_code(&query.text("kind")),
        page: query.text("page").parse().unwrap_or(1),
    }
}

/// The address of the library as it is filtered, on a page.
fn address(filter: &LibraryFilter, page: usize) -> String {
    let page = (page > 1).then(|| page.to_string());
    let pairs = [
        ("q", Some(filter.typed.as_str())),
        ("sector", filter.sector.map(Coded::code)),
        ("kind", filter.kind.map(Coded::code)),
        ("page", page.as_deref()),
    ];
    crate::render::address(PATH, &pairs)
}

fn body(cx: &Cx, title: String, filter: &LibraryFilter, found: &Library) -> impl IntoView + use<> {
    let number = i64::try_from(found.found).unwrap_or(i64::MAX);
    let count = (found.found > 0).then(
        || view! { <p class="muted">{cx.say_with("library-found", &[("number", number.into())])}</p> },
    );
    let items: Vec<_> = found
        .rows
        .iter()
        .filter_map(|(material, workshop)| item(cx, material, workshop.as_ref()))
        .collect();
    let list = if items.is_empty() {
        let words = if filter.narrows() {
            "library-not-found"
        } else {
            "library-empty"
        };
        view! { <div class="empty"><p>{cx.say(words)}</p></div> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    let pages = page_links(cx, found.page, found.pages, |page| address(filter, page));
    view! {
        <h1>{title}</h1>
        <p class="lead">{cx.say("library-lead")}</p>
        {form(cx, filter)}
        {count}
        {list}
        {pages}
        <p><a href="/">{cx.say("page-home-link")}</a></p>
    }
}

fn item(cx: &Cx, material: &MaterialView, workshop: Option<&LibraryWorkshop>) -> Option<AnyView> {
    let version = material.standing()?;
    let about = [cx.words.term(*material.row.kind), super::about(cx, version)];
    let of = workshop.map(|workshop| {
        let href = format!("/workshops/{}", workshop.slug);
        view! { <p><a href=href>{workshop.title(cx.lang()).to_owned()}</a></p> }
    });
    let rights = &material.row.rights;
    let rights = (!rights.is_empty()).then(|| view! { <p class="muted">{rights.clone()}</p> });
    let href = format!("{PATH}/{}", material.row.id);
    let shown = view! {
        <li class="list__item">
            <p class="list__date"><time>{cx.words.day(version.uploaded_at)}</time></p>
            <div class="list__body">
                <h2 class="wrap-anywhere"><a href=href download>{material.title(cx.lang()).to_owned()}</a></h2>
                <p class="muted">{about.join(" · ")}</p>
                {of}
                {rights}
            </div>
        </li>
    };
    Some(shown.into_any())
}

/// What a workshop hands to everybody, on its page.
pub(crate) fn of_workshop(cx: &Cx, materials: &[MaterialView]) -> Option<AnyView> {
    let items: Vec<_> = materials
        .iter()
        .filter_map(|material| super::link::item(cx, material, PATH))
        .collect();
    if items.is_empty() {
        return None;
    }
    let shown = view! {
        <h2>{cx.say("materials-title")}</h2>
        <ul class="list">{items}</ul>
        <p><a href=PATH>{cx.say("library-link")}</a></p>
    };
    Some(shown.into_any())
}

fn form(cx: &Cx, filter: &LibraryFilter) -> impl IntoView + use<> {
    let clear = filter
        .narrows()
        .then(|| view! { <a class="button button--quiet" href=PATH>{cx.say("list-clear")}</a> });
    view! {
        <form method="get" action=PATH class="filters" role="search">
            <div class="field">
                <label for="q">{cx.say("library-search")}</label>
                <input id="q" name="q" type="search" value=filter.typed.clone() maxlength="100" />
            </div>
            {choice(cx, "sector", "field-sector", "list-any-sector", filter.sector)}
            {choice(cx, "kind", "field-material_kind", "library-any-kind", filter.kind)}
            <button class="button button--secondary" type="submit">{cx.say("list-find")}</button>
            {clear}
        </form>
    }
}

fn choice<T: Coded + PartialEq>(
    cx: &Cx,
    name: &'static str,
    label: &str,
    any: &str,
    chosen: Option<T>,
) -> AnyView {
    let options: Vec<_> = T::ALL
        .iter()
        .copied()
        .map(|term| {
            let selected = chosen == Some(term);
            view! { <option value=term.code() selected=selected>{cx.words.term(term)}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name>{cx.say(label)}</label>
            <select id=name name=name>
                <option value="">{cx.say(any)}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}
