//! Who asks: the signed-in account with its roles, as every deed receives it.

use domain::{
    Refusal,
    id::{AccountId, UnitId},
    identity::{Action, Audience, Role, bars, may},
};

/// The signed-in person on whose behalf a deed is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// The name shown in the frame.
    pub full_name: String,
    /// The audience of the account.
    pub audience: Audience,
    /// The unit of the account.
    pub unit: Option<UnitId>,
    /// The granted roles; everybody is a contestant besides.
    pub roles: Vec<Role>,
}

impl Caller {
    /// Whether any of the roles allows it.
    pub fn may(&self, action: Action) -> bool {
        may(Role::Contestant, action) || self.roles.iter().any(|role| may(*role, action))
    }

    /// Refuses when no role allows it.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn must(&self, action: Action) -> Result<(), Refusal> {
        if self.may(action) { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    /// Whether a role bars the account from every contest: who sees keys or running totals does not take part.
    pub fn is_barred(&self) -> bool {
        self.roles.iter().any(|role| bars(*role))
    }

    /// Whether the account holds the role.
    pub fn is(&self, role: Role) -> bool {
        role == Role::Contestant || self.roles.contains(&role)
    }
}
