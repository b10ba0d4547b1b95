//! Records everything that any crate logs in this process, at every level, with `tracing` or with `log`.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex, OnceLock};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Installs the recorder of the process on the first call, and returns it.
pub fn listen() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        tracing::subscriber::set_global_default(log.clone()).unwrap();
        ::log::set_boxed_logger(Box::new(Records(log.clone()))).unwrap();
        ::log::set_max_level(::log::LevelFilter::Trace);
        log
    })
}

/// A recorder, and a `tracing` subscriber that writes to it.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<String>>);

impl Log {
    /// Returns everything that was recorded.
    pub fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }

    /// Returns what was recorded since the last call.
    pub fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    /// Records a line from another source.
    pub fn note(&self, line: &str) {
        writeln!(self.0.lock().unwrap(), "{line}").unwrap();
    }

    fn line(&self, name: &str, record: impl FnOnce(&mut Fields)) {
        let mut fields = Fields(String::new());
        record(&mut fields);
        writeln!(self.0.lock().unwrap(), "{name}{}", fields.0).unwrap();
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata().name(), |fields| span.record(fields));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.line("record", |fields| values.record(fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata().target(), |fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
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
