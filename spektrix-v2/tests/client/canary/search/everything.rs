//! Everything that any crate logs, in this whole process, at the last level: by `tracing` and by `log`.

use std::sync::OnceLock;

use super::Log;

/// Begins to listen, if nobody has yet.
pub(crate) fn listen() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        tracing::subscriber::set_global_default(log.clone()).unwrap();
        ::log::set_boxed_logger(Box::new(Records(log.clone()))).unwrap();
        ::log::set_max_level(::log::LevelFilter::Trace);
        log
    })
}

/// The older of the two ways to log.
struct Records(Log);

impl ::log::Log for Records {
    fn enabled(&self, _: &::log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &::log::Record<'_>) {
        self.0.note(&format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}
