"""``python -m softcam_core.cli`` is the ``softcam`` command."""

from softcam_core.cli.main import main

main()
