//! The one door of the page of steps: which button was pressed decides which deed is done.

use crate::door::{Answer, Ask, Doing};
use domain::{
    Refusal,
    id::{AttemptId, AwardId, PrizeId, RoundId},
    ranking::TieRuling,
};
use engine::{Caller, Engine, results::Decision};
use uuid::Uuid;

/// Does what the pressed button says and shows the page at its next step.
pub fn judge(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, round) = (ask.caller()?, ask.param_id::<RoundId>("round")?);
        let (engine, reason) = (&ask.engine, ask.form.text("reason"));
        match ask.form.text("deed") {
            "begin-review" => engine.begin_review(&caller, round).await?,
            "keep" => engine.keep_attempt(&caller, target::<AttemptId>(&ask)?).await?,
            "void" => engine.void_attempt(&caller, target(&ask)?, reason).await?,
            "rank" => engine.rank_round(&caller, round).await?,
            "sum-up" => engine.sum_up_contest(&caller, round, true).await?,
            "sum-up-elsewhere" => engine.sum_up_contest(&caller, round, false).await?,
            "ask-numbers" => {
                engine.ask_winners(&caller, round).await?;
            }
            "verify" => engine.verify_winner(&caller, target::<AwardId>(&ask)?).await?,
            "withdraw" => engine.withdraw_winner(&caller, target(&ask)?, reason).await?,
            "divide" => engine.decide_tie(&caller, (round, target(&ask)?), TieRuling::Divide, (&[], reason)).await?,
            "lots" => {
                let prize = target::<PrizeId>(&ask)?;
                let drawn = drawn(engine, &caller, (round, prize), ask.form.text("chosen")).await?;
                engine.decide_tie(&caller, (round, prize), TieRuling::Lots, (&drawn, reason)).await?;
            }
            "submit" => engine.submit_results(&caller, round).await?,
            "approve" => engine.approve_results(&caller, round).await?,
            "decline" => engine.decline_results(&caller, round, reason).await?,
            "publish" => engine.publish_results(&caller, round, decision(&ask)).await?,
            "record" => engine.record_decision(&caller, round, decision(&ask)).await?,
            "correct" => engine.correct_results(&caller, round, reason).await?,
            _ => return Err(Refusal::NotOffered.into()),
        }
        Ok(Answer::go(format!("/quan-tri/dot/{round}/ket-qua")))
    })
}

/// The id that the form's button is about.
fn target<I: From<Uuid>>(ask: &Ask) -> Result<I, Refusal> {
    Uuid::parse_str(ask.form.text("target")).map(I::from).map_err(|_| Refusal::NotFound)
}

fn decision(ask: &Ask) -> Decision<'_> {
    let file = ask.form.file("file").map(|file| (file.name.as_str(), file.bytes.as_slice()));
    Decision { number: ask.form.text("number"), date: ask.form.text("date"), file }
}

/// The drawn ones by their typed codes; a code that is not in the tie stands for nobody, which the deed refuses.
async fn drawn(engine: &Engine, caller: &Caller, tie: (RoundId, PrizeId), typed: &str) -> engine::Result<Vec<Uuid>> {
    let ties = engine.verification(caller, tie.0).await?.ties;
    let open = ties.into_iter().find(|open| open.prize == tie.1).ok_or(Refusal::NotFound)?;
    let codes = typed.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|code| !code.is_empty());
    Ok(codes
        .map(|code| open.among.iter().find(|member| member.code.eq_ignore_ascii_case(code)).map_or(Uuid::nil(), |member| member.id))
        .collect())
}
