//! Order and places: ranking rule, standings, prizes.
