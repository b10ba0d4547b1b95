//! The further venues of a sandbox: each has its own client name, certificate, API key and data.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::backend::Backend;
use crate::tls::ClientCertificate;

/// A venue besides the first one.
pub(crate) struct Tenant {
    pub(crate) client_name: String,
    pub(crate) api_key: String,
    pub(crate) seed: u64,
    pub(crate) certificate: ClientCertificate,
    pub(crate) certificate_file: PathBuf,
    pub(crate) key_file: PathBuf,
    pub(crate) backend: Backend,
}

/// The venues besides the first one, in the order of their numbers.
#[derive(Default)]
pub(crate) struct Tenants {
    list: Vec<Tenant>,
    by_name: HashMap<String, usize>,
}

impl Tenants {
    pub(crate) fn new(list: Vec<Tenant>) -> Self {
        let names = list.iter().enumerate();
        let by_name = names.map(|(index, tenant)| (tenant.client_name.clone(), index));
        Self {
            by_name: by_name.collect(),
            list,
        }
    }

    pub(crate) fn get(&self, client_name: &str) -> Option<&Tenant> {
        self.by_name.get(client_name).and_then(|index| self.list.get(*index))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Tenant> {
        self.list.iter()
    }
}
