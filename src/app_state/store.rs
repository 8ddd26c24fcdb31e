//! Loaded data. Each resource has a state of its own, so one broken file never takes the others with it.

use crate::app_state::locale::Here;
use crate::app_state::reactive::{self, Derived, Held, State};
use crate::data::build::{self, Tables};
use crate::data::community;
use crate::data::contract::{contract, max_bytes};
use crate::data::descriptor::{self, Descriptor};
use crate::data::given::Given;
use crate::data::handed;
use crate::data::issue::Issue;
use crate::data::package::observations_resource;
use crate::data::record::{self, Checked};
use crate::html::problems::Failed;
use crate::io::fetch::{self, FetchError};
use crate::io::{browser, bulk, patch};
use crate::model::agreement::Agreement;
use crate::model::catalog::{Catalog, Headline};
use crate::model::community::Community;
use crate::model::dataset::Dataset;
use crate::model::observations::Observations;
use crate::model::words::Topic;
use crate::text::Text;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Why a resource is not there.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadError {
    Fetch(FetchError),
    /// The bytes came, but they are not the published file.
    Broken(Issue),
    /// The package does not list it.
    Unlisted,
}

impl LoadError {
    /// One sentence for the reader.
    pub fn sentence(&self, text: Text) -> String {
        match self {
            LoadError::Fetch(FetchError::Status(status)) => text.t("load.status", &[("status", &status.to_string())]),
            LoadError::Fetch(error) => text.t(&format!("load.{}", error.id()), &[]),
            LoadError::Broken(issue) => {
                let field = issue.field.as_ref().map(|field| format!("{field} — ")).unwrap_or_default();
                field + &text.issue(issue)
            }
            LoadError::Unlisted => text.t("load.unlisted", &[]),
        }
    }
}

/// State of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Load<T> {
    #[default]
    Idle,
    Loading,
    Ready(T),
    Failed(Failure),
}

/// One file that a figure waits for in vain.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Its name without `.json`.
    pub file: &'static str,
    pub error: LoadError,
}

type Table = State<Load<Shared<Checked>>>;
/// A descriptor and the address of its folder.
type Package = Shared<(Descriptor, String)>;
/// Compared by identity: the contents never change.
type Built<T> = Derived<(Shared<T>, Shared<Vec<Issue>>)>;

/// An `Arc` that is equal only to itself, so memos of large values stay cheap.
#[derive(Debug)]
pub struct Shared<T>(pub Arc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

pub fn shared<T>(value: T) -> Shared<T> {
    Shared(Arc::new(value))
}

#[derive(Clone, Copy)]
pub struct Store {
    descriptor: State<Load<Package>>,
    /// One signal a resource of the contract.
    tables: Held<Vec<(&'static str, Table)>>,
    catalog: Built<Catalog>,
    observations: Held<Vec<(Topic, Built<Observations>)>>,
    agreements: Built<Vec<Agreement>>,
    headlines: Built<Vec<Headline>>,
    community: Derived<Shared<Community>>,
}

/// The tables that describe all others.
const CATALOG: [&str; 7] = ["sources", "places", "sectors", "units", "series", "breaks", "views"];

impl Store {
    /// Starts loading the descriptor.
    pub fn provide() -> Store {
        let tables: Vec<(&'static str, Table)> =
            crate::data::contract::CONTRACTS.iter().map(|contract| (contract.name, State::new(Load::Idle))).collect();
        let table = |name: &str| find(&tables, name).unwrap_or_else(|| State::new(Load::Idle));

        let named = |names: &[&'static str]| -> Vec<(&'static str, Table)> { names.iter().map(|name| (*name, table(name))).collect() };
        let catalog_tables = named(&CATALOG);
        let catalog: Built<Catalog> = Derived::new(move || {
            let ready = all_ready(&catalog_tables);
            let tables: Tables = ready.iter().map(|(name, table)| (*name, &**table)).collect();
            let (catalog, mut issues) = build::catalog(&tables);
            issues.extend(CATALOG.iter().flat_map(|name| build::check_references(name, &tables)));
            (shared(catalog), shared(issues))
        });
        let observations = Topic::ALL
            .iter()
            .filter_map(|&topic| {
                let signal = table(observations_resource(topic)?);
                let built: Built<Observations> = Derived::new(move || {
                    let (catalog, _) = catalog.get();
                    let (table, issues) = ready(&signal).map(|table| build::observations(&table, topic, &catalog.0)).unwrap_or_default();
                    (Shared(table), shared(issues))
                });
                Some((topic, built))
            })
            .collect();
        let (agreements_table, headlines_table) = (table("agreements"), table("headlines"));
        let agreements = Derived::new(move || {
            let (catalog, _) = catalog.get();
            let (rows, issues) = ready(&agreements_table).map(|table| build::agreements(&table, &catalog.0)).unwrap_or_default();
            (shared(rows), shared(issues))
        });
        let headlines = Derived::new(move || {
            let (catalog, _) = catalog.get();
            let (rows, issues) = ready(&headlines_table).map(|table| build::headlines(&table, &catalog.0)).unwrap_or_default();
            (shared(rows), shared(issues))
        });
        let community_tables = named(&["organisations", "organisation-figures", "events"]);
        let community = Derived::new(move || {
            let (catalog, _) = catalog.get();
            let ready = all_ready(&community_tables);
            shared(community::community(&ready.iter().map(|(name, table)| (*name, &**table)).collect(), &catalog.0))
        });
        let store = Store {
            descriptor: State::new(Load::Idle),
            tables: Held::new(tables),
            catalog,
            observations: Held::new(observations),
            agreements,
            headlines,
            community,
        };
        reactive::share(store);
        store.take_package(true);
        store
    }

    pub fn expect() -> Store {
        reactive::shared_handle()
    }

    pub fn catalog(self) -> Arc<Catalog> {
        self.catalog.get().0.0
    }

    pub fn headlines(self) -> Arc<Vec<Headline>> {
        self.headlines.get().0.0
    }

    /// Whatever of the package is loaded (tracked, one topic's rows at a time).
    pub fn dataset(self, topics: &[Topic]) -> Dataset {
        let mut dataset = Dataset { catalog: self.catalog(), ..Dataset::default() };
        for &topic in topics {
            if let Some(built) = self.observations.with(|all| find(all, topic)) {
                dataset.observations.push((topic, built.get().0.0));
            }
        }
        if topics.contains(&Topic::Partners) {
            dataset.agreements = Some(self.agreements.get().0.0);
        }
        dataset.community = self.community.get().0;
        dataset
    }

    /// The descriptor's state (tracked).
    pub fn descriptor(self) -> Load<Package> {
        self.descriptor.get()
    }

    /// Runs the effect that calls it again with another package, or another part of it.
    pub fn track_package(self) {
        self.descriptor.track();
    }

    /// Rows of a loaded resource, good and bad (tracked).
    pub fn rows(self, name: &str) -> Option<u32> {
        self.table(name).and_then(|signal| ready(&signal)).map(|table| table.rows)
    }

    /// Makes sure that the resources are loaded or on their way. Call it in an effect.
    pub fn request(self, names: &[&'static str]) {
        if let Load::Ready(descriptor) = self.descriptor.get() {
            for name in names {
                self.load_table(name, &descriptor, true);
            }
        }
    }

    /// Asks anew for everything among `names` that failed, the descriptor included.
    pub fn retry(self, names: &[&'static str]) {
        if self.renew() {
            return; // the page's own part is of no use
        }
        match self.descriptor.get_untracked() {
            Load::Ready(descriptor) => {
                for name in names {
                    if let Some(signal) = self.table(name)
                        && matches!(signal.get_untracked(), Load::Failed(_))
                    {
                        signal.set(Load::Idle);
                        self.load_table(name, &descriptor, false);
                    }
                }
            }
            Load::Failed(_) => self.take_package(false),
            Load::Idle | Load::Loading => {}
        }
    }

    /// Those of `names` that failed (tracked); a failed descriptor fails those that are not there already, and is all that no name asks for.
    pub fn failures(self, names: &[&'static str]) -> Vec<Failure> {
        if let Load::Failed(failure) = self.descriptor.get() {
            return if !names.is_empty() && self.is_ready(names) { Vec::new() } else { vec![failure] };
        }
        let failed = |name: &&'static str| match self.table(name)?.get() {
            Load::Failed(failure) => Some(failure),
            _ => None,
        };
        names.iter().filter_map(failed).collect()
    }

    /// The same in words.
    pub fn failed(self, names: &[&'static str], text: Text) -> Vec<Failed> {
        self.failures(names).iter().map(|failure| Failed { file: failure.file, sentence: failure.error.sentence(text) }).collect()
    }

    /// Whether all of `names` are loaded (tracked).
    pub fn is_ready(self, names: &[&'static str]) -> bool {
        names.iter().all(|name| self.table(name).is_some_and(|signal| matches!(signal.get(), Load::Ready(_))))
    }

    /// Whether nothing is on its way (tracked).
    pub fn is_idle(self) -> bool {
        let is_coming = |table: &Table| table.with(|state| matches!(state, Load::Loading));
        self.descriptor.with(|state| matches!(state, Load::Ready(_) | Load::Failed(_)))
            && !self.tables.with(|tables| tables.iter().any(|(_, table)| is_coming(table)))
    }

    /// Findings in the loaded rows of `names` (tracked), each once.
    pub fn issues(self, names: &[&str]) -> Vec<Issue> {
        let mut issues: Vec<Issue> = Vec::new();
        let mut files: Vec<String> = Vec::new();
        for name in names {
            if let Some(table) = self.table(name).and_then(|signal| ready(&signal)) {
                issues.extend(table.issues.iter().cloned());
                files.push(table.file.clone());
            }
        }
        let built = |list: Shared<Vec<Issue>>| list.0.iter().filter(|issue| files.contains(&issue.file)).cloned().collect::<Vec<_>>();
        issues.extend(built(self.catalog.get().1));
        for topic in Topic::ALL {
            if let Some(memo) = self.observations.with(|all| find(all, *topic))
                && observations_resource(*topic).is_some_and(|name| names.contains(&name))
            {
                issues.extend(built(memo.get().1));
            }
        }
        if names.contains(&"agreements") {
            issues.extend(built(self.agreements.get().1));
        }
        if names.contains(&"headlines") {
            issues.extend(built(self.headlines.get().1));
        }
        issues.extend(self.references(names));
        crate::model::order::sort_by(&mut issues, Ord::cmp);
        issues.dedup();
        issues
    }

    fn references(self, names: &[&str]) -> Vec<Issue> {
        let loaded = self.tables.with(|tables| all_ready(tables));
        let tables: Tables = loaded.iter().map(|(name, table)| (*name, &**table)).collect();
        names.iter().flat_map(|name| build::check_references(name, &tables)).collect()
    }

    fn table(self, name: &str) -> Option<Table> {
        self.tables.with(|tables| find(tables, name))
    }

    /// Another page: where the first one brought its own part of the package (`web/early.js`), all begins anew with the whole, and it is `true`.
    pub fn renew(self) -> bool {
        let had_part = patch::leave_part();
        if had_part {
            self.forget();
            self.take_package(true);
        }
        had_part
    }

    /// The same where more is asked for on the same page: what is shown stays until the whole is there.
    pub fn widen(self) {
        if patch::leave_part() {
            self.take_package(true);
        }
    }

    /// Reads the descriptor, and anew what was there of another package or of a part of it. What is shown stays meanwhile, and where it fails.
    fn take_package(self, cached: bool) {
        // What is asked for meanwhile waits for it.
        self.descriptor.set(Load::Loading);
        spawn_local(async move {
            let package = match read_descriptor(cached).await {
                Ok(read) => shared(read),
                Err(failure) => return self.descriptor.set(Load::Failed(failure)),
            };
            let mut come = Vec::new();
            for (name, table) in self.tables.with(Vec::clone) {
                if !matches!(table.get_untracked(), Load::Idle) {
                    come.push((table, read_table(name, &package, true).await));
                }
            }
            self.descriptor.set(Load::Ready(package));
            come.into_iter().for_each(|(table, state)| table.set(state));
        });
    }

    fn forget(self) {
        self.tables.with(|tables| tables.iter().for_each(|(_, table)| table.set(Load::Idle)));
    }

    fn load_table(self, name: &'static str, package: &Package, cached: bool) {
        let Some(signal) = self.table(name) else { return };
        if !matches!(signal.get_untracked(), Load::Idle) {
            return;
        }
        if package.0.0.entry(name).is_none() {
            signal.set(Load::Failed(Failure { file: name, error: LoadError::Unlisted }));
            return self.widen();
        }
        signal.set(Load::Loading);
        let package = package.clone();
        spawn_local(async move {
            let state = read_table(name, &package, cached).await;
            // Not of a package that another has taken the place of.
            if self.descriptor.with_untracked(|now| matches!(now, Load::Ready(now) if *now == package)) {
                signal.set(state);
            }
        });
    }
}

async fn read_table(name: &'static str, package: &Package, cached: bool) -> Load<Shared<Checked>> {
    let (descriptor, folder) = &*package.0;
    let failed = |error| Load::Failed(Failure { file: name, error });
    let (Some(entry), Some(contract)) = (descriptor.entry(name), contract(name)) else { return failed(LoadError::Unlisted) };
    // The file that answers for an embed holds no packed ones, and a worker would not find it.
    let is_large = entry.is_large() && (entry.is_packed() || !browser::is_embed());
    let url = format!("{folder}{}", entry.path);
    // A little over the published size is allowed so that a wrong size is told as such.
    let limit = max_bytes(name).min(entry.bytes.saturating_mul(2).max(64 * 1024));
    let read =
        if is_large { bulk::bytes(folder, name, &descriptor.version, !cached).await } else { fetch::bytes(&url, limit, cached).await };
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(error) => return failed(LoadError::Fetch(error)),
    };
    let handed = if is_large { handed::read(&entry.path, &bytes) } else { None };
    let checked = handed.unwrap_or_else(|| record::check(&entry.path, &bytes, contract));
    let unreadable = checked.issues.iter().find(|issue| issue.row.is_none()).cloned();
    // What it is not (JSON, an array) says more than that its hash is wrong. A large one is compared where it is read.
    match unreadable.or_else(|| if is_large { None } else { entry.verify(&bytes).pop() }) {
        Some(issue) => failed(LoadError::Broken(issue)),
        None => Load::Ready(shared(checked)),
    }
}

fn find<K: PartialEq, V: Clone>(list: &[(K, V)], key: K) -> Option<V> {
    list.iter().find(|(known, _)| *known == key).map(|(_, value)| value.clone())
}

/// The table, if it is loaded (tracked).
fn ready(signal: &Table) -> Option<Arc<Checked>> {
    signal.with(|state| match state {
        Load::Ready(table) => Some(Arc::clone(&table.0)),
        _ => None,
    })
}

/// Those of the tables that are loaded (tracked).
fn all_ready(tables: &[(&'static str, Table)]) -> Vec<(&'static str, Arc<Checked>)> {
    tables.iter().filter_map(|(name, signal)| Some((*name, ready(signal)?))).collect()
}

/// `config.json` names the package; only a plain path below our own root is followed.
async fn read_descriptor(cached: bool) -> Result<(Descriptor, String), Failure> {
    use crate::data::issue::Code;
    const SMALL: usize = 1024 * 1024;
    const CONFIG: &str = "config.json";
    let config = &Here::file(CONFIG);
    let failed = |file, error| Failure { file, error };
    let bad_config = |issue| failed("config", LoadError::Broken(issue));
    let root = config.strip_suffix(CONFIG).unwrap_or_default();
    let bytes = fetch::bytes(config, SMALL, cached).await.map_err(|error| failed("config", LoadError::Fetch(error)))?;
    let text = record::text_of(CONFIG, &bytes).map_err(bad_config)?;
    let value: Given = serde_json::from_str(text).map_err(|error| bad_config(record::not_json(CONFIG, &error)))?;
    let Some(path) = value.get("package").and_then(Given::text) else {
        return Err(bad_config(Issue::new(CONFIG, Code::MissingField).field("package")));
    };
    if !descriptor::is_plain_path(path) {
        return Err(bad_config(Issue::new(CONFIG, Code::UnsafePath).found(path)));
    }
    let address = format!("{root}{path}");
    let bytes = fetch::bytes(&address, SMALL, cached).await.map_err(|error| failed("datapackage", LoadError::Fetch(error)))?;
    let (descriptor, issues) = descriptor::read(&bytes);
    // What it lists wrongly fails alone. A descriptor that lists nothing is none, and its first issue says why.
    if descriptor.entries.is_empty()
        && let Some(issue) = issues.into_iter().next()
    {
        return Err(failed("datapackage", LoadError::Broken(issue)));
    }
    let folder = address.rfind('/').map_or(0, |end| end + 1);
    Ok((descriptor, address.get(..folder).unwrap_or_default().to_owned()))
}
