use super::types::*;
use crate::Attributes;
use crate::xml::{DecodeError, Decoder, Element, Encoder, Tag};

impl Element for Band {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let mut id = None;
        let mut name = None;
        let mut attributes = xml.attributes(&tag);
        while let Some(attribute) = attributes.next(xml)? {
            match attribute.name() {
                "id" => xml.attribute(&attribute, &mut id)?,
                _ => xml.unknown_attribute(&attribute),
            }
        }
        xml.enter(&tag)?;
        while let Some(child) = xml.child()? {
            match child.name() {
                "Name" => xml.field(child, &mut name)?,
                _ => xml.skip(child)?,
            }
        }
        Ok(Self {
            id: xml.required(&tag, "@id", id)?,
            name: xml.required(&tag, "Name", name)?,
        })
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.attribute("id", &self.id);
        xml.field("Name", &self.name);
        xml.end();
    }
}
impl Element for Basket {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let mut customer = None;
        let mut promo_codes = Vec::new();
        xml.enter(&tag)?;
        while let Some(child) = xml.child()? {
            match child.name() {
                "Customer" => xml.field(child, &mut customer)?,
                "PromoCode" => xml.item(child, &mut promo_codes)?,
                _ => xml.skip(child)?,
            }
        }
        Ok(Self { customer, promo_codes })
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.optional("Customer", self.customer.as_ref());
        xml.list("PromoCode", &self.promo_codes);
        xml.end();
    }
}
impl Element for Event {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let mut id = None;
        let mut attributes = Attributes::new();
        let mut name = None;
        let mut related_events = Vec::new();
        let mut xml_attributes = xml.attributes(&tag);
        while let Some(attribute) = xml_attributes.next(xml)? {
            match attribute.name() {
                "id" => xml.attribute(&attribute, &mut id)?,
                _ => xml.unknown_attribute(&attribute),
            }
        }
        xml.enter(&tag)?;
        while let Some(child) = xml.child()? {
            match child.name() {
                "Attribute" => xml.item(child, &mut attributes)?,
                "Name" => xml.field(child, &mut name)?,
                "RelatedEvents" => xml.wrapped(child, "Event", &mut related_events)?,
                _ => xml.skip(child)?,
            }
        }
        Ok(Self {
            id: xml.required(&tag, "@id", id)?,
            attributes,
            name: xml.required(&tag, "Name", name)?,
            related_events,
        })
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.attribute("id", &self.id);
        xml.list("Attribute", &self.attributes);
        xml.field("Name", &self.name);
        xml.wrapped("RelatedEvents", "Event", &self.related_events);
        xml.end();
    }
}
