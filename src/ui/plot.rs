//! One chart: ECharts draws it; pointing, touching, arrow keys, the tip and the spoken sentence are ours.

use super::certificate::OpenCertificate;
use super::plot_points::{self, Placed, PointIx};
use crate::app_state::locale::Here;
use crate::app_state::prefs::Prefs;
use crate::charts::option::{self, Look, Tick};
use crate::charts::palette::Palette;
use crate::echarts::instance::Guard;
use crate::echarts::loader::{self, ChartError};
use crate::io::browser;
use crate::model::decimal::decimal;
use crate::text::format;
use crate::view::spec::{ChartKind, Mark, Panel};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, IntersectionObserver, IntersectionObserverInit, KeyboardEvent, PointerEvent, ResizeObserver};

/// What became of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawn {
    #[default]
    Not,
    Ready,
    Failed,
}

const NARROW_PX: f64 = 560.0;

/// Asks for the chart library before the first figure does, which must wait for its rows.
pub fn preload_library() {
    if let Some(address) = browser::chart_library_address() {
        browser::preload_module(&address);
    }
}

#[component]
pub fn Plot(
    #[prop(into)] panel: Signal<Panel>,
    /// Text alternative of the whole figure.
    #[prop(into)]
    label: Signal<String>,
    /// Told when the chart is on screen, or cannot be.
    on_drawn: Callback<Drawn>,
) -> impl IntoView {
    let here = Here::expect();
    let prefs = Prefs::expect();
    let open = OpenCertificate::expect();
    let canvas: NodeRef<html::Div> = NodeRef::new();
    let width = RwSignal::new(0.0_f64);
    let near = RwSignal::new(false);
    let guard: StoredValue<Option<Guard>, LocalStorage> = StoredValue::new_local(None);
    let placed = RwSignal::new(Vec::<Placed>::new());
    let active = RwSignal::new(None::<PointIx>);
    let focused = RwSignal::new(false);

    let look = Memo::new(move |_| Look { theme: prefs.theme(), narrow: width.get() < NARROW_PX, still: prefs.still() });
    let height = Memo::new(move |_| panel.with(|p| option::height(&p.chart, look.get().narrow)));

    observe(canvas, width, near);

    // Positions of all points, measured after every drawing.
    let measure = move || {
        let points = guard.try_with_value(|guard| {
            let guard = guard.as_ref()?;
            panel.with_untracked(|p| {
                let all = p.chart.series.iter().enumerate().flat_map(|(s, series)| (0..series.points.len()).map(move |i| (s, i)));
                Some(
                    all.filter_map(|ix| guard.pixel(ix.0, plot_points::middle(&p.chart, ix)?).map(|(x, y)| Placed { ix, x, y }))
                        .collect::<Vec<_>>(),
                )
            })
        });
        placed.set(points.flatten().unwrap_or_default());
    };
    let draw = move || {
        let text = here.text();
        let option = panel.with(|p| option::option(&p.chart, look.get()));
        let tick = move |kind, value: f64| match kind {
            Tick::Number(divisor) => format::number(value / divisor, 3, text.lang),
            Tick::Year => decimal(value),
        };
        let outcome = guard.try_update_value(|guard| guard.as_mut().map(|g| g.set(&option, Box::new(tick))));
        match outcome.flatten() {
            Some(Ok(())) => {
                measure();
                on_drawn.run(Drawn::Ready);
            }
            Some(Err(_)) => on_drawn.run(Drawn::Failed),
            None => {}
        }
    };
    // Create once, when the box has a size and comes near the screen.
    let started = StoredValue::new(false);
    Effect::new(move |_| {
        let Some(element) = canvas.get() else { return };
        if !near.get() || width.get() <= 0.0 || started.get_value() {
            return;
        }
        started.set_value(true);
        spawn_local(async move {
            let made = match browser::chart_library_address() {
                Some(address) => loader::load(&address).await.and_then(|module| Guard::new(&module, &element)),
                None => Err(ChartError),
            };
            match made {
                // The figure may be gone by now; then the chart goes with `made`.
                Ok(made) => {
                    if guard.try_set_value(Some(made)).is_none() {
                        untrack(draw);
                    }
                }
                Err(_) => {
                    started.try_set_value(false);
                    near.try_set(false);
                    on_drawn.try_run(Drawn::Failed);
                }
            }
        });
    });
    Effect::new(move |_| {
        panel.track();
        look.track();
        active.set(None);
        draw();
    });
    // A new size or height: ECharts first, then the positions.
    Effect::new(move |_| {
        width.track();
        height.track();
        let drawn = guard.try_with_value(|guard| guard.as_ref().map(Guard::resize)).flatten();
        if drawn.is_some() {
            measure();
        }
    });
    on_cleanup(move || {
        guard.try_update_value(Option::take);
    });

    let at = move || {
        let ix = active.get()?;
        placed.with(|all| all.iter().find(|p| p.ix == ix).copied())
    };
    let fact = move |ix: PointIx| panel.with_untracked(|p| plot_points::point(&p.chart, ix).and_then(|point| point.fact));
    let pointed = move |event: &PointerEvent| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let kind = panel.with_untracked(|p| p.chart.kind);
        placed.with_untracked(|all| plot_points::nearest(kind, all, x, y))
    };
    let on_key = move |event: KeyboardEvent| {
        let key = event.key();
        match key.as_str() {
            "Enter" | " " => {
                if let Some(fact) = active.get_untracked().and_then(fact) {
                    event.prevent_default();
                    open.show(fact);
                }
            }
            "Escape" => active.set(None),
            "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" => {
                event.prevent_default();
                let kind = panel.with_untracked(|p| p.chart.kind);
                let next = placed.with_untracked(|all| plot_points::step(kind, all, active.get_untracked(), &key));
                if next.is_some() {
                    active.set(next);
                }
            }
            _ => {}
        }
    };
    let tip = move || {
        let at = at()?;
        let (value, place_time, number, qualifier) =
            panel.with(|p| plot_points::point(&p.chart, at.ix).map(|q| (q.value.clone(), q.place_time.clone(), q.number, q.qualifier)))?;
        // The tip stays inside the box: left of the middle it opens to the right.
        let to_left = at.x > width.get() / 2.0;
        Some(view! {
            <div
                class="tip"
                class:to-left=to_left
                style:left=px(at.x)
                style:top=px(at.y)
                data-value=number.map(decimal)
                data-qualifier=qualifier.map(|q| q.id())
            >
                <strong>{value}</strong>
                <span>{place_time}</span>
                <span class="tip-hint">{here.t("plot.tip-hint")}</span>
            </div>
        })
    };
    let spoken = move || {
        let ix = active.get().filter(|_| focused.get())?;
        panel.with(|p| plot_points::point(&p.chart, ix).map(|q| format!("{}: {}", q.place_time, q.value)))
    };
    view! {
        <div class="plot" style:height=move || px(f64::from(height.get()))>
            <div class="plot-canvas" node_ref=canvas aria-hidden="true"></div>
            <div
                class="plot-hit"
                tabindex="0"
                role="application"
                aria-roledescription=here.t("plot.role")
                aria-label=move || format!("{} {}", label.get(), here.t("plot.keys"))
                on:pointermove=move |event| active.set(pointed(&event))
                on:pointerleave=move |_| {
                    if !focused.get_untracked() {
                        active.set(None);
                    }
                }
                on:click=move |event| {
                    let event: &web_sys::MouseEvent = &event;
                    if let Some(ix) = event.dyn_ref::<PointerEvent>().and_then(pointed) {
                        active.set(Some(ix));
                        if let Some(fact) = fact(ix) {
                            open.show(fact);
                        }
                    }
                }
                on:focus=move |_| focused.set(true)
                on:blur=move |_| {
                    focused.set(false);
                    active.set(None);
                }
                on:keydown=on_key
            ></div>
            {move || at().map(|p| view! { <div class="marker" style:left=px(p.x) style:top=px(p.y)></div> })}
            {tip}
            <p class="visually-hidden" aria-live="polite">
                {spoken}
            </p>
        </div>
    }
}

fn px(value: f64) -> String {
    format!("{}px", decimal(value))
}

/// Width of the box, and whether it is near the screen. Both observers go with the component.
fn observe(canvas: NodeRef<html::Div>, width: RwSignal<f64>, near: RwSignal<bool>) {
    let held: StoredValue<Option<Observers>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(element) = canvas.get() else { return };
        let element: HtmlElement = element.into();
        held.set_value(Observers::new(&element, width, near));
    });
    on_cleanup(move || {
        held.try_update_value(Option::take);
    });
}

struct Observers {
    size: ResizeObserver,
    sight: IntersectionObserver,
    _on_size: Closure<dyn Fn()>,
    _on_sight: Closure<dyn Fn(js_sys::Array)>,
}

impl Observers {
    fn new(element: &HtmlElement, width: RwSignal<f64>, near: RwSignal<bool>) -> Option<Observers> {
        let on_size = Closure::<dyn Fn()>::new({
            let element = element.clone();
            move || {
                let now = f64::from(element.client_width());
                // A hidden tab measures zero: the last real width stands.
                if now > 0.0 && width.try_get_untracked() != Some(now) {
                    width.try_set(now);
                }
            }
        });
        let on_sight = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let in_sight = entries.iter().any(|entry| entry.unchecked_into::<web_sys::IntersectionObserverEntry>().is_intersecting());
            if in_sight {
                near.try_set(true);
            }
        });
        let size = ResizeObserver::new(on_size.as_ref().unchecked_ref()).ok()?;
        size.observe(element);
        let options = IntersectionObserverInit::new();
        options.set_root_margin("300px");
        let sight = IntersectionObserver::new_with_options(on_sight.as_ref().unchecked_ref(), &options).ok()?;
        sight.observe(element);
        Some(Observers { size, sight, _on_size: on_size, _on_sight: on_sight })
    }
}

impl Drop for Observers {
    fn drop(&mut self) {
        self.size.disconnect();
        self.sight.disconnect();
    }
}

/// What the colours and marks of a chart mean, where they are not named beside the lines.
#[component]
pub fn Legend(#[prop(into)] panel: Signal<Panel>) -> impl IntoView {
    let prefs = Prefs::expect();
    let items = move || {
        let palette = Palette::of(prefs.theme());
        let item = |mark: Mark, colour: &'static str, name: String| {
            let kind = match mark {
                Mark::Solid => "solid",
                Mark::Hatched => "hatched",
                Mark::Hollow => "hollow",
                Mark::Quote => "quote",
            };
            view! {
                <li>
                    <span class="swatch" data-mark=kind style:color=colour></span>
                    {name}
                </li>
            }
        };
        panel.with(|p| {
            let named = p.chart.kind == ChartKind::Columns;
            let series = p.chart.series.iter().filter(|s| named || s.mark == Mark::Quote);
            let mut items: Vec<_> = series.map(|s| item(s.mark, palette.tone(s.tone), s.name.clone())).collect();
            items.extend(p.chart.key.iter().map(|(mark, text)| item(*mark, palette.muted, text.clone())));
            items
        })
    };
    view! { <ul class="legend">{items}</ul> }
}
