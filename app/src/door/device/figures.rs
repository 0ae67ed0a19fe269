//! How many have come: what the server counts, and whom it does not know of.

use super::net::{Lost, get};
use super::sync::{lost, well};
use super::{Device, Row, now, session_now, with};
use crate::door::islands::Door;
use crate::door::shown::Counts;
use crate::door::wire::{Figures, What};
use crate::html::*;

/// How old the figures may grow while there is a network and somebody looks.
const RECOUNT: i64 = 20_000;

/// Asks now and then how many have come by now, elsewhere too: while somebody
/// looks.
pub(super) async fn recount(door: Door) -> bool {
    let counted_at = with(|device| device.counted_at);
    if document().hidden() || now() - counted_at < RECOUNT {
        return true;
    }
    let session = session_now(door);
    let asked = door.action(&format!("/counts?session={session}"));
    match get::<Figures>(&asked).await {
        Ok(Figures { counts, conflicts }) => {
            well(door);
            with(|device| {
                // Something newer may have been said meanwhile.
                if device.counted_at == counted_at {
                    device.count_from(session, counts);
                    device.counted_at = now();
                }
                device.conflicts = conflicts.unwrap_or(device.conflicts);
            });
            true
        }
        // The session is gone: the next list says so.
        Err(Lost::Refused) => true,
        Err(why) => {
            lost(door, why).await;
            false
        }
    }
}

impl Device {
    /// Whom this device let in to a session and no server knows of.
    fn alone(&self, session: i64) -> u32 {
        let known = |row: &&Row| match &row.scan.what {
            What::Code(_) | What::Colleague { .. } => row.scan.let_in && !row.noted,
            What::WalkIn(_) => true,
            What::Consent { .. } => false,
        };
        let rows = self.queue.iter().filter(|row| row.session == session);
        u32::try_from(rows.filter(known).count()).unwrap_or(u32::MAX)
    }

    /// What the server counts, and whom it does not know of.
    pub(super) fn count_from(&mut self, session: i64, counts: Counts) {
        let counts = Counts {
            arrived: counts.arrived.saturating_add(self.alone(session)),
            ..counts
        };
        self.counts.insert(session, counts);
    }

    /// What the list counted, where nothing newer is known.
    pub(super) fn count_kept(&mut self) {
        let Some(kept) = &self.local.kept else {
            return;
        };
        let expected = kept.expected;
        for session in kept.sessions.clone() {
            if !self.counts.contains_key(&session.id) {
                let arrived = session.arrived;
                self.count_from(session.id, Counts { arrived, expected });
            }
        }
    }
}
