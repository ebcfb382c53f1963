//! QR codes as one SVG path, so that a page colours and sizes them by its classes.

use crate::{Fault, Result};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// White modules around a code (ISO/IEC 18004).
const QUIET: usize = 4;

/// A drawn code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// The path of the dark modules; one module is one unit.
    pub path: String,
    /// Modules on one side, the quiet zone included.
    pub side: usize,
}

impl Qr {
    /// The SVG view box.
    pub fn view_box(&self) -> String {
        format!("0 0 {0} {0}", self.side)
    }
}

/// Draws the code of an address; a quarter of it may be dirty and it still reads.
///
/// # Errors
/// When the address is too long for a code.
pub fn qr(address: &str) -> Result<Qr> {
    let code =
        QrCode::with_error_correction_level(address, EcLevel::Q).map_err(|error| Fault::Outside("drawing a QR code", Box::new(error)))?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|module| **module == Color::Dark).count();
            if run > 0 {
                // Writing to a string never fails.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Ok(Qr { path, side: width + 2 * QUIET })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_the_corner_that_scanners_look_for() {
        let code = qr("https://hoithi.example/t/tuan-1").expect("drawn");
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", &code.path[..40]);
        assert_eq!(code.view_box(), format!("0 0 {0} {0}", code.side));
        assert!(code.side > 2 * QUIET + 20);
    }

    #[test]
    fn an_address_without_end_is_no_code() {
        assert!(qr(&"x".repeat(10_000)).is_err());
    }
}
