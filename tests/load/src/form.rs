//! The sheet as a browser reads it: which fields it has and what may be answered.

use std::fmt::Write;

/// A field of the sheet and what may be chosen in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, such as `q3` or `q7_2`.
    pub name: String,
    /// The values on offer; none: it is typed.
    pub offers: Vec<String>,
    /// Whether several may be chosen.
    pub several: bool,
}

/// The fields of the questions on a sheet, in the order of the page, and the hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which tab has it.
    pub hold: String,
    /// The fields.
    pub fields: Vec<Field>,
}

/// Reads the sheet's form out of its page; `None`: there is none.
pub fn read_sheet(page: &str) -> Option<Sheet> {
    let form = page.split_once("id=\"bai-thi\"")?.1;
    let mut sheet = Sheet { hold: String::new(), fields: Vec::new() };
    let mut rest = form;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let tag = rest.split_once('>').map_or(rest, |(tag, _)| tag);
        if tag.starts_with("/form") {
            break;
        }
        if tag.starts_with("input") {
            let (name, kind) = (attribute(tag, "name"), attribute(tag, "type"));
            match name {
                "hold" => attribute(tag, "value").clone_into(&mut sheet.hold),
                name if is_question(name) => sheet.take(name, attribute(tag, "value"), kind),
                _ => {}
            }
        } else if tag.starts_with("select") && is_question(attribute(tag, "name")) {
            let options = rest.split_once("</select").map_or(rest, |(inside, _)| inside);
            let offers = options.split("<option").skip(1).map(|option| attribute(option, "value").to_owned());
            let offers = offers.filter(|value| !value.is_empty()).collect();
            sheet.fields.push(Field { name: attribute(tag, "name").to_owned(), offers, several: false });
        }
    }
    (!sheet.fields.is_empty()).then_some(sheet)
}

impl Sheet {
    fn take(&mut self, name: &str, value: &str, kind: &str) {
        let offered = matches!(kind, "radio" | "checkbox");
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.offers.push(value.to_owned());
            return;
        }
        let offers = if offered { vec![value.to_owned()] } else { Vec::new() };
        self.fields.push(Field { name: name.to_owned(), offers, several: kind == "checkbox" });
    }

    /// Answers to the first `share` of `of` parts of the sheet; the choice turns with `turn`.
    pub fn answers(&self, (share, of): (usize, usize), turn: usize) -> Vec<(String, String)> {
        let until = self.fields.len() * share / of;
        let mut answers = Vec::with_capacity(until);
        for (i, field) in self.fields.iter().take(until).enumerate() {
            let pick = |by: usize| field.offers.get((turn + i + by) % field.offers.len().max(1)).cloned();
            match pick(0) {
                Some(value) if field.several && field.offers.len() > 1 => {
                    let mut both = vec![value, pick(1).unwrap_or_default()];
                    both.sort();
                    answers.extend(both.into_iter().map(|value| (field.name.clone(), value)));
                }
                Some(value) => answers.push((field.name.clone(), value)),
                None => answers.push((field.name.clone(), (100 + turn % 900).to_string())),
            }
        }
        answers
    }
}

/// `q3`, `q7_2` or the prediction.
fn is_question(name: &str) -> bool {
    name == "prediction" || name.strip_prefix('q').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The value of an attribute of a tag, in either form of quotes; empty: it has none.
fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].ends_with([' ', '\n', '\t']);
        rest = &rest[at + name.len()..];
        if let Some(value) = rest.strip_prefix("=\"").filter(|_| before) {
            return value.split('"').next().unwrap_or_default();
        }
    }
    ""
}

/// A form as browsers encode it.
pub fn encode(fields: &[(String, String)]) -> String {
    let mut form = String::new();
    for (name, value) in fields {
        if !form.is_empty() {
            form.push('&');
        }
        for (i, text) in [name, value].into_iter().enumerate() {
            if i == 1 {
                form.push('=');
            }
            for byte in text.bytes() {
                if byte.is_ascii_alphanumeric() || byte == b'_' {
                    form.push(char::from(byte));
                } else {
                    // Writing to a string never fails.
                    let _ = write!(form, "%{byte:02X}");
                }
            }
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<input name="q9" value="0"><form class="sheet" id="bai-thi" method="post"><input type="hidden" name="hold" value="3">
        <input type="radio" name="q1" value="1"/><input type="radio" name="q1" value="2"/>
        <input type="checkbox" name="q2" value="1"/><input type="checkbox" name="q2" value="2"/><input type="checkbox" name="f2" value="1"/>
        <select name="q3_1" id="q3_1"><option value="">Chọn</option><option value="1">A</option><option value="2">B</option></select>
        <input id="prediction" name="prediction" value=""></form><input name="q8" value="1">"#;

    #[test]
    fn a_sheet_is_read_as_a_browser_reads_it() {
        let sheet = read_sheet(PAGE).expect("a sheet");
        assert_eq!(sheet.hold, "3");
        let names: Vec<_> = sheet.fields.iter().map(|field| (field.name.as_str(), field.offers.len(), field.several)).collect();
        assert_eq!(names, [("q1", 2, false), ("q2", 2, true), ("q3_1", 2, false), ("prediction", 0, false)]);
        assert_eq!(encode(&sheet.answers((1, 4), 1)), "q1=2");
        assert_eq!(encode(&sheet.answers((1, 2), 0)), "q1=1&q2=1&q2=2");
    }
}
