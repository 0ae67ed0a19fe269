//! The frame around every page.

use crate::html::*;
use crate::render::{About, Again, Cx, Page};
use crate::ui::hidden;
use domain::{AccountRole, Coded, Lang};
use leptos::config::LeptosOptions;
use service::Actor;

/// The whole document around a page's body.
pub(crate) fn frame(cx: &Cx, page: &Page, body: AnyView) -> impl IntoView + use<> {
    let css = if page.staff {
        &cx.assets.staff_css
    } else {
        &cx.assets.public_css
    };
    let css = format!("/assets/{css}");
    let favicon = cx
        .assets
        .favicon
        .as_ref()
        .map(|name| format!("/assets/{name}"));
    let title = format!("{} – {}", page.title, cx.say("site-name"));
    let scripts = page
        .islands
        .then(|| cx.assets.client.clone())
        .flatten()
        .map(|client| {
            let options = LeptosOptions::builder()
                .output_name(client)
                .site_pkg_dir("assets")
                .build();
            view! { <HydrationScripts options islands=true /> }
        });
    view! {
        <!DOCTYPE html>
        <html lang=cx.lang().code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                {page.about.as_ref().map(|about| described(cx, &page.title, about))}
                <link rel="stylesheet" href=css />
                {favicon.map(|href| view! { <link rel="icon" href=href /> })}
                {page.manifest.as_ref().map(|href| installed(cx, href))}
                {scripts}
            </head>
            <body>
                <a class="skip-link" href="#main">{cx.say("skip-to-content")}</a>
                {cx.demo.then(|| view! { <p class="demo-banner">{cx.say("demo-banner")}</p> })}
                {header(cx, page.again.as_ref())}
                <main id="main" class=page.class>{body}</main>
                {footer(cx)}
            </body>
        </html>
    }
}

/// What search engines and messengers show of a page. A data block is no
/// script: browsers run nothing of it.
fn described(cx: &Cx, title: &str, about: &About) -> impl IntoView + use<> {
    let base = cx.services.public_url().as_str().trim_end_matches('/');
    let address = format!("{base}{}", about.path);
    let locale = match cx.lang() {
        Lang::Vi => "vi_VN",
        Lang::En => "en_GB",
    };
    // No `<` that could end the block.
    let data = about
        .data
        .as_ref()
        .map(|data| data.to_string().replace('<', "\\u003c"));
    view! {
        <meta name="description" content=about.description.clone() />
        <link rel="canonical" href=address.clone() />
        {property("og:type", "website".to_owned())}
        {property("og:title", title.to_owned())}
        {property("og:description", about.description.clone())}
        {property("og:url", address)}
        {property("og:site_name", cx.organizer.name(cx.lang()).to_owned())}
        {property("og:locale", locale.to_owned())}
        {data.map(|data| view! { <script type="application/ld+json" inner_html=data></script> })}
    }
}

/// What puts a page on a phone. Its manifest is for those who may see the page.
fn installed(cx: &Cx, manifest: &str) -> impl IntoView + use<> {
    let icon = cx.assets.icons.first();
    let icon = icon.map(|(_, name)| format!("/assets/{name}"));
    view! {
        <link rel="manifest" href=manifest.to_owned() crossorigin="use-credentials" />
        {icon.map(|href| view! { <link rel="apple-touch-icon" href=href /> })}
    }
}

/// A value of Open Graph.
fn property(name: &'static str, content: String) -> impl IntoView {
    leptos::html::meta().attr("property", name).content(content)
}

fn header(cx: &Cx, again: Option<&Again>) -> impl IntoView + use<> {
    let links: Vec<_> = nav(cx.role().filter(|_| is_account(cx)))
        .iter()
        .map(|(href, key)| {
            let here = cx.path == *href || cx.path.starts_with(&format!("{href}/"));
            let current = here.then_some("page");
            view! { <li><a href=*href aria-current=current>{cx.say(key)}</a></li> }
        })
        .collect();
    let nav = (!links.is_empty()).then(|| {
        view! { <nav class="site-nav" aria-label=cx.say("nav-label")><ul>{links}</ul></nav> }
    });
    let signed_in = is_account(cx).then(|| {
        view! {
            <form method="post" action="/sign-out">
                <button class="button button--quiet" type="submit">{cx.say("sign-out")}</button>
            </form>
        }
    });
    view! {
        <header class="site-header">
            <a class="site-header__name" href="/">{cx.organizer.name(cx.lang()).to_owned()}</a>
            {nav}
            <div class="site-header__tools">
                {language(cx, again)}
                {signed_in}
            </div>
        </header>
    }
}

/// The way to the same page in the other language, with what was typed where
/// the page answers a form.
fn language(cx: &Cx, again: Option<&Again>) -> impl IntoView + use<> {
    let other = if cx.lang() == Lang::Vi {
        Lang::En
    } else {
        Lang::Vi
    };
    let (code, name) = (other.code(), cx.words.term(other));
    let Some(again) = again else {
        let mark = if cx.query.is_empty() { "" } else { "&" };
        let address = format!("{}?{}{mark}lang={code}", cx.path, cx.query);
        return view! { <a href=address lang=code hreflang=code>{name}</a> };
    };
    let action = format!("{}?lang={code}", again.action);
    let fields = again.fields.iter();
    let fields = fields.map(|(name, value)| hidden(name, value));
    let fields: Vec<_> = fields.collect();
    view! {
        <form method="post" action=action>
            {fields}
            <button class="button button--quiet" type="submit" lang=code>{name}</button>
        </form>
    }
}

/// A device at a door has a role, but neither other pages nor a session to end.
fn is_account(cx: &Cx) -> bool {
    matches!(cx.actor, Actor::Account { .. })
}

/// What a role finds in the header.
fn nav(role: Option<AccountRole>) -> &'static [(&'static str, &'static str)] {
    match role {
        None => &[],
        Some(AccountRole::Organizer) => &[
            ("/programme", "nav-programme"),
            ("/manage/workshops", "nav-workshops"),
            (crate::planning::PATH, "nav-calendar"),
            ("/door", "nav-door"),
            ("/mail", "nav-mail"),
        ],
        Some(AccountRole::Trainer) => &[("/trainer", "nav-trainer")],
        Some(AccountRole::Door) => &[("/door", "nav-door")],
        Some(AccountRole::Director) => &[("/programme", "nav-programme")],
    }
}

fn footer(cx: &Cx) -> impl IntoView + use<> {
    let office = &cx.organizer;
    let lines = [&office.address, &office.phone, &office.email];
    let lines: Vec<String> = lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .cloned()
        .collect();
    let sign_in = cx
        .role()
        .is_none()
        .then(|| view! { <li><a href="/sign-in">{cx.say("sign-in-link")}</a></li> });
    let has_calendar = matches!(
        cx.role(),
        Some(AccountRole::Organizer | AccountRole::Trainer)
    );
    let calendar = has_calendar
        .then(|| view! { <li><a href=crate::calendar::PATH>{cx.say("calendar-title")}</a></li> });
    view! {
        <footer class="site-footer">
            <p>{lines.join(" · ")}</p>
            <ul>
                {calendar}
                <li><a href="/privacy">{cx.say("privacy-link")}</a></li>
                {sign_in}
            </ul>
        </footer>
    }
}
