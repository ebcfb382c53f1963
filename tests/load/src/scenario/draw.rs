//! What drawing a paper costs: whether papers should be drawn ahead of an opening.

use super::{Outcome, Scale, per, round};
use crate::{
    cost::cpu_of,
    ground::{Ground, Wish},
    http::Failure,
};
use domain::{Millis, attempt::draw as draw_paper};
use serde_json::{Map, json};

/// Papers that are drawn.
const PAPERS: usize = 300_000;

/// CPU of one draw of a paper of the sittings, in this process.
///
/// # Errors
/// When the ground fails.
pub async fn draw(ground: &Ground, scale: Scale) -> Result<Outcome, Failure> {
    let contest = ground.contest(Wish { slug: "tai-rut-de", lasts: Millis::hours(6), attempts: 1 }).await?;
    let frozen = ground.engine.frozen(contest.round).await?;
    let division = frozen.divisions.first().ok_or("a round without a division")?;
    let papers = u32::try_from(scale.people(PAPERS))?;
    let (before, mut bytes) = (cpu_of(std::process::id())?, 0);
    for n in 0..papers {
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&n.to_le_bytes());
        let paper = draw_paper(seed, &division.rules.blueprint, &division.slots, frozen.shuffle()).map_err(|error| error.to_string())?;
        bytes += paper.to_bytes().len();
    }
    let spent = cpu_of(std::process::id())? - before;
    let mut figures = Map::new();
    figures.insert("papers".to_owned(), json!(papers));
    figures.insert("bytes_per_paper".to_owned(), json!(bytes / papers.max(1) as usize));
    figures.insert("draw_cpu_us".to_owned(), json!(round(per(spent * 1_000, u64::from(papers)))));
    Ok(Outcome { name: "draw", figures, demands: Vec::new(), errors: Vec::new() })
}
