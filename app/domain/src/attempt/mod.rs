//! One sitting: phase, paper, sheet, chain of saves, stages.
