//! Dependencies run one way: no module imports from a layer above it, and no files import each other in a circle.
//!
//! The sources are read as Rust tokens, so comments, strings and macros need no rules of their own. Every path that begins
//! with `crate::`, `super::` or the name of a child module counts, wherever it stands; a name that a module re-exports
//! counts as the file that defines it. A module contains its child modules, so its calls into them are no imports; a child
//! that imports from its parent is one. Unit tests do not count: they may use anything.
#![allow(clippy::disallowed_methods, reason = "tests read and write source files")]

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The modules in reading order, from the ground up: each imports only from those before it.
const LAYERS: [&str; 26] = [
    "answer",
    "printable",
    "wrap",
    "messages",
    "foreign_text",
    "diagnostics",
    "error",
    "pack",
    "interview",
    "letterhead",
    "summary",
    "outline",
    "authoring",
    "batch",
    "ask",
    "render",
    "fhir",
    "export",
    "config",
    "push",
    "storage",
    "intake",
    "desk",
    "serve",
    "cli",
    "commands",
];

/// Modules that hold documentation alone and import nothing.
const DOCUMENTATION: [&str; 2] = ["benchmarks", "security"];

/// A module's path inside the crate: `["pack", "condition"]`; the crate's root is empty.
type ModulePath = Vec<String>;

/// One source file: its place and what it says of other modules.
#[derive(Default)]
struct Source {
    file: PathBuf,
    /// Child modules that it declares.
    children: BTreeSet<String>,
    /// Name that it re-exports -> the path behind it, from the crate's root.
    exports: BTreeMap<String, Vec<String>>,
    /// Every other path into the crate, from the crate's root.
    uses: BTreeSet<Vec<String>>,
}

/// All sources of a crate, by module path.
struct Crate(BTreeMap<ModulePath, Source>);

#[test]
fn dependencies_run_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let faults = faults(&root, &LAYERS);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn modules_stand_in_reading_order() {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("the crate's root");
    let declared = text.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    let declared: Vec<&str> = declared.filter_map(|name| name.strip_suffix(';')).collect();
    let listed: Vec<&str> = LAYERS.into_iter().chain(DOCUMENTATION).collect();
    assert_eq!(declared, listed);
}

/// A small made-up tree with one fault of each kind.
#[test]
fn every_kind_of_fault_is_found() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        std::fs::write(path, text).expect("a source file");
    };
    write("lib.rs", "pub mod ground; pub mod house; pub mod shed;");
    write("ground.rs", "use crate::house::{door::Door, roof};\n// crate::shed is only mentioned here\n");
    write(
        "house/mod.rs",
        "mod door; mod wall; pub use door::Door; pub(crate) use wall::Wall; fn build() { door::open() }",
    );
    write("house/door.rs", "use super::Wall; #[cfg(test)] mod tests { use crate::shed; }");
    write("house/wall.rs", "fn lean() { let text = \"crate::shed\"; html! { (super::door::Door) } }");
    write("shed.rs", "use super::house::Wall;");
    let found = faults(folder.path(), &["ground", "house"]);
    let expected = [
        "ground.rs imports house, a layer above it: ground",
        "a circle: house/door.rs -> house/wall.rs",
        "shed.rs: the table of layers lacks the module shed",
    ];
    assert_eq!(found, expected);
}

/// Everything that is wrong with the dependencies of the crate whose sources are in this folder.
fn faults(root: &Path, layers: &[&str]) -> Vec<String> {
    let sources = Crate::read(root);
    let layer_of = |module: &str| layers.iter().position(|layer| *layer == module);
    let mut faults = BTreeSet::new();
    let mut unknown = BTreeSet::new();
    let mut edges: BTreeMap<&Path, BTreeSet<&Path>> = BTreeMap::new();
    for (module, source) in &sources.0 {
        let Some(own) = module.first() else { continue };
        if layer_of(own).is_none() && !DOCUMENTATION.contains(&own.as_str()) {
            unknown.insert(format!("{}: the table of layers lacks the module {own}", source.file.display()));
        }
        for path in &source.uses {
            let Some(target) = sources.file_of(path) else {
                continue;
            };
            let (target_module, target) = target;
            let is_descendant = target_module.starts_with(module);
            if target.file != source.file && !is_descendant {
                edges.entry(&source.file).or_default().insert(&target.file);
            }
            let Some(used) = target_module.first() else {
                continue;
            };
            if layer_of(used) > layer_of(own) && layer_of(own).is_some() {
                faults.insert(format!("{} imports {used}, a layer above it: {own}", source.file.display()));
            }
        }
    }
    let circles = circles(&edges).into_iter().map(|files| {
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        format!("a circle: {}", names.join(" -> "))
    });
    faults.into_iter().chain(circles).chain(unknown).collect()
}

impl Crate {
    fn read(root: &Path) -> Self {
        let mut sources = BTreeMap::new();
        let mut waiting = vec![Vec::new()];
        while let Some(module) = waiting.pop() {
            let Some(file) = file_of_module(root, &module) else {
                continue;
            };
            let text = std::fs::read_to_string(root.join(&file)).expect("a source file");
            let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let mut source = Source { file, ..Source::default() };
            source.read_items(&module, &flatten(tokens));
            waiting
                .extend(source.children.iter().map(|child| [module.as_slice(), std::slice::from_ref(child)].concat()));
            sources.insert(module, source);
        }
        Self(sources)
    }

    /// The file behind a path: that of the longest module in it, or the one that a re-exported name comes from.
    fn file_of(&self, path: &[String]) -> Option<(&ModulePath, &Source)> {
        let depth = (0..=path.len()).rev().find(|depth| self.0.contains_key(&path[..*depth]))?;
        let (module, source) = self.0.get_key_value(&path[..depth])?;
        match path.get(depth).and_then(|name| source.exports.get(name)) {
            Some(behind) if behind != path => self.file_of(behind),
            _ => Some((module, source)),
        }
    }
}

impl Source {
    /// Reads the tokens of a file: `mod` declarations, re-exports, and every path into the crate.
    fn read_items(&mut self, module: &[String], tokens: &[Token]) {
        for (position, token) in tokens.iter().enumerate() {
            if *token == Token::Word("mod".into())
                && let (Some(Token::Word(name)), Some(Token::Sign(';'))) =
                    (tokens.get(position + 1), tokens.get(position + 2))
            {
                self.children.insert(name.clone());
            }
        }
        let mut position = 0;
        while position < tokens.len() {
            let follows_path = position > 0 && tokens[position - 1] == Token::PathSeparator;
            let is_path = !follows_path && tokens.get(position + 1) == Some(&Token::PathSeparator);
            let Some(prefix) = self.prefix(module, &tokens[position]).filter(|_| is_path) else {
                position += 1;
                continue;
            };
            let is_export = is_export(&tokens[..position]);
            let mut paths = Vec::new();
            position = read_path(tokens, position + 1, prefix, module, &mut paths);
            for (path, name) in paths {
                if is_export && name != "*" {
                    self.exports.insert(name, path);
                } else {
                    self.uses.insert(path);
                }
            }
        }
    }

    /// Where a path begins that starts with this token; `None` where it does not lead into the crate.
    fn prefix(&self, module: &[String], token: &Token) -> Option<ModulePath> {
        let Token::Word(word) = token else {
            return None;
        };
        match word.as_str() {
            "crate" => Some(Vec::new()),
            "super" => Some(module[..module.len().saturating_sub(1)].to_vec()),
            child if self.children.contains(child) => Some([module, std::slice::from_ref(word)].concat()),
            _ => None,
        }
    }
}

/// Whether the tokens before a path make it a re-export: `pub use`, or `pub(crate) use`.
fn is_export(before: &[Token]) -> bool {
    let [head @ .., Token::Word(last)] = before else {
        return false;
    };
    let head = match head {
        [head @ .., Token::Open, Token::Word(_), Token::Close] => head,
        _ => head,
    };
    last == "use" && matches!(head, [.., Token::Word(word)] if word == "pub")
}

/// Reads the rest of a path from `position`, groups included; gives each whole path with the name that it brings.
fn read_path(
    tokens: &[Token],
    mut position: usize,
    mut path: ModulePath,
    module: &[String],
    paths: &mut Vec<(ModulePath, String)>,
) -> usize {
    let mut above = module.len().saturating_sub(1);
    while tokens.get(position) == Some(&Token::PathSeparator) {
        match tokens.get(position + 1) {
            Some(Token::Word(word)) if word == "super" => {
                above = above.saturating_sub(1);
                path = module[..above].to_vec();
            }
            Some(Token::Word(word)) => path.push(word.clone()),
            Some(Token::Open) => {
                position += 2;
                while let Some(token) = tokens.get(position) {
                    match token {
                        Token::Close => return position + 1,
                        Token::Word(word) => {
                            let inner = if word == "self" {
                                path.clone()
                            } else {
                                [path.as_slice(), std::slice::from_ref(word)].concat()
                            };
                            position = read_path(tokens, position + 1, inner, module, paths);
                        }
                        _ => position += 1,
                    }
                }
                return position;
            }
            Some(Token::Sign('*')) => {
                paths.push((path, "*".to_owned()));
                return position + 2;
            }
            _ => break,
        }
        position += 2;
    }
    let name = match (tokens.get(position), tokens.get(position + 1)) {
        (Some(Token::Word(word)), Some(Token::Word(name))) if word == "as" => Some(name.clone()),
        _ => path.last().cloned(),
    };
    paths.extend(name.map(|name| (path, name)));
    position
}

/// The tokens that paths are made of; whatever else there is becomes a sign.
#[derive(Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    PathSeparator,
    Open,
    Close,
    Sign(char),
}

/// All tokens of a file in one row, without its unit tests.
fn flatten(tokens: TokenStream) -> Vec<Token> {
    let mut flat = Vec::new();
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut trees = trees.into_iter().peekable();
    let mut in_tests = false;
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Ident(word) => flat.push(Token::Word(word.to_string())),
            TokenTree::Literal(_) => flat.push(Token::Sign('"')),
            TokenTree::Punct(sign) if sign.as_char() == ':' => {
                let is_pair = matches!(trees.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
                if is_pair {
                    trees.next();
                    flat.push(Token::PathSeparator);
                } else {
                    flat.push(Token::Sign(':'));
                }
            }
            TokenTree::Punct(sign) => {
                in_tests &= sign.as_char() != ';';
                flat.push(Token::Sign(sign.as_char()));
            }
            TokenTree::Group(group) => {
                let attribute = attribute_text(&group);
                if attribute.starts_with("cfg") {
                    in_tests |= attribute == "cfg(test)";
                } else if in_tests && group.delimiter() == Delimiter::Brace {
                    in_tests = false;
                } else {
                    flat.push(Token::Open);
                    flat.extend(flatten(group.stream()));
                    flat.push(Token::Close);
                }
            }
        }
    }
    flat
}

/// What stands in brackets, without spaces; empty for other groups.
fn attribute_text(group: &Group) -> String {
    let is_bracket = group.delimiter() == Delimiter::Bracket;
    if is_bracket { group.stream().to_string().replace(' ', "") } else { String::new() }
}

/// The file of a module, from the folder of sources.
fn file_of_module(root: &Path, module: &[String]) -> Option<PathBuf> {
    let mut candidates = vec![PathBuf::from("lib.rs")];
    if !module.is_empty() {
        let path: PathBuf = module.iter().collect();
        candidates = vec![path.with_extension("rs"), path.join("mod.rs")];
    }
    candidates.into_iter().find(|file| root.join(file).is_file())
}

/// Every circle among the files, each as the files in it.
fn circles<'f>(edges: &BTreeMap<&'f Path, BTreeSet<&'f Path>>) -> Vec<Vec<&'f Path>> {
    let reach = |start: &'f Path| {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![start];
        while let Some(file) = waiting.pop() {
            let next = edges.get(file).into_iter().flatten();
            waiting.extend(next.copied().filter(|next| reached.insert(*next)));
        }
        reached
    };
    let reached: BTreeMap<&Path, BTreeSet<&Path>> = edges.keys().map(|file| (*file, reach(file))).collect();
    let mut circles = BTreeSet::new();
    for (file, from_here) in &reached {
        let circle: Vec<&Path> = from_here
            .iter()
            .copied()
            .filter(|other| reached.get(other).is_some_and(|back| back.contains(file)))
            .collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}
