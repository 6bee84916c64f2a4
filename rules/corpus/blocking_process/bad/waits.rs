use std::process::{Child, Command};

async fn run() {
    let out = Command::new("ls").arg("-l").output()?; //~ blocking_process
    let mut cmd = std::process::Command::new("make");
    cmd.arg("all");
    let status = cmd.status()?; //~ blocking_process
    let mut child = Command::new("cat").spawn()?;
    child.wait()?; //~ blocking_process
}

async fn given(mut child: Child, cmd: &mut Command) {
    child.wait_with_output()?; //~ blocking_process
    cmd.output()?; //~ blocking_process
}
