//! Simulated people: common names combined by chance, spread over the units as participation would be.

use super::dice::Dice;
use crate::{Engine, Fault, Result, identity::NewAccount};
use domain::{
    id::{AccountId, UnitId},
    identity::{Audience, Unit, UnitKind},
};

const NAMES: &str = include_str!("../../demo/names.toml");
/// Accounts opened in one unit of work.
const TOGETHER: usize = 500;
/// Units whose people all took part: the smallest that have a figure.
const COMPLETE: usize = 5;

/// Names to combine; see `demo/names.toml`.
#[derive(serde::Deserialize)]
struct Names {
    family: Vec<String>,
    family_weights: Vec<u64>,
    male: Parts,
    female: Parts,
    highland: Highland,
}

#[derive(serde::Deserialize)]
struct Parts {
    middle: Vec<String>,
    given: Vec<String>,
}

/// Names of the western communes: "A …" for men, "Y …" for women.
#[derive(serde::Deserialize)]
struct Highland {
    male_prefix: String,
    female_prefix: String,
    given: Vec<String>,
}

/// Somebody who takes part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Somebody {
    pub account: AccountId,
    pub audience: Audience,
}

/// Somebody to simulate.
struct Person {
    login: String,
    full_name: String,
    audience: Audience,
    unit: UnitId,
}

/// Opens accounts for so many civil servants and citizens; none of them has a password.
pub(super) async fn open(engine: &Engine, civil_servants: usize, citizens: usize) -> Result<Vec<Somebody>> {
    let names: Names = toml::from_str(NAMES).map_err(|error| Fault::Unreadable("names of the demo", Box::new(error)))?;
    let tree = engine.unit_tree().await?;
    let mut dice = Dice::new("người mô phỏng");
    let mut homes = turnout(tree.units(), civil_servants, &mut dice);
    let communes: Vec<&Unit> = tree.units().iter().filter(|unit| unit.takes(Audience::Citizen)).collect();
    homes.extend((0..citizens).filter_map(|_| dice.pick(&communes).map(|unit| (*unit, Audience::Citizen))));
    let people: Vec<Person> = (1..)
        .zip(homes)
        .map(|(number, (unit, audience))| Person {
            login: format!("mo-phong.{number:04}"),
            full_name: names.name(unit, &mut dice),
            audience,
            unit: unit.id,
        })
        .collect();
    let mut opened = Vec::with_capacity(people.len());
    for some in people.chunks(TOGETHER) {
        let accounts: Vec<NewAccount<'_>> = some
            .iter()
            .map(|person| NewAccount {
                login: &person.login,
                full_name: &person.full_name,
                audience: person.audience,
                unit: Some(person.unit),
                password: None,
                sample: true,
                roles: &[],
            })
            .collect();
        let ids = engine.open_accounts(&accounts).await?;
        opened.extend(ids.into_iter().zip(some).map(|(account, person)| Somebody { account, audience: person.audience }));
    }
    Ok(opened)
}

/// For whom each civil servant takes part: everybody of the smallest units, and a share of each other unit.
fn turnout<'u>(units: &'u [Unit], people: usize, dice: &mut Dice) -> Vec<(&'u Unit, Audience)> {
    let mut open: Vec<(&Unit, i64)> =
        units.iter().filter(|unit| unit.takes(Audience::CivilServant)).map(|unit| (unit, unit.headcount.unwrap_or(60))).collect();
    open.sort_by_key(|(unit, headcount)| (unit.headcount.is_none(), *headcount));
    let mut homes: Vec<(&Unit, Audience)> = Vec::with_capacity(people);
    for (unit, headcount) in open.iter().take(COMPLETE) {
        homes.extend((0..*headcount).map(|_| (*unit, Audience::CivilServant)));
    }
    let rest: Vec<(&Unit, i64)> = open.into_iter().skip(COMPLETE).collect();
    // Thousandths of a headcount, thrown once for each unit; one in thirty has nobody.
    let eager: Vec<i64> = rest.iter().map(|_| if dice.happens(33) { 0 } else { dice.around(10, 1_000) }).collect();
    let weights: Vec<u64> = rest.iter().zip(&eager).map(|((_, headcount), eager)| u64::try_from(headcount * eager).unwrap_or(0)).collect();
    let mut left: Vec<i64> = rest.iter().map(|(_, headcount)| *headcount).collect();
    while homes.len() < people {
        let n = dice.weighted(&weights);
        if let (Some((unit, _)), Some(left)) = (rest.get(n), left.get_mut(n))
            && *left > 0
        {
            *left -= 1;
            homes.push((*unit, Audience::CivilServant));
        }
    }
    homes.truncate(people);
    homes
}

impl Names {
    fn name(&self, unit: &Unit, dice: &mut Dice) -> String {
        let woman = dice.happens(500);
        let mut one = |words: &[String]| dice.pick(words).cloned().unwrap_or_default();
        if is_highland(unit) {
            let prefix = if woman { &self.highland.female_prefix } else { &self.highland.male_prefix };
            let name = format!("{prefix} {}", one(&self.highland.given));
            if dice.happens(400) {
                return name;
            }
        }
        let mut one = |words: &[String]| dice.pick(words).cloned().unwrap_or_default();
        let parts = if woman { &self.female } else { &self.male };
        let (middle, given) = (one(&parts.middle), one(&parts.given));
        let family = self.family.get(dice.weighted(&self.family_weights)).cloned().unwrap_or_default();
        format!("{family} {middle} {given}")
    }
}

/// Whether it is one of the western communes, by the words in their names.
fn is_highland(unit: &Unit) -> bool {
    unit.kind == UnitKind::Commune && ["Đăk", "Ngọk", "Kon", "Ia ", "Măng", "Sa ", "Rờ"].iter().any(|word| unit.name.contains(word))
}
