//! The views give what the crate's catalogue gives.

use jiff::Timestamp;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::Sync;

use crate::database::{Database, with_each};

#[tokio::test]
async fn views_agree_with_the_catalogue() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let client = sandbox.client().unwrap();
        Sync::new(client.clone(), database.store().await).run().await.unwrap();
        let catalogue = Catalogue::load(&client).await.unwrap();
        let now = Timestamp::now();
        let columns = [
            "instance_id",
            "name",
            "start_local",
            "start_utc",
            "sale_state",
            "seats_left",
            "capacity",
            "from_price",
        ];
        let rows = database.query(&columns, "spektrix_whats_on ORDER BY instance_id").await;
        assert_eq!(rows.len(), catalogue.instances().count(), "{}", database.name);
        let mut on_sale = 0;
        for row in rows {
            let instance = catalogue.instance(row[0].parse().unwrap()).unwrap();
            let availability = catalogue.availability(instance.id, now).unwrap();
            let number = |count: Option<u32>| count.map_or("∅".to_owned(), |count| count.to_string());
            let state = serde_json::to_value(availability.state).unwrap();
            on_sale += u32::from(state == "on_sale");
            let start = instance.start.strftime("%Y-%m-%d %H:%M:%S").to_string();
            let expected = [
                catalogue.event(instance.event).unwrap().name.clone(),
                start,
                state.as_str().unwrap().to_owned(),
                number(availability.left),
                number(availability.capacity),
            ];
            assert_eq!(
                [&row[1], &row[2], &row[4], &row[5], &row[6]].map(String::clone),
                expected,
                "{row:?}"
            );
            assert!(
                row[3].starts_with(&instance.start_utc.strftime("%Y-%m-%d %H:%M:%S").to_string()),
                "{row:?}"
            );
            assert_price(
                &database,
                &row[7],
                catalogue.price_range(instance.id).map(|price| price.from),
            );
        }
        assert!(on_sale > 100);
    })
    .await;
}

fn assert_price(database: &Database, stored: &str, expected: Option<rust_decimal::Decimal>) {
    let stored: Option<rust_decimal::Decimal> = stored.parse().ok();
    assert_eq!(stored, expected, "{}", database.name);
}
