//! Figures, options and certificates as plain text that a reviewer can read: one line a point, numbers rounded.

use diaspora_impact::charts::option::{self, Look};
use diaspora_impact::charts::palette::Theme;
use diaspora_impact::view::certificate::Certificate;
use diaspora_impact::view::headline::HeadlineSpec;
use diaspora_impact::view::spec::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// At most four decimals, no trailing zeros.
fn round(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Line ends and no-break spaces must be seen in review.
fn visible(text: &str) -> String {
    text.replace('\n', "⏎").replace('\u{a0}', "·")
}

pub fn figure(figure: &Figure) -> String {
    let mut out =
        format!("{}: {}\nlead: {}\nsummary: {}\n", figure.view, visible(&figure.title), visible(&figure.lead), visible(&figure.summary));
    if let Some(empty) = &figure.empty {
        let _ = writeln!(out, "empty: {}", visible(empty));
    }
    for limit in &figure.limits {
        let refusal = limit.refusal.map_or_else(|| "note".to_owned(), |refusal| format!("refused: {}", refusal.id()));
        let _ = writeln!(out, "limit ({refusal}): {}", visible(&limit.sentence));
    }
    for ignored in &figure.ignored {
        let _ = writeln!(out, "ignored: {}", visible(ignored));
    }
    for control in &figure.controls {
        let _ = writeln!(out, "control {}", visible(&self::control(control)));
    }
    if let Some(cost) = &figure.cost {
        let choices = |all: &[Choice]| {
            let written = all.iter().map(|choice| format!("{}{} {}", if choice.chosen { "*" } else { "" }, choice.value, choice.label));
            visible(&written.collect::<Vec<_>>().join("; "))
        };
        let _ =
            writeln!(out, "cost of {}: {} | {} | {}", cost.amount, visible(&cost.answer), visible(&cost.share.text), visible(&cost.series));
        let _ = writeln!(
            out,
            "  senders: {}\n  periods: {}\n  caution: {}",
            choices(&cost.senders),
            choices(&cost.periods),
            visible(&cost.caution)
        );
    }
    for one in &figure.replaced {
        let _ = writeln!(out, "replaced: {} | {}", visible(&one.value), visible(&one.sentence));
    }
    for panel in &figure.panels {
        out.push_str(&self::panel(panel));
    }
    out.push_str(&branches(figure));
    if let Some(tiles) = &figure.tiles {
        out.push_str(&self::tiles(tiles));
    }
    out.push_str(&table(&figure.table));
    if let Some(others) = &figure.others {
        out.push_str(&table(others));
    }
    for definition in &figure.definitions {
        let _ = writeln!(out, "definition {}: {} [{}; {}]", definition.id, visible(&definition.name), definition.basis, definition.licence);
    }
    for source in &figure.sources {
        let _ = writeln!(out, "source {}", citation(source));
    }
    let _ = writeln!(out, "facts: {}", figure.facts.len());
    out
}

fn branches(figure: &Figure) -> String {
    let mut out = String::new();
    for (mark, words) in &figure.key {
        let _ = writeln!(out, "key {mark:?}: {}", visible(words));
    }
    for branch in &figure.branches {
        if let Some(heading) = &branch.heading {
            let _ = writeln!(out, "\n{}", visible(heading));
        }
        let fact = branch.fact.map_or_else(String::new, |fact| format!(" [{}]", fact.token()));
        let note = branch.note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
        let _ = writeln!(out, "branch {}{fact}{note}", visible(&branch.title));
        for node in &branch.nodes {
            let _ = writeln!(
                out,
                "  {:?} {:?} {} | {} [{}]",
                node.mark,
                node.tone,
                visible(&node.text),
                visible(&node.detail),
                node.fact.token()
            );
        }
    }
    out
}

fn citation(source: &Citation) -> String {
    visible(&format!(
        "{}: {}. {}. {} [{}]",
        source.id,
        source.publisher,
        source.title,
        source.published.as_deref().unwrap_or("no date"),
        source.licence
    ))
}

fn control(control: &ControlSpec) -> String {
    let choices = |name: &str, choices: &[Choice]| {
        let written = choices.iter().map(|choice| {
            let tone = choice.tone.map_or_else(String::new, |tone| format!(" ({tone:?})"));
            format!("{}{} {}{tone}", if choice.chosen { "*" } else { "" }, choice.value, choice.label)
        });
        format!("{name}: {}", written.collect::<Vec<_>>().join("; "))
    };
    match control {
        ControlSpec::Pick { param, choices: all, groups } => {
            let groups = groups.iter().map(|(name, size)| format!(" [{name}: {size}]")).collect::<String>();
            choices(param.id(), all) + &groups
        }
        ControlSpec::Switch { param, choices: all } => choices(param, all),
        ControlSpec::Counterparts(all) => choices("counterparts", all),
        ControlSpec::Years { min, max, from, to } => format!("years: {from}..{to} of {min}..{max}"),
        ControlSpec::Period(all) => choices("period", all),
    }
}

fn axis(axis: &Axis) -> String {
    match axis {
        Axis::Number { title, divisor, max, log } => {
            let max = max.map_or_else(String::new, |max| format!(", up to {}", round(max)));
            format!("numbers \"{}\" ÷{}{max}{}", visible(title), round(*divisor), if *log { ", logarithmic" } else { "" })
        }
        Axis::Years { min, max } => format!("years {}..{}", round(*min), round(*max)),
        Axis::Labels(labels) => format!("labels {}", labels.iter().map(|label| visible(label)).collect::<Vec<_>>().join(" | ")),
        Axis::Blank { max } => format!("blank up to {}", round(*max)),
    }
}

fn panel(panel: &Panel) -> String {
    let chart = &panel.chart;
    let title = panel.title.as_ref().map_or_else(String::new, |title| format!(" \"{}\"", visible(title)));
    let heights = (option::height(chart, false), option::height(chart, true));
    let mut out = format!("\npanel {}{title}: {:?}, {} px high, narrow {} px\n", panel.id, chart.kind, heights.0, heights.1);
    let _ = writeln!(out, "  x: {}\n  y: {}", axis(&chart.x), axis(&chart.y));
    for rule in &chart.rules {
        let _ = writeln!(out, "  rule at {}: {}{}", round(rule.at), visible(&rule.label), if rule.is_break { " (break)" } else { "" });
    }
    for series in &chart.series {
        let flags = [(series.line, "line"), (series.end_label, "name at the end"), (series.point_labels, "labels")];
        let flags: Vec<&str> = flags.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
        let _ = writeln!(
            out,
            "  series {} \"{}\" {:?} {:?} [{}]",
            series.id,
            visible(&series.name),
            series.mark,
            series.tone,
            flags.join(", ")
        );
        for point in &series.points {
            let Some((x, y)) = point.at else {
                let _ = writeln!(out, "    gap");
                continue;
            };
            let mark = if point.mark == series.mark { String::new() } else { format!(" {:?}", point.mark) };
            let label =
                if point.label.is_empty() || !series.point_labels { String::new() } else { format!(" | {}", visible(&point.label)) };
            let _ =
                writeln!(out, "    {}, {}{mark} | {} | {}{label}", round(x), round(y), visible(&point.place_time), visible(&point.value));
        }
    }
    out
}

/// Rows of tiles as on the page; a region without a number has no shade.
fn tiles(tiles: &TilesSpec) -> String {
    let mut out =
        format!("\ntiles \"{}\": {}; {}; {}\n", visible(&tiles.title), tiles.unit, visible(&tiles.shades), tiles.reasons.join(", "));
    for row in &tiles.rows {
        let written = row.iter().map(|tile| match tile {
            Some(tile) => {
                let shade = tile.shade.map_or_else(|| "hatched".to_owned(), |shade| shade.to_string());
                format!("{} {} [{shade}]", tile.name.replace('\u{ad}', ""), visible(&tile.text))
            }
            None => "-".to_owned(),
        });
        let _ = writeln!(out, "  {}", written.collect::<Vec<_>>().join(" | "));
    }
    out
}

fn table(table: &TableSpec) -> String {
    let titles: Vec<String> =
        table.columns.iter().map(|column| format!("{}{}", visible(&column.title), if column.numeric { " #" } else { "" })).collect();
    let mut out = format!("\ntable \"{}\"\n  {}\n", visible(&table.caption), titles.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| visible(&cell.text)).collect();
        let _ = writeln!(out, "  {}", cells.join(" | "));
    }
    out.push('\n');
    out
}

/// The light, wide option of each panel, and what changes in the dark and on a narrow screen.
pub fn options(figure: &Figure) -> String {
    let mut out = String::new();
    for panel in &figure.panels {
        let json = |theme: Theme, narrow: bool| option::option(&panel.chart, Look { theme, narrow, still: false }).json;
        let light = json(Theme::Light, false);
        let _ = writeln!(out, "option {}", panel.id);
        out.push_str(&light_option(&panel.chart, &light));
        for (name, other) in [("dark", json(Theme::Dark, false)), ("narrow", json(Theme::Light, true))] {
            let _ = writeln!(out, "  {name}:");
            let mut changes = BTreeMap::new();
            differences("", &light, &other, &mut changes);
            for (change, times) in changes {
                let _ = writeln!(out, "    {change}{}", if times > 1 { format!(" ×{times}") } else { String::new() });
            }
        }
    }
    out
}

/// Coordinates are checked against the points and left out; what a point adds to its series is listed.
fn light_option(chart: &ChartSpec, option: &Value) -> String {
    let mut out = String::new();
    if chart.kind == ChartKind::Flow {
        return flow_option(option);
    }
    for (key, value) in option.as_object().expect("an option is an object").iter().filter(|(key, _)| *key != "series") {
        let _ = writeln!(out, "  {key}: {}", json(value));
    }
    let all = option["series"].as_array().expect("series are a list");
    assert_eq!(all.len(), chart.series.len(), "one series of the option for each of the spec");
    for (series, drawn) in chart.series.iter().zip(all) {
        let mut rest = drawn.clone();
        let data = rest.as_object_mut().and_then(|series| series.remove("data")).expect("a series has data");
        let _ = writeln!(out, "  series: {}", json(&rest));
        let items = data.as_array().expect("data are a list");
        assert_eq!(items.len(), series.points.len(), "one item for each point of {}", series.id);
        let mut additions: BTreeMap<String, usize> = BTreeMap::new();
        for (point, item) in series.points.iter().zip(items) {
            let expected = point.at.map_or_else(|| serde_json::json!(["-", "-"]), |(x, y)| serde_json::json!([x, y]));
            assert_eq!(item["value"], expected, "{}: {}", series.id, point.place_time);
            let mut item = item.clone();
            item.as_object_mut().expect("an item is an object").remove("value");
            if item != serde_json::json!({}) {
                *additions.entry(json(&item)).or_default() += 1;
            }
        }
        for (addition, times) in additions {
            let _ = writeln!(out, "    ×{times} {addition}");
        }
    }
    out
}

/// One line a node and a link.
fn flow_option(option: &Value) -> String {
    let mut out = String::new();
    for (key, value) in option["series"][0].as_object().expect("one series") {
        match value {
            Value::Array(items) => items.iter().for_each(|item| {
                let _ = writeln!(out, "  {key}: {}", json(item));
            }),
            value => {
                let _ = writeln!(out, "  {key}: {}", json(value));
            }
        }
    }
    out
}

/// JSON on one line, numbers rounded.
fn json(value: &Value) -> String {
    match value {
        Value::Number(number) => round(number.as_f64().unwrap_or(f64::NAN)),
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            format!("{{{}}}", map.iter().map(|(key, value)| format!("{key}: {}", json(value))).collect::<Vec<_>>().join(", "))
        }
        other => visible(&other.to_string()),
    }
}

/// `path: before → after` and how often, positions in lists left out.
fn differences(path: &str, before: &Value, after: &Value, changes: &mut BTreeMap<String, usize>) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                differences(&path, a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null), changes);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a.iter().zip(b).for_each(|(a, b)| differences(path, a, b, changes)),
        (a, b) if a != b => *changes.entry(format!("{path}: {} → {}", json(a), json(b))).or_default() += 1,
        _ => {}
    }
}

pub fn headline(headline: &HeadlineSpec) -> String {
    let mut out = format!("headline {}: {} [{}]\n", headline.id, visible(&headline.value), round(headline.number));
    let qualifier = headline.qualifier.map(|qualifier| qualifier.id().to_owned());
    let parts = [
        ("qualifier", &qualifier),
        ("meaning", &Some(headline.meaning.clone())),
        ("rival", &headline.rival),
        ("caution", &headline.caution),
        ("source", &Some(headline.source.clone())),
        ("view", &headline.view),
    ];
    for (name, part) in parts {
        if let Some(part) = part {
            let _ = writeln!(out, "  {name}: {}", visible(part));
        }
    }
    out
}

pub fn certificate(certificate: &Certificate) -> String {
    let number = certificate.number.map_or_else(|| "no number".to_owned(), round);
    let qualifier = certificate.qualifier.map_or("", |qualifier| qualifier.id());
    let mut out = format!("certificate {}: {} [{number} {qualifier}]\n", visible(&certificate.title), visible(&certificate.value));
    for line in &certificate.lines {
        let _ = writeln!(out, "  {}: {}", visible(&line.term), visible(&line.text));
    }
    for source in &certificate.sources {
        let _ = writeln!(out, "  source {}", citation(source));
    }
    out
}
