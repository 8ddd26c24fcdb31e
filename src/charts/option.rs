//! One spec, one option. charming builds what it knows; `extra` is merged over it for what it lacks
//! (end labels, hatching, label layout, text style).

use super::palette::{Palette, Theme};
use crate::view::spec::{Axis, ChartKind, ChartSpec, Mark, Point, Rule, SeriesSpec};
use charming::component::{Axis as ChartAxis, Grid};
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, LineStyle, LineStyleType, NameLocation, SplitLine, Symbol, TextStyle};
use charming::series::{Bar, Line, Scatter};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// How a chart is shown, beside what it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub theme: Theme,
    /// Under 560 px: shorter labels, no names at line ends.
    pub narrow: bool,
    /// Reduced motion switches all animation off.
    pub still: bool,
}

/// An option for `setOption`, and what JSON cannot say.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartOption {
    pub json: Value,
    /// Axes whose ticks need a function, since ECharts' own number format knows neither years nor Ukrainian.
    pub ticks: Vec<(&'static str, Tick)>,
}

/// How a tick becomes text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tick {
    /// A number, divided by this first: the axis title names the scale.
    Number(f64),
    /// Written without separators.
    Year,
}

/// Of the browser's own fonts; nothing is downloaded.
const FONT: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
pub(super) const FONT_SIZE: f64 = 12.0;
/// Mean width of a character at `FONT_SIZE`, for reserving room before anything is measured.
const CHARACTER: f64 = 7.0;

/// Height in CSS pixels, so that it can be reserved before the chart is drawn.
pub fn height(spec: &ChartSpec, narrow: bool) -> u32 {
    match (spec.kind, &spec.x, &spec.y) {
        (ChartKind::Rows, _, Axis::Labels(labels)) => {
            labels.iter().map(|label| row_height(label, narrow)).max().unwrap_or(0) * labels.len() as u32 + 52
        }
        (ChartKind::Dots, _, Axis::Blank { max }) => (*max as u32 * 15 + 70).max(220),
        _ if narrow => 320,
        _ => 420,
    }
}

/// Rows of a chart are of one height: the tallest label decides.
fn row_height(label: &str, narrow: bool) -> u32 {
    if narrow {
        // The label stands above its bar, over the whole width.
        let lines = label.lines().map(|line| line.chars().count().div_ceil(40)).sum::<usize>();
        return lines as u32 * 15 + 40;
    }
    let lines = label.lines().map(|line| line.chars().count().div_ceil(34)).sum::<usize>();
    (lines as u32 * 15 + 16).max(38)
}

pub fn option(spec: &ChartSpec, look: Look) -> ChartOption {
    let palette = Palette::of(look.theme);
    if spec.kind == ChartKind::Flow {
        return super::flow::option(spec, palette, look);
    }
    let tick = |name: &'static str, axis: &Axis| match axis {
        Axis::Number { divisor, .. } => Some((name, Tick::Number(*divisor))),
        Axis::Years { .. } => Some((name, Tick::Year)),
        Axis::Labels(_) | Axis::Blank { .. } => None,
    };
    let ticks = [tick("xAxis", &spec.x), tick("yAxis", &spec.y)].into_iter().flatten().collect();
    // charming's typed parts one by one: its `Chart` and `Series` would bring the code of every chart there is (75 kB of wasm).
    let series: Vec<Value> = spec
        .series
        .iter()
        .map(|series| match (spec.kind, series.line) {
            (ChartKind::Lines, true) => part(&line(series, palette, look)),
            (ChartKind::Rows | ChartKind::Columns, _) => part(&bar(spec.kind, series)),
            _ => part(&scatter(spec.kind, series, look)),
        })
        .collect();
    let mut json = Map::new();
    json.insert("grid".into(), Value::Array(vec![part(&grid(spec, look))]));
    json.insert("xAxis".into(), Value::Array(vec![part(&axis(&spec.x, spec.kind, true, palette))]));
    json.insert("yAxis".into(), Value::Array(vec![part(&axis(&spec.y, spec.kind, false, palette))]));
    json.insert("series".into(), Value::Array(series));
    let mut json = Value::Object(json);
    merge(&mut json, extra(spec, palette, look));
    ChartOption { json, ticks }
}

/// charming's types always serialise; should one not, the chart lacks this part and says so by its look.
fn part(typed: &impl Serialize) -> Value {
    serde_json::to_value(typed).unwrap_or(Value::Null)
}

fn grid(spec: &ChartSpec, look: Look) -> Grid {
    let longest = |label: &dyn Fn(&Point) -> usize| spec.series.iter().flat_map(|s| &s.points).map(label).max().unwrap_or(0) as f64;
    let (top, right) = match spec.kind {
        ChartKind::Lines => {
            let names = spec.series.iter().filter(|s| s.end_label).map(|s| s.name.chars().count()).max().unwrap_or(0) as f64;
            let names = names.min(22.0) * CHARACTER + 18.0;
            (if spec.rules.is_empty() { 30.0 } else { 56.0 }, if look.narrow { 14.0 } else { names.max(quote_overhang(spec)) })
        }
        ChartKind::Rows => {
            let line = |p: &Point| wrapped(&p.label, look).lines().map(|line| line.chars().count()).max().unwrap_or(0);
            let label = longest(&line) * CHARACTER + 14.0;
            if look.narrow { (20.0, label.min(170.0)) } else { (6.0, label.min(240.0)) }
        }
        ChartKind::Columns => (30.0, 14.0),
        ChartKind::Dots | ChartKind::Flow => (10.0, 20.0),
    };
    Grid::new().top(top).right(right).left(6).bottom(if spec.kind == ChartKind::Lines { 30 } else { 26 })
}

/// The label beside a bar, in lines that fit. Ours, because ECharts breaks within words and numbers; a number keeps its groups.
fn wrapped(label: &str, look: Look) -> String {
    let fits = if look.narrow { 22 } else { 32 }; // characters, in the room that `grid` leaves
    let mut out = String::new();
    let mut line = 0;
    for word in label.split(' ') {
        let length = word.chars().count();
        if line > 0 {
            let breaks = line + 1 + length > fits;
            out.push(if breaks { '\n' } else { ' ' });
            line = if breaks { 0 } else { line + 1 };
        }
        out.push_str(word);
        line += length;
    }
    out
}

/// Room that the label of a quote needs beyond the plot's right edge, for a plot of usual width.
fn quote_overhang(spec: &ChartSpec) -> f64 {
    const PLOT: f64 = 760.0;
    let Axis::Years { min, max } = spec.x else { return 0.0 };
    let last = |s: &SeriesSpec| s.points.last().and_then(|p| Some((p.at?.0, p.label.chars().count() as f64)));
    let overhang = spec.series.iter().filter(|s| s.point_labels).filter_map(last).map(|(x, characters)| {
        let inside = (max - x) / (max - min).max(1.0) * PLOT;
        characters * CHARACTER + 16.0 - inside
    });
    overhang.fold(0.0, f64::max)
}

fn axis(axis: &Axis, kind: ChartKind, is_x: bool, palette: &Palette) -> ChartAxis {
    let label = || AxisLabel::new().color(palette.muted).font_size(FONT_SIZE);
    let lines = SplitLine::new().line_style(LineStyle::new().color(palette.grid));
    let base = ChartAxis::new().id(if is_x { "x" } else { "y" });
    let no_tick = AxisTick::new().show(false);
    match axis {
        Axis::Number { title, max, log, .. } => {
            let title_style = TextStyle::new().color(palette.muted).font_size(FONT_SIZE);
            let named = base
                .type_(if *log { AxisType::Log } else { AxisType::Value })
                .name(title.as_str())
                .name_text_style(title_style)
                .axis_label(label())
                .axis_line(AxisLine::new().show(false))
                .axis_tick(no_tick)
                .split_line(lines.show(true));
            let named = if is_x {
                named.name_location(NameLocation::Middle).name_gap(28).split_number(4)
            } else {
                named.name_location(NameLocation::End).name_gap(14).split_number(5)
            };
            let named = if kind == ChartKind::Columns { named.min_interval(1) } else { named };
            match max {
                Some(max) => named.max(round_end(*max)),
                None => named,
            }
        }
        Axis::Years { min, max } => base
            .type_(AxisType::Value)
            .min(*min)
            .max(*max)
            .min_interval(1)
            .axis_label(label())
            .axis_line(AxisLine::new().show(true))
            .split_line(lines.show(false)),
        Axis::Labels(labels) => base
            .type_(AxisType::Category)
            .data(labels.clone())
            .inverse(!is_x)
            .axis_label(label().color(if is_x { palette.muted } else { palette.ink }))
            .axis_line(AxisLine::new().show(true))
            .axis_tick(no_tick),
        Axis::Blank { max } => base.type_(AxisType::Value).min(0).max(*max).show(false),
    }
}

/// The first round tick from `largest` on, so that the axis does not end on a crooked one.
fn round_end(largest: f64) -> f64 {
    if largest <= 0.0 {
        return 1.0;
    }
    let quarter = largest / 4.0;
    let power = 10f64.powf(quarter.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= quarter).unwrap_or(quarter);
    (largest / step).ceil() * step
}

/// ECharts' word for a gap; a bar or a line is never drawn through it.
fn cells(series: &SeriesSpec) -> Vec<Vec<Value>> {
    series.points.iter().map(|point| point.at.map_or_else(|| vec![json!("-"), json!("-")], |(x, y)| vec![json!(x), json!(y)])).collect()
}

fn line(series: &SeriesSpec, palette: &Palette, look: Look) -> Line {
    let width = if series.tone == crate::view::spec::Tone::Accent { 3.0 } else { 2.0 };
    let style = LineStyle::new().color(palette.tone(series.tone)).width(width);
    let style = if series.mark == Mark::Hollow { style.type_(LineStyleType::Dashed) } else { style };
    Line::new()
        .id(series.id.as_str())
        .name(series.name.as_str())
        .show_symbol(true)
        .symbol(Symbol::Circle)
        .symbol_size(if look.narrow { 4.0 } else { 5.0 })
        .connect_nulls(false)
        .line_style(style)
}

fn bar(kind: ChartKind, series: &SeriesSpec) -> Bar {
    let bar = Bar::new().id(series.id.as_str()).name(series.name.as_str());
    if kind == ChartKind::Columns { bar.stack("all") } else { bar }
}

fn scatter(kind: ChartKind, series: &SeriesSpec, look: Look) -> Scatter {
    let size = match (kind, look.narrow) {
        (ChartKind::Dots, true) => 9.0,
        (ChartKind::Dots, false) => 11.0,
        _ => 13.0,
    };
    Scatter::new()
        .id(series.id.as_str())
        .name(series.name.as_str())
        .symbol(if series.mark == Mark::Quote { Symbol::Diamond } else { Symbol::Circle })
        .symbol_size(size)
}

/// What every chart has beside its series.
pub(super) fn base(series: Vec<Value>, palette: &Palette, look: Look) -> Value {
    json!({
        "animation": !look.still,
        "animationDuration": 250,
        "animationDurationUpdate": 250,
        "textStyle": {"fontFamily": FONT, "fontSize": FONT_SIZE, "color": palette.ink},
        "series": series,
    })
}

/// How a mark is painted; `None` is the plain colour.
pub(super) fn mark_style(kind: ChartKind, mark: Mark, colour: &str, palette: &Palette) -> Option<Value> {
    let is_filled = matches!(kind, ChartKind::Rows | ChartKind::Columns | ChartKind::Flow);
    match (is_filled, mark) {
        (_, Mark::Solid) => None,
        (true, Mark::Hollow) => Some(json!({"color": palette.paper, "borderColor": colour, "borderWidth": 1.5, "borderType": [4, 3]})),
        (true, _) => Some(json!({
            "color": palette.paper, "borderColor": colour, "borderWidth": 1.5,
            "decal": {"symbol": "rect", "color": colour, "dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": -0.785},
        })),
        (false, Mark::Hatched) => Some(json!({"color": palette.paper, "borderColor": colour, "borderWidth": 2, "borderType": [3, 2]})),
        (false, _) => Some(json!({"color": palette.paper, "borderColor": colour, "borderWidth": 2})),
    }
}

/// What charming has no field for, in ECharts' own words.
fn extra(spec: &ChartSpec, palette: &Palette, look: Look) -> Value {
    let series: Vec<Value> = spec.series.iter().enumerate().map(|(i, series)| series_extra(spec, i, series, palette, look)).collect();
    let mut extra = base(series, palette, look);
    let axis_line = json!([{"axisLine": {"lineStyle": {"color": palette.muted}}}]);
    extra["xAxis"] = axis_line.clone();
    extra["yAxis"] = axis_line;
    // ECharts 6 keeps axis labels and names inside these bounds.
    extra["grid"] = if spec.kind == ChartKind::Rows && look.narrow {
        // Labels stand inside the plot here and must not shrink it.
        json!([{"outerBoundsMode": "none", "left": 10, "bottom": 44}])
    } else {
        json!([{"outerBoundsMode": "same", "outerBoundsContain": "all"}])
    };
    if spec.kind == ChartKind::Rows {
        extra["yAxis"][0]["axisLabel"] = if look.narrow {
            json!({"inside": true, "align": "left", "verticalAlign": "bottom", "padding": [0, 0, 12, -6], "width": 320, "overflow": "break", "lineHeight": 15, "interval": 0})
        } else {
            json!({"width": 220, "overflow": "break", "lineHeight": 15, "interval": 0})
        };
        extra["yAxis"][0]["z"] = json!(5);
    }
    if spec.kind == ChartKind::Columns {
        // The last column may be the one without a year, and must not pass for one.
        extra["xAxis"][0]["axisLabel"] = json!({"hideOverlap": true, "showMaxLabel": true});
    }
    if spec.kind == ChartKind::Lines {
        extra["yAxis"][0]["nameTextStyle"] = json!({"align": "left"});
    }
    extra
}

fn series_extra(spec: &ChartSpec, index: usize, series: &SeriesSpec, palette: &Palette, look: Look) -> Value {
    let colour = palette.tone(series.tone);
    let mut extra = Map::new();
    extra.insert("itemStyle".into(), json!({"color": colour}));
    extra.insert(
        "data".into(),
        Value::Array(
            series.points.iter().zip(cells(series)).map(|(point, at)| item(spec.kind, point, at, series, palette, look)).collect(),
        ),
    );
    // Our own layer shows what is under the pointer, for the mouse and the keyboard alike.
    extra.insert("emphasis".into(), json!({"disabled": true}));
    extra.insert("cursor".into(), json!("pointer"));
    if series.line && series.mark != Mark::Solid {
        extra.insert("lineStyle".into(), json!({"type": "dashed"}));
    }
    if spec.kind == ChartKind::Lines {
        extra.insert("labelLayout".into(), json!({"moveOverlap": "shiftY"}));
        if series.end_label && !look.narrow {
            extra.insert("endLabel".into(), json!({"show": true, "formatter": "{a}", "color": colour, "fontWeight": 600, "distance": 8, "width": 140, "overflow": "break", "lineHeight": 15}));
        }
    }
    if matches!(spec.kind, ChartKind::Rows | ChartKind::Columns) {
        extra.insert(
            "barMaxWidth".into(),
            json!(match (spec.kind, look.narrow) {
                (ChartKind::Rows, true) => 14,
                (ChartKind::Rows, false) => 24,
                _ => 44,
            }),
        );
    }
    if index == 0 && !spec.rules.is_empty() {
        let rules: Vec<Value> = spec.rules.iter().map(|rule| rule_extra(rule, palette, look)).collect();
        extra.insert("markLine".into(), json!({"silent": true, "symbol": "none", "animation": false, "data": rules}));
    }
    Value::Object(extra)
}

fn rule_extra(rule: &Rule, palette: &Palette, look: Look) -> Value {
    json!({
        "xAxis": rule.at,
        "lineStyle": {"color": palette.muted, "width": 1, "type": if rule.is_break { "dashed" } else { "solid" }},
        "label": {"formatter": rule.label, "position": "end", "color": palette.muted, "fontSize": 11, "lineHeight": 13, "width": if look.narrow { 84 } else { 140 }, "overflow": "break"},
    })
}

fn item(kind: ChartKind, point: &Point, at: Vec<Value>, series: &SeriesSpec, palette: &Palette, look: Look) -> Value {
    let colour = palette.tone(series.tone);
    let mut item = json!({"value": at});
    if point.at.is_none() {
        return item;
    }
    if let Some(style) = mark_style(kind, point.mark, colour, palette) {
        item["itemStyle"] = style;
    }
    let is_last = series.points.last().is_some_and(|last| std::ptr::eq(last, point));
    if series.point_labels && !point.label.is_empty() && (kind == ChartKind::Rows || is_last) {
        item["label"] = match kind {
            ChartKind::Rows => {
                let words = wrapped(&point.label, look);
                let is_broken = words.contains('\n');
                let mut label = json!({"show": true, "position": "right", "formatter": words, "color": palette.ink, "fontWeight": 600});
                if is_broken {
                    label["lineHeight"] = json!(15); // or its lines would overlap
                }
                label
            }
            _ => json!({"show": !look.narrow, "position": "right", "formatter": point.label, "color": palette.ink, "fontSize": 11}),
        };
    }
    item
}

/// Objects are merged key by key; arrays item by item where both sides hold objects; anything else is replaced.
fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(base), Value::Array(over)) if base.iter().all(Value::is_object) && !base.is_empty() => {
            for (i, value) in over.into_iter().enumerate() {
                match base.get_mut(i) {
                    Some(slot) => merge(slot, value),
                    None => base.push(value),
                }
            }
        }
        (base, over) => *base = over,
    }
}
