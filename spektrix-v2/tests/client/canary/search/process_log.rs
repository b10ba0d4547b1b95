//! Everything that any crate logs in this process, at every level, with `tracing` or with `log`.

use std::sync::OnceLock;

use super::Log;

/// Installs the recorder of the process on the first call, and returns it.
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

/// The records of the crate `log`.
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
