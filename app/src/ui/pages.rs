//! The pages of a long list.

use crate::html::*;
use crate::render::Cx;

/// All pages by number, when there is more than one; `address` says where each
/// is.
pub(crate) fn page_links(
    cx: &Cx,
    current: usize,
    pages: usize,
    address: impl Fn(usize) -> String,
) -> Option<AnyView> {
    if pages < 2 {
        return None;
    }
    let links: Vec<_> = (1..=pages)
        .map(|page| {
            let here = (page == current).then_some("page");
            let said = cx.say_with(
                "list-page",
                &[("number", i64::try_from(page).unwrap_or(i64::MAX).into())],
            );
            view! { <li><a href=address(page) aria-current=here aria-label=said>{page.to_string()}</a></li> }
        })
        .collect();
    Some(
        view! { <nav class="pagination" aria-label=cx.say("list-pages")><ul>{links}</ul></nav> }
            .into_any(),
    )
}
