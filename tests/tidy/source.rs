//! Rust source cut into code and string literals, well enough for tidiness: comments and the insides of literals are blanked.

use std::ops::Range;

/// One file of the tree.
pub struct Source {
    /// Relative to the root, with `/`.
    pub path: String,
    pub text: String,
    /// As long as `text`; comments and the contents of literals are spaces. Line breaks stay.
    pub code: String,
    pub literals: Vec<Literal>,
    /// Byte ranges of `#[cfg(test)]` modules.
    tests: Vec<Range<usize>>,
}

pub struct Literal {
    /// Of the opening quotation mark (or of `r`, `b`).
    pub start: usize,
    /// As written, escapes and all.
    pub value: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let (code, literals) = lex(text);
        let tests = test_modules(&code);
        Source { path: path.to_owned(), text: text.to_owned(), code, literals, tests }
    }

    pub fn line(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset].iter().filter(|&&b| b == b'\n').count() + 1
    }

    pub fn at(&self, offset: usize) -> String {
        format!("{}:{}", self.path, self.line(offset))
    }

    pub fn is_test(&self, offset: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&offset))
    }

    /// Literals outside tests.
    pub fn shipped(&self) -> impl Iterator<Item = &Literal> {
        self.literals.iter().filter(|literal| !self.is_test(literal.start))
    }

    /// The folder or file directly below `src/`, without its ending.
    pub fn layer(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("src/")?;
        let name = rest.split('/').next()?;
        Some(name.strip_suffix(".rs").unwrap_or(name))
    }

    /// How many `super::` lead from the top of this file's module to the crate: 1 in `src/view.rs`, 2 in `src/view/spec.rs`.
    pub fn depth(&self) -> usize {
        let rest = self.path.strip_prefix("src/").unwrap_or(&self.path);
        rest.split('/').count() - usize::from(rest.ends_with("/mod.rs"))
    }

    /// Byte ranges between the braces of each call of a macro, such as `view!`.
    pub fn macro_bodies(&self, name: &str) -> Vec<Range<usize>> {
        let call = format!("{name}!");
        words(&self.code, name)
            .filter(|&at| self.code[at..].starts_with(&call))
            .filter_map(|at| {
                let after = at + call.len();
                let open = after + self.code[after..].find(|c: char| !c.is_whitespace())?;
                matching(&self.code, open).map(|close| open + 1..close)
            })
            .collect()
    }
}

/// Where a word stands alone in code.
pub fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |&at| !code[..at].chars().next_back().is_some_and(part) && !code[at + word.len()..].chars().next().is_some_and(part))
}

/// The bracket that closes the one at `open`.
pub fn matching(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}

fn test_modules(code: &str) -> Vec<Range<usize>> {
    code.match_indices("#[cfg(test)]")
        .filter_map(|(at, _)| {
            let open = at + code[at..].find('{')?;
            // `#[cfg(test)] use …;` has no body of its own.
            if code[at..open].contains(';') { None } else { matching(code, open).map(|close| at..close + 1) }
        })
        .collect()
}

fn lex(text: &str) -> (String, Vec<Literal>) {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut literals = Vec::new();
    let blank = |code: &mut Vec<u8>, range: Range<usize>| code[range].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
    let mut i = 0;
    while i < bytes.len() {
        let rest = &bytes[i..];
        let after_word = i > 0 && (bytes[i - 1].is_ascii_alphanumeric() || bytes[i - 1] == b'_');
        if rest.starts_with(b"//") {
            let end = i + rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
            blank(&mut code, i..end);
            i = end;
        } else if rest.starts_with(b"/*") {
            let end = block_comment_end(bytes, i);
            blank(&mut code, i..end);
            i = end;
        } else if let Some(hashes) = (!after_word).then(|| raw_string(rest)).flatten() {
            let open = i + rest.iter().position(|&b| b == b'"').unwrap_or(0);
            let closing = format!("\"{}", "#".repeat(hashes));
            let close = text[open + 1..].find(&closing).map_or(bytes.len(), |at| open + 1 + at);
            let end = (close + closing.len()).min(bytes.len());
            literals.push(Literal { start: i, value: text[open + 1..close].to_owned() });
            blank(&mut code, open + 1..close);
            i = end;
        } else if rest[0] == b'"' {
            let mut close = i + 1;
            while close < bytes.len() && bytes[close] != b'"' {
                close += if bytes[close] == b'\\' { 2 } else { 1 };
            }
            let close = close.min(bytes.len());
            let end = (close + 1).min(bytes.len());
            literals.push(Literal { start: i, value: text.get(i + 1..close).unwrap_or_default().to_owned() });
            blank(&mut code, i + 1..close);
            i = end;
        } else if rest[0] == b'\'' {
            let end = char_end(text, i);
            if end > i + 1 {
                blank(&mut code, i + 1..end - 1);
            }
            i = end;
        } else {
            i += 1;
        }
    }
    (String::from_utf8(code).expect("only whole characters are blanked"), literals)
}

/// The number of `#` when a raw string starts here.
fn raw_string(rest: &[u8]) -> Option<usize> {
    let rest = rest.strip_prefix(b"br").or_else(|| rest.strip_prefix(b"r"))?;
    let hashes = rest.iter().take_while(|&&b| b == b'#').count();
    (rest.get(hashes) == Some(&b'"')).then_some(hashes)
}

fn block_comment_end(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0usize;
    let mut i = start;
    while i < bytes.len() {
        if bytes[i..].starts_with(b"/*") {
            depth += 1;
            i += 2;
        } else if bytes[i..].starts_with(b"*/") {
            depth -= 1;
            i += 2;
            if depth == 0 {
                return i;
            }
        } else {
            i += 1;
        }
    }
    bytes.len()
}

/// Past a character literal; just past the quotation mark of a lifetime.
fn char_end(text: &str, start: usize) -> usize {
    let mut chars = text[start + 1..].char_indices();
    match chars.next() {
        Some((_, '\\')) => text[start + 3..].find('\'').map_or(text.len(), |at| start + 3 + at + 1),
        Some((_, first)) => {
            let close = start + 1 + first.len_utf8();
            if text[close..].starts_with('\'') { close + 1 } else { start + 1 }
        }
        None => text.len(),
    }
}

#[test]
fn source_is_cut_rightly() {
    let source = Source::new(
        "src/view/x.rs",
        "// \"no\" ї\nfn f<'a>(x: &'a str) -> char { g(\"a \\\" b\", r#\"c\"d\"#, '\"', '\\'', 'ї', b\"e\") } /* \" /* */ */ \"last\"\n#[cfg(test)]\nmod tests { const X: &str = \"t\"; }\n",
    );
    let values = |test: bool| -> Vec<&str> {
        source.literals.iter().filter(|l| source.is_test(l.start) == test).map(|l| l.value.as_str()).collect()
    };
    assert_eq!(values(false), ["a \\\" b", "c\"d", "e", "last"]);
    assert_eq!(values(true), ["t"]);
    assert_eq!((source.layer(), source.depth(), source.code.len()), (Some("view"), 2, source.text.len()));
    assert!(!source.code.contains("no") && source.code.contains("fn f<'a>"));
}
