//! Who may do what. Deeds ask here; doors never decide.

use crate::coded::coded;

coded! {
    /// The role of an account or an API token.
    AccountRole {
        /// Ban tổ chức: schedules, publishes, sends, corrects.
        Organizer = "organizer",
        /// Giảng viên: own workshops' materials and numbers.
        Trainer = "trainer",
        /// Cán bộ điểm danh: the door of assigned workshops.
        Door = "door",
        /// Lãnh đạo: reads the figures.
        Director = "director",
    }
}

coded! {
    /// An act that needs permission.
    Act {
        /// Read the programme's figures.
        ReadProgramme = "read_programme",
        /// Read and export the register of what was handed to establishments.
        ReadDistribution = "read_distribution",
        /// Change the programme's name, target and dates.
        EditProgramme = "edit_programme",
        /// Schedule, edit, publish and list workshops.
        ManageWorkshops = "manage_workshops",
        /// Read names and contacts of registered people.
        ReadPeople = "read_people",
        /// Register somebody through a staff or JSON door.
        RegisterOthers = "register_others",
        /// Check people in and undo it.
        CheckIn = "check_in",
        /// Sign off figures of attendance that another put forward.
        SignFigures = "sign_figures",
        /// Upload and withdraw materials.
        UploadMaterials = "upload_materials",
        /// Send materials to those who attended, and enter what else was
        /// handed out.
        SendMaterials = "send_materials",
        /// Read the outbox.
        ReadMail = "read_mail",
        /// Change the words of mails.
        EditTemplates = "edit_templates",
        /// Read the audit log.
        ReadLog = "read_log",
    }
}

/// Whether a role may do an act. For roles bound to workshops
/// ([`AccountRole::is_assigned`]) the deed also checks the assignment.
#[must_use]
pub fn may(role: AccountRole, act: Act) -> bool {
    use AccountRole::{Director, Door, Organizer, Trainer};
    match act {
        Act::ReadProgramme | Act::ReadDistribution | Act::SignFigures => {
            matches!(role, Organizer | Director)
        }
        Act::EditProgramme
        | Act::ManageWorkshops
        | Act::ReadPeople
        | Act::RegisterOthers
        | Act::SendMaterials
        | Act::ReadMail
        | Act::EditTemplates
        | Act::ReadLog => role == Organizer,
        Act::CheckIn => matches!(role, Organizer | Door),
        Act::UploadMaterials => matches!(role, Organizer | Trainer),
    }
}

impl AccountRole {
    /// Whether the role sees only the workshops it is assigned to
    /// (door staff see one workshop; trainers see their own).
    #[must_use]
    pub fn is_assigned(self) -> bool {
        matches!(self, Self::Door | Self::Trainer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded;

    #[test]
    fn the_table_of_permissions() {
        let allowed = |role| {
            Act::ALL
                .iter()
                .copied()
                .filter(|act| may(role, *act))
                .collect::<Vec<_>>()
        };
        assert_eq!(allowed(AccountRole::Organizer), Act::ALL);
        assert_eq!(allowed(AccountRole::Trainer), [Act::UploadMaterials]);
        assert_eq!(allowed(AccountRole::Door), [Act::CheckIn]);
        assert_eq!(
            allowed(AccountRole::Director),
            [Act::ReadProgramme, Act::ReadDistribution, Act::SignFigures]
        );
    }
}
