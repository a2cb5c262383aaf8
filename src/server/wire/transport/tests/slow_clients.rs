//! Clients that take nothing, or only slowly.

use super::*;

#[test]
fn the_server_leaves_when_the_client_takes_nothing_any_more() {
    let (reader, output) = std::io::pipe().expect("a pipe");
    let (_sender, messages) = mpsc::channel();
    let mut client = start_with(output, messages);
    drop(reader);
    client.send(&request(1, "initialize", &json!({"capabilities": {}})));
    let input = client.input.take();
    assert_eq!(client.exit_code(), 1);
    drop(input);
}

/// An output that takes nothing until its gate opens.
struct Gated {
    gate: Arc<(Mutex<bool>, std::sync::Condvar)>,
    output: PipeWriter,
}

impl Write for Gated {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let (open, changed) = &*self.gate;
        let guard = open.lock().expect("not poisoned");
        drop(changed.wait_while(guard, |open| !*open).expect("not poisoned"));
        self.output.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.output.flush()
    }
}

#[test]
fn a_slow_client_is_waited_for_with_a_bounded_queue() {
    const REQUESTS: usize = 4 * MAX_CALLS;
    let (reader, output) = std::io::pipe().expect("a pipe");
    let gate = Arc::new((Mutex::new(false), std::sync::Condvar::new()));
    let (sender, messages) = mpsc::channel();
    std::thread::spawn(move || receive(reader, &sender));
    let mut client = start_with(Gated { gate: gate.clone(), output }, messages);
    client.send(&request(0, "initialize", &json!({"capabilities": {}})));
    let mut input = client.input.take().expect("open");
    let all_sent = Arc::new(AtomicBool::new(false));
    let sent = all_sent.clone();
    let writer = std::thread::spawn(move || {
        for number in 1..=REQUESTS {
            let message = request(number, "workspace/symbol", &json!({"query": "x".repeat(1000)})).to_string();
            input.write_all(&framed(&message)).expect("the server reads");
        }
        sent.store(true, Ordering::SeqCst);
        input
    });
    // Served are those whose replies fit the queue, the one in the writer's hand, and those that may be under way.
    let most = QUEUE + 1 + 2 * MAX_CALLS;
    let served = || client.seen.lock().expect("not poisoned").len();
    let started = std::time::Instant::now();
    while served() < most - 1 {
        assert!(started.elapsed() < PATIENCE);
        std::thread::yield_now();
    }
    for _ in 0..1000 {
        std::thread::yield_now();
        assert!(served() <= most, "{}", served());
    }
    assert!(!all_sent.load(Ordering::SeqCst), "the server does not read on");
    *gate.0.lock().expect("not poisoned") = true;
    gate.1.notify_all();
    let mut replies: Vec<i64> = (0..=REQUESTS).map(|_| client.next()["id"].as_i64().expect("an id")).collect();
    // Those that wait for room have no order (LSP 3.17, "Request, Notification and Response ordering").
    replies.sort_unstable();
    assert!(replies.into_iter().eq(0..=REQUESTS as i64));
    drop(writer.join().expect("all is written"));
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn a_client_that_takes_nothing_can_still_say_exit() {
    let (_reader, output) = std::io::pipe().expect("a pipe");
    let gate = Arc::new((Mutex::new(true), std::sync::Condvar::new()));
    let (_sender, messages) = mpsc::channel();
    let mut client = start_with(Gated { gate: gate.clone(), output }, messages);
    client.send(&request(0, "initialize", &json!({"capabilities": {}})));
    while client.seen.lock().expect("not poisoned").is_empty() {
        client.send(&request(0, "workspace/symbol", &json!({"query": ""})));
        std::thread::yield_now();
    }
    *gate.0.lock().expect("not poisoned") = false;
    for number in 1..=MAX_CALLS / 2 {
        client.send(&request(number, "workspace/symbol", &json!({"query": ""})));
    }
    client.send(&request("last", "shutdown", &Value::Null));
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    let input = client.input.take();
    assert_eq!(client.exit_code(), 0);
    drop(input);
    *gate.0.lock().expect("not poisoned") = true;
    gate.1.notify_all();
}
