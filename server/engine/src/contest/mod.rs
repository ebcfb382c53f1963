//! Contests, rounds, opening and freezing.
