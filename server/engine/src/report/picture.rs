//! Drawing share cards as PNG: off the request's thread, one at a time, and each only once.

use super::card::{Card, SIZE};
use crate::{Engine, Fault, Result};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};
use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};
use tokio::sync::Mutex;

/// Be Vietnam Pro (SIL Open Font License, `fonts/OFL.txt`): regular and bold, made by `style/fonts.py`.
const FONTS: [&[u8]; 2] = [include_bytes!("../../fonts/be-vietnam-pro-400.ttf"), include_bytes!("../../fonts/be-vietnam-pro-700.ttf")];

/// Cards that are remembered; a published version, a contest or an article has one each.
const REMEMBERED: usize = 64;

/// Cards as last drawn, by what stands on them: one that says something else is another card.
#[derive(Default)]
pub struct Cards(Mutex<HashMap<String, Arc<[u8]>>>);

impl Engine {
    /// The card as PNG.
    async fn drawn(&self, card: &Card) -> Result<Arc<[u8]>> {
        let svg = card.svg();
        // Held while drawing: a card is drawn once however many ask for it, and never two at a time.
        let mut cards = self.cards.0.lock().await;
        if let Some(png) = cards.get(&svg) {
            return Ok(png.clone());
        }
        let drawing = svg.clone();
        let png = tokio::task::spawn_blocking(move || draw(&drawing)).await;
        let png: Arc<[u8]> = png.map_err(|error| Fault::Outside("drawing a card", Box::new(error)))??.into();
        if cards.len() >= REMEMBERED {
            cards.clear();
        }
        cards.insert(svg, png.clone());
        Ok(png)
    }

    /// The card of the site.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub async fn site_card(&self) -> Result<Arc<[u8]>> {
        let below = "Dành cho cán bộ, công chức, viên chức, người lao động, người dân";
        self.drawn(&Card::plain("Hội thi cải cách hành chính", below)).await
    }

    /// The card of a public contest.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`].
    pub async fn contest_card(&self, slug: &str) -> Result<Arc<[u8]>> {
        let contest = self.contest_page(slug).await?;
        self.drawn(&Card::plain(&contest.title, &contest.host)).await
    }

    /// The card of a published article.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`].
    pub async fn article_card(&self, slug: &str) -> Result<Arc<[u8]>> {
        let article = self.published_article(slug).await?;
        self.drawn(&Card::plain(&article.line.title, article.line.kind.label())).await
    }

    /// The card of published results; `version` asks for an older one that was corrected.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`], [`domain::Refusal::NotPublished`].
    pub async fn results_card(&self, slug: &str, position: i64, version: Option<i64>) -> Result<Arc<[u8]>> {
        let (facts, published_at) = self.published_facts(slug, position, version).await?;
        self.drawn(&Card::of_results(&facts, published_at)).await
    }
}

/// Draws an SVG image of the size of a card as PNG.
fn draw(svg: &str) -> Result<Vec<u8>, Fault> {
    static KNOWN: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = KNOWN.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for font in FONTS {
            fonts.load_font_data(font.to_vec());
        }
        Arc::new(fonts)
    });
    let options = Options { fontdb: fonts.clone(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| Fault::Outside("reading a card", Box::new(error)))?;
    let mut picture = Pixmap::new(SIZE.0, SIZE.1).ok_or(Fault::Broken("a card has no size"))?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| Fault::Outside("writing a card", Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Width and height as the head of a PNG states them (W3C PNG, 11.2.2).
    fn size(png: &[u8]) -> Option<(u32, u32)> {
        let number = |at: usize| png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
        number(16).zip(number(20)).filter(|_| png.starts_with(b"\x89PNG\r\n\x1a\n"))
    }

    #[test]
    fn a_card_is_a_picture_of_its_size_and_its_words_are_drawn() {
        let drawn = |title: &str| draw(&Card::plain(title, "Trung tâm Phục vụ – Kiểm soát TTHC tỉnh").svg()).expect("a picture");
        let (empty, full) = (drawn(""), drawn("Tìm hiểu cải cách hành chính, Đặng Thị Ưng ẫệộử"));
        assert_eq!((size(&empty), size(&full)), (Some(SIZE), Some(SIZE)));
        assert!(full.len() > empty.len() + 2_000, "letters take space: {} and {}", empty.len(), full.len());
    }

    #[test]
    fn what_is_no_image_is_a_fault() {
        assert!(draw("<svg").is_err());
    }
}
