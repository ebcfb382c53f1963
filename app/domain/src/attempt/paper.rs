//! The paper of one attempt: which questions of the pool, in which order, with which options where.

use super::sheet::{Reader, Unreadable};
use crate::bank::{Content, Kind};

/// 256 random bits that a paper is drawn from.
pub type Seed = [u8; 32];

/// How a question is answered, without its words: what drawing, reading and marking need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The form.
    pub kind: Kind,
    /// One entry for each option, item or left-hand term; whether it stays at its place.
    pub pinned: Vec<bool>,
    /// How many right-hand terms.
    pub matches: u8,
}

/// A question of the frozen pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Which cell of the blueprint it can fill.
    pub cell: u16,
    /// Its shape.
    pub shape: Shape,
}

/// A question at its place in a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its number in the frozen pool.
    pub pool: u16,
    /// For each displayed option (item, left-hand term), its number as the author wrote it, from 0.
    pub options: Vec<u8>,
    /// For each displayed right-hand term, its number as the author wrote it, from 0.
    pub matches: Vec<u8>,
}

/// What one attempt was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it was drawn from.
    pub seed: Seed,
    /// The questions in the order in which they stand.
    pub places: Vec<Place>,
}

const VERSION: u8 = 1;

impl Shape {
    /// The shape of this content.
    pub fn of(content: &Content) -> Self {
        let pinned = match content.kind {
            Kind::Single | Kind::Several | Kind::Ordering | Kind::Matching => content.choices.iter().map(|choice| choice.pinned).collect(),
            // 1 is true, 2 is false, always.
            Kind::TrueFalse => vec![true, true],
            Kind::Number | Kind::ShortText => Vec::new(),
        };
        let matches = if content.kind == Kind::Matching { u8::try_from(content.matches.len()).unwrap_or(u8::MAX) } else { 0 };
        Self { kind: content.kind, pinned, matches }
    }

    /// How many options, items or left-hand terms there are.
    pub fn options(&self) -> u8 {
        u8::try_from(self.pinned.len()).unwrap_or(u8::MAX)
    }
}

impl Paper {
    /// The canonical bytes: version, seed, count, then for each place its pool number and both orders.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(35 + self.places.len() * 10);
        out.push(VERSION);
        out.extend(self.seed);
        out.extend(u16::try_from(self.places.len()).unwrap_or(u16::MAX).to_be_bytes());
        for place in &self.places {
            out.extend(place.pool.to_be_bytes());
            for order in [&place.options, &place.matches] {
                out.push(u8::try_from(order.len()).unwrap_or(u8::MAX));
                out.extend(order);
            }
        }
        out
    }

    /// Reads canonical bytes back.
    ///
    /// # Errors
    /// When the bytes are not the canonical bytes of a paper.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut reader = Reader::new(bytes);
        if reader.u8()? != VERSION {
            return Err(Unreadable);
        }
        let seed = reader.array()?;
        let count = reader.u16()?;
        let mut places = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            places.push(Place { pool: reader.u16()?, options: reader.short()?.to_vec(), matches: reader.short()?.to_vec() });
        }
        reader.end()?;
        Ok(Self { seed, places })
    }
}
