//! What review should not have to look for. Each failure names file and line and says how to mend it.
//!
//! Every check is a function of a [`Tree`]. Its test runs it on this repository, which must pass, and on small bad trees,
//! which must not: a check that cannot fail proves nothing.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "tidy/source.rs"]
mod source;

use serde_json::Value;
use source::{Literal, Source, words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reading order: a file may use its own layer and those before it.
const LAYERS: [&str; 14] =
    ["model", "data", "state", "text", "view", "charts", "html", "tool", "io", "echarts", "app_state", "ui", "pages", "shell"];
/// Files of `src/` that tie the layers together.
const ROOTS: [&str; 3] = ["lib", "main", "bin"];
/// Uses that the order allows and the architecture does not: (from, path, why).
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("echarts", "crate::io", "drawing does not fetch: take the data as an argument"),
    ("pages", "crate::io", "pages do not fetch: ask app_state"),
    ("pages", "crate::echarts::binding", "pages do not talk to ECharts: use the component in crate::echarts"),
];
/// Other people's crates that only some layers may know.
const FOREIGN: &[(&str, &[&str])] = &[
    ("charming", &["charts", "echarts"]),
    ("serde_wasm_bindgen", &["echarts"]),
    ("gloo_net", &["io"]),
    ("leptos", &["echarts", "app_state", "ui", "pages", "shell"]),
    ("maud", &["html"]),
    ("clap", &["bin"]),
    ("notify", &["tool"]),
    ("ureq", &["tool"]),
];

/// Names that only some layers may use: (name, layers, what to do instead).
const BANNED: &[(&str, &[&str], &str)] = &[
    ("web_sys::window", &["io"], "call crate::io::browser, which survives its absence"),
    ("inner_html", &[], "a package's text is never markup; write it as a child of an element"),
    ("PreEscaped", &[], "a package's text is never markup; let maud escape it"),
    ("impact_patch", &["io"], "call crate::io::patch::patch, which takes escaped markup only"),
    ("set_inner_html", &[], "a package's text is never markup; use set_text_content"),
    ("insert_adjacent_html", &[], "a package's text is never markup; use set_text_content"),
];

/// Layers whose words a reader sees.
const SPEAKING: [&str; 6] = ["view", "html", "tool", "ui", "pages", "shell"];
/// Attributes whose values a reader sees or hears.
const SPOKEN_ATTRIBUTES: [&str; 10] = [
    "title",
    "alt",
    "placeholder",
    "label",
    "summary",
    "content",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
];
/// Macros whose words only a developer sees.
const DEVELOPER_MACROS: [&str; 8] = ["log!(", "warn!(", "error!(", "debug_log!(", "debug_warn!(", "debug_error!(", "panic!(", "assert!("];
/// Words that stand in source on purpose: (file, part of the literal).
const WORDS_IN_SOURCE: &[(&str, &str)] = &[("src/text/format.rs", ""), ("src/view/parts.rs", "абвгґ")];

/// Keys that source puts together: whatever starts like this counts as used.
const DYNAMIC_KEYS: &[&str] = &[
    "about.",
    "agreement-column.",
    "basis-why.",
    "basis.",
    "catalogue.",
    "certificate.",
    "choice.",
    "confidence.",
    "control.",
    "counterpart-type.",
    "edit.",
    "embed.",
    "event-diaspora.",
    "event-mode.",
    "field.",
    "figure-basis-why.",
    "figure-basis.",
    "file-column.",
    "find.",
    "form.",
    "impact.head-",
    "impact.help.",
    "impact.usage.",
    "instrument.",
    "issue.",
    "lead.",
    "licence-why.",
    "licence.",
    "load.",
    "missing-why.",
    "missing.",
    "nature.",
    "offline.",
    "opportunity-kind.",
    "organisation-kind.",
    "page.",
    "param.",
    "path.",
    "pick.",
    "pillar.",
    "place-kind.",
    "place-kinds.",
    "precision.",
    "present.",
    "qualifier-name.",
    "qualifier.",
    "reading.",
    "refusal.",
    "resource.",
    "standing-why.",
    "standing.",
    "status.",
    "tab.",
    "take.code-",
    "take.file-",
    "take.holds-",
    "tile.",
    "topic.",
    "type.",
];
const PLURAL_FORMS: [(&str, &[&str]); 2] = [("en", &["one", "other"]), ("uk", &["one", "few", "many", "other"])];

const MAX_LINES: usize = 600;
const MAX_ARCHITECTURE_LINES: usize = 200;

/// Text files by path relative to the root, in order of path.
#[derive(Default)]
struct Tree(BTreeMap<String, String>);

impl Tree {
    fn repository() -> Tree {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut tree = Tree::default();
        for folder in ["src", "locales", "script", ".ci", "web", "tests", "public"] {
            tree.add(root, &root.join(folder));
        }
        for entry in std::fs::read_dir(root).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            tree.add(root, &entry.path());
        }
        tree
    }

    fn add(&mut self, root: &Path, path: &Path) {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).unwrap().flatten() {
                self.add(root, &entry.path());
            }
        } else if let (Ok(bytes), Ok(relative)) = (std::fs::read(path), path.strip_prefix(root)) {
            self.0.insert(relative.to_string_lossy().replace('\\', "/"), String::from_utf8_lossy(&bytes).into_owned());
        }
    }

    fn of(files: &[(&str, &str)]) -> Tree {
        Tree(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(move |(path, _)| path.starts_with(folder)).map(|(path, text)| (path.as_str(), text.as_str()))
    }

    fn rust(&self) -> Vec<Source> {
        self.below("src/").filter(|(path, _)| path.ends_with(".rs")).map(|(path, text)| Source::new(path, text)).collect()
    }
}

type Check = fn(&Tree) -> Vec<String>;

/// The repository passes.
#[track_caller]
fn passes(check: Check) {
    let failures = check(&Tree::repository());
    assert!(failures.is_empty(), "{} to mend:\n{}", failures.len(), failures.join("\n"));
}

/// A bad tree gives exactly the failures that start like this.
#[track_caller]
fn bites(check: Check, files: &[(&str, &str)], starts: &[&str]) {
    let failures = check(&Tree::of(files));
    let as_expected = failures.len() == starts.len() && failures.iter().zip(starts).all(|(failure, start)| failure.starts_with(start));
    assert!(as_expected, "expected failures at {starts:?}, got:\n{}", failures.join("\n"));
}

// ---------------------------------------------------------------------------------------------------------------- layers

fn layers(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    for source in tree.rust() {
        let Some(own) = source.layer().filter(|layer| !ROOTS.contains(layer)) else { continue };
        let Some(rank) = LAYERS.iter().position(|layer| *layer == own) else {
            failures.push(format!(
                "{}:1: `{own}` is not a layer; put the file into one of {}, or add the layer to tests/tidy.rs and ARCHITECTURE.md",
                source.path,
                LAYERS.join(", ")
            ));
            continue;
        };
        for (offset, path) in crate_paths(&source) {
            let used = path.trim_start_matches("crate::").split("::").next().unwrap_or_default();
            let at = source.at(offset);
            if let Some((_, _, why)) =
                FORBIDDEN.iter().find(|(from, to, _)| *from == own && (path == *to || path.starts_with(&format!("{to}::"))))
            {
                failures.push(format!("{at}: {own} uses {path}; {why}"));
            } else if let Some(used_rank) = LAYERS.iter().position(|layer| *layer == used)
                && used_rank > rank
            {
                failures.push(format!("{at}: {own} uses {path}, a later layer; move the code to {used}, or pass it the value from there"));
            }
        }
        for (krate, layers) in FOREIGN.iter().filter(|(_, layers)| !layers.contains(&own)) {
            for offset in words(&source.code, krate) {
                failures.push(format!("{}: only {} may know {krate}; use their types instead", source.at(offset), layers.join(", ")));
            }
        }
        for (name, _, advice) in BANNED.iter().filter(|(_, layers, _)| !layers.contains(&own)) {
            for offset in words(&source.code, name) {
                failures.push(format!("{}: {own} may not use {name}; {advice}", source.at(offset)));
            }
        }
        if !["charts", "echarts"].contains(&own) {
            let in_code =
                words(&source.code, "echarts").filter(|&at| !source.code[..at].ends_with("crate::") && !is_in_group(&source.code, at));
            let in_text = source.shipped().filter(|literal| literal.value.contains("echarts")).map(|literal| literal.start);
            for offset in in_code.chain(in_text) {
                failures.push(format!(
                    "{}: only src/echarts/ and src/charts/ know JavaScript's ECharts; use the component in crate::echarts",
                    source.at(offset)
                ));
            }
        }
    }
    failures
}

/// Whether an identifier stands in `use crate::{…}`.
fn is_in_group(code: &str, at: usize) -> bool {
    let statement = code[..at].rfind(';').map_or(0, |semicolon| semicolon + 1);
    code[statement..at].contains("crate::{")
}

/// Every path from the crate's root, with groups written out: `crate::{io, ui::button}` gives two. `super::super::x` counts where it
/// leaves the layer.
fn crate_paths(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in words(&source.code, "crate").filter(|&at| !source.code[..at].ends_with('$')) {
        if let Some(rest) = source.code[at..].strip_prefix("crate::") {
            expand("crate", rest, &mut |path| found.push((at, path)));
        }
    }
    let mut end = 0;
    for at in words(&source.code, "super") {
        if at < end {
            continue;
        }
        let supers = source.code[at..].split("super::").take_while(|between| between.is_empty()).count();
        end = at + supers * "super::".len();
        if supers > 0 && supers == source.depth() + usize::from(source.is_test(at)) {
            expand("crate", &source.code[end..], &mut |path| found.push((at, path)));
        }
    }
    found
}

fn expand(prefix: &str, rest: &str, found: &mut dyn FnMut(String)) {
    let rest = rest.trim_start();
    if rest.starts_with('{') {
        let inside = source::matching(rest, 0).map_or("", |close| &rest[1..close]);
        let mut depth = 0usize;
        let parts = inside.split(|c: char| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0
        });
        parts.filter(|part| !part.trim().is_empty()).for_each(|part| expand(prefix, part, found));
        return;
    }
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if name.is_empty() {
        found(prefix.to_owned());
        return;
    }
    let path = format!("{prefix}::{name}");
    match rest[name.len()..].strip_prefix("::") {
        Some(deeper) => expand(&path, deeper, found),
        None => found(path),
    }
}

#[test]
fn layers_point_one_way() {
    passes(layers);
    bites(
        layers,
        &[("src/model/x.rs", "//! x\nuse crate::view::spec::Figure;\n")],
        &["src/model/x.rs:2: model uses crate::view::spec::Figure, a later layer"],
    );
    bites(layers, &[("src/data.rs", "fn f() { crate::text::Text::new(lang) }")], &["src/data.rs:1: data uses crate::text::Text::new"]);
    bites(
        layers,
        &[("src/view/x.rs", "use crate::{model::lang::{self, Lang}, charts};\nuse super::super::io;\nuse super::parts;")],
        &["src/view/x.rs:1: view uses crate::charts", "src/view/x.rs:2: view uses crate::io"],
    );
    bites(
        layers,
        &[(
            "src/pages/x.rs",
            "use crate::io;\nuse crate::echarts::{chart::Chart, binding::Instance};\nuse crate::echarts;\nuse crate::shell;",
        )],
        &[
            "src/pages/x.rs:1: pages uses crate::io; pages do not",
            "src/pages/x.rs:2: pages uses crate::echarts::binding::Instance; pages do not",
            "src/pages/x.rs:4: pages uses crate::shell",
        ],
    );
    bites(
        layers,
        &[("src/io/x.rs", "use crate::echarts::x;"), ("src/echarts/x.rs", "use crate::io::x;")],
        &["src/echarts/x.rs:1: echarts uses crate::io::x; drawing", "src/io/x.rs:1: io uses crate::echarts::x, a later"],
    );
    bites(
        layers,
        &[("src/view/x.rs", "use charming::Chart;\n// charming\nconst A: &str = \"echarts/lines.js\";")],
        &["src/view/x.rs:1: only charts, echarts may know charming", "src/view/x.rs:3: only src/echarts/"],
    );
    bites(
        layers,
        &[("src/ui/x.rs", "fn f() { web_sys::window(); el.set_inner_html(text) }"), ("src/io/x.rs", "fn f() { web_sys::window() }")],
        &["src/ui/x.rs:1: ui may not use web_sys::window", "src/ui/x.rs:1: ui may not use set_inner_html"],
    );
    bites(
        layers,
        &[("src/html/x.rs", "use crate::tool::check;"), ("src/tool/x.rs", "use crate::html::Site;\nuse clap::Parser;")],
        &["src/html/x.rs:1: html uses crate::tool::check, a later", "src/tool/x.rs:2: only bin may know clap"],
    );
    bites(layers, &[("src/helpers/x.rs", "")], &["src/helpers/x.rs:1: `helpers` is not a layer"]);
    bites(
        layers,
        &[
            (
                "src/view/x.rs",
                "use crate::text::Text;\n// use crate::ui;\n#[cfg(test)]\nmod tests { use super::super::parts; use crate::{model, state::url}; const A: &str = \"crate::ui\"; }",
            ),
            ("src/pages/x.rs", "use crate::{echarts::chart, app_state};"),
        ],
        &[],
    );
}

// ----------------------------------------------------------------------------------------------------- text in the source

fn text_in_source(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    for source in tree.rust() {
        let speaks = source.layer().is_some_and(|layer| SPEAKING.contains(&layer));
        let bodies = source.macro_bodies("view");
        let markup = source.macro_bodies("html");
        for literal in source.shipped() {
            if WORDS_IN_SOURCE.iter().any(|(path, part)| *path == source.path && literal.value.contains(part)) {
                continue;
            }
            let in_view = bodies.iter().chain(&markup).any(|body| body.contains(&literal.start));
            let why = if literal.value.chars().any(is_cyrillic) {
                Some("has Cyrillic letters")
            } else if markup.iter().any(|body| body.contains(&literal.start)) && is_text_of_markup(&source, literal) {
                Some("is a text in html!")
            } else if speaks {
                seen_by_readers(&source, literal, in_view)
            } else {
                None
            };
            if let Some(why) = why {
                failures.push(format!(
                    "{}: \"{}\" {why}; put the words into locales/en and locales/uk and call t(…) (or, for words that nobody reads, add them to WORDS_IN_SOURCE in tests/tidy.rs)",
                    source.at(literal.start),
                    literal.value
                ));
            }
        }
    }
    failures
}

fn seen_by_readers(source: &Source, literal: &Literal, in_view: bool) -> Option<&'static str> {
    let before = source.code[..literal.start].trim_end();
    let has_letters = !is_file(&literal.value) && without_braces(&literal.value).chars().any(char::is_alphabetic);
    if in_view {
        if let Some(attribute) = attribute_before(before) {
            let is_spoken = SPOKEN_ATTRIBUTES.contains(&attribute);
            return (is_spoken && has_letters).then_some("is an attribute that readers see or hear");
        }
        // A child follows a tag, a block or another text; a match arm follows an arrow.
        let is_child = before.ends_with(['>', '}', '"']) && !before.ends_with("=>") && !before.ends_with("->");
        if is_child && has_letters {
            return Some("is a text in view!");
        }
    }
    let is_for_developers = DEVELOPER_MACROS.iter().any(|call| before.ends_with(call)) || before.ends_with(".expect(");
    (!is_for_developers && has_two_words(&literal.value)).then_some("has several words")
}

/// In maud's `html!` a text stands in braces or after another child; `name={ … }` is an attribute.
fn is_text_of_markup(source: &Source, literal: &Literal) -> bool {
    let before = source.code[..literal.start].trim_end();
    let Some(open) = opening(before) else { return false };
    let owner = before[..open].trim_end();
    let is_child = before.ends_with(['{', '}', ')', '"', ';']) && !before.ends_with("=>");
    let is_attribute = owner.ends_with('=') && !attribute_before(owner).is_some_and(|name| SPOKEN_ATTRIBUTES.contains(&name));
    is_child && !is_attribute && !is_file(&literal.value) && literal.value.chars().any(char::is_alphabetic)
}

/// The brace that is open at the end; `None` within parentheses, where Rust stands and not markup.
fn opening(code: &str) -> Option<usize> {
    let (mut depth, mut found) = (0usize, None);
    for (at, byte) in code.bytes().enumerate().rev() {
        match byte {
            b'}' | b')' => depth += 1,
            b'{' | b'(' if depth > 0 => depth -= 1,
            b'(' => return None,
            b'{' => {
                found = found.or(Some(at));
                if code[..at].trim_end().ends_with("html!") {
                    return found;
                }
            }
            _ => {}
        }
    }
    found
}

/// `datapackage.json` is called so in every language.
fn is_file(text: &str) -> bool {
    [".json", ".jsonld", ".js", ".css", ".csv", ".svg", ".md"].iter().any(|end| text.ends_with(end)) && !text.contains(' ')
}

/// The attribute's name when its value comes next.
fn attribute_before(before: &str) -> Option<&str> {
    let before = before.strip_suffix('=')?.trim_end();
    if before.ends_with(['=', '!', '<', '>']) {
        return None;
    }
    let start = before.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))).map_or(0, |at| at + 1);
    // `let x = "…"` is no attribute.
    (!before[..start].trim_end().ends_with("let")).then_some(&before[start..])
}

/// `{name}` is filled in by somebody else.
fn without_braces(text: &str) -> String {
    let mut depth = 0usize;
    let outside = |c: &char| {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(outside).collect()
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

/// Two words of letters with one space between: a sentence, not an id, a class or a media query.
fn has_two_words(text: &str) -> bool {
    let text = without_braces(text);
    let is_word = |word: &&str| {
        let word = word.trim_end_matches([',', '.', ':', '!', '?', '…']);
        word.chars().count() >= 2 && word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’')
    };
    let parts: Vec<&str> = text.split(' ').collect();
    parts.windows(2).any(|pair| is_word(&pair[0]) && is_word(&pair[1]) && !pair[0].ends_with(':'))
}

#[test]
fn words_live_in_locales() {
    passes(text_in_source);
    let view = |body: &str| format!("fn f() {{ view! {{ {body} }} }}");
    let check = |body: &str, failures: usize| {
        let (text, starts) = (view(body), vec!["src/ui/x.rs:1: "; failures]);
        bites(text_in_source, &[("src/ui/x.rs", &text)], &starts);
    };
    check("<p>\"Close\"</p>", 1);
    check("<p>{number}\"people\"</p>", 1);
    check("<a href=x>\"datapackage.json\"</a>", 0);
    check("<p>\" · \"{t(\"close\")}\" × \"\"{}\"</p>", 0);
    check("<button title=\"Close\" class=\"card wide open\" type=\"button\">{x}</button>", 1);
    check("<a aria-label=\"Close\" aria-live=\"polite\" rel=\"noopener noreferrer\" href=\"#main\"/>", 1);
    check("<p class=move || match x { A => \"open\", B => \"closed\" }>{if y == \"one\" { a } else { b }}</p>", 0);
    let markup = |body: &str, failures: usize| {
        let text = format!("fn f() {{ html! {{ {body} }} }}");
        bites(text_in_source, &[("src/html/x.rs", &text)], &vec!["src/html/x.rs:1: "; failures]);
    };
    markup("p { \"Close\" }", 1);
    markup("p { (number) \"people\" } li { b {} \"people\" }", 2);
    markup("p { @if x { \"Close\" } @else { \"Open it\" } }", 2);
    markup("a href=(x) title=\"Close\" { (y) }", 1);
    markup("a aria-label={ \"Close \" (x) } href={ \"#main\" (y) } rel=\"noopener noreferrer\" data-set={ (x) \"tab=\" } { \" — \" }", 1);
    markup("p id={ (x) \"-place\" } class=(if y { \"a\" } else { \"b\" }) { (t(\"close\")) (file) \".json\" }", 0);
    bites(
        text_in_source,
        &[(
            "src/pages/x.rs",
            "const A: &str = \"Try again\";\nconst B: &str = \"no-wrap\";\nconst C: &str = \"(prefers-color-scheme: dark)\";\nconst D: &str = \"{a} {b}: {c} of\";",
        )],
        &["src/pages/x.rs:1: \"Try again\" has several words"],
    );
    bites(
        text_in_source,
        &[("src/io/x.rs", "const A: &str = \"так\"; const B: &str = \"two words\";")],
        &["src/io/x.rs:1: \"так\" has Cyrillic"],
    );
    bites(
        text_in_source,
        &[
            (
                "src/view/x.rs",
                "// Two words\nfn f() { leptos::logging::warn!(\"not for readers\") }\n#[cfg(test)]\nmod tests { const A: &str = \"Two words і ще\"; }",
            ),
            ("src/text/format.rs", "const A: &str = \"січня\";"),
        ],
        &[],
    );
}

// --------------------------------------------------------------------------------------------------------------- locales

struct Message {
    line: usize,
    value: String,
}

/// The messages of one file, and what is wrong with its form.
fn messages(path: &str, text: &str) -> (BTreeMap<String, Message>, Vec<String>) {
    let mut messages = BTreeMap::new();
    let mut failures = Vec::new();
    if let Err(error) = serde_json::from_str::<BTreeMap<String, String>>(text) {
        return (messages, vec![format!("{path}:{}: {error}; write one JSON object of texts", error.line())]);
    }
    if text.trim() == "{}" {
        return (messages, failures);
    }
    let mut last = String::new();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !matches!(line.trim(), "{" | "}")) {
        let at = format!("{path}:{}", i + 1);
        let entry: Option<BTreeMap<String, String>> = serde_json::from_str(&format!("{{{}}}", line.trim().trim_end_matches(','))).ok();
        let Some((key, value)) = entry.filter(|entry| entry.len() == 1).and_then(|entry| entry.into_iter().next()) else {
            failures.push(format!("{at}: one message a line, please: \"key\": \"text\""));
            continue;
        };
        if key <= last {
            failures.push(format!("{at}: `{key}` stands after `{last}`; sort the keys, each once"));
        }
        if value.trim().is_empty() {
            failures.push(format!("{at}: `{key}` is empty; write the text or remove the key in both languages"));
        }
        last.clone_from(&key);
        messages.insert(key, Message { line: i + 1, value });
    }
    (messages, failures)
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// `key` and form of `key.one`, `key.few`, `key.many`, `key.other`.
fn plural_form(key: &str) -> Option<(&str, &str)> {
    key.rsplit_once('.').filter(|(_, form)| ["one", "few", "many", "other"].contains(form))
}

/// Keys without their plural form: what source calls them.
fn names(keys: &BTreeMap<String, Message>, is_plural: &dyn Fn(&str) -> bool) -> BTreeSet<String> {
    keys.keys().map(|key| plural_form(key).filter(|(base, _)| is_plural(base)).map_or(key.as_str(), |(base, _)| base).to_owned()).collect()
}

fn locales(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    let files: BTreeSet<&str> =
        tree.below("locales/").filter_map(|(path, _)| path.strip_prefix("locales/")?.split_once('/').map(|(_, file)| file)).collect();
    for file in files {
        let paths = PLURAL_FORMS.map(|(lang, _)| format!("locales/{lang}/{file}"));
        let [en, uk] = paths.each_ref().map(|path| {
            let Some(text) = tree.get(path) else {
                failures.push(format!("{path}:1: the file is missing; every file of locales/ stands in both languages"));
                return BTreeMap::new();
            };
            let (messages, wrong) = messages(path, text);
            failures.extend(wrong);
            messages
        });
        let is_plural = |base: &str| {
            ["one", "few", "many"].iter().any(|form| [&en, &uk].iter().any(|keys| keys.contains_key(&format!("{base}.{form}"))))
        };
        for ((own, path), (other, other_path)) in [((&en, &paths[0]), (&uk, &paths[1])), ((&uk, &paths[1]), (&en, &paths[0]))] {
            let theirs = names(other, &is_plural);
            for name in names(own, &is_plural).difference(&theirs) {
                let line =
                    own.iter().find(|(key, _)| *key == name || key.starts_with(&format!("{name}."))).map_or(1, |(_, message)| message.line);
                failures.push(format!("{path}:{line}: `{name}` is not in {other_path}; write it there too"));
            }
        }
        for base in names(&en, &is_plural).iter().filter(|base| is_plural(base)) {
            for ((lang, forms), (keys, path)) in PLURAL_FORMS.iter().zip([(&en, &paths[0]), (&uk, &paths[1])]) {
                let has: Vec<&str> =
                    keys.keys().filter_map(|key| plural_form(key)).filter(|(b, _)| b == base).map(|(_, form)| form).collect();
                let line = keys.iter().find(|(key, _)| key.starts_with(base.as_str())).map_or(1, |(_, message)| message.line);
                if forms.iter().any(|form| !has.contains(form)) || has.len() != forms.len() {
                    failures.push(format!(
                        "{path}:{line}: `{base}` has the forms {}; {lang} needs exactly {}",
                        has.join(", "),
                        forms.join(", ")
                    ));
                }
            }
        }
        for (key, message) in &uk {
            let english = en.get(key).or_else(|| plural_form(key).and_then(|(base, _)| en.get(&format!("{base}.other"))));
            let Some(english) = english else { continue };
            // The form for one may say «one» in a word.
            if placeholders(&english.value) != placeholders(&message.value) && plural_form(key).is_none_or(|(_, form)| form == "other") {
                failures.push(format!(
                    "{}:{}: `{key}` has {:?}, English has {:?}; use the same placeholders",
                    paths[1],
                    message.line,
                    placeholders(&message.value),
                    placeholders(&english.value)
                ));
            }
            let letters = without_braces(&message.value);
            let is_latin = !letters.chars().any(is_cyrillic)
                && letters.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 3 && word.chars().all(char::is_lowercase));
            if is_latin {
                failures.push(format!("{}:{}: `{key}` is not Ukrainian yet: \"{}\"", paths[1], message.line, message.value));
            }
        }
    }
    failures
}

#[test]
fn locales_agree() {
    passes(locales);
    let check = |en: &str, uk: &str, starts: &[&str]| bites(locales, &[("locales/en/app.json", en), ("locales/uk/app.json", uk)], starts);
    check("{\n  \"a\": \"A {x}\",\n  \"b\": \"B\"\n}\n", "{\n  \"a\": \"А {x}\",\n  \"b\": \"Б\"\n}\n", &[]);
    check("{}\n", "{\n  \"a\": \"А\"\n}\n", &["locales/uk/app.json:2: `a` is not in locales/en"]);
    check(
        "{\n  \"b\": \"B\",\n  \"a\": \"A\"\n}\n",
        "{\n  \"a\": \"А\",\n  \"b\": \"\"\n}\n",
        &["locales/en/app.json:3: `a` stands after `b`", "locales/uk/app.json:3: `b` is empty"],
    );
    check("{\n  \"a\": \"A {x}\"\n}\n", "{\n  \"a\": \"А {y}\"\n}\n", &["locales/uk/app.json:2: `a` has {\"y\"}"]);
    check("{\n  \"a\": \"Some words\"\n}\n", "{\n  \"a\": \"Some words\"\n}\n", &["locales/uk/app.json:2: `a` is not Ukrainian yet"]);
    check("{\"a\": 1}", "{}", &["locales/en/app.json:1: invalid type"]);
    check(
        "{\n  \"n.one\": \"{n} a\",\n  \"n.other\": \"{n} b\"\n}\n",
        "{\n  \"n.few\": \"{n} б\",\n  \"n.many\": \"{n} в\",\n  \"n.one\": \"{n} а\",\n  \"n.other\": \"{n} г\"\n}\n",
        &[],
    );
    check(
        "{\n  \"n.one\": \"{n} a\"\n}\n",
        "{\n  \"n.few\": \"{n} б\",\n  \"n.one\": \"{n} а\"\n}\n",
        &["locales/en/app.json:2: `n` has the forms one; en needs", "locales/uk/app.json:2: `n` has the forms few, one; uk needs"],
    );
    bites(locales, &[("locales/en/a.json", "{}")], &["locales/uk/a.json:1: the file is missing"]);
}

fn keys(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    let english: Vec<(&str, BTreeMap<String, Message>)> =
        tree.below("locales/en/").map(|(path, text)| (path, messages(path, text).0)).collect();
    let known: BTreeSet<&str> = english.iter().flat_map(|(_, messages)| messages.keys().map(String::as_str)).collect();
    let exists = |key: &str| known.contains(key) || known.contains(format!("{key}.other").as_str());
    let areas: BTreeSet<&str> = known.iter().filter_map(|key| key.split_once('.')).map(|(area, _)| area).collect();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for source in tree.rust() {
        for literal in source.shipped() {
            used.insert(literal.value.clone());
            let before = source.code[..literal.start].trim_end();
            let is_asked =
                [" t(", ".t(", "(t(", "{t(", " tr(", "plural(", ".text("].iter().any(|call| before.ends_with(call)) || before == "t(";
            let looks_like_key = is_key(&literal.value) && literal.value.split_once('.').is_some_and(|(area, _)| areas.contains(area));
            if let Some((prefix, _)) = literal.value.split_once('{') {
                if is_key(prefix.trim_end_matches('.'))
                    && prefix.ends_with('.')
                    && !DYNAMIC_KEYS.contains(&prefix)
                    && before.ends_with("format!(")
                    && areas.contains(prefix.trim_end_matches('.'))
                {
                    failures.push(format!(
                        "{}: keys are put together from \"{prefix}\"; add it to DYNAMIC_KEYS in tests/tidy.rs",
                        source.at(literal.start)
                    ));
                }
            } else if (looks_like_key || (is_asked && is_key(&literal.value) && literal.value.contains('.'))) && !exists(&literal.value) {
                failures.push(format!(
                    "{}: `{}` is in no file of locales/; write it in English and Ukrainian",
                    source.at(literal.start),
                    literal.value
                ));
            }
        }
    }
    for (path, messages) in &english {
        for (key, message) in messages {
            let base = plural_form(key).map_or(key.as_str(), |(base, _)| base);
            if !used.contains(key) && !used.contains(base) && !DYNAMIC_KEYS.iter().any(|prefix| key.starts_with(prefix)) {
                failures.push(format!(
                    "{path}:{}: nothing uses `{key}`; remove it in both languages, or add its prefix to DYNAMIC_KEYS in tests/tidy.rs",
                    message.line
                ));
            }
        }
    }
    failures
}

/// Whether a literal in Rust, or a text in a script, begins so and goes on with something that is put in.
fn puts_together(tree: &Tree, prefix: &str) -> bool {
    let goes_on = |text: &str| text.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.contains('{'));
    let in_script = |(_, text): (&str, &str)| ["\"", "`"].iter().any(|quote| text.contains(&format!("{quote}{prefix}")));
    tree.rust().iter().any(|source| source.shipped().any(|literal| goes_on(&literal.value)))
        || tree.below("web/").any(in_script)
        || tree.below("script/").any(in_script)
}

/// `area.name`, as keys are written; not a file name.
fn is_key(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('.').all(part) && !is_file(text)
}

#[test]
fn every_key_is_written_and_used() {
    passes(keys);
    let tree = Tree::repository();
    let idle: Vec<_> = DYNAMIC_KEYS.iter().filter(|prefix| !puts_together(&tree, prefix)).collect();
    assert!(idle.is_empty(), "no key begins so any more; remove from DYNAMIC_KEYS, and the words with them: {idle:?}");
    assert!(!puts_together(&tree, "moon."));
    let en = "{\n  \"chart.open\": \"Open\",\n  \"chart.rows.one\": \"{n} row\",\n  \"chart.rows.other\": \"{n} rows\",\n  \"issue.x\": \"X\"\n}\n";
    let check = |source: &str, starts: &[&str]| bites(keys, &[("locales/en/app.json", en), ("src/view/x.rs", source)], starts);
    check("fn f() { t(\"chart.open\"); text.plural(\"chart.rows\", 2, &[]); }", &[]);
    check("fn f() { c.t(\"chart.open\"); c.t(\"axis.none\"); plural(\"chart.rows\"); }", &["src/view/x.rs:1: `axis.none` is in no file"]);
    check("const K: [&str; 3] = [\"chart.open\", \"chart.shut\", \"chart.rows\"];", &["src/view/x.rs:1: `chart.shut` is in no file"]);
    check("fn f() { t(\"chart.rows\") }", &["locales/en/app.json:2: nothing uses `chart.open`"]);
    check(
        "fn f() { t(&format!(\"chart.{}\", x)); t(\"chart.open\"); t(\"chart.rows\"); \"datapackage.json\" }",
        &["src/view/x.rs:1: keys are put together from \"chart.\""],
    );
}

// --------------------------------------------------------------------------------------------------------- data, versions

fn data_files(tree: &Tree) -> Vec<String> {
    const DESCRIPTOR: &str = "public/data/datapackage.json";
    let Some(text) = tree.get(DESCRIPTOR) else {
        return vec![format!("{DESCRIPTOR}:1: the descriptor is missing; write its head and run `cargo run --bin seal -- public/data`")];
    };
    let package: Value = serde_json::from_str(text).unwrap_or_default();
    let lists = ["resources", "decks"].into_iter().filter_map(|list| package.get(list)?.as_array());
    let listed: BTreeSet<&str> = lists.flatten().filter_map(|resource| resource.get("path")?.as_str()).collect();
    let mut failures = Vec::new();
    for (path, _) in tree.below("public/data/").filter(|(path, _)| *path != DESCRIPTOR) {
        let file = path.trim_start_matches("public/data/");
        if !listed.contains(file) && file != "LICENSES.md" && !file.ends_with(".schema.json") {
            failures.push(format!("{path}:1: the descriptor does not list this file; add a contract for it and run `cargo run --bin seal -- public/data`, or remove it"));
        }
    }
    for file in listed.iter().filter(|file| tree.get(&format!("public/data/{file}")).is_none()) {
        failures.push(format!("{DESCRIPTOR}:1: it lists {file}, which is not there; add the file or seal the package again"));
    }
    failures
}

#[test]
fn every_data_file_is_listed() {
    passes(data_files);
    let descriptor = ("public/data/datapackage.json", "{\"resources\": [{\"path\": \"a.json\"}]}");
    bites(data_files, &[descriptor, ("public/data/a.json", ""), ("public/data/LICENSES.md", ""), ("public/data/a.schema.json", "")], &[]);
    bites(
        data_files,
        &[descriptor, ("public/data/b.csv", "")],
        &["public/data/b.csv:1: ", "public/data/datapackage.json:1: it lists a.json"],
    );
    bites(data_files, &[], &["public/data/datapackage.json:1: the descriptor is missing"]);
}

/// The browser's glue is written by a tool that must be as old as the crate.
fn wasm_bindgen(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    let line_of = |text: &str, part: &str| text.lines().position(|line| line.starts_with(part)).map(|i| i + 1);
    let manifest = tree.get("Cargo.toml").unwrap_or_default();
    let line = line_of(manifest, "wasm-bindgen = ").unwrap_or(1);
    let Some(wanted) = manifest.lines().nth(line - 1).and_then(|text| text.split("\"=").nth(1)?.split('"').next()) else {
        return vec![format!("Cargo.toml:{line}: pin wasm-bindgen exactly, as in wasm-bindgen = \"=0.2.126\"")];
    };
    let lock = tree.get("Cargo.lock").unwrap_or_default();
    let locked = lock.split("name = \"wasm-bindgen\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    if locked != Some(wanted) {
        let line = line_of(lock, "name = \"wasm-bindgen\"").unwrap_or(1);
        failures.push(format!(
            "Cargo.lock:{line}: wasm-bindgen is {}, Cargo.toml says {wanted}; run `cargo update -p wasm-bindgen --precise {wanted}`",
            locked.unwrap_or("absent")
        ));
    }
    let others = tree.below("script/").chain(tree.below(".ci/")).chain(tree.get("Trunk.toml").map(|text| ("Trunk.toml", text)));
    for (path, text) in others {
        for (i, line) in text.lines().enumerate().filter(|(_, line)| line.to_lowercase().replace('_', "-").contains("wasm-bindgen")) {
            for version in versions(line).filter(|version| *version != wanted) {
                failures.push(format!(
                    "{path}:{}: wasm-bindgen {version}, but Cargo.toml says {wanted}; write the same, or read it from Cargo.lock",
                    i + 1
                ));
            }
        }
    }
    failures
}

/// `1.2.3` anywhere in a line.
fn versions(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| {
        let numbers: Vec<&str> = part.split('.').collect();
        numbers.len() == 3 && numbers.iter().all(|number| !number.is_empty())
    })
}

#[test]
fn wasm_bindgen_is_one_version() {
    passes(wasm_bindgen);
    let manifest = ("Cargo.toml", "[dependencies]\nwasm-bindgen = \"=0.2.126\" # why\n");
    let lock = ("Cargo.lock", "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.126\"\n");
    bites(
        wasm_bindgen,
        &[manifest, lock, ("script/bootstrap", "need wasm-bindgen-cli \"$version\"\nWASM_BINDGEN=0.2.126\nTRUNK=0.21.14\n")],
        &[],
    );
    bites(
        wasm_bindgen,
        &[manifest, lock, ("script/bootstrap", "\ninstall wasm-bindgen-cli --version 0.2.130\n")],
        &["script/bootstrap:2: wasm-bindgen 0.2.130"],
    );
    bites(
        wasm_bindgen,
        &[manifest, ("Cargo.lock", "name = \"wasm-bindgen\"\nversion = \"0.2.127\"\n")],
        &["Cargo.lock:1: wasm-bindgen is 0.2.127"],
    );
    bites(wasm_bindgen, &[("Cargo.toml", "wasm-bindgen = \"0.2\"\n")], &["Cargo.toml:1: pin wasm-bindgen exactly"]);
}

// ------------------------------------------------------------------------------------------------------ form of the source

fn colours(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    for source in tree.rust().iter().filter(|source| source.path != "src/charts/palette.rs") {
        for literal in source.shipped().filter(|literal| has_colour(&literal.value)) {
            failures.push(format!(
                "{}: \"{}\" holds a colour; name it in src/charts/palette.rs or in the style sheet",
                source.at(literal.start),
                literal.value
            ));
        }
    }
    failures
}

fn has_colour(text: &str) -> bool {
    let hex = text.match_indices('#').any(|(at, _)| {
        let word: String = text[at + 1..].chars().take_while(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect();
        [3, 4, 6, 8].contains(&word.len()) && word.bytes().all(|b| b.is_ascii_hexdigit())
    });
    hex || ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab("].iter().any(|call| text.contains(call))
}

#[test]
fn colours_live_in_the_palette() {
    passes(colours);
    bites(
        colours,
        &[("src/view/x.rs", "const A: &str = \"#0057b7\";\nconst B: &str = \"1px solid #fff\";\nconst C: &str = \"rgba(0, 0, 0, 0.1)\";")],
        &["src/view/x.rs:1: ", "src/view/x.rs:2: ", "src/view/x.rs:3: "],
    );
    bites(
        colours,
        &[
            ("src/view/x.rs", "// #fff\nconst A: &str = \"#main #section-1 issue #12\";"),
            ("src/charts/palette.rs", "const A: &str = \"#fff\";"),
            ("src/shell/style.css", "a { color: #fff }"),
        ],
        &[],
    );
}

fn left_overs(tree: &Tree) -> Vec<String> {
    let mut failures = Vec::new();
    for source in tree.rust() {
        for mark in ["TODO", "FIXME", "XXX"] {
            for at in words(&source.text, mark) {
                failures.push(format!("{}: {mark}; do it, or write it down as an issue and remove it here", source.at(at)));
            }
        }
        let may_print = matches!(source.layer(), Some("bin" | "main"));
        for name in ["dbg", "todo", "unimplemented", "print", "println", "eprint", "eprintln"] {
            let is_print = name.contains("print");
            for at in words(&source.code, name)
                .filter(|at| source.code[*at..].starts_with(&format!("{name}!")))
                .filter(|_| !(is_print && may_print))
            {
                failures.push(format!(
                    "{}: {name}!; remove it{}",
                    source.at(at),
                    if is_print { ", or return the text to the caller" } else { "" }
                ));
            }
        }
    }
    failures
}

#[test]
fn nothing_is_left_over() {
    passes(left_overs);
    bites(
        left_overs,
        &[("src/view/x.rs", "// TODO later\nfn f() { dbg!(1); println!(\"x\"); }\n// FIXME")],
        &["src/view/x.rs:1: TODO", "src/view/x.rs:3: FIXME", "src/view/x.rs:2: dbg!", "src/view/x.rs:2: println!"],
    );
    bites(
        left_overs,
        &[
            ("src/bin/x.rs", "fn main() { println!(\"x\"); eprintln!(\"y\"); }"),
            ("src/view/x.rs", "// println!\nconst TODOS: &str = \"dbg!\";"),
        ],
        &[],
    );
}

fn lengths(tree: &Tree) -> Vec<String> {
    let too_long = |path: &str, text: &str, most: usize, advice: &str| {
        let lines = text.lines().count();
        (lines > most).then(|| format!("{path}:{most}: {lines} lines, {most} allowed; {advice}"))
    };
    let mut failures: Vec<String> = tree
        .below("src/")
        .filter(|(path, _)| path.ends_with(".rs"))
        .filter_map(|(path, text)| too_long(path, text, MAX_LINES, "split the file by what its parts are about"))
        .collect();
    failures.extend(
        tree.get("ARCHITECTURE.md")
            .and_then(|text| too_long("ARCHITECTURE.md", text, MAX_ARCHITECTURE_LINES, "keep to what is true of the whole")),
    );
    failures
}

#[test]
fn files_stay_short() {
    passes(lengths);
    let (long, short) = ("\n".repeat(601), "\n".repeat(600));
    bites(
        lengths,
        &[("src/view/x.rs", &long), ("src/view/y.rs", &short), ("ARCHITECTURE.md", &short)],
        &["src/view/x.rs:600: 601 lines", "ARCHITECTURE.md:200: 600 lines"],
    );
}

/// A newcomer finds every folder of `src/` in ARCHITECTURE.md.
fn architecture(tree: &Tree) -> Vec<String> {
    let Some(text) = tree.get("ARCHITECTURE.md") else { return Vec::new() };
    let folders: BTreeSet<&str> =
        tree.below("src/").filter_map(|(path, _)| path.strip_prefix("src/")?.split_once('/').map(|(folder, _)| folder)).collect();
    let is_named = |folder: &str| {
        [format!("src/{folder}"), format!("`{folder}`"), format!("`{folder}/`")].iter().any(|name| text.contains(name.as_str()))
    };
    let absent = folders.into_iter().filter(|folder| !is_named(folder));
    absent
        .map(|folder| format!("ARCHITECTURE.md:1: src/{folder}/ is missing; say in two lines what it is for and what it does not do"))
        .collect()
}

#[test]
fn every_folder_is_in_the_architecture() {
    passes(architecture);
    bites(
        architecture,
        &[
            ("ARCHITECTURE.md", "`src/model/` and `data`"),
            ("src/model/x.rs", ""),
            ("src/data/x.rs", ""),
            ("src/io/x.rs", ""),
            ("src/lib.rs", ""),
        ],
        &["ARCHITECTURE.md:1: src/io/ is missing"],
    );
    bites(architecture, &[("src/model/x.rs", "")], &[]);
}

fn line_ends(tree: &Tree) -> Vec<String> {
    let is_ours = |path: &str| {
        let kinds = ["rs", "json", "md", "toml", "css", "html", "js", "mjs", "txt"];
        let kind = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, kind)| kind);
        kind.is_none_or(|kind| kinds.contains(&kind)) && !path.starts_with("public/data/observations") && path != "package-lock.json"
    };
    let mut failures = Vec::new();
    for (path, text) in tree.0.iter().filter(|(path, _)| is_ours(path)) {
        for (i, line) in text.split('\n').enumerate() {
            if line.ends_with('\r') {
                failures.push(format!("{path}:{}: CRLF; save the file with LF line ends", i + 1));
                break;
            }
            if line.ends_with([' ', '\t']) {
                failures.push(format!("{path}:{}: spaces at the end of the line; remove them", i + 1));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            failures.push(format!("{path}:{}: the last line has no end; add a line break", text.lines().count()));
        }
    }
    failures
}

#[test]
fn lines_end_plainly() {
    passes(line_ends);
    bites(
        line_ends,
        &[("src/x.rs", "a \nb\t\nc\n"), ("script/x", "a\r\nb\r\n"), ("x.md", "a")],
        &["script/x:1: CRLF", "src/x.rs:1: spaces", "src/x.rs:2: spaces", "x.md:1: the last line"],
    );
}
