//! XML Schema → the types of one page, as plain data. The only module that knows xsd-parser.

use std::collections::BTreeMap;

use xsd_parser::models::meta::{
    AttributeMetaVariant, ComplexMeta, ElementMeta, ElementMetaVariant, EnumerationMeta, MetaType, MetaTypeVariant,
    MetaTypes,
};
use xsd_parser::models::schema::xs::{SchemaContent, Use};
use xsd_parser::models::schema::{MaxOccurs, Schemas};
use xsd_parser::models::{IdentType, TypeIdent};
use xsd_parser::{Interpreter, Parser};

use super::split::split;
use crate::error::{Error, Result};
use crate::model::Primitive;

/// The types of one page, under the names they have there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTypes {
    /// The name of the root element.
    pub root: String,
    /// What the root element holds.
    pub root_type: TypeRef,
    /// The named types.
    pub types: BTreeMap<String, PageType>,
}

/// A named type of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageType {
    /// Attributes, then elements in order; those of a base type come first.
    Complex(Vec<PageAttribute>, Vec<PageElement>),
    /// The values of an enumeration, in order.
    Enumeration(Vec<String>),
}

/// An attribute of a complex type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct PageAttribute {
    pub name: String,
    pub primitive: Primitive,
    pub required: bool,
}

/// An element of a complex type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct PageElement {
    pub name: String,
    pub type_ref: TypeRef,
    pub required: bool,
    pub nillable: bool,
    pub repeated: bool,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    /// A simple type of XML Schema.
    Primitive(Primitive),
    /// A named type of the page.
    Named(String),
}

/// Reads the schemas of a page.
pub fn interpret(page: &str, text: &str) -> Result<PageTypes> {
    let types = parse(page, text)?;
    let reader = PageReader { page, types: &types };
    let (root, root_type) = reader.root()?;
    Ok(PageTypes {
        root,
        root_type,
        types: reader.named_types()?,
    })
}

fn parse(page: &str, text: &str) -> Result<MetaTypes> {
    let failed = |error: &dyn std::fmt::Display| Error::new(page, format!("the schema does not parse: {error}"));
    let mut parser = Parser::new().with_default_namespaces().with_anonymous_namespace();
    for schema in split(page, text)? {
        parser = parser.add_schema_from_str(schema).map_err(|error| failed(&error))?;
    }
    let schemas = parser.finish();
    refuse_abstract(page, &schemas)?;
    let interpreter = Interpreter::new(&schemas).with_buildin_types();
    let interpreter = interpreter.and_then(Interpreter::with_default_typedefs);
    let (types, _) = interpreter
        .and_then(Interpreter::finish)
        .map_err(|error| failed(&error))?;
    Ok(types)
}

/// Only the schema itself says so: once interpreted, such a type looks like any other, and what its derived types add
/// would be lost.
fn refuse_abstract(page: &str, schemas: &Schemas) -> Result<()> {
    let contents = schemas.schemas().flat_map(|(_, info)| &info.schema.content);
    for content in contents {
        if let SchemaContent::ComplexType(complex) = content
            && complex.abstract_
        {
            let name = complex.name.as_deref().unwrap_or_default();
            let what = format!("`{name}` is abstract, for which codegen has no rule yet: add one in codegen/src/lower");
            return Err(Error::new(page, what));
        }
    }
    Ok(())
}

struct PageReader<'a> {
    page: &'a str,
    types: &'a MetaTypes,
}

impl PageReader<'_> {
    /// The one global element of the page.
    fn root(&self) -> Result<(String, TypeRef)> {
        let roots = self
            .types
            .items
            .iter()
            .filter(|(ident, _)| ident.type_ == IdentType::Element);
        let roots: Vec<_> = roots.filter(|(ident, _)| self.is_of_page(ident)).collect();
        match roots.as_slice() {
            [(ident, meta)] => Ok((ident.name.as_str().to_owned(), self.target(ident, meta)?)),
            _ => Err(self.error(format!(
                "declares {} root elements, where one was expected",
                roots.len()
            ))),
        }
    }

    fn named_types(&self) -> Result<BTreeMap<String, PageType>> {
        let mut named = BTreeMap::new();
        for (ident, meta) in &self.types.items {
            if self.is_of_page(ident) && ident.type_ == IdentType::Type && ident.name.is_named() {
                let name = ident.name.as_str();
                if named.insert(name.to_owned(), self.page_type(name, meta)?).is_some() {
                    return Err(self.error(format!("the type {name} stands in two namespaces")));
                }
            }
        }
        Ok(named)
    }

    fn page_type(&self, name: &str, meta: &MetaType) -> Result<PageType> {
        match &meta.variant {
            MetaTypeVariant::ComplexType(complex) => self.complex(name, complex),
            MetaTypeVariant::Enumeration(values) => Ok(PageType::Enumeration(enumeration(values))),
            _ => Err(self.unsupported(name, "is neither a sequence of elements nor an enumeration")),
        }
    }

    fn complex(&self, name: &str, complex: &ComplexMeta) -> Result<PageType> {
        if complex.is_dynamic || complex.is_mixed {
            return Err(self.unsupported(name, "is abstract or has mixed content"));
        }
        let mut attributes = Vec::new();
        for attribute in complex.attributes.iter() {
            let AttributeMetaVariant::Type(ident) = &attribute.variant else {
                return Err(self.unsupported(name, "allows any attribute"));
            };
            let attribute_name = attribute.ident.name.as_str().to_owned();
            let TypeRef::Primitive(primitive) = self.type_ref(&attribute_name, ident)? else {
                return Err(self.unsupported(name, "has an attribute of a type of its own"));
            };
            attributes.push(PageAttribute {
                primitive: local_or_utc(primitive, &attribute_name),
                name: attribute_name,
                required: attribute.use_ == Use::Required,
            });
        }
        Ok(PageType::Complex(attributes, self.elements(name, complex)?))
    }

    fn elements(&self, name: &str, complex: &ComplexMeta) -> Result<Vec<PageElement>> {
        let Some(content) = &complex.content else {
            return Ok(Vec::new());
        };
        if complex.min_occurs != 1 || complex.max_occurs != MaxOccurs::Bounded(1) {
            return Err(self.unsupported(
                name,
                "has a sequence of elements that may repeat or be absent as a whole",
            ));
        }
        match self.types.items.get(content).map(|meta| &meta.variant) {
            Some(MetaTypeVariant::Sequence(group)) => {
                group.elements.iter().map(|element| self.element(element)).collect()
            }
            _ => Err(self.unsupported(name, "has content other than a plain sequence of elements")),
        }
    }

    fn element(&self, element: &ElementMeta) -> Result<PageElement> {
        let name = element.ident.name.as_str().to_owned();
        let ElementMetaVariant::Type { type_, .. } = &element.variant else {
            return Err(self.unsupported(&name, "stands for any element"));
        };
        let type_ref = match self.type_ref(&name, type_)? {
            TypeRef::Primitive(primitive) => TypeRef::Primitive(local_or_utc(primitive, &name)),
            named @ TypeRef::Named(_) => named,
        };
        Ok(PageElement {
            name,
            type_ref,
            required: element.min_occurs > 0 && !element.nillable,
            nillable: element.nillable,
            repeated: !matches!(element.max_occurs, MaxOccurs::Bounded(0 | 1)),
        })
    }

    /// What a global element stands for, nillable or not.
    fn target(&self, ident: &TypeIdent, meta: &MetaType) -> Result<TypeRef> {
        let mut meta = meta;
        loop {
            let MetaTypeVariant::Reference(reference) = &meta.variant else {
                return Err(self.unsupported(ident.name.as_str(), "declares its type in place"));
            };
            if reference.type_.type_ == IdentType::Type {
                return self.type_ref(ident.name.as_str(), &reference.type_);
            }
            meta = self
                .types
                .items
                .get(&reference.type_)
                .ok_or_else(|| self.unsupported(ident.name.as_str(), "refers to a type that is not on the page"))?;
        }
    }

    fn type_ref(&self, of: &str, ident: &TypeIdent) -> Result<TypeRef> {
        let name = ident.name.as_str();
        if self.is_of_page(ident) {
            return match ident.name.is_named() && ident.type_ == IdentType::Type {
                true => Ok(TypeRef::Named(name.to_owned())),
                false => Err(self.unsupported(of, "declares its type in place")),
            };
        }
        let primitive = match name {
            "string" => Primitive::String,
            "int" => Primitive::Int,
            "long" => Primitive::Long,
            "decimal" => Primitive::Decimal,
            "boolean" => Primitive::Boolean,
            "dateTime" => Primitive::LocalTime,
            _ => return Err(self.unsupported(of, &format!("is of the simple type {name}"))),
        };
        Ok(TypeRef::Primitive(primitive))
    }

    /// Whether a type is declared on the page, and not part of XML Schema.
    fn is_of_page(&self, ident: &TypeIdent) -> bool {
        let schema = self
            .types
            .items
            .get(ident)
            .and_then(|meta| meta.schema)
            .unwrap_or(ident.schema);
        self.types.schemas.contains_key(&schema)
    }

    fn unsupported(&self, name: &str, what: &str) -> Error {
        self.error(format!(
            "`{name}` {what}, for which codegen has no rule yet: add one in codegen/src/lower"
        ))
    }

    fn error(&self, what: String) -> Error {
        Error::new(self.page, what)
    }
}

fn enumeration(values: &EnumerationMeta) -> Vec<String> {
    values
        .variants
        .iter()
        .map(|value| value.ident.name.as_str().to_owned())
        .collect()
}

/// The service writes a local time, and its twin in UTC under the same name with `Utc` behind it (recorded).
fn local_or_utc(primitive: Primitive, name: &str) -> Primitive {
    match primitive {
        Primitive::LocalTime if name.ends_with("Utc") => Primitive::UtcTime,
        other => other,
    }
}
