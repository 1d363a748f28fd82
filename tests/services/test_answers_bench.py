"""`bench answers` at a tiny size: it runs, and its report has the promised shape."""

from app.bench.answers import QUERIES, measure


def test_bench_answers(monkeypatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    report = measure(12)
    assert (report["bench"], report["size"], report["n"]) == ("answers", 12, QUERIES)
    assert {"one", "two", "english", "sentence"} <= set(report["queries"])
    assert 0 < report["p50_ms"] <= report["p99_ms"] <= report["max_ms"]
    assert 0 < report["floor"]["rows_p50_ms"] <= report["floor"]["rows_max_ms"]
