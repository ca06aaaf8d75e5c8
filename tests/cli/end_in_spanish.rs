//! What goes wrong at the end of an interview in Spanish is told in Spanish: what happened, what became of the answers, and
//! what to do.

use crate::cli::answers::SHORT_REPLIES;
use crate::support::Sandbox;
use crate::support::sandbox::DEFAULT_EXTENSION;

const ASK: &str = "\"$P\" ask --plain --lang es --date 2026-11-22";

/// Runs the interview after these lines of shell.
fn ends(sandbox: &Sandbox, before: &str, ask: &str, told: &[&str]) {
    let run = sandbox.shell(&format!("{before}\nexec {ask}")).stdin(SHORT_REPLIES).code(1);
    let done = if ask.contains("--print") { run.stdout_has([DEFAULT_EXTENSION]) } else { run };
    let stderr = done.stderr_any().check().stderr;
    let end = stderr.lines().skip_while(|line| !line.starts_with("error: ")).collect::<Vec<_>>().join("\n");
    for told in told {
        assert!(end.contains(told), "no {told:?} in:\n{end}");
    }
    for english in ["could not", "hint: ", "is kept", "are saved", "no such", "denied", "there is", "choose"] {
        assert!(!end.contains(english), "{english:?} in:\n{end}");
    }
}

const KEPT: &str = "; las respuestas están guardadas: siga con `preconsult ask --resume ";

#[test]
fn a_folder_that_went_away_is_told_and_how_to_go_on() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("out")).expect("a folder");
    // The folder goes when the first answer is kept.
    let wait = "until ls \"$XDG_STATE_HOME\"/preconsult/drafts/*.journal >/dev/null 2>&1; do sleep 0.02; done";
    let (first, rest) = SHORT_REPLIES.split_once('\n').expect("more than one reply");
    std::fs::write(sandbox.path("rest"), rest).expect("a file");
    let typed = format!("{{ echo {first}; {wait}; rmdir out; cat rest; }} | {ASK} --out out");
    let told = [
        "error: no se pudo escribir el resumen en out: no existe esa carpeta\n",
        "sugerencia: créela con `mkdir -p out`, o elija otro lugar con --out DIR; ",
        KEPT,
    ];
    ends(&sandbox, "", &format!("sh -c '{}'", typed.replace('\'', "'\\''")), &told);
}

#[test]
#[cfg(unix)]
fn a_printer_that_is_not_there_is_told_and_where_the_page_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    let told = [
        "error: no se pudo iniciar el servicio de impresión; la página está guardada: 2026-11-22-",
        "sugerencia: instale el servicio de impresión",
    ];
    ends(&sandbox, "PATH=/nowhere", &format!("{ASK} --print"), &told);
    std::fs::write(sandbox.path("lp"), "#!/bin/sh\necho 'lp: Error - sin papel.' >&2; exit 1\n").expect("a file");
    std::fs::set_permissions(sandbox.path("lp"), std::fs::Permissions::from_mode(0o755)).expect("a program");
    let told = [
        "error: el servicio de impresión no aceptó la página: sin papel; todas las páginas están guardadas: ",
        "sugerencia: vea las impresoras y la predeterminada con `lpstat -p -d`",
    ];
    ends(&sandbox, "PATH=.:\"$PATH\"", &format!("{ASK} --print --copy both"), &told);
    std::fs::write(sandbox.path("lp"), "#!/bin/sh\necho 'request id is desk-7 (1 file(s))'\n").expect("a file");
    let sent =
        sandbox.shell(&format!("PATH=.:\"$PATH\" {ASK} --print")).stdin(SHORT_REPLIES).stdout_has([DEFAULT_EXTENSION]);
    sent.stderr_has(["enviado a la impresora desk: 2026-11-22-"]).check();
}

#[test]
#[cfg(unix)]
fn a_disk_that_takes_nothing_is_told_and_that_the_answers_are_lost() {
    let sandbox = Sandbox::new();
    // No file may grow at all, and the signal that says so is ignored: neither drafts nor the summary can be written.
    let told =
        ["error: no se pudo escribir el resumen en .: ", "sugerencia: ", "; las respuestas no se pudieron guardar: "];
    ends(&sandbox, "trap '' XFSZ; ulimit -f 0", ASK, &told);
    assert_eq!(sandbox.outputs(), [""; 0]);
}

#[test]
#[cfg(unix)]
fn a_folder_that_one_may_not_write_in_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    let folder = sandbox.path("locked");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).expect("to lock it");
    let may = std::fs::write(folder.join("probe"), "").is_ok();
    let before = if may { "setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-all " } else { "" };
    let told = [
        "error: no se pudo escribir el resumen en locked: no hay permiso\n",
        "sugerencia: revise los permisos de ahí, o elija otro lugar con --out DIR; ",
        KEPT,
    ];
    ends(&sandbox, "", &format!("{before}{ASK} --out locked"), &told);
}

#[test]
#[cfg(target_os = "linux")]
fn a_standard_output_that_takes_nothing_is_told_and_where_the_summary_is() {
    let sandbox = Sandbox::new();
    let run = sandbox.shell(&format!("exec {ASK} > /dev/full")).stdin(SHORT_REPLIES).code(1);
    let stderr = run.stderr_any().check().stderr;
    let [.., written, error, hint] = stderr.lines().collect::<Vec<_>>()[..] else { panic!("{stderr}") };
    let path = written.strip_prefix("el archivo sí se escribió: ").expect(&stderr);
    assert!(sandbox.path(path).is_file(), "{stderr}");
    assert_eq!(error, "error: no se pudo escribir en la salida estándar: no queda espacio en el disco");
    assert_eq!(hint, "sugerencia: revise a dónde va la salida estándar y si hay espacio");
}
