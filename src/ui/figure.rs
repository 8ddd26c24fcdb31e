//! One view: its state from the address, its content from the store, its markup in parts, its charts.

use super::part::{attribute, attribute_around, changing, part, part_at, part_behind};
use super::plot::{Drawn, DrawnPanels, Plot};
use crate::app_state::locale::Here;
use crate::app_state::reactive::{Derived, Held, State, effect};
use crate::app_state::store::{Shared, Store, shared};
use crate::app_state::url_sync::Address;
use crate::html::figure as markup;
use crate::html::{Markup, plot, problems};
use crate::model::catalog::ViewDef;
use crate::state::view_state::{Annotations, Tab, ViewState};
use crate::view;
use crate::view::spec::{Figure as Spec, Panel};
use leptos::prelude::*;
use std::sync::Arc;

/// What the parts of one figure share.
#[derive(Clone, Copy)]
struct Parts {
    here: Here,
    def: Derived<Shared<ViewDef>>,
    state: Derived<ViewState>,
    spec: Derived<Option<Shared<Spec>>>,
    drawn: DrawnPanels,
}

impl Parts {
    /// Something of the spec; the default while it is not derived (tracked).
    fn read<T: Default>(self, read: impl Fn(&Spec) -> T) -> T {
        self.spec.with(|spec| spec.as_ref().map(|spec| read(&spec.0)).unwrap_or_default())
    }

    fn has_failed(self) -> bool {
        self.drawn.with(|drawn| drawn.iter().any(|(_, d)| *d == Drawn::Failed))
    }

    fn id(self, part: &str) -> String {
        self.def.with(|def| markup::id(&def.0.id, part))
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
    let needs = Held::new(untrack(|| view::needs(&store.catalog(), &def)));
    effect(move || needs.with(|needs| store.request(needs)));
    let (kind, view_id) = (def.kind.id(), def.id.clone());
    // It names series by their place in the catalogue, which may be another one later.
    let first = Shared(def);
    let def = Derived::new(move || store.catalog().view(&first.0.id).map_or_else(|| first.clone(), |def| shared(def.clone())));
    let parsed = Derived::new(move || def.with(|def| address.state(&def.0, leading)));
    let state = Derived::new(move || parsed.with(|(state, _)| state.clone()));
    // No figure waits for the meetings: they stand beside what it shows.
    effect(move || {
        if state.with(|state| state.annotations == Annotations::Events) {
            store.request(&["events"]);
        }
    });
    let spec = Derived::new(move || {
        if !needs.with(|needs| store.is_ready(needs)) {
            return None;
        }
        def.with(|Shared(def)| {
            let dataset = store.dataset(&view::topics(&store.catalog(), def));
            // The tab is not part of what is derived; a change of it alone redraws nothing.
            let state = ViewState { tab: Tab::Chart, ..state.get() };
            Some(shared(view::figure(&dataset, def, &state, here.text())))
        })
    });
    let parts = Parts { here, def, state, spec, drawn: State::new(Vec::new()) };
    let failed = move || needs.with(|needs| store.failed(needs, here.text()));
    let status = Derived::new(move || if failed().is_empty() { status(parts) } else { "error" });
    let head = move || {
        let mut notices: Vec<String> = parsed.with(|(_, bad)| bad.iter().map(|bad| view::ignored_sentence(bad, here.text())).collect());
        notices.extend(parts.read(|spec| spec.ignored.clone()));
        def.with(|def| markup::head(&here.site(), &def.0, alone, &notices))
    };
    let is_derived = Derived::new(move || spec.with(Option::is_some) && failed().is_empty());
    let id = view_id.clone();
    let waiting = move || {
        let failed = failed();
        if !failed.is_empty() {
            needs.with(|needs| problems::figure_failure(&here.site(), &failed, needs, &id))
        } else if is_derived.get() {
            Markup::default()
        } else {
            problems::loading(&here.site())
        }
    };
    let bad_rows = Derived::new(move || needs.with(|needs| store.issues(needs).iter().filter(|issue| issue.row.is_some()).count()));
    let frame: NodeRef<leptos::html::Div> = NodeRef::new();
    attribute_around(frame, "data-open", move || state.with(|state| state.tab.id().to_owned()));
    attribute_around(frame, "data-state", move || status.get().to_owned());
    attribute_around(frame, "aria-busy", move || (status.get() == "loading").to_string());
    view! {
        <figure class="figure" data-view=view_id data-kind=kind data-state="loading" aria-labelledby=parts.id("title")>
            {part_at(frame, head)}
            {part(waiting)}
            // The body comes as a whole, so that nothing in it moves while files arrive.
            {changing(move || if is_derived.get() { view! { <Body parts bad_rows /> }.into_any() } else { ().into_any() })}
        </figure>
    }
}

/// `data-state`: a contract with partners and tests.
fn status(parts: Parts) -> &'static str {
    let Some((empty, panels)) = parts.spec.with(|spec| spec.as_ref().map(|s| (s.0.empty.is_some(), s.0.panels.len()))) else {
        return "loading";
    };
    if empty {
        "empty"
    } else if parts.has_failed() {
        "error"
    } else if parts.drawn.with(|drawn| drawn.iter().filter(|(_, d)| *d == Drawn::Ready).count()) >= panels {
        "ready"
    } else {
        "static"
    }
}

#[component]
fn Body(
    parts: Parts,
    /// Rows of the figure's files that failed checks.
    bad_rows: Derived<usize>,
) -> impl IntoView {
    let of = move |markup: &dyn Fn(&crate::html::Site, &Spec) -> Markup| {
        parts.spec.with(|spec| spec.as_ref().map(|spec| markup(&parts.here.site(), &spec.0)).unwrap_or_default())
    };
    let tab = Derived::new(move || parts.state.with(|state| state.tab));
    view! {
        {part(move || of(&markup::above))}
        {part(move || of(&|site, spec| markup::tabs(site, spec, tab.get())))}
        <div class="tab-panel chart-panel" role="tabpanel" id=parts.id("chart") aria-labelledby=parts.id("tab-chart")>
            {part(move || of(&|site, spec| markup::instead_of_chart(site, spec, parts.has_failed())))}
            <Charts parts />
        </div>
        {part_behind(move || of(&markup::tables), move || tab.with(|tab| *tab == Tab::Chart))}
        {part(move || of(&|site, spec| markup::below(site, spec, bad_rows.get())))}
    }
}

#[component]
fn Charts(parts: Parts) -> impl IntoView {
    // A plain list: panels are made anew only when others take their place.
    let ids = Derived::new(move || parts.read(|spec| spec.panels.iter().map(|p| p.id.clone()).collect::<Vec<_>>()));
    let one = move |id: String| {
        let key = Held::new(id.clone());
        let panel = Derived::new(move || {
            parts.read(|spec| key.with(|key| spec.panels.iter().find(|p| p.id == *key).cloned())).unwrap_or_else(Panel::blank)
        });
        // A chart with a title of its own is called by it. What all of them show is said above.
        let label =
            Derived::new(move || panel.with(|panel| panel.title.clone()).unwrap_or_else(|| parts.read(|spec| spec.title.clone())) + ".");
        on_cleanup(move || {
            parts.drawn.update(|drawn| drawn.retain(|(panel, _)| *panel != id));
        });
        view! {
            <div class="panel">
                {part(move || panel.with(plot::title))} <Plot panel label drawn=parts.drawn />
                {part(move || panel.with(|p| plot::legend(&p.chart)))}
            </div>
        }
        .into_any()
    };
    let panels: NodeRef<leptos::html::Div> = NodeRef::new();
    attribute(panels, "data-several", move || ids.with(|ids| (ids.len() > 2).to_string()));
    view! {
        <div class="panels" node_ref=panels>
            {changing(move || ids.get().into_iter().map(one).collect_view().into_any())}
        </div>
    }
}
