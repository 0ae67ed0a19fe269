//! The public library: what is for everybody, found by words, sector and kind.

use super::{MaterialView, find_views};
use crate::entity::{Code, material, material_version, workshop};
use crate::{Failure, Services};
use domain::{
    Fit, Lang, MaterialKind, MaterialVisibility, Sector, Sought, Viewer, WorkshopState, split_codes,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Materials on one page.
const LISTED: usize = 20;

/// What the public looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryFilter {
    /// Words in titles, names of files and titles of workshops.
    pub typed: String,
    /// For this sector, or for all.
    pub sector: Option<Sector>,
    /// Of this kind.
    pub kind: Option<MaterialKind>,
    /// The page, from 1; what lies beyond the last shows the last.
    pub page: usize,
}

impl LibraryFilter {
    /// Whether it leaves anything out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        self.sector.is_some() || self.kind.is_some() || !Sought::new(&self.typed).is_empty()
    }
}

/// One page of what was found.
#[derive(Clone, Debug)]
pub struct Library {
    /// The materials, the latest first; among what was looked for, exact
    /// accents first. Each with its workshop's address and titles, if it is of
    /// one.
    pub rows: Vec<(MaterialView, Option<LibraryWorkshop>)>,
    /// How many were found in all.
    pub found: usize,
    /// The page that is shown, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
}

/// The workshop of a public material.
#[derive(Clone, Debug)]
pub struct LibraryWorkshop {
    /// Its address.
    pub slug: String,
    title_vi: String,
    title_en: String,
}

impl LibraryWorkshop {
    /// Its title in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        lang.choose(&self.title_vi, &self.title_en)
    }
}

impl Services {
    /// What is for everybody and due, of public workshops and of the whole
    /// programme.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn library(&self, filter: &LibraryFilter) -> Result<Library, Failure> {
        let all = self.public_materials(Condition::all()).await?;
        let typed = Sought::new(&filter.typed);
        let mut found: Vec<(Fit, _)> = all
            .into_iter()
            .filter(|(view, _)| filter.kind.is_none_or(|kind| kind == *view.row.kind))
            .filter(|(view, _)| filter.sector.is_none_or(|sector| is_for(view, sector)))
            .filter_map(|one| Some((typed.fit(&said(&one))?, one)))
            .collect();
        found.sort_by_key(|(fit, (view, _))| (*fit, Reverse(view.row.id)));
        let pages = found.len().div_ceil(LISTED).max(1);
        let page = filter.page.clamp(1, pages);
        Ok(Library {
            found: found.len(),
            rows: found
                .into_iter()
                .map(|(_, one)| one)
                .skip((page - 1) * LISTED)
                .take(LISTED)
                .collect(),
            page,
            pages,
        })
    }

    /// The public materials of a workshop.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn public_materials_of(
        &self,
        workshop_id: i64,
    ) -> Result<Vec<MaterialView>, Failure> {
        let of = Condition::all().add(material::Column::WorkshopId.eq(workshop_id));
        let found = self.public_materials(of).await?;
        Ok(found.into_iter().map(|(view, _)| view).collect())
    }

    /// The version of a public material that everybody gets.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn public_material(&self, id: i64) -> Result<material_version::Model, Failure> {
        let one = Condition::all().add(material::Column::Id.eq(id));
        let found = self.public_materials(one).await?;
        let found = found.into_iter().next();
        found
            .and_then(|(view, _)| view.standing().cloned())
            .ok_or(Failure::NotFound)
    }

    async fn public_materials(
        &self,
        which: Condition,
    ) -> Result<Vec<(MaterialView, Option<LibraryWorkshop>)>, Failure> {
        let now = self.clock.now();
        let find = material::Entity::find()
            .filter(material::Column::Visibility.eq(Code(MaterialVisibility::Public)))
            .filter(material::Column::WithdrawnAt.is_null())
            .filter(which);
        let mut views = find_views(self.db.read(), find).await?;
        views.retain(|view| view.seen_by(Viewer::Anybody, now).is_some());
        let ids = views.iter().filter_map(|view| view.row.workshop_id);
        let workshops: HashMap<i64, LibraryWorkshop> = workshop::Entity::find()
            .select_only()
            .columns([
                workshop::Column::Id,
                workshop::Column::Slug,
                workshop::Column::TitleVi,
                workshop::Column::TitleEn,
            ])
            .filter(workshop::Column::Id.is_in(ids))
            .filter(workshop::Column::State.ne(Code(WorkshopState::Draft)))
            .filter(workshop::Column::PublishedAt.is_not_null())
            .into_tuple::<(i64, String, String, String)>()
            .all(self.db.read())
            .await?
            .into_iter()
            .map(|(id, slug, title_vi, title_en)| {
                let workshop = LibraryWorkshop {
                    slug,
                    title_vi,
                    title_en,
                };
                (id, workshop)
            })
            .collect();
        // What is of a draft is not public yet.
        Ok(views
            .into_iter()
            .filter_map(|view| match view.row.workshop_id {
                None => Some((view, None)),
                Some(id) => workshops
                    .get(&id)
                    .map(|workshop| (view, Some(workshop.clone()))),
            })
            .collect())
    }
}

/// Whether a material is for a sector: a list of none is for all.
fn is_for(view: &MaterialView, sector: Sector) -> bool {
    let sectors: Vec<Sector> = split_codes(&view.row.sectors);
    sectors.is_empty() || sectors.contains(&sector)
}

/// What is looked through.
fn said((view, workshop): &(MaterialView, Option<LibraryWorkshop>)) -> String {
    let file = view.standing().map_or("", |version| &version.file_name);
    let of = workshop.as_ref();
    let of = of.map_or_else(String::new, |of| format!("{} {}", of.title_vi, of.title_en));
    format!("{} {} {file} {of}", view.row.title_vi, view.row.title_en)
}
