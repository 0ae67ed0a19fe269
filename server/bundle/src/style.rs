//! The folder `style/`: two lists of stylesheets, fonts and pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::assets::Asset;
use crate::css;
use crate::disk;
use crate::failure::{Explain, Failure};
use crate::name;

/// What the manifest says of stylesheets, fonts and pictures.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Names {
    /// The one stylesheet of public pages.
    pub(crate) public_css: String,
    /// The one stylesheet of staff pages.
    pub(crate) staff_css: String,
    /// Fonts and pictures: path below `style/` to name below the assets folder.
    pub(crate) files: BTreeMap<String, String>,
}

/// Everything in `style/`, by path below it.
#[derive(Debug)]
pub(crate) struct Style {
    files: BTreeMap<String, Vec<u8>>,
}

impl Style {
    /// Reads the whole folder, except hidden files.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
        let files = disk::list(folder)?
            .into_iter()
            .filter(|path| !hidden(path))
            .map(|path| disk::read(&folder.join(&path)).map(|content| (path, content)))
            .collect::<Result<_, _>>()?;
        Ok(Self { files })
    }

    /// Changes whenever any file in the folder does.
    pub(crate) fn hash(&self) -> String {
        let parts = self.files.iter();
        name::hash(parts.flat_map(|(path, content)| [path.as_bytes(), content.as_slice()]))
    }

    /// The stylesheets that neither list names.
    pub(crate) fn unlisted(&self) -> Result<Vec<&str>, Failure> {
        let listed: BTreeSet<_> = self
            .listed("public.txt")?
            .into_iter()
            .chain(self.listed("staff.txt")?)
            .collect();
        let paths = self.files.keys().map(String::as_str);
        Ok(paths
            .filter(|path| path.ends_with(".css") && !listed.contains(path))
            .collect())
    }

    /// Both stylesheets, each joined from its list in the order of the list, and under hashed
    /// names `fonts/*.woff2` and everything in `static/`.
    ///
    /// # Errors
    /// When a list is missing or names a file that is not there, when a stylesheet is not valid
    /// CSS, and when it refers to a file that is neither a font nor in `static/`.
    pub(crate) fn build(&self) -> Result<(Names, Vec<Asset>), Failure> {
        let published = |path: &str| {
            path.starts_with("static/") || (path.starts_with("fonts/") && path.ends_with(".woff2"))
        };
        let mut names = BTreeMap::new();
        let mut assets = Vec::new();
        for (path, content) in self.files.iter().filter(|(path, _)| published(path)) {
            let hashed = name::hashed(path, content);
            names.insert(path.clone(), hashed.clone());
            assets.push(Asset::new(hashed, content.clone()));
        }
        let mut sheet = |list: &str, file: &str| {
            let css = self.sheet(list, &names)?;
            let hashed = name::hashed(file, css.as_bytes());
            assets.push(Asset::new(hashed.clone(), css.into_bytes()));
            Ok(hashed)
        };
        let public_css = sheet("public.txt", "public.css")?;
        let staff_css = sheet("staff.txt", "staff.css")?;
        Ok((
            Names {
                public_css,
                staff_css,
                files: names,
            },
            assets,
        ))
    }

    fn sheet(&self, list: &str, names: &BTreeMap<String, String>) -> Result<String, Failure> {
        let mut joined = String::new();
        for path in self.listed(list)? {
            let source = self.text(path)?.ok_or_else(|| {
                Failure::new(format!(
                    "style/{list} lists {path}, but there is no style/{path}"
                ))
            })?;
            joined.push_str(&css::small(path, source, names)?);
        }
        Ok(joined)
    }

    /// The paths in a list: one a line; blank lines and lines that begin with `#` do not count.
    fn listed(&self, list: &str) -> Result<Vec<&str>, Failure> {
        let text = self.text(list)?.ok_or_else(|| {
            Failure::new(format!(
                "there is no style/{list}: it lists stylesheets in their order, one path a line"
            ))
        })?;
        Ok(text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .collect())
    }

    fn text(&self, path: &str) -> Result<Option<&str>, Failure> {
        let text = self.files.get(path).map(|content| str::from_utf8(content));
        text.transpose()
            .explain(|| format!("style/{path} is not UTF-8 text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::tests::Temp;

    fn temp(files: &[(&str, &str)]) -> Temp {
        Temp::new()
            .with(&[
                ("public.txt", "# everyone\ntokens.css\n\n parts/form.css \n"),
                ("staff.txt", "tokens.css\r\nparts/table.css\r\n"),
                ("tokens.css", ":root { --gap: 1rem }"),
                ("parts/form.css", "form { gap: var(--gap) }"),
                ("parts/table.css", "table { width: 100% }"),
            ])
            .with(files)
    }

    fn build(files: &[(&str, &str)]) -> Result<(Names, Vec<Asset>), Failure> {
        Style::read(temp(files).path()).unwrap().build()
    }

    fn content<'a>(assets: &'a [Asset], name: &str) -> &'a str {
        let asset = assets.iter().find(|asset| asset.name == name).unwrap();
        str::from_utf8(&asset.content).unwrap()
    }

    #[test]
    fn joins_the_lists_in_order() {
        let (names, assets) = build(&[]).unwrap();
        let public = content(&assets, &names.public_css);
        assert_eq!(public, ":root{--gap:1rem}form{gap:var(--gap)}");
        assert_eq!(
            names.public_css,
            name::hashed("public.css", public.as_bytes())
        );
        assert_eq!(
            content(&assets, &names.staff_css),
            ":root{--gap:1rem}table{width:100%}"
        );
    }

    #[test]
    fn publishes_fonts_and_static_files_only() {
        let (names, assets) = build(&[
            ("fonts/A.woff2", "abc"),
            ("fonts/OFL.txt", "licence"),
            ("static/icons/favicon.svg", "abc"),
            ("static/.DS_Store", ""),
            ("notes.md", ""),
        ])
        .unwrap();
        assert_eq!(
            names.files,
            BTreeMap::from([
                ("fonts/A.woff2".to_owned(), "A.ba7816bf8f.woff2".to_owned()),
                (
                    "static/icons/favicon.svg".to_owned(),
                    "favicon.ba7816bf8f.svg".to_owned()
                ),
            ])
        );
        assert_eq!(assets.len(), 4);
    }

    #[test]
    fn a_listed_file_that_is_missing_is_named_with_its_list() {
        let failure = build(&[("staff.txt", "tokens.css\nparts/gone.css")]).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "style/staff.txt lists parts/gone.css, but there is no style/parts/gone.css"
        );
    }

    #[test]
    fn a_missing_list_is_explained() {
        let temp = temp(&[]);
        std::fs::remove_file(temp.path().join("public.txt")).unwrap();
        let failure = Style::read(temp.path())
            .unwrap()
            .build()
            .unwrap_err()
            .to_string();
        assert!(
            failure.starts_with("there is no style/public.txt"),
            "{failure}"
        );
    }

    #[test]
    fn a_forgotten_stylesheet_is_noticed() {
        let temp = temp(&[("parts/new.css", "")]);
        assert_eq!(
            Style::read(temp.path()).unwrap().unlisted().unwrap(),
            ["parts/new.css"]
        );
    }

    #[test]
    fn the_hash_sees_content_and_names() {
        let hash = |files: &[(&str, &str)]| Style::read(temp(files).path()).unwrap().hash();
        assert_eq!(hash(&[]), hash(&[]));
        assert_ne!(hash(&[]), hash(&[("tokens.css", "")]));
        assert_ne!(hash(&[("a.css", "")]), hash(&[("b.css", "")]));
    }
}
