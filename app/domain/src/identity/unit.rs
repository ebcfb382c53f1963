//! What kinds of units there are, and the blocks in which they compete.

words! {
    /// What a unit is in the administration.
    pub enum UnitKind {
        /// The province itself, the root of the tree.
        Province = "province", "Tỉnh";
        /// A department or agency of the province.
        Department = "department", "Sở, ban, ngành";
        /// A centre or public service unit below a department.
        Centre = "centre", "Đơn vị trực thuộc";
        /// A rural commune.
        Commune = "commune", "Xã";
        /// An urban ward.
        Ward = "ward", "Phường";
        /// A special zone (island).
        SpecialZone = "special_zone", "Đặc khu";
    }
}

words! {
    /// A block (khối): units compete for collective prizes only inside one.
    pub enum Block {
        /// Departments and agencies of the province.
        Departments = "so-nganh", "Khối sở, ban, ngành";
        /// Rural communes.
        Communes = "xa", "Khối xã";
        /// Wards and the special zone.
        Wards = "phuong-dac-khu", "Khối phường, đặc khu";
        /// Units that stand outside the collective contest.
        None = "", "Ngoài khối thi đua";
    }
}
