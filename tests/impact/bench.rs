//! What the tests of `impact` need: small packages in folders of their own, a server on this machine, the program itself.

use diaspora_impact::data::folder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the tests' folders are; in snapshots it is `~`.
pub fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("impact")
}

/// An empty folder that no other test uses.
pub fn empty(name: &str) -> PathBuf {
    let folder = scratch().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The sound package of `tests/fixtures/data/base`, sealed after `change`.
pub fn package(name: &str, change: impl FnOnce(&Path)) -> PathBuf {
    let folder = empty(name);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data/base"), &folder);
    change(&folder);
    folder::seal(&folder).unwrap();
    folder
}

pub fn rows(folder: &Path, table: &str) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(folder.join(format!("{table}.json"))).unwrap()).unwrap()
}

/// Changes the rows of a table, without sealing.
pub fn edit(folder: &Path, table: &str, change: impl FnOnce(&mut Vec<Value>)) {
    let mut all = rows(folder, table);
    change(&mut all);
    std::fs::write(folder.join(format!("{table}.json")), serde_json::to_vec(&all).unwrap()).unwrap();
}

/// What the program printed, and its exit code.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// As a snapshot keeps it.
    pub fn shown(&self) -> String {
        let err = if self.err.is_empty() { String::new() } else { format!("--- errors\n{}", self.err) };
        format!("{}{err}--- exit code {}\n", self.out, self.code)
    }
}

pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_impact"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program in the folder of the tests.
pub fn run(args: &[&str]) -> Ran {
    std::fs::create_dir_all(scratch()).unwrap();
    let Output { status, stdout, stderr } = command().current_dir(scratch()).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

/// What a server does with a request.
pub enum Reply {
    Send(&'static str, Vec<u8>),
    /// The same with a header more.
    With(&'static str, &'static str, Vec<u8>),
    /// Only the first bytes of what was promised, and nothing after it.
    Cut(usize, Vec<u8>),
    /// The head and the first bytes, and then nothing, for as long as the test runs.
    Stall(usize, Vec<u8>),
}

/// Serves files by path until the test ends, and says the address of their root.
pub fn serve(files: BTreeMap<String, Vec<u8>>) -> String {
    answer(move |path, _| match files.get(path) {
        Some(body) => Reply::Send("200 OK", body.clone()),
        None => Reply::Send("404 Not Found", Vec::new()),
    })
}

/// Answers requests one by one until the test ends; `reply` hears the path with its query, and how many were asked before.
#[allow(clippy::disallowed_methods)] // a thread: no browser runs these tests
pub fn answer(mut reply: impl FnMut(&str, usize) -> Reply + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut stalled = Vec::new();
        for (before, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut request = String::new();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            lines.read_line(&mut request).unwrap();
            let mut line = String::new();
            while lines.read_line(&mut line).unwrap_or(0) > 2 {
                line.clear();
            }
            let reply = reply(request.split(' ').nth(1).unwrap_or_default(), before);
            let (status, header, body, sent) = match &reply {
                Reply::Send(status, body) => (*status, "", body, body.len()),
                Reply::With(status, header, body) => (*status, *header, body, body.len()),
                Reply::Cut(sent, body) | Reply::Stall(sent, body) => ("200 OK", "", body, *sent),
            };
            let head = format!("HTTP/1.1 {status}\r\n{header}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body[..sent]));
            if matches!(reply, Reply::Stall(..)) {
                stalled.push(stream);
            }
        }
    });
    format!("http://{address}")
}

/// The files of a folder, as [`serve`] takes them.
pub fn files(folder: &Path, at: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    entries.map(|path| (format!("{at}{}", path.file_name().unwrap().to_str().unwrap()), std::fs::read(&path).unwrap())).collect()
}
