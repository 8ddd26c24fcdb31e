//! `impact import worldbank <indicator>` and `import unhcr` without files: against a server on this machine, with answers in the shapes
//! that were recorded from the two interfaces. No test asks the real ones.

use crate::bench::{Ran, Reply, answer, files, package, rows, run, scratch};
use serde_json::{Value, json};
use std::sync::mpsc::{Receiver, channel};

fn worldbank_page(page: u32, pages: u32, updated: &str, rows: &[Value]) -> Vec<u8> {
    json!([{"page": page, "pages": pages, "per_page": 1000, "total": 4, "sourceid": "2", "lastupdated": updated}, rows]).to_string().into()
}

fn row(iso: &str, date: &str, value: Value) -> Value {
    json!({"indicator": {"id": "SI.RMT.COST.IB.ZS", "value": "Cost"}, "country": {"id": "XX", "value": iso}, "countryiso3code": iso, "date": date, "value": value, "unit": "", "obs_status": "", "decimal": 0})
}

fn two_pages(path: &str) -> Vec<u8> {
    match path.contains("&page=1&") || path.ends_with("&page=1") {
        true => worldbank_page(1, 2, "2026-07-13", &[row("UKR", "2022", json!(6.5)), row("UKR", "2021", Value::Null)]),
        false => worldbank_page(2, 2, "2026-07-13", &[row("UKR", "2020", json!(7)), row("POL", "2022", json!(3))]),
    }
}

/// A server that tells what it was asked.
fn host(mut reply: impl FnMut(&str, usize) -> Reply + Send + 'static) -> (String, Receiver<String>) {
    let (tell, told) = channel();
    let host = answer(move |path, before| {
        let _ = tell.send(path.to_owned());
        reply(path, before)
    });
    (host, told)
}

const INDICATOR: &str = "SI.RMT.COST.IB.ZS";

/// Imports from a server into the package `name`, into a new folder.
fn fetch(name: &str, what: &[&str], server: &str, more: &[&str]) -> Ran {
    let out = format!("{name}-out");
    let _ = std::fs::remove_dir_all(scratch().join(&out));
    let of = ["--source", "dataset", "--into", name, "--out", &out, "--server", server];
    run(&[&["import"], what, &of, more].concat())
}

fn worldbank(name: &str, server: &str, more: &[&str]) -> Ran {
    fetch(name, &["worldbank", INDICATOR, "--series", "cost"], server, more)
}

#[test]
fn all_pages_of_an_indicator_become_a_new_folder_and_stay_as_files() {
    let folder = package("online", |_| {});
    let before = files(&folder, "");
    let (server, asked) = host(|path, _| Reply::Send("200 OK", two_pages(path)));
    let _ = std::fs::remove_dir_all(scratch().join("online-saved"));
    let ran = worldbank("online", &server, &["--country", "UKR,POL", "--years", "2020..2022", "--save", "online-saved"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let path = |page| format!("/country/UKR;POL/indicator/{INDICATOR}?format=json&per_page=1000&page={page}&date=2020:2022");
    assert_eq!(asked.try_iter().collect::<Vec<_>>(), [path(1), path(2)]);
    assert_eq!(files(&folder, ""), before, "the package itself has changed");
    let new = rows(&scratch().join("online-out"), "observations-remittances");
    let told = |row: &Value| (row["place"].clone(), row["period_end"].clone(), row["value"].clone(), row["vintage"].clone());
    let expected = |place, year: &str, value: Value| (json!(place), json!(format!("{year}-12-31")), value, json!("2026-07-13"));
    let three = [expected("POL", "2022", json!(3)), expected("UKR", "2020", json!(7)), expected("UKR", "2021", Value::Null)];
    assert!(three.iter().all(|one| new.iter().any(|row| told(row) == *one)), "{new:#?}");
    // What was kept gives the same package without a network, and is not overwritten by another answer.
    let pages = [1, 2].map(|page| format!("online-saved/{INDICATOR}-{page}.json"));
    let again = ["import", "worldbank", &pages[1], &pages[0], "--series", "cost", "--source", "dataset", "--into", "online-out", "--json"];
    assert_eq!(run(&again).json()["folder"], Value::Null);
    let (other, _) = host(|_, _| Reply::Send("200 OK", worldbank_page(1, 1, "2026-08-01", &[row("UKR", "2022", json!(6))])));
    let ran = worldbank("online", &other, &["--save", "online-saved"]);
    assert!(ran.code == 2 && ran.err.contains("exists already and holds another answer"), "{}", ran.err);
}

#[test]
fn what_passes_is_tried_again() {
    package("online-again", |_| {});
    #[track_caller]
    fn check(what: &str, more: &[&str], mut first: impl FnMut(Vec<u8>) -> Reply + Send + 'static) {
        let (server, asked) = host(move |path, before| match before {
            0 => first(two_pages(path)),
            _ => Reply::Send("200 OK", two_pages(path)),
        });
        let ran = worldbank("online-again", &server, more);
        assert_eq!((ran.code, asked.try_iter().count()), (0, 3), "{what}: {}{}", ran.out, ran.err);
    }
    check("an error of the server", &[], |_| Reply::Send("503 Service Unavailable", Vec::new()));
    check("too many requests", &[], |_| Reply::With("429 Too Many Requests", "Retry-After: 0\r\n", Vec::new()));
    check("an answer that breaks off", &[], |body| Reply::Cut(body.len() / 2, body));
    check("a head and nothing else", &["--timeout", "1"], |body| Reply::Stall(0, body));
    check("an answer that stops half-way", &["--timeout", "1"], |body| Reply::Stall(body.len() / 2, body));
}

#[test]
fn what_does_not_pass_is_told_and_nothing_is_written() {
    package("online-refused", |_| {});
    #[track_caller]
    fn check(tries: usize, more: &[&str], expected: &[&str], mut reply: impl FnMut(&str) -> Reply + Send + 'static) {
        let (server, asked) = host(move |path, _| reply(path));
        let ran = worldbank("online-refused", &server, more);
        assert_eq!((ran.code, ran.out.as_str(), asked.try_iter().count()), (2, "", tries), "{}", ran.err);
        assert!(expected.iter().all(|part| ran.err.contains(part)), "{expected:?}: {}", ran.err);
        assert!(!scratch().join("online-refused-out").exists());
    }
    let message = r#"[{"message": [{"id": "120", "key": "Invalid value", "value": "The indicator was not found."}]}]"#;
    check(1, &[], &["holds no figures but a refusal: The indicator was not found."], |_| Reply::Send("200 OK", message.into()));
    check(1, &[], &["is no JSON at line:column"], |_| Reply::Send("200 OK", b"<html>".to_vec()));
    check(1, &[], &["is no answer of this interface"], |_| Reply::Send("200 OK", b"{}".to_vec()));
    check(1, &[], &["No answer from http://127.0.0.1", "404"], |_| Reply::Send("404 Not Found", Vec::new()));
    check(1, &[], &["429"], |_| Reply::With("429 Too Many Requests", "Retry-After: 3600\r\n", Vec::new()));
    check(3, &[], &["502"], |_| Reply::Send("502 Bad Gateway", Vec::new()));
    check(3, &["--timeout", "1"], &["no answer within 1 seconds"], |path| Reply::Stall(0, two_pages(path)));
    check(2, &[], &["page 2 was asked for, page 1 of 2 came"], |_| Reply::Send("200 OK", worldbank_page(1, 2, "2026-07-13", &[])));
    check(2, &[], &["were changed while they were being fetched"], |path| {
        let page = if path.ends_with("page=1") { 1 } else { 2 };
        Reply::Send("200 OK", worldbank_page(page, 2, &format!("2026-07-1{page}"), &[]))
    });
    check(0, &["--country", "UKR;../x"], &["“UKR;../x” is no code of a country"], |_| Reply::Send("200 OK", Vec::new()));
    check(0, &["--years", "2020..2010"], &["“2020..2010” are no years"], |_| Reply::Send("200 OK", Vec::new()));
    // Nobody listens there any more.
    let ran = worldbank("online-refused", "http://127.0.0.1:1", &["--lang", "uk"]);
    assert!(ran.code == 2 && ran.err.starts_with("Немає відповіді від http://127.0.0.1:1/"), "{}", ran.err);
    let ran = run(&["import", "worldbank", "not-there.json", "--series", "cost", "--source", "dataset", "--into", "online-refused"]);
    assert!(ran.code == 2 && ran.err.contains("not-there.json cannot be read"), "{}", ran.err);
}

#[test]
fn answers_of_unhcr_are_fetched_in_pages() {
    package("online-unhcr", |_| {});
    let item = |year: u32, asylum: &str, refugees: Value| json!({"year": year, "coo_id": 1, "coo": "UKR", "coo_iso": "UKR", "coo_name": "Ukraine", "coa_id": 2, "coa": asylum, "coa_iso": asylum, "coa_name": asylum, "refugees": refugees, "idps": "0"});
    let page = |number: u32, items: Value| json!({"page": number, "short-url": "", "maxPages": 2, "total": [], "items": items}).to_string();
    let pages = [page(1, json!([item(2024, "POL", json!(988_000))])), page(2, json!([item(2023, "POL", json!("960000"))]))];
    let (server, asked) = host(move |path, _| Reply::Send("200 OK", pages[usize::from(path.contains("page=2"))].clone().into()));
    let what = ["unhcr", "--measure", "refugees", "--series", "reached", "--vintage", "2026-06"];
    let ran = fetch("online-unhcr", &what, &server, &["--years", "2023..2024", "--country", "UKR", "--json"]);
    assert_eq!((ran.code, ran.json()["counts"]["added"].as_u64()), (0, Some(2)), "{}{}", ran.out, ran.err);
    let path = |page| format!("/population/?limit=1000&page={page}&yearFrom=2023&yearTo=2024&cf_type=ISO&coa_all=true&coo=UKR");
    assert_eq!(asked.try_iter().collect::<Vec<_>>(), [path(1), path(2)]);
    let ran = fetch("online-unhcr", &what, &server, &[]);
    assert!(ran.code == 2 && ran.err.contains("Say which years to fetch"), "{}", ran.err);
}
