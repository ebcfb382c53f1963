//! News, initiatives, good models and study documents of the demo.

use super::journey::Journey;
use crate::{Caller, Engine, Fault, Result, library::ArticleEdit};
use domain::library::ArticleForm;

/// Each text with the days from today on which it is published.
const ARTICLES: &[(i64, &str)] = &[
    (-27, include_str!("../../demo/news/01-phat-dong.md")),
    (-24, include_str!("../../demo/news/05-dien-hinh.md")),
    (-20, include_str!("../../demo/news/06-bai-hoc.md")),
    (-11, include_str!("../../demo/news/04-cong-bo-ket-qua.md")),
    (-5, include_str!("../../demo/news/03-sang-kien-mau.md")),
    (-2, include_str!("../../demo/news/02-huong-dan-dau-moi.md")),
];

/// Study documents: where the real texts are.
pub(super) const DOCUMENTS: &[(&str, &str)] = &[
    ("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn"),
    ("Văn bản quy phạm pháp luật của Chính phủ", "https://vanban.chinhphu.vn"),
    ("Cổng thông tin điện tử tỉnh Quảng Ngãi", "https://quangngai.gov.vn"),
];

/// What stands between the lines of `+++` at the top of a text.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: String,
    summary: String,
    kind: String,
    unit: String,
    procedure: String,
    contact: String,
}

/// Writes and publishes every text on its day.
pub(super) async fn publish(engine: &Engine, journey: &Journey<'_>, editor: &Caller) -> Result<()> {
    for (day, text) in ARTICLES {
        journey.to(*day, 9);
        let id = engine.write_article(editor, &ArticleEdit { form: read(text)?, ..ArticleEdit::default() }).await?;
        engine.publish_article(editor, id).await?;
    }
    for (title, address) in DOCUMENTS {
        engine.add_study_document(editor, title, (address, None)).await?;
    }
    Ok(())
}

fn read(text: &str) -> Result<ArticleForm, Fault> {
    let lacks = Fault::Broken("a text of the demo lacks its head");
    let rest = text.strip_prefix("+++\n").ok_or(lacks)?;
    let (front, body) = rest.split_once("+++\n").ok_or(Fault::Broken("the head of a text of the demo has no end"))?;
    let front: Front = toml::from_str(front).map_err(|error| Fault::Unreadable("head of a text of the demo", Box::new(error)))?;
    Ok(ArticleForm {
        kind: front.kind,
        title: front.title,
        summary: front.summary,
        body: body.to_owned(),
        unit: front.unit,
        contact: front.contact,
        procedure: front.procedure,
        ..ArticleForm::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_the_demo_is_a_good_article_and_says_that_it_is_simulated() {
        for (_, text) in ARTICLES {
            let article = read(text).expect("a head and a body").read().expect("nothing is refused");
            assert!(article.body.contains("Dữ liệu mô phỏng"), "{}", article.title);
        }
    }
}
