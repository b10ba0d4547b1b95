//! Ends commands that run until they are stopped: Ctrl-C, and SIGTERM from a supervisor.

use std::time::Duration;

/// Waits until the program is asked to stop.
pub async fn requested() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // If signals cannot be received, they end the process as usual.
    let _ = tokio::signal::ctrl_c().await;
}

/// Parses an interval: `90s`, `5m`, `1h 30m`. At least a second.
pub fn interval(text: &str) -> Result<Duration, String> {
    let parsed: Result<jiff::SignedDuration, _> = text.parse();
    let interval = parsed.ok().and_then(|duration| Duration::try_from(duration).ok());
    interval
        .filter(|interval| *interval >= Duration::from_secs(1))
        .ok_or_else(|| "write a time of at least a second, such as 90s, 5m or 1h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_have_units() {
        let table = [
            ("90s", Some(90)),
            ("5m", Some(300)),
            ("1h 30m", Some(5400)),
            ("0s", None),
            ("-5m", None),
            ("5", None),
            ("soon", None),
        ];
        for (text, seconds) in table {
            assert_eq!(interval(text).ok(), seconds.map(Duration::from_secs), "{text}");
        }
    }
}
