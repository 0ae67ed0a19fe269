//! From which establishments the people of a file come: known by their names
//! and tax codes, or new.

use super::known::{AT_ONCE, chunks};
use crate::Failure;
use crate::entity::establishment;
use domain::{ImportedPerson, TaxCode, fold_establishment};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeSet, HashMap};

/// An establishment that a row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Place {
    /// One that is known, by its key.
    Known(i64),
    /// One that is new, by its number.
    New(usize),
}

impl Place {
    /// A key by which establishments differ; none that is new has that of a
    /// known one.
    pub(super) fn key(self) -> i64 {
        match self {
            Self::Known(id) => id,
            Self::New(number) => -1 - i64::try_from(number).unwrap_or(i64::MAX - 1),
        }
    }
}

/// An establishment that stands for itself, with the tax codes that lead to it.
struct Firm {
    id: i64,
    codes: BTreeSet<String>,
}

/// One that is to be made.
pub(super) struct NewPlace {
    /// The key of its name.
    pub(super) name_key: String,
    pub(super) tax_code: Option<String>,
}

/// What is known of the establishments of a file.
#[derive(Default)]
pub(super) struct Places {
    known: HashMap<String, Vec<Firm>>,
    /// Those to be made, by their numbers.
    pub(super) new: Vec<NewPlace>,
    /// The tax codes that known ones had not, and have by the file.
    pub(super) adopted: HashMap<i64, String>,
}

impl Places {
    /// The establishment of each row. The same name is one establishment, but
    /// two tax codes are two; one whose code was not known has that of the first
    /// row that tells any. A row without a code means the first of its name.
    pub(super) async fn of(
        tx: &impl ConnectionTrait,
        people: &[&ImportedPerson],
    ) -> Result<(Self, Vec<Place>), Failure> {
        let keys = people
            .iter()
            .map(|row| fold_establishment(&row.new.establishment));
        let keys: Vec<String> = keys.collect();
        let known = firms(tx, &keys).await?;
        let mut places = Self {
            known,
            ..Self::default()
        };
        let code = |row: &ImportedPerson| {
            row.tax_code
                .as_ref()
                .map(TaxCode::as_str)
                .map(str::to_owned)
        };
        let rows = || people.iter().zip(&keys);
        let coded: Vec<Option<Place>> = rows()
            .map(|(row, key)| code(row).map(|code| places.coded(key, code)))
            .collect();
        let all = coded.into_iter().zip(&keys);
        let all = all
            .map(|(place, key)| place.unwrap_or_else(|| places.named(key)))
            .collect();
        Ok((places, all))
    }

    fn coded(&mut self, key: &str, code: String) -> Place {
        let firms = self
            .known
            .get_mut(key)
            .map_or(&mut [][..], Vec::as_mut_slice);
        if let Some(firm) = firms.iter().find(|firm| firm.codes.contains(&code)) {
            return Place::Known(firm.id);
        }
        if let Some(firm) = firms.iter_mut().find(|firm| firm.codes.is_empty()) {
            firm.codes.insert(code.clone());
            self.adopted.insert(firm.id, code);
            return Place::Known(firm.id);
        }
        self.find_or_add(key, Some(code))
    }

    fn named(&mut self, key: &str) -> Place {
        match self.known.get(key).and_then(|firms| firms.first()) {
            Some(firm) => Place::Known(firm.id),
            None => self.find_or_add(key, None),
        }
    }

    /// The one to be made of this name; of any code when none is told.
    fn find_or_add(&mut self, key: &str, code: Option<String>) -> Place {
        let is_it =
            |new: &NewPlace| new.name_key == key && (code.is_none() || new.tax_code == code);
        let number = self.new.iter().position(is_it).unwrap_or_else(|| {
            self.new.push(NewPlace {
                name_key: key.to_owned(),
                tax_code: code.clone(),
            });
            self.new.len() - 1
        });
        Place::New(number)
    }
}

/// The establishments of these names that stand for themselves, the older of a
/// name first.
async fn firms(
    tx: &impl ConnectionTrait,
    keys: &[String],
) -> Result<HashMap<String, Vec<Firm>>, Failure> {
    let mut named = Vec::new();
    for keys in chunks(keys.iter().cloned()) {
        named.extend(rows(tx, establishment::Column::NameKey.is_in(keys)).await?);
    }
    let mut all: HashMap<i64, Row> = named.iter().map(|row| (row.1, row.clone())).collect();
    // Merges are followed to the one that was kept in the end.
    loop {
        let into = all.values().filter_map(|row| row.2);
        let missing: BTreeSet<i64> = into.filter(|id| !all.contains_key(id)).collect();
        if missing.is_empty() {
            break;
        }
        for ids in missing.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
            let which = establishment::Column::Id.is_in(ids.iter().copied());
            all.extend(rows(tx, which).await?.into_iter().map(|row| (row.1, row)));
        }
    }
    let mut firms: HashMap<String, Vec<Firm>> = HashMap::new();
    for (key, id, _, _) in named {
        let named = firms.entry(key).or_default();
        let mut codes = BTreeSet::new();
        let mut at = id;
        while let Some((_, _, into, code)) = all.get(&at) {
            codes.extend(code.clone());
            match into {
                Some(into) => at = *into,
                None => break,
            }
        }
        match named.iter_mut().find(|firm| firm.id == at) {
            Some(firm) => firm.codes.extend(codes),
            None => named.push(Firm { id: at, codes }),
        }
    }
    Ok(firms)
}

/// The key of the name, the key, what it was merged into, and the tax code.
type Row = (String, i64, Option<i64>, Option<String>);

async fn rows(
    tx: &impl ConnectionTrait,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<Vec<Row>, Failure> {
    Ok(establishment::Entity::find()
        .select_only()
        .columns([
            establishment::Column::NameKey,
            establishment::Column::Id,
            establishment::Column::MergedIntoId,
            establishment::Column::TaxCode,
        ])
        .filter(which)
        .order_by_asc(establishment::Column::Id)
        .into_tuple()
        .all(tx)
        .await?)
}
