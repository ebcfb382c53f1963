//! What every ground begins with: units, names of people, questions with canaries in their keys.

use std::fmt::Write as _;

/// Words that stand only in keys and explanations, and the numeric key as a page would write it.
pub const CANARIES: [&str; 3] = ["chim-hoang-yen", "987654321", "987.654.321"];
/// The units of the people.
pub const UNITS: &str = "\
code,name,kind,parent,block,headcount,valid_from,valid_until,former_names,sample
ubnd-tinh,UBND tỉnh Quảng Ngãi,province,,,,2025-07-01,,,false
so-noi-vu,Sở Nội vụ,department,ubnd-tinh,so-nganh,900,2025-07-01,,,false
";
/// Names are made of two of these, and of nothing that a page says by itself.
const SYLLABLES: [&str; 20] = [
    "Blơ", "Kpă", "Rmah", "Siu", "Ksor", "Đuk", "Nhơt", "Kbuôr", "Hmok", "Ayun", "Niê", "Mlô", "Êban", "Hwing", "Bkrông", "Knul", "Byă",
    "Rcom", "Nay", "Rô",
];

/// The name of the `n`-th person, of nothing that a page says by itself.
pub fn name(n: usize) -> String {
    let base = SYLLABLES.len();
    format!("Lò {} {} {}", SYLLABLES[n / base / base % base], SYLLABLES[n / base % base], SYLLABLES[n % base])
}

/// Fourteen approved questions of the first topic, of every kind but short text.
pub fn questions() -> String {
    let mut sheet = String::new();
    let mut add = |n: usize, body: &str| {
        let _ = write!(
            sheet,
            "[[question]]\ncode = \"F-{n}\"\ntopic = \"1\"\ndifficulty = \"recognise\"\n{body}\n\
             explanation = \"Giải thích: chim-hoang-yen.\"\n\
             legal = {{ document = \"Kế hoạch tuyên truyền CCHC năm 2023\", from = \"2023-01-01\" }}\n\n"
        );
    };
    for n in 1..=9 {
        add(
            n,
            &format!("kind = \"single\"\ntext = \"Câu chọn {n}\"\noptions = [\"Phương án A{n}\", \"Phương án B{n}\", \"Phương án C{n}\"]"),
        );
    }
    let four = "options = [\"Bước một\", \"Bước hai\", \"Bước ba\", \"Bước bốn\"]";
    add(10, &format!("kind = \"several\"\ntext = \"Câu nhiều phương án\"\n{four}\nright = 2"));
    add(11, "kind = \"true_false\"\ntext = \"Một câu khẳng định.\"\nright_is_true = true");
    add(12, &format!("kind = \"ordering\"\ntext = \"Sắp xếp các bước.\"\n{four}"));
    add(
        13,
        "kind = \"matching\"\ntext = \"Ghép từng cặp.\"\npairs = [[\"Trái một\", \"Phải một\"], [\"Trái hai\", \"Phải hai\"], [\"Trái ba\", \"Phải ba\"]]",
    );
    add(14, "kind = \"number\"\ntext = \"Một số rất lớn là bao nhiêu?\"\nanswer = \"987654321\"");
    sheet
}
