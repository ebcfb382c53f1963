//! The three contests: one over, one open, one to come.

use super::{
    accounts::Cast,
    journey::Journey,
    people::{self, Somebody},
    results, sittings, texts,
};
use crate::{Caller, Engine, Result};
use domain::{
    bank::Difficulty,
    contest::{DivisionForm, PrizeForm, RoundForm},
    id::{ContestId, RoundId},
    identity::Audience,
};

/// When a round of the demo opens, closes and is to be published: days from today and hours.
pub(super) struct Calendar {
    pub opens: (i64, i64),
    pub closes: (i64, i64),
    pub results: i64,
}

/// The tags of the two halves of the sample bank: what was published and what is open share no question, so that nobody knows
/// the keys of the open round. The round to come draws from the second half; until it closes, those keys wait.
const FIRST_SET: &str = "bộ 1";
const SECOND_SET: &str = "bộ 2";

/// Civil servants and citizens who are simulated in the contest that is over.
const CROWD: (usize, usize) = (1_700, 300);

/// The contest that is over, with its published results.
pub(super) async fn published(engine: &Engine, journey: &Journey<'_>, cast: &Cast) -> Result<()> {
    journey.to(-24, 8);
    let introduction = "Cuộc thi về **Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021–2030** và bảy nhóm nội dung cải cách hành chính của tỉnh, \
        dành cho cán bộ, công chức, viên chức, người lao động và người dân.\n\n\
        Kết quả đã được Ban Tổ chức rà soát, xác minh và phê duyệt trước khi công bố.";
    let title = "Tìm hiểu cải cách hành chính";
    let contest = announce(engine, &cast.organiser, ("tim-hieu-cai-cach-hanh-chinh", title, introduction)).await?;
    let week = Calendar { opens: (-21, 7), closes: (-14, 17), results: -11 };
    let form = RoundForm {
        policy: "per_round".to_owned(),
        times: "2".to_owned(),
        after_hand_in: "own_correct".to_owned(),
        ..round_form(journey, "Vòng 1", &week)
    };
    let round = schedule(engine, &cast.organiser, contest, (&form, FIRST_SET)).await?;
    let mut people = people::open(engine, CROWD.0, CROWD.1).await?;
    people.extend(cast.contestants.iter().map(|caller| Somebody { account: caller.account, audience: caller.audience }));
    journey.to(-14, 18);
    sittings::sit(engine, round, &people).await?;
    results::publish(engine, journey, cast, round).await
}

/// The contest that is open today.
pub(super) async fn open(engine: &Engine, journey: &Journey<'_>, cast: &Cast) -> Result<()> {
    journey.to(-4, 8);
    let introduction = "Cuộc thi giúp cán bộ, công chức, viên chức, người lao động và người dân nắm chắc quy định về **công khai thủ tục hành chính**, \
        **dịch vụ công trực tuyến**, **thanh toán trực tuyến** và **tiếp nhận, xử lý phản ánh, kiến nghị**.\n\n\
        Mỗi lượt thi có đề rút riêng từ ngân hàng câu hỏi, cùng cơ cấu chủ đề và mức độ, và một câu hỏi dự đoán để xếp hạng khi nhiều người cùng số câu đúng.";
    let title = "Tìm hiểu thủ tục hành chính và dịch vụ công trực tuyến";
    let contest = announce(engine, &cast.organiser, ("dich-vu-cong-truc-tuyen", title, introduction)).await?;
    let week = Calendar { opens: (-1, 7), closes: (6, 17), results: 9 };
    let form = RoundForm {
        policy: "per_round".to_owned(),
        times: "3".to_owned(),
        after_hand_in: "receipt".to_owned(),
        ..round_form(journey, "Tuần 1", &week)
    };
    // Decided before the first round freezes them, and announced with the last one.
    engine.edit_prizes(&cast.organiser, contest, None, &prizes_of_contest()).await?;
    schedule(engine, &cast.organiser, contest, (&form, SECOND_SET)).await?;
    Ok(())
}

/// The contest that opens in ten days.
pub(super) async fn coming(engine: &Engine, journey: &Journey<'_>, cast: &Cast) -> Result<()> {
    journey.to(-2, 9);
    let introduction = "Cuộc thi về **đổi mới phương thức làm việc, chuyển đổi số** và **sáng kiến, giải pháp hay** trong cải cách hành chính, \
        dành cho cán bộ, công chức, viên chức, người lao động và người dân trong tỉnh.";
    let title = "Sáng kiến và chuyển đổi số trong cải cách hành chính";
    let contest = announce(engine, &cast.organiser, ("sang-kien-chuyen-doi-so", title, introduction)).await?;
    let week = Calendar { opens: (10, 8), closes: (17, 17), results: 21 };
    let form = RoundForm { policy: "once".to_owned(), ..round_form(journey, "Vòng 1", &week) };
    schedule(engine, &cast.organiser, contest, (&form, SECOND_SET)).await?;
    Ok(())
}

/// Makes a contest of the demo and makes its pages public.
pub(super) async fn announce(engine: &Engine, organiser: &Caller, (slug, title, introduction): (&str, &str, &str)) -> Result<ContestId> {
    let form = texts::contest(slug, title, introduction, &engine.help_line);
    let contest = engine.create_contest(organiser, &form).await?;
    engine.mark_simulated(organiser, contest).await?;
    engine.decide_rules(organiser, contest, &texts::rules(title), "").await?;
    for (name, address) in super::news::DOCUMENTS {
        engine.add_document(organiser, contest, name, (address, None)).await?;
    }
    engine.announce_contest(organiser, contest).await?;
    Ok(contest)
}

/// Adds a round with both divisions, whose questions carry this tag, and its prizes; freezes and schedules it.
async fn schedule(engine: &Engine, organiser: &Caller, contest: ContestId, (form, tag): (&RoundForm, &str)) -> Result<RoundId> {
    let round = engine.add_round(organiser, contest, form).await?;
    let civil_servants = division(engine, ("25", tag), PER_HEAD_OF_CIVIL_SERVANTS).await?;
    engine.edit_division(organiser, round, Audience::CivilServant, &civil_servants).await?;
    let citizens = division(engine, ("20", tag), PER_HEAD_OF_CITIZENS).await?;
    engine.edit_division(organiser, round, Audience::Citizen, &citizens).await?;
    engine.edit_prizes(organiser, contest, Some(round), &prizes()).await?;
    engine.schedule_round(organiser, round).await?;
    Ok(round)
}

/// A round of the demo: ranked by right answers, then prediction, then hand-in.
pub(super) fn round_form(journey: &Journey<'_>, label: &str, calendar: &Calendar) -> RoundForm {
    let ((opening_day, opening_hour), (closing_day, closing_hour)) = (calendar.opens, calendar.closes);
    let opens = journey.moment(opening_day, opening_hour);
    RoundForm {
        label: label.to_owned(),
        opens_at: opens.short(),
        closes_at: journey.moment(closing_day, closing_hour).short(),
        results_expected: journey.moment(calendar.results, 0).date(),
        headcount_as_of: journey.moment(opening_day - 1, 0).date(),
        ranking: ["correct", "prediction_distance", "handed_in_at"].map(str::to_owned).to_vec(),
        unit_minimum: "5".to_owned(),
        shuffle_questions: true,
        shuffle_options: true,
        public_places: "20".to_owned(),
        ..RoundForm::default()
    }
}

/// For each head of the plan, how many questions of each level: recognise, understand, apply, apply high.
const PER_HEAD_OF_CIVIL_SERVANTS: [[u16; 4]; 7] =
    [[1, 1, 1, 0], [1, 1, 0, 0], [1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 0, 0]];
const PER_HEAD_OF_CITIZENS: [[u16; 4]; 7] =
    [[1, 0, 0, 0], [1, 0, 0, 0], [2, 1, 0, 0], [2, 2, 1, 0], [2, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]];

async fn division(engine: &Engine, (minutes, tag): (&str, &str), per_head: [[u16; 4]; 7]) -> Result<DivisionForm> {
    let topics = engine.topics().await?;
    let mut counts = Vec::new();
    for (head, levels) in topics.iter().filter(|topic| topic.is_head()).zip(per_head) {
        counts.extend(Difficulty::ALL.iter().zip(levels).map(|(level, count)| (head.id, *level, count.to_string())));
    }
    Ok(DivisionForm {
        minutes: minutes.to_owned(),
        tag: tag.to_owned(),
        counts,
        predicts: true,
        question: "Anh/chị dự đoán có bao nhiêu người dự thi ở bảng này trong đợt thi?".to_owned(),
        target: "people".to_owned(),
        blank: "ranks_last".to_owned(),
        ..DivisionForm::default()
    })
}

/// Name, how many, đồng each.
type Prizes = &'static [(&'static str, &'static str, &'static str)];

/// The prizes of a round.
fn prizes() -> Vec<PrizeForm> {
    const INDIVIDUAL: Prizes =
        &[("Nhất", "1", "2.000.000"), ("Nhì", "2", "1.500.000"), ("Ba", "3", "1.000.000"), ("Khuyến khích", "5", "500.000")];
    const COLLECTIVE: Prizes = &[("Nhất", "1", "3.000.000"), ("Nhì", "1", "2.000.000"), ("Ba", "2", "1.000.000")];
    rows("person-civil_servant", INDIVIDUAL)
        .chain(rows("person-citizen", INDIVIDUAL))
        .chain(rows("unit-so-nganh", COLLECTIVE))
        .chain(rows("unit-xa", COLLECTIVE))
        .chain(rows("unit-phuong-dac-khu", COLLECTIVE))
        .collect()
}

/// The prizes of a whole contest.
fn prizes_of_contest() -> Vec<PrizeForm> {
    const INDIVIDUAL: Prizes = &[("Nhất", "1", "5.000.000"), ("Nhì", "2", "3.000.000")];
    const COLLECTIVE: Prizes = &[("Nhất", "1", "5.000.000")];
    rows("person-civil_servant", INDIVIDUAL)
        .chain(rows("person-citizen", INDIVIDUAL))
        .chain(rows("unit-so-nganh", COLLECTIVE))
        .chain(rows("unit-xa", COLLECTIVE))
        .collect()
}

fn rows(scope: &'static str, prizes: Prizes) -> impl Iterator<Item = PrizeForm> {
    prizes.iter().map(move |(name, quantity, value)| PrizeForm {
        scope: scope.to_owned(),
        name: (*name).to_owned(),
        quantity: (*quantity).to_owned(),
        value: (*value).to_owned(),
    })
}
