//! The addresses of the pages: the service's own, and a few that only the sandbox has.

use http::StatusCode;

use crate::api::Refusal;

/// The path of the style sheet of all pages.
pub(super) const STYLE: &str = "/_assets/pages.css";

/// The path of the script with which a page in a frame reports its height.
pub(super) const RESIZE_SCRIPT: &str = "/_assets/resize.js";

/// The path of the page on which a fictional bank asks for a confirmation.
pub(super) const BANK: &str = "/_bank";

/// The path to which the bank returns the visitor.
pub(super) const BANK_RESULT: &str = "/_bank/result";

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    Index,
    Style,
    ResizeScript,
    Bank,
    BankResult,
    /// A page of the venue with this client name.
    Venue(&'a str, VenuePage),
}

/// What a venue has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VenuePage {
    /// The script for websites that contain a frame.
    IntegrateScript,
    /// The payment page, which is the only page below the path of the API.
    Payment,
    Website(WebsitePage),
}

impl<'a> Target<'a> {
    /// Finds what the path leads to. Like the service's, paths of pages are compared without their case.
    pub(super) fn parse(path: &'a str) -> Result<Self, Refusal> {
        match path {
            "/" => return Ok(Self::Index),
            STYLE => return Ok(Self::Style),
            RESIZE_SCRIPT => return Ok(Self::ResizeScript),
            BANK => return Ok(Self::Bank),
            BANK_RESULT => return Ok(Self::BankResult),
            _ => {}
        }
        let (client, page) = path.trim_start_matches('/').split_once('/').unwrap_or((path, ""));
        let page = match page.to_ascii_lowercase().as_str() {
            "api/v2/basket/payment" => Some(VenuePage::Payment),
            "website/scripts/integrate.js" => Some(VenuePage::IntegrateScript),
            page => WebsitePage::parse(page).map(VenuePage::Website),
        };
        page.map(|page| Self::Venue(client, page)).ok_or_else(|| {
            let known = WebsitePage::ALL.map(WebsitePage::name).join(", ");
            not_found(format!(
                "There is no such page here. The sandbox has basket/payment, and {known}."
            ))
        })
    }
}

/// A page of the booking process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WebsitePage {
    EventList,
    EventDetails,
    ChooseSeats,
    Basket,
    Checkout,
    LoginLogout,
    MyAccount,
}

impl WebsitePage {
    pub(super) const ALL: [Self; 7] = [
        Self::EventList,
        Self::EventDetails,
        Self::ChooseSeats,
        Self::Basket,
        Self::Checkout,
        Self::LoginLogout,
        Self::MyAccount,
    ];

    /// Returns the name of the page's file, without `.aspx`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::EventList => "EventList",
            Self::EventDetails => "EventDetails",
            Self::ChooseSeats => "ChooseSeats",
            Self::Basket => "Basket2",
            Self::Checkout => "Checkout",
            Self::LoginLogout => "LoginLogout",
            Self::MyAccount => "MyAccount",
        }
    }

    /// Returns whether a parameter has an effect on this page.
    pub(super) fn has_parameter(self, name: &str) -> bool {
        let own: &[&str] = match self {
            Self::EventList => &["SortBy"],
            Self::EventDetails => &["EventId"],
            Self::ChooseSeats => &["EventInstanceId"],
            Self::Basket => &[ADDED],
            Self::Checkout => &[ORDER, NOTICE],
            Self::LoginLogout | Self::MyAccount => &[],
        };
        let common = ["Stylesheet", "resize"];
        let is_filter = self == Self::EventList && attribute_of(name).is_some();
        is_filter || own.iter().chain(&common).any(|known| known.eq_ignore_ascii_case(name))
    }

    /// Parses a path in lower case. Pages of signed-in customers may be below `secure/`, and so may all others.
    fn parse(path: &str) -> Option<Self> {
        let page = path.strip_prefix("website/")?;
        let name = page.strip_prefix("secure/").unwrap_or(page).strip_suffix(".aspx")?;
        Self::ALL
            .into_iter()
            .find(|page| page.name().eq_ignore_ascii_case(name))
    }
}

/// The parameter, of the sandbox alone, with which the basket is shown after tickets were added.
pub(super) const ADDED: &str = "added";

/// The parameter, of the sandbox alone, that names the order that was placed.
pub(super) const ORDER: &str = "order";

/// The parameter, of the sandbox alone, that names what happened before the visitor returned to a payment.
pub(super) const NOTICE: &str = "sandbox_notice";

/// Returns the name of the attribute that a parameter filters by: `Attribute_Genre` filters by `Genre`.
pub(super) fn attribute_of(parameter: &str) -> Option<&str> {
    let (prefix, name) = parameter.split_once('_')?;
    prefix.eq_ignore_ascii_case("attribute").then_some(name)
}

fn not_found(message: String) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, message)
}

#[cfg(test)]
mod tests {
    use super::{Target, VenuePage, WebsitePage};

    #[test]
    fn paths_lead_to_pages() {
        let website = |page| Ok(Target::Venue("v", VenuePage::Website(page)));
        let cases = [
            ("/", Ok(Target::Index)),
            ("/_assets/pages.css", Ok(Target::Style)),
            ("/v/api/v2/basket/payment", Ok(Target::Venue("v", VenuePage::Payment))),
            (
                "/v/website/scripts/integrate.js",
                Ok(Target::Venue("v", VenuePage::IntegrateScript)),
            ),
            ("/v/website/EventList.aspx", website(WebsitePage::EventList)),
            ("/v/website/chooseseats.aspx", website(WebsitePage::ChooseSeats)),
            ("/v/website/Secure/Checkout.aspx", website(WebsitePage::Checkout)),
            ("/v/website/secure/MyAccount", Err("404")),
            ("/v/website/Donations.aspx", Err("404")),
            ("/v/api/v2/events", Err("404")),
            ("/v", Err("404")),
            ("", Err("404")),
        ];
        for (path, expected) in cases {
            let target = Target::parse(path).map_err(|refusal| refusal.summary());
            assert_eq!(
                target.as_ref().map_err(String::as_str),
                expected.as_ref().map_err(|status| *status),
                "{path}"
            );
        }
    }
}
