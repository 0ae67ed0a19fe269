//! What survives a reload, a crash and a flat battery: a database of the
//! browser for each door. A write that is acknowledged is on the disk.

use idb::{DatabaseEvent, Error, Factory, ObjectStoreParams, Transaction};
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::window;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The list and the session that was chosen, by these names.
pub(super) const KEPT: &str = "kept";
pub(super) const LIST: &str = "list";
pub(super) const CHOSEN: &str = "chosen";
/// Scans that no server has answered, by nonce.
pub(super) const QUEUE: &str = "queue";
/// Whom this device saw come, by session and place on the list.
pub(super) const CAME: &str = "came";

const ALL: [&str; 3] = [KEPT, QUEUE, CAME];

/// The database of one door.
#[derive(Clone, Debug)]
pub(super) struct Store(JsValue);

impl Store {
    /// None when the browser keeps nothing, as in some private windows.
    pub(super) async fn open(slug: &str) -> Option<Self> {
        let open = async {
            let mut asked = Factory::new()?.open(&format!("door-{slug}"), Some(1))?;
            asked.on_upgrade_needed(|event| {
                if let Ok(database) = event.database() {
                    for name in ALL {
                        let made = database.create_object_store(name, ObjectStoreParams::new());
                        drop(made);
                    }
                }
            });
            asked.await
        };
        let opened: Result<_, Error> = open.await;
        opened.ok().map(|database| Self(database.into()))
    }

    /// Asks the browser not to make room by dropping what is kept here, as it
    /// may on a phone that is full.
    pub(super) fn persist() {
        let storage = window().navigator().storage();
        // Without https there is none.
        if storage.is_undefined() {
            return;
        }
        if let Ok(asked) = storage.persist() {
            // Some ask the person first. Whatever the answer: no more can be done.
            spawn_local(async {
                let _ = JsFuture::from(asked).await;
            });
        }
    }

    /// All keys and values of a part; none when it cannot be read.
    pub(super) async fn all(&self, name: &str) -> Vec<(String, String)> {
        let read = async {
            let store = self
                .begin(&[name], "readonly")
                .ok()?
                .object_store(name)
                .ok()?;
            let keys = store.get_all_keys(None, None).ok()?;
            let values = store.get_all(None, None).ok()?;
            Some((keys.await.ok()?, values.await.ok()?))
        };
        let (keys, values) = read.await.unwrap_or_default();
        keys.into_iter()
            .zip(values)
            .filter_map(|(key, value)| Some((key.as_string()?, value.as_string()?)))
            .collect()
    }

    /// Whether the value is on the disk.
    pub(super) async fn put(&self, name: &str, key: &str, value: &str) -> bool {
        self.put_all(&[(name, key, value)]).await
    }

    /// Whether all of these parts, keys and values are on the disk; else none is.
    pub(super) async fn put_all(&self, wanted: &[(&str, &str, &str)]) -> bool {
        let write = async {
            let names: Vec<&str> = wanted.iter().map(|(name, ..)| *name).collect();
            let transaction = self.begin(&names, "readwrite").ok()?;
            for (name, key, value) in wanted {
                let store = transaction.object_store(name).ok()?;
                let (value, key) = (JsValue::from_str(value), JsValue::from_str(key));
                store.put(&value, Some(&key)).ok()?.await.ok()?;
            }
            transaction.commit().ok()?.await.ok()
        };
        // A full disk lets everything be asked, and then takes nothing.
        write.await.is_some_and(|ended| ended.is_committed())
    }

    pub(super) async fn remove(&self, name: &str, keys: &[String]) {
        let write = async {
            let transaction = self.begin(&[name], "readwrite").ok()?;
            let store = transaction.object_store(name).ok()?;
            for key in keys {
                store.delete(JsValue::from_str(key)).ok()?.await.ok()?;
            }
            transaction.commit().ok()?.await.ok()
        };
        write.await;
    }

    pub(super) async fn clear(&self, name: &str) {
        let write = async {
            let transaction = self.begin(&[name], "readwrite").ok()?;
            transaction
                .object_store(name)
                .ok()?
                .clear()
                .ok()?
                .await
                .ok()?;
            transaction.commit().ok()?.await.ok()
        };
        write.await;
    }

    /// `idb` cannot ask for strict durability, without which a browser may
    /// acknowledge what a flat battery then loses.
    fn begin(&self, names: &[&str], mode: &str) -> Result<Transaction, JsValue> {
        let names: Array = names.iter().copied().map(JsValue::from_str).collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: Function = Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
        let transaction = begin.call3(&self.0, &names, &mode.into(), &options)?;
        Transaction::try_from(transaction).map_err(|_| JsValue::NULL)
    }
}
