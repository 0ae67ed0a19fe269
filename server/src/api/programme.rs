//! The programme's figures.

use super::caller::Caller;
use crate::trouble::{ProblemsBody, Trouble};
use axum::Json;
use axum::extract::State;
use domain::{Cell, Funnel};
use serde::ser::{Serialize, SerializeMap, Serializer};
use service::Services;
use utoipa::ToSchema;

/// The figures toward the target. Attendances and persons are two numbers;
/// each breakdown adds up to its own. Registrations stand beside them.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct Figures {
    /// Attendances of delegates as far as they are known: provisional
    #[schema(example = 600)]
    attendances: u32,
    /// Those of sessions whose figures two persons signed off: verified
    #[schema(example = 600)]
    verified_attendances: u32,
    /// Distinct persons behind the attendances
    #[schema(example = 512)]
    persons: u32,
    /// Distinct persons behind the verified ones
    #[schema(example = 512)]
    verified_persons: u32,
    /// Registered ahead for workshops that have begun
    #[schema(example = 684)]
    registrations: u32,
    /// Attendances the programme must reach
    #[schema(example = 600)]
    target: u32,
    /// Attendances of local officials, counted in nothing above
    officials: u32,
    /// Workshops that are over
    held: u32,
    /// Standing registrations for workshops to come
    upcoming: u32,
    /// What became of the registrations
    funnel: FunnelBody,
    /// Attendances by role
    #[schema(value_type = std::collections::BTreeMap<String, u32>)]
    by_role: Ordered,
    /// Attendances by industry
    #[schema(value_type = std::collections::BTreeMap<String, u32>)]
    by_sector: Ordered,
    /// Attendances by kind of site
    #[schema(value_type = std::collections::BTreeMap<String, u32>)]
    by_site: Ordered,
    /// Attendances by locality, most first
    #[schema(value_type = std::collections::BTreeMap<String, u32>)]
    by_locality: Ordered,
    /// Persons by role; each counted once, where they last attended
    #[schema(value_type = std::collections::BTreeMap<String, u32>)]
    persons_by_role: Ordered,
    /// Persons by industry
    #[schema(value_type = std::collections::BTreeMap<String, u32>)]
    persons_by_sector: Ordered,
    /// Persons by kind of site
    #[schema(value_type = std::collections::BTreeMap<String, u32>)]
    persons_by_site: Ordered,
    /// Persons by locality
    #[schema(value_type = std::collections::BTreeMap<String, u32>)]
    persons_by_locality: Ordered,
}

/// What became of the people registered for workshops that have begun.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct FunnelBody {
    /// Registered before the day
    registered: u32,
    /// Of these, came themselves
    attended: u32,
    /// Of these, somebody came instead
    substituted: u32,
    /// Of these, cancelled
    cancelled: u32,
    /// Of these, never got a seat
    not_seated: u32,
    /// Of these, had a seat and did not come
    no_shows: u32,
    /// Came instead of somebody registered
    substitutes: u32,
    /// Came unregistered
    walk_ins: u32,
}

impl From<Funnel> for FunnelBody {
    fn from(funnel: Funnel) -> Self {
        Self {
            registered: funnel.registered,
            attended: funnel.attended,
            substituted: funnel.substituted,
            cancelled: funnel.cancelled,
            not_seated: funnel.not_seated,
            no_shows: funnel.no_shows,
            substitutes: funnel.substitutes,
            walk_ins: funnel.walk_ins,
        }
    }
}

/// A JSON object whose fields keep their order.
#[derive(Debug)]
pub(super) struct Ordered(Vec<(String, u32)>);

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, number) in &self.0 {
            map.serialize_entry(key, number)?;
        }
        map.end()
    }
}

fn by(cells: &[Cell], number: fn(&Cell) -> u32) -> Ordered {
    Ordered(
        cells
            .iter()
            .map(|cell| (cell.key.clone(), number(cell)))
            .collect(),
    )
}

/// The figures, computed from rows at this moment.
#[utoipa::path(
    get,
    path = "/api/v1/programme/summary",
    tag = "programme",
    security(("token" = [])),
    responses(
        (status = 200, body = Figures),
        (status = 401, body = ProblemsBody, description = "No token, or one that is not known"),
        (status = 403, body = ProblemsBody, description = "The token's role may not do this"),
    )
)]
pub(super) async fn summary(
    State(services): State<Services>,
    Caller(actor): Caller,
) -> Result<Json<Figures>, Trouble> {
    let summary = services.summary(&actor).await?;
    let tally = &summary.tally;
    let attendances = |cells: &[Cell]| by(cells, |cell| cell.attendances);
    let persons = |cells: &[Cell]| by(cells, |cell| cell.persons);
    Ok(Json(Figures {
        attendances: tally.attendances,
        verified_attendances: summary.verified.attendances,
        persons: tally.persons,
        verified_persons: summary.verified.persons,
        registrations: summary.funnel.registered,
        target: summary.target,
        officials: tally.officials,
        held: summary.held,
        upcoming: summary.upcoming,
        funnel: summary.funnel.into(),
        by_role: attendances(&tally.by_role),
        by_sector: attendances(&tally.by_sector),
        by_site: attendances(&tally.by_site),
        by_locality: attendances(&tally.by_locality),
        persons_by_role: persons(&tally.by_role),
        persons_by_sector: persons(&tally.by_sector),
        persons_by_site: persons(&tally.by_site),
        persons_by_locality: persons(&tally.by_locality),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breakdowns_keep_their_order() {
        let cells = ["zeta", "alpha"].map(|key| Cell {
            key: key.to_owned(),
            attendances: 2,
            persons: 1,
        });
        let json = serde_json::to_string(&by(&cells, |cell| cell.attendances)).unwrap();
        assert_eq!(json, r#"{"zeta":2,"alpha":2}"#);
    }
}
