//! One view as readers meet it: title, sentence, controls, tabs for chart, table and sources, limits, downloads.

use super::controls::{Change, Controls};
use super::plot::{Drawn, Legend, Plot};
use super::problems::{LoadFailure, Loading, Notices};
use super::sources::Sources;
use super::table::DataTable;
use crate::app_state::locale::Here;
use crate::app_state::store::{Failure, Store};
use crate::app_state::url_sync::Address;
use crate::io::browser;
use crate::model::catalog::ViewDef;
use crate::model::words::{Topic, ViewKind};
use crate::state::route::Page;
use crate::state::view_state::{Tab, ViewState};
use crate::view::spec::Figure as Spec;
use crate::view::{self, download};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent};

/// What the parts of one figure share.
#[derive(Clone, Copy)]
struct Parts {
    def: StoredValue<Arc<ViewDef>>,
    needs: StoredValue<Vec<&'static str>>,
    state: Memo<ViewState>,
    spec: Memo<Option<Arc<Spec>>>,
    drawn: RwSignal<Vec<(String, Drawn)>>,
    change: Change,
}

impl Parts {
    fn id(self, part: &str) -> String {
        self.def.with_value(|def| format!("{}-{part}", def.id))
    }

    /// One part of the spec; the default while it is not derived (tracked).
    fn read<T: Default>(self, part: impl Fn(&Spec) -> T) -> T {
        self.spec.with(|spec| spec.as_deref().map(part).unwrap_or_default())
    }
}

/// Topics whose rows a view reads.
fn topics(def: &ViewDef) -> Vec<Topic> {
    match def.kind {
        ViewKind::Timeline | ViewKind::Counts => vec![Topic::Partners],
        _ => vec![def.topic],
    }
}

#[component]
pub fn Figure(
    def: Arc<ViewDef>,
    /// The page's first figure: plain parameters of the address speak to it.
    leading: bool,
    /// The figure's title is the page's heading.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let address = Address::expect();
    let needs = view::needs(def.kind, def.topic);
    Effect::new({
        let needs = needs.clone();
        move |_| store.request(&needs)
    });
    let (kind, view_id) = (def.kind, def.id.clone());
    let def_for = StoredValue::new(def);
    let needs = StoredValue::new(needs);
    let parsed = Memo::new(move |_| def_for.with_value(|def| address.state(def, leading)));
    let state = Memo::new(move |_| parsed.with(|(state, _)| state.clone()));
    let failures = Memo::new(move |_| needs.with_value(|needs| store.failures(needs)));
    let spec = Memo::new(move |_| {
        if !needs.with_value(|needs| store.is_ready(needs)) {
            return None;
        }
        def_for.with_value(|def| {
            let dataset = store.dataset(&topics(def));
            // The tab is not part of what is derived; a change of it alone redraws nothing.
            let state = ViewState { tab: Tab::Chart, ..state.get() };
            Some(Arc::new(view::figure(&dataset, def, &state, here.text())))
        })
    });
    // The body comes as a whole, so that nothing in it moves while files arrive.
    let derived = Memo::new(move |_| spec.with(Option::is_some));
    let change: Change = Callback::new(move |edit: Box<dyn FnOnce(&mut ViewState) + Send>| {
        let mut next = state.get_untracked();
        edit(&mut next);
        def_for.with_value(|def| address.set(def, leading, &next));
    });
    let parts = Parts { def: def_for, needs, state, spec, drawn: RwSignal::new(Vec::new()), change };
    let ignored = Signal::derive(move || {
        let text = here.text();
        let mut sentences: Vec<String> = parsed.with(|(_, bad)| bad.iter().map(|bad| view::ignored_sentence(bad, text)).collect());
        sentences.extend(parts.read(|spec| spec.ignored.clone()));
        sentences
    });
    let lang = here.text().lang;
    let title = def_for.with_value(|def| def.title.get(lang).to_owned());
    let title_id = parts.id("title");
    let heading = if alone {
        view! {
            <h1 class="figure-title" id=title_id.clone()>
                {title}
            </h1>
        }
        .into_any()
    } else {
        let link = here.href(&Page::View(def_for.with_value(|def| def.id.clone())));
        view! {
            <h2 class="figure-title" id=title_id.clone()>
                <a href=link>{title}</a>
            </h2>
        }
        .into_any()
    };
    view! {
        <figure
            class="figure"
            data-view=view_id
            data-kind=kind.id()
            data-state=move || status(parts, failures)
            aria-labelledby=title_id
            aria-busy=move || (status(parts, failures) == "loading").to_string()
        >
            {heading}
            <p class="lead">{def_for.with_value(|def| def.lead.get(lang).to_owned())}</p>
            <Notices sentences=ignored />
            {move || {
                let failed = failures.get();
                if !failed.is_empty() {
                    view! { <LoadFailure failures=failed names=needs.get_value() /> }.into_any()
                } else if derived.get() {
                    view! { <Body parts /> }.into_any()
                } else {
                    view! { <Loading /> }.into_any()
                }
            }}
        </figure>
    }
}

/// `data-state`: a contract with partners and tests.
fn status(parts: Parts, failures: Memo<Vec<Failure>>) -> &'static str {
    if failures.with(|f| !f.is_empty()) {
        return "error";
    }
    let Some((empty, panels)) = parts.spec.with(|spec| spec.as_ref().map(|s| (s.empty.is_some(), s.panels.len()))) else {
        return "loading";
    };
    if empty {
        return "empty";
    }
    parts.drawn.with(|drawn| {
        if drawn.iter().any(|(_, d)| *d == Drawn::Failed) {
            "error"
        } else if drawn.iter().filter(|(_, d)| *d == Drawn::Ready).count() >= panels {
            "ready"
        } else {
            "static"
        }
    })
}

#[component]
fn Body(parts: Parts) -> impl IntoView {
    let here = Here::expect();
    let summary_id = parts.id("summary");
    let tab = Memo::new(move |_| parts.state.with(|state| state.tab));
    let panel_hidden = move |this: Tab| tab.get() != this;
    view! {
        <p class="summary" id=summary_id.clone()>
            {move || parts.read(|spec| spec.summary.clone())}
        </p>
        {parts
            .def
            .with_value(|def| {
                let (has, one_period) = (def.controls.clone(), def.kind == ViewKind::Ranking);
                (!has.is_empty())
                    .then(|| {
                        let controls = Signal::derive(move || parts.read(|spec| spec.controls.clone()));
                        view! { <Controls controls has one_period change=parts.change /> }
                    })
            })}
        <Tabs parts tab />
        <div
            class="tab-panel chart-panel"
            role="tabpanel"
            id=parts.id("chart")
            aria-labelledby=parts.id("tab-chart")
            hidden=move || panel_hidden(Tab::Chart)
        >
            <Charts parts />
        </div>
        <div
            class="tab-panel"
            role="tabpanel"
            id=parts.id("table")
            aria-labelledby=parts.id("tab-table")
            hidden=move || panel_hidden(Tab::Table)
        >
            <DataTable table=Signal::derive(move || parts.read(|spec| spec.table.clone())) described_by=summary_id />
        </div>
        <div
            class="tab-panel"
            role="tabpanel"
            id=parts.id("sources")
            aria-labelledby=parts.id("tab-sources")
            hidden=move || panel_hidden(Tab::Sources)
        >
            {move || {
                let (definitions, sources) = parts.read(|spec| (spec.definitions.clone(), spec.sources.clone()));
                view! { <Sources definitions sources /> }
            }}
        </div>
        <Limits parts />
        <figcaption class="source-line">{move || source_line(parts, here)}</figcaption>
        <Actions parts />
    }
}

/// Publishers behind the figure, each once.
fn source_line(parts: Parts, here: Here) -> String {
    let mut publishers: Vec<String> = Vec::new();
    for citation in parts.read(|spec| spec.sources.clone()) {
        if !publishers.contains(&citation.publisher) {
            publishers.push(citation.publisher);
        }
    }
    if publishers.is_empty() {
        return String::new();
    }
    let text = here.text();
    const NAMED: usize = 3;
    let more = publishers.len().saturating_sub(NAMED);
    publishers.truncate(NAMED);
    let names = publishers.join("; ");
    if more == 0 { text.t("source.line", &[("names", &names)]) } else { text.plural("source.line-more", more as u64, &[("names", &names)]) }
}

#[component]
fn Tabs(parts: Parts, tab: Memo<Tab>) -> impl IntoView {
    let here = Here::expect();
    let choose = move |tab: Tab| parts.change.run(Box::new(move |state| state.tab = tab));
    let on_key = move |event: KeyboardEvent| {
        let now = Tab::ALL.iter().position(|t| *t == tab.get_untracked()).unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" => (now + 1) % Tab::ALL.len(),
            "ArrowLeft" => (now + Tab::ALL.len() - 1) % Tab::ALL.len(),
            "Home" => 0,
            "End" => Tab::ALL.len() - 1,
            _ => return,
        };
        event.prevent_default();
        if let Some(&next) = Tab::ALL.get(next) {
            choose(next);
            browser::focus_id(&parts.id(&format!("tab-{}", next.id())));
        }
    };
    let tabs = Tab::ALL
        .into_iter()
        .map(|this| {
            let selected = move || tab.get() == this;
            view! {
                <button
                    type="button"
                    role="tab"
                    id=parts.id(&format!("tab-{}", this.id()))
                    data-tab=this.id()
                    aria-selected=move || selected().to_string()
                    aria-controls=parts.id(this.id())
                    tabindex=move || if selected() { "0" } else { "-1" }
                    on:click=move |_| choose(this)
                >
                    {here.t(&format!("tab.{}", this.id()))}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs" role="tablist" aria-label=here.t("tab.list") on:keydown=on_key>
            {tabs}
        </div>
    }
}

#[component]
fn Charts(parts: Parts) -> impl IntoView {
    let here = Here::expect();
    // A plain list: panels are made anew only when others take their place.
    let ids = Memo::new(move |_| parts.read(|spec| spec.panels.iter().map(|p| p.id.clone()).collect::<Vec<_>>()));
    let empty = move || parts.read(|spec| spec.empty.clone());
    let failed = move || parts.drawn.with(|drawn| drawn.iter().any(|(_, d)| *d == Drawn::Failed));
    let label = Signal::derive(move || parts.read(|spec| format!("{}. {}", spec.title, spec.summary)));
    view! {
        {move || empty().map(|sentence| view! { <p class="empty">{sentence}</p> })}
        {move || {
            failed()
                .then(|| {
                    view! {
                        <p class="failure" role="alert">
                            {here.t("failure.chart")}
                        </p>
                    }
                })
        }}
        <div class="panels" class:several=move || ids.with(|ids| ids.len() > 2)>
            {move || {
                ids.get()
                    .into_iter()
                    .map(|id| {
                        let key = StoredValue::new(id);
                        let panel = Signal::derive(move || {
                            let found = parts
                                .spec
                                .with(|spec| {
                                    let spec = spec.as_deref()?;
                                    key.with_value(|key| spec.panels.iter().find(|p| p.id == *key).cloned())
                                });
                            found.unwrap_or_else(blank_panel)
                        });
                        on_cleanup(move || {
                            if let Some(key) = key.try_get_value() {
                                parts.drawn.try_update(|drawn| drawn.retain(|(panel, _)| *panel != key));
                            }
                        });
                        let on_drawn = Callback::new(move |state| {
                            let key = key.get_value();
                            parts
                                .drawn
                                .update(|drawn| {
                                    drawn.retain(|(panel, _)| *panel != key);
                                    drawn.push((key, state));
                                });
                        });
                        view! {
                            <div class="panel">
                                {move || panel.with(|p| p.title.clone()).map(|title| view! { <p class="panel-title">{title}</p> })}
                                <Plot panel label on_drawn /> <Legend panel />
                            </div>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
}

fn blank_panel() -> view::spec::Panel {
    use view::spec::{Axis, ChartKind, ChartSpec};
    let chart = ChartSpec {
        kind: ChartKind::Lines,
        x: Axis::Blank { max: 1.0 },
        y: Axis::Blank { max: 1.0 },
        series: Vec::new(),
        rules: Vec::new(),
        key: Vec::new(),
    };
    view::spec::Panel { id: String::new(), title: None, chart }
}

/// What is not shown and why; rows that failed checks are counted, never silently dropped.
#[component]
fn Limits(parts: Parts) -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let bad_rows =
        Memo::new(move |_| parts.needs.with_value(|needs| store.issues(needs).iter().filter(|issue| issue.row.is_some()).count()));
    let limits = move || {
        parts
            .read(|spec| spec.limits.clone())
            .into_iter()
            .map(|limit| view! { <li data-refusal=limit.refusal.map(|r| r.id())>{limit.sentence}</li> })
            .collect_view()
    };
    view! {
        {move || {
            let n = bad_rows.get();
            (n > 0)
                .then(|| {
                    view! {
                        <p class="failure" role="status">
                            {here.text().plural("issues.in-figure", n as u64, &[])}
                            " "
                            <a href=format!("{}#issues", here.href(&Page::Data))>{here.t("issues.list")}</a>
                        </p>
                    }
                })
        }}
        <ul class="limits" aria-label=here.t("limits.label")>
            {limits}
        </ul>
    }
}

#[component]
fn Actions(parts: Parts) -> impl IntoView {
    let here = Here::expect();
    let store = Store::expect();
    let address = Address::expect();
    let copied = RwSignal::new(None::<bool>);
    let link = move || {
        parts.def.with_value(|def| {
            let path = here.href(&Page::View(def.id.clone()));
            address.share_link(&path, def, &parts.state.get_untracked())
        })
    };
    // The file is made when it is asked for, and its address is given back when the download has begun.
    let download = move |event: MouseEvent| {
        let Some(anchor) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
        let csv = parts.def.with_value(|def| {
            let dataset = store.dataset(&topics(def));
            parts.read(|spec| download::csv(&dataset, &spec.facts, here.lang.get_untracked()))
        });
        if let Some(file) = browser::file_address(&csv, "text/csv;charset=utf-8") {
            let _ = anchor.set_attribute("href", &file);
            set_timeout(move || browser::revoke(&file), std::time::Duration::from_secs(60));
        }
    };
    let file_name = parts.def.with_value(|def| format!("{}.csv", def.id));
    view! {
        <div class="actions">
            <a class="button" href="#" download=file_name data-format="csv" on:click=move |event| untrack(|| download(event))>
                {here.t("action.csv")}
            </a>
            <button
                type="button"
                class="button"
                data-action="copy-link"
                on:click=move |_| {
                    let address = untrack(link);
                    spawn_local(async move {
                        let done = browser::copy(&address).await;
                        copied.try_set(Some(done));
                    });
                }
            >
                {here.t("action.copy-link")}
            </button>
            <span role="status" class="action-status">
                {move || copied.get().map(|done| here.t(if done { "action.copied" } else { "action.copy-failed" }))}
            </span>
        </div>
    }
}
