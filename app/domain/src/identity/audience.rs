//! The audience: for whom a division of a round is meant.

words! {
    /// Who takes part: contests have separate divisions, boards and prizes for each.
    pub enum Audience {
        /// Civil servants, public employees and workers of the units.
        CivilServant = "civil_servant", "Cán bộ, công chức, viên chức, người lao động";
        /// Citizens, who choose the commune where they live.
        Citizen = "citizen", "Người dân";
    }
}
