//! Tests of the file of a live catalogue: starting from it, damaged files, files of other venues.

use std::fs;
use std::path::Path;
use std::time::Duration;

use spektrix_v2::catalogue::{LiveCatalogue, LivePart};
use spektrix_v2::jiff::civil::date;

use super::{Service, minutes, seats, with_seats};

const HOUR: Duration = Duration::from_secs(3600);

async fn start(service: &Service, path: &Path) -> LiveCatalogue {
    LiveCatalogue::builder(&service.client)
        .file(path)
        .start()
        .await
        .unwrap()
}

/// Writes a file, and sets its times to some years ago.
async fn old_file(path: &Path) -> String {
    drop(start(&Service::new(), path).await);
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| match line.split_once(' ') {
        Some((field @ ("loaded" | "statuses"), _)) => format!("{field} 2020-01-01T00:00:00Z\n"),
        _ => format!("{line}\n"),
    });
    let old = lines.collect::<String>();
    fs::write(path, &old).unwrap();
    old
}

#[tokio::test(start_paused = true)]
async fn a_catalogue_starts_from_its_file_without_the_service() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalogue.txt");
    let expected = start(&Service::new(), &path).await.catalogue();
    old_file(&path).await;

    let service = Service::new();
    service.fail();
    let live = start(&service, &path).await;
    assert_eq!(service.capture.requests().len(), 0, "nothing was waited for");
    assert_eq!(live.catalogue(), expected);
    assert!(live.age() > HOUR && live.availability_age() > HOUR && live.is_stale());
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(
        live.last_error().unwrap().part,
        LivePart::Season,
        "it refreshes itself immediately"
    );

    service.set(with_seats(4));
    minutes(3).await;
    assert_eq!(seats(&live), 4);
    assert!(live.age() < HOUR && !live.is_stale());
    drop(live);
    assert_eq!(seats(&start(&service, &path).await), 4, "the file follows");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
}

/// To read it would not end: nobody writes to it.
#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_pipe_is_no_file_of_a_catalogue() {
    use std::os::unix::fs::FileTypeExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    let live = start(&Service::new(), &path).await;
    assert_eq!(
        live.catalogue(),
        start(&Service::new(), &folder.path().join("file")).await.catalogue()
    );
    assert!(fs::metadata(&path).unwrap().file_type().is_fifo(), "it is not replaced");
}

#[tokio::test(start_paused = true)]
async fn a_damaged_file_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalogue.txt");
    let old = old_file(&path).await;
    let cut = (0..old.len() - 1).step_by(61).map(|end| old[..end].to_owned());
    let edits = [
        ("spektrix-v2 catalogue 1", "spektrix-v2 catalogue 2"),
        ("2020-01-01", "2020-13-01"),
        ("GetPlans ", "GetPlans 9"),
        ("GetPlans ", "GetPlans -"),
        ("GetPlans ", "GetPlots "),
        ("<Plan ", "<Plan <"),
        ("GetEvents ", "GetEvents 18446744073709551615"),
    ];
    let edited = edits.map(|(from, to)| old.replacen(from, to, 1));
    let bytes = [b"\xff\xfe".to_vec(), Vec::new()];
    let damaged = cut.chain(edited).map(String::into_bytes).chain(bytes);
    for (row, damaged) in damaged.enumerate() {
        fs::write(&path, &damaged).unwrap();
        let live = start(&Service::new(), &path).await;
        assert!(live.age() < HOUR, "row {row}: it was loaded from the service");
        assert_ne!(fs::read(&path).unwrap(), damaged, "row {row}: the file was replaced");
    }
    fs::write(&path, &old).unwrap();
    assert!(
        start(&Service::new(), &path).await.age() > HOUR,
        "the file itself is good"
    );
}

#[tokio::test(start_paused = true)]
async fn a_file_for_something_else_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalogue.txt");
    let old = old_file(&path).await;
    let service = Service::new();
    let builder = LiveCatalogue::builder(&service.client).starting(date(2127, 1, 1)..);
    let of_another_range = builder.file(&path).start().await.unwrap();
    assert!(of_another_range.age() < HOUR);

    fs::write(&path, old.replacen("/venue/", "/theatre/", 1)).unwrap();
    let of_another_venue = start(&service, &path).await;
    assert!(of_another_venue.age() < HOUR);
}

#[tokio::test(start_paused = true)]
async fn a_file_that_cannot_be_written_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::new();
    let live = start(&service, &folder.path().join("missing/catalogue.txt")).await;
    live.refresh().await.unwrap();
    let error = live.last_error().unwrap();
    assert_eq!(error.part, LivePart::File);
    assert!(error.error.is_file(), "{error}");
    assert_eq!(seats(&live), 7);
    fs::create_dir(folder.path().join("missing")).unwrap();
    live.refresh().await.unwrap();
    assert!(live.last_error().is_none());
}
