//! Checks of bodies and identities that must hold for any bytes. The fuzz targets search for inputs that break them; the
//! ordinary tests replay the seeds.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use spektrix_v2::operations;
use spektrix_v2::runtime::{Body, Codec, Style};
use spektrix_v2::{BodyNames, DecodeError, DecodeOptions, Identity, Operation, OperationVisitor};

use crate::random_value::random_value;
use crate::repository::Side;

/// A check of some bytes. It panics if it fails.
pub type Check = fn(&[u8]);

/// A body is decoded or rejected. If the value can be encoded, it is decoded again as the same value.
///
/// The first byte selects the operation, and the second byte selects its response (even) or its request (odd). The rest
/// is the body.
pub fn decode(input: &[u8]) {
    if let Some((operation, side, body)) = select(input) {
        check(operation, side, body, Property::RoundTrip);
    }
}

/// The fast path and the plain path of the decoder agree on the value, the unknown parts and the error.
///
/// The input is that of [`decode`].
pub fn differential(input: &[u8]) {
    if let Some((operation, side, body)) = select(input) {
        check(operation, side, body, Property::PathsAgree);
    }
}

/// Both paths of the decoder accept a body, and agree.
pub fn accepted(operation: &str, side: Side, body: &[u8]) {
    let is_accepted = check(operation, side, body, Property::PathsAgree);
    assert!(is_accepted, "{operation}: a valid body was rejected");
}

/// Both paths of the decoder agree on a body, whether they accept it or not.
pub fn paths_agree(operation: &str, side: Side, body: &[u8]) {
    check(operation, side, body, Property::PathsAgree);
}

fn select(input: &[u8]) -> Option<(&'static str, Side, &[u8])> {
    let [operation, side, body @ ..] = input else {
        return None;
    };
    let operation = &operations::ALL[usize::from(*operation) % operations::ALL.len()];
    let side = if side % 2 == 1 { Side::Request } else { Side::Response };
    Some((operation.name, side, body))
}

/// Returns whether the body was accepted.
fn check(operation: &str, side: Side, body: &[u8], property: Property) -> bool {
    operations::visit(operation, Visitor { side, body, property }).unwrap()
}

enum Property {
    RoundTrip,
    PathsAgree,
}

struct Visitor<'a> {
    side: Side,
    body: &'a [u8],
    property: Property,
}

impl OperationVisitor for Visitor<'_> {
    type Output = bool;

    fn visit<O: Operation>(self) -> bool {
        match self.side {
            Side::Request => self.check::<O::Codec, O::Request>(O::INFO.request),
            Side::Response => self.check::<O::Codec, O::Response>(O::INFO.response),
        }
    }
}

impl Visitor<'_> {
    fn check<C: Codec<T>, T: Serialize>(self, names: BodyNames) -> bool {
        match self.property {
            Property::RoundTrip => check_round_trip::<C, T>(self.body, names),
            Property::PathsAgree => check_paths::<C, T>(self.body, names),
        }
    }
}

fn check_round_trip<C: Codec<T>, T: Serialize>(body: &[u8], names: BodyNames) -> bool {
    let options = DecodeOptions::default();
    let Ok(first) = C::decode(body, names, &options) else {
        return false;
    };
    if let Ok(Some(encoded)) = C::encode(&first.value, names, Style::Response) {
        let second = C::decode(encoded.as_bytes(), names, &options.report_unknown(true)).unwrap();
        assert_eq!(json(&second.value), json(&first.value));
        assert!(second.unknown.is_empty(), "{:?}", second.unknown);
    }
    true
}

fn check_paths<C: Codec<T>, T: Serialize>(body: &[u8], names: BodyNames) -> bool {
    let decode = |fast_path: bool, report_unknown: bool| -> Result<_, DecodeError> {
        let options = DecodeOptions::default()
            .fast_path(fast_path)
            .report_unknown(report_unknown);
        let decoded = C::decode(body, names, &options)?;
        Ok((json(&decoded.value), decoded.unknown))
    };
    let (fast, plain) = (decode(true, true), decode(false, true));
    assert_eq!(fast, plain, "the two paths differ: {}", body.escape_ascii());
    let without_report = decode(true, false).map(|(value, _)| value);
    let with_report = fast.clone().map(|(value, _)| value);
    assert_eq!(
        without_report, with_report,
        "reporting unknown parts changes the result"
    );
    if let Err(error) = &fast {
        assert!(error.offset() <= body.len(), "{error}");
        assert!(error.to_string().len() < 2000, "{error}");
    }
    fast.is_ok()
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// A value that is encoded is decoded as the same value, in both styles and on both paths.
///
/// The first byte selects the operation. The rest determines the value.
pub fn round_trip(input: &[u8]) {
    if let [operation, bytes @ ..] = input {
        let (_, check) = ROUND_TRIPS[usize::from(*operation) % ROUND_TRIPS.len()];
        check(bytes);
    }
}

macro_rules! round_trips {
    ($($operation:ident),* $(,)?) => {
        [$((stringify!($operation), |bytes| {
            encode_and_decode::<<operations::$operation as Operation>::Request>(bytes, operations::$operation::INFO.request);
            encode_and_decode::<<operations::$operation as Operation>::Response>(bytes, operations::$operation::INFO.response);
        })),*]
    };
}

/// The operations by name, and the round trip of their types.
// Not by `operations::visit`, because it does not require that types can be deserialized and compared.
pub const ROUND_TRIPS: &[(&str, Check)] = &round_trips![
    AddBasketItems,
    AddCustomerAddresses,
    AddCustomers,
    AuthenticateCustomer,
    ConfirmOrder,
    DeleteBasketItem,
    DeleteCustomerAddress,
    Echo,
    GetAddress,
    GetBands,
    GetBasket,
    GetBasketRelatedData,
    GetCustomerAddresses,
    GetCustomers,
    GetEvents,
    GetFixedSeries,
    GetInstanceStatus,
    GetInstances,
    GetMemberships,
    GetOffers,
    GetOffers2,
    GetOrderRelatedData,
    GetOrders,
    GetPlans,
    GetPriceLists,
    GetPrintAtHomeDocuments,
    GetStatements,
    GetStockItems,
    GetTagGroups,
    GetTags,
    GetTicketTypes,
    GetTransactions,
    KeepAlive,
    PostcodeLookup,
    ResetCustomerPassword,
    SendConfirmationEmail,
    UpdateBasket,
    UpdateBasketItems,
    UpdateCustomerAddresses,
    UpdateCustomers,
];

fn encode_and_decode<T: Body + DeserializeOwned + PartialEq + Debug>(bytes: &[u8], names: BodyNames) {
    let value: T = random_value(bytes);
    for style in [Style::Request, Style::Response] {
        let Some(body) = value.encode(names, style).unwrap() else {
            continue;
        };
        for fast_path in [true, false] {
            let options = DecodeOptions::default().fast_path(fast_path).report_unknown(true);
            let decoded = T::decode(body.as_bytes(), names, &options).unwrap();
            assert_eq!(decoded.value, value, "{body}");
            assert!(decoded.unknown.is_empty(), "{:?}", decoded.unknown);
        }
    }
}

/// A certificate and a key, in one file or separated by a line of `--`, are accepted or rejected with a message.
pub fn identity(input: &[u8]) {
    let outcome = match input.windows(4).position(|window| window == b"\n--\n") {
        Some(at) => Identity::from_pem(&input[..at], &input[at + 4..]),
        None => Identity::from_pem_bundle(input),
    };
    match outcome {
        Ok(identity) => drop(identity.expires_at()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
