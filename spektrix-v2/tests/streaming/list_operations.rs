//! Every operation whose response is a list, and a body for each.

use std::fmt::Debug;
use std::path::Path;

use spektrix_v2::Operation;
use spektrix_v2::operations::*;
use spektrix_v2::runtime::Element;
use spektrix_v2_test_support::repository::{self, Side};

/// Something to do with every list.
pub(crate) trait ListVisitor {
    fn visit<O, T>(&mut self)
    where
        O: Operation<Response = Vec<T>>,
        T: Element + Debug + PartialEq;
}

/// Calls a visitor with every list.
pub(crate) fn visit_all(visitor: &mut impl ListVisitor) {
    visitor.visit::<AddCustomerAddresses, _>();
    visitor.visit::<AddCustomers, _>();
    visitor.visit::<GetBands, _>();
    visitor.visit::<GetCustomerAddresses, _>();
    visitor.visit::<GetCustomers, _>();
    visitor.visit::<GetEvents, _>();
    visitor.visit::<GetFixedSeries, _>();
    visitor.visit::<GetInstanceStatus, _>();
    visitor.visit::<GetInstances, _>();
    visitor.visit::<GetMemberships, _>();
    visitor.visit::<GetOffers, _>();
    visitor.visit::<GetOffers2, _>();
    visitor.visit::<GetOrders, _>();
    visitor.visit::<GetPlans, _>();
    visitor.visit::<GetPriceLists, _>();
    visitor.visit::<GetPrintAtHomeDocuments, _>();
    visitor.visit::<GetStatements, _>();
    visitor.visit::<GetStockItems, _>();
    visitor.visit::<GetTagGroups, _>();
    visitor.visit::<GetTags, _>();
    visitor.visit::<GetTicketTypes, _>();
    visitor.visit::<GetTransactions, _>();
    visitor.visit::<PostcodeLookup, _>();
}

/// Returns the vendored example of an operation's response.
pub(crate) fn example(operation: &str) -> Vec<u8> {
    repository::example(operation, Side::Response).unwrap_or_else(|| panic!("{operation} has no example"))
}

/// Returns a recorded response, if `SPEKTRIX_RECORDED` names a folder that contains one.
pub(crate) fn recorded(operation: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("SPEKTRIX_RECORDED")?;
    let path = Path::new(&folder).join(format!("{operation}.xml"));
    path.exists().then(|| repository::read(&path))
}

#[test]
fn every_list_is_visited() {
    struct Names(Vec<&'static str>);
    impl ListVisitor for Names {
        fn visit<O: Operation, T>(&mut self) {
            self.0.push(O::INFO.name);
        }
    }
    let mut names = Names(Vec::new());
    visit_all(&mut names);
    let lists = ALL.iter().filter(|info| !info.response.item.is_empty());
    assert_eq!(names.0, lists.map(|info| info.name).collect::<Vec<_>>());
}
