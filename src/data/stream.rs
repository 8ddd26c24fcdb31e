//! A file of rows in pieces, as they come from a network: each row is judged as soon as it is whole, and the text is never held.

use super::contract::Contract;
use super::given::Given;
use super::issue::{Code, Issue};
use super::record::Checked;

#[derive(Debug)]
pub struct Stream {
    checked: Checked,
    state: State,
    /// Of the row that is not yet whole.
    part: Vec<u8>,
    /// Where that row begins.
    start: Place,
    /// Up to where bytes are read.
    now: Place,
    nesting: usize,
    quoted: bool,
    escaped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Where a byte order mark may be.
    Mark,
    /// Before the list.
    Head,
    Rows,
    /// After the list.
    End,
    Failed,
}

/// What lies before: in all, and of it whole lines, and in the line.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    bytes: usize,
    lines: usize,
    column: usize,
}

impl Place {
    fn step(&mut self, byte: u8) {
        self.bytes += 1;
        self.column += 1;
        if byte == b'\n' {
            self.lines += 1;
            self.column = 0;
        }
    }
}

/// No row that a contract allows is as long: what has no end takes no memory.
const MAX_ROW_BYTES: usize = 1024 * 1024;
/// Of the spaces that there are, those that JSON knows.
const JSON_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Stream {
    pub fn new(file: &str, contract: &'static Contract) -> Stream {
        Stream {
            checked: Checked::new(file, contract),
            state: State::Mark,
            part: Vec::new(),
            start: Place::default(),
            now: Place::default(),
            nesting: 0,
            quoted: false,
            escaped: false,
        }
    }

    /// Whether nothing of the file can be used, so that nothing more of it is wanted.
    pub fn has_failed(&self) -> bool {
        self.state == State::Failed
    }

    pub fn push(&mut self, mut bytes: &[u8]) {
        while let (Some((&first, rest)), true) = (bytes.split_first(), self.state != State::Failed) {
            match self.state {
                State::Mark if BYTE_ORDER_MARK.get(self.now.bytes) == Some(&first) => {
                    self.now.bytes += 1; // no column that an editor would count
                    bytes = rest;
                    if self.now.bytes == BYTE_ORDER_MARK.len() {
                        self.state = State::Head;
                    }
                }
                State::Mark if self.now.bytes == 0 => self.state = State::Head,
                State::Rows => bytes = self.row(bytes),
                State::Head if first == b'[' => {
                    self.state = State::Rows;
                    self.now.step(first);
                    self.start = self.now;
                    bytes = rest;
                }
                State::Head | State::End if JSON_SPACE.contains(&char::from(first)) => {
                    self.now.step(first);
                    bytes = rest;
                }
                State::Head if matches!(first, b'{' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                    self.fail(Code::NotArray, String::new())
                }
                // No character begins so.
                State::Head | State::End if matches!(first, 0x80..=0xc1 | 0xf5..) => self.fail(Code::NotUtf8, self.now.bytes.to_string()),
                State::Mark | State::Head | State::End | State::Failed => {
                    self.fail(Code::NotJson, format!("{}:{}", self.now.lines + 1, self.now.column + 1));
                }
            }
        }
    }

    /// What was read. A file that ends in the middle is not used.
    pub fn end(mut self) -> Checked {
        match self.state {
            State::End | State::Failed => {}
            State::Mark | State::Head | State::Rows => {
                self.fail(Code::NotJson, format!("{}:{}", self.now.lines + 1, self.now.column));
            }
        }
        self.checked
    }

    fn fail(&mut self, code: Code, found: String) {
        self.state = State::Failed;
        let issue = Issue::new(&self.checked.file, code).found(found);
        let issue = if code == Code::TooLarge { issue.expected(MAX_ROW_BYTES.to_string()) } else { issue };
        self.checked.fail(issue);
    }

    /// Reads on in a row, up to the comma or bracket after it; gives back what comes then.
    fn row<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let Stream { nesting, quoted, escaped, now, .. } = self;
        let mut end = None;
        for (at, &byte) in bytes.iter().enumerate() {
            if *quoted {
                match byte {
                    _ if *escaped => *escaped = false,
                    b'\\' => *escaped = true,
                    b'"' => *quoted = false,
                    _ => {}
                }
            } else {
                match byte {
                    b',' | b']' if *nesting == 0 => {
                        end = Some((at, byte));
                        break;
                    }
                    b'"' => *quoted = true,
                    b'{' | b'[' => *nesting += 1,
                    // One too many is no JSON, which the reader of the row will say.
                    b'}' | b']' => *nesting = nesting.saturating_sub(1),
                    _ => {}
                }
            }
            now.step(byte);
        }
        let Some((at, byte)) = end else {
            self.part.extend_from_slice(bytes);
            if self.part.len() > MAX_ROW_BYTES {
                self.fail(Code::TooLarge, self.part.len().to_string());
                self.part = Vec::new();
            }
            return &[];
        };
        let (here, rest) = bytes.split_at(at);
        if self.part.is_empty() {
            self.whole(here, byte);
        } else {
            let mut part = std::mem::take(&mut self.part);
            part.extend_from_slice(here);
            self.whole(&part, byte);
            part.clear();
            self.part = part; // its memory serves the next row
        }
        self.now.step(byte);
        self.start = self.now;
        rest.get(1..).unwrap_or_default()
    }

    fn whole(&mut self, row: &[u8], end: u8) {
        let Place { bytes, lines, column } = self.start;
        let text = match std::str::from_utf8(row) {
            Ok(text) => text,
            Err(error) => return self.fail(Code::NotUtf8, (bytes + error.valid_up_to()).to_string()),
        };
        if end == b']' {
            self.state = State::End;
            let is_first = self.checked.rows == 0 && !self.checked.has_head();
            if is_first && text.chars().all(|c| JSON_SPACE.contains(&c)) {
                return;
            }
        }
        match serde_json::from_str::<Given>(text) {
            Ok(row) => self.checked.add(&row),
            Err(error) => {
                // Where a row stops too soon, it is what stands after it that is wrong.
                let column = if error.line() == 1 { column } else { 0 } + error.column() + usize::from(error.is_eof());
                self.fail(Code::NotJson, format!("{}:{column}", lines + error.line()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::contract::contract;

    #[test]
    fn a_row_without_end_takes_no_memory() {
        let mut stream = Stream::new("sectors.json", contract("sectors").unwrap());
        stream.push(b"[");
        for _ in 0..40 {
            stream.push(&[b' '; 100_000]);
        }
        assert!(stream.has_failed() && stream.part.capacity() == 0);
        let checked = stream.end();
        assert_eq!(checked.issues.iter().map(|issue| issue.code).collect::<Vec<_>>(), [Code::TooLarge]);
        assert!(!checked.complete);
    }
}
