//! One blocking request after the other: a time limit, three tries, a limit of size.
//!
//! Reads only. A failure is a finished sentence; what is over after a while is tried again, what is refused is not.

use crate::text::Text;
use std::io::Read;
use std::time::Duration;

/// A publisher waits no longer than this for one answer.
pub const PATIENCE: Duration = Duration::from_secs(30);
const TRIES: u32 = 3;
/// Before the second try; twice as long before the third.
const PAUSE: Duration = Duration::from_millis(400);
/// A server that asks for more patience than this is not waited for.
const LONGEST_PAUSE: u64 = 20;

pub struct Web {
    agent: ureq::Agent,
    patience: Duration,
    text: Text,
}

/// A try that failed: why, and how long to wait before the next one, if there is any sense in it.
struct Failed {
    reason: String,
    again: Option<Duration>,
}

impl Web {
    pub fn new(patience: Duration, text: Text) -> Web {
        let config = ureq::Agent::config_builder().timeout_global(Some(patience)).http_status_as_error(false);
        Web { agent: config.build().new_agent(), patience, text }
    }

    /// The bytes at an address, at most `limit` and one more: enough to know that it is too large.
    pub fn get(&self, address: &str, limit: u64) -> Result<Vec<u8>, String> {
        let mut attempt = 1;
        loop {
            match self.once(address, limit) {
                Ok(bytes) => return Ok(bytes),
                Err(Failed { again: Some(pause), .. }) if attempt < TRIES => wait(pause.max(PAUSE * attempt)),
                Err(Failed { reason, .. }) => return Err(reason),
            }
            attempt += 1;
        }
    }

    fn once(&self, address: &str, limit: u64) -> Result<Vec<u8>, Failed> {
        let response = self.agent.get(address).call().map_err(|error| self.failed(&error))?;
        let status = response.status().as_u16();
        if !response.status().is_success() {
            let asked = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.trim().parse().ok());
            let pause = Duration::from_secs(asked.unwrap_or(0));
            let may_pass = matches!(status, 408 | 425 | 429 | 500..) && pause.as_secs() <= LONGEST_PAUSE;
            let reason = self.text.t("impact.status", &[("status", &status.to_string())]);
            return Err(Failed { reason, again: may_pass.then_some(pause) });
        }
        let mut bytes = Vec::new();
        let read = response.into_body().into_reader().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.failed(&ureq::Error::from(error)))?;
        Ok(bytes)
    }

    fn failed(&self, error: &ureq::Error) -> Failed {
        let seconds = self.patience.as_secs().to_string();
        let reason = match error {
            ureq::Error::Timeout(_) => self.text.t("impact.timeout", &[("seconds", &seconds)]),
            other => other.to_string(),
        };
        let may_pass = !matches!(error, ureq::Error::BadUri(_) | ureq::Error::Tls(_));
        Failed { reason, again: may_pass.then_some(Duration::ZERO) }
    }
}

#[allow(clippy::disallowed_methods)] // on the host only, where nothing else waits for this thread
fn wait(pause: Duration) {
    std::thread::sleep(pause);
}
