//! Accounts, units, roles and what each role may do.

mod audience;
mod deed;
mod permission;
mod role;
mod unit;
mod unit_tree;

pub use audience::Audience;
pub use deed::Deed;
pub use permission::{Action, may};
pub use role::Role;
pub use unit::{Block, UnitKind};
pub use unit_tree::{Unit, UnitGroup, UnitOption, UnitTree};
