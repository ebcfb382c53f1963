//! The tree of units: who stands below whom, who may enter for which, and search by present and former names.

use super::{Audience, Block, UnitKind};
use crate::{Timestamp, id::UnitId, vietnamese::fold};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One unit of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its short, stable code: so-noi-vu.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// The block in which it competes.
    pub block: Block,
    /// CBCCVC and workers, where a figure is known.
    pub headcount: Option<i64>,
    /// The day of that figure (chốt đến ngày).
    pub headcount_as_of: Option<Timestamp>,
    /// When it began.
    pub valid_from: Option<Timestamp>,
    /// When it ended or will end.
    pub valid_until: Option<Timestamp>,
    /// Names from before a merger.
    pub former_names: Vec<String>,
    /// Whether it is invented, and marked as such.
    pub sample: bool,
}

impl Unit {
    /// Whether the unit exists at this moment.
    pub fn stands(&self, now: Timestamp) -> bool {
        self.valid_from.is_none_or(|from| from <= now) && self.valid_until.is_none_or(|until| now < until)
    }

    /// Whether people of this audience may enter for it: civil servants for any agency or commune,
    /// citizens for the commune where they live, nobody for the province itself.
    pub fn takes(&self, audience: Audience) -> bool {
        match self.kind {
            UnitKind::Province => false,
            UnitKind::Department | UnitKind::Centre => audience == Audience::CivilServant,
            UnitKind::Commune | UnitKind::Ward | UnitKind::SpecialZone => true,
        }
    }

    /// How the former names stand in one column.
    pub fn former_line(&self) -> String {
        self.former_names.join(";")
    }
}

/// A unit that a search found, as a page or an island shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitOption {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// The former name by which it was found, when its present name does not match.
    pub former: Option<String>,
}

/// The options of one block, in Vietnamese order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitGroup {
    /// The block.
    pub block: Block,
    /// Its units.
    pub units: Vec<UnitOption>,
}

/// Every unit, by block and in Vietnamese order.
#[derive(Debug, Clone, Default)]
pub struct UnitTree {
    units: Vec<Unit>,
    places: HashMap<UnitId, usize>,
}

impl UnitTree {
    /// The tree of these units; their order is kept.
    pub fn new(units: Vec<Unit>) -> Self {
        let places = units.iter().enumerate().map(|(place, unit)| (unit.id, place)).collect();
        Self { units, places }
    }

    /// Every unit.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit of this id.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.places.get(&id).and_then(|place| self.units.get(*place))
    }

    /// The unit of this code.
    pub fn coded(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The name of a unit, or nothing for no unit.
    pub fn name(&self, id: Option<UnitId>) -> &str {
        id.and_then(|id| self.unit(id)).map_or("", |unit| unit.name.as_str())
    }

    /// Whether somebody of this audience may enter for the unit now.
    pub fn offers(&self, id: UnitId, audience: Audience, now: Timestamp) -> bool {
        self.unit(id).is_some_and(|unit| unit.stands(now) && unit.takes(audience))
    }

    /// What fits the query among the units open to the audience; an empty query fits everything.
    ///
    /// Marks, case and the order of the words are ignored; a former name ("xã … (cũ)") is found too.
    pub fn search(&self, query: &str, audience: Audience, now: Timestamp) -> Vec<UnitGroup> {
        let folded = fold(query);
        let words: Vec<&str> = folded.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
        let mut groups: Vec<UnitGroup> = Block::ALL.iter().map(|block| UnitGroup { block: *block, units: Vec::new() }).collect();
        for unit in self.units.iter().filter(|unit| unit.stands(now) && unit.takes(audience)) {
            let former = match fit(unit, &words) {
                Fit::Present => None,
                Fit::Former(name) => Some(name.to_owned()),
                Fit::Not => continue,
            };
            if let Some(group) = groups.iter_mut().find(|group| group.block == unit.block) {
                group.units.push(UnitOption { id: unit.id, name: unit.name.clone(), former });
            }
        }
        groups.retain(|group| !group.units.is_empty());
        groups
    }
}

/// By which name a search finds a unit.
enum Fit<'a> {
    /// By the present one.
    Present,
    /// By this former one.
    Former(&'a str),
    /// By none.
    Not,
}

fn fit<'a>(unit: &'a Unit, words: &[&str]) -> Fit<'a> {
    let holds = |name: &str| {
        let folded = fold(name);
        words.iter().all(|word| folded.contains(word))
    };
    if holds(&unit.name) {
        return Fit::Present;
    }
    unit.former_names.iter().find(|former| holds(former)).map_or(Fit::Not, |former| Fit::Former(former.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn unit(n: u128, name: &str, kind: UnitKind, block: Block, former: &[&str]) -> Unit {
        Unit {
            id: UnitId(Uuid::from_u128(n)),
            code: fold(name).replace(' ', "-"),
            name: name.into(),
            kind,
            parent: None,
            block,
            headcount: None,
            headcount_as_of: None,
            valid_from: Some(Timestamp(100)),
            valid_until: None,
            former_names: former.iter().map(ToString::to_string).collect(),
            sample: false,
        }
    }

    fn tree() -> UnitTree {
        UnitTree::new(vec![
            unit(1, "UBND tỉnh Quảng Ngãi", UnitKind::Province, Block::None, &[]),
            unit(2, "Sở Nội vụ", UnitKind::Department, Block::Departments, &[]),
            unit(3, "Xã Bình Minh", UnitKind::Commune, Block::Communes, &["Xã Bình Khương (cũ)", "Xã Bình An (cũ)"]),
            unit(4, "Đặc khu Lý Sơn", UnitKind::SpecialZone, Block::Wards, &[]),
        ])
    }

    const NOW: Timestamp = Timestamp(1_000);

    fn found(query: &str, audience: Audience) -> Vec<(String, Option<String>)> {
        let groups = tree().search(query, audience, NOW);
        groups.into_iter().flat_map(|group| group.units).map(|unit| (unit.name, unit.former)).collect()
    }

    #[test]
    fn search_ignores_marks_and_order() {
        assert_eq!(found("son ly", Audience::Citizen), [("Đặc khu Lý Sơn".into(), None)]);
        assert_eq!(found("NOI VU", Audience::CivilServant), [("Sở Nội vụ".into(), None)]);
    }

    #[test]
    fn a_former_name_leads_to_the_unit_of_today() {
        assert_eq!(found("binh khuong", Audience::Citizen), [("Xã Bình Minh".into(), Some("Xã Bình Khương (cũ)".into()))]);
        assert_eq!(found("bình minh", Audience::Citizen), [("Xã Bình Minh".into(), None)]);
    }

    #[test]
    fn citizens_choose_communes_and_nobody_the_province() {
        assert_eq!(found("", Audience::Citizen).len(), 2);
        assert_eq!(found("", Audience::CivilServant).len(), 3);
        assert_eq!(found("quang ngai", Audience::CivilServant), []);
    }

    #[test]
    fn a_unit_that_ended_or_has_not_begun_is_not_offered() {
        let mut old = unit(9, "Xã Cũ", UnitKind::Commune, Block::Communes, &[]);
        old.valid_until = Some(NOW);
        let tree = UnitTree::new(vec![old.clone()]);
        assert!(!tree.offers(old.id, Audience::Citizen, NOW));
        assert!(tree.offers(old.id, Audience::Citizen, Timestamp(999)));
        assert!(!tree.offers(old.id, Audience::Citizen, Timestamp(99)));
        assert!(!tree.offers(UnitId(Uuid::nil()), Audience::Citizen, NOW), "an unknown unit");
    }
}
