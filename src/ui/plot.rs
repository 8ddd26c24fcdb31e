//! One chart: ECharts draws it; pointing, touching, arrow keys, the tip and the spoken sentence are ours.

use super::certificate::OpenCertificate;
use super::part::part;
use crate::app_state::locale::Here;
use crate::app_state::prefs::Prefs;
use crate::app_state::reactive::{Derived, Held, State, effect};
use crate::charts::option::{self, ChartOption, Look, Tick};
use crate::charts::points::{self, Placed, PointIx};
use crate::echarts::instance::{Guard, TickText};
use crate::echarts::loader::{self, ChartError};
use crate::html::plot as markup;
use crate::io::{browser, patch};
use crate::model::decimal::decimal;
use crate::text::format;
use crate::view::spec::{ChartKind, Panel};
use gloo_timers::future::TimeoutFuture;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement, IntersectionObserver, IntersectionObserverInit, KeyboardEvent, PointerEvent, ResizeObserver};

/// Asks for the chart library where a chart opens a page, before its rows are there.
pub use crate::io::patch::charts_soon;

/// What became of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawn {
    #[default]
    Not,
    Ready,
    Failed,
}

const NARROW_PX: f64 = 560.0;

/// Which panels of a figure are drawn, or cannot be.
pub type DrawnPanels = State<Vec<(String, Drawn)>>;

#[component]
pub fn Plot(
    panel: Derived<Panel>,
    /// What the chart is called.
    label: Derived<String>,
    /// Told when the chart is on screen, or cannot be.
    drawn: DrawnPanels,
) -> impl IntoView {
    let here = Here::expect();
    let prefs = Prefs::expect();
    let open = OpenCertificate::expect();
    let frame: NodeRef<Div> = NodeRef::new();
    let canvas: NodeRef<Div> = NodeRef::new();
    let hit: NodeRef<Div> = NodeRef::new();
    let spot: NodeRef<Div> = NodeRef::new();
    let id = panel.with_untracked(|p| p.id.clone());
    let report = Held::new(id);
    let report = move |state: Drawn| {
        let Some(id) = report.try_with(String::clone) else { return };
        drawn.update(|all| {
            all.retain(|(panel, _)| *panel != id);
            all.push((id, state));
        });
    };
    let width = State::new(0.0_f64);
    let near = State::new(false);
    let guard: Held<RefCell<Option<Guard>>> = Held::new(RefCell::new(None));
    let placed = State::new(Vec::<Placed>::new());
    let active = State::new(None::<PointIx>);
    let focused = State::new(false);

    let look = Derived::new(move || Look { theme: prefs.theme(), narrow: width.get() < NARROW_PX, still: prefs.still() });
    let height = Derived::new(move || panel.with(|p| option::height(&p.chart, look.get().narrow)));

    observe(canvas, width, near);

    // Positions of all points, measured after every drawing.
    let measure = move || {
        let measured = guard.try_with(|guard| {
            let guard = guard.borrow();
            let guard = guard.as_ref()?;
            let size = (width.get_untracked(), f64::from(height.get_untracked()));
            Some(panel.with_untracked(|p| points::placed(&p.chart, size, |series, at| guard.pixel(series, at))))
        });
        placed.set(measured.flatten().unwrap_or_default());
    };
    // False where it failed, or the chart is gone.
    let went = move |outcome: Option<Option<Result<(), ChartError>>>| {
        if matches!(outcome, Some(Some(Err(_)))) {
            report(Drawn::Failed);
        }
        matches!(outcome, Some(Some(Ok(()))))
    };
    let put = move |give: fn(&mut Guard, &ChartOption, TickText) -> Result<(), ChartError>| {
        let text = here.text();
        let option = panel.with(|p| option::option(&p.chart, look.get()));
        let tick = move |kind, value: f64| match kind {
            Tick::Number(divisor) => format::number(value / divisor, 3, text.lang),
            Tick::Year => decimal(value),
        };
        went(guard.try_with(|guard| guard.borrow_mut().as_mut().map(|g| give(g, &option, Box::new(tick)))))
    };
    let shown = move || {
        measure();
        report(Drawn::Ready);
    };
    let draw = move || {
        if put(Guard::set) {
            shown();
        }
    };
    // Create once, when the box has a size and comes near the screen.
    let started = Held::new(Cell::new(false));
    effect(move || {
        let Some(element) = canvas.get() else { return };
        if !near.get() || width.get() <= 0.0 || started.with(Cell::get) {
            return;
        }
        started.with(|started| started.set(true));
        let is_flow = panel.with_untracked(|p| p.chart.kind == ChartKind::Flow);
        spawn_local(async move {
            let library = match browser::chart_library_address() {
                Some(address) => loader::load(&address, is_flow).await,
                None => Err(ChartError),
            };
            // Several charts wait for the library: what is pressed meanwhile comes between them.
            patch::painted().await;
            match library.and_then(|module| Guard::new(&module, &element)) {
                // The figure may be gone by now; then the chart goes with `made`. In steps: the page answers between them.
                Ok(made) => {
                    if guard.try_with(|guard| guard.replace(Some(made))).is_some() && untrack(|| put(Guard::begin)) {
                        TimeoutFuture::new(0).await;
                        if went(guard.try_with(|guard| guard.borrow().as_ref().map(Guard::finish))) {
                            patch::painted().await;
                            shown();
                        }
                    }
                }
                Err(_) => {
                    started.try_with(|started| started.set(false));
                    near.set(false);
                    report(Drawn::Failed);
                }
            }
        });
    });
    // A new size, look or content. What was pressed is seen to be pressed before the chart, which takes longest, changes.
    let waits = Held::new(Cell::new(false));
    effect(move || {
        panel.track();
        look.track();
        width.track();
        let height = px(f64::from(height.get()));
        if let Some(frame) = frame.get() {
            browser::set_style(&frame, "height", &height);
        }
        active.set(None);
        if guard.with(|guard| guard.borrow().is_some()) && !waits.with(Cell::get) {
            waits.with(|waits| waits.set(true));
            spawn_local(async move {
                patch::painted().await;
                if waits.try_with(|waits| waits.set(false)).is_some() {
                    untrack(draw);
                }
            });
        }
    });
    on_cleanup(move || {
        guard.take();
    });

    let fact = move |ix: PointIx| panel.with_untracked(|p| points::point(&p.chart, ix).and_then(|point| point.fact));
    let pointed = move |event: &Event| {
        let event: &PointerEvent = event.dyn_ref()?;
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let kind = panel.with_untracked(|p| p.chart.kind);
        placed.with_untracked(|all| points::nearest(kind, all, x, y))
    };
    let on_key = move |event: &KeyboardEvent| {
        let key = event.key();
        if browser::is_shortcut(event) {
            return;
        }
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
                let next = placed.with_untracked(|all| points::step(kind, all, active.get_untracked(), &key));
                if next.is_some() {
                    active.set(next);
                }
            }
            _ => {}
        }
    };
    listen(
        hit,
        &["pointermove", "pointerleave", "click", "focus", "blur", "keydown"],
        Box::new(move |event: Event| match event.type_().as_str() {
            "pointermove" => active.set(pointed(&event)),
            "pointerleave" if !focused.get_untracked() => active.set(None),
            "click" => {
                if let Some(ix) = pointed(&event) {
                    active.set(Some(ix));
                    if let Some(fact) = fact(ix) {
                        open.show(fact);
                    }
                }
            }
            "focus" => focused.set(true),
            "blur" => {
                focused.set(false);
                active.set(None);
            }
            "keydown" => event.dyn_ref().into_iter().for_each(on_key),
            _ => {}
        }),
    );
    effect(move || {
        let words = format!("{} {}", label.get(), here.t("plot.keys"));
        if let Some(hit) = hit.get() {
            let _ = hit.set_attribute("aria-label", &words);
        }
    });
    let at = move || {
        let ix = active.get()?;
        placed.with(|all| all.iter().find(|p| p.ix == ix).copied())
    };
    effect(move || {
        if let (Some(at), Some(spot)) = (at(), spot.get()) {
            browser::set_style(&spot, "--x", &px(at.x));
            browser::set_style(&spot, "--y", &px(at.y));
        }
    });
    let tip = move || {
        // The tip stays inside the box: left of the middle it opens to the right.
        let shown = at().map(|at| (at.ix, at.x > width.get() / 2.0));
        panel.with(|p| {
            let shown = shown.and_then(|(ix, to_left)| Some((points::point(&p.chart, ix)?, to_left)));
            markup::tip(&here.site(), shown)
        })
    };
    let spoken = move || {
        let ix = active.get().filter(|_| focused.get());
        panel.with(|p| markup::spoken(ix.and_then(|ix| points::point(&p.chart, ix))))
    };
    view! {
        <div class="plot" node_ref=frame>
            <div class="plot-canvas" node_ref=canvas aria-hidden="true"></div>
            <div class="plot-hit" node_ref=hit tabindex="0" role="application" aria-roledescription=here.t("plot.role")></div>
            <div class="plot-spot" node_ref=spot>
                {part(tip)}
            </div>
            {part(spoken)}
        </div>
    }
}

/// Hears all of `kinds` at an element, as long as the component lives: the element may live longer.
fn listen(element: NodeRef<Div>, kinds: &'static [&'static str], hear: Box<dyn Fn(Event)>) {
    let held = Held::new(RefCell::new(None));
    let mut hear = Some(Closure::<dyn Fn(Event)>::new(hear));
    effect(move || {
        if let Some(element) = element.get()
            && let Some(hear) = hear.take()
        {
            for kind in kinds {
                let _ = element.add_event_listener_with_callback(kind, hear.as_ref().unchecked_ref());
            }
            held.with(|held| held.replace(Some(Listening { element: element.into(), kinds, hear })));
        }
    });
    on_cleanup(move || {
        held.take();
    });
}

struct Listening {
    element: HtmlElement,
    kinds: &'static [&'static str],
    hear: Closure<dyn Fn(Event)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        for kind in self.kinds {
            let _ = self.element.remove_event_listener_with_callback(kind, self.hear.as_ref().unchecked_ref());
        }
    }
}

fn px(value: f64) -> String {
    format!("{}px", decimal(value))
}

/// Width of the box, and whether it is near the screen. Both observers go with the component.
fn observe(canvas: NodeRef<Div>, width: State<f64>, near: State<bool>) {
    let held = Held::new(RefCell::new(None));
    effect(move || {
        let Some(element) = canvas.get() else { return };
        let element: HtmlElement = element.into();
        held.with(|held| held.replace(Observers::new(&element, width, near)));
    });
    on_cleanup(move || {
        held.take();
    });
}

struct Observers {
    size: ResizeObserver,
    sight: IntersectionObserver,
    _on_size: Closure<dyn Fn()>,
    _on_sight: Closure<dyn Fn(js_sys::Array)>,
}

impl Observers {
    fn new(element: &HtmlElement, width: State<f64>, near: State<bool>) -> Option<Observers> {
        let on_size = Closure::<dyn Fn()>::new({
            let element = element.clone();
            move || {
                let now = f64::from(element.client_width());
                // A hidden tab measures zero: the last real width stands.
                if now > 0.0 {
                    width.set(now);
                }
            }
        });
        let on_sight = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let in_sight = entries.iter().any(|entry| entry.unchecked_into::<web_sys::IntersectionObserverEntry>().is_intersecting());
            if in_sight {
                near.set(true);
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
