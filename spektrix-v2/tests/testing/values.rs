//! Tests of replies that are created from values.

use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::operations::{GetBands, GetBasket, UpdateBasket};
use spektrix_v2::testing::{Replay, Reply};
use spektrix_v2::{Band, Basket, Client, Event, EventId, PriceList, PriceListId, Retry, TicketType, TicketTypeId};

fn client(replay: Replay) -> Client {
    let builder = Client::builder("venue").api_key("test-k3y").retry(Retry::none());
    builder.transport(replay).build().unwrap()
}

#[tokio::test]
async fn an_operation_decodes_the_value_of_a_reply() {
    let (bands, basket) = (
        vec![Band::new(7, "<Stalls> & more")],
        Basket::new().with_promo_codes(["X".to_owned()]),
    );
    let replay = Replay::new()
        .respond("GetBands", Reply::value::<GetBands>(&bands))
        .respond("GetBasket", Reply::value::<GetBasket>(&basket))
        .respond("UpdateBasket", Reply::value::<UpdateBasket>(&()));
    let client = client(replay);
    assert_eq!(client.send(GetBands::new()).await.unwrap(), bands);
    assert_eq!(client.send(GetBasket::new()).await.unwrap(), basket);
    client.send(UpdateBasket::new(basket)).await.unwrap();
}

#[test]
#[should_panic(expected = "XML can represent the value")]
fn a_value_that_xml_cannot_represent_panics() {
    Reply::value::<GetBands>(&vec![Band::new(7, "\0")]);
}

#[tokio::test]
async fn a_catalogue_is_loaded_from_lists() {
    let event = Event::builder()
        .id(EventId::new(1))
        .name("Hamlet")
        .description("A play")
        .html_description("<p>A play</p>")
        .duration(180)
        .image_url("")
        .thumbnail_url("")
        .is_on_sale(true);
    let lists = Lists {
        events: vec![event.build().unwrap()],
        bands: vec![Band::new(7, "Stalls")],
        price_lists: vec![PriceList::new(PriceListId::new(3))],
        ticket_types: vec![TicketType::new(TicketTypeId::new(4), "Adult")],
        ..Lists::default()
    };
    let client = client(Replay::new().lists(&lists));
    assert_eq!(Catalogue::load(&client).await.unwrap(), Catalogue::from(lists));
}
