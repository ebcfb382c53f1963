//! Tallies and exports.
