//! What is shown, as values: compared, snapshotted, drawn by `charts` and read out by `ui`.

use crate::model::dataset::Fact;
use crate::model::words::Qualifier;
use crate::state::route::Page;
use crate::state::view_state::Param;

/// Everything about one view in one state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    pub view: String,
    pub title: String,
    pub lead: String,
    /// One sentence or two generated from the data; also the chart's text alternative.
    pub summary: String,
    /// One chart, or several side by side; none when there is nothing to draw (then `empty` says why).
    pub panels: Vec<Panel>,
    pub empty: Option<String>,
    /// What is drawn as text instead of a chart, in order; `key` says what the marks of its nodes mean.
    pub branches: Vec<Branch>,
    pub key: Vec<(Mark, String)>,
    /// Regions side by side, drawn by our own markup and not by a chart.
    pub tiles: Option<TilesSpec>,
    pub table: TableSpec,
    /// Published values that are kept and not drawn, with the reason.
    pub others: Option<TableSpec>,
    /// What is not shown and why: refusals first, then the publisher's notes and the breaks.
    pub limits: Vec<Limit>,
    /// Values that a later one replaced, where the replacing is the point: shown struck through.
    pub replaced: Vec<Replaced>,
    /// Parameters of the address that were ignored.
    pub ignored: Vec<String>,
    pub definitions: Vec<Definition>,
    pub sources: Vec<Citation>,
    pub controls: Vec<ControlSpec>,
    /// What sending money costs, where the view offers it.
    pub cost: Option<super::cost::CostSpec>,
    /// Every fact that is shown, in reading order: the rows of the download.
    pub facts: Vec<Fact>,
}

/// A name and the nodes that are tied to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Branch {
    /// Stands above the first of several branches of one kind.
    pub heading: Option<String>,
    pub title: String,
    pub fact: Option<Fact>,
    pub note: Option<String>,
    pub nodes: Vec<Node>,
}

/// Opens a certificate.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub text: String,
    pub detail: String,
    pub mark: Mark,
    pub tone: Tone,
    pub fact: Fact,
}

/// A sentence that keeps the reader from a wrong conclusion.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// `Some` when the code refused to draw something.
    pub refusal: Option<super::guard::Refusal>,
    pub sentence: String,
}

/// A published value that no longer stands, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Replaced {
    pub value: String,
    pub sentence: String,
    pub fact: Fact,
}

/// One value a region, in rows from north to south; an empty place is no region.
#[derive(Clone, Debug, PartialEq)]
pub struct TilesSpec {
    pub title: String,
    /// What the numbers in the tiles count: `thousand people`.
    pub unit: String,
    pub rows: Vec<Vec<Option<Tile>>>,
    /// What the shades mean, then what each hatching means.
    pub shades: String,
    pub reasons: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    pub code: String,
    /// Name as it fits into a tile.
    pub name: String,
    /// Place and value in full, or the reason why there is none.
    pub label: String,
    /// The value as it fits into a tile.
    pub text: String,
    pub number: Option<f64>,
    pub qualifier: Option<Qualifier>,
    /// From 1, the lightest, to 5; a missing value has none and is hatched.
    pub shade: Option<u8>,
    pub fact: Option<Fact>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub id: String,
    pub title: Option<String>,
    pub chart: ChartSpec,
}

impl Panel {
    /// Nothing drawn, for a panel that is about to go.
    pub fn blank() -> Panel {
        let blank = || Axis::Blank { max: 1.0 };
        let chart = ChartSpec {
            kind: ChartKind::Lines,
            x: blank(),
            y: blank(),
            series: Vec::new(),
            rules: Vec::new(),
            key: Vec::new(),
            room: [0; 2],
        };
        Panel { id: String::new(), title: None, chart }
    }
}

/// Form of a chart; decides its height before data arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    Lines,
    /// Horizontal bars, one category a row.
    Rows,
    /// Vertical stacked bars.
    Columns,
    /// Dots on a time axis.
    Dots,
    /// Bands from senders (y) to one receiver (x), as wide as their values.
    Flow,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChartSpec {
    pub kind: ChartKind,
    pub x: Axis,
    pub y: Axis,
    pub series: Vec<SeriesSpec>,
    pub rules: Vec<Rule>,
    /// What the marks mean, in words, where a chart uses more than one.
    pub key: Vec<(Mark, String)>,
    /// Where panels share the end of their axis: characters of the longest label and of the longest value of all, so that equal
    /// bars are of equal length. Else zero.
    pub room: [usize; 2],
}

#[derive(Clone, Debug, PartialEq)]
pub enum Axis {
    /// Values; ticks are divided by `divisor`, which the title names. A bar's axis starts at zero.
    Number {
        title: String,
        divisor: f64,
        max: Option<f64>,
        log: bool,
    },
    /// Years, fractions included.
    Years {
        min: f64,
        max: f64,
    },
    Labels(Vec<String>),
    /// Positions without meaning, such as the height of a stack of dots.
    Blank {
        max: f64,
    },
}

/// How a series or a point is marked; never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    Solid,
    /// A part of another bar, our sum, or an unknown number of papers.
    Hatched,
    /// Not observed: a model, a forecast, a target or a request; or a date known only to the month, or approximately.
    Hollow,
    /// Somebody's words, not a statistic.
    Quote,
}

/// Which colour a series takes; `charts::palette` knows what they look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    Accent,
    Category(u8),
}

#[derive(Clone, Debug, PartialEq)]
pub struct SeriesSpec {
    pub id: String,
    pub name: String,
    pub line: bool,
    pub mark: Mark,
    pub tone: Tone,
    /// Name at the end of the line, where there is room; of dots, in the legend.
    pub end_label: bool,
    /// Value beside each point.
    pub point_labels: bool,
    pub points: Vec<Point>,
}

/// One drawn figure, or a gap (`at` is `None`).
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Chart coordinates: x and y values, or category positions.
    pub at: Option<(f64, f64)>,
    pub mark: Mark,
    /// In full: `over USD 15,700,000,000`
    pub value: String,
    /// Beside the point, rounded for reading: `over USD 15.7 billion`
    pub label: String,
    /// `Ukraine, 2023`
    pub place_time: String,
    /// The raw number.
    pub number: Option<f64>,
    pub qualifier: Option<Qualifier>,
    pub fact: Option<Fact>,
}

impl Point {
    pub fn gap() -> Point {
        Point {
            at: None,
            mark: Mark::Solid,
            value: String::new(),
            label: String::new(),
            place_time: String::new(),
            number: None,
            qualifier: None,
            fact: None,
        }
    }
}

/// A thin line across the plot at a moment, with a note in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub at: f64,
    /// Empty where words have no room: a limit names the moment then.
    pub label: String,
    /// A break of method, or a moment.
    pub is_break: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableSpec {
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<TableCell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub title: String,
    pub numeric: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCell {
    pub text: String,
    pub number: Option<f64>,
    pub qualifier: Option<Qualifier>,
    pub fact: Option<Fact>,
    /// The cell is a link to this page.
    pub page: Option<Page>,
}

impl TableCell {
    pub fn text(text: impl Into<String>) -> TableCell {
        TableCell { text: text.into(), ..TableCell::default() }
    }
}

/// What a series measures, for the sources tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub id: String,
    pub name: String,
    pub definition: String,
    pub scope: String,
    pub silent: String,
    pub basis: String,
    pub licence: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    pub id: String,
    pub publisher: String,
    pub title: String,
    pub url: Option<String>,
    pub published: Option<String>,
    pub licence: String,
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
    pub tone: Option<Tone>,
}

/// A control with its present choices.
#[derive(Clone, Debug, PartialEq)]
pub enum ControlSpec {
    /// Several of a list, with search: places, senders, kinds of help or measures.
    /// `groups`: headings and how many choices stand under each, in order; none when there is but one kind.
    Pick { param: Param, choices: Vec<Choice>, groups: Vec<(String, usize)> },
    /// One of two or three; `param` is its name in the address.
    Switch { param: &'static str, choices: Vec<Choice> },
    /// Kinds of counterpart; none chosen means all.
    Counterparts(Vec<Choice>),
    /// A range of years within what the data hold.
    Years { min: i16, max: i16, from: i16, to: i16 },
    /// One of the published periods, newest first; values are `time` parameters.
    Period(Vec<Choice>),
}
