//! The charts of a static page as pictures: they stand before the app draws, and where nothing does. The build paints them from the
//! very options that the app draws (`script/pictures.mjs`), as files: pages of many figures are at their limit of bytes. `web/boot.js`
//! keeps each until its chart is there. Nothing of this is in the app.

use super::{Markup, Site, plot, present};
use crate::charts::option::{self, Look};
use crate::charts::palette::{Palette, Theme};
use crate::model::catalog::ViewDef;
use crate::view::spec::{ChartSpec, Figure, Panel};
use maud::html;
use serde_json::{Value, json};

/// One form of a picture: a chart is drawn anew for another width, not stretched.
struct Form {
    name: &'static str,
    /// Widths of the window in which it stands; the rest is for the form without any. `src/shell/style.css` makes them so.
    media: Option<&'static str>,
    width: u32,
    narrow: bool,
}

const PHONE: Form = Form { name: "narrow", media: None, width: 358, narrow: true };
const TABLET: Form = Form { name: "middle", media: Some("(min-width: 592px)"), width: 640, narrow: false };
/// A chart alone, as wide as a figure may be.
const ALONE: [Form; 3] = [Form { name: "wide", media: Some("(min-width: 900px)"), width: 960, narrow: false }, TABLET, PHONE];
/// Several stand in two columns, of which each is narrow, where there is room for two.
const SEVERAL: [Form; 3] = [Form { name: "column", media: Some("(min-width: 960px)"), width: 464, narrow: true }, TABLET, PHONE];

fn forms(spec: &Figure) -> &'static [Form] {
    if is_in_columns(spec) { &SEVERAL } else { &ALONE }
}

fn is_in_columns(spec: &Figure) -> bool {
    spec.panels.len() > 2
}

fn file(site: &Site, def: &ViewDef, index: usize, form: &Form) -> String {
    format!("charts/{}-{}-{}-{}.svg", def.id, index + 1, form.name, site.text.lang.tag())
}

/// All charts of a figure where the app will draw them, with their titles and the meaning of their marks. The summary is their text.
/// `early`: the first of them stands on the first screen, so nothing waits for the layout.
pub fn panels(site: &Site, def: &ViewDef, spec: &Figure, early: bool) -> Markup {
    html! {
        @if !spec.panels.is_empty() {
            div.panels data-several=(is_in_columns(spec)) {
                @for (i, panel) in spec.panels.iter().enumerate() {
                    div.panel {
                        (plot::title(panel))
                        div.plot { (picture(site, def, spec, i, panel, early && i == 0)) }
                        (plot::legend(&panel.chart))
                        (plot::lines(&panel.chart))
                    }
                }
            }
        }
    }
}

fn picture(site: &Site, def: &ViewDef, spec: &Figure, index: usize, panel: &Panel, early: bool) -> Markup {
    html! {
        picture {
            @for form in forms(spec) {
                @let (src, height) = (file(site, def, index, form), option::height(&panel.chart, form.narrow));
                @if let Some(media) = form.media {
                    source media=(media) srcset=(src) height=(height);
                } @else {
                    img alt="" loading=[(!early).then_some("lazy")] src=(src) height=(height);
                }
            }
        }
    }
}

/// What `script/pictures.mjs` paints a chart from.
pub(super) fn drawing(chart: &ChartSpec, look: Look, width: u32, height: u32) -> Value {
    let option = option::option(chart, look);
    json!({"width": width, "height": height, "ticks": present::ticks(&option), "option": option.json})
}

/// What these pictures are painted from: the options in light colours, and what each of these is in the dark.
pub fn pictures(site: &Site, def: &ViewDef, spec: &Figure) -> Value {
    let mut all = Vec::new();
    for (i, panel) in spec.panels.iter().enumerate() {
        for form in forms(spec) {
            let look = Look { theme: Theme::Light, narrow: form.narrow, still: true };
            let drawing = drawing(&panel.chart, look, form.width, option::height(&panel.chart, form.narrow));
            all.push(json!({"file": file(site, def, i, form), "drawing": drawing}));
        }
    }
    json!({"palette": Palette::pairs(), "pictures": all})
}
