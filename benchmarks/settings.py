"""The product's settings over a throwaway data folder, with two addresses more to compare with."""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="onset-benchmark-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("ONSET_")]:
    del os.environ[name]
os.environ["ONSET_DATA_DIR"] = FOLDER
for name in ("DATABASE", "OWNER_DATABASE"):  # of benchmarks.bench_audit: the rest is measured on SQLite
    if url := os.environ.get(f"BENCH_{name}_URL"):
        os.environ[f"ONSET_{name}_URL"] = url
for name in ("SECRET", "FIELD", "AUDIT"):  # always the same, since a database is kept for a day
    os.environ[f"ONSET_{name}_KEY"] = f"of the benchmarks, for what is called {name}"

from config.settings import *  # noqa: E402, F403

ROOT_URLCONF = "benchmarks.urls"
