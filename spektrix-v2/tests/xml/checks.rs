//! What must hold for any bytes: the fuzzer tries it, and the tests replay what it found.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use spektrix_v2::operations::{self, *};
use spektrix_v2::runtime::{Body, Codec, Style};
use spektrix_v2::{BodyNames, DecodeError, DecodeOptions, Identity, Operation, OperationVisitor};

use super::random;

/// What must hold for some bytes: it panics where it does not.
pub(crate) type Check = fn(&[u8]);

/// The first byte picks the operation, the second a side of it, the rest is the body.
///
/// It is read or refused; what is read and can be written is read again as the same.
pub(crate) fn decode(input: &[u8]) {
    of_picked(input, Work::Decode);
}

/// Both paths come to the same value, the same unknown parts, the same error at the same place.
pub(crate) fn differential(input: &[u8]) {
    of_picked(input, Work::Compare);
}

/// A body that is known to be good for an operation's response.
pub(crate) fn good_response(operation: &str, body: &[u8]) {
    operations::visit(
        operation,
        Side {
            work: Work::Compare(body),
            is_request: false,
            must_be_read: true,
        },
    )
    .unwrap();
}

/// As [`good_response`], for its request.
pub(crate) fn good_request(operation: &str, body: &[u8]) {
    operations::visit(
        operation,
        Side {
            work: Work::Compare(body),
            is_request: true,
            must_be_read: true,
        },
    )
    .unwrap();
}

fn of_picked<'a>(input: &'a [u8], work: impl FnOnce(&'a [u8]) -> Work<'a>) {
    let [operation, side, body @ ..] = input else {
        return;
    };
    let operation = &operations::ALL[usize::from(*operation) % operations::ALL.len()];
    let side = Side {
        work: work(body),
        is_request: side % 2 == 1,
        must_be_read: false,
    };
    operations::visit(operation.name, side).unwrap();
}

enum Work<'a> {
    Decode(&'a [u8]),
    Compare(&'a [u8]),
}

struct Side<'a> {
    work: Work<'a>,
    is_request: bool,
    must_be_read: bool,
}

impl OperationVisitor for Side<'_> {
    type Output = ();

    fn visit<O: Operation>(self) {
        match self.is_request {
            true => self.read::<O::Codec, O::Request>(O::INFO.request),
            false => self.read::<O::Codec, O::Response>(O::INFO.response),
        }
    }
}

impl Side<'_> {
    fn read<C: Codec<T>, T: Serialize>(self, names: BodyNames) {
        let is_read = match self.work {
            Work::Decode(body) => read_and_write::<C, T>(body, names),
            Work::Compare(body) => compare::<C, T>(body, names),
        };
        assert!(is_read || !self.must_be_read, "a good body was refused");
    }
}

fn read_and_write<C: Codec<T>, T: Serialize>(body: &[u8], names: BodyNames) -> bool {
    let options = DecodeOptions::default();
    let Ok(first) = C::decode(body, names, &options) else {
        return false;
    };
    if let Ok(Some(written)) = C::encode(&first.value, names, Style::Response) {
        let second = C::decode(written.as_bytes(), names, &options.report_unknown(true)).unwrap();
        assert_eq!(json(&second.value), json(&first.value));
        assert!(second.unknown.is_empty(), "{:?}", second.unknown);
    }
    true
}

fn compare<C: Codec<T>, T: Serialize>(body: &[u8], names: BodyNames) -> bool {
    let read = |fast_path: bool, report_unknown: bool| -> Result<_, DecodeError> {
        let options = DecodeOptions::default()
            .fast_path(fast_path)
            .report_unknown(report_unknown);
        let decoded = C::decode(body, names, &options)?;
        Ok((json(&decoded.value), decoded.unknown))
    };
    let (fast, plain) = (read(true, true), read(false, true));
    assert_eq!(fast, plain, "the two paths differ");
    let silent = read(true, false).map(|(value, _)| value);
    assert_eq!(
        silent,
        fast.clone().map(|(value, _)| value),
        "asking for what is unknown makes a difference"
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

/// The first byte picks the operation, the rest decides on a value: it is written and read back, in both styles and on
/// both paths.
pub(crate) fn round_trip(input: &[u8]) {
    if let [operation, bytes @ ..] = input {
        let (_, check) = ROUND_TRIPS[usize::from(*operation) % ROUND_TRIPS.len()];
        check(bytes);
    }
}

macro_rules! round_trips {
    ($($operation:ident),* $(,)?) => {
        [$((stringify!($operation), |bytes| {
            there_and_back::<<$operation as Operation>::Request>(bytes, $operation::INFO.request);
            there_and_back::<<$operation as Operation>::Response>(bytes, $operation::INFO.response);
        })),*]
    };
}
/// The operations by name, and the round trip of either side's type.
pub(crate) const ROUND_TRIPS: &[(&str, Check)] = &round_trips![
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

fn there_and_back<T: Body + DeserializeOwned + PartialEq + Debug>(bytes: &[u8], names: BodyNames) {
    let value: T = random::value(bytes);
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

/// A certificate and a key, in one text or divided by a line of `--`: read, or refused in words.
pub(crate) fn identity(input: &[u8]) {
    let outcome = match input.windows(4).position(|window| window == b"\n--\n") {
        Some(at) => Identity::from_pem(&input[..at], &input[at + 4..]),
        None => Identity::from_pem_bundle(input),
    };
    match outcome {
        Ok(identity) => drop(identity.expires_at()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
