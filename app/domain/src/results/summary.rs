//! The plain summary that a newspaper or the portal copies: 120 to 200 words, made from the figures.

use super::{Announcement, Facts, PredictionFacts, prize_name, share};
use crate::{identity::Audience, ranking::Span, vietnamese::number};

const FEWEST: usize = 120;
const MOST: usize = 200;

/// How many words a Vietnamese text has, as a word processor counts them.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The summary, of [`FEWEST`] to [`MOST`] words.
///
/// What matters most comes first; a sentence that would make the text too long is left out, and the
/// closing ones are added only as far as the text would otherwise be too short.
pub fn summary(announcement: &Announcement) -> String {
    let mut text = String::new();
    for sentence in told(announcement).into_iter().flatten() {
        append(&mut text, &sentence, MOST);
    }
    for sentence in CLOSING {
        if words(&text) < FEWEST {
            append(&mut text, sentence, MOST);
        }
    }
    text
}

/// Adds the sentence if the text stays within its length.
fn append(text: &mut String, sentence: &str, most: usize) {
    if words(text) + words(sentence) > most {
        return;
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(sentence);
}

const CLOSING: [&str; 5] = [
    "Thứ hạng được xác định theo quy tắc nêu trong thể lệ, áp dụng như nhau cho mọi người dự thi; những người bằng nhau ở mọi tiêu chí \
     được xếp cùng hạng.",
    "Người dự thi đăng nhập trang Hội thi để xem thứ hạng của mình và lý do xếp hạng.",
    "Các số liệu trong bản tin được tính từ bảng xếp hạng đã chốt và được giữ nguyên tại địa chỉ công bố; mọi đính chính đều ghi rõ \
     lý do và thời điểm.",
    "Danh sách người đạt giải, kết quả của các đơn vị theo từng khối và phổ điểm có trong bảng số liệu kèm theo.",
    "Ban Tổ chức trân trọng cảm ơn các đơn vị, cán bộ, công chức, viên chức, người lao động và người dân đã tham gia.",
];

/// What there is to tell, the most important first.
fn told(announcement: &Announcement) -> [Option<String>; 11] {
    let facts = &announcement.facts;
    [
        Some(opening(facts)),
        Some(turnout(facts)),
        audiences(facts),
        units(facts),
        perfect(facts),
        first_prizes(announcement, Span::Contest),
        first_prizes(announcement, Span::Round),
        prizes(announcement),
        whole_contest(facts),
        truths(facts),
        change(facts),
    ]
}

fn opening(facts: &Facts) -> String {
    let host = shortened(&facts.host, 15);
    let contest = shortened(&facts.contest, 25);
    let summed = if facts.whole_contest.is_some() { " và tổng kết" } else { "" };
    format!("{host} công bố kết quả {}{summed} cuộc thi “{contest}”.", shortened(&facts.round, 6))
}

/// At most so many words of a name that somebody typed.
fn shortened(name: &str, most: usize) -> String {
    if words(name) <= most {
        return name.trim().to_owned();
    }
    format!("{}…", name.split_whitespace().take(most).collect::<Vec<_>>().join(" "))
}

fn turnout(facts: &Facts) -> String {
    format!(
        "Tính đến {}, có {} người dự thi với {} lượt dự thi được công nhận.",
        facts.closed_at.words(),
        number(facts.people()),
        number(facts.attempts())
    )
}

fn audiences(facts: &Facts) -> Option<String> {
    if facts.divisions.len() < 2 {
        return None;
    }
    let each = facts.divisions.iter().map(|division| match division.audience {
        Audience::CivilServant => format!("{} người là cán bộ, công chức, viên chức, người lao động", number(division.people)),
        Audience::Citizen => format!("{} người dân", number(division.people)),
    });
    Some(format!("Trong đó có {}.", each.collect::<Vec<_>>().join(" và ")))
}

fn units(facts: &Facts) -> Option<String> {
    (facts.units() > 0).then(|| {
        let full = match facts.units_full() {
            0 => String::new(),
            full => format!(", {} đơn vị đạt tỷ lệ tham gia 100 %", number(full)),
        };
        format!("Có {} trên {} đơn vị có người dự thi{full}.", number(facts.units_taking_part()), number(facts.units()))
    })
}

fn perfect(facts: &Facts) -> Option<String> {
    (facts.people() > 0).then(|| {
        let (perfect, people) = (facts.perfect(), facts.people());
        format!("Có {} người trả lời đúng tất cả các câu hỏi, bằng {} số người dự thi.", number(perfect), share(perfect, people))
    })
}

fn first_prizes(announcement: &Announcement, span: Span) -> Option<String> {
    let highest = || announcement.winners_of(span).filter(|winner| winner.rank == 1);
    let prize = highest().next()?;
    let names: Vec<String> = highest()
        .take(3)
        .map(|winner| {
            let who = winner.name.clone().unwrap_or_else(|| format!("người dự thi mã {}", winner.code));
            let unit = winner.unit.as_ref().map(|unit| format!(" ({})", shortened(unit, 10))).unwrap_or_default();
            format!("{}{unit}", shortened(&who, 8))
        })
        .collect();
    Some(format!("{} thuộc về {}.", prize_name(&prize.prize, span), names.join("; ")))
}

/// What the whole contest amounts to, where it is announced too.
fn whole_contest(facts: &Facts) -> Option<String> {
    let contest = facts.whole_contest.as_ref().filter(|contest| contest.rounds.len() > 1)?;
    Some(format!(
        "Cả cuộc thi gồm {} đợt, có {} người dự thi với {} lượt dự thi được công nhận.",
        contest.rounds.len(),
        number(contest.people()),
        number(contest.attempts())
    ))
}

fn prizes(announcement: &Announcement) -> Option<String> {
    let by_decision = match (announcement.decision_number.trim(), announcement.decision_date) {
        ("", _) => String::new(),
        (decision, None) => format!(" theo Quyết định số {decision}"),
        (decision, Some(date)) => format!(" theo Quyết định số {decision} ngày {}", date.date()),
    };
    match (announcement.winners.len(), announcement.collective.len()) {
        (0, 0) => None,
        (people, 0) => Some(format!("Ban Tổ chức trao {people} giải cá nhân{by_decision}.")),
        (0, units) => Some(format!("Ban Tổ chức trao {units} giải tập thể{by_decision}.")),
        (people, units) => Some(format!("Ban Tổ chức trao {people} giải cá nhân và {units} giải tập thể{by_decision}.")),
    }
}

fn truths(facts: &Facts) -> Option<String> {
    let answers: Vec<String> =
        facts.divisions.iter().filter_map(|division| division.prediction.as_ref().map(PredictionFacts::answer)).collect();
    (!answers.is_empty()).then(|| format!("Kết quả đúng của câu hỏi dự đoán là {}.", answers.join(" và ")))
}

fn change(facts: &Facts) -> Option<String> {
    let previous = facts.previous.as_ref().filter(|previous| previous.people > 0)?;
    let (now, before) = (facts.people(), previous.people);
    let how = match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("tăng {} người ({})", number(now - before), share(now - before, before)),
        std::cmp::Ordering::Less => format!("giảm {} người ({})", number(before - now), share(before - now, before)),
        std::cmp::Ordering::Equal => "không thay đổi".to_owned(),
    };
    Some(format!("So với {}, số người dự thi {how}.", shortened(&previous.label, 6)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{
        Millis, Timestamp,
        id::{DivisionId, RoundId},
        identity::Block,
        results::{BlockFacts, ContestDivision, ContestFacts, CountedRound, DivisionFacts, PreviousRound, Winner},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn division(audience: Audience, people: i64, perfect: i64) -> DivisionFacts {
        DivisionFacts {
            division: DivisionId(Uuid::nil()),
            audience,
            questions: 15,
            people,
            attempts: people * 2,
            perfect,
            mean_milli: 0,
            bands: Vec::new(),
            prediction: None,
        }
    }

    fn announcement(title: &str, people: i64, winners: usize) -> Announcement {
        let facts = Facts {
            contest: title.to_owned(),
            host: "Trung tâm Phục vụ – Kiểm soát TTHC tỉnh".to_owned(),
            round: "Tuần 2".to_owned(),
            opened_at: Timestamp(0),
            closed_at: Timestamp(1_795_395_600_000),
            headcount_as_of: None,
            rule: String::new(),
            unit_rule: String::new(),
            divisions: vec![division(Audience::CivilServant, people, people / 3), division(Audience::Citizen, people / 2, 0)],
            blocks: vec![BlockFacts {
                block: Block::Communes,
                units: 86,
                taking_part: 80,
                full: 3,
                without_headcount: 1,
                counted_people: 10,
                headcount: 20,
                people: 12,
            }],
            previous: Some(PreviousRound { label: "Tuần 1".to_owned(), people: 900, attempts: 1_000, units: 70 }),
            whole_contest: None,
        };
        let winner = Winner {
            span: Span::Round,
            prize: "Nhất".to_owned(),
            rank: 1,
            value: 0,
            audience: Audience::CivilServant,
            name: Some("Nguyễn Thị Ánh".to_owned()),
            unit: Some("Sở Nội vụ".to_owned()),
            code: "K7P4".to_owned(),
            place: 1,
            correct: 15,
            score: 15,
            prediction: None,
            distance: None,
            duration: Millis(0),
            handed_in_at: Timestamp(0),
            why: String::new(),
        };
        Announcement {
            facts,
            winners: vec![winner; winners],
            collective: Vec::new(),
            decision_number: "12/QĐ-BTC".to_owned(),
            decision_date: None,
        }
    }

    #[test]
    fn the_summary_tells_what_a_newspaper_asks() {
        let text = summary(&announcement("Tìm hiểu cải cách hành chính năm 2026", 1_200, 1));
        for part in [
            "công bố kết quả Tuần 2 cuộc thi “Tìm hiểu cải cách hành chính năm 2026”",
            "1.800 người dự thi với 3.600 lượt dự thi",
            "1.200 người là cán bộ",
            "80 trên 86 đơn vị có người dự thi, 3 đơn vị đạt tỷ lệ tham gia 100 %",
            "400 người trả lời đúng tất cả các câu hỏi, bằng 22,2 %",
            "Giải Nhất thuộc về Nguyễn Thị Ánh (Sở Nội vụ)",
            "tăng 900 người (100,0 %)",
            "Quyết định số 12/QĐ-BTC",
        ] {
            assert!(text.contains(part), "{part} is missing in: {text}");
        }
    }

    /// The same announcement, with the prizes of the whole contest.
    fn with_the_contest(mut announcement: Announcement) -> Announcement {
        let counted =
            |position: i64| CountedRound { round: RoundId(Uuid::nil()), position, label: format!("Tuần {position}"), version: 1, run: 7 };
        let division =
            ContestDivision { audience: Audience::Citizen, rounds: 2, questions: 30, people: 2_500, attempts: 6_000, prediction: None };
        announcement.facts.whole_contest = Some(ContestFacts {
            rounds: vec![counted(1), counted(2)],
            rule: String::new(),
            unit_rule: String::new(),
            divisions: vec![division],
        });
        let overall: Vec<Winner> = announcement.winners.iter().map(|winner| Winner { span: Span::Contest, ..winner.clone() }).collect();
        announcement.winners.extend(overall);
        announcement
    }

    #[test]
    fn the_last_round_also_sums_the_contest_up() {
        let text = summary(&with_the_contest(announcement("Tìm hiểu cải cách hành chính năm 2026", 1_200, 1)));
        for part in [
            "công bố kết quả Tuần 2 và tổng kết cuộc thi “Tìm hiểu cải cách hành chính năm 2026”",
            "Giải Nhất toàn cuộc thi thuộc về Nguyễn Thị Ánh (Sở Nội vụ)",
            "Giải Nhất thuộc về Nguyễn Thị Ánh (Sở Nội vụ)",
            "trao 2 giải cá nhân",
            "Cả cuộc thi gồm 2 đợt, có 2.500 người dự thi với 6.000 lượt",
        ] {
            assert!(text.contains(part), "{part} is missing in: {text}");
        }
    }

    proptest! {
        #[test]
        fn the_summary_has_its_length(
            title in proptest::collection::vec("[a-zđăâ]{1,7}", 0..60),
            people in 0_i64..3_000_000,
            winners in 0_usize..30,
            bare in any::<bool>(),
            last in any::<bool>(),
        ) {
            let mut announcement = announcement(&title.join(" "), people, winners);
            if bare {
                announcement.facts.divisions.clear();
                announcement.facts.blocks.clear();
                announcement.facts.previous = None;
                announcement.facts.host = String::new();
            }
            let announcement = if last { with_the_contest(announcement) } else { announcement };
            let text = summary(&announcement);
            prop_assert!((FEWEST..=MOST).contains(&words(&text)), "{} words: {}", words(&text), text);
        }
    }
}
