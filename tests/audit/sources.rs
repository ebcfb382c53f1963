//! Nothing that writes is missing from the walk: the engine's sources are read for what opens a unit of work.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// What writes and leaves no note of its own, and why that is right.
const WITHOUT_A_WALK: &[(&str, &str)] = &[
    ("leads", "which node does scheduled work, said anew every two seconds"),
    ("open_accounts", "many accounts at once, of the demo and the stories: a note for each that is no sample"),
    ("load_questions", "the demo's bank: a note for every step of every question"),
    ("seed_demo", "the demo itself: made of the deeds that are walked"),
];

/// Every Rust file below, but for sittings, which their own chain audits.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("src/attempt") {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// A method as it stands in a file that rustfmt has laid out: its name, whether others may call it, and its body.
struct Method {
    name: String,
    public: bool,
    body: String,
}

fn methods(source: &str) -> Vec<Method> {
    let mut found: Vec<Method> = Vec::new();
    let mut inside = false;
    for line in source.lines() {
        let head = line.strip_prefix("    ").filter(|rest| !rest.starts_with(' '));
        if let Some((visibility, rest)) = head.and_then(|head| head.split_once("fn ")).filter(|(before, _)| before.ends_with("async ")) {
            let name = rest.split(['(', '<']).next().unwrap_or_default().to_owned();
            found.push(Method { name, public: visibility == "pub async ", body: String::new() });
            inside = true;
        } else if inside && let Some(method) = found.last_mut() {
            method.body.push_str(line);
            method.body.push('\n');
        }
        inside &= line != "    }";
    }
    found
}

/// The names of the public methods that open a unit of work, by themselves or through a private one beside them.
fn writing(source: &str) -> BTreeSet<String> {
    let methods = methods(source);
    let mut writes: BTreeMap<&str, bool> =
        methods.iter().map(|method| (method.name.as_str(), method.body.contains("store.begin()"))).collect();
    loop {
        let calls = |body: &str| writes.iter().any(|(name, writes)| *writes && body.contains(&format!("self.{name}(")));
        let more: Vec<&str> = methods
            .iter()
            .filter(|method| !writes[method.name.as_str()] && calls(&method.body))
            .map(|method| method.name.as_str())
            .collect();
        if more.is_empty() {
            break;
        }
        writes.extend(more.into_iter().map(|name| (name, true)));
    }
    methods.iter().filter(|method| method.public && writes[method.name.as_str()]).map(|method| method.name.clone()).collect()
}

#[test]
fn every_deed_that_writes_is_walked_or_has_a_reason() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &PathBuf| std::fs::read_to_string(path).expect("a source file");
    let deeds: BTreeSet<String> = files(&here.join("../server/engine/src")).iter().flat_map(|path| writing(&read(path))).collect();
    let walk: String = files(&here.join("audit")).iter().map(read).collect();
    assert!(deeds.len() > 60, "the engine was read: {deeds:?}");
    let is_walked = |deed: &String| walk.contains(&format!("engine.{deed}(")) || WITHOUT_A_WALK.iter().any(|(name, _)| name == deed);
    let forgotten: Vec<_> = deeds.iter().filter(|deed| !is_walked(deed)).collect();
    assert!(forgotten.is_empty(), "these write and nobody walks them: {forgotten:?}");
    let idle: Vec<_> = WITHOUT_A_WALK.iter().filter(|(name, _)| !deeds.contains(*name)).collect();
    assert!(idle.is_empty(), "these need no reason any more: {idle:?}");
}

#[test]
fn a_method_that_writes_is_found() {
    let source = "impl Engine {\n    /// Writes.\n    pub async fn write(&self) {\n        self.store.begin();\n    }\n\n    \
                  pub async fn read(&self) {\n        self.store.read();\n    }\n\n    pub async fn ask(\n        &self,\n    ) {\n        \
                  self.do_it();\n    }\n\n    async fn do_it(&self) {\n        self.store.begin();\n    }\n}\n";
    assert_eq!(writing(source), ["ask", "write"].map(ToOwned::to_owned).into());
}
