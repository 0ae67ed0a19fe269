//! What views are made with: all of leptos, with one macro in place of its own.

/// As leptos' own `view!`, with the type of the view erased: else a page is one
/// type of thousands of parts, and the compiler takes a quarter of an hour for
/// them all.
macro_rules! erased {
    ($($tokens:tt)*) => {
        ::leptos::prelude::IntoAny::into_any(::leptos::prelude::view! { $($tokens)* })
    };
}

pub(crate) use erased as view;
pub(crate) use leptos::prelude::*;
