//! The declared types of fields, so that `self.state.lock()` is known to be a lock, and whose.

use std::collections::HashMap;

use syn::{Fields as SynFields, Item, ItemStruct, Type};

/// Struct and field name to the field's type, for the structs of one file.
pub(crate) struct Fields<'a> {
    types: HashMap<(String, String), Option<&'a Type>>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(tree: &'a syn::File) -> Self {
        let mut fields = Self {
            types: HashMap::new(),
        };
        fields.items(&tree.items);
        fields
    }

    pub(crate) fn get(&self, owner: &str, field: &str) -> Option<&'a Type> {
        self.types
            .get(&(owner.to_owned(), field.to_owned()))
            .copied()
            .flatten()
    }

    fn items(&mut self, items: &'a [Item]) {
        for item in items {
            match item {
                Item::Struct(item) => self.structure(item),
                Item::Mod(module) => {
                    if let Some((_, items)) = &module.content {
                        self.items(items);
                    }
                }
                _ => {}
            }
        }
    }

    fn structure(&mut self, item: &'a ItemStruct) {
        let SynFields::Named(named) = &item.fields else {
            return;
        };
        for field in &named.named {
            let Some(name) = &field.ident else { continue };
            let key = (item.ident.to_string(), name.to_string());
            // Two structs of one name in two modules: nobody knows which is meant.
            self.types
                .entry(key)
                .and_modify(|known| *known = None)
                .or_insert(Some(&field.ty));
        }
    }
}
