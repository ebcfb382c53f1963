//! Ranking a closed round, prizes, ties.
