//! Customers and their passwords.

use std::collections::{BTreeMap, HashMap, HashSet};

use spektrix_v2::{Customer, CustomerId, Secret};

use super::ids::Counter;
use super::merge::{self, take_over};
use crate::service::Refusal;
use crate::venue::Venue;

/// The password of every customer that a sandbox starts with.
pub(crate) const SEEDED_PASSWORD: &str = "sandbox-password";

/// Everybody that the venue knows.
#[derive(Debug)]
pub(crate) struct People {
    customers: BTreeMap<CustomerId, Customer>,
    passwords: HashMap<CustomerId, Secret>,
    /// Whose an email address is, however it is cased.
    emails: HashMap<String, CustomerId>,
}

impl People {
    pub(super) fn of(venue: &Venue) -> Self {
        let mut people = Self {
            customers: BTreeMap::new(),
            passwords: HashMap::new(),
            emails: HashMap::new(),
        };
        for customer in &venue.customers {
            let mut customer = customer.clone();
            customer.password = Some(Secret::new(SEEDED_PASSWORD));
            people.keep(customer);
        }
        people
    }

    /// All of them, in the order of their ids.
    pub(crate) fn customers(&self) -> impl Iterator<Item = &Customer> {
        self.customers.values()
    }

    pub(crate) fn customer(&self, id: CustomerId) -> Result<&Customer, Refusal> {
        let found = self.customers.get(&id);
        found.ok_or_else(|| Refusal::invalid(format!("There is no customer {id}.")))
    }

    /// The customer with this email address and this password.
    pub(crate) fn authenticate(&self, email: &str, password: &Secret) -> Result<&Customer, Refusal> {
        if is_blank(Some(email)) || password.expose().is_empty() {
            return Err(Refusal::invalid("Email and Password must be set."));
        }
        let id = self
            .emails
            .get(&plain(email))
            .filter(|id| self.passwords.get(id) == Some(password));
        let customer = id.and_then(|id| self.customers.get(id));
        customer.ok_or_else(|| Refusal::invalid("No customer has this email address and this password."))
    }

    /// Creates all of these customers, or none.
    pub(super) fn create(
        &mut self,
        venue: &Venue,
        ids: &mut Counter,
        customers: Vec<Customer>,
    ) -> Result<Vec<CustomerId>, Refusal> {
        let mut emails = HashSet::new();
        for (place, customer) in (1..).zip(&customers) {
            check(venue, customer)
                .and_then(|()| self.is_new(customer, &mut emails, |_| false))
                .map_err(refused(place))?;
        }
        let create = |mut customer: Customer| {
            let id = CustomerId::new(ids.next());
            customer.id = Some(id);
            customer.friendly_id = Some(format!("C-{}", 100_000 + i64::from(id.get())));
            self.keep(customer);
            id
        };
        Ok(customers.into_iter().map(create).collect())
    }

    /// Changes what is sent of all of these customers, or of none.
    pub(super) fn update(&mut self, venue: &Venue, sent: &[Customer]) -> Result<(), Refusal> {
        let mut changed = BTreeMap::new();
        for (place, sent) in (1..).zip(sent) {
            let id = sent.id.ok_or_else(|| refused(place)("id must be set".to_owned()))?;
            let customer = match changed.remove(&id) {
                Some(customer) => customer,
                None => self.customer(id)?.clone(),
            };
            let customer = merged(customer, sent);
            check(venue, &customer).map_err(refused(place))?;
            changed.insert(id, customer);
        }
        let mut emails = HashSet::new();
        for (id, customer) in &changed {
            self.is_new(customer, &mut emails, |owner| changed.contains_key(&owner))
                .map_err(|problem| Refusal::invalid(format!("Customer {id}: {problem}.")))?;
        }
        self.emails.retain(|_, id| !changed.contains_key(id));
        for customer in changed.into_values() {
            self.keep(customer);
        }
        Ok(())
    }

    pub(super) fn set_password(&mut self, id: CustomerId, password: Secret) {
        self.passwords.insert(id, password);
    }

    /// Nobody else has the email address, neither in the same request nor among the customers, less those who are given
    /// another one.
    fn is_new(
        &self,
        customer: &Customer,
        emails: &mut HashSet<String>,
        is_changing: impl Fn(CustomerId) -> bool,
    ) -> Result<(), String> {
        let email = plain(customer.email.as_deref().unwrap_or_default());
        let owner = self.emails.get(&email);
        if owner.is_some_and(|owner| !is_changing(*owner)) || !emails.insert(email) {
            return Err("another customer has this Email already".to_owned());
        }
        Ok(())
    }

    /// Passwords are kept apart, so that none can be answered.
    fn keep(&mut self, mut customer: Customer) {
        let Some(id) = customer.id else { return };
        if let Some(password) = customer.password.take() {
            self.passwords.insert(id, password);
        }
        if let Some(email) = &customer.email {
            self.emails.insert(plain(email), id);
        }
        self.customers.insert(id, customer);
    }
}

fn plain(email: &str) -> String {
    email.to_lowercase()
}

fn refused(place: usize) -> impl Fn(String) -> Refusal {
    move |problem| Refusal::invalid(format!("Customer {place}: {problem}."))
}

fn merged(mut customer: Customer, sent: &Customer) -> Customer {
    take_over!(sent => &mut customer; birth_date, email, first_name, last_name, mobile, password, phone, title);
    merge::attributes(&sent.attributes, &mut customer.attributes);
    merge::list(&sent.statements, &mut customer.statements);
    merge::list(&sent.tags, &mut customer.tags);
    customer
}

/// What a customer cannot be without, and what must exist.
fn check(venue: &Venue, customer: &Customer) -> Result<(), String> {
    if is_blank(customer.email.as_deref()) {
        return Err("Email must be set".to_owned());
    }
    if !customer.email.as_deref().is_some_and(is_email) {
        return Err("Email is no email address".to_owned());
    }
    if is_blank(customer.last_name.as_deref()) {
        return Err("LastName must be set".to_owned());
    }
    if customer
        .password
        .as_ref()
        .is_some_and(|password| password.expose().is_empty())
    {
        return Err("Password must not be empty".to_owned());
    }
    if let Some(id) = customer
        .statements
        .iter()
        .find(|id| venue.statements.iter().all(|one| one.id != **id))
    {
        return Err(format!("there is no statement {id}"));
    }
    match customer
        .tags
        .iter()
        .find(|id| venue.tags.iter().all(|one| one.id != **id))
    {
        Some(id) => Err(format!("there is no tag {id}")),
        None => Ok(()),
    }
}

/// Something before an `@` and something behind it, without blanks.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

/// Whether a text says nothing.
pub(super) fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
