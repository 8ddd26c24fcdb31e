//! Controlled words: the closed vocabularies of the package. Each value's wire form is its kebab- or snake-case id.

/// Declares an enum whose variants have one wire spelling each.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The wire spellings, in the order of `ALL`.
            pub const IDS: &'static [&'static str] = &[$($id),+];

            pub fn id(self) -> &'static str {
                spelling($name::IDS, self as usize)
            }

            pub fn parse(text: &str) -> Option<$name> {
                Some($name::ALL[position($name::IDS, text)?])
            }
        }
    };
}

/// One copy for all vocabularies: a comparison for each word of each would cost 4 kB.
fn position(ids: &[&str], text: &str) -> Option<usize> {
    ids.iter().position(|id| *id == text)
}

fn spelling(ids: &'static [&'static str], at: usize) -> &'static str {
    ids.get(at).copied().unwrap_or_default()
}

words! {
    /// A topic page and the group of observation rows behind it.
    Topic { People = "people", Remittances = "remittances", Partners = "partners", Context = "context", Funding = "funding" }
}
words! {
    /// What kind of quantity a series is over time.
    Nature { Stock = "stock", Flow = "flow", Cumulative = "cumulative", Share = "share", Price = "price" }
}
words! {
    /// How the publisher knows the figure. `statistics` are compiled official statistics such as the balance of payments.
    Basis { Register = "register", Survey = "survey", Statistics = "statistics", Model = "model", Report = "report", Quote = "quote", Target = "target" }
}
words! {
    /// The class of the source's own wording, printed with the number. `rounded`: the source prints a rounded number without a qualifying word.
    Qualifier { Exact = "exact", About = "about", Over = "over", Nearly = "nearly", AtLeast = "at_least", Rounded = "rounded", UpTo = "up_to" }
}
words! {
    /// Whether a chart draws the row by default. Only `current` rows are drawn; the others are kept, listed and explained.
    Standing { Current = "current", Superseded = "superseded", Rival = "rival", Crosscheck = "crosscheck", Weak = "weak" }
}
words! {
    /// Why there is no value.
    Missing { NotPublished = "not_published", NotFound = "not_found", Suppressed = "suppressed", NotApplicable = "not_applicable" }
}
words! {
    /// A dimension over which values may (or may not) be added.
    Dimension { Period = "period", Place = "place", Counterpart = "counterpart", Sector = "sector" }
}
words! {
    PlaceKind { Country = "country", Oblast = "oblast", Group = "group" }
}
words! {
    UnitKind { Count = "count", Money = "money", Share = "share" }
}
words! {
    /// All that is known of a figure's dates, where that is not the day.
    Rough { Month = "month", Year = "year" }
}
words! {
    DatePrecision { Day = "day", Month = "month", Year = "year", Approximate = "approximate", None = "none" }
}
words! {
    Confidence { High = "high", Medium = "medium", Low = "low" }
}
words! {
    SourceKind { Dataset = "dataset", Report = "report", PressRelease = "press_release", News = "news", Legal = "legal", WebPage = "web_page", Social = "social", Research = "research" }
}
words! {
    /// What may be done with a source's or a series' figures; `public/data/LICENSES.md` explains each.
    Licence { CcBy4 = "CC-BY-4.0", CcBy3Igo = "CC-BY-3.0-IGO", CcBy = "CC-BY", CiteOnly = "cite-only", IomTerms = "iom-terms", DtmTerms = "dtm-terms", UnhcrTerms = "unhcr-terms", Government = "government", Unstated = "unstated" }
}
words! {
    /// Who signed with IOM.
    CounterpartType { Government = "government", LocalGovernment = "local_government", Diaspora = "diaspora", DevelopmentBank = "development_bank", PrivateSector = "private_sector", Alliance = "alliance" }
}
words! {
    Instrument { Memorandum = "memorandum", CooperationAgreement = "cooperation_agreement", ActionPlan = "action_plan", ProjectAgreement = "project_agreement", GrantAgreement = "grant_agreement", Partnership = "partnership", AllianceCommitment = "alliance_commitment", LetterOfIntent = "letter_of_intent" }
}
words! {
    /// Whether the row is one signed paper, one statement about several, or only an announcement (never counted as signed).
    Form { Paper = "paper", SeveralPapers = "several_papers", Announcement = "announcement" }
}
words! {
    /// IOM's three ways of working with diasporas; our classification of an agreement.
    Pillar { Engage = "engage", Enable = "enable", Empower = "empower" }
}
words! {
    AgreementStatus { InForce = "in_force", Ended = "ended", Historic = "historic", Unknown = "unknown" }
}
words! {
    /// How a view derives and draws its series.
    ViewKind { Trend = "trend", Milestones = "milestones", Ranking = "ranking", Units = "units", Timeline = "timeline", Counts = "counts", Flows = "flows", Network = "network", Organisations = "organisations", Events = "events", Measures = "measures", Places = "places", Tiles = "tiles" }
}
words! {
    /// A control that a view offers.
    Control { Place = "place", Unit = "unit", Time = "time", Counterpart = "counterpart", Sector = "sector", Series = "series", Qualifier = "qualifier", Basis = "basis", Amount = "amount" }
}
words! {
    /// What a headline figure shows.
    HeadlineKind { Observation = "observation", Agreements = "agreements" }
}
words! {
    /// What a slide of a talk shows.
    SlideKind { Headline = "headline", View = "view", Compare = "compare", Story = "story", Text = "text", Action = "action" }
}
words! {
    OrganisationKind { Umbrella = "umbrella", Charity = "charity", Foundation = "foundation", Community = "community", Women = "women", Coalition = "coalition", Network = "network", IomPartner = "iom_partner" }
}
words! {
    /// Who says an organisation's figure: itself, the press, or a source at second hand.
    FigureBasis { Own = "own", Press = "press", Secondary = "secondary" }
}
words! {
    EventMode { InPerson = "in_person", Online = "online", Hybrid = "hybrid", Broadcast = "broadcast" }
}
words! {
    /// Whether an event was about a diaspora.
    DiasporaPart { Yes = "yes", Partly = "partly", No = "no" }
}
words! {
    OpportunityKind { Platform = "platform", ServiceCentre = "service_centre", Network = "network", JobProgramme = "job_programme", BusinessGrant = "business_grant", Training = "training", CoInvestment = "co_investment", CommunityRecovery = "community_recovery", Policy = "policy" }
}

impl ViewKind {
    /// Whether it draws rows that are not observations of a series.
    pub fn draws_records(self) -> bool {
        use ViewKind::{Counts, Events, Network, Organisations, Timeline};
        matches!(self, Timeline | Counts | Network | Organisations | Events)
    }
}
