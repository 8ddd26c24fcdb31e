//! Fetching one file: time limit, retry with back-off and jitter, size limit while reading.

use gloo_net::http::{Request, Response};
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader};

/// Why a file could not be had; the words are `load.<id>` in `locales/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No connection, or the server cut it.
    Network,
    Timeout,
    Status(u16),
    /// Larger than the limit in bytes; the rest was not read.
    TooLarge,
    /// The reader wanted no more of it.
    Stopped,
}

impl FetchError {
    pub fn id(&self) -> &'static str {
        match self {
            FetchError::Network => "network",
            FetchError::Timeout => "timeout",
            FetchError::Status(_) => "status",
            FetchError::TooLarge => "too-large",
            FetchError::Stopped => "stopped",
        }
    }

    /// Whether the same request may well succeed a moment later.
    fn is_passing(&self) -> bool {
        match self {
            FetchError::Network | FetchError::Timeout => true,
            FetchError::Status(status) => *status >= 500 || *status == 429,
            FetchError::TooLarge | FetchError::Stopped => false,
        }
    }
}

const TRIES: u32 = 3;
const TIME_LIMIT_MS: u32 = 15_000;
const FIRST_PAUSE_MS: f64 = 300.0;

/// The bytes of `url`. `cached` is false when a reader tries again: then the browser asks the server anew.
pub async fn bytes(url: &str, max_bytes: usize, cached: bool) -> Result<Vec<u8>, FetchError> {
    let mut attempt = 0;
    loop {
        let outcome = once(url, max_bytes, cached && attempt == 0).await;
        attempt += 1;
        match outcome {
            Err(error) if error.is_passing() && attempt < TRIES => {
                // Jitter keeps many readers from asking again at the same moment.
                let pause = FIRST_PAUSE_MS * f64::from(1 << (attempt - 1)) * (0.5 + js_sys::Math::random());
                TimeoutFuture::new(pause as u32).await;
            }
            outcome => return outcome,
        }
    }
}

async fn once(url: &str, max_bytes: usize, cached: bool) -> Result<Vec<u8>, FetchError> {
    let controller = AbortController::new().map_err(|_| FetchError::Network)?;
    let limit = Timeout::new(TIME_LIMIT_MS, {
        let controller = controller.clone();
        move || controller.abort()
    });
    let outcome = read(url, max_bytes, cached, &controller).await;
    drop(limit);
    match outcome {
        Err(FetchError::Network) if controller.signal().aborted() => Err(FetchError::Timeout),
        outcome => outcome,
    }
}

async fn read(url: &str, max_bytes: usize, cached: bool, controller: &AbortController) -> Result<Vec<u8>, FetchError> {
    let request = Request::get(url).abort_signal(Some(&controller.signal())).credentials(web_sys::RequestCredentials::SameOrigin);
    let request = if cached { request } else { request.cache(web_sys::RequestCache::Reload) };
    let response = request.send().await.map_err(|_| FetchError::Network)?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let announced = response.headers().get("content-length").and_then(|text| text.parse::<usize>().ok());
    if announced.is_some_and(|length| length > max_bytes) {
        controller.abort();
        return Err(FetchError::TooLarge);
    }
    stream(&response, max_bytes, controller).await
}

/// Chunk by chunk, so that an endless answer stops at the limit and not at the end of memory.
async fn stream(response: &Response, max_bytes: usize, controller: &AbortController) -> Result<Vec<u8>, FetchError> {
    let Some(body) = response.body() else { return response.binary().await.map_err(|_| FetchError::Network) };
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into().map_err(|_| FetchError::Network)?;
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(|_| FetchError::Network)?;
        let field = |name: &str| Reflect::get(&chunk, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
        if field("done").is_truthy() {
            return Ok(bytes);
        }
        let part = Uint8Array::new(&field("value"));
        if bytes.len() + part.length() as usize > max_bytes {
            controller.abort();
            return Err(FetchError::TooLarge);
        }
        bytes.extend(part.to_vec());
    }
}
