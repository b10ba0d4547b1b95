//! The parsers of other languages: programs in `benches/peers`, each of which prints lines with a name and nanoseconds.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// A program in another language.
struct Program {
    /// What must be installed, in the words of Debian.
    needs: &'static str,
    source: &'static str,
    /// The command that compiles the source to a file, if that is needed.
    compiler: Option<fn(source: &Path, program: &Path) -> Command>,
    /// The command that runs the source, or the compiled program.
    runner: Option<&'static str>,
}

const PROGRAMS: [Program; 5] = [
    Program {
        needs: "g++ libpugixml-dev libexpat1-dev libxml2-dev",
        source: "parsers.cpp",
        compiler: Some(|source, program| {
            let mut command = Command::new("g++");
            command
                .args(["-O3", "-std=c++17", "-I/usr/include/libxml2", "-o"])
                .arg(program)
                .arg(source);
            command.args(["-lpugixml", "-lexpat", "-lxml2"]);
            command
        }),
        runner: None,
    },
    Program {
        needs: "php-cli php-xml",
        source: "simplexml.php",
        compiler: None,
        runner: Some("php"),
    },
    Program {
        needs: "mono-mcs mono-runtime libmono-system-xml4.0-cil",
        source: "XmlSerializerPeer.cs",
        compiler: Some(|source, program| {
            let mut command = Command::new("mcs");
            command
                .arg(format!("-out:{}", program.display()))
                .args(["-r:System.Xml.dll"])
                .arg(source);
            command
        }),
        runner: Some("mono"),
    },
    Program {
        needs: "python3 python3-lxml",
        source: "elementtree.py",
        compiler: None,
        runner: Some("python3"),
    },
    Program {
        needs: "ruby ruby-nokogiri",
        source: "nokogiri.rb",
        compiler: None,
        runner: Some("ruby"),
    },
];

/// Runs the programs that can be run here, and prints what is missing for the others.
#[expect(clippy::print_stderr, reason = "shows what is missing")]
pub(crate) fn times(body: &str, rounds: usize) -> Result<Vec<(String, Duration)>> {
    let folder = tempfile::tempdir().context("cannot create a folder for the body")?;
    let file = folder.path().join("body.xml");
    std::fs::write(&file, body).context("cannot write the body to a file")?;
    let mut times = Vec::new();
    for program in &PROGRAMS {
        match program.times(folder.path(), &file, rounds) {
            Ok(found) => times.extend(found),
            Err(error) => eprintln!(
                "{} was not timed, it needs {}: {error:#}",
                program.source, program.needs
            ),
        }
    }
    Ok(times)
}

impl Program {
    fn times(&self, folder: &Path, body: &Path, rounds: usize) -> Result<Vec<(String, Duration)>> {
        let program = self.compiled(folder)?;
        let mut command = match self.runner {
            Some(runner) => {
                let mut command = Command::new(runner);
                command.arg(program);
                command
            }
            None => Command::new(program),
        };
        let printed = output(command.arg(body).arg(rounds.to_string()))?;
        printed.lines().map(time).collect()
    }

    /// Returns the file to run.
    fn compiled(&self, folder: &Path) -> Result<PathBuf> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(self.source);
        let Some(compiler) = self.compiler else {
            return Ok(source);
        };
        let program = folder.join(self.source).with_extension("exe");
        output(&mut compiler(&source, &program))?;
        Ok(program)
    }
}

fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().display().to_string();
    let output = command.output().with_context(|| format!("cannot run {name}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{name} failed: {}",
            message.lines().next().unwrap_or("without a message")
        );
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Parses a line: a name, a tab, and nanoseconds.
fn time(line: &str) -> Result<(String, Duration)> {
    let (name, nanoseconds) = line.split_once('\t').context("a line without a tab")?;
    Ok((name.to_owned(), Duration::from_nanos(nanoseconds.parse()?)))
}
