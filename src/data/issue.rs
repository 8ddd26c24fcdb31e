//! What is wrong with a package: where, what, how to mend it.

/// One finding; the words are in `text`. `row` counts rows of the JSON array from 1, as the file's reader would.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    pub file: String,
    pub row: Option<u32>,
    pub field: Option<String>,
    pub code: Code,
    /// The offending value or name, as found.
    pub found: String,
    /// What would be right: a type, a list of words, the other side of a comparison.
    pub expected: String,
}

impl Issue {
    pub fn new(file: &str, code: Code) -> Issue {
        Issue { file: file.to_owned(), row: None, field: None, code, found: String::new(), expected: String::new() }
    }

    pub fn row(mut self, row: u32) -> Issue {
        self.row = Some(row);
        self
    }

    pub fn field(mut self, field: &str) -> Issue {
        self.field = Some(readable(field, 120));
        self
    }

    pub fn found(mut self, found: impl Into<String>) -> Issue {
        self.found = readable(&found.into(), 120);
        self
    }

    pub fn expected(mut self, expected: impl Into<String>) -> Issue {
        self.expected = readable(&expected.into(), 400);
        self
    }
}

/// Long values are cut and invisible characters made visible: an issue must stay readable whatever was published.
fn readable(text: &str, limit: usize) -> String {
    let visible = |c: char| if c == '\n' || is_unsafe_char(c) { '\u{fffd}' } else { c };
    if text.chars().count() > limit {
        text.chars().take(limit - 3).map(visible).chain("...".chars()).collect()
    } else {
        text.chars().map(visible).collect()
    }
}

/// Control characters and bidirectional overrides can hide or reorder what a reader sees; a line feed is fine.
pub fn is_unsafe_char(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $id:literal),+ $(,)?) => {
        /// Stable names of findings; the words are in `locales/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant),+ }
        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];
            pub fn id(self) -> &'static str { match self { $(Code::$variant => $id),+ } }
        }
    };
}

codes! {
    NotReadable = "not-readable",
    NotJson = "not-json",
    NotUtf8 = "not-utf8",
    NotArray = "not-array",
    NotObject = "not-object",
    WrongLength = "wrong-length",
    NotGzip = "not-gzip",
    HashMismatch = "hash-mismatch",
    SizeMismatch = "size-mismatch",
    TooLarge = "too-large",
    MissingResource = "missing-resource",
    DuplicateResource = "duplicate-resource",
    UnsafePath = "unsafe-path",
    UnlistedFile = "unlisted-file",
    SchemaMismatch = "schema-mismatch",
    UnknownField = "unknown-field",
    MissingField = "missing-field",
    DuplicateField = "duplicate-field",
    WrongType = "wrong-type",
    EmptyText = "empty-text",
    LongText = "long-text",
    ControlCharacter = "control-character",
    UnknownWord = "unknown-word",
    BadPattern = "bad-pattern",
    BadDate = "bad-date",
    BadUrl = "bad-url",
    BadNumber = "bad-number",
    OneLanguage = "one-language",
    DuplicateKey = "duplicate-key",
    UnknownReference = "unknown-reference",
    DatesOutOfOrder = "dates-out-of-order",
    ValueAndMissing = "value-and-missing",
    NoValueNoReason = "no-value-no-reason",
    ValueWithoutQualifier = "value-without-qualifier",
    RangeOutOfOrder = "range-out-of-order",
    NegativeCount = "negative-count",
    ShareOutOfRange = "share-out-of-range",
    SeveralCurrent = "several-current",
    WrongTopic = "wrong-topic",
    ComputedWithoutNote = "computed-without-note",
    AdditiveStockOverPeriod = "additive-stock-over-period",
    SubsetUnitDiffers = "subset-unit-differs",
    UnsignedWithSignatories = "unsigned-with-signatories",
    PrecisionWithoutDate = "precision-without-date",
    PrecisionMismatch = "precision-mismatch",
    ViewWithoutSeries = "view-without-series",
    ViewBadDefaults = "view-bad-defaults",
    ViewEmptyAtFirst = "view-empty-at-first",
    HeadlineWithoutFigure = "headline-without-figure",
    SlideWithoutFigure = "slide-without-figure",
    SlideBadState = "slide-bad-state",
}
