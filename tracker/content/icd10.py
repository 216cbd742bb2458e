"""ICD-10-CM codes that explain a cervical or thoracic epidural injection (public domain in the US).

The list of what a payer accepts is the clinic's own business; it stands in the payer's billing article.
"""

INDICATIONS: tuple[tuple[str, str], ...] = (
    ("M54.12", "Radiculopathy, cervical region"),
    ("M54.13", "Radiculopathy, cervicothoracic region"),
    ("M54.14", "Radiculopathy, thoracic region"),
    ("M50.10", "Cervical disc disorder with radiculopathy, unspecified cervical region"),
    ("M50.11", "Cervical disc disorder with radiculopathy, high cervical region"),
    ("M50.121", "Cervical disc disorder at C4-C5 level with radiculopathy"),
    ("M50.122", "Cervical disc disorder at C5-C6 level with radiculopathy"),
    ("M50.123", "Cervical disc disorder at C6-C7 level with radiculopathy"),
    ("M50.13", "Cervical disc disorder with radiculopathy, cervicothoracic region"),
    ("M51.14", "Intervertebral disc disorders with radiculopathy, thoracic region"),
    ("M47.22", "Other spondylosis with radiculopathy, cervical region"),
    ("M47.23", "Other spondylosis with radiculopathy, cervicothoracic region"),
    ("M47.24", "Other spondylosis with radiculopathy, thoracic region"),
    ("M48.02", "Spinal stenosis, cervical region"),
    ("M48.03", "Spinal stenosis, cervicothoracic region"),
    ("M48.04", "Spinal stenosis, thoracic region"),
    ("M96.1", "Postlaminectomy syndrome, not elsewhere classified"),
    ("B02.29", "Other postherpetic nervous system involvement"),
    ("M54.2", "Cervicalgia"),
    ("M54.6", "Pain in thoracic spine"),
)

TITLES = dict(INDICATIONS)
