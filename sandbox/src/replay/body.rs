//! A recorded body as its items, and a body of some of them.

use super::item::Item;
use super::splitter::{Root, SplitError, split};

/// A recorded body: its text, and where in it the root and the items stand.
#[derive(Debug)]
pub(super) struct RecordedBody {
    text: String,
    root: Root,
    pub(super) items: Vec<Item>,
}

impl RecordedBody {
    pub(super) fn parse(text: String) -> Result<Self, SplitError> {
        let (root, items) = split(&text)?;
        Ok(Self { text, root, items })
    }

    /// A body with these items only, each byte for byte as it was recorded.
    pub(super) fn with_items<'a>(&self, items: impl Iterator<Item = &'a Item>) -> String {
        let mut items = items.peekable();
        let mut body = self.text[..self.root.end_of_attributes].to_owned();
        if items.peek().is_none() {
            body.push_str("/>");
            return body;
        }
        body.push('>');
        items.for_each(|item| body.push_str(&self.text[item.place.clone()]));
        body.push_str("</");
        body.push_str(&self.root.name);
        body.push('>');
        body
    }
}

#[cfg(test)]
mod tests {
    use super::RecordedBody;

    const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?><Things xmlns:xsd="x" a='>'"#;

    #[test]
    fn some_items_make_a_body_again_byte_for_byte() {
        let items = [
            "<Thing id=\"1\"/>",
            "<Thing  id='2' >a&#xD;<!-- > --><B/></Thing >",
            "<Thing><![CDATA[</Thing>]]></Thing>",
        ];
        let text = format!(
            "{HEAD}>\n  {}\n<!-- c -->{}{}\n</Things >\n",
            items[0], items[1], items[2]
        );
        let body = RecordedBody::parse(text).expect("well-formed");
        let some = |from, to| body.with_items(body.items[from..to].iter());
        assert_eq!(some(0, 3), format!("{HEAD}>{}</Things>", items.concat()));
        assert_eq!(some(1, 2), format!("{HEAD}>{}</Things>", items[1]));
        assert_eq!(some(3, 3), format!("{HEAD}/>"));
    }

    #[test]
    fn an_empty_list_stays_one() {
        for text in [format!("{HEAD}/>"), format!("{HEAD}></Things>")] {
            let body = RecordedBody::parse(text).expect("well-formed");
            assert_eq!(body.with_items(body.items.iter()), format!("{HEAD}/>"));
        }
    }
}
