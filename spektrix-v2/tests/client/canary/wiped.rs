//! Tests that secrets are wiped from memory when they are dropped: the process searches its own memory.
//!
//! Linux shows a process its memory as a file, so reading freed memory needs no unsafe code. The tests do not search
//! for copies of other crates: copies of requests that are sent, and of a private key that the TLS library signs with.

use std::fs::File;
use std::hint::black_box;
use std::os::unix::fs::FileExt;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spektrix_v2::iframe::{Payer, Site};
use spektrix_v2::operations::AuthenticateCustomer;
use spektrix_v2::runtime::{Body, Style};
use spektrix_v2::{BodyNames, CustomerCredentials, Identity, Secret, SessionId};
use zeroize::{Zeroize, Zeroizing};

use crate::scripted::{Reply, Scripted};

const CHILD: &str = "SPEKTRIX_TEST_IS_CHILD";

/// A string to search for. It is stored with its bits inverted, so that the search does not find itself.
struct Needle(Vec<u8>);

impl Needle {
    /// Creates letters that occur nowhere else. The allocator overwrites the beginning of freed memory, but not so many.
    fn new(seed: usize) -> Self {
        let letters = (0..1000).map(|index| (index * index + index * seed) % 26);
        Self(letters.map(|letter| !u8::try_from(letter + 97).unwrap()).collect())
    }

    fn plain(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        text.extend(self.0.iter().map(|byte| char::from(!byte)));
        text
    }

    /// Returns the bytes whose base64 are these letters.
    fn decoded(&self) -> Self {
        let plain = Zeroizing::new(self.plain());
        let mut bytes = Zeroizing::new(vec![0; base64::decoded_len_estimate(plain.len())]);
        let length = STANDARD.decode_slice(&*plain, &mut bytes).unwrap();
        Self(bytes[..length].iter().map(|byte| !byte).collect())
    }

    /// Whether its last bytes are in any memory that this process can write to.
    fn is_in_memory(&self) -> bool {
        let needle = &self.0[self.0.len() - 40..];
        let memory = File::open("/proc/self/mem").unwrap();
        let mut buffer = vec![0; 1 << 16];
        let found = regions().into_iter().any(|(from, to)| {
            let steps = (from..to).step_by(buffer.len() - needle.len());
            steps.into_iter().any(|at| {
                let size = buffer.len().min(usize::try_from(to - at).unwrap());
                let read = memory.read_at(&mut buffer[..size], at).unwrap_or(0);
                holds(&buffer[..read], needle)
            })
        });
        buffer.zeroize();
        found
    }
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memchr_iter(!needle[0], bytes).any(|at| {
        let rest = bytes[at..].iter().take(needle.len());
        rest.len() == needle.len() && rest.zip(needle).all(|(byte, inverted)| *byte == !inverted)
    })
}

/// Returns the bounds of all memory that can be written to.
fn regions() -> Vec<(u64, u64)> {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let lines = maps.lines().filter(|line| line.contains(" rw"));
    let bounds = lines.filter_map(|line| line.split(' ').next()?.split_once('-'));
    let number = |text| u64::from_str_radix(text, 16).unwrap();
    bounds.map(|(from, to)| (number(from), number(to))).collect()
}

/// Runs in a separate process, in which no other test uses or frees memory.
#[test]
fn secrets_are_wiped_when_they_are_dropped() {
    if std::env::var_os(CHILD).is_some() {
        return look();
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "canary::wiped::secrets_are_wiped_when_they_are_dropped"]);
    let output = child.env(CHILD, "1").output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}");
}

type UseAndDrop = fn(String);

const NAMES: BodyNames = BodyNames {
    root: "Customer",
    item: "",
};

/// A body in which more follows the password.
fn credentials(password: String) -> CustomerCredentials {
    CustomerCredentials::new("a@b.example", Secret::new(password)).with_add_to_basket(true)
}

type Case = (&'static str, UseAndDrop);

/// Values that hold a secret.
const VALUES: [Case; 7] = [
    ("a secret", |text| drop(black_box(Secret::new(text)))),
    ("a clone of a secret", |text| {
        let secret = Secret::new(text);
        drop(black_box((secret.clone(), secret)));
    }),
    ("a session", |text| drop(black_box(SessionId::new(text).unwrap()))),
    ("a password", |text| {
        drop(black_box(CustomerCredentials::new("a@b.example", Secret::new(text))));
    }),
    ("the key of a client", |text| {
        drop(black_box(Scripted::default().builder().api_key(text).build().unwrap()));
    }),
    ("the key of no client", |text| {
        drop(black_box(
            Scripted::default()
                .builder()
                .api_key(text)
                .max_in_flight(0)
                .build()
                .unwrap_err(),
        ));
    }),
    ("a short key of no client", |text| {
        drop(black_box(
            Scripted::default()
                .builder()
                .api_key(text)
                .api_key("7")
                .build()
                .unwrap_err(),
        ));
    }),
];

/// Private keys that are read.
const KEYS: [Case; 5] = [
    ("the PEM of a key", |text| {
        let pem = key_pem(&text.into(), "-----END PRIVATE KEY-----\n");
        drop(black_box(Identity::from_pem(CERTIFICATE, pem.as_bytes()).unwrap_err()));
    }),
    ("the damaged PEM of a key", |text| {
        let pem = key_pem(&text.into(), "-----END\n");
        drop(black_box(Identity::from_pem(CERTIFICATE, pem.as_bytes()).unwrap_err()));
    }),
    ("roots to trust that are a key", |text| {
        let pem = key_pem(&text.into(), "-----END PRIVATE KEY-----\n");
        drop(black_box(
            Scripted::default()
                .builder()
                .trust_only(pem.as_bytes())
                .build()
                .unwrap_err(),
        ));
    }),
    ("the file of a key", |text| read_file(&text.into(), false)),
    ("a pipe with a key", |text| read_file(&text.into(), true)),
];

/// Secrets in what is sent, saved or shown.
const BODIES: [Case; 7] = [
    ("a password in a body that grows", |text| {
        let body = credentials(text).encode(NAMES, Style::Request);
        body.unwrap().unwrap().zeroize();
    }),
    ("a password in a body, escaped", |mut text| {
        text.replace_range(..1, "&");
        let body = credentials(text).encode(NAMES, Style::Request);
        body.unwrap().unwrap().zeroize();
    }),
    ("a password in a body that cannot be written", |mut text| {
        text.replace_range(..1, "\u{1}");
        credentials(text).encode(NAMES, Style::Request).unwrap_err();
    }),
    ("a body that is sent, and the secrets in it", |text| {
        drop(black_box(credentials(text).encode_request(NAMES).unwrap()));
    }),
    ("a password that is sent and refused", |text| {
        let transport = Scripted::new([Reply::status(400, "wrong &amp; %20 aGVsbG8gd29ybGQ=")]);
        let client = transport.client();
        let sent = client.send(AuthenticateCustomer::new(credentials(text)));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        drop(black_box(runtime.unwrap().block_on(sent).unwrap_err()));
    }),
    ("a saved session", |text| {
        let session = Scripted::default()
            .client()
            .resume_session(SessionId::new(text).unwrap());
        drop(black_box(session.save()));
    }),
    ("the address and the frame of a payment", |text| {
        let payer = Payer {
            name: "Ada Sample",
            line1: "1 Ropewalk",
            town: "Mallowmere",
            postcode: "QV1 2AB",
            country: "United Kingdom",
        };
        let site = Site::new("venue").unwrap();
        let id = SessionId::new(text).unwrap();
        let payment = site.payment(&id, payer, "https://venue.example/thanks").unwrap();
        drop(black_box((payment.url(), payment.html("Payment"))));
    }),
];

fn look() {
    // The search finds values that are not wiped.
    let control = Needle::new(0);
    assert!(!control.is_in_memory());
    let text = black_box(control.plain());
    assert!(control.is_in_memory(), "while it is used");
    drop(text);
    assert!(control.is_in_memory(), "a plain text, dropped");
    let cases: Vec<Case> = VALUES.into_iter().chain(KEYS).chain(BODIES).collect();
    let control = Needle::new(cases.len() + 1).decoded();
    drop(black_box(control.0.iter().map(|byte| !byte).collect::<Vec<u8>>()));
    assert!(control.is_in_memory(), "decoded bytes, dropped");
    let mut left = Vec::new();
    for (index, (name, use_and_drop)) in cases.into_iter().enumerate() {
        let needle = Needle::new(index + 1);
        let decoded = needle.decoded();
        use_and_drop(needle.plain());
        left.extend(needle.is_in_memory().then(|| name.to_owned()));
        left.extend(decoded.is_in_memory().then(|| format!("{name}, decoded from base64")));
    }
    assert!(left.is_empty(), "{left:?}");
}

const CERTIFICATE: &str = include_str!("../../identities/venue.crt");

/// A key in PEM form, in a buffer that does not grow.
fn key_pem(text: &Zeroizing<String>, end: &str) -> Zeroizing<String> {
    let mut pem = Zeroizing::new(String::with_capacity(2000));
    for part in ["-----BEGIN PRIVATE KEY-----\n", text, "\n", end] {
        pem.push_str(part);
    }
    pem
}

/// Reads a key from a file that is longer than the buffer it is read into at first. The length of a pipe is not known.
fn read_file(text: &Zeroizing<String>, is_pipe: bool) {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("venue.crt"), folder.path().join("venue.key"));
    std::fs::write(&certificate, CERTIFICATE).unwrap();
    let mut content = Zeroizing::new(String::with_capacity(300_000));
    content.push_str(&key_pem(text, "-----END PRIVATE KEY-----\n"));
    content.extend(std::iter::repeat_n("# a comment\n", 20_000));
    if is_pipe {
        assert!(Command::new("mkfifo").arg(&key).status().unwrap().success());
    }
    std::thread::scope(|scope| {
        let write = || std::fs::write(&key, content.as_bytes()).unwrap();
        if is_pipe {
            scope.spawn(write);
        } else {
            write();
        }
        drop(black_box(Identity::from_files(&certificate, &key).unwrap_err()));
    });
}

#[test]
fn a_needle_is_found_only_where_it_is() {
    assert_eq!(Needle::new(3).plain().len(), 1000);
    assert!(holds(b"..abc", &[!b'a', !b'b', !b'c']) && !holds(b"..ab", &[!b'a', !b'b', !b'c']));
}
