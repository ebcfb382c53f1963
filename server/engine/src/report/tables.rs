//! The tables of an announcement: the one source of its CSV, its XLSX and its quick report.

use crate::results::{ResultsPage, TopLine, UnitLine};
use domain::{
    Timestamp,
    identity::Audience,
    results::{ContestFacts, DivisionFacts},
    vietnamese::{decimal, number},
};

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A fixed-point number: its digits and how many of them stand behind the comma.
    Decimal(i64, u32),
}

impl Cell {
    /// The cell as people read it.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(n) => number(*n),
            Self::Decimal(scaled, decimals) => decimal(*scaled, *decimals),
        }
    }

    /// The cell as programs read it: no dots for thousands, a point for decimals.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(n) => n.to_string(),
            Self::Decimal(scaled, decimals) => decimal(*scaled, *decimals).replace('.', "").replace(',', "."),
        }
    }
}

/// A table with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// In addresses: so-lieu, giai-ca-nhan …
    pub code: &'static str,
    /// Its name: of the sheet, and above the table.
    pub name: &'static str,
    /// Column heads.
    pub heads: Vec<&'static str>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

/// Every table of the page, in the order of the announcement.
pub fn tables(page: &ResultsPage) -> Vec<Table> {
    let mut tables = vec![figures(page), bands(page), winners(page), collective(page), blocks(page)];
    tables.push(units("don-vi", "Đơn vị", &page.units));
    if !page.top.is_empty() {
        tables.push(top("thu-hang-dau", "Thứ hạng đầu", &page.top));
    }
    if let Some(board) = &page.whole_contest {
        tables.push(units("don-vi-toan-cuoc-thi", "Đơn vị, toàn cuộc thi", &board.units));
        if !board.top.is_empty() {
            tables.push(top("thu-hang-dau-toan-cuoc-thi", "Thứ hạng đầu, toàn cuộc thi", &board.top));
        }
    }
    tables
}

/// "Công chức" or "Người dân", short for tables.
fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::CivilServant => "CBCCVC, người lao động",
        Audience::Citizen => "Người dân",
    }
}

fn figures(page: &ResultsPage) -> Table {
    let facts = &page.announcement.facts;
    let mut rows = vec![
        vec![text("Cuộc thi"), text(&facts.contest)],
        vec![text("Đợt"), text(&facts.round)],
        vec![text("Đơn vị chủ trì"), text(&facts.host)],
        vec![text("Mở"), text(facts.opened_at.words())],
        vec![text("Đóng"), text(facts.closed_at.words())],
        vec![text("Bản kết quả"), Cell::Number(page.version)],
        vec![text("Quyết định"), text(&page.announcement.decision_number)],
        vec![text("Ngày quyết định"), text(page.announcement.decision_date.map(Timestamp::date).unwrap_or_default())],
        vec![text("Công bố lúc"), text(page.published_at.map(Timestamp::words).unwrap_or_default())],
        vec![text("Người dự thi"), Cell::Number(facts.people())],
        vec![text("Lượt dự thi được công nhận"), Cell::Number(facts.attempts())],
        vec![text("Người đúng tất cả"), Cell::Number(facts.perfect())],
        vec![text("Đơn vị trong các khối"), Cell::Number(facts.units())],
        vec![text("Đơn vị có người dự thi"), Cell::Number(facts.units_taking_part())],
        vec![text("Đơn vị đạt 100 %"), Cell::Number(facts.units_full())],
    ];
    for division in &facts.divisions {
        rows.extend(division_figures(division));
    }
    if let Some(contest) = &facts.whole_contest {
        rows.extend(contest_figures(contest));
    }
    if page.simulated {
        rows.push(vec![text("Ghi chú"), text("Dữ liệu mô phỏng")]);
    }
    Table { code: "so-lieu", name: "Số liệu", heads: vec!["Nội dung", "Giá trị"], rows }
}

fn division_figures(division: &DivisionFacts) -> Vec<Vec<Cell>> {
    let named = |what: &str| text(format!("{}: {what}", audience(division.audience)));
    let mut rows = vec![
        vec![named("người dự thi"), Cell::Number(division.people)],
        vec![named("lượt dự thi"), Cell::Number(division.attempts)],
        vec![named("người đúng tất cả"), Cell::Number(division.perfect)],
        vec![named("điểm trung bình"), Cell::Decimal(division.mean_milli, 3)],
    ];
    if let Some(prediction) = &division.prediction {
        rows.push(vec![named("kết quả đúng của câu dự đoán"), text(prediction.answer())]);
    }
    rows
}

fn contest_figures(contest: &ContestFacts) -> Vec<Vec<Cell>> {
    let rounds = contest.rounds.iter().map(|round| format!("{} (bản {})", round.label, round.version)).collect::<Vec<_>>().join("; ");
    vec![
        vec![text("Toàn cuộc thi: các đợt được cộng"), text(rounds)],
        vec![text("Toàn cuộc thi: người dự thi"), Cell::Number(contest.people())],
        vec![text("Toàn cuộc thi: lượt dự thi"), Cell::Number(contest.attempts())],
    ]
}

fn bands(page: &ResultsPage) -> Table {
    let rows = page.announcement.facts.divisions.iter().flat_map(|division| {
        division.bands.iter().map(|band| {
            let name = band.name(division.questions);
            vec![text(audience(division.audience)), text(name), Cell::Number(band.people), Cell::Decimal(band.tenths, 1)]
        })
    });
    Table {
        code: "pho-diem", name: "Phổ điểm", heads: vec!["Đối tượng", "Số câu đúng", "Người", "Tỷ lệ (%)"], rows: rows.collect()
    }
}

fn winners(page: &ResultsPage) -> Table {
    let announcement = &page.announcement;
    let rows = announcement.winners.iter().map(|winner| {
        let asked = announcement.facts.asked(winner.span, winner.audience);
        let guess = asked.and_then(|asked| winner.prediction.map(|guess| domain::ranking::amount(asked, guess)));
        vec![
            text(&winner.prize),
            text(winner.span.label()),
            text(audience(winner.audience)),
            text(winner.name.clone().unwrap_or_else(|| "(không công bố tên)".to_owned())),
            text(winner.unit.clone().unwrap_or_default()),
            text(&winner.code),
            Cell::Number(winner.place),
            Cell::Number(winner.correct),
            Cell::Number(winner.score),
            text(guess.unwrap_or_default()),
            text(winner.duration.words()),
            text(&winner.why),
        ]
    });
    let heads = vec![
        "Giải",
        "Giải của",
        "Đối tượng",
        "Họ và tên",
        "Đơn vị",
        "Mã dự thi",
        "Hạng",
        "Số câu đúng",
        "Điểm",
        "Dự đoán",
        "Thời gian làm bài",
        "Căn cứ xếp hạng",
    ];
    Table { code: "giai-ca-nhan", name: "Giải cá nhân", heads, rows: rows.collect() }
}

fn collective(page: &ResultsPage) -> Table {
    let rows = page.announcement.collective.iter().map(|prize| {
        vec![text(&prize.prize), text(prize.span.label()), text(prize.block.label()), text(&prize.name), Cell::Number(prize.place)]
    });
    let heads = vec!["Giải", "Giải của", "Khối", "Đơn vị", "Hạng"];
    Table { code: "giai-tap-the", name: "Giải tập thể", heads, rows: rows.collect() }
}

fn blocks(page: &ResultsPage) -> Table {
    let rows = page.announcement.facts.blocks.iter().map(|block| {
        vec![
            text(block.block.label()),
            Cell::Number(block.units),
            Cell::Number(block.taking_part),
            Cell::Number(block.full),
            Cell::Number(block.without_headcount),
            Cell::Number(block.people),
        ]
    });
    let heads = vec!["Khối", "Đơn vị", "Có người dự thi", "Đạt 100 %", "Chưa có số liệu", "Người dự thi"];
    Table { code: "khoi", name: "Các khối", heads, rows: rows.collect() }
}

fn units(code: &'static str, name: &'static str, lines: &[UnitLine]) -> Table {
    let rows = lines.iter().map(|unit| {
        vec![
            text(unit.block.label()),
            unit.place.map_or_else(|| text(""), Cell::Number),
            text(&unit.name),
            Cell::Number(unit.people),
            Cell::Number(unit.attempts),
            unit.headcount.map_or_else(|| text("chưa có số liệu"), Cell::Number),
            unit.rate_ppm.map_or_else(|| text("chưa có số liệu"), |rate| text(domain::ranking::percent(rate))),
            Cell::Decimal(unit.mean_milli, 3),
            text(if unit.over_headcount { "số người dự thi lớn hơn số CBCCVC đã chốt" } else { "" }),
        ]
    });
    let heads =
        vec!["Khối", "Hạng", "Đơn vị", "Người dự thi", "Lượt dự thi", "Số CBCCVC, NLĐ", "Tỷ lệ tham gia", "Điểm trung bình", "Ghi chú"];
    Table { code, name, heads, rows: rows.collect() }
}

fn top(code: &'static str, name: &'static str, lines: &[TopLine]) -> Table {
    let rows = lines.iter().map(|line| {
        vec![
            text(audience(line.audience)),
            Cell::Number(line.place),
            text(line.name.clone().unwrap_or_else(|| "(không công bố tên)".to_owned())),
            text(line.unit.clone().unwrap_or_default()),
            text(&line.code),
            Cell::Number(line.correct),
            Cell::Number(line.score),
        ]
    });
    let heads = vec!["Đối tượng", "Hạng", "Họ và tên", "Đơn vị", "Mã dự thi", "Số câu đúng", "Điểm"];
    Table { code, name, heads, rows: rows.collect() }
}
