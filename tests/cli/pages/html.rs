//! The HTML page: self-contained, the same content, accessible, and as many printed pages as the PDF.

use super::{PATIENTS, assert_in_order, page, sandbox, sentences};
use crate::support::tools::{browser_output, fetched, find_program};

#[test]
fn the_page_is_self_contained_and_complete() {
    for name in PATIENTS {
        let sandbox = sandbox(name);
        for copy in ["patient", "clinician"] {
            let path = page(&sandbox, "html", copy, "");
            let html = std::fs::read_to_string(path).expect("the page can be read");
            assert!(!html.contains("<script"), "{name}: a script");
            assert!(!html.contains("http:") && !html.contains("https:"), "{name}: an address outside");
            assert!(html.starts_with("<!DOCTYPE html><html lang=\""), "{name}");
            assert_in_order(&text_of(&html), &sentences(name, copy), &format!("{name}, {copy}"));
        }
    }
}

/// The text between the tags, with escaped characters decoded.
fn text_of(html: &str) -> String {
    let body = html.split_once("<body").map_or("", |(_, body)| body);
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Chromium runs axe-core on the page and writes the findings into the document.
#[test]
fn axe_finds_no_problem() {
    let (Some(browser), Some(axe)) = (find_program("chromium"), fetched("node_modules/axe-core/axe.min.js")) else {
        return;
    };
    let axe = std::fs::read_to_string(axe).expect("axe-core can be read");
    for (name, width) in [("usual", 1000), ("longest", 1000), ("hostile", 1000), ("spanish", 320)] {
        let sandbox = sandbox(name);
        let done = sandbox.run("form --format html").stdout_has([".html"]).check();
        let pages = [
            page(&sandbox, "html", "patient", ""),
            page(&sandbox, "html", "clinician", ""),
            sandbox.path(done.stdout.trim()),
        ];
        for path in pages {
            let html = std::fs::read_to_string(&path).expect("the page can be read");
            // The page forbids scripts; only this copy allows one.
            let (before, rest) =
                html.split_once("<meta http-equiv=\"Content-Security-Policy\"").expect("the page forbids scripts");
            let rest = rest.split_once('>').expect("the tag ends").1;
            let script = "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }).then(found => {
                const list = found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' | '));
                const wide = document.documentElement.scrollWidth > window.innerWidth ? ['wider than the window'] : [];
                document.body.innerHTML = '';
                document.title = 'AXE ' + found.passes.length + ' passed; ' + list.concat(wide).join('; ') + ' END';
            });";
            let copy = sandbox.path("axe.html");
            let tested = format!("{before}{rest}")
                .replace("</body>", &format!("<script>{axe}</script><script>{script}</script></body>"));
            std::fs::write(&copy, tested).expect("the copy can be written");
            let (size, copy) = (format!("--window-size={width},900"), format!("file://{}", copy.display()));
            let arguments = ["--virtual-time-budget=20000", "--dump-dom", &size, &copy];
            let dump = browser_output(&browser, &sandbox.path("profile"), &arguments);
            let dump = String::from_utf8_lossy(&dump).into_owned();
            let title = dump.split("<title>AXE ").nth(1).and_then(|rest| rest.split(" END").next());
            let (passed, faults) = title
                .and_then(|title| title.split_once(" passed; "))
                .unwrap_or_else(|| panic!("axe did not run on {}", path.display()));
            assert!(
                passed.parse::<usize>().is_ok_and(|passed| passed > 10),
                "{}: {passed} rules passed",
                path.display()
            );
            assert!(faults.is_empty(), "{}: {faults}", path.display());
        }
    }
}

#[test]
#[cfg(feature = "pdf")]
fn the_printed_page_is_about_as_long_as_the_pdf() {
    use crate::support::tools::output;
    use std::process::Command;
    let (Some(browser), Some(pdfinfo)) = (find_program("chromium"), find_program("pdfinfo")) else { return };
    for name in ["short", "usual", "spanish", "not-sure", "only-not-covered", "all-concerns"] {
        let sandbox = sandbox(name);
        for copy in ["patient", "clinician"] {
            let html = page(&sandbox, "html", copy, "");
            let printed = sandbox.path("printed.pdf");
            let (to, html) = (format!("--print-to-pdf={}", printed.display()), format!("file://{}", html.display()));
            browser_output(&browser, &sandbox.path("profile"), &["--no-pdf-header-footer", &to, &html]);
            let pages = |path: &std::path::Path| {
                let info = output(Command::new(&pdfinfo).arg(path)).stdout;
                let info = String::from_utf8_lossy(&info).into_owned();
                let line = info.lines().find(|line| line.starts_with("Pages:")).unwrap_or_default().to_owned();
                line.trim_start_matches("Pages:").trim().parse::<usize>().expect("a number of pages")
            };
            let (printed, pdf) = (pages(&printed), pages(&page(&sandbox, "pdf", copy, "")));
            // The browser uses a font of the computer, which may be wider than the PDF's.
            let more = usize::from(name != "usual");
            assert!((pdf..=pdf + more).contains(&printed), "{name}, {copy}: {printed} pages, the PDF has {pdf}");
        }
    }
}
