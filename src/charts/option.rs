//! One spec, one option. charming builds grid and axes; series are written in ECharts' own words, because charming lacks half of what
//! they need (end labels, hatching, label layout) and its series types bring code for all that they could hold (15 kB of wasm).

use super::json::{json, words};
use super::palette::{Palette, Theme};
use crate::view::spec::{Axis, ChartKind, ChartSpec, Mark, Point, Rule, SeriesSpec, Tone};
use charming::component::{Axis as ChartAxis, Grid};
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, LineStyle, NameLocation, SplitLine, TextStyle};
use serde::Serialize;
use serde_json::Value;

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
/// Mean width of a character at `FONT_SIZE`, for reserving room before anything is measured; of a bold one in a wide font.
const CHARACTER: f64 = 7.0;
const BOLD: f64 = 8.2;
/// Width of a character in a wide font, where a label must not break within its room.
const WIDE: f64 = 7.5;
/// Characters in a line of a label left of its bar.
const BESIDE: usize = 34;
/// Characters in a line of a name at a line's end.
const NAME: usize = 20;

/// Height in CSS pixels, so that it can be reserved before the chart is drawn.
pub fn height(spec: &ChartSpec, narrow: bool) -> u32 {
    match (spec.kind, &spec.x, &spec.y) {
        (ChartKind::Rows, _, Axis::Labels(labels)) => {
            let beside = if narrow { 52 } else { 46 };
            labels.iter().map(|label| row_height(label, narrow)).max().unwrap_or(0) * labels.len() as u32 + beside
        }
        (ChartKind::Dots, _, Axis::Blank { max }) => (*max as u32 * 15 + 70).max(220),
        _ if narrow => 320,
        _ => 420,
    }
}

/// Rows of a chart are of one height: the tallest label decides.
fn row_height(label: &str, narrow: bool) -> u32 {
    let lines = row_label(label, narrow).lines().count();
    if narrow {
        // The label stands above its bar, over the whole width.
        return lines as u32 * 15 + 40;
    }
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
    let mut axes = [(&spec.x, true), (&spec.y, false)].map(|(of, is_x)| part(&axis(of, spec.kind, is_x, palette)));
    let mut grid = part(&grid(spec, look));
    beside(spec, palette, look, &mut grid, &mut axes);
    let series: Vec<Value> = spec.series.iter().enumerate().map(|(i, series)| drawn(spec, i, series, palette, look)).collect();
    let mut json = base(series, palette, look);
    let [x, y] = axes;
    json["grid"] = json!([grid]);
    json["xAxis"] = json!([x]);
    json["yAxis"] = json!([y]);
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
            let names = names.min(NAME as f64) * BOLD + 20.0;
            (if spec.rules.is_empty() { 6.0 } else { 10.0 }, if look.narrow { 14.0 } else { names.max(quote_overhang(spec)) })
        }
        ChartKind::Rows => {
            let line = |p: &Point| wrapped(&p.label, beside_bars(look)).lines().map(|line| line.chars().count()).max().unwrap_or(0);
            let label = longest(&line).max(spec.room[1].min(beside_bars(look)) as f64) * BOLD + 14.0;
            if look.narrow { (24.0, label.min(180.0)) } else { (6.0, label.min(270.0)) }
        }
        ChartKind::Columns => (6.0, 14.0),
        ChartKind::Dots | ChartKind::Flow => (10.0, 20.0),
    };
    // What ECharts keeps within these bounds by itself (`beside`) needs no room here; names at line ends may hang below the axis.
    Grid::new().top(top).right(right).left(6).bottom(if spec.kind == ChartKind::Lines && !look.narrow { 24 } else { 6 })
}

/// Years to name: round ones, in even steps, as many as find room.
fn round_years(min: f64, max: f64, narrow: bool) -> Vec<Value> {
    let steps = (max - min) / if narrow { 7.0 } else { 10.0 };
    let mut step = 1.0;
    for times in [2.0, 2.5, 2.0, 2.0, 2.5, 2.0] {
        if step < steps {
            step *= times;
        }
    }
    let mut year = (min / step).ceil() * step;
    let mut years = Vec::new();
    while year <= max {
        years.push(year.into());
        year += step;
    }
    years
}

/// What a bar is, at its left, or on a phone above it over the whole width.
fn row_label(label: &str, narrow: bool) -> String {
    label.lines().map(|line| wrapped(line, if narrow { 40 } else { BESIDE })).collect::<Vec<_>>().join("\n")
}

/// Characters in a line of the label beside a bar, in the room that `grid` leaves.
fn beside_bars(look: Look) -> usize {
    if look.narrow { 21 } else { 32 }
}

/// A label in lines of so many characters. Ours, because ECharts breaks within words and numbers, and takes a Ukrainian letter for as wide as a
/// Chinese one; a number keeps its groups.
fn wrapped(label: &str, fits: usize) -> String {
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
    // By steps: the logarithm of the standard library costs more than this loop.
    let mut power = 1.0;
    while power * 10.0 <= quarter {
        power *= 10.0;
    }
    while power > quarter {
        power /= 10.0;
    }
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= quarter).unwrap_or(quarter);
    (largest / step).ceil() * step
}

/// What every chart has beside its series.
pub(super) fn base(series: Vec<Value>, palette: &Palette, look: Look) -> Value {
    json!({
        "animation": (!look.still),
        "animationDuration": 0, // motion explains a change; the first drawing is none, and takes the place of its own picture
        "animationDurationUpdate": 250,
        "textStyle": {"fontFamily": FONT, "fontSize": FONT_SIZE, "color": (palette.ink)},
        "series": series,
    })
}

/// How a mark is painted; `None` is the plain colour.
pub(super) fn mark_style(kind: ChartKind, mark: Mark, colour: &str, palette: &Palette) -> Option<Value> {
    let is_filled = matches!(kind, ChartKind::Rows | ChartKind::Columns | ChartKind::Flow);
    if mark == Mark::Solid {
        return None;
    }
    let mut style = json!({"color": (palette.paper), "borderColor": colour, "borderWidth": (if is_filled { 1.5 } else { 2.0 })});
    match (is_filled, mark) {
        (true, Mark::Hollow) => style["borderType"] = json!([4, 3]),
        (true, _) => {
            style["decal"] = json!({"symbol": "rect", "color": colour, "dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": (-0.785)});
        }
        (false, Mark::Hatched) => style["borderType"] = json!([3, 2]),
        (false, _) => {}
    }
    Some(style)
}

/// What charming has no field for in grid and axes.
fn beside(spec: &ChartSpec, palette: &Palette, look: Look, grid: &mut Value, axes: &mut [Value; 2]) {
    for axis in axes.iter_mut() {
        axis["axisLine"]["lineStyle"]["color"] = palette.muted.into();
    }
    if let Axis::Years { min, max } = spec.x {
        for part in ["axisLabel", "axisTick"] {
            axes[0][part]["customValues"] = round_years(min, max, look.narrow).into();
        }
        axes[0]["axisLabel"]["margin"] = 11.into(); // below the zero of the other axis
    }
    let [x, y] = axes;
    // ECharts 6 keeps axis labels and names inside these bounds.
    if spec.kind == ChartKind::Rows && look.narrow {
        // Labels stand inside the plot here and must not shrink it.
        put(grid, json!({"outerBoundsMode": "none", "left": 10, "bottom": 44}));
    } else {
        put(grid, json!({"outerBoundsMode": "same", "outerBoundsContain": "all"}));
    }
    match spec.kind {
        ChartKind::Rows => {
            x["axisLabel"]["hideOverlap"] = true.into();
            if let Axis::Labels(labels) = &spec.y {
                y["data"] = labels.iter().map(|label| row_label(label, look.narrow)).collect::<Vec<_>>().into();
            }
            put(&mut y["axisLabel"], json!({"lineHeight": 15, "interval": 0}));
            if spec.room[0] > 0 && !look.narrow {
                put(&mut y["axisLabel"], json!({"width": (spec.room[0].min(BESIDE) as f64 * WIDE), "overflow": "break"}));
            }
            if look.narrow {
                put(&mut y["axisLabel"], json!({"inside": true, "align": "left", "verticalAlign": "bottom", "padding": [0, 0, 16, (-4)]})); // above values of two lines
            }
            y["z"] = 5.into();
        }
        // The last column may be the one without a year, and must not pass for one.
        ChartKind::Columns => put(&mut x["axisLabel"], json!({"hideOverlap": true, "showMaxLabel": true})),
        ChartKind::Lines => {
            y["nameTextStyle"]["align"] = "left".into();
            if look.narrow && !spec.rules.is_empty() {
                y["nameGap"] = 48.into(); // above the words at the rules
            }
        }
        ChartKind::Dots | ChartKind::Flow => {}
    }
}

/// Adds the fields of one object to another.
fn put(base: &mut Value, more: Value) {
    if let Value::Object(more) = more {
        for (name, value) in more {
            base[name] = value;
        }
    }
}

/// One series. Our own layer shows what is under the pointer, for the mouse and the keyboard alike.
fn drawn(spec: &ChartSpec, index: usize, series: &SeriesSpec, palette: &Palette, look: Look) -> Value {
    let colour = palette.tone(series.tone);
    let data: Vec<Value> = series.points.iter().map(|point| item(spec.kind, point, series, palette, look)).collect();
    let mut json = json!({
        "id": (series.id.as_str()), "name": (series.name.as_str()), "data": data, "cursor": "pointer",
        "itemStyle": {"color": colour}, "emphasis": {"disabled": true},
    });
    match (spec.kind, series.line) {
        (ChartKind::Lines, true) => {
            let width = if series.tone == Tone::Accent { 3 } else { 2 };
            let is_crowded = series.points.len() > CROWDED;
            if is_crowded {
                keep_dots(&mut json["data"], series);
            }
            put(
                &mut json,
                json!({
                    "type": "line", "showSymbol": true, "symbol": (if is_crowded { "none" } else { "circle" }), "symbolSize": (if look.narrow { 4 } else { 5 }), "connectNulls": false,
                    "lineStyle": {"color": colour, "width": width, "type": (if series.mark == Mark::Solid { "solid" } else { "dashed" })},
                }),
            );
        }
        (ChartKind::Rows | ChartKind::Columns, _) => {
            let widest = match (spec.kind, look.narrow) {
                (ChartKind::Rows, true) => 14,
                (ChartKind::Rows, false) => 24,
                _ => 44,
            };
            put(&mut json, json!({"type": "bar", "barMaxWidth": widest}));
            if spec.kind == ChartKind::Columns {
                json["stack"] = "all".into();
            }
        }
        _ => {
            let size = match (spec.kind, look.narrow) {
                (ChartKind::Dots, true) => 9,
                (ChartKind::Dots, false) => 11,
                _ => 13,
            };
            let symbol = if series.mark == Mark::Quote { "diamond" } else { "circle" };
            put(&mut json, json!({"type": "scatter", "symbol": symbol, "symbolSize": size}));
            json["itemStyle"]["opacity"] = 1.into(); // the colour of the legend
        }
    }
    if spec.kind == ChartKind::Lines {
        json["labelLayout"] = json!({"moveOverlap": "shiftY"});
        if series.end_label && !look.narrow {
            // Hung by its first line: ECharts sorts labels that it moves apart by their upper edges. Beside the last year, which stands below.
            json["endLabel"] = json!({"show": true, "formatter": (words(&wrapped(&series.name, NAME))), "color": colour, "fontWeight": 600, "distance": 18, "lineHeight": 15, "verticalAlign": "top", "offset": [0, (-8)]});
        }
    }
    if index == 0 && !spec.rules.is_empty() {
        let rules: Vec<Value> = spec.rules.iter().map(|rule| drawn_rule(rule, palette, look)).collect();
        json["markLine"] = json!({"silent": true, "symbol": "none", "animation": false, "data": rules});
    }
    json
}

/// With more points than this on a line dots would touch: they would say no more than the line, and a browser draws each.
const CROWDED: usize = 150;

/// Those that say more: a value between two gaps, one of another kind than its line, the last with its label.
fn keep_dots(data: &mut Value, series: &SeriesSpec) {
    let is_there = |at: Option<usize>| at.and_then(|at| series.points.get(at)).is_some_and(|point| point.at.is_some());
    for (at, point) in series.points.iter().enumerate() {
        let is_alone = !is_there(at.checked_sub(1)) && !is_there(Some(at + 1));
        if point.at.is_some() && (is_alone || point.mark != Mark::Solid || at + 1 == series.points.len()) {
            data[at]["symbol"] = "circle".into();
        }
    }
}

fn drawn_rule(rule: &Rule, palette: &Palette, look: Look) -> Value {
    let is_named = !rule.label.is_empty();
    json!({
        "xAxis": (rule.at),
        "lineStyle": {"color": (palette.muted), "width": 1, "type": (if rule.is_break { "dashed" } else if is_named { "solid" } else { "dotted" })},
        "label": {"show": is_named, "formatter": (words(&wrapped(&rule.label, if look.narrow { 12 } else { 18 }))), "position": "end", "color": (palette.muted), "fontSize": 11, "lineHeight": 13},
    })
}

fn item(kind: ChartKind, point: &Point, series: &SeriesSpec, palette: &Palette, look: Look) -> Value {
    let Some((x, y)) = point.at else {
        // ECharts' word for a gap; a bar or a line is never drawn through it.
        return json!({"value": ["-", "-"]});
    };
    let mut item = json!({"value": [x, y]});
    if let Some(style) = mark_style(kind, point.mark, palette.tone(series.tone), palette) {
        item["itemStyle"] = style;
    }
    let is_last = series.points.last().is_some_and(|last| std::ptr::eq(last, point));
    let is_bar = kind == ChartKind::Rows;
    if series.point_labels && !point.label.is_empty() && (is_bar || is_last) {
        let label = if is_bar { wrapped(&point.label, beside_bars(look)) } else { point.label.clone() };
        let is_broken = label.contains('\n');
        item["label"] =
            json!({"show": (is_bar || !look.narrow), "position": "right", "formatter": (words(&label)), "color": (palette.ink)});
        put(&mut item["label"], if is_bar { json!({"fontWeight": 600}) } else { json!({"fontSize": 11}) });
        if is_broken {
            item["label"]["lineHeight"] = 15.into(); // or its lines would overlap
        }
    }
    item
}
