//! Sorts the certificates of a chain: the one that belongs to the key first, then the issuer of each.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::sign::{CertifiedKey, SigningKey};

use super::certificate::Facts;

/// A certificate with what was read from it.
pub(super) struct Link {
    pub(super) certificate: CertificateDer<'static>,
    pub(super) facts: Facts,
}

impl Link {
    pub(super) fn parse(certificate: CertificateDer<'static>) -> der::Result<Self> {
        let facts = Facts::parse(&certificate)?;
        Ok(Self { certificate, facts })
    }
}

/// Returns the chain with its key, and the facts of its first certificate. Returns `None` if no certificate belongs to
/// the key.
///
/// A renewed certificate may have the key of the old one. If several belong to the key, the one that expires last is used.
pub(super) fn sort(mut links: Vec<Link>, key: Arc<dyn SigningKey>) -> Option<(CertifiedKey, Facts)> {
    let public_key = key.public_key()?;
    let candidates = links.iter().enumerate();
    let candidates = candidates.filter(|(_, link)| link.facts.public_key == public_key.as_ref());
    let (index, _) = candidates.max_by_key(|(_, link)| link.facts.validity.until)?;
    let leaf = links.remove(index);
    let facts = leaf.facts.clone();
    let chain = leaf_to_root(leaf, links);
    Some((CertifiedKey::new(chain, key), facts))
}

/// Follows the issuers. A certificate that is not part of the chain is left out: no server needs it, and some refuse it.
fn leaf_to_root(leaf: Link, mut others: Vec<Link>) -> Vec<CertificateDer<'static>> {
    let mut chain = vec![leaf.certificate];
    let mut last = leaf.facts;
    while last.issuer != last.subject
        && let Some(index) = others.iter().position(|link| link.facts.subject == last.issuer)
    {
        let next = others.swap_remove(index);
        chain.push(next.certificate);
        last = next.facts;
    }
    chain
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair};
    use rustls::pki_types::PrivateKeyDer;

    use super::*;
    use crate::crypto;

    fn parameters(name: &str) -> CertificateParams {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters
    }

    #[test]
    fn every_order_is_sorted_from_leaf_to_root() {
        let new_key = || KeyPair::generate().unwrap();
        let root = CertifiedIssuer::self_signed(parameters("root"), new_key()).unwrap();
        let middle = CertifiedIssuer::signed_by(parameters("middle"), new_key(), &root).unwrap();
        let key = new_key();
        let leaf = parameters("leaf").signed_by(&key, &middle).unwrap();
        let stranger = parameters("stranger").self_signed(&new_key()).unwrap();

        let chain = [leaf.der(), middle.der(), root.der()].map(Clone::clone);
        let given = [chain.as_slice(), &[stranger.der().clone()]].concat();
        let der = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let signing = crypto::signing_key(&der).unwrap().unwrap();
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1], [3, 1, 2, 0]] {
            let links = order.map(|index| Link::parse(given[index].clone()).unwrap());
            let (certified, _) = sort(links.into(), Arc::clone(&signing)).unwrap();
            assert_eq!(certified.cert, chain, "{order:?}");
        }
        let without_leaf = chain[1..].iter().map(|der| Link::parse(der.clone()).unwrap());
        assert!(sort(without_leaf.collect(), signing).is_none());
    }

    /// A root issued itself, so the chain ends there even if a renewed root has the same name.
    #[test]
    fn a_chain_ends_at_its_first_root() {
        let new_key = || KeyPair::generate().unwrap();
        let root = CertifiedIssuer::self_signed(parameters("root"), new_key()).unwrap();
        let renewed = parameters("root").self_signed(&new_key()).unwrap();
        let key = new_key();
        let leaf = parameters("leaf").signed_by(&key, &root).unwrap();
        let der = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let links = [leaf.der(), root.der(), renewed.der()].map(|der| Link::parse(der.clone()).unwrap());
        let (certified, _) = sort(links.into(), crypto::signing_key(&der).unwrap().unwrap()).unwrap();
        assert_eq!(certified.cert, [leaf.der().clone(), root.der().clone()]);
    }
}
