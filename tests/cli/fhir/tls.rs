//! An unknown certificate is not trusted unless the clinic names it.

use super::sandbox;
use crate::support::tools::{find_program, output};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A process that is killed at the end of the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn only_a_valid_certificate_is_trusted() {
    let (Some(openssl), Some(python)) = (find_program("openssl"), find_program("python3")) else { return };
    let mut sandbox = sandbox();
    let response = sandbox.run("fhir response a.json").stdout_has(["{"]).check().stdout;
    sandbox.file("r.json", response);
    for (name, host) in [("own", "localhost"), ("other", "fhir.example")] {
        let (key, certificate) = (sandbox.path(&format!("{name}.key")), sandbox.path(&format!("{name}.pem")));
        output(
            Command::new(&openssl)
                .args([
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-days",
                    "30",
                ])
                .args(["-subj", "/CN=test", "-addext", &format!("subjectAltName=DNS:{host}")])
                .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"])
                .arg(&key)
                .arg("-out")
                .arg(&certificate),
        );
    }
    let start = |name: &str| {
        let mut child = Command::new(&python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/fhir/tls_server.py"))
            .args([sandbox.path(&format!("{name}.pem")), sandbox.path(&format!("{name}.key"))])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its port");
        (Running(child), line.trim().to_owned())
    };
    let (_own, port) = start("own");
    let push = format!("fhir push https://localhost:{port}/fhir r.json");
    let refused = ["error: the server's certificate is not trusted", "hint: check the address", "--ca-file"];
    sandbox.run(&push).code(1).stderr_has(refused).check();
    sandbox.run(&format!("{push} --ca-file other.pem")).code(1).stderr_has(refused).check();
    sandbox.run(&format!("{push} --ca-file own.pem")).stdout("created /fhir/QuestionnaireResponse/1\n").check();
    // A certificate for another name.
    let (_other, port) = start("other");
    sandbox
        .run(&format!("fhir push https://localhost:{port}/fhir r.json --ca-file other.pem"))
        .code(1)
        .stderr_has(refused)
        .check();
    sandbox.run(&format!("{push} --ca-file own.key")).code(2).stderr_has(["--ca-file contains no certificate"]).check();
}
