//! One stylesheet, made small and pointing to hashed names.

use std::collections::BTreeMap;

use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::error::Error;
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use crate::failure::Failure;

/// The oldest browsers that stylesheets are translated for, all of 2022. Nesting is younger
/// and is written out.
const BROWSERS: Browsers = Browsers {
    android: Some(105 << 16),
    chrome: Some(105 << 16),
    edge: Some(105 << 16),
    firefox: Some(110 << 16),
    ie: None,
    ios_saf: Some(16 << 16),
    opera: Some(91 << 16),
    safari: Some(16 << 16),
    samsung: Some(20 << 16),
};

/// `source` without what browsers do not need, its `url()`s replaced by those in `names`.
///
/// `path` is the place of the stylesheet below `style/`; a `url()` may be relative to that
/// folder or, as in plain CSS, to the stylesheet's own. Absolute ones and `data:` stay.
///
/// # Errors
/// Each names the file and, where known, the line: invalid CSS, `@import`, a `url()` that leads
/// to nothing in `names`, a relative `url()` in a custom property.
pub(crate) fn small(
    path: &str,
    source: &str,
    names: &BTreeMap<String, String>,
) -> Result<String, Failure> {
    let targets = Targets::from(BROWSERS);
    let options = ParserOptions {
        filename: path.to_owned(),
        ..ParserOptions::default()
    };
    let mut sheet = StyleSheet::parse(source, options).map_err(|error| located(path, &error))?;
    sheet
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(|error| located(path, &error))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: true,
            targets,
            analyze_dependencies: Some(DependencyOptions::default()),
            ..PrinterOptions::default()
        })
        .map_err(|error| located(path, &error))?;

    // The printer put a placeholder where each url() was.
    let mut css = printed.code;
    for dependency in printed.dependencies.unwrap_or_default() {
        match dependency {
            Dependency::Import(import) => {
                return Err(Failure::new(format!(
                    "style/{path}, line {}: instead of @import, list the file in public.txt or staff.txt",
                    import.loc.start.line
                )));
            }
            Dependency::Url(url) => {
                let target = target(path, &url.url, names).ok_or_else(|| {
                    Failure::new(format!(
                        "style/{path}, line {}: url({}) is neither a font in style/fonts (woff2) nor a file in style/static",
                        url.loc.start.line, url.url
                    ))
                })?;
                css = css.replace(
                    &format!("url(\"{}\")", url.placeholder),
                    &format!("url(\"{}\")", escaped(&target)),
                );
            }
        }
    }
    Ok(css)
}

/// Where a `url()` shall lead: unchanged when it does not speak of a file of ours.
fn target(path: &str, url: &str, names: &BTreeMap<String, String>) -> Option<String> {
    let has_scheme = url
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|start| start.contains(':'));
    if has_scheme || url.starts_with(['/', '#']) {
        return Some(url.to_owned());
    }
    // A fragment, as in icons.svg#tick, follows the name.
    let (file, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = [plain(file), plain(&format!("{folder}/{file}"))]
        .into_iter()
        .flatten()
        .find_map(|path| names.get(&path))?;
    Some(format!("{name}{rest}"))
}

/// `path` without `.` and `..`; nothing when it climbs out.
fn plain(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn escaped(url: &str) -> String {
    url.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\a ")
}

fn located<E: std::fmt::Display>(path: &str, error: &Error<E>) -> Failure {
    let line = error
        .loc
        .as_ref()
        .map(|loc| format!(", line {}", loc.line + 1));
    Failure::new(format!(
        "style/{path}{}: {}",
        line.unwrap_or_default(),
        error.kind
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn try_small(path: &str, source: &str) -> Result<String, String> {
        let names = [("fonts/A.woff2", "A.1.woff2"), ("static/i.svg", "i.2.svg")];
        let names = names.map(|(from, to)| (from.to_owned(), to.to_owned()));
        small(path, source, &BTreeMap::from(names)).map_err(|failure| failure.to_string())
    }

    #[test]
    fn urls_become_hashed_names_however_they_are_written() {
        for url in [
            "url(\"fonts/A.woff2\")",
            "url('./fonts/A.woff2')",
            "url(../fonts/A.woff2)",
        ] {
            let css = format!("@font-face {{ font-family: A; src: {url} format(\"woff2\") }}");
            let small = try_small("parts/font.css", &css).unwrap();
            assert!(small.contains("url(\"A.1.woff2\")"), "{url}: {small}");
        }
        let twice = ".a { mask: url(static/i.svg#x) } .b { background: url(static/i.svg) }";
        let small = try_small("a.css", twice).unwrap();
        assert!(small.contains("url(\"i.2.svg#x\")"), "{small}");
        assert!(small.contains("url(\"i.2.svg\")"), "{small}");
    }

    #[test]
    fn urls_elsewhere_and_text_that_looks_like_one_stay() {
        let css = ".a { background: url(data:image/png;base64,AAAA), url(/x.png), url(https://x.vn/y.png) }
                   .b::before { content: 'url(fonts/A.woff2)' } /* url(gone.png) */ .c { filter: url(#f) }";
        let small = try_small("a.css", css).unwrap();
        for kept in [
            "data:image/png;base64,AAAA",
            "/x.png",
            "https://x.vn/y.png",
            "#f",
        ] {
            assert!(
                small.contains(&format!("url(\"{kept}\")")),
                "{kept}: {small}"
            );
        }
        assert!(small.contains("\"url(fonts/A.woff2)\""), "{small}");
    }

    #[test]
    fn a_data_url_with_quotes_survives() {
        let url = r#"data:image/svg+xml,<svg xmlns='x'><path d="M0 0"/></svg>"#;
        let small = try_small(
            "a.css",
            &format!(".a {{ background: url('{}') }}", url.replace('\'', "\\'")),
        )
        .unwrap();
        assert!(small.contains(&url.replace('"', "\\\"")), "{small}");
    }

    #[test]
    fn mistakes_name_their_file_and_line() {
        let failure =
            try_small("parts/a.css", "a{}\n.b { background: url(gone.png) }").unwrap_err();
        assert!(
            failure.starts_with("style/parts/a.css, line 2: url(gone.png) is neither"),
            "{failure}"
        );
        let failure = try_small("parts/a.css", "a{}\n\n.b { color: } }").unwrap_err();
        assert!(
            failure.starts_with("style/parts/a.css, line 3: "),
            "{failure}"
        );
        let failure = try_small("a.css", "@import \"b.css\";").unwrap_err();
        assert!(
            failure.starts_with("style/a.css, line 1: instead of @import"),
            "{failure}"
        );
        assert!(try_small("a.css", ".a { background: url(../../etc/passwd) }").is_err());
    }

    #[test]
    fn nesting_is_written_out() {
        assert_eq!(
            try_small("a.css", ".a { &:hover { color: red } }").unwrap(),
            ".a:hover{color:red}"
        );
    }
}
