//! Where a venue's pages are: the service's own host, or the venue's custom domain.

use percent_encoding::utf8_percent_encode;

use super::{Frame, Page, Payer, Payment};
use crate::client::{QUERY_VALUE, check_base_url, check_client_name};
use crate::error::Error;
use crate::session_state::SessionId;

/// Where the pages of one venue are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The address of the venue, with a slash at its end.
    root: String,
}

impl Site {
    /// The pages of the venue of this name, on the service's own host.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if it is no client name.
    pub fn new(client_name: &str) -> Result<Self, Error> {
        Self::on_domain(client_name, "system.spektrix.com")
    }

    /// The same on the venue's custom domain: `tickets.venue.example`. Browsers then take the service's cookies for the
    /// venue's own.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if it is no client name, or more or less than a host.
    pub fn on_domain(client_name: &str, domain: &str) -> Result<Self, Error> {
        check_client_name(client_name)?;
        if domain.contains(['/', '\\']) || check_base_url(&format!("https://{domain}/")).is_err() {
            return Err(Error::configuration(
                "the custom domain is not one",
                "give the name of the host alone, like tickets.venue.example",
            ));
        }
        Ok(Self {
            root: format!("https://{domain}/{client_name}/"),
        })
    }

    /// One of the pages.
    pub fn page(&self, page: Page) -> Frame {
        Frame::new(self.clone(), page)
    }

    /// The page on which a visitor pays for the basket of a session. It confirms the order, and then leads to
    /// `confirmation_url`.
    ///
    /// That must be on the same host as the *checkout link* in the service's Website Admin, which in turn must be
    /// the page that shows this frame.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if a part of the payer is blank, or `confirmation_url` is not
    /// an absolute https address.
    pub fn payment(&self, session: &SessionId, payer: Payer<'_>, confirmation_url: &str) -> Result<Payment, Error> {
        Payment::new(self.clone(), session, payer, confirmation_url)
    }

    /// The address of a path below the venue's, with these parameters.
    pub(super) fn address<'a>(
        &self,
        path: &str,
        parameters: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
    ) -> String {
        // A parameter may be a session, and a string that grows leaves a copy of it behind: this one does not grow.
        const LONGEST_ESCAPE: usize = "%20".len();
        let parameters_length = |(name, value): (&str, &str)| 2 + LONGEST_ESCAPE * (name.len() + value.len());
        let length = parameters.clone().into_iter().map(parameters_length).sum::<usize>();
        let mut address = String::with_capacity(self.root.len() + path.len() + length);
        address.extend([&self.root, path]);
        for (index, (name, value)) in parameters.into_iter().enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            address.extend(utf8_percent_encode(name, QUERY_VALUE));
            address.push('=');
            address.extend(utf8_percent_encode(value, QUERY_VALUE));
        }
        address
    }
}
