//! A test of `spektrix record --customers`: what identifies a customer is replaced in every file.

use spektrix_v2::{CustomerAddress, Order};
use spektrix_v2_sandbox::Sandbox;

use crate::program::{Folder, outcome};

#[tokio::test]
async fn customers_are_recorded_without_what_identifies_them() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let mut private = Vec::new();
    let mut ids = Vec::new();
    for email in ["ada.sample@example.org", "ben.example@example.org"] {
        let customer = client.customers().email(email).await.unwrap().remove(0);
        ids.push(customer.id.unwrap().to_string());
        private.extend([
            customer.email,
            customer.first_name,
            customer.last_name,
            customer.friendly_id,
            customer.phone,
        ]);
        private.extend([customer.mobile, Some("Seat Preference".to_owned())]);
    }
    let addresses: Vec<CustomerAddress> = client.customer_addresses(ids[0].parse::<i32>().unwrap()).await.unwrap();
    private.extend(
        addresses
            .into_iter()
            .flat_map(|address| [address.line1, address.town, address.postcode]),
    );
    let orders: Vec<Order> = client.orders().customer(ids[0].parse::<i32>().unwrap()).await.unwrap();
    assert!(
        !orders.is_empty() && private.len() > 16,
        "the sandbox has few data: {private:?}"
    );

    let folder = Folder::new();
    let mut command = folder.command();
    let ids = ids.join(",");
    command
        .args(["record", "--out", "recorded", "--only", "GetTags", "--customers", &ids])
        .envs(sandbox.environment());
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    outcome(run.await.unwrap()).success();

    let read = |name: &str| std::fs::read_to_string(folder.file(&format!("recorded/{name}.xml"))).unwrap();
    let (customers, addresses, orders) = (read("GetCustomers"), read("GetCustomerAddresses"), read("GetOrders"));
    for value in private.iter().flatten().filter(|value| !value.is_empty()) {
        for (name, body) in [
            ("customers", &customers),
            ("addresses", &addresses),
            ("orders", &orders),
        ] {
            assert!(!body.contains(value.as_str()), "{value} is in {name}: {body}");
        }
    }
    for expected in [
        "<Email>customer1@example.org</Email>",
        "<Email>customer2@example.org</Email>",
        "<LastName>Last2</LastName>",
    ] {
        assert!(customers.contains(expected), "{expected}: {customers}");
    }
    assert!(
        orders.contains("<Order id=") && orders.contains("<Ticket id="),
        "{orders}"
    );
    let decoded = folder
        .spektrix(&["decode", "GetCustomers", "recorded/GetCustomers.xml"])
        .success();
    assert!(decoded.contains("First1"), "{decoded}");
}

#[test]
fn customers_that_do_not_exist_are_not_recorded() {
    let folder = Folder::new();
    let arguments = [
        "--sandbox",
        "record",
        "--out",
        "none",
        "--only",
        "GetTags",
        "--customers",
        "999999",
    ];
    folder.spektrix(&arguments).fails(4, "there is no customer 999999");
    assert!(!folder.file("none").exists());
}
