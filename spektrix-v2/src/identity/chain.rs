//! Puts a chain in order: the certificate that belongs to the key, then each by which the one before was issued.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::sign::{CertifiedKey, SigningKey};

use super::certificate::Facts;

/// A certificate with what is known of it.
pub(super) struct Link {
    pub(super) certificate: CertificateDer<'static>,
    pub(super) facts: Facts,
}

impl Link {
    pub(super) fn read(certificate: CertificateDer<'static>) -> der::Result<Self> {
        let facts = Facts::read(&certificate)?;
        Ok(Self { certificate, facts })
    }
}

/// The chain and its key, with the facts of the leaf; nothing if none of the certificates belongs to the key.
///
/// A renewed certificate may have the key of the one before. Of several the one that is valid longest is taken.
pub(super) fn sorted(mut links: Vec<Link>, key: Arc<dyn SigningKey>) -> Option<(CertifiedKey, Facts)> {
    let public_key = key.public_key()?;
    let belonging = links.iter().enumerate();
    let belonging = belonging.filter(|(_, link)| link.facts.public_key == public_key.as_ref());
    let (index, _) = belonging.max_by_key(|(_, link)| link.facts.validity.until)?;
    let leaf = links.remove(index);
    let facts = leaf.facts.clone();
    let chain = leaf_to_root(leaf, links);
    Some((CertifiedKey::new(chain, key), facts))
}

/// What is no part of the chain is left out: a server may refuse it, and none needs it.
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
    fn every_order_ends_as_leaf_to_root_without_strangers() {
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
            let links = order.map(|index| Link::read(given[index].clone()).unwrap());
            let (certified, _) = sorted(links.into(), Arc::clone(&signing)).unwrap();
            assert_eq!(certified.cert, chain, "{order:?}");
        }
        let without_leaf = chain[1..].iter().map(|der| Link::read(der.clone()).unwrap());
        assert!(sorted(without_leaf.collect(), signing).is_none());
    }
}
