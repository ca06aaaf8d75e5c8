//! Checks that a PDF can show a logo. The check reads the logo as typst does, but before the first question.
//!
//! The libraries behind typst trust the size that a picture declares. Some SVG features would exhaust the memory or abort the
//! program.

use super::fonts;
use crate::letterhead::{InvalidLogo, Logo, LogoKind, check_pixels};
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage};
use usvg::{Group, ImageHrefResolver, ImageKind, Node, Options, Rect, Tree};

/// The largest coordinate of a drawing. Larger ones are mistakes, and the PDF exporter fails on them.
const MAX_COORDINATE: f32 = 1_000_000.0;

/// The largest ratio of width to height. A wider logo leaves no room for the clinic's name.
const MAX_ASPECT_RATIO: f32 = 15.0;

pub(in crate::render) fn check(logo: &Logo) -> Result<(), InvalidLogo> {
    let (width, height) = match logo.kind {
        LogoKind::Png => check_png(&logo.bytes)?,
        LogoKind::Svg => check_svg(&logo.bytes)?,
    };
    if width > height * MAX_ASPECT_RATIO {
        return Err(InvalidLogo::TooWide);
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "the pixel counts are bounded, and only their ratio is used")]
fn check_png(bytes: &[u8]) -> Result<(f32, f32), InvalidLogo> {
    let image = RasterImage::plain(Bytes::new(bytes.to_vec()), ExchangeFormat::Png);
    let image = image.map_err(|error| InvalidLogo::Damaged(error.to_string()))?;
    Ok((image.width() as f32, image.height() as f32))
}

fn check_svg(bytes: &[u8]) -> Result<(f32, f32), InvalidLogo> {
    let linked = std::sync::atomic::AtomicBool::new(false);
    let mut options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| {
                linked.store(true, std::sync::atomic::Ordering::Relaxed);
                None
            }),
        },
        ..Options::default()
    };
    // Letters are drawn as shapes too, and can be as large as any other part.
    for (_, bytes) in fonts::files() {
        options.fontdb_mut().load_font_data(bytes.to_vec());
    }
    options.fontdb_mut().set_serif_family(fonts::FAMILY);
    let tree = Tree::from_data(bytes, &options).map_err(|error| InvalidLogo::Damaged(error.to_string()))?;
    drop(options);
    if linked.into_inner() {
        return Err(InvalidLogo::LinkedPicture);
    }
    check_tree(&tree)?;
    Ok((tree.size().width(), tree.size().height()))
}

fn check_tree(tree: &Tree) -> Result<(), InvalidLogo> {
    if !tree.filters().is_empty() {
        return Err(InvalidLogo::Effects);
    }
    let size = tree.size();
    if size.width().max(size.height()) > MAX_COORDINATE {
        return Err(InvalidLogo::OutOfBounds);
    }
    check_group(tree.root())
}

fn check_group(group: &Group) -> Result<(), InvalidLogo> {
    for node in group.children() {
        let bounds = node.abs_stroke_bounding_box();
        if !is_near(bounds) || !is_near(node.bounding_box()) {
            return Err(InvalidLogo::OutOfBounds);
        }
        match node {
            Node::Group(group) => check_group(group)?,
            Node::Image(image) => match image.kind() {
                ImageKind::PNG(bytes) => check_pixels(bytes).and_then(|()| check_png(bytes)).map(|_| ())?,
                ImageKind::SVG(tree) => check_tree(tree)?,
                ImageKind::JPEG(_) | ImageKind::GIF(_) | ImageKind::WEBP(_) => {
                    return Err(InvalidLogo::EmbeddedPicture);
                }
            },
            Node::Path(_) | Node::Text(_) => {}
        }
        let mut result = Ok(());
        node.subroots(|root| {
            if result.is_ok() {
                result = check_group(root);
            }
        });
        result?;
    }
    Ok(())
}

fn is_near(bounds: Rect) -> bool {
    [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()].iter().all(|edge| edge.abs() < MAX_COORDINATE)
}
