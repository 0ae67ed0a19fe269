//! What finds QR codes in a picture: the browser itself where it can, else
//! ZXing, which is loaded only then.

use crate::door::islands::Door;
use crate::door::shown::CodeReader;
use crate::html::*;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

const DETECTOR: &str = "BarcodeDetector";
const ZXING: &str = "ZXingWASM";

/// Larger pictures are made smaller for ZXing: a code held before a phone
/// fills a good part of them, and reading takes as long as there are dots.
const WIDEST: f64 = 800.0;

/// Finds codes.
pub(super) enum Reader {
    /// The browser's own detector.
    Own(JsValue),
    /// ZXing, and the canvas that it reads from.
    Zxing(JsValue, JsValue),
}

/// Whether something here reads codes, or can be had.
pub(super) fn is_there(door: Door) -> bool {
    has_detector() || door.reader.read_value().is_some()
}

/// The files of a reader that this browser needs and has to be given.
pub(super) async fn files(door: Door) -> Option<CodeReader> {
    if own().await.is_some() {
        return None;
    }
    door.reader.get_value()
}

fn has_detector() -> bool {
    Reflect::has(&window(), &DETECTOR.into()).unwrap_or(false)
}

/// The browser's own detector. On some systems there is one that reads no QR
/// codes.
async fn own() -> Option<JsValue> {
    if !has_detector() {
        return None;
    }
    let class: Function = Reflect::get(&window(), &DETECTOR.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let formats = promised(&class, "getSupportedFormats", &[]).await.ok()?;
    let formats: Array = formats.dyn_into().ok()?;
    if !formats.includes(&"qr_code".into(), 0) {
        return None;
    }
    let options = object(&[("formats", Array::of1(&"qr_code".into()).into())]).ok()?;
    Reflect::construct(&class, &Array::of1(&options)).ok()
}

impl Reader {
    /// The reader of this browser.
    pub(super) async fn load(door: Door) -> Result<Self, JsValue> {
        if let Some(detector) = own().await {
            return Ok(Self::Own(detector));
        }
        let files = door.reader.get_value();
        let files = files.ok_or_else(|| JsValue::from_str("nothing reads codes here"))?;
        if !Reflect::has(&window(), &ZXING.into())? {
            run(&files.script).await?;
        }
        let zxing = Reflect::get(&window(), &ZXING.into())?;
        // It would look for its other half at the place it was published at.
        let locate = Closure::<dyn Fn() -> String>::new(move || files.program.clone());
        let overrides = object(&[("locateFile", locate.into_js_value())])?;
        let options = object(&[("overrides", overrides), ("fireImmediately", true.into())])?;
        promised(&zxing, "prepareZXingModule", &[options]).await?;
        let document = document();
        Ok(Self::Zxing(
            zxing,
            document.create_element("canvas")?.into(),
        ))
    }

    /// The text of the first code in the picture.
    pub(super) async fn read(&self, video: &HtmlVideoElement) -> Result<Option<String>, JsValue> {
        let (found, text) = match self {
            Self::Own(detector) => {
                let found = promised(detector, "detect", &[video.into()]).await?;
                (found, "rawValue")
            }
            Self::Zxing(zxing, canvas) => {
                let Some(picture) = picture(canvas, video)? else {
                    return Ok(None);
                };
                let options = object(&[
                    ("formats", Array::of1(&"QRCode".into()).into()),
                    ("maxNumberOfSymbols", 1.into()),
                ])?;
                let found = promised(zxing, "readBarcodes", &[picture, options]).await?;
                (found, "text")
            }
        };
        let found: Array = found.dyn_into()?;
        let text = Reflect::get(&found.get(0), &text.into());
        Ok(text.ok().and_then(|text| text.as_string()))
    }
}

/// What the camera sees now; none before its first picture.
fn picture(canvas: &JsValue, video: &HtmlVideoElement) -> Result<Option<JsValue>, JsValue> {
    let (width, height) = (
        f64::from(video.video_width()),
        f64::from(video.video_height()),
    );
    if width < 1.0 || height < 1.0 {
        return Ok(None);
    }
    let scale = (WIDEST / width).min(1.0);
    let (width, height) = ((width * scale).round(), (height * scale).round().max(1.0));
    Reflect::set(canvas, &"width".into(), &width.into())?;
    Reflect::set(canvas, &"height".into(), &height.into())?;
    let often = object(&[("willReadFrequently", true.into())])?;
    let context = call(canvas, "getContext", &["2d".into(), often])?;
    let [x, y] = [JsValue::from(0), JsValue::from(0)];
    let whole = [x, y, width.into(), height.into()];
    let [x, y, wide, high] = whole.clone();
    call(&context, "drawImage", &[video.into(), x, y, wide, high])?;
    call(&context, "getImageData", &whole).map(Some)
}

/// Loads a script; the page's policy trusts what a trusted script adds.
async fn run(address: &str) -> Result<(), JsValue> {
    let script = document().create_element("script")?;
    script.set_attribute("src", address)?;
    let loaded = Promise::new(&mut |done, failed| {
        // Plain properties of an element: setting them does not fail.
        let _ = Reflect::set(&script, &"onload".into(), &done);
        let _ = Reflect::set(&script, &"onerror".into(), &failed);
    });
    let body = document().body().ok_or(JsValue::NULL)?;
    body.append_child(&script)?;
    JsFuture::from(loaded).await.map(drop)
}

fn object(fields: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

fn call(on: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(on, &name.into())?.dyn_into()?;
    function.apply(on, &arguments.iter().collect())
}

async fn promised(on: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let promise: Promise = call(on, name, arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}
