//! A part of the table of edits, which test `diff`. How operations are called, and what else the feed says about them.

use super::pages::Row;

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    Row {
        edit: "an operation is gone",
        before: None,
        change: |pages| {
            pages.remove_entry("KeepAlive");
        },
        lines: &[
            "KeepAlive: the operation is gone (breaks users and the wire; spektrix_v2::operations::KeepAlive)",
        ],
    },
    Row {
        edit: "an operation with its own types is gone",
        before: None,
        change: |pages| {
            pages.remove_entry("GetTagGroups");
        },
        lines: &[
            "GetTagGroups: the operation is gone, and with it TagGroup (breaks users and the wire; spektrix_v2::operations::GetTagGroups)",
        ],
    },
    Row {
        edit: "an operation is renamed",
        before: None,
        change: |pages| {
            pages.rename_operation("GetTagGroups", "GetGroups");
        },
        lines: &[
            "GetTagGroups: renamed to GetGroups (a guess: it has the same method, path and bodies) (breaks users, not the wire; spektrix_v2::operations::GetTagGroups)",
        ],
    },
    Row {
        edit: "the method of a write",
        before: None,
        change: |pages| {
            pages.replace_in_entry("UpdateBasket", "PATCH", "PUT");
        },
        lines: &[
            "UpdateBasket: the method was PATCH and is PUT (breaks the wire, not users; spektrix_v2::operations::UpdateBasket)",
        ],
    },
    Row {
        edit: "the method of a read",
        before: None,
        change: |pages| {
            pages.replace_in_entry("GetTagGroups", "GET", "POST");
        },
        lines: &[
            "GetTagGroups: the method was GET and is POST (breaks the wire, not users; spektrix_v2::operations::GetTagGroups)",
        ],
    },
    Row {
        edit: "the path",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/tag-groups?", "/groups?");
        },
        lines: &[
            "GetTagGroups: the path was tag-groups and is groups (breaks the wire, not users; spektrix_v2::operations::GetTagGroups)",
        ],
    },
    Row {
        edit: "a slash at the end of the path",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/keep-alive<", "/keep-alive/<");
        },
        lines: &[
            "KeepAlive: the path was keep-alive and is keep-alive/ (breaks the wire, not users; spektrix_v2::operations::KeepAlive)",
        ],
    },
    Row {
        edit: "a new variable in the path",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/keep-alive<", "/keep-alive/{session}<");
        },
        lines: &[
            "KeepAlive: the path was keep-alive and is keep-alive/{session} (breaks users and the wire; spektrix_v2::operations::KeepAlive)",
        ],
    },
    Row {
        edit: "a parameter is gone",
        before: None,
        change: |pages| {
            pages.replace_in_entry("GetOrders", "&amp;friendly_id={friendlyId}</td>", "</td>");
        },
        lines: &[
            "GetOrders?friendly_id: the parameter is gone (breaks users and the wire; spektrix_v2::operations::GetOrders::friendly_id)",
        ],
    },
    Row {
        edit: "a new parameter",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/echo?message={message}", "/echo?message={message}&amp;language={language}");
        },
        lines: &[
            "Echo?language: the parameter is new (breaks nothing; spektrix_v2::operations::Echo::language)",
        ],
    },
    Row {
        edit: "a parameter is renamed",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/echo?message={message}", "/echo?text={text}");
        },
        lines: &[
            "Echo?message: renamed to text (a guess: it has the same position) (breaks users and the wire; spektrix_v2::operations::Echo::message)",
        ],
    },
    Row {
        edit: "two parameters are renamed",
        before: None,
        change: |pages| {
            pages.replace_in_entry("GetTransactions", "transaction_id={transactionId}&amp;order_id={orderId}", "transaction={transactionId}&amp;order={orderId}");
        },
        lines: &[
            "GetTransactions?order: the parameter is new (breaks nothing; spektrix_v2::operations::GetTransactions::order)",
            "GetTransactions?order_id: the parameter is gone (breaks users and the wire; spektrix_v2::operations::GetTransactions::order_id)",
            "GetTransactions?transaction: the parameter is new (breaks nothing; spektrix_v2::operations::GetTransactions::transaction)",
            "GetTransactions?transaction_id: the parameter is gone (breaks users and the wire; spektrix_v2::operations::GetTransactions::transaction_id)",
        ],
    },
    Row {
        edit: "a parameter moves into the path",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/echo?message={message}", "/echo/{message}");
        },
        lines: &[
            "Echo: the path was echo and is echo/{message} (breaks users and the wire; spektrix_v2::operations::Echo)",
        ],
    },
    Row {
        edit: "the variable of a parameter",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "customer_id={customerId}&amp;address_id", "customer_id={customer}&amp;address_id");
        },
        lines: &[
            "DeleteCustomerAddress?customer_id: the parameter held CustomerId (xs:int) and holds xs:string (breaks users, not the wire; spektrix_v2::operations::DeleteCustomerAddress::customer_id)",
        ],
    },
    Row {
        edit: "the variable of a parameter that the overlay types",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/postcode-lookup?postcode={postcode}", "/postcode-lookup?postcode={code}");
        },
        lines: &[
            "no drift",
        ],
    },
    Row {
        edit: "the parameter all of a list is gone",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/bands?offset={offset}&amp;limit={limit}&amp;all={all}", "/bands?offset={offset}&amp;limit={limit}");
        },
        lines: &[
            "GetBands?all: the parameter is gone, and with it the pages of the list (breaks users and the wire; spektrix_v2::operations::GetBands::all)",
        ],
    },
    Row {
        edit: "all parameters of pages are gone",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/bands?offset={offset}&amp;limit={limit}&amp;all={all}", "/bands");
        },
        lines: &[
            "GetBands: the pages of the list are gone, with the parameters offset, limit, all (breaks users and the wire; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "two parameters of pages are gone",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/bands?offset={offset}&amp;limit={limit}&amp;all={all}", "/bands?all={all}");
        },
        lines: &[
            "GetBands: the pages of the list are gone, with the parameters offset, limit (breaks users and the wire; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "a list is in pages now",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/customers/addresses?customer_id={customerId}<", "/customers/addresses?customer_id={customerId}&amp;offset={offset}&amp;limit={limit}&amp;all={all}<");
        },
        lines: &[
            "GetCustomerAddresses: the pages of the list are new, with the parameters offset, limit, all (breaks the wire, not users; spektrix_v2::operations::GetCustomerAddresses)",
        ],
    },
    Row {
        edit: "a fixed part of the query is new",
        before: None,
        change: |pages| {
            pages.replace(&["help.atom"], "/echo?message={message}", "/echo?message={message}&amp;kind=a");
        },
        lines: &[
            r#"Echo?kind: the fixed value "a" is new (breaks the wire, not users; spektrix_v2::operations::Echo)"#,
        ],
    },
    Row {
        edit: "a description",
        before: None,
        change: |pages| {
            pages.add_row("GetBands", "Description", "Lists bands.");
        },
        lines: &[
            r#"GetBands: the description was missing and is "Lists bands." (breaks nothing; spektrix_v2::operations::GetBands)"#,
        ],
    },
    Row {
        edit: "the format of requests",
        before: None,
        change: |pages| {
            pages.replace_in_entry("UpdateBasket", "xml or json", "Xml");
        },
        lines: &[
            r#"UpdateBasket: the row "Request Format" was "xml or json" and is "Xml" (breaks nothing; spektrix_v2::operations::UpdateBasket)"#,
        ],
    },
    Row {
        edit: "an unknown row of the feed",
        before: None,
        change: |pages| {
            pages.add_row("GetBands", "Cache", "1 h");
        },
        lines: &[
            r#"GetBands: the row "Cache" was missing and is "1 h" (breaks nothing; spektrix_v2::operations::GetBands)"#,
        ],
    },
    Row {
        edit: "an empty response gets a body",
        before: None,
        change: |pages| {
            pages.replace(&["KeepAlive/response.txt"], "The response body is empty.", "The response body is a byte stream.");
        },
        lines: &[
            "KeepAlive response: the body was empty and is bytes (the body is a byte stream) (breaks users and the wire; spektrix_v2::operations::KeepAlive)",
        ],
    },
    Row {
        edit: "an empty request gets a body",
        before: None,
        change: |pages| {
            pages.replace(&["KeepAlive/request.txt"], "The request body is empty.", "The request body is arbitrary XML.");
        },
        lines: &[
            "KeepAlive request: the body was empty and is bytes (The request body is arbitrary XML.) (breaks users and the wire; spektrix_v2::operations::KeepAlive)",
        ],
    },
    Row {
        edit: "a list of a response becomes one element",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"name="Band" type="Band"/>
      </xs:sequence>"#, r#"name="Band" type="Band"/>
      </xs:sequence><xs:attribute name="total" type="xs:int"/>"#);
        },
        lines: &[
            "GetBands response: the body was <Bands>, a list of Band in <Band> and is <Bands>, Bands, so it is not in pages (breaks users, not the wire; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "a list of a request becomes one element",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Customer" type="Customer"/>
      </xs:sequence>"#, r#"name="Customer" type="Customer"/>
      </xs:sequence><xs:attribute name="total" type="xs:int"/>"#);
        },
        lines: &[
            "AddCustomers request: the body was <Customers>, a list of Customer in <Customer> and is <Customers>, Customers (breaks users, not the wire; spektrix_v2::operations::AddCustomers)",
        ],
    },
    Row {
        edit: "the root element of a response",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"name="Bands" nillable"#, r#"name="PriceBands" nillable"#);
        },
        lines: &[
            "GetBands response: the root element was <Bands> and is <PriceBands> (breaks the wire, not users; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "the root element of a request",
        before: None,
        change: |pages| {
            pages.replace(&["AddBasketItems/request.xsd"], r#"name="BasketItems" nillable"#, r#"name="Items" nillable"#);
        },
        lines: &[
            "AddBasketItems request: the root element was <BasketItems> and is <Items> (breaks users and the wire; spektrix_v2::operations::AddBasketItems)",
        ],
    },
    Row {
        edit: "the items of a response",
        before: None,
        change: |pages| {
            pages.replace(&["GetBands/response.xsd"], r#"name="Band" type="Band""#, r#"name="PriceBand" type="Band""#);
        },
        lines: &[
            "GetBands response: the item element was <Band> and is <PriceBand> (breaks the wire, not users; spektrix_v2::operations::GetBands)",
        ],
    },
    Row {
        edit: "the items of a request",
        before: None,
        change: |pages| {
            pages.replace(&["AddCustomers/request.xsd"], r#"name="Customer" type="Customer""#, r#"name="Person" type="Customer""#);
        },
        lines: &[
            "AddCustomers request: the item element was <Customer> and is <Person> (breaks users and the wire; spektrix_v2::operations::AddCustomers)",
        ],
    },
    Row {
        edit: "a template that is not supported",
        before: None,
        change: |pages| {
            pages.replace_in_entry("GetTagGroups", "/tag-groups?", "/tag-{a}b*?");
        },
        lines: &[
            "GetTagGroups: the operation would be left out (GetTagGroups: the template `tag-{a}b*?offset={offset}&limit={limit}&all={all}` mixes text with a wildcard or a single brace in one segment of its path. Add a rule for this in codegen/src/template.rs) (breaks users and the wire; spektrix_v2::operations::GetTagGroups)",
        ],
    },
    Row {
        edit: "a method that HTTP does not allow, and another operation that is similar",
        before: None,
        change: |pages| {
            pages.copy_operation("GetTagGroups", "GetGroups");
            pages.replace_in_entry("GetTagGroups", "<td>GET</td>", "<td>GET IT</td>");
        },
        lines: &[
            "GetGroups: the operation is new (breaks nothing; spektrix_v2::operations::GetGroups)",
            "GetTagGroups: the operation would be left out (GetTagGroups: the method `GET IT` is not an HTTP method) (breaks users and the wire; spektrix_v2::operations::GetTagGroups)",
        ],
    },
];
