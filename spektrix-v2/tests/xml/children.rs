//! Tests how children are decoded: in any order, repeated, unknown or absent.

use spektrix_v2::{Basket, Customer, Delivery, Instance, InstancePlanStatus};

use crate::support::{bands, check, one, read};

#[test]
fn children_may_repeat_or_be_unknown() {
    check(
        &[
            ("<Bands/>", "[]"),
            ("<Bands></Bands>", "[]"),
            (
                r#"<Bands><Band id="7"><Name>A</Name></Band></Bands>"#,
                r#"[{"id":7,"name":"A"}]"#,
            ),
            // Text between elements is ignored.
            (
                r#"<Bands> x <Band id="7"> y <Name>A</Name> z </Band> &amp; </Bands>"#,
                r#"[{"id":7,"name":"A"}]"#,
            ),
            // The first of two counts.
            (
                r#"<Bands><Band id="7" id="8"><Name>A</Name><Name>B</Name></Band></Bands>"#,
                r#"[{"id":7,"name":"A"}]"#,
            ),
            (
                r#"<Bands><Band id="7"><Name/><Name>B</Name></Band></Bands>"#,
                r#"[{"id":7,"name":""}]"#,
            ),
            // Unknown elements and attributes.
            (
                r#"<Bands page="1"><Band id="7" x="1"><Size><L>1</L></Size><Name lang="en">A</Name></Band><More/></Bands>"#,
                r#"[{"id":7,"name":"A"}] ?Bands/@page ?Bands/Band/@x ?Bands/Band/Name/@lang ?Bands/Band/Size ?Bands/More"#,
            ),
            (
                r#"<Bands><Band id="7"><Name>A<b>bold</b>C<br/></Name></Band></Bands>"#,
                r#"[{"id":7,"name":"AC"}] ?Bands/Band/Name/b ?Bands/Band/Name/br"#,
            ),
            // Names are case-sensitive.
            (
                r#"<Bands><band id="7"/><Band id="7"><name>a</name><Name>A</Name></Band></Bands>"#,
                r#"[{"id":7,"name":"A"}] ?Bands/Band/name ?Bands/band"#,
            ),
        ],
        bands,
    );
}

#[test]
fn elements_with_xsi_nil_are_absent() {
    check(
        &[
            (r#"<Band id="1" xsi:nil="true"/>"#, "[]"),
            (r#"<Band id="1" i:nil="1"><Name>A</Name></Band>"#, "[]"),
            (r#"<Band id="1" xsi:nil='true'>&unread;</Band>"#, "[]"),
            (
                r#"<Band id="1" xsi:nil="false"><Name>A</Name></Band>"#,
                r#"[{"id":1,"name":"A"}]"#,
            ),
            (
                r#"<Band id="1" i:nil=" false "><Name>A</Name></Band>"#,
                r#"[{"id":1,"name":"A"}]"#,
            ),
            // Without a prefix, it is an unknown attribute.
            (
                r#"<Band id="1" nil="true"><Name>A</Name></Band>"#,
                r#"[{"id":1,"name":"A"}] ?Bands/Band/@nil"#,
            ),
            (
                r#"<Band id="1"><Name xsi:nil="true"/><Name>B</Name></Band>"#,
                r#"[{"id":1,"name":"B"}]"#,
            ),
            (
                r#"<Band id="1"><Name xsi:nil="true">A</Name></Band>"#,
                "`Name` is missing. The schemas of this crate are a reconstruction, so the service may not always send it: \
                 fetch its help pages with `cargo xtask fetch` and regenerate, or make it optional in the overlay \
                 (in Bands/Band[1], at byte 7)",
            ),
            (
                r#"<Band id="1" xsi:type="Special"><Name xsi:type="xsd:string">A</Name></Band>"#,
                r#"[{"id":1,"name":"A"}]"#,
            ),
        ],
        |band| bands(&format!("<Bands>{band}</Bands>")),
    );
}

#[test]
fn lists_may_be_scattered_and_wrappers_repeated() {
    check(
        &[
            (
                "",
                r#"{"merchandise_delivery_options":[],"merchandise_items":[],"offers":[],"promo_codes":[],"tickets":[],"ticket_delivery_options":[]}"#,
            ),
            // Items that are not adjacent, and a wrapper that occurs twice.
            (
                r#"<Offer id="1"/><Ticket id="5"/><TicketDeliveryOptions/><PromoCode>A</PromoCode><Offer id="2"/>
                   <TicketDeliveryOptions><DeliveryOption><Type>Cobo</Type><Fee>1</Fee></DeliveryOption></TicketDeliveryOptions>
                   <PromoCode/><Total>1.50</Total><TicketDeliveryOptions>
                   <DeliveryOption><Fee>2.5</Fee><Type>Pigeon</Type></DeliveryOption><Other/></TicketDeliveryOptions>"#,
                r#"{"merchandise_delivery_options":[],"merchandise_items":[],"offers":[1,2],"promo_codes":["A",""],"tickets":[{"id":5,"attributes":[]}],"ticket_delivery_options":[{"fee":"1","type":"Cobo"},{"fee":"2.5","type":"Pigeon"}],"total":"1.50"} ?Basket/TicketDeliveryOptions/Other"#,
            ),
            (
                r#"<TicketDeliveryOptions xsi:nil="true"><DeliveryOption/></TicketDeliveryOptions><Total xsi:nil="true"/><Offer xsi:nil="true"/>"#,
                r#"{"merchandise_delivery_options":[],"merchandise_items":[],"offers":[],"promo_codes":[],"tickets":[],"ticket_delivery_options":[]}"#,
            ),
        ],
        |children| read::<Basket>(format!("<Basket>{children}</Basket>"), one("Basket")),
    );
}

#[test]
fn unknown_enumeration_values_are_kept() {
    check(
        &[
            ("<Type>Postal</Type>", r#"{"type":"Postal"}"#),
            ("<Type> Postal\n</Type>", r#"{"type":"Postal"}"#),
            // An unknown value is kept, including whitespace.
            ("<Type>postal</Type>", r#"{"type":"postal"}"#),
            ("<Type> By pigeon </Type>", r#"{"type":" By pigeon "}"#),
            ("<Type/>", r#"{"type":""}"#),
            (
                "<Fee>2</Fee><Address><Town>T</Town></Address>",
                r#"{"address":{"town":"T"},"fee":"2"}"#,
            ),
            ("<Address/>", r#"{"address":{}}"#),
            ("<Address>text</Address>", r#"{"address":{}}"#),
        ],
        |children| read::<Delivery>(format!("<Delivery>{children}</Delivery>"), one("Delivery")),
    );
}

#[test]
fn user_defined_attributes_are_decoded() {
    check(
        &[
            ("", r#"{"attributes":[],"statements":[],"tags":[]}"#),
            (
                "<Attribute><Value>1</Value><Name>A</Name></Attribute><Title>T</Title><Attribute><Name/></Attribute><Attribute/>",
                r#"{"attributes":[{"name":"A","value":"1"},{"name":""},{}],"statements":[],"tags":[],"title":"T"}"#,
            ),
            (
                "<Attribute><Name>A</Name><Name>B</Name><Value>x &amp;\r\ny</Value><Kind/></Attribute>",
                r#"{"attributes":[{"name":"A","value":"x &\ny"}],"statements":[],"tags":[]} ?Customer/Attribute/Kind"#,
            ),
            // References in a value that is skipped are not resolved.
            (
                "<Title>A</Title><Title>&unread;</Title>",
                r#"{"attributes":[],"statements":[],"tags":[],"title":"A"}"#,
            ),
        ],
        |children| read::<Customer>(format!("<Customer>{children}</Customer>"), one("Customer")),
    );
}

#[test]
fn required_parts_must_be_present() {
    let status = |body: &str| read::<InstancePlanStatus>(body, one("S"));
    let all = r#"<SubPlans><Plan id="3"/></SubPlans><Band id="4"/><Sold>6</Sold><Selected>5</Selected><Reserved>4</Reserved>
        <Locked>3</Locked><Capacity>2</Capacity><Available>1</Available><Band id="5"/><Name>N</Name><Instance id="2"/>"#;
    let read_all = r#"{"plan":1,"instance":2,"name":"N","available":1,"capacity":2,"locked":3,"reserved":4,"selected":5,"sold":6,"bands":[4,5],"sub_plans":[3]}"#;
    check(
        &[
            (r#"<Plan id="1"/>"#, read_all),
            (r#"<Plan id=" 1 ">text</Plan>"#, read_all),
        ],
        |plan| status(&format!("<S>{all}{plan}</S>")),
    );
    let missing = |path: &str, name: &str, at: usize| {
        format!(
            "`{name}` is missing. The schemas of this crate are a reconstruction, so the service may not always send it: fetch \
             its help pages with `cargo xtask fetch` and regenerate, or make it optional in the overlay (in {path}, at byte {at})"
        )
    };
    assert_eq!(status(&format!("<S>{all}</S>")), missing("S", "Plan", 0));
    assert_eq!(status("<S><Plan/></S>"), missing("S/Plan", "@id", 3));
    assert_eq!(
        status(r#"<S><Plan nil="true"></Plan></S>"#),
        missing("S/Plan", "@id", 3)
    );
    let instance = read::<Vec<Instance>>("<Instances>\n<Instance/></Instances>", crate::positions::INSTANCES);
    assert_eq!(instance, missing("Instances/Instance[1]", "@id", 12));
}
