//! The four levels of difficulty of Vietnamese test matrices.

words! {
    /// How much a question asks of the contestant.
    pub enum Difficulty {
        /// Recall a fact.
        Recognise = "recognise", "Nhận biết";
        /// Understand a rule.
        Understand = "understand", "Thông hiểu";
        /// Apply a rule to a case.
        Apply = "apply", "Vận dụng";
        /// Weigh several rules in a case.
        ApplyHigh = "apply_high", "Vận dụng cao";
    }
}
