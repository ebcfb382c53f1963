//! Reading stored sheets without the product's own marking: what they say, and what they earn.

use crate::{http::Failure, rows};
use domain::{
    attempt::{Answer, Paper, Sheet},
    bank::Key,
    id::{DivisionId, RoundId},
};
use engine::store::Database;
use std::collections::HashMap;

/// The keys of a round's divisions, each in the order of its pool.
///
/// # Errors
/// When the database cannot be read.
pub async fn keys_of(store: &Database, round: RoundId) -> Result<HashMap<DivisionId, Vec<Key>>, Failure> {
    let stored: Vec<(DivisionId, String)> = rows!(
        store,
        "select p.division_id, v.key
         from division d
         join division_pool p on p.division_id = d.id
         join question_version v on v.id = p.version_id
         where d.round_id = $1
         order by p.division_id, p.position",
        round,
    );
    let mut keys: HashMap<DivisionId, Vec<Key>> = HashMap::new();
    for (division, key) in stored {
        keys.entry(division).or_default().push(serde_json::from_str(&key)?);
    }
    Ok(keys)
}

/// Whether a stored sheet says what was sent; unanswered fields are not sent.
pub fn says(sheet: &Sheet, sent: &[(String, String)]) -> bool {
    let guess = sheet.guess.value().map_or(String::new(), |value| value.to_string());
    let mut stored: Vec<_> = sheet.fields(&guess).into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let mut sent = sent.to_vec();
    stored.sort();
    sent.sort();
    stored == sent
}

/// The number of right answers, worked out here from the paper and the keys, without the product's marking.
///
/// `stored` is the paper and the answers as the table has them; `None`: they cannot be read or name no key.
pub fn count_correct(stored: (&[u8], &[u8]), keys: &[Key]) -> Option<i64> {
    let (paper, sheet) = (Paper::from_bytes(stored.0).ok()?, Sheet::from_bytes(stored.1).ok()?);
    let mut correct = 0;
    for (place, answer) in paper.places.iter().zip(&sheet.answers) {
        let author = |order: &[u8], displayed: u8| usize::from(displayed).checked_sub(1).and_then(|at| order.get(at)).copied();
        let right = match (keys.get(usize::from(place.pool))?, answer) {
            (Key::One(key), Answer::Options(chosen)) => chosen.len() == 1 && author(&place.options, chosen[0]) == Some(*key),
            (Key::Set(key), Answer::Options(chosen)) => {
                let mut meant: Vec<u8> = chosen.iter().filter_map(|one| author(&place.options, *one)).collect();
                let mut key = key.clone();
                meant.sort_unstable();
                key.sort_unstable();
                meant == key
            }
            (Key::Truth(key), Answer::Options(chosen)) => chosen.as_slice() == [if *key { 1 } else { 2 }],
            (Key::AsWritten, Answer::Order(given)) => given.iter().zip(&place.options).all(|(given, item)| *given == item + 1),
            (Key::AsWritten, Answer::Pairs(given)) => {
                given.iter().zip(&place.options).all(|(given, term)| author(&place.matches, *given) == Some(*term))
            }
            (Key::Number { scaled, decimals, tolerance }, Answer::Number { scaled: given, decimals: typed }) => {
                let (ours, theirs) = (10_i128.pow(u32::from(*typed)), 10_i128.pow(u32::from(*decimals)));
                let distance = (i128::from(*scaled) * ours - i128::from(*given) * theirs).abs();
                distance <= i128::from(*tolerance) * ours
            }
            _ => false,
        };
        correct += i64::from(right);
    }
    Some(correct)
}
