//! What the picture of a shared link says (`script/cards.mjs` paints it): a view's title with its chart, or with the sentence that
//! its data give; a page's title with its headline figures. Each with its source. Nothing of this is in the app.

use super::{Site, figure, passive, picture, plot, present};
use crate::charts::option::{self, Look};
use crate::charts::palette::{Palette, Theme};
use crate::data::package::Package;
use crate::model::deck::Deck;
use crate::state::route::Page;
use crate::view;
use crate::view::headline::headline;
use crate::view::spec::{ChartKind, ChartSpec, Figure};
use serde_json::{Value, json};

/// What a chart is drawn for; the card shows it one and a half times as large.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 270;
const NUMBERS: usize = 3;

/// `None` for a page that has no card of its own: it is shared with that of the page above it.
pub fn of_page(site: &Site, package: &Package, page: &Page) -> Option<Value> {
    let dataset = &package.dataset;
    let (title, lead) = passive::title_and_description(site, package, page);
    let numbers = |pick: &dyn Fn(&str) -> bool| {
        let shown = package.headlines.iter().filter(|one| pick(one.view.as_deref().unwrap_or_default()));
        let all = shown.filter_map(|one| headline(dataset, one, site.text)).take(NUMBERS);
        all.map(|one| json!({"value": one.value, "meaning": one.meaning, "caution": one.caution, "source": one.source})).collect::<Vec<_>>()
    };
    let plain = |numbers: Vec<Value>| json!({"title": title, "text": lead, "numbers": numbers});
    Some(match page {
        Page::View(id) => {
            let def = dataset.catalog.view(id)?;
            let spec = view::figure(dataset, def, &view::default_state(def), site.text);
            json!({"title": title, "text": spec.summary, "source": figure::source_line(site, &spec.sources), "chart": chart(&spec)})
        }
        Page::Topic(topic) => plain(numbers(&|view| dataset.catalog.view(view).is_some_and(|def| def.topic == *topic))),
        Page::Overview => json!({"title": site.t("overview.title"), "text": lead, "numbers": numbers(&|_| true)}),
        Page::Agreement(_) => return None,
        _ => plain(Vec::new()),
    })
}

/// A talk: its lead and its first number.
pub fn of_deck(site: &Site, package: &Package, deck: &Deck) -> Value {
    let lang = site.text.lang;
    let first = deck.slides.iter().find_map(|slide| {
        let (value, source) = present::number(site, package, slide.figure.as_ref()?)?;
        Some(json!({"value": value, "meaning": slide.headline.get(lang), "source": source}))
    });
    json!({"title": deck.title(lang), "text": deck.lead.get(lang), "numbers": first.into_iter().collect::<Vec<_>>()})
}

/// The only chart of a view, where it fits and says all: of several the first alone would mislead, a tall one could not be read.
fn chart(spec: &Figure) -> Option<Value> {
    let [panel] = spec.panels.as_slice() else { return None };
    let look = Look { theme: Theme::Light, narrow: false, still: true };
    let height = match panel.chart.kind {
        ChartKind::Lines | ChartKind::Columns => HEIGHT,
        ChartKind::Rows | ChartKind::Dots => option::height(&panel.chart, false),
        ChartKind::Flow => return None,
    };
    (height <= HEIGHT).then(|| {
        let drawn = picture::drawing(&panel.chart, look, WIDTH, height);
        json!({"title": panel.title, "drawing": drawn, "legend": legend(&panel.chart)})
    })
}

fn legend(chart: &ChartSpec) -> Vec<Value> {
    let palette = Palette::of(Theme::Light);
    let of_series = chart.series.iter().filter(|s| plot::in_legend(chart.kind, s));
    let named = of_series.map(|s| json!({"mark": plot::mark(s.mark), "colour": palette.tone(s.tone), "words": s.name}));
    named.chain(chart.key.iter().map(|(mark, words)| json!({"mark": plot::mark(*mark), "colour": palette.muted, "words": words}))).collect()
}
