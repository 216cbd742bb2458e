"""What the tests' settings are read from; loaded by `-p` before pytest-django reads them."""

import os
import tempfile

os.environ["ONSET_DATA_DIR"] = tempfile.mkdtemp(prefix="onset-tests-")
os.environ["ONSET_SECRET_KEY"] = "only-for-tests"  # noqa: S105
os.environ["ONSET_DATABASE_URL"] = os.environ.get("ONSET_TEST_DATABASE_URL", "sqlite://:memory:")
os.environ["ONSET_BROKER_URL"] = "filesystem://"
os.environ.pop("ONSET_DEBUG", None)
os.environ.pop("ONSET_HTTPS", None)
