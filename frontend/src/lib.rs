//! The wasm entry: wake the islands, nothing else.

#[expect(unused_imports, reason = "without this use the linker drops the islands")]
use app::*;

/// Called by the page once the wasm has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
