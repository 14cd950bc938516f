"""Where things are in the repository. Imports nothing of ours, so everyone may import it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH_RESULTS = ROOT / "artifacts" / "bench"
