//! Who acts. Doors say who; deeds decide what that allows.

use crate::material::teaches_at;
use crate::{Failure, Services, entity::assignment};
use domain::{AccountRole, Act, DOOR_GRACE, may};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Who stands behind a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Anybody.
    Anonymous,
    /// A signed-in account.
    Account {
        /// Its key.
        id: i64,
        /// Its role.
        role: AccountRole,
        /// Its name, for the page header.
        name: String,
    },
    /// A program with a bearer token.
    Token {
        /// Its key.
        id: i64,
        /// Its role.
        role: AccountRole,
    },
    /// A device at the door of one workshop, without an account.
    Door {
        /// Its key.
        device: i64,
        /// The key of the workshop.
        workshop: i64,
    },
    /// The operator at the command line, or a job of the server's own.
    System,
}

impl Actor {
    /// How the audit log names the actor: no personal data, only keys.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Anonymous => "public".to_owned(),
            Self::Account { id, .. } => format!("account:{id}"),
            Self::Token { id, .. } => format!("token:{id}"),
            Self::Door { device, .. } => format!("device:{device}"),
            Self::System => "system".to_owned(),
        }
    }

    /// The role, if the actor has one.
    #[must_use]
    pub fn role(&self) -> Option<AccountRole> {
        match self {
            Self::Account { role, .. } | Self::Token { role, .. } => Some(*role),
            Self::Door { .. } => Some(AccountRole::Door),
            Self::Anonymous | Self::System => None,
        }
    }

    /// Whether the actor's role allows an act at all.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        *self == Self::System || self.role().is_some_and(|role| may(role, act))
    }

    /// Demands that the actor's role allows an act.
    ///
    /// # Errors
    /// [`Failure::SignInNeeded`] for the anonymous, else [`Failure::Forbidden`].
    pub fn require(&self, act: Act) -> Result<(), Failure> {
        if self.may(act) {
            Ok(())
        } else if *self == Self::Anonymous {
            Err(Failure::SignInNeeded)
        } else {
            Err(Failure::Forbidden)
        }
    }
}

impl Services {
    /// Demands that the actor may do an act on one workshop: door staff and
    /// trainers only where they are assigned, trainers bring materials also
    /// where they teach, a device only at its workshop and
    /// until [`DOOR_GRACE`] after it. A token is not assigned; its
    /// operator chose its role when issuing it.
    ///
    /// # Errors
    /// As [`Actor::require`].
    pub async fn require_at(
        &self,
        actor: &Actor,
        act: Act,
        workshop_id: i64,
    ) -> Result<(), Failure> {
        actor.require(act)?;
        match actor {
            Actor::Account { id, role, .. } if role.is_assigned() => {
                let assigned = assignment::Entity::find()
                    .filter(assignment::Column::AccountId.eq(*id))
                    .filter(assignment::Column::WorkshopId.eq(workshop_id))
                    .count(self.db.read())
                    .await?;
                let teaches = assigned == 0
                    && act == Act::UploadMaterials
                    && teaches_at(self.db.read(), *id, workshop_id).await?;
                if assigned > 0 || teaches {
                    Ok(())
                } else {
                    Err(Failure::Forbidden)
                }
            }
            Actor::Door { device, workshop } if *workshop == workshop_id => {
                self.require_device(*device, workshop_id, DOOR_GRACE).await
            }
            Actor::Door { .. } => Err(Failure::Forbidden),
            _ => Ok(()),
        }
    }
}
