//! Adds a `Box` to fields through which a type contains itself, because its size would be infinite otherwise.

use std::collections::BTreeMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use crate::model::{Field, FieldKind, Model, TypeKind, Value};

/// Boxes each field whose type is in the same strongly connected component as the type that has the field.
///
/// A type contains itself if and only if a path leads from it back to it. Then all types on the path are in one
/// component, and the path has an edge inside the component, which is boxed here. Edges between components need no box.
pub(super) fn add_boxes(model: &mut Model) {
    let components = components(model);
    for (owner, found) in &mut model.types {
        let fields: &mut [Field] = match &mut found.kind {
            TypeKind::Struct(fields) | TypeKind::Choice(fields) => fields,
            // A cycle through the enum of a base type also leads through a field of a struct, which is boxed.
            TypeKind::Enumeration(_) | TypeKind::Substitution(_) => &mut [],
        };
        for field in fields {
            // The enum of a choice is not boxed where it is a field: a cycle through it also leads through one of its
            // branches, which are elements.
            if field.kind == FieldKind::Element
                && let Value::Named(child) = &field.value
                && components.get(owner) == components.get(child)
            {
                field.value = Value::Boxed(child.clone());
            }
        }
    }
}

/// Returns the number of the strongly connected component of each type.
///
/// A type that does not contain itself is alone in its component. None of its fields has the same type, so it gets no box.
fn components(model: &Model) -> BTreeMap<String, usize> {
    let mut graph = DiGraph::<&str, ()>::new();
    let nodes: BTreeMap<&str, _> = model
        .types
        .keys()
        .map(|name| (name.as_str(), graph.add_node(name)))
        .collect();
    for (owner, found) in &model.types {
        for (in_list, child) in found.kind.contained() {
            // A `Vec` has a fixed size, for any content.
            if let (false, Some(child)) = (in_list, nodes.get(child)) {
                graph.add_edge(nodes[owner.as_str()], *child, ());
            }
        }
    }
    // Kosaraju's algorithm as petgraph implements it does not recurse: chains of types may be long.
    let components = kosaraju_scc(&graph).into_iter().enumerate();
    components
        .flat_map(|(number, component)| component.into_iter().map(move |node| (node, number)))
        .map(|(node, number)| (graph[node].to_owned(), number))
        .collect()
}
