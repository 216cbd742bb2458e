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

from config.settings import *  # noqa: E402, F403

ROOT_URLCONF = "benchmarks.urls"
