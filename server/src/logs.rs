//! What may be logged, however much somebody asks for.

use tracing_subscriber::EnvFilter;

/// The filter less the parser of HTML, which at `debug` would write every text that it reads, keys included.
pub fn filter(asked: EnvFilter) -> EnvFilter {
    ["html5ever=warn", "markup5ever=warn"].into_iter().filter_map(|quiet| quiet.parse().ok()).fold(asked, EnvFilter::add_directive)
}
