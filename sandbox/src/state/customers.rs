//! Customers and their passwords.

use std::collections::{BTreeMap, HashMap, HashSet};

use spektrix_v2::{Customer, CustomerId, Secret};

use super::ids::Counter;
use super::update::{copy_sent, is_blank, refuse, replace_list, set_attributes};
use crate::api::Refusal;
use crate::venue::Venue;

/// The password of every customer that a sandbox starts with.
pub(crate) const SEEDED_PASSWORD: &str = "sandbox-password";

/// All customers.
#[derive(Debug)]
pub(crate) struct Customers {
    by_id: BTreeMap<CustomerId, Customer>,
    /// Separate from the customers, so that no response can contain a password.
    passwords: HashMap<CustomerId, Secret>,
    /// The owner of each email address, which is in lower case.
    emails: HashMap<String, CustomerId>,
}

impl Customers {
    pub(super) fn of(venue: &Venue) -> Self {
        let mut customers = Self {
            by_id: BTreeMap::new(),
            passwords: HashMap::new(),
            emails: HashMap::new(),
        };
        for customer in &venue.customers {
            let mut customer = customer.clone();
            customer.password = Some(Secret::new(SEEDED_PASSWORD));
            customers.insert(customer);
        }
        customers
    }

    /// Removes tags and statements that the venue does not have from all customers.
    pub(super) fn remove_missing_references(&mut self, venue: &Venue) {
        let tags: HashSet<_> = venue.tags.iter().map(|tag| tag.id).collect();
        let statements: HashSet<_> = venue.statements.iter().map(|statement| statement.id).collect();
        for customer in self.by_id.values_mut() {
            customer.tags.retain(|id| tags.contains(id));
            customer.statements.retain(|id| statements.contains(id));
        }
    }

    /// Returns all customers, ordered by id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Customer> {
        self.by_id.values()
    }

    /// Returns a customer, or a refusal if there is none.
    pub(crate) fn get(&self, id: CustomerId) -> Result<&Customer, Refusal> {
        let found = self.by_id.get(&id);
        found.ok_or_else(|| Refusal::invalid(format!("There is no customer {id}.")))
    }

    /// Returns the customer with this email address and this password.
    pub(crate) fn authenticate(&self, email: &str, password: &Secret) -> Result<&Customer, Refusal> {
        if is_blank(Some(email)) || password.expose().is_empty() {
            return Err(Refusal::invalid("Email and Password must be set."));
        }
        let id = self
            .emails
            .get(&email_key(email))
            .filter(|id| self.passwords.get(id) == Some(password));
        let customer = id.and_then(|id| self.by_id.get(id));
        customer.ok_or_else(|| Refusal::invalid("No customer has this email address and this password."))
    }

    /// Creates all of the customers, or none if one of them is refused.
    pub(super) fn create(
        &mut self,
        venue: &Venue,
        ids: &mut Counter,
        customers: Vec<Customer>,
    ) -> Result<Vec<CustomerId>, Refusal> {
        let mut emails = HashSet::new();
        for (number, customer) in (1..).zip(&customers) {
            check(venue, customer)
                .and_then(|()| self.check_email_is_free(customer, &mut emails, |_| false))
                .map_err(refuse(element(number)))?;
        }
        let create = |mut customer: Customer| {
            let id = CustomerId::new(ids.next());
            customer.id = Some(id);
            customer.friendly_id = Some(format!("C-{}", 100_000 + i64::from(id.get())));
            self.insert(customer);
            id
        };
        Ok(customers.into_iter().map(create).collect())
    }

    /// Updates all of the customers, or none if one of them is refused.
    pub(super) fn update(&mut self, venue: &Venue, sent: &[Customer]) -> Result<(), Refusal> {
        let mut changed = BTreeMap::new();
        for (number, sent) in (1..).zip(sent) {
            let id = sent
                .id
                .ok_or_else(|| refuse(element(number))("id must be set".to_owned()))?;
            // A customer that is sent twice is updated twice.
            let mut customer = match changed.remove(&id) {
                Some(customer) => customer,
                None => self.get(id)?.clone(),
            };
            apply(sent, &mut customer);
            check(venue, &customer).map_err(refuse(element(number)))?;
            changed.insert(id, customer);
        }
        // Checked after all changes, so that two customers can exchange their email addresses.
        let mut emails = HashSet::new();
        for (id, customer) in &changed {
            self.check_email_is_free(customer, &mut emails, |owner| changed.contains_key(&owner))
                .map_err(refuse(format_args!("Customer {id}")))?;
        }
        self.emails.retain(|_, id| !changed.contains_key(id));
        for customer in changed.into_values() {
            self.insert(customer);
        }
        Ok(())
    }

    pub(super) fn set_password(&mut self, id: CustomerId, password: Secret) {
        self.passwords.insert(id, password);
    }

    /// Checks that no other customer has the email address: none in the same request, whose addresses are collected in
    /// `emails`, and no existing one whose address does not change.
    fn check_email_is_free(
        &self,
        customer: &Customer,
        emails: &mut HashSet<String>,
        is_changing: impl Fn(CustomerId) -> bool,
    ) -> Result<(), String> {
        let email = email_key(customer.email.as_deref().unwrap_or_default());
        let owner = self.emails.get(&email);
        if owner.is_some_and(|owner| !is_changing(*owner)) || !emails.insert(email) {
            return Err("another customer has this Email already".to_owned());
        }
        Ok(())
    }

    fn insert(&mut self, mut customer: Customer) {
        let Some(id) = customer.id else { return };
        if let Some(password) = customer.password.take() {
            self.passwords.insert(id, password);
        }
        if let Some(email) = &customer.email {
            self.emails.insert(email_key(email), id);
        }
        self.by_id.insert(id, customer);
    }
}

fn email_key(email: &str) -> String {
    email.to_lowercase()
}

fn element(number: usize) -> String {
    format!("Customer {number}")
}

fn apply(sent: &Customer, customer: &mut Customer) {
    copy_sent!(sent => &mut *customer; birth_date, email, first_name, last_name, mobile, password, phone, title);
    set_attributes(&sent.attributes, &mut customer.attributes);
    replace_list(&sent.statements, &mut customer.statements);
    replace_list(&sent.tags, &mut customer.tags);
}

/// Checks that the required fields of a customer are set, and that its statements and tags exist.
fn check(venue: &Venue, customer: &Customer) -> Result<(), String> {
    if is_blank(customer.email.as_deref()) {
        return Err("Email must be set".to_owned());
    }
    if !customer.email.as_deref().is_some_and(is_email) {
        return Err("Email is not a valid email address".to_owned());
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
        .find(|id| venue.statements.iter().all(|statement| statement.id != **id))
    {
        return Err(format!("there is no statement {id}"));
    }
    match customer
        .tags
        .iter()
        .find(|id| venue.tags.iter().all(|tag| tag.id != **id))
    {
        Some(id) => Err(format!("there is no tag {id}")),
        None => Ok(()),
    }
}

/// Returns whether there is something before and after one `@`, without whitespace.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}
