//! A certificate authority for tests.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, date_time_ymd,
};
use spektrix_v2::Identity;

pub(crate) type Day = (i32, u8, u8);

/// A certificate authority that issues certificates to a server and to clients.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key, both PEM.
pub(crate) struct Issued {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut parameters = parameters(name, (2000, 1, 1), (4000, 1, 1));
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn root_pem(&self) -> String {
        self.0.pem()
    }

    /// Issues a server certificate for `localhost`.
    pub(crate) fn server(&self) -> Issued {
        let mut parameters = parameters("localhost", (2000, 1, 1), (4000, 1, 1));
        parameters.subject_alt_names = CertificateParams::new(vec!["localhost".into()])
            .unwrap()
            .subject_alt_names;
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        self.issue(&parameters)
    }

    /// Issues an identity that is valid for a long time.
    pub(crate) fn client(&self) -> Identity {
        self.client_valid((2000, 1, 1), (2500, 1, 1))
    }

    pub(crate) fn client_valid(&self, from: Day, until: Day) -> Identity {
        let issued = self.client_pem(from, until);
        Identity::from_pem(issued.certificate, issued.key).unwrap()
    }

    pub(crate) fn client_pem(&self, from: Day, until: Day) -> Issued {
        let mut parameters = parameters("venue", from, until);
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(&parameters)
    }

    /// Issues a client certificate with this common name.
    pub(crate) fn client_named(&self, name: &str) -> Issued {
        let mut parameters = parameters(name, (2000, 1, 1), (2500, 1, 1));
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(&parameters)
    }

    /// Issues two certificates for one key: of one year, and of the next.
    pub(crate) fn renewed(&self) -> (Issued, Issued) {
        let key = KeyPair::generate().unwrap();
        let issued = |until| Issued {
            certificate: parameters("venue", (2000, 1, 1), until)
                .signed_by(&key, &self.0)
                .unwrap()
                .pem(),
            key: key.serialize_pem(),
        };
        (issued((2300, 1, 1)), issued((2400, 1, 1)))
    }

    fn issue(&self, parameters: &CertificateParams) -> Issued {
        let key = KeyPair::generate().unwrap();
        Issued {
            certificate: parameters.signed_by(&key, &self.0).unwrap().pem(),
            key: key.serialize_pem(),
        }
    }
}

fn parameters(name: &str, from: Day, until: Day) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.not_before = date_time_ymd(from.0, from.1, from.2);
    parameters.not_after = date_time_ymd(until.0, until.1, until.2);
    parameters
}
