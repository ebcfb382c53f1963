//! A bank to draw from, and a question to write.

use crate::World;
use domain::bank::{Difficulty, topic::HEADS};
use engine::bank::{Key, Writing};
use std::fmt::Write as _;

impl World {
    /// So many approved questions in every cell: each head of the plan at each of the four levels.
    ///
    /// All are single choices of four options, the first of which is right; the author and the reviewer of the
    /// stories wrote and approved them. Returns how many were made; asked again, nothing is made twice.
    ///
    /// # Panics
    /// When the bank refuses them.
    pub async fn approved_bank(&self, per_cell: usize) -> usize {
        let mut sheet = String::new();
        for (topic, name) in HEADS {
            for level in Difficulty::ALL {
                for n in 1..=per_cell {
                    let (code, label) = (level.code(), level.label());
                    let _ = write!(
                        sheet,
                        "[[question]]\ncode = \"M-{topic}-{code}-{n}\"\ntopic = \"{topic}\"\ndifficulty = \"{code}\"\nkind = \"single\"\n\
                         text = \"Câu {n} ({label}) về {name}\"\n\
                         options = [\"Đúng {topic}.{code}.{n}\", \"Sai một {n}\", \"Sai hai {n}\", \"Sai ba {n}\"]\n\
                         explanation = \"Phương án đúng theo kế hoạch.\"\n\
                         legal = {{ document = \"Kế hoạch tuyên truyền CCHC năm 2023\", from = \"2023-01-01\" }}\n\n",
                    );
                }
            }
        }
        let (author, reviewer) = (self.author().await, self.reviewer().await);
        self.engine.load_questions(&sheet, &author, &reviewer).await.expect("the bank takes them")
    }

    /// The 98 sample questions of the demo, of every kind but short text, approved.
    ///
    /// # Panics
    /// When the bank refuses them.
    pub async fn sample_bank(&self) -> usize {
        let (author, reviewer) = (self.author().await, self.reviewer().await);
        let sheet = include_str!("../../server/engine/demo/questions.toml");
        self.engine.load_questions(sheet, &author, &reviewer).await.expect("the bank takes them")
    }

    /// A complete single choice in the topic with this code: "Cơ quan nào công bố PAR INDEX?"
    ///
    /// # Panics
    /// When there is no such topic.
    pub async fn writing(&self, topic: &str) -> Writing {
        let topics = self.engine.topics().await.expect("the topics");
        let topic = topics.iter().find(|known| known.code == topic).unwrap_or_else(|| panic!("a topic {topic}")).id;
        let mut writing = Writing::blank(topic);
        writing.content.text = "Cơ quan nào công bố **PAR INDEX**?".into();
        for (choice, text) in writing.content.choices.iter_mut().zip(["Bộ Nội vụ", "VCCI", "UNDP", "Tất cả các đáp án trên"])
        {
            text.clone_into(&mut choice.text);
        }
        writing.content.choices[3].pinned = true;
        writing.key = Some(Key::One(0));
        writing.explanation = "Bộ Nội vụ công bố PAR INDEX cùng SIPAS.".into();
        writing.legal.document = "Kế hoạch tuyên truyền CCHC năm 2023".into();
        writing
    }
}
