//! Parameters that stand in the path of an address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Parameters;
use crate::runtime::Text;

/// What is escaped in one part of a path.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is escaped in the rest of a path, which may have several parts.
const REST: &AsciiSet = &PART.remove(b'/');

impl Parameters {
    /// Sets what stands in the path instead of `{name}`, or `{*name}`.
    pub fn set_path<T: Text>(&mut self, name: &'static str, value: &T) {
        let mut text = String::new();
        value.print(&mut text);
        self.path.push((name, text));
    }

    /// The path with its parameters in place.
    pub fn path_of(&self, template: &str) -> String {
        let mut path = template.to_owned();
        for (name, value) in &self.path {
            // A part that is nothing but dots would lead elsewhere.
            let escape = |set| match value.bytes().all(|byte| byte == b'.') {
                true => value.replace('.', "%2E"),
                false => utf8_percent_encode(value, set).to_string(),
            };
            path = path.replace(format!("{{{name}}}").as_str(), &escape(PART));
            path = path.replace(format!("{{*{name}}}").as_str(), &escape(REST));
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_their_names_stood() {
        let rows = [
            ("events", "7", "events"),
            ("events/{x}/seats", "7", "events/7/seats"),
            ("events/{x}", "a/b?c=é", "events/a%2Fb%3Fc%3D%C3%A9"),
            ("events/{x}", "..", "events/%2E%2E"),
            ("files/{*x}", "a/b c", "files/a/b%20c"),
        ];
        for (template, value, expected) in rows {
            let mut parameters = Parameters::new();
            parameters.set_path("x", &value.to_owned());
            assert_eq!(parameters.path_of(template), expected);
        }
    }
}
