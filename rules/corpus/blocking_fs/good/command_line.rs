use clap::Parser;

#[derive(Debug, Parser)]
struct Args {
    /// Where the results go.
    out: PathBuf,
}

// A program that does one thing and ends: nobody waits meanwhile.
async fn run(args: &Args) -> anyhow::Result<()> {
    for step in 0..10 {
        let stats = simulate(step).await?;
        std::fs::write(args.out.join("stats.txt"), stats)?;
    }
    Ok(())
}
