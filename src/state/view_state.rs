//! One view's choices. The same struct drives a page's figure, an embed and a slide.

use crate::model::date::PartialDate;

/// Which side of a figure is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Chart,
    Table,
    Sources,
}

impl Tab {
    pub const ALL: [Tab; 3] = [Tab::Chart, Tab::Table, Tab::Sources];

    pub fn id(self) -> &'static str {
        match self {
            Tab::Chart => "chart",
            Tab::Table => "table",
            Tab::Sources => "sources",
        }
    }
}

/// The value axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    #[default]
    Linear,
    Log,
}

impl Scale {
    pub const ALL: [Scale; 2] = [Scale::Linear, Scale::Log];

    pub fn id(self) -> &'static str {
        match self {
            Scale::Linear => "linear",
            Scale::Log => "log",
        }
    }
}

/// What a line's height means: the published value, or its change since the line's first value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relative {
    #[default]
    No,
    First,
}

impl Relative {
    pub const ALL: [Relative; 2] = [Relative::No, Relative::First];

    pub fn id(self) -> &'static str {
        match self {
            Relative::No => "no",
            Relative::First => "first",
        }
    }
}

/// Which moments are marked on the time axis. What breaks mean for the reader is said below the chart in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Annotations {
    /// Breaks of method, and 24 February 2022.
    #[default]
    On,
    /// Meetings of the community too.
    Events,
    Off,
}

impl Annotations {
    pub const ALL: [Annotations; 3] = [Annotations::On, Annotations::Events, Annotations::Off];

    pub fn id(self) -> &'static str {
        match self {
            Annotations::On => "on",
            Annotations::Events => "events",
            Annotations::Off => "off",
        }
    }
}

/// The order of bars and table rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Value,
    Name,
}

impl Sort {
    pub const ALL: [Sort; 2] = [Sort::Value, Sort::Name];

    pub fn id(self) -> &'static str {
        match self {
            Sort::Value => "value",
            Sort::Name => "name",
        }
    }
}

/// An open or closed range of time; both ends are included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeRange {
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
}

impl TimeRange {
    /// A single year, month or day.
    pub fn single(at: PartialDate) -> TimeRange {
        TimeRange { from: Some(at), to: Some(at) }
    }

    pub fn contains(self, day: crate::model::date::Date) -> bool {
        self.from.is_none_or(|from| day >= from.first_day()) && self.to.is_none_or(|to| day <= to.last_day())
    }
}

/// All choices of one view. Lists hold ids in the reader's order, without repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewState {
    pub tab: Tab,
    pub place: Vec<String>,
    pub counterpart: Vec<String>,
    pub sector: Vec<String>,
    pub series: Vec<String>,
    /// Unit id; empty means the view's first.
    pub unit: String,
    pub time: TimeRange,
    pub scale: Scale,
    pub relative: Relative,
    pub sort: Sort,
    pub annotations: Annotations,
    /// Wordings (`exact`, `over`, …) and bases (`survey`, `model`, …) to show; empty means all.
    pub qualifier: Vec<String>,
    pub basis: Vec<String>,
    /// Money to send, in whole units of its currency; 0 means the view's own example.
    pub amount: u32,
    /// The one published period that a calculator takes its value from; empty means the newest.
    pub at: TimeRange,
}

/// Parameters that hold a list of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    Place,
    Counterpart,
    Sector,
    Series,
    Qualifier,
    Basis,
}

impl Param {
    /// Its name in the address.
    pub fn id(self) -> &'static str {
        match self {
            Param::Place => "place",
            Param::Counterpart => "counterpart",
            Param::Sector => "sector",
            Param::Series => "series",
            Param::Qualifier => "qualifier",
            Param::Basis => "basis",
        }
    }
}

impl ViewState {
    pub fn list(&self, param: Param) -> &[String] {
        match param {
            Param::Place => &self.place,
            Param::Counterpart => &self.counterpart,
            Param::Sector => &self.sector,
            Param::Series => &self.series,
            Param::Qualifier => &self.qualifier,
            Param::Basis => &self.basis,
        }
    }
}
