//! Operations as values: their parameters and bodies, and facts about them.

mod body;
mod info;
mod page;
mod parameters;
mod query_date;

pub use body::{InvalidBody, MissingParts};
pub use info::{Effect, Lifecycle, Method, OperationInfo, Requirement, SessionUse};
pub use page::{Page, Paged};
pub use parameters::{InvalidParameters, Parameters};
pub use query_date::QueryDate;

use crate::runtime::{Codec, DecodeError, DecodeOptions, Decoded, EncodeError, Style};

/// One operation of the API with its parameters and body: a value that a [`Client`](crate::Client) can send.
///
/// [`operations`](crate::operations) has a type for every operation of the help feed.
///
/// ```
/// use spektrix_v2::operations::GetEvents;
/// use spektrix_v2::{EventId, Operation, Parameters};
///
/// let operation = GetEvents::new().event(EventId::new(14));
/// let mut parameters = Parameters::new();
/// operation.parameters(&mut parameters);
/// assert_eq!(GetEvents::INFO.path, "events");
/// assert_eq!(parameters.iter().collect::<Vec<_>>(), [("event_id", "14")]);
/// ```
pub trait Operation: Send + Sync {
    /// Facts about the operation.
    const INFO: OperationInfo;

    /// The request body; `()` if there is none.
    type Request: serde::Serialize + Send + Sync;

    /// The response body; `()` if it is empty.
    type Response: serde::Serialize + Send;

    /// How its bodies are decoded and encoded. Generated code sets it to [`Xml`](crate::runtime::Xml).
    #[doc(hidden)]
    type Codec: Codec<Self::Request> + Codec<Self::Response>;

    /// Adds the query parameters that are set, in the order of the template.
    fn parameters(&self, parameters: &mut Parameters);

    /// Returns the request body.
    fn request(&self) -> &Self::Request;

    /// Decodes a response body without a client: from a file, a cache or a test.
    ///
    /// ```
    /// use spektrix_v2::operations::GetBands;
    /// use spektrix_v2::{DecodeOptions, Operation};
    ///
    /// let body = r#"<Bands><Band id="7"><Name>Stalls</Name></Band></Bands>"#;
    /// let bands = GetBands::decode_response(body.as_bytes(), &DecodeOptions::default())?.value;
    /// assert_eq!(bands[0].name, "Stalls");
    /// # Ok::<(), spektrix_v2::DecodeError>(())
    /// ```
    fn decode_response(body: &[u8], options: &DecodeOptions) -> Result<Decoded<Self::Response>, DecodeError> {
        <Self::Codec as Codec<Self::Response>>::decode(body, Self::INFO.response, options)
    }

    /// Encodes a response body as the service would send it, for a test. Returns `None` if the body is empty.
    fn encode_response(response: &Self::Response) -> Result<Option<String>, EncodeError> {
        <Self::Codec as Codec<Self::Response>>::encode(response, Self::INFO.response, Style::Response)
    }

    /// Decodes a request body, for a test.
    fn decode_request(body: &[u8], options: &DecodeOptions) -> Result<Decoded<Self::Request>, DecodeError> {
        <Self::Codec as Codec<Self::Request>>::decode(body, Self::INFO.request, options)
    }

    /// Checks a request body against what the service's documentation requires, which is listed in
    /// [`OperationInfo::body_requirements`]. Sending an operation does the same.
    ///
    /// An element that is empty, or contains nothing but whitespace, does not count as set.
    ///
    /// # Errors
    ///
    /// [`InvalidBody`] names every missing part.
    ///
    /// ```
    /// use spektrix_v2::operations::AddBasketItems;
    /// use spektrix_v2::{BasketItems, InstanceId, Operation, Ticket};
    ///
    /// let mut items = BasketItems::new();
    /// items.tickets = vec![Ticket::new().with_instance(InstanceId::new(7))];
    /// let invalid = AddBasketItems::check_body(&items).unwrap_err();
    /// assert_eq!(invalid.to_string(), "BasketItems/Ticket[1]/Plan must be set");
    /// ```
    fn check_body(body: &Self::Request) -> Result<(), InvalidBody> {
        let _ = body;
        Ok(())
    }

    /// Encodes the request body as the client sends it. Returns `None` if the operation has none.
    fn encode_request(&self) -> Result<Option<Vec<u8>>, EncodeError> {
        let encoded = <Self::Codec as Codec<Self::Request>>::encode_request(self.request(), Self::INFO.request)?;
        Ok(encoded.bytes.map(|mut bytes| std::mem::take(&mut *bytes)))
    }
}

/// A function that is generic over operations, to call for an operation of which only the name is known.
///
/// See [`operations::visit`](crate::operations::visit).
pub trait OperationVisitor {
    /// The result.
    type Output;

    /// Calls the function. The operation is `'static`, so that the function may await a call of it.
    fn visit<O: Operation + 'static>(self) -> Self::Output;
}
