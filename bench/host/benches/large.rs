//! A table from bytes to columns, and what is asked of it: 10 thousand to a million rows, made by a seeded generator. Prints rows a second.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use diaspora_impact::data::build;
use diaspora_impact::data::contract::contract;
use diaspora_impact::data::handed;
use diaspora_impact::data::record::{self, Checked};
use diaspora_impact::data::stream::Stream;
use diaspora_impact::model::catalog::Catalog;
use diaspora_impact::model::dataset::Dataset;
use diaspora_impact::model::group::{By, group};
use diaspora_impact::model::lang::Lang;
use diaspora_impact::model::words::Topic;
use diaspora_impact::text::Text;
use diaspora_impact::view;
use std::sync::Arc;

const SERIES: usize = 20;
const MONTHS: usize = 250;
const PIECE: usize = 64 * 1024;

/// Rows as lists, in order of series and place, and the tables that they refer to.
fn package(rows: usize) -> (String, Vec<(&'static str, Checked)>) {
    let places = rows.div_ceil(SERIES * MONTHS);
    let mut seed = 7_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 40
    };
    let fields: Vec<&str> = contract("observations-people").unwrap().fields.iter().map(|field| field.name).collect();
    let mut out = format!("[\n{fields:?}");
    for row in 0..rows {
        let (series, place, month) = (row / MONTHS % SERIES, row / MONTHS / SERIES, row % MONTHS);
        let (year, month) = (2000 + month / 12, 1 + month % 12);
        let value =
            if random() % 50 == 0 { "null,null,null,\"suppressed\"".to_owned() } else { format!("{},null,\"exact\",null", random()) };
        out.push_str(&format!(
            ",\n[\"s{series:02}\",\"P{place:03}\",null,null,\"{year}-{month:02}-01\",\"{year}-{month:02}-28\",{value},\"current\",false,\"2024\",\"source\",[],null,null]"
        ));
    }
    out.push_str("\n]\n");
    let text = |name: &str, rows: Vec<String>| record::check(name, format!("[{}]", rows.join(",")).as_bytes(), contract(name).unwrap());
    let series = |i| {
        format!(
            r#"{{"id": "s{i:02}", "topic": "people", "name_en": "a", "name_uk": "a", "definition_en": "a", "definition_uk": "a", "scope_en": "a", "scope_uk": "a",
            "silent_en": "a", "silent_uk": "a", "unit": "people", "nature": "stock", "basis": "register", "additive_over": [], "licence": "CC-BY-4.0"}}"#
        )
    };
    let place = |i| format!(r#"{{"code": "P{i:03}", "kind": "country", "name_en": "a", "name_uk": "a"}}"#);
    let unit = r#"{"id": "people", "kind": "count", "one_en": "a", "other_en": "a", "one_uk": "a", "few_uk": "a", "many_uk": "a", "other_uk": "a", "axis_en": "a", "axis_uk": "a"}"#;
    let source = r#"{"id": "source", "publisher": "a", "title": "a", "kind": "dataset", "licence": "CC-BY-4.0"}"#;
    let view = r#"{"id": "trend", "topic": "people", "kind": "trend", "title_en": "a", "title_uk": "a", "lead_en": "a", "lead_uk": "a", "series": ["s01", "s03"], "marks": [],
        "controls": ["place", "series", "time"], "defaults": "place=P001~P002&series=s01", "notes_en": null, "notes_uk": null, "featured": true}"#;
    let tables = vec![
        ("views", text("views", vec![view.to_owned()])),
        ("sources", text("sources", vec![source.to_owned()])),
        ("places", text("places", (0..places).map(place).collect())),
        ("sectors", text("sectors", Vec::new())),
        ("units", text("units", vec![unit.to_owned()])),
        ("series", text("series", (0..SERIES).map(series).collect())),
    ];
    tables.iter().for_each(|(name, table)| assert!(table.issues.is_empty(), "{name}: {:?}", table.issues));
    (out, tables)
}

fn read(text: &str) -> Checked {
    let mut stream = Stream::new("x.json", contract("observations-people").unwrap());
    text.as_bytes().chunks(PIECE).for_each(|piece| stream.push(piece));
    let checked = stream.end();
    assert!(checked.issues.is_empty(), "{:?}", checked.issues.first());
    checked
}

fn large(criterion: &mut Criterion) {
    for rows in [10_000, 100_000, 1_000_000] {
        let (text, tables) = package(rows);
        let catalog: Catalog = build::catalog(&tables.iter().map(|(name, table)| (*name, table)).collect()).0;
        let mut measured = criterion.benchmark_group("large");
        measured.throughput(Throughput::Elements(rows as u64)).sample_size(10);
        let id = |what| BenchmarkId::new(what, rows);
        measured.bench_function(id("read and check"), |b| b.iter(|| read(&text)));
        let checked = read(&text);
        measured.bench_function(id("to columns"), |b| b.iter(|| build::observations(&checked, Topic::People, &catalog)));
        let (table, issues) = build::observations(&checked, Topic::People, &catalog);
        assert_eq!((table.len(), issues.len()), (rows, 0));
        let bytes = handed::write(rows as u32, &[], &table);
        measured
            .bench_function(id("hand over"), |b| b.iter_batched(|| &bytes, |bytes| handed::read("x.json", bytes), BatchSize::PerIteration));
        let dataset =
            Dataset { catalog: Arc::new(catalog.clone()), observations: vec![(Topic::People, Arc::clone(&table))], ..Dataset::default() };
        let def = &dataset.catalog.views[0];
        let state = view::default_state(def);
        measured.bench_function(id("a chart of two places"), |b| b.iter(|| view::figure(&dataset, def, &state, Text::new(Lang::En))));
        measured.bench_function(id("group by series, place, year"), |b| b.iter(|| group(&table, &[By::Series, By::Place, By::Year])));
        let (series, place) = (catalog.series.find("s07").unwrap(), catalog.places.find("P000").unwrap());
        measured.bench_function(id("one series at one place"), |b| {
            b.iter(|| table.at_place(series, place).filter_map(|row| row.cell().value()).sum::<f64>())
        });
        measured.finish();
    }
}

criterion_group!(benches, large);
criterion_main!(benches);
