//! The cards on the page: which are answered and flagged, and showing them one by one.

use super::Keeper;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

impl Keeper {
    /// Brings the navigator, the count and the progress up to what stands in the form.
    pub fn count(&self) {
        let cards = self.cards();
        let (mut answered, mut questions) = (0, 0);
        for card in &cards {
            let Some(number) = card.id().strip_prefix("cau-").map(str::to_owned) else { continue };
            questions += 1;
            let full = is_answered(card);
            let flagged = is_flagged(card);
            answered += u32::from(full);
            mark(card, flagged);
            let link = self.document.query_selector(&format!(".navigator a[href='#cau-{number}']")).ok().flatten();
            if let Some(link) = link {
                let _ = link.set_attribute("data-state", if full { "answered" } else { "empty" });
                mark(&link, flagged);
                let words = if full { "đã trả lời" } else { "chưa trả lời" };
                let words = if flagged { format!("{words}, đánh dấu xem lại") } else { words.to_owned() };
                if let Ok(Some(hidden)) = link.query_selector(".visually-hidden") {
                    hidden.set_text_content(Some(&words));
                }
            }
        }
        self.set_text(".sheet-bar .done a > span", &format!("{answered}/{questions}"));
        if let Ok(Some(progress)) = self.document.query_selector(".sheet-bar progress") {
            let _ = progress.set_attribute("value", &answered.to_string());
        }
    }

    /// Every card, the prediction last.
    fn cards(&self) -> Vec<Element> {
        let Ok(cards) = self.form.query_selector_all("fieldset.question") else { return Vec::new() };
        (0..cards.length()).filter_map(|i| cards.get(i)).filter_map(|card| card.dyn_into().ok()).collect()
    }

    /// Locks every card, or lets it go again.
    pub fn hold_cards(&self, held: bool) {
        for card in self.cards() {
            let _ = card.toggle_attribute_with_force("inert", held);
        }
    }

    /// Offers to show the cards one by one.
    pub fn offer_single(&self) {
        if let Ok(Some(offer)) = self.document.query_selector("#kieu-xem") {
            let _ = offer.remove_attribute("hidden");
        }
    }

    pub fn toggle_single(&self) {
        let single = !self.single.get();
        self.single.set(single);
        if let Ok(Some(button)) = self.document.query_selector("#kieu-xem button") {
            let _ = button.set_attribute("aria-pressed", if single { "true" } else { "false" });
        }
        let current = self.current.get();
        self.show_card(current, false);
    }

    /// A link to a card: shown alone, or scrolled to; the address is left as it is, so that Back leaves the sheet.
    pub fn follow(&self, event: &Event, address: &str) {
        let wanted = address.trim_start_matches('#');
        let Some(at) = self.cards().iter().position(|card| card.id() == wanted) else { return };
        event.prevent_default();
        self.show_card(at + 1, true);
    }

    fn show_card(&self, number: usize, focus: bool) {
        self.current.set(number);
        for (i, card) in (1..).zip(self.cards()) {
            let _ = card.toggle_attribute_with_force("hidden", self.single.get() && i != number);
            let here = i == number;
            if let Ok(Some(link)) = self.document.query_selector(&format!(".navigator a[href='#{}']", card.id())) {
                let _ = if here { link.set_attribute("aria-current", "true") } else { link.remove_attribute("aria-current") };
            }
            if here && focus {
                card.scroll_into_view();
                if let Some(card) = card.dyn_ref::<HtmlElement>() {
                    let _ = card.focus();
                }
            }
        }
    }

    pub fn set_text(&self, selector: &str, words: &str) {
        if let Ok(Some(element)) = self.document.query_selector(selector)
            && element.text_content().as_deref() != Some(words)
        {
            element.set_text_content(Some(words));
        }
    }
}

fn mark(element: &Element, flagged: bool) {
    let _ = element.toggle_attribute_with_force("data-flagged", flagged);
}

fn is_flagged(card: &Element) -> bool {
    card.query_selector(".flag input")
        .ok()
        .flatten()
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
        .is_some_and(|input| input.checked())
}

/// Whether nothing of the card's answer is missing.
fn is_answered(card: &Element) -> bool {
    let controls = |selector: &str| -> Vec<web_sys::Node> {
        card.query_selector_all(selector).map(|list| (0..list.length()).filter_map(|i| list.get(i)).collect()).unwrap_or_default()
    };
    let selects = controls("select");
    if !selects.is_empty() {
        return selects.iter().all(|select| select.dyn_ref::<HtmlSelectElement>().is_some_and(|select| !select.value().is_empty()));
    }
    let typed = controls(".field input");
    if !typed.is_empty() {
        return typed.iter().all(|input| {
            input
                .dyn_ref::<HtmlInputElement>()
                .is_some_and(|input| !input.value().trim().is_empty() && input.get_attribute("aria-invalid").is_none())
        });
    }
    controls(".option input").iter().any(|input| input.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked))
}
