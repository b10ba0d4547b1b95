//! Operations for tests, which do not depend on the service's types.

use spektrix_v2::operations::{GetBasket, GetEvents, UpdateBasket};
use spektrix_v2::runtime::{ListDecoder, Xml};
use spektrix_v2::{
    BodyNames, DecodeOptions, EventId, Lifecycle, Operation, OperationInfo, Page, Paged, Parameters, Requirement,
};

/// A list of identifiers: `<Events><Event id="1"/></Events>`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListIds {
    pub(crate) page: Page,
    pub(crate) code: Option<String>,
}

impl Operation for ListIds {
    const INFO: OperationInfo = with_requirements(GetEvents::INFO, &[Requirement::AtMostOne(&["limit", "all"])]);
    type Request = ();
    type Response = Vec<EventId>;
    type Codec = Xml;

    fn parameters(&self, parameters: &mut Parameters) {
        self.page.parameters(parameters);
        parameters.set("code", self.code.as_ref());
    }

    fn request(&self) -> &() {
        &()
    }
}

impl Paged for ListIds {
    type Item = EventId;

    fn page(&self) -> &Page {
        &self.page
    }

    fn page_mut(&mut self) -> &mut Page {
        &mut self.page
    }

    fn item_id(item: &EventId) -> Option<String> {
        Some(item.to_string())
    }

    fn item_decoder(options: &DecodeOptions) -> ListDecoder<EventId> {
        ListDecoder::new(Self::INFO.response, options)
    }
}

const fn with_requirements(mut info: OperationInfo, requirements: &'static [Requirement]) -> OperationInfo {
    info.requirements = requirements;
    info
}

/// One identifier, which needs a session: `<Event id="1"/>`.
#[derive(Debug, Clone, Default)]
pub(crate) struct NeedsSession;

impl Operation for NeedsSession {
    const INFO: OperationInfo = with_root(GetBasket::INFO, "Event");
    type Request = ();
    type Response = EventId;
    type Codec = Xml;

    fn parameters(&self, _: &mut Parameters) {}

    fn request(&self) -> &() {
        &()
    }
}

const fn with_root(mut info: OperationInfo, root: &'static str) -> OperationInfo {
    info.response = BodyNames { root, item: "" };
    info
}

/// A retired write of a string, with an empty response: `<Note>…</Note>`.
#[derive(Debug, Clone, Default)]
pub(crate) struct RetiredWrite {
    pub(crate) note: String,
}

impl Operation for RetiredWrite {
    const INFO: OperationInfo = {
        let mut info = UpdateBasket::INFO;
        info.lifecycle = Lifecycle::Retired;
        info.request = BodyNames { root: "Note", item: "" };
        info
    };
    type Request = String;
    type Response = ();
    type Codec = Xml;

    fn parameters(&self, _: &mut Parameters) {}

    fn request(&self) -> &String {
        &self.note
    }
}

/// Returns the body of a list with these identifiers.
pub(crate) fn ids(ids: impl IntoIterator<Item = i32>) -> String {
    let items: Vec<_> = ids.into_iter().map(|id| format!("<Event id=\"{id}\"/>")).collect();
    format!("<Events>{}</Events>", items.concat())
}
