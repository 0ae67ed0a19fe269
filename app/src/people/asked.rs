//! What of the list is asked for. What is typed is a name, so it travels in
//! bodies, never in addresses; the rest stands in the address.

use super::address;
use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::hidden;
use axum::http::Uri;
use domain::{Coded, ContactFilter, PeopleFilter};
use service::PeopleQuery;

/// The people asked for, and which page of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) query: PeopleQuery,
    pub(super) page: u64,
}

impl Asked {
    /// What a form sent; what it did not send stands in the address.
    pub(super) fn of(uri: &Uri, fields: &Fields) -> Self {
        let address = Fields::of_query(uri.query());
        let text = |name: &str| {
            let sent = fields.all(name).next();
            sent.map_or_else(|| address.text(name), str::to_owned)
        };
        Self {
            query: PeopleQuery {
                typed: fields.text("q").trim().to_owned(),
                part: PeopleFilter::from_code(&text("state")),
                role: Coded::from_code(&text("role")),
                source: Coded::from_code(&text("source")),
                consent_pending: text("consent") == "pending",
                contact: ContactFilter::from_code(&text("contact")),
            },
            page: text("page").parse().unwrap_or(1),
        }
    }

    fn pairs(&self) -> Vec<(&'static str, &'static str)> {
        let query = &self.query;
        let pairs = [
            ("state", query.part.map(Coded::code)),
            ("role", query.role.map(Coded::code)),
            ("source", query.source.map(Coded::code)),
            ("contact", query.contact.map(Coded::code)),
            ("consent", query.consent_pending.then_some("pending")),
        ];
        let pairs = pairs.into_iter();
        pairs
            .filter_map(|(name, code)| Some((name, code?)))
            .collect()
    }

    /// The address, without what was typed.
    pub(super) fn href(&self, slug: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        if self.page > 1 {
            query.append_pair("page", &self.page.to_string());
        }
        let query = query.finish();
        if query.is_empty() {
            address(slug)
        } else {
            format!("{}?{query}", address(slug))
        }
    }

    /// Everything as fields that go along unseen.
    pub(super) fn hidden(&self) -> impl IntoView + use<> {
        let fields: Vec<_> = self
            .pairs()
            .into_iter()
            .map(|(name, code)| hidden(name, code))
            .collect();
        view! { {hidden("q", &self.query.typed)} {fields} }
    }

    /// A part or a page of the list: a link, or, where something was typed, a
    /// button that takes it along.
    pub(super) fn go(&self, slug: &str, words: String, current: bool) -> AnyView {
        let href = self.href(slug);
        let here = current.then_some("page");
        if self.query.typed.is_empty() {
            view! { <li><a href=href aria-current=here>{words}</a></li> }.into_any()
        } else {
            view! {
                <li><button type="submit" formaction=href aria-current=here>{words}</button></li>
            }
            .into_any()
        }
    }

    /// Around what [`Asked::go`] made.
    pub(super) fn nav(&self, label: String, links: Vec<AnyView>) -> AnyView {
        if self.query.typed.is_empty() {
            return view! { <nav class="pagination" aria-label=label><ul>{links}</ul></nav> }
                .into_any();
        }
        let typed = hidden("q", &self.query.typed);
        view! {
            <nav class="pagination" aria-label=label>
                <form method="post">{typed}<ul>{links}</ul></form>
            </nav>
        }
        .into_any()
    }
}

/// A choice among terms, with nothing chosen first.
pub(super) fn choice<T: Coded>(
    cx: &Cx,
    name: &'static str,
    label: String,
    any: String,
    chosen: Option<T>,
) -> impl IntoView + use<T> {
    let chosen = chosen.map(Coded::code);
    let options: Vec<_> = T::ALL
        .iter()
        .map(|term| {
            let (code, words) = (term.code(), cx.words.term(*term));
            view! { <option value=code selected=chosen == Some(code)>{words}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name><option value="">{any}</option>{options}</select>
        </div>
    }
}
