async fn facts(path: &std::path::Path) {
    let load = std::fs::read_to_string("/proc/loadavg")?;
    let temperature = std::fs::read("/sys/class/thermal/thermal_zone0/temp")?;
    let there = path.exists();
    let size = std::fs::metadata(path)?.len();
    let options = std::fs::OpenOptions::new();
}
