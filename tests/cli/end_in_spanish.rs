//! Errors at the end of an interview in Spanish are in Spanish: what happened, where the answers are, and what to do.

use crate::cli::answers::SHORT_REPLIES;
use crate::support::Sandbox;
use crate::support::sandbox::DEFAULT_EXTENSION;

const ASK: &str = "\"$P\" ask --plain --lang es --date 2026-11-22";

/// Runs the interview after these shell commands, and checks the texts of its end.
fn check_end(sandbox: &Sandbox, before: &str, ask: &str, texts: &[&str]) {
    let run = sandbox.shell(&format!("{before}\nexec {ask}")).stdin(SHORT_REPLIES).code(1);
    let done = if ask.contains("--print") { run.stdout_has([DEFAULT_EXTENSION]) } else { run };
    let stderr = done.stderr_any().check().stderr;
    let end = stderr.lines().skip_while(|line| !line.starts_with("error: ")).collect::<Vec<_>>().join("\n");
    for text in texts {
        assert!(end.contains(text), "no {text:?} in:\n{end}");
    }
    for english in ["could not", "hint: ", "is kept", "are saved", "no such", "denied", "there is", "choose"] {
        assert!(!end.contains(english), "{english:?} in:\n{end}");
    }
}

const KEPT: &str = "; las respuestas están guardadas: siga con `preconsult ask --resume ";

#[test]
fn a_removed_folder_is_reported_with_how_to_resume() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("out")).expect("a folder");
    // The folder is removed when the first answer is saved.
    let wait = "until ls \"$XDG_STATE_HOME\"/preconsult/drafts/*.journal >/dev/null 2>&1; do sleep 0.02; done";
    let (first, rest) = SHORT_REPLIES.split_once('\n').expect("more than one reply");
    std::fs::write(sandbox.path("rest"), rest).expect("a file");
    let typed = format!("{{ echo {first}; {wait}; rmdir out; cat rest; }} | {ASK} --out out");
    let texts = [
        "error: no se pudo escribir el resumen en out: no existe esa carpeta\n",
        "sugerencia: créela con `mkdir -p out`, o elija otro lugar con --out DIR; ",
        KEPT,
    ];
    check_end(&sandbox, "", &format!("sh -c '{}'", typed.replace('\'', "'\\''")), &texts);
}

#[test]
#[cfg(unix)]
fn a_missing_printer_is_reported_with_the_path_of_the_page() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    let texts = [
        "error: no se pudo iniciar el servicio de impresión; la página está guardada: 2026-11-22-",
        "sugerencia: instale el servicio de impresión",
    ];
    check_end(&sandbox, "PATH=/nowhere", &format!("{ASK} --print"), &texts);
    std::fs::write(sandbox.path("lp"), "#!/bin/sh\necho 'lp: Error - sin papel.' >&2; exit 1\n").expect("a file");
    std::fs::set_permissions(sandbox.path("lp"), std::fs::Permissions::from_mode(0o755)).expect("a program");
    let texts = [
        "error: el servicio de impresión no aceptó la página: sin papel; todas las páginas están guardadas: ",
        "sugerencia: vea las impresoras y la predeterminada con `lpstat -p -d`",
    ];
    check_end(&sandbox, "PATH=.:\"$PATH\"", &format!("{ASK} --print --copy both"), &texts);
    std::fs::write(sandbox.path("lp"), "#!/bin/sh\necho 'request id is desk-7 (1 file(s))'\n").expect("a file");
    let sent =
        sandbox.shell(&format!("PATH=.:\"$PATH\" {ASK} --print")).stdin(SHORT_REPLIES).stdout_has([DEFAULT_EXTENSION]);
    sent.stderr_has(["enviado a la impresora desk: 2026-11-22-"]).check();
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_reported_with_the_loss_of_the_answers() {
    let sandbox = Sandbox::new();
    // The size limit of files is zero and its signal is ignored, so neither drafts nor the summary can be written.
    let texts =
        ["error: no se pudo escribir el resumen en .: ", "sugerencia: ", "; las respuestas no se pudieron guardar: "];
    check_end(&sandbox, "trap '' XFSZ; ulimit -f 0", ASK, &texts);
    assert_eq!(sandbox.outputs(), [""; 0]);
}

#[test]
#[cfg(unix)]
fn a_folder_without_write_permission_is_reported() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    let folder = sandbox.path("locked");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).expect("the mode can be set");
    let may = std::fs::write(folder.join("probe"), "").is_ok();
    let before = if may { "setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-all " } else { "" };
    let texts = [
        "error: no se pudo escribir el resumen en locked: no hay permiso\n",
        "sugerencia: revise los permisos de ahí, o elija otro lugar con --out DIR; ",
        KEPT,
    ];
    check_end(&sandbox, "", &format!("{before}{ASK} --out locked"), &texts);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_reported_with_the_path_of_the_summary() {
    let sandbox = Sandbox::new();
    let run = sandbox.shell(&format!("exec {ASK} > /dev/full")).stdin(SHORT_REPLIES).code(1);
    let stderr = run.stderr_any().check().stderr;
    let [.., written, error, hint] = stderr.lines().collect::<Vec<_>>()[..] else { panic!("{stderr}") };
    let path = written.strip_prefix("el archivo sí se escribió: ").expect(&stderr);
    assert!(sandbox.path(path).is_file(), "{stderr}");
    assert_eq!(error, "error: no se pudo escribir en la salida estándar: no queda espacio en el disco");
    assert_eq!(hint, "sugerencia: revise a dónde va la salida estándar y si hay espacio");
}
