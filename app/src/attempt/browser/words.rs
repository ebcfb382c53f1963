//! What organisers tell while the sheet is open: added to its list, announced politely, and shown in the bar.

use super::{super::wire::Told, Keeper, clock};
use wasm_bindgen::JsValue;

impl Keeper {
    /// Adds messages that are not yet on the page.
    pub fn show_messages(&self, told: &[Told]) {
        for message in told {
            // Without the message on the page the next pulse brings it again.
            let _ = self.add_message(message);
        }
    }

    fn add_message(&self, message: &Told) -> Result<(), JsValue> {
        let id = format!("tin-{}", message.id);
        let Some(list) = self.document.get_element_by_id("loi-nhan") else { return Ok(()) };
        if self.document.get_element_by_id(&id).is_some() {
            return Ok(());
        }
        let line = self.document.create_element("li")?;
        line.set_id(&id);
        let at = self.document.create_element("b")?;
        at.set_text_content(Some(&clock::of_day(message.at)));
        let words = self.document.create_element("span")?;
        words.set_text_content(Some(&format!(" {}", message.words)));
        line.append_child(&at)?;
        line.append_child(&words)?;
        list.append_child(&line)?;
        if let Some(sign) = self.document.get_element_by_id("co-loi-nhan") {
            sign.remove_attribute("hidden")?;
        }
        Ok(())
    }
}
