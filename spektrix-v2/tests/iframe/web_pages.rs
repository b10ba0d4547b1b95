//! Tests of the pages of the service's website: URLs, parameters and HTML.

use spektrix_v2::iframe::{Site, WebPage};
use spektrix_v2::testing::Replay;
use spektrix_v2::{Client, EventId, InstanceId, SessionId};
use url::Url;

use crate::payments::PAYER;
use crate::random_strings::{random_string, source_of, title_of};

#[test]
fn every_page_has_its_url() {
    let cases = [
        (WebPage::EventList, "website/EventList.aspx?resize=true"),
        (
            WebPage::EventDetails(EventId::new(14)),
            "website/EventDetails.aspx?EventId=14&resize=true",
        ),
        (
            WebPage::ChooseSeats(InstanceId::new(5)),
            "website/ChooseSeats.aspx?EventInstanceId=5&resize=true",
        ),
        (WebPage::Basket, "website/Basket2.aspx?resize=true"),
        (WebPage::Checkout, "website/secure/Checkout.aspx?resize=true"),
        (WebPage::LoginLogout, "website/secure/LoginLogout.aspx?resize=true"),
        (WebPage::MyAccount, "website/secure/MyAccount.aspx?resize=true"),
        (WebPage::Memberships, "website/Memberships.aspx?resize=true"),
        (WebPage::GiftVouchers, "website/GiftVouchers.aspx?resize=true"),
        (WebPage::Donations, "website/Donations.aspx?resize=true"),
    ];
    let sites = [
        (Site::new("venue").unwrap(), "https://system.spektrix.com/venue/"),
        (
            Site::on_domain("venue", "tickets.venue.example").unwrap(),
            "https://tickets.venue.example/venue/",
        ),
        (
            Site::with_base_url("venue", "http://127.0.0.1:8444/").unwrap(),
            "http://127.0.0.1:8444/venue/",
        ),
    ];
    for (site, root) in &sites {
        for (page, path) in cases {
            assert_eq!(site.page(page).url(), format!("{root}{path}"));
        }
    }
}

#[test]
fn options_change_the_url() {
    let basket = Site::new("venue").unwrap().page(WebPage::Basket);
    let root = "https://system.spektrix.com/venue/website/";
    let cases = [
        (basket.clone().resize(false), "Basket2.aspx"),
        (basket.clone().secure(true), "secure/Basket2.aspx?resize=true"),
        (
            basket.clone().stylesheet("a b.css"),
            "Basket2.aspx?stylesheet=a%20b.css&resize=true",
        ),
        (
            basket.resize(false).parameter("promo", "1&2"),
            "Basket2.aspx?promo=1%262",
        ),
    ];
    for (frame, path) in cases {
        assert_eq!(frame.url(), format!("{root}{path}"));
    }
}

#[test]
fn random_parameters_can_be_read_back_from_the_url() {
    let mut random = fastrand::Rng::with_seed(7);
    let site = Site::new("venue").unwrap();
    for _ in 0..2_000 {
        let [name, value, title] = [(); 3].map(|()| random_string(&mut random));
        let frame = site.page(WebPage::EventList).parameter(&name, &value);
        let url = Url::parse(&frame.url()).unwrap();
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        assert_eq!(pairs, [(name, value), ("resize".into(), "true".into())]);
        assert_eq!(url.fragment(), None);
        let html = frame.html(&title);
        assert_eq!(source_of(&html).unwrap(), frame.url());
        assert_eq!(title_of(&html), title);
    }
}

#[test]
fn html_is_one_iframe_element() {
    let frame = Site::new("venue").unwrap().page(WebPage::EventDetails(EventId::new(1)));
    assert_eq!(
        frame.html("What's \"on\" <now>"),
        "<iframe id=\"SpektrixIFrame\" name=\"SpektrixIFrame\" title=\"What&#39;s &quot;on&quot; &lt;now&gt;\" \
         src=\"https://system.spektrix.com/venue/website/EventDetails.aspx?EventId=1&amp;resize=true\" \
         style=\"width: 100%; height: 1000px; border: 0\"></iframe>"
    );
    assert!(frame.height(640).html("").contains("height: 640px;"));
}

#[test]
fn resize_script_is_on_the_same_site() {
    let site = Site::on_domain("venue", "tickets.venue.example").unwrap();
    let url = "https://tickets.venue.example/venue/website/scripts/integrate.js";
    assert_eq!(site.resize_script_url(), url);
    assert_eq!(site.resize_script_html(), format!("<script src=\"{url}\"></script>"));
}

#[test]
fn site_of_a_client_follows_its_settings() {
    let builder = || Client::builder("venue").api_key("test-k3y").transport(Replay::new());
    let cases = [
        (builder(), "https://system.spektrix.com/venue/"),
        (
            builder().site_url("https://tickets.venue.example"),
            "https://tickets.venue.example/venue/",
        ),
        (
            builder().base_url("https://gateway.example/"),
            "https://gateway.example/venue/",
        ),
        (
            builder()
                .base_url("https://127.0.0.1:1/")
                .site_url("http://127.0.0.1:2/"),
            "http://127.0.0.1:2/venue/",
        ),
    ];
    for (builder, root) in cases {
        let client = builder.build().unwrap();
        let url = client.site().page(WebPage::Basket).url();
        assert_eq!(url, format!("{root}website/Basket2.aspx?resize=true"));
        let payment = client.resume_session(SessionId::new("5f2b0f").unwrap());
        let payment = payment.payment_iframe(PAYER, "https://venue.example/").unwrap();
        assert!(payment.url().expose().starts_with(root), "{root}");
    }
    let error = builder().site_url("http://venue.example/").build().unwrap_err();
    assert!(
        error.is_configuration() && error.to_string().contains("is not https"),
        "{error}"
    );
}

#[test]
fn invalid_names_and_domains_are_refused() {
    let cases = [
        ("", "host.example", "the client name is not valid"),
        ("a/b", "host.example", "the client name is not valid"),
        ("venue", "", "the custom domain is invalid"),
        ("venue", "https://host.example", "the custom domain is invalid"),
        ("venue", "host.example/path", "the custom domain is invalid"),
        ("venue", "host.example\\path", "the custom domain is invalid"),
        ("venue", "s3cret@host.example", "the custom domain is invalid"),
        ("venue", "host.example?s3cret", "the custom domain is invalid"),
        ("venue", "host.example#s3cret", "the custom domain is invalid"),
        ("venue", "ho st", "the custom domain is invalid"),
    ];
    for (name, domain, line) in cases {
        let error = Site::on_domain(name, domain).unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().starts_with(line), "{error}");
        assert!(!error.to_string().contains("s3cret"));
    }
}
