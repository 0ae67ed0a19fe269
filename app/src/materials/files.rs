//! The files of a workshop as staff see them.

use super::address;
use crate::render::Cx;
use crate::ui::{badge, tone};
use leptos::prelude::*;
use service::MaterialsBoard;
use service::entity::material;

/// Type and size: "PDF, 1,5 MB".
pub(super) fn about(cx: &Cx, file: &material::Model) -> String {
    let kind = cx.words.term(*file.kind);
    format!("{kind}, {}", cx.words.size(file.size))
}

/// The list of files, withdrawn ones last in sight but still there.
pub(super) fn list(cx: &Cx, board: &MaterialsBoard) -> AnyView {
    if board.files.is_empty() {
        return view! { <div class="empty"><p>{cx.say("materials-empty")}</p></div> }.into_any();
    }
    let rows: Vec<_> = board
        .files
        .iter()
        .map(|(file, who)| row(cx, board, file, who))
        .collect();
    view! {
        <table class="table table--cards">
            <caption class="visually-hidden">{cx.say("materials-title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{cx.say("materials-file")}</th>
                    <th scope="col">{cx.say("materials-kind")}</th>
                    <th scope="col" class="num">{cx.say("materials-size")}</th>
                    <th scope="col">{cx.say("materials-who")}</th>
                    <th scope="col">{cx.say("materials-when")}</th>
                    <th scope="col"><span class="visually-hidden">{cx.say("materials-act")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(
    cx: &Cx,
    board: &MaterialsBoard,
    file: &material::Model,
    who: &str,
) -> impl IntoView + use<> {
    let href = format!("{}/{}", address(&board.workshop.row.slug), file.id);
    let gone = file
        .withdrawn_at
        .map(|_| view! { " " {badge(tone::NEUTRAL, cx.say("materials-withdrawn"))} });
    let act = act(cx, &href, file, board.mailed > 0);
    view! {
        <tr>
            <th scope="row" class="wrap-anywhere"><a href=href download>{file.file_name.clone()}</a> {gone}</th>
            <td data-label=cx.say("materials-kind")>{cx.words.term(*file.kind)}</td>
            <td data-label=cx.say("materials-size") class="num">{cx.words.size(file.size)}</td>
            <td data-label=cx.say("materials-who")>{who.to_owned()}</td>
            <td data-label=cx.say("materials-when")><time>{cx.words.stamp(file.uploaded_at)}</time></td>
            <td>{act}</td>
        </tr>
    }
}

/// Withdrawing is asked about once people were written to; before that it is
/// as easily undone as done.
fn act(cx: &Cx, href: &str, file: &material::Model, mailed: bool) -> AnyView {
    let of = view! { <span class="visually-hidden">" " {file.file_name.clone()}</span> };
    let (act, words, class) = if file.withdrawn_at.is_some() {
        ("restore", "materials-restore", "button button--quiet")
    } else {
        (
            "withdraw",
            "materials-withdraw",
            "button button--quiet button--danger",
        )
    };
    let (href, words) = (format!("{href}/{act}"), cx.say(words));
    if mailed && file.withdrawn_at.is_none() {
        return view! { <a class=class href=href>{words} {of}</a> }.into_any();
    }
    let id = format!("{act}-{}", file.id);
    view! {
        <form id=id.clone() method="post" action=href></form>
        <button class=class type="submit" form=id>{words} {of}</button>
    }
    .into_any()
}
