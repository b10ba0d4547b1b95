//! Tests of lists without items: an empty one, and one in which nothing is known.

use crate::support::{bands, check};

#[test]
fn a_list_in_which_nothing_is_known_is_an_error() {
    let no_band = |found: &str, at: &str| format!("the list contains `{found}`, and no `Band` (in {at})");
    check(
        &[
            ("<Bands/>", "[]"),
            ("<Bands></Bands>", "[]"),
            ("<Bands> <!-- none --> <?x y?>\n</Bands>", "[]"),
            ("<Bands><Band xsi:nil='true'/></Bands>", "[]"),
            (
                r#"<Bands><PriceBand id="1"><Name>Stalls</Name></PriceBand></Bands>"#,
                &no_band("PriceBand", "Bands/PriceBand, at byte 7"),
            ),
            (
                "<Bands><!-- x --><Total>0</Total><Page/></Bands>",
                &no_band("Total", "Bands/Total, at byte 17"),
            ),
            (
                r#"<Bands><Items><Band id="7"/></Items></Bands>"#,
                &no_band("Items", "Bands/Items, at byte 7"),
            ),
            ("<Bands>Sorry</Bands>", &no_band("Sorry", "Bands, at byte 7")),
            (
                "<Bands><!-- x -->\n Sorry</Bands>",
                &no_band("Sorry", "Bands, at byte 19"),
            ),
            (
                "<Bands><![CDATA[Sorry]]></Bands>",
                &no_band("Sorry", "Bands, at byte 7"),
            ),
            // What is not well-formed is reported as such.
            (
                "<Bands><Total>0</Bands>",
                "the body is not well-formed XML: found `</Bands>` where `</Total>` was expected (in Bands, at byte 15)",
            ),
            (
                r#"<Bands><Total>1</Total><Band id="7"><Name>A</Name></Band></Bands>"#,
                r#"[{"id":7,"name":"A"}] ?Bands/Total"#,
            ),
        ],
        bands,
    );
}
